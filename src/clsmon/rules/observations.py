"""
L'examen contradictoire : ce que les signataires observent, et ce que le COPIL en retient.

Un examen ne se modifie jamais : ce qu'une retouche du contrat rend illisible se répare au contrat.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.observation import Contestation, Examen
from clsmon.model.releve import Valeur
from clsmon.model.seance import NatureDecision
from clsmon.rules.connus import check_replacements, knows_fiche, knows_mesure
from clsmon.rules.regle import Constat, unknown

_RELIRE = "relisez le cahier reçu par clsmon collect ; un examen ne se modifie pas"


def signataire_de_l_examen(dossier: Dossier) -> Iterator[Constat]:
    """
    Un examen vient d'un signataire du contrat.

    Un ancien code compte pour l'organisme actuel. Une ligne par examen.

    Exemple :

        organisme: apo
        # alors que l'APO n'a pas signé le contrat

    Remède : rétablissez « signataire: true » dans data/contrat.yaml, ou gardez l'ancien code dans
    `anciens_codes`.
    """
    signataires = dossier.contrat.signataires
    for examen in dossier.examens.values():
        code = dossier.codes_actuels.get(examen.organisme, examen.organisme)
        if code not in signataires:
            yield Constat(
                examen.lieu("organisme"),
                f"examen de « {examen.organisme} », qui n'est pas signataire du contrat",
                "rétablissez « signataire: true », ou son ancien code, dans data/contrat.yaml",
            )


def observations_rattachees(dossier: Dossier) -> Iterator[Constat]:
    """
    Une fiche ou une mesure observée par un signataire reste dans le dossier.

    La renommer ou la supprimer rendrait l'observation illisible.

    Exemple :

        # un examen conteste 3.1/ecoles-classes/ecoles, puis la mesure est renommée

    Remède : gardez l'ancien nom dans `anciennes_cles` de la mesure (`anciens_ids` de la fiche).
    """
    for examen in dossier.examens.values():
        for fiche in examen.fiches:
            if not knows_fiche(dossier, fiche):
                lieu = examen.lieu("fiches", fiche, cle=True)
                yield unknown(lieu, "fiche observée introuvable", fiche, dossier.fiche)
        for cle in examen.mesures:
            if not knows_mesure(dossier, cle):
                lieu = examen.lieu("mesures", cle, cle=True)
                yield unknown(lieu, "mesure contestée introuvable", cle, dossier.mesures)


def contestation_motivee(dossier: Dossier) -> Iterator[Constat]:
    """
    Un chiffre contesté l'est avec une valeur, un motif et une source.

    Ce qui n'est pas complet reste « à vérifier » et n'est pas une contestation.

    Exemple :

        3.1/livres/livres: {valeur_declaree: 12, valeur_proposee: 14, cellule: I9}

    Remède : relisez le cahier reçu par `clsmon collect` ; un examen ne se modifie pas.
    """
    for examen in dossier.examens.values():
        for cle, contestation in examen.mesures.items():
            manques = _missing(contestation)
            if manques:
                lieu = examen.lieu("mesures", cle)
                yield Constat(lieu, f"« {cle} » : contestation sans {', '.join(manques)}", _RELIRE)


def _missing(contestation: Contestation) -> list[str]:
    if not contestation.conteste:
        return [] if contestation.a_verifier else ["valeur proposée"]
    termes = (contestation.numerateur is None) != (contestation.denominateur is None)
    manques = {
        "motif": not contestation.motif,
        "source": not contestation.source,
        "deuxième terme": termes,
    }
    return [nom for nom, manque in manques.items() if manque]


def examen_remplace_connu(dossier: Dossier) -> Iterator[Constat]:
    """
    Un examen n'en remplace que d'autres du même signataire et du même exercice, présents.

    Exemple :

        remplace: [ars-1a2b3c4d]
        # alors que data/observations/2025/ars-1a2b3c4d.yaml n'existe pas

    Remède : rétablissez le fichier supprimé depuis une sauvegarde ou depuis git.
    """
    mots = ("examen", "l'examen", "signataire")
    yield from check_replacements(dossier, dossier.examens, mots, "data/observations")


def examens_fictifs_et_reels_separes(dossier: Dossier) -> Iterator[Constat]:
    """
    Un examen est fictif si les relevés de l'exercice le sont, et réel sinon.

    Exemple :

        # ars-1a2b3c4d est fictif, les relevés de 2025 sont réels

    Remède : ôtez du dossier ce qui vient de la démonstration.
    """
    for exercice in sorted({examen.exercice for examen in dossier.examens.values()}):
        examens = [e for e in dossier.examens.values() if e.exercice == exercice]
        natures = {r.fictif for r in dossier.releves_de(exercice).values()}
        natures |= {examen.fictif for examen in examens}
        if len(natures) > 1:
            yield Constat(
                next((e for e in examens if e.fictif), examens[0]).lieu("exercice"),
                f"l'exercice {exercice} mêle examens et relevés, fictifs et réels",
                "ôtez du dossier ce qui vient de la démonstration",
            )


def valeur_contestee_inchangee(dossier: Dossier) -> Iterator[Constat]:
    """
    La valeur qu'un signataire conteste est encore celle que l'organisme déclare.

    L'organisme l'a corrigée depuis : la contestation reste au bilan, avec la valeur qu'il avait
    sous les yeux, mais elle n'a peut-être plus d'objet.

    Exemple :

        3.1/livres/livres: {organisme_declarant: apo, valeur_declaree: 12, …}
        # alors que l'APO déclare maintenant 14

    Remède : refaites le cahier du signataire par `clsmon forms --examen`, et demandez-lui s'il
    conteste toujours.
    """
    for examen in _standing(dossier):
        for cle, contestation in examen.mesures.items():
            situee = dossier.mesures.get(dossier.cles_actuelles.get(cle, ""))
            if situee is None or not contestation.conteste:
                continue
            dites = _declared(dossier, situee, examen.exercice, contestation.organisme_declarant)
            if contestation.valeur_declaree not in dites:
                actuelle = " ou ".join(f"« {dite} »" for dite in dites) or "aucune"
                yield Constat(
                    examen.lieu("mesures", cle, "valeur_declaree"),
                    f"{situee.nom} : {examen.organisme} conteste « {contestation.valeur_declaree} »"
                    f", la valeur déclarée est maintenant {actuelle}",
                    "refaites son cahier (clsmon forms --examen) et demandez s'il conteste encore",
                )


def _standing(dossier: Dossier) -> list[Examen]:
    remplaces = {nom for examen in dossier.examens.values() for nom in examen.remplace}
    return [examen for nom, examen in dossier.examens.items() if nom not in remplaces]


def _declared(
    dossier: Dossier, situee: MesureSituee, exercice: int, declarant: str | None
) -> list[str]:
    """Ce que déclare un organisme, en texte canonique ; sans organisme, le total de tous."""
    releves = dossier.releves_de(exercice)
    remplaces = {nom for releve in releves.values() for nom in releve.remplace}
    dites = [
        (dossier.codes_actuels.get(releve.organisme, releve.organisme), valeur)
        for nom, releve in releves.items()
        if nom not in remplaces
        for cle, valeur in releve.valeurs.items()
        if dossier.cles_actuelles.get(cle) == situee.cle and valeur.etat and valeur.etat.repond
    ]
    if declarant is not None:
        code = dossier.codes_actuels.get(declarant, declarant)
        return list(dict.fromkeys(_canonical(v) for autre, v in dites if autre == code))
    retenues = [valeur for code, valeur in dict(dites).items() if code in situee.repondants]
    return [_total(retenues)] if retenues else []


def _canonical(valeur: Valeur) -> str:
    if valeur.numerateur is not None and valeur.denominateur is not None:
        return f"{valeur.numerateur:f}/{valeur.denominateur:f}"
    return valeur.valeur or ""


def _total(valeurs: list[Valeur]) -> str:
    zero = Decimal(0)
    if any(valeur.numerateur is not None for valeur in valeurs):
        haut = sum((valeur.numerateur or zero for valeur in valeurs), zero)
        bas = sum((valeur.denominateur or zero for valeur in valeurs), zero)
        return f"{haut:f}/{bas:f}"
    return f"{sum((valeur.nombre or zero for valeur in valeurs), zero):f}"


def arbitrage_sur_une_reponse(dossier: Dossier) -> Iterator[Constat]:
    """
    Un arbitrage est du COPIL, et l'organisme qu'il retient a répondu à la mesure, ou l'a contestée.

    Sinon il ne tranche rien : la valeur déclarée compte toujours au bilan. Les examens et les
    relevés du même exercice comptent, même remplacés. Article 7 : une autre instance peut préparer
    un arbitrage, le COPIL le rend.

    Exemple :

        - {id: D2, nature: arbitrage, objet: 3.1/livres/livres, exercice: 2025,
           retient: {organisme: cpam}}
        # alors que la CPAM n'a ni répondu, ni contesté

    Remède : nommez un organisme qui a répondu ou contesté, ou écrivez `retient: {valeur: …}` ;
    d'une autre instance, soumettez l'arbitrage au COPIL.
    """
    for nom, (seance, decision) in dossier.decisions.items():
        cle, retient = dossier.cles_actuelles.get(decision.objet), decision.retient
        if decision.nature is not NatureDecision.ARBITRAGE:
            continue
        if not dossier.contrat.decide(seance.instance):
            yield Constat(
                decision.lieu("nature"),
                f"{nom} ne tranche rien : l'instance « {seance.instance} » ne décide pas, "
                f"« {dossier.contrat.pilote} » décide",
                "soumettez cet arbitrage à l'instance qui décide",
            )
            continue
        if cle is None or retient is None:
            continue
        organisme, exercice = retient.organisme, decision.exercice
        if organisme is None or exercice is None or exercice not in _followed(dossier):
            continue
        if organisme not in _speakers(dossier, cle, exercice):
            yield Constat(
                retient.lieu("organisme"),
                f"{nom} retient « {organisme} », qui n'a ni répondu à {cle}, ni contesté",
                "nommez un organisme qui l'a fait, ou écrivez retient: {valeur: …}",
            )


def _followed(dossier: Dossier) -> set[int]:
    """Les exercices dont quelque chose a été reçu : les autres ne se jugent pas encore."""
    recus = {releve.exercice for releve in dossier.releves.values()}
    return recus | {examen.exercice for examen in dossier.examens.values()}


def _speakers(dossier: Dossier, cle: str, exercice: int) -> set[str]:
    codes = {
        releve.organisme
        for releve in dossier.releves_de(exercice).values()
        if any(dossier.cles_actuelles.get(ecrite) == cle for ecrite in releve.valeurs)
    } | {
        examen.organisme
        for examen in dossier.examens.values()
        if examen.exercice == exercice
        and any(dossier.cles_actuelles.get(ecrite) == cle for ecrite in examen.mesures)
    }
    return {dossier.codes_actuels.get(code, code) for code in codes}


def exercice_de_l_examen_dans_le_contrat(dossier: Dossier) -> Iterator[Constat]:
    """
    Un examen porte sur un exercice du contrat.

    Exemple :

        exercice: 2031

    Remède : corrigez la période dans data/contrat.yaml.
    """
    periode = dossier.contrat.periode
    for examen in dossier.examens.values():
        if examen.exercice not in periode.exercices:
            yield Constat(
                examen.lieu("exercice"),
                f"examen pour {examen.exercice}, hors du contrat ({periode.debut}-{periode.fin})",
                "corrigez la période du contrat",
            )
