"""Le poste d'animateur santé : compté une fois, et la part que l'ARS peut en payer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from clsmon.analysis.amounts import status_of, sum_amounts
from clsmon.model.bilan import BilanFiche, Recit
from clsmon.model.contrat import RegleAnimateur
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche
from clsmon.model.finances import ARS, BilanPoste, DeclarationPoste, MontantDeclare, NatureMontant
from clsmon.model.releve import Poste
from clsmon.model.statut import Statut

CHAMPS = ("etp", "mois", "cout_eligible")


def compute_job(
    dossier: Dossier, fiches: Sequence[BilanFiche], montants: Sequence[MontantDeclare]
) -> BilanPoste | None:
    """
    Le poste et la règle de l'article 5 ; None si le contrat n'a pas cette règle.

    Le contrat ne connaît qu'un poste, nommé dans plusieurs fiches : une seule déclaration compte,
    la première chiffrée, en commençant par la fiche où l'ARS en paie un taux maximum, dans l'ordre
    de ses répondants. L'aide comparée est celle que l'ARS verse pour cette fiche.
    """
    regle = dossier.contrat.regles.animateur_sante
    if regle is None:
        return None
    ordonnees = sorted(fiches, key=lambda fiche: not asks_job(fiche.fiche))
    dites = tuple(declaration for fiche in ordonnees for declaration in _declarations(fiche))
    chiffrees = [d for d in dites if _has_figures(d.poste)]
    retenue = next(iter(chiffrees or dites), None)
    demandees = (fiche.fiche for fiche in ordonnees if asks_job(fiche.fiche))
    fiche = retenue.fiche if retenue else next(demandees, None)
    assiette = compute_base(retenue.poste) if retenue else None
    aides = [m for m in montants if m.financeur == ARS and fiche and m.fiche.id == fiche.id]
    return BilanPoste(
        regle=regle,
        fiche=fiche,
        retenue=retenue,
        autres=tuple(d for d in dites if d is not retenue),
        assiette=assiette,
        plafond=None if assiette is None else compute_ceiling(regle, assiette),
        notifiee=sum_amounts(m for m in aides if m.nature is NatureMontant.NOTIFIE),
        versee=sum_amounts(m for m in aides if m.nature is NatureMontant.VERSE),
    )


def asks_job(fiche: Fiche) -> bool:
    """Vrai si l'ARS paie un taux maximum d'une dépense de la fiche : le poste y est demandé."""
    return any(f.taux_ars_maximum is not None for f in fiche.financement)


def compute_base(poste: Poste) -> Decimal | None:
    """
    La dépense éligible sur laquelle porte le taux : celle d'un ETP au plus.

    L'article 5 dit « la dépense réelle éligible d'un ETP » : au-delà d'un ETP déclaré, le coût est
    ramené à un ETP ; en dessous, c'est la dépense réelle, telle quelle.
    """
    if poste.cout_eligible is None:
        return None
    return poste.cout_eligible / max(poste.etp or Decimal(1), Decimal(1))


def compute_ceiling(regle: RegleAnimateur, assiette: Decimal) -> Decimal:
    """
    Le moindre du taux maximum de la dépense éligible et du plafond annuel.

    Le plafond vaut pour l'année entière, quels que soient le temps et les mois du poste : le
    contrat ne le réduit pas, et la dépense réelle l'est déjà.
    """
    return min(assiette * regle.taux_max / 100, regle.plafond_annuel)


def _declarations(fiche: BilanFiche) -> Iterator[DeclarationPoste]:
    for recit in fiche.recits:
        poste = recit.declaration.poste or Poste()
        statuts = tuple(_unfilled(recit, poste))
        if _has_figures(poste) or statuts:
            yield DeclarationPoste(fiche.fiche, recit.organisme, poste, statuts)


def _unfilled(recit: Recit, poste: Poste) -> Iterator[tuple[str, Statut]]:
    for nom in CHAMPS:
        champ = f"poste.{nom}"
        statut = status_of(recit.declaration, champ, getattr(poste, nom))
        if statut not in {Statut.RENSEIGNE, Statut.NON_REPONDU}:
            yield champ, statut


def _has_figures(poste: Poste) -> bool:
    return any(getattr(poste, nom) is not None for nom in CHAMPS)
