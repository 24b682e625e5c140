"""La clôture d'un exercice : un bilan adopté l'est par une décision, et garde ses chiffres."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from clsmon.model.dossier import Dossier
from clsmon.model.seance import EtatSeance, NatureDecision
from clsmon.rules.connus import is_unread
from clsmon.rules.regle import Constat, unknown

_EMPREINTE = re.compile("[0-9a-f]{64}", re.ASCII)


def bilan_adopte_par_une_decision(dossier: Dossier) -> Iterator[Constat]:
    """
    Un bilan est adopté par une décision de nature `adoption_bilan`, en séance tenue du COPIL.

    Elle porte sur son exercice : celui qu'elle dit, sinon celui de sa séance, sinon l'année qui
    précède. Article 7 : le COPIL examine le bilan ; une autre instance le prépare, sans l'adopter.

    Exemple :

        # data/exercices/2025.yaml
        adopte: 2026-05-12-copil/D1          # où D1 est de nature « autre »

    Remède : nommez la décision qui adopte ce bilan, ou corrigez sa nature, son exercice, l'état ou
    l'instance de sa séance.
    """
    yield from _adoptions_elsewhere(dossier)
    for exercice, vie in dossier.exercices.items():
        prise = dossier.decisions.get(vie.adopte or "")
        if prise is None:
            continue
        seance, decision = prise
        porte_sur = decision.exercice or seance.exercice_examine
        if decision.nature is not NatureDecision.ADOPTION_BILAN:
            faute = f"est de nature « {decision.nature} », et non « adoption_bilan »"
        elif seance.etat is not EtatSeance.TENUE:
            faute = "est d'une séance qui n'est pas encore tenue"
        elif porte_sur != exercice:
            faute = f"porte sur l'exercice {porte_sur}"
        else:
            continue
        conseil = "nommez la décision qui adopte ce bilan, ou corrigez-la dans sa séance"
        message = f"la décision qui adopterait le bilan {exercice} {faute}"
        yield Constat(vie.lieu("adopte"), message, conseil)


def _adoptions_elsewhere(dossier: Dossier) -> Iterator[Constat]:
    for nom, (seance, decision) in dossier.decisions.items():
        adopte = decision.nature is NatureDecision.ADOPTION_BILAN
        if adopte and not dossier.contrat.decide(seance.instance):
            yield Constat(
                decision.lieu("nature"),
                f"{nom} n'adopte pas le bilan : l'instance « {seance.instance} » ne décide pas, "
                f"« {dossier.contrat.pilote} » décide",
                "corrigez l'instance de la séance, ou donnez à la décision la nature « autre »",
            )


def bilan_fige_en_entier(dossier: Dossier) -> Iterator[Constat]:
    """
    Un bilan figé a ses trois clés : `adopte`, `releves` et `empreinte`.

    `clsmon bilan --definitif` les écrit ensemble. L'empreinte est un sha256 : 64 chiffres
    hexadécimaux.

    Exemple :

        adopte: 2026-05-12-copil/D1
        empreinte: 9f86d081

    Remède : ôtez `releves`, `examens` et `empreinte`, puis relancez « clsmon bilan --definitif ».
    """
    conseil = (
        "ôtez « releves », « examens » et « empreinte », puis relancez clsmon bilan --definitif"
    )
    for vie in dossier.exercices.values():
        empreinte = vie.empreinte
        if empreinte is not None and not _EMPREINTE.fullmatch(empreinte):
            message = f"« {empreinte} » n'est pas une empreinte de 64 chiffres hexadécimaux"
            yield Constat(vie.lieu("empreinte"), message, conseil)
        elif empreinte is not None and vie.adopte is None:
            yield Constat(
                vie.lieu("empreinte"), "empreinte d'un bilan qui n'est pas adopté", conseil
            )
        elif vie.releves and empreinte is None:
            message = "relevés d'un bilan adopté, sans l'empreinte de ses chiffres"
            yield Constat(vie.lieu("releves"), message, conseil)


def releves_du_bilan_adopte_presents(dossier: Dossier) -> Iterator[Constat]:
    """
    Les relevés et les examens d'un bilan adopté sont toujours au dossier.

    Ses chiffres n'ont pas d'autre source.

    Exemple :

        releves: [apo-00000000]

    Remède : rétablissez le fichier dans data/suivi/ (un examen : data/observations/) ; il ne se
    supprime jamais.
    """
    for exercice, vie in dossier.exercices.items():
        examens = {nom for nom, e in dossier.examens.items() if e.exercice == exercice}
        for cle, noms, presents, ou, mot in (
            ("releves", vie.releves, dossier.releves_de(exercice), "suivi", "relevé"),
            ("examens", vie.examens, examens, "observations", "examen"),
        ):
            for rang, nom in enumerate(noms):
                fichier = f"data/{ou}/{exercice}/{nom}.yaml"
                if nom not in presents and not is_unread(dossier, fichier):
                    lieu = vie.lieu(cle, rang)
                    yield unknown(lieu, f"{mot} du bilan adopté introuvable", nom, presents)


def droit_de_regard_respecte(dossier: Dossier) -> Iterator[Constat]:
    """
    Un bilan n'est pas adopté avant la fin du droit de regard des signataires.

    Article 8 : ils ont un droit de regard sur ce qui se publie.

    Exemple :

        droit_de_regard_fin: 2026-05-20
        adopte: 2026-05-12-copil/D1

    Remède : recueillez l'accord des signataires, et gardez-en la trace au compte rendu.
    """
    for vie in dossier.exercices.values():
        prise = dossier.decisions.get(vie.adopte or "")
        fin = vie.fin_du_regard(dossier.contrat.regles.droit_de_regard_jours)
        if prise is not None and fin is not None and prise[0].date < fin:
            yield Constat(vie.lieu("adopte"), *warn_too_early(prise[0].date, fin))


def warn_too_early(adoption: date, fin: date) -> tuple[str, str]:
    """La phrase et le remède d'un bilan adopté avant la fin du droit de regard."""
    message = (
        f"bilan adopté le {adoption:%d/%m/%Y}, avant la fin du droit de regard des signataires "
        f"({fin:%d/%m/%Y})"
    )
    return message, "recueillez l'accord des signataires, et gardez-en la trace au compte rendu"
