"""Ce que veut dire une mesure : répondue, elle n'est ni redéfinie ni supprimée, on lui succède."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.analysis.revisions.answers import Repondues, last_answer
from clsmon.analysis.revisions.couples import Couple, decide_on, gap_of
from clsmon.analysis.revisions.succession import (
    replace_indicator,
    replace_measure,
    restore_measure,
    shift_years,
)
from clsmon.analysis.revisions.wording import quote_pair, same_text
from clsmon.model.anomalie import Lieu
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.indicateur import Indicateur
from clsmon.model.revision import Changement

DEFINITION = {"libelle": "libellé", "type": "type", "unite": "unité", "modalites": "modalités"}
"""Ce qu'une réponse veut dire : ces rubriques changent, et la série se rompt."""

GARDER = "gardez l'ancienne définition avec jusqua, la nouvelle lui succède"
ATTENDRE = "l'année répondue garde sa définition"
RESTER = "il ne reste aucun exercice pour une nouvelle définition : rétablissez l'ancienne"


def compare_labels(apres: Dossier, couples: list[Couple]) -> Iterator[Changement]:
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
            decide_on(fiche, f"Nouvelle définition de l’indicateur {fiche.id}/{nouveau.id}"),
            bloque=True,
            manque=_rewriting(apres, repondue),
            remedes=replace_indicator(apres, fiche, ancien, nouveau, repondue),
        )


def _rewriting(apres: Dossier, repondue: int) -> str:
    return GARDER if repondue < apres.contrat.periode.fin else RESTER


def _relabelled(couple: Couple) -> bool:
    avant, apres = couple.avant.indicateur, couple.apres.indicateur
    return not same_text(avant.libelle, apres.libelle)


def compare_definitions(apres: Dossier, couple: Couple) -> Iterator[Changement]:
    ancienne, nouvelle = couple.avant.mesure, couple.apres.mesure
    ecarts = [
        (champ, f"{nom} : {ecart}")
        for champ, nom in DEFINITION.items()
        if (ecart := gap_of(ancienne, nouvelle, champ))
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
            decide_on(couple.apres.fiche, f"Nouvelle définition de la {couple.nom}"),
            bloque=True,
            manque=_rewriting(apres, couple.repondue),
            remedes=replace_measure(apres, couple.apres, ancienne, couple.repondue),
        )


def report_removed(fiche: Fiche, situee: MesureSituee, repondue: int | None) -> Changement:
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
        decide_on(fiche, f"Fin de la mesure {situee.cle}"),
        bloque=True,
        manque="rétablissez-la, avec jusqua",
        remedes=restore_measure(fiche, situee, repondue),
    )


def _indicator_place(fiche: Fiche, ancien: Indicateur) -> Lieu:
    for indicateur in fiche.indicateurs:
        if indicateur.id == ancien.id:
            return indicateur.lieu("id")
    return fiche.lieu("indicateurs", cle=True)


def report_added(
    apres: Dossier, situee: MesureSituee, repondues: Repondues
) -> Iterator[Changement]:
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
        decide_on(situee.fiche, f"{suite} à partir de {annee or repondue + 1}"),
        bloque=trop_tot,
        manque=ATTENDRE if trop_tot else "",
        remedes=shift_years(apres, ancienne, situee, repondue) if trop_tot else (),
    )
