"""L'argent d'un exercice : les mêmes montants sommés de quatre façons, et ceux du contrat."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from clsmon.analysis.amounts import list_amounts, sum_amounts, sum_by_nature
from clsmon.analysis.heads import Synthese
from clsmon.analysis.job import compute_job
from clsmon.model.anomalie import natural_key
from clsmon.model.bilan import BilanAxe, BilanFiche
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche, Financement, PorteeMontant
from clsmon.model.finances import (
    AIDES,
    Finances,
    MontantDeclare,
    MontantPrevu,
    NatureMontant,
    Reserve,
    SommesFinanceur,
)
from clsmon.model.releve import DeclarationFiche

K = TypeVar("K", bound=Hashable)


def compute_finances(
    dossier: Dossier, axes: Sequence[BilanAxe], syntheses: Mapping[str, Synthese]
) -> Finances:
    """
    L'argent déclaré pour les fiches suivies, et les mêmes montants sommés de quatre façons.

    Chaque montant est celui d'un organisme, d'une fiche et donc d'un axe : par fiche, par axe, par
    organisme et, pour les aides, par financeur, les totaux sont les mêmes. Dépenses et aides ne
    s'additionnent pas entre elles : une aide paie une dépense. Source : contrat, article 5.
    """
    fiches = tuple(fiche for axe in axes for fiche in axe.fiches)
    montants = tuple(list_amounts(dossier, fiches))
    par_fiche = _group(montants, lambda m: m.fiche.id)
    par_organisme = _group(montants, lambda m: m.organisme)
    return Finances(
        montants=montants,
        ensemble=sum_by_nature(montants),
        par_axe=tuple(
            (
                axe.axe,
                sum_by_nature(m for f in axe.fiches for m in par_fiche.get(f.fiche.id, ())),
            )
            for axe in axes
        ),
        par_fiche=tuple((f.fiche, sum_by_nature(par_fiche.get(f.fiche.id, ()))) for f in fiches),
        par_organisme=tuple(
            (code, sum_by_nature(par_organisme[code]))
            for code in _in_registry_order(dossier, par_organisme)
        ),
        par_financeur=tuple(_by_funder(dossier, montants)),
        prevus=tuple(prevu for fiche in fiches for prevu in list_planned(fiche.fiche)),
        poste=compute_job(dossier, fiches, montants),
        hors_vigueur=tuple(_uncounted(fiches, syntheses)),
    )


def _group(
    montants: Iterable[MontantDeclare], read: Callable[[MontantDeclare], K]
) -> dict[K, list[MontantDeclare]]:
    groupes: dict[K, list[MontantDeclare]] = {}
    for montant in montants:
        groupes.setdefault(read(montant), []).append(montant)
    return groupes


def _in_registry_order(dossier: Dossier, codes: Iterable[str]) -> list[str]:
    presents = set(codes)
    connus = [code for code in dossier.contrat.organismes if code in presents]
    return [*connus, *sorted(presents.difference(connus))]


def _by_funder(dossier: Dossier, montants: Sequence[MontantDeclare]) -> Iterator[SommesFinanceur]:
    groupes = _group((m for m in montants if m.nature in AIDES), lambda m: m.financeur)
    for code in _in_registry_order(dossier, groupes):
        siens = groupes[code]
        donnes = [m for m in siens if m.montant is not None]
        yield SommesFinanceur(
            code,
            sum_amounts(m for m in siens if m.nature is NatureMontant.NOTIFIE),
            sum_amounts(m for m in siens if m.nature is NatureMontant.VERSE),
            tuple({m.fiche.id: m.fiche for m in donnes}.values()),
            tuple(dict.fromkeys(m.organisme for m in donnes)),
        )


def list_planned(fiche: Fiche) -> Iterator[MontantPrevu]:
    """Ce qu'une fiche écrit de son financement ; sans aucun montant, la première ligne le dit."""
    chiffree = any(f.montant is not None for f in fiche.financement)
    for rang, financement in enumerate(fiche.financement):
        muette = (Reserve.SANS_MONTANT,) if not rang and not chiffree else ()
        yield MontantPrevu(fiche, financement, (*muette, *reserves_of(financement)))


def reserves_of(financement: Financement) -> tuple[Reserve, ...]:
    """
    Ce que le contrat laisse dans le doute d'un montant, d'un taux ou d'un cofinancement.

    Un taux écrit à côté d'un montant n'est jamais multiplié par lui : le contrat ne dit pas si ce
    montant est l'assiette du taux ou déjà la part de l'ARS. Un taux de 100 % ne laisse pas ce
    doute.
    """
    montant, taux = financement.montant, financement.taux_ars
    doutes = {
        Reserve.PORTEE_NON_DITE: montant is not None
        and financement.portee is PorteeMontant.INCONNUE,
        Reserve.DUREE_NON_DITE: montant is not None and financement.duree_ans is None,
        Reserve.TAUX_SANS_BASE: montant is not None and taux is not None and taux != 100,
        Reserve.A_CONFIRMER: any(c.a_confirmer for c in financement.cofinancements),
    }
    return tuple(reserve for reserve, vrai in doutes.items() if vrai)


def _uncounted(
    fiches: Sequence[BilanFiche], syntheses: Mapping[str, Synthese]
) -> Iterator[tuple[str, str]]:
    """Les montants reçus pour des fiches non suivies cet exercice, dans l'ordre des fiches."""
    suivies = {fiche.fiche.id for fiche in fiches}
    recues = {i for synthese in syntheses.values() for i in synthese.recits} - suivies
    for identifiant in sorted(recues, key=natural_key):
        for code, synthese in syntheses.items():
            if identifiant in synthese.recits:
                for champ in _money_fields(synthese.recits[identifiant].declaration):
                    yield f"{identifiant}/{champ}", code


def _money_fields(declaration: DeclarationFiche) -> Iterator[str]:
    for champ in ("prevu", "engage", "realise"):
        if getattr(declaration.depenses, champ) is not None:
            yield f"depenses.{champ}"
    for aide in declaration.aides:
        for champ in ("notifie", "verse"):
            if getattr(aide, champ) is not None:
                yield f"aides.{aide.financeur}.{champ}"
