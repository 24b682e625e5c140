"""Les évolutions du contrat en mots et en tableaux : ce qui est proposé, par qui, la voie."""

from __future__ import annotations

from clsmon.model.bilan import Bilan
from clsmon.model.evolutions import AvenantEnCours, EvolutionProposee, FicheAProgrammer
from clsmon.model.releve import Evolution
from clsmon.render.cells import Cellule, Colonne, Tableau
from clsmon.render.spelling import INSECABLE

A_DECIDER = "à décider"
NATURES = {Evolution.RETRAIT: "Retrait", Evolution.MODIFICATION: "Modification"}


def authors_of(bilan: Bilan, evolution: EvolutionProposee) -> tuple[str, ...]:
    """« ARS : poste supprimé » : chacun de ceux qui proposent, et son motif."""
    return tuple(
        bilan.contrat.nom_court(p.organisme)
        + (f"{INSECABLE}: {p.motif}" if p.motif else " (sans motif)")
        for p in evolution.propositions
    )


def spell_outcome(evolution: EvolutionProposee) -> str:
    """Ce que le COPIL en a décidé, ou « à décider »."""
    return evolution.suite or A_DECIDER


def spell_missing(prevue: FicheAProgrammer) -> str:
    """Ce qu'il faut écrire pour programmer une fiche, ou la décision qui l'ajoute."""
    manque = ", ".join(prevue.manque) or "rien, toutes les rubriques sont remplies"
    decidee = f"{INSECABLE}; ajout décidé ({prevue.decision})" if prevue.decision else ""
    return f"{manque}{decidee}"


def name_amendment(avenant: AvenantEnCours) -> str:
    """Un avenant, où il en est et la décision dont il vient."""
    origine = f" (décision {avenant.decision})" if avenant.decision else ""
    etat = "à écrire" if avenant.numero is None else f"n° {avenant.numero}, à signer"
    return f"{avenant.objet}{origine}{INSECABLE}: {etat}"


def changes_table(bilan: Bilan) -> Tableau:
    """Une ligne par évolution proposée et par organisme qui la propose."""
    return Tableau(
        "Évolutions proposées du contrat",
        (
            Colonne("Fiche", 44),
            Colonne("Évolution", 14),
            Colonne("Proposée par", 20),
            Colonne("Motif", 50),
            Colonne("Voie", 56),
            Colonne("Suite", 32),
        ),
        tuple(
            _row(bilan, evolution, proposition.organisme, proposition.motif)
            for evolution in bilan.evolutions.proposees
            for proposition in evolution.propositions
        ),
    )


def _row(
    bilan: Bilan, evolution: EvolutionProposee, organisme: str, motif: str
) -> tuple[Cellule, ...]:
    return (
        evolution.fiche.nom,
        NATURES[evolution.nature].lower(),
        bilan.contrat.nom_court(organisme),
        motif or None,
        evolution.voie,
        spell_outcome(evolution),
    )
