"""Sections 7 and 8 by hand: one hostile text wherever a text may stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from clsmon.model.contrat import Axe, RegleAnimateur
from clsmon.model.fiche import Cofinancement, Fiche, Financement, PorteeMontant
from clsmon.model.finances import (
    BilanPoste,
    DeclarationPoste,
    Finances,
    MontantDeclare,
    MontantPrevu,
    NatureMontant,
    Reserve,
    Somme,
    Sommes,
    SommesFinanceur,
)
from clsmon.model.gouvernance import (
    ActionProgrammee,
    Assiduite,
    BilanInstance,
    BilanLieu,
    BilanLieux,
    BilanMembre,
    BilanProgramme,
    BilanSeance,
    Gouvernance,
    Minimum,
    Realisation,
)
from clsmon.model.releve import EtatAction, Poste, Releve
from clsmon.model.seance import Action, EtatSeance, Seance
from clsmon.model.statut import Statut


def _meeting(jour: date, etat: EtatSeance) -> Seance:
    return Seance(instance="copil", date=jour, etat=etat)


def build_governance(texte: str, fiche: Fiche) -> Gouvernance:
    """A COPIL held once of the two asked, a programme of two actions, two places."""
    tenue = _meeting(date(2025, 5, 12), EtatSeance.TENUE)
    copil = BilanInstance(
        "copil",
        f"COPIL {texte}",
        2,
        Minimum.NON_ATTEINT,
        (BilanSeance(tenue, Assiduite(3, 2, 1), ("apo",)),),
        (_meeting(date(2025, 12, 1), EtatSeance.PREVUE),),
    )
    actions = (
        ActionProgrammee(
            fiche,
            Action(id="a1", libelle=f"Action {texte}", echeance=texte, decision=texte),
            "apo",
            EtatAction.REALISEE,
        ),
        ActionProgrammee(
            fiche, Action(id="a2", libelle=f"Action {texte}"), None, None, seance=tenue
        ),
    )
    return Gouvernance(
        instances=(copil,),
        membres=(
            BilanMembre("ars", True, (Assiduite(2, 2, 0),)),
            BilanMembre("apo", False, (Assiduite(1, 0, 1),)),
        ),
        programme=BilanProgramme(
            actions,
            Realisation(2, 1, 1),
            (("apo", Realisation(1, 1, 0)), (None, Realisation(1, 0, 1))),
            "apo",
        ),
        lieux=BilanLieux(
            (BilanLieu("ahuy", ((fiche, ("apo",)),)), BilanLieu("sedap")),
            (BilanLieu(texte, ((fiche, ("apo", "sedap")),)),),
            (fiche,),
        ),
    )


def build_finances(texte: str, axe: Axe, fiche: Fiche, releve: Releve) -> Finances:
    """Amounts given, doubtful and missing; the post above its ceiling; a written amount."""

    def amount(
        organisme: str, champ: str, nature: NatureMontant, lu: str | Statut
    ) -> MontantDeclare:
        dit = not isinstance(lu, Statut)
        return MontantDeclare(
            axe="1",
            fiche=fiche,
            organisme=organisme,
            champ=champ,
            nature=nature,
            statut=Statut.RENSEIGNE if dit else Statut(lu),
            montant=Decimal(lu) if dit else None,
            financeur="ars" if champ.startswith("aides") else "",
            saisi=texte if lu is Statut.A_VERIFIER else "",
            cellule="Fiches!E8" if organisme == "apo" else "",
            releve=releve if organisme == "apo" else None,
        )

    prevu = amount("apo", "depenses.prevu", NatureMontant.PREVU, "30000")
    engage = amount("apo", "depenses.engage", NatureMontant.ENGAGE, Statut.A_VERIFIER)
    realise = amount("apo", "depenses.realise", NatureMontant.REALISE, "0")
    notifie = amount("apo", "aides.ars.notifie", NatureMontant.NOTIFIE, "15000")
    verse = amount("apo", "aides.ars.verse", NatureMontant.VERSE, "7500.5")
    muet = amount("sedap", "depenses.prevu", NatureMontant.PREVU, Statut.NON_REPONDU)
    sommes = Sommes(
        Somme(Decimal(30000), (muet,)),
        Somme(None, (engage,)),
        Somme(Decimal(0)),
        Somme(Decimal(15000)),
        Somme(Decimal("7500.5")),
        Somme(Decimal(15000)),
        Somme(Decimal("7500.5")),
        6,
    )
    poste = Poste(etp=Decimal("0.4"), cout_eligible=Decimal(14000))
    return Finances(
        montants=(prevu, engage, realise, notifie, verse, muet),
        ensemble=sommes,
        par_axe=((axe, sommes), (None, Sommes())),
        par_fiche=((fiche, sommes),),
        par_organisme=(("apo", sommes),),
        par_financeur=(
            SommesFinanceur(
                "ars", Somme(Decimal(15000)), Somme(Decimal("7500.5")), (fiche,), ("apo",)
            ),
        ),
        prevus=(
            MontantPrevu(
                fiche,
                Financement(
                    montant=Decimal(171350),
                    portee=PorteeMontant.ARS,
                    taux_ars=Decimal(17),
                    cofinancements=(Cofinancement(texte=texte, a_confirmer=True),),
                    texte=f"Financement {texte}\n{texte}",
                ),
                (Reserve.DUREE_NON_DITE, Reserve.TAUX_SANS_BASE, Reserve.A_CONFIRMER),
            ),
        ),
        poste=BilanPoste(
            regle=RegleAnimateur(
                taux_max=Decimal(50), plafond_annuel=Decimal(30000), etp_minimum=Decimal("0.5")
            ),
            fiche=fiche,
            retenue=DeclarationPoste(fiche, "apo", poste, (("poste.mois", Statut.NON_DISPONIBLE),)),
            autres=(DeclarationPoste(fiche, "sedap", Poste(etp=Decimal(1))),),
            assiette=Decimal(14000),
            plafond=Decimal(7000),
            notifiee=Somme(Decimal(15000)),
            versee=Somme(Decimal("7500.5")),
        ),
        hors_vigueur=(("9.9/depenses.realise", "apo"),),
    )
