"""Où en est le bilan, en mots : projet, adopté, définitif, et ce qui est reçu trop tard."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.bilan import Bilan
from clsmon.model.cloture import MesureTardive
from clsmon.model.contrat import NatureContrat
from clsmon.model.libelles import STATUTS, spell_date
from clsmon.model.publication import Secret
from clsmon.model.releve import Etat
from clsmon.model.statut import Statut
from clsmon.render.cells import Cellule, Colonne, Tableau
from clsmon.render.spelling import INSECABLE, spell_answer, spell_doubt

A_SOUMETTRE, SOUMIS = "Projet à soumettre aux signataires", "Projet soumis aux signataires"
EMPREINTE_COURTE = 16
"""Assez de chiffres pour reconnaître un document ; l'empreinte entière est à l'annexe."""


def spell_status(bilan: Bilan) -> str:
    """Ce qu'est le document, en une phrase de couverture."""
    cloture = bilan.cloture
    if not cloture.fidele:
        return "Document de travail : ses chiffres ne sont plus ceux du bilan adopté."
    if bilan.definitif:
        return "Document définitif, adopté par le COPIL."
    if cloture.adoption:
        return "Bilan adopté par le COPIL, version définitive à établir."
    if cloture.envoye_le:
        return f"{SOUMIS} le {spell_date(cloture.envoye_le)}."
    return f"{A_SOUMETTRE}."


def spell_closing(bilan: Bilan) -> str:
    """Où en est l'exercice, en une phrase d'écran ; vide tant que rien n'est envoyé ni adopté."""
    cloture = bilan.cloture
    if not cloture.adoption:
        if cloture.envoye_le is None:
            return ""
        fin = cloture.droit_de_regard_fin
        regard = f" ; droit de regard jusqu'au {spell_date(fin)}" if fin else ""
        return f"Projet de bilan envoyé le {spell_date(cloture.envoye_le)}{regard}."
    jour = f" le {spell_date(cloture.adopte_le)}" if cloture.adopte_le else ""
    tardifs = sum(len(retour.releves) for retour in cloture.tardifs)
    s = "s" * (tardifs > 1)
    apres = f" ; {tardifs} relevé{s} reçu{s} après, non compté{s}" if tardifs else ""
    figer = "" if cloture.fige else " ; chiffres à figer par clsmon bilan --definitif"
    return f"Bilan adopté{jour} (décision {cloture.adoption}){figer}{apres}."


def spell_footer(bilan: Bilan) -> str:
    """Ce qu'est le document, en deux mots, au pied de chaque page."""
    return _spell_footer(bilan) + (", document public" if bilan.secret else "")


def _spell_footer(bilan: Bilan) -> str:
    if not bilan.cloture.fidele:
        return "Document de travail"
    if bilan.definitif:
        return "Définitif"
    envoye = bilan.cloture.envoye_le or bilan.cloture.adoption
    return SOUMIS if envoye else A_SOUMETTRE


def closing_lines(bilan: Bilan) -> tuple[tuple[str, str], ...]:
    """Droit de regard, adoption et empreinte : (titre, texte) de chaque ligne de la couverture."""
    return tuple((titre, texte) for titre, texte in _lines(bilan) if texte)


def _lines(bilan: Bilan) -> Iterator[tuple[str, str]]:
    cloture = bilan.cloture
    if bilan.secret:
        yield from _spell_secret(bilan.secret)
    yield "Droit de regard des signataires", _spell_review(bilan)
    if cloture.adoption:
        jour = f"le {spell_date(cloture.adopte_le)}, " if cloture.adopte_le else ""
        yield "Adoption", f"{jour}décision {cloture.adoption}"
    if cloture.empreinte:
        yield "Empreinte des chiffres adoptés", cloture.empreinte[:EMPREINTE_COURTE]
    if not cloture.fidele:
        yield "Empreinte des chiffres de ce document", cloture.calculee[:EMPREINTE_COURTE]


def _spell_review(bilan: Bilan) -> str:
    """Jusqu'à quand les signataires peuvent relire ; sans envoi, ce que le contrat leur donne."""
    cloture, jours = bilan.cloture, bilan.contrat.regles.droit_de_regard_jours
    article = " (article 8)" if bilan.contrat.nature is NatureContrat.CLS else ""
    if cloture.droit_de_regard_fin:
        return f"jusqu’au {spell_date(cloture.droit_de_regard_fin)}{article}"
    if cloture.adoption:
        return ""
    if cloture.envoye_le:
        return f"durée non fixée{article}"
    return f"{jours} jours à compter de l’envoi, pas encore noté{article}" if jours else ""


def _spell_secret(secret: Secret) -> Iterator[tuple[str, str]]:
    """Ce que le document public ne dit pas, en deux lignes de couverture."""
    mot = f"{INSECABLE}: «{INSECABLE}secret{INSECABLE}»"
    effectifs = f"les effectifs de 1 à {secret.seuil - 1} personnes"
    yield "Document public", f"{effectifs}, et ce qui y ramène, sont masqués{mot}"
    fiches = f"fiche{'s' * (len(secret.fiches) > 1)} {', '.join(secret.fiches)}"
    yield "Textes des partenaires", f"publiés pour {fiches}" if secret.fiches else "non publiés"


def late_table(bilan: Bilan) -> Tableau:
    """L'adopté et ce qui est reçu ensuite, côte à côte, et lequel compte."""
    return Tableau(
        "Reçu après l’adoption",
        (
            Colonne("Organisme", 22),
            Colonne("Mesure ou rubrique", 50),
            Colonne("Adopté", 26),
            Colonne("Reçu ensuite", 26),
            Colonne("Ce qui est compté", 40),
            Colonne("Relevé", 30),
        ),
        tuple(_late_rows(bilan)),
    )


def _late_rows(bilan: Bilan) -> Iterator[tuple[Cellule, ...]]:
    for retour in bilan.cloture.tardifs:
        nom, releves = bilan.contrat.nom_court(retour.organisme), ", ".join(retour.releves)
        for mesure in retour.mesures:
            adopte, recu = (_answer(mesure, d) for d in (True, False))
            yield (nom, mesure.situee.nom, adopte, recu, _spell_fate(mesure), releves)
        if retour.rubriques:
            rubriques = ", ".join(retour.rubriques)
            yield (nom, rubriques, None, "texte ou montant changé", "l’adopté", releves)
        if not retour.mesures and not retour.rubriques:
            yield (nom, None, None, "rien ne change", "l’adopté", releves)


def _answer(mesure: MesureTardive, adoptee: bool) -> str:
    if mesure.secrete:
        return STATUTS[Statut.NON_PUBLIE]
    declaration = mesure.adoptee if adoptee else mesure.recue
    if declaration is None:
        return STATUTS[Statut.NON_REPONDU]
    valeur = declaration.valeur
    if valeur.etat is Etat.A_VERIFIER:
        return f"{STATUTS[Statut.A_VERIFIER]}, {spell_doubt(valeur.saisi, valeur.nature_cellule)}"
    return spell_answer(valeur, mesure.situee.mesure)


def _spell_fate(mesure: MesureTardive) -> str:
    if mesure.decision:
        return f"le reçu, retenu par la décision {mesure.decision}"
    return f"l’adopté{INSECABLE}; aucun arbitrage ne retient le reçu"
