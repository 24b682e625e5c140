"""Garder l'ancienne définition, et lui faire succéder la nouvelle : le YAML d'une rupture."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from clsmon.analysis.revisions.yaml_lines import block, flow, items, written
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.indicateur import Indicateur, Mesure
from clsmon.model.revision import Geste, Remede


def replace_measure(
    apres: Dossier, situee: MesureSituee, ancienne: Mesure, repondue: int
) -> tuple[Remede, ...]:
    """
    L'ancienne mesure jusqu'à la dernière année répondue, la nouvelle ensuite.

    Rien si aucun exercice du contrat ne reste : la définition ne peut que se rétablir.
    """
    if repondue >= apres.contrat.periode.fin:
        return ()
    pris = {m.id for m in situee.indicateur.mesures}
    deux = (_ended(ancienne, repondue), _successor(situee, repondue, pris))
    return (_rewritten(situee, *deux),)


def replace_indicator(
    apres: Dossier, fiche: Fiche, ancien: Indicateur, nouveau: Indicateur, repondue: int
) -> tuple[Remede, ...]:
    """L'ancien indicateur jusqu'à la dernière année répondue, le nouveau ensuite."""
    if repondue >= apres.contrat.periode.fin:
        return ()
    pris = {i.id for i in fiche.indicateurs}
    suivant = {**written(nouveau), "id": free_id(nouveau.id, repondue + 1, pris)}
    anciennes = {m.id for m in ancien.mesures}
    suivant["mesures"] = [
        _successor(apres.mesures[f"{fiche.id}/{nouveau.id}/{m.id}"], repondue, ())
        if m.id in anciennes
        else written(m)
        for m in nouveau.mesures
    ]
    finies = [_ended(m, repondue) for m in ancien.mesures]
    retrait = _indent(nouveau.lieu().colonne, 2)
    deux = [{**written(ancien), "id": nouveau.id, "mesures": finies}, suivant]
    yaml = "\n".join(_indicator(cles, retrait) for cles in deux)
    ou = f"l'indicateur « {nouveau.id} »"
    return (Remede(_file(fiche), Geste.REMPLACER, yaml, ou),)


def restore_measure(fiche: Fiche, situee: MesureSituee, repondue: int) -> tuple[Remede, ...]:
    """La mesure supprimée revient, et finit à la dernière année répondue."""
    finie = _ended(situee.mesure, repondue)
    for indicateur in fiche.indicateurs:
        if indicateur.id == situee.indicateur.id:
            colonne = indicateur.mesures[-1].lieu().colonne if indicateur.mesures else 0
            yaml = items([finie], _indent(colonne, 6))
            ou = f"« mesures: » de l'indicateur « {indicateur.id} »"
            return (Remede(_file(fiche), Geste.AJOUTER, yaml, ou),)
    colonne = fiche.indicateurs[-1].lieu().colonne if fiche.indicateurs else 0
    finies = [_ended(m, repondue) for m in situee.indicateur.mesures]
    yaml = _indicator({**written(situee.indicateur), "mesures": finies}, _indent(colonne, 2))
    return (Remede(_file(fiche), Geste.AJOUTER, yaml, "« indicateurs: »"),)


def end_measure(situee: MesureSituee, repondue: int) -> tuple[Remede, ...]:
    """La mesure finit à sa dernière année répondue, et non avant."""
    return (_rewritten(situee, _ended(situee.mesure, repondue)),)


def shift_years(
    apres: Dossier, ancienne: MesureSituee, nouvelle: MesureSituee, repondue: int
) -> tuple[Remede, ...]:
    """Les deux mesures, avec les années qui gardent à chaque réponse sa définition."""
    if repondue >= apres.contrat.periode.fin:
        return ()
    suite = {**written(nouvelle.mesure), "depuis": repondue + 1}
    corrigees = ((ancienne, _ended(ancienne.mesure, repondue)), (nouvelle, suite))
    return tuple(_rewritten(situee, cles) for situee, cles in corrigees)


def _rewritten(situee: MesureSituee, *cles: dict[str, Any]) -> Remede:
    """Une mesure écrite autrement, à sa place."""
    retrait = _indent(situee.mesure.lieu().colonne, 6)
    ou = f"la mesure « {situee.mesure.id} » de l'indicateur « {situee.indicateur.id} »"
    return Remede(_file(situee.fiche), Geste.REMPLACER, items(cles, retrait), ou)


def free_id(identifiant: str, annee: int, pris: Collection[str]) -> str:
    """« livres-2027 », ou « livres-2027-2 » s'il est pris."""
    base, rang = f"{identifiant}-{annee}", 1
    candidat = base
    while candidat in pris:
        rang += 1
        candidat = f"{base}-{rang}"
    return candidat


def _ended(mesure: Mesure, repondue: int) -> dict[str, Any]:
    return {**written(mesure), "jusqua": repondue}


def _successor(situee: MesureSituee, repondue: int, pris: Collection[str]) -> dict[str, Any]:
    """La mesure nouvelle ; dans un nouvel indicateur, rien n'est pris et elle garde son nom."""
    cles = {**written(situee.mesure), "depuis": repondue + 1, "succede_a": situee.cle}
    cles.pop("anciennes_cles", None)
    cles.pop("jusqua", None)
    if pris:
        cles["id"] = free_id(situee.mesure.id, repondue + 1, pris)
    return cles


def _indicator(cles: dict[str, Any], retrait: int) -> str:
    mesures = cles["mesures"]
    tete = block({cle: v for cle, v in cles.items() if cle != "mesures"}, retrait + 2)
    corps = "\n".join(f"{' ' * (retrait + 4)}- {flow(mesure)}" for mesure in mesures)
    debut = f"{' ' * retrait}- {tete[retrait + 2 :]}"
    return f"{debut}\n{' ' * (retrait + 2)}mesures:\n{corps}"


def _indent(colonne: int, defaut: int) -> int:
    """Le retrait du tiret d'un élément dont on connaît la colonne."""
    return colonne - 3 if colonne >= 3 else defaut


def _file(fiche: Fiche) -> str:
    return fiche.lieu().fichier
