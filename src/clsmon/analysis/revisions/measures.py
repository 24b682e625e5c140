"""Ce qui change dans les indicateurs, selon qu'on y a déjà répondu ou non."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clsmon.analysis.revisions.answers import Repondues, find_answers, last_answer
from clsmon.analysis.revisions.contract import content_of
from clsmon.analysis.revisions.fiches import match_fiches
from clsmon.analysis.revisions.succession import (
    replace_indicator,
    replace_measure,
    restore_measure,
    shift_years,
)
from clsmon.analysis.revisions.wording import describe_gap, quote_pair, same_text
from clsmon.model.anomalie import Lieu
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.indicateur import Cible, Indicateur
from clsmon.model.noeud import spell
from clsmon.model.revision import Besoin, Changement
from clsmon.model.seance import NatureDecision

DEFINITION = {"libelle": "libellé", "type": "type", "unite": "unité", "modalites": "modalités"}
"""Ce qu'une réponse veut dire : ces rubriques changent, et la série se rompt."""

CHOIX = {
    "nature": "nature",
    "sens": "sens",
    "reponses": "réponses de plusieurs organismes",
    "frequence": "fréquence",
    "partie_de": "tout dont elle est une partie",
    "calcul": "règle de calcul",
}

GARDER = "gardez l'ancienne définition avec jusqua, la nouvelle lui succède"
ATTENDRE = "l'année répondue garde sa définition"


@dataclass(frozen=True)
class _Couple:
    """Une mesure avant et après, la fiche d'après, et la dernière année répondue."""

    avant: MesureSituee
    apres: MesureSituee
    repondue: int | None

    @property
    def nom(self) -> str:
        return f"mesure {self.apres.cle}"

    @property
    def chemin(self) -> str:
        return f"indicateurs/{self.apres.indicateur.id}/{self.apres.mesure.id}"


def compare_measures(avant: Dossier, apres: Dossier) -> Iterator[Changement]:
    """Les changements des indicateurs des fiches qui sont dans les deux versions."""
    repondues = find_answers(avant, apres)
    for ancienne, fiche in match_fiches(avant, apres):
        couples = list(_pairs(avant, apres, ancienne, fiche, repondues))
        suivies = {c.avant.cle for c in couples}
        nouvelles = {c.apres.cle for c in couples}
        remplacees = {
            apres.cles_actuelles.get(s.mesure.succede_a or "")
            for s in _measures(apres, fiche)
            if s.cle not in nouvelles
        }
        yield from _labels(apres, couples)
        for couple in couples:
            yield from _redefinition(apres, couple)
            yield from _initial_value(couple)
            yield from _targets(couple)
            yield from _choices(couple)
            if couple.apres.cle not in remplacees:
                yield from _years(couple)
        for situee in _measures(avant, ancienne):
            if situee.cle not in suivies:
                yield _removed(fiche, situee, last_answer(repondues, situee))
        for situee in _measures(apres, fiche):
            if situee.cle not in nouvelles:
                yield from _added(apres, situee, repondues)


def _measures(dossier: Dossier, fiche: Fiche) -> list[MesureSituee]:
    return [s for s in dossier.mesures.values() if s.fiche.id == fiche.id]


def _pairs(
    avant: Dossier, apres: Dossier, ancienne: Fiche, fiche: Fiche, repondues: Repondues
) -> Iterator[_Couple]:
    """Par la clé, par une ancienne clé, ou par la même place dans une fiche renumérotée."""
    for situee in _measures(avant, ancienne):
        place = situee.cle.partition("/")[2]
        actuelle = apres.cles_actuelles.get(situee.cle, f"{fiche.id}/{place}")
        if autre := apres.mesures.get(actuelle):
            yield _Couple(situee, autre, last_answer(repondues, situee, autre))


def _decision(fiche: Fiche, texte: str) -> Besoin:
    return Besoin(NatureDecision.MODIFICATION_FICHE, fiche.id, texte)


def _labels(apres: Dossier, couples: list[_Couple]) -> Iterator[Changement]:
    """Le libellé d'un indicateur, une fois pour toutes ses mesures."""
    vus: set[str] = set()
    for couple in couples:
        ancien, nouveau = couple.avant.indicateur, couple.apres.indicateur
        if nouveau.id in vus or same_text(ancien.libelle, nouveau.libelle):
            continue
        vus.add(nouveau.id)
        siens = [c for c in couples if c.apres.indicateur.id == nouveau.id]
        repondue = max((c.repondue for c in siens if c.repondue is not None), default=None)
        fiche = couple.apres.fiche
        libelles = quote_pair(ancien.libelle, nouveau.libelle)
        message = f"indicateur {fiche.id}/{nouveau.id}, libellé : {libelles}"
        lieu, chemin = nouveau.lieu("libelle"), f"indicateurs/{nouveau.id}/libelle"
        if repondue is None:
            yield Changement("REV032", lieu, message, chemin)
            continue
        yield Changement(
            "REV021",
            lieu,
            f"{message}, alors que {repondue} a des réponses",
            chemin,
            _decision(fiche, f"Nouvelle définition de l’indicateur {fiche.id}/{nouveau.id}"),
            bloque=True,
            manque=GARDER,
            remedes=replace_indicator(apres, fiche, ancien, nouveau, repondue),
        )


def _relabelled(couple: _Couple) -> bool:
    avant, apres = couple.avant.indicateur, couple.apres.indicateur
    return not same_text(avant.libelle, apres.libelle)


def _redefinition(apres: Dossier, couple: _Couple) -> Iterator[Changement]:
    ancienne, nouvelle = couple.avant.mesure, couple.apres.mesure
    ecarts = [
        (champ, f"{nom} : {ecart}")
        for champ, nom in DEFINITION.items()
        if (ecart := _gap(ancienne, nouvelle, champ))
    ]
    if not ecarts:
        return
    champ = ecarts[0][0]
    lieu, chemin = nouvelle.lieu(champ), f"{couple.chemin}/{champ}"
    message = f"{couple.nom}, {' ; '.join(ecart for _, ecart in ecarts)}"
    if couple.repondue is None:
        yield Changement("REV032", lieu, message, chemin)
    elif not _relabelled(couple):
        yield Changement(
            "REV021",
            lieu,
            f"{message}, alors que {couple.repondue} a des réponses",
            chemin,
            _decision(couple.apres.fiche, f"Nouvelle définition de la {couple.nom}"),
            bloque=True,
            manque=GARDER,
            remedes=replace_measure(apres, couple.apres, ancienne, couple.repondue),
        )


def _gap(ancienne: object, nouvelle: object, champ: str) -> str:
    avant, apres = getattr(ancienne, champ), getattr(nouvelle, champ)
    if champ == "modalites" and set(avant) <= set(apres):
        return ""  # one choice more leaves every answer what it was
    return describe_gap(content_of(avant), content_of(apres))


def _initial_value(couple: _Couple) -> Iterator[Changement]:
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
        besoin = _decision(couple.apres.fiche, f"Nouvelle valeur initiale de la {couple.nom}")
        yield Changement("REV020", lieu, message, chemin, besoin)


def _targets(couple: _Couple) -> Iterator[Changement]:
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
            besoin = _decision(couple.apres.fiche, f"Cible {annee} retirée : {couple.nom}")
            yield Changement("REV020", lieu, message, chemin, besoin)


def _target(couple: _Couple, cible: Cible, message: str) -> Changement:
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


def _choices(couple: _Couple) -> Iterator[Changement]:
    for champ, nom in CHOIX.items():
        if ecart := _gap(couple.avant.mesure, couple.apres.mesure, champ):
            message = f"{couple.nom}, {nom} : {ecart}"
            lieu = couple.apres.mesure.lieu(champ)
            yield Changement("REV033", lieu, message, f"{couple.chemin}/{champ}")


def _years(couple: _Couple) -> Iterator[Changement]:
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
        besoin = _decision(couple.apres.fiche, f"Années de suivi de la {couple.nom}")
        trop_tot = champ == "jusqua" and apres is not None and apres < couple.repondue
        code = "REV023" if trop_tot else "REV020"
        suite = f", alors que {couple.repondue} a des réponses" if trop_tot else ""
        manque = ATTENDRE if trop_tot else ""
        yield Changement(
            code, lieu, f"{message}{suite}", chemin, besoin, bloque=trop_tot, manque=manque
        )


def _removed(fiche: Fiche, situee: MesureSituee, repondue: int | None) -> Changement:
    message = f"mesure {situee.cle} supprimée : « {situee.mesure.libelle} »"
    chemin = f"indicateurs/{situee.indicateur.id}/{situee.mesure.id}"
    lieu = _indicator_place(fiche, situee.indicateur)
    if repondue is None:
        return Changement("REV032", lieu, message, chemin)
    return Changement(
        "REV021",
        lieu,
        f"{message}, alors que {repondue} a des réponses",
        chemin,
        _decision(fiche, f"Fin de la mesure {situee.cle}"),
        bloque=True,
        manque="rétablissez-la, avec jusqua",
        remedes=restore_measure(fiche, situee, repondue),
    )


def _indicator_place(fiche: Fiche, ancien: Indicateur) -> Lieu:
    for indicateur in fiche.indicateurs:
        if indicateur.id == ancien.id:
            return indicateur.lieu("id")
    return fiche.lieu("indicateurs", cle=True)


def _added(apres: Dossier, situee: MesureSituee, repondues: Repondues) -> Iterator[Changement]:
    """Une mesure nouvelle, ou celle qui succède à une mesure déjà répondue."""
    mesure, chemin = situee.mesure, f"indicateurs/{situee.indicateur.id}/{situee.mesure.id}"
    ancienne = apres.mesures.get(apres.cles_actuelles.get(mesure.succede_a or "", ""))
    repondue = last_answer(repondues, ancienne) if ancienne else None
    if ancienne is None or repondue is None:
        message = f"mesure {situee.cle} ajoutée : « {mesure.libelle} »"
        yield Changement("REV032", mesure.lieu("id"), message, chemin)
        return
    annee = mesure.depuis
    suite = f"{situee.cle} succède à {ancienne.cle}"
    message = f"série rompue en {annee or '(année absente)'} : {suite}"
    trop_tot = annee is None or annee <= repondue or (ancienne.mesure.jusqua or 0) < repondue
    yield Changement(
        "REV023" if trop_tot else "REV020",
        mesure.lieu("succede_a"),
        message + (f", alors que {repondue} a des réponses" if trop_tot else ""),
        chemin,
        _decision(situee.fiche, f"{suite} à partir de {annee or repondue + 1}"),
        bloque=trop_tot,
        manque=ATTENDRE if trop_tot else "",
        remedes=shift_years(apres, ancienne, situee, repondue) if trop_tot else (),
    )
