"""Les séries d'une mesure sur toute la durée du contrat, à partir du bilan de chaque année."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from clsmon.analysis.completeness import read_state
from clsmon.analysis.decisions import needs_arbitration
from clsmon.analysis.evolution import changes_source, comparable, compute_gap
from clsmon.model.bilan import Bilan, LigneMesure
from clsmon.model.constat import Constat
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.evaluation import (
    ChiffreDiscute,
    Point,
    SansReponse,
    Serie,
    SituationPoint,
)
from clsmon.model.indicateur import NatureMesure, TypeMesure
from clsmon.model.releve import Etat
from clsmon.model.statut import Statut

LignesParAnnee = Mapping[int, Mapping[str, LigneMesure]]
"""Les lignes du bilan de chaque exercice, par clé de mesure."""


def lines_by_year(bilans: Sequence[Bilan]) -> LignesParAnnee:
    """Les lignes de chaque bilan, par exercice puis par clé."""
    return {b.exercice: {ligne.situee.cle: ligne for ligne in b.lignes} for b in bilans}


def compute_series(dossier: Dossier, situee: MesureSituee, lignes: LignesParAnnee) -> Serie:
    """
    Une mesure sur tous les exercices du contrat.

    Chaque constat est celui du bilan de son année. Une mesure qui en remplace une autre commence
    sa propre série : rien n'est comparé d'une série à l'autre.
    """
    points = tuple(
        _compute_point(situee, exercice, lignes) for exercice in dossier.contrat.periode.exercices
    )
    constats = [point.constat for point in points if point.constat is not None]
    chiffres = [constat for constat in constats if comparable(constat) is not None]
    change = len(chiffres) > 1 and changes_source(chiffres[0], chiffres[-1])
    melees = any(changes_source(avant, apres) for avant, apres in pairwise(chiffres))
    cle_avant = dossier.cles_actuelles.get(situee.mesure.succede_a or "")
    cumule = _adds_up(situee)
    return Serie(
        situee=situee,
        points=points,
        ligne=next((par[situee.cle] for par in _latest(lignes) if situee.cle in par), None),
        succede_a=dossier.mesures[cle_avant] if cle_avant else None,
        evolution=None
        if change or len(chiffres) < 2
        else compute_gap(chiffres[0].nombre, chiffres[-1].nombre, situee.mesure.type),
        repondant_change=change,
        cumul=_total(chiffres) if cumule and chiffres and not melees else None,
        cumul_mele=cumule and melees,
        sans_valeur=tuple(c.exercice for c in constats if _lacks_value(c)) if cumule else (),
    )


def _latest(lignes: LignesParAnnee) -> Iterator[Mapping[str, LigneMesure]]:
    return (lignes[exercice] for exercice in sorted(lignes, reverse=True))


def _compute_point(situee: MesureSituee, exercice: int, lignes: LignesParAnnee) -> Point:
    mesure, fiche = situee.mesure, situee.fiche
    ligne = lignes.get(exercice, {}).get(situee.cle)
    if ligne is not None:
        return Point(exercice, SituationPoint.SUIVIE, ligne.constat)
    if mesure.depuis is not None and exercice < mesure.depuis:
        return Point(exercice, SituationPoint.PAS_ENCORE)
    if mesure.jusqua is not None and exercice > mesure.jusqua:
        return Point(exercice, SituationPoint.FINIE)
    if not fiche.en_vigueur(exercice):
        return Point(exercice, SituationPoint.HORS_VIGUEUR)
    if not mesure.due_en(exercice):
        return Point(exercice, SituationPoint.NON_DUE)
    return Point(exercice, SituationPoint.A_VENIR)


def _adds_up(situee: MesureSituee) -> bool:
    """Un flux s'additionne d'une année à l'autre ; un taux ou des réponses séparées, jamais."""
    mesure = situee.mesure
    additif = mesure.type.chiffre and mesure.type is not TypeMesure.TAUX and not situee.separee
    return additif and mesure.nature is NatureMesure.FLUX


def _total(constats: Sequence[Constat]) -> Decimal:
    return sum((constat.nombre or Decimal(0) for constat in constats), Decimal(0))


def _lacks_value(constat: Constat) -> bool:
    """Une année sans objet ne manque pas à un cumul."""
    return comparable(constat) is None and constat.statut is not Statut.SANS_OBJET


def find_unanswered(dossier: Dossier, bilans: Sequence[Bilan]) -> tuple[SansReponse, ...]:
    """
    Les mesures demandées à un organisme et dont il n'a jamais donné de valeur.

    Par organisme, dans l'ordre du registre, puis dans l'ordre du contrat. « Sans objet » est une
    réponse ; « non disponible » chaque année n'en est pas une.
    """
    demandes: dict[tuple[str, str], list[tuple[int, Etat | None]]] = {}
    for bilan in bilans:
        for ligne in bilan.lignes:
            if ligne.situee.demandee_en(bilan.exercice):
                for code in dict.fromkeys(ligne.situee.repondants):
                    etats = demandes.setdefault((code, ligne.situee.cle), [])
                    etats.append((bilan.exercice, _state_of(ligne, code)))
    sans = {couple: e for couple, e in demandes.items() if not any(_answers(x) for _, x in e)}
    registre = list(dossier.contrat.organismes)
    rangs = {code: rang for rang, code in enumerate(registre)}
    cles = {cle: rang for rang, cle in enumerate(dossier.mesures)}
    ordre = sorted(sans, key=lambda couple: (rangs.get(couple[0], len(rangs)), cles[couple[1]]))
    return tuple(
        SansReponse(
            code,
            dossier.mesures[cle],
            tuple((annee, Statut.of(etat)) for annee, etat in sans[code, cle]),
        )
        for code, cle in ordre
    )


def _state_of(ligne: LigneMesure, code: str) -> Etat | None:
    dite = next((d for d in ligne.constat.declarations if d.organisme == code), None)
    return read_state(ligne.situee.mesure, dite.valeur if dite else None)


def _answers(etat: Etat | None) -> bool:
    return etat is not None and (etat.repond or etat is Etat.SANS_OBJET)


def find_disputed(bilans: Sequence[Bilan]) -> tuple[ChiffreDiscute, ...]:
    """Les mesures aux réponses différentes, ou contestées, et celles que le COPIL a arbitrées."""
    return tuple(
        ChiffreDiscute(bilan.exercice, ligne)
        for bilan in bilans
        for ligne in bilan.lignes
        if ligne.constat.arbitrage or needs_arbitration(ligne)
    )
