"""Ce qui change dans les indicateurs, selon qu'on y a déjà répondu ou non."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.analysis.revisions.answers import find_answers, last_answer
from clsmon.analysis.revisions.couples import (
    Couple,
    decide_on,
    gap_of,
    measures_of,
    pair_measures,
)
from clsmon.analysis.revisions.definitions import (
    ATTENDRE,
    compare_definitions,
    compare_labels,
    report_added,
    report_removed,
)
from clsmon.analysis.revisions.fiches import match_fiches
from clsmon.analysis.revisions.succession import end_measure
from clsmon.model.dossier import Dossier
from clsmon.model.indicateur import Cible
from clsmon.model.noeud import spell
from clsmon.model.revision import Besoin, Changement
from clsmon.model.seance import NatureDecision

CHOIX = {
    "nature": "nature",
    "sens": "sens",
    "reponses": "réponses de plusieurs organismes",
    "frequence": "fréquence",
    "partie_de": "tout dont elle est une partie",
    "calcul": "règle de calcul",
}
"""Ce qui change le calcul du bilan sans changer ce qu'une réponse veut dire."""


def compare_measures(avant: Dossier, apres: Dossier) -> Iterator[Changement]:
    """Les changements des indicateurs des fiches qui sont dans les deux versions."""
    repondues = find_answers(avant, apres)
    for ancienne, fiche in match_fiches(avant, apres):
        couples = list(pair_measures(avant, apres, ancienne, fiche, repondues))
        suivies = {c.avant.cle for c in couples}
        nouvelles = {c.apres.cle for c in couples}
        remplacees = {
            apres.cles_actuelles.get(s.mesure.succede_a or "")
            for s in measures_of(apres, fiche)
            if s.cle not in nouvelles
        }
        yield from compare_labels(apres, couples)
        for couple in couples:
            yield from compare_definitions(apres, couple)
            yield from _initial_value(couple)
            yield from _targets(couple)
            yield from _choices(couple)
            if couple.apres.cle not in remplacees:
                yield from _years(couple)
        for situee in measures_of(avant, ancienne):
            if situee.cle not in suivies:
                yield report_removed(fiche, situee, last_answer(repondues, situee))
        for situee in measures_of(apres, fiche):
            if situee.cle not in nouvelles:
                yield from report_added(apres, situee, repondues)


def _initial_value(couple: Couple) -> Iterator[Changement]:
    ancienne, nouvelle = (s.mesure.valeur_initiale for s in (couple.avant, couple.apres))
    avant = (ancienne.valeur, ancienne.annee) if ancienne else None
    apres = (nouvelle.valeur, nouvelle.annee) if nouvelle else None
    if avant == apres:
        return
    ecrites = [
        f"{spell(v.valeur)}{f' en {v.annee}' if v.annee else ''}" if v else "aucune"
        for v in (ancienne, nouvelle)
    ]
    message = f"{couple.nom}, valeur initiale : {ecrites[0]} → {ecrites[1]}"
    lieu = couple.apres.mesure.lieu("valeur_initiale")
    chemin = f"{couple.chemin}/valeur_initiale"
    if couple.repondue is None:
        yield Changement("REV032", lieu, message, chemin)
    else:
        besoin = decide_on(couple.apres.fiche, f"Nouvelle valeur initiale de la {couple.nom}")
        yield Changement("REV020", lieu, message, chemin, besoin)


def _targets(couple: Couple) -> Iterator[Changement]:
    mesure = couple.apres.mesure
    anciennes = {c.annee: c for c in couple.avant.mesure.cibles}
    for cible in mesure.cibles:
        ancienne = anciennes.pop(cible.annee, None)
        if ancienne is not None and ancienne.valeur == cible.valeur:
            continue
        de = spell(ancienne.valeur) if ancienne else "aucune"
        message = f"{couple.nom}, cible {cible.annee} : {de} → {spell(cible.valeur)}"
        yield _target(couple, cible, message)
    for annee, ancienne in anciennes.items():
        message = f"{couple.nom}, cible {annee} : {spell(ancienne.valeur)} → aucune"
        chemin = f"{couple.chemin}/cibles"
        lieu = mesure.lieu("cibles", cle=True)
        if couple.repondue is None:
            yield Changement("REV032", lieu, message, chemin)
        else:
            besoin = decide_on(couple.apres.fiche, f"Cible {annee} retirée : {couple.nom}")
            yield Changement("REV020", lieu, message, chemin, besoin)


def _target(couple: Couple, cible: Cible, message: str) -> Changement:
    lieu, chemin = cible.lieu("valeur"), f"{couple.chemin}/cibles"
    if couple.repondue is None:
        return Changement("REV032", lieu, message, chemin)
    besoin = Besoin(
        NatureDecision.CIBLE,
        couple.apres.cle,
        f"Cible {cible.annee} de la {couple.nom}",
        annee=cible.annee,
        valeur=cible.valeur,
    )
    return Changement("REV022", lieu, message, chemin, besoin)


def _choices(couple: Couple) -> Iterator[Changement]:
    for champ, nom in CHOIX.items():
        if ecart := gap_of(couple.avant.mesure, couple.apres.mesure, champ):
            message = f"{couple.nom}, {nom} : {ecart}"
            lieu = couple.apres.mesure.lieu(champ)
            yield Changement("REV033", lieu, message, f"{couple.chemin}/{champ}")


def _years(couple: Couple) -> Iterator[Changement]:
    """Les années où la mesure est suivie, quand rien ne lui succède."""
    ancienne, nouvelle = couple.avant.mesure, couple.apres.mesure
    for champ in ("depuis", "jusqua"):
        avant, apres = getattr(ancienne, champ), getattr(nouvelle, champ)
        if avant == apres:
            continue
        message = f"{couple.nom}, {champ} : {avant or 'aucun'} → {apres or 'aucun'}"
        lieu, chemin = nouvelle.lieu(champ), f"{couple.chemin}/{champ}"
        if couple.repondue is None:
            yield Changement("REV032", lieu, message, chemin)
            continue
        besoin = decide_on(couple.apres.fiche, f"Années de suivi de la {couple.nom}")
        trop_tot = champ == "jusqua" and apres is not None and apres < couple.repondue
        code = "REV023" if trop_tot else "REV020"
        suite = f", alors que {couple.repondue} a des réponses" if trop_tot else ""
        manque = ATTENDRE if trop_tot else ""
        remedes = end_measure(couple.apres, couple.repondue) if trop_tot else ()
        yield Changement(
            code,
            lieu,
            f"{message}{suite}",
            chemin,
            besoin,
            bloque=trop_tot,
            manque=manque,
            remedes=remedes,
        )
