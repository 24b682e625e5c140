"""Les évolutions du contrat en mots et en tableaux : ce qui est proposé, par qui, la voie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clsmon.model.bilan import Bilan
from clsmon.model.evolutions import AvenantEnCours, EvolutionProposee, FicheAProgrammer
from clsmon.model.fiche import Fiche
from clsmon.model.releve import Evolution
from clsmon.render.cells import Cellule, Colonne, Tableau
from clsmon.render.overview import name_axis
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


@dataclass(frozen=True)
class Manque:
    """Des fiches à programmer, chacune avec son axe, et ce qui leur manque à toutes."""

    fiches: tuple[str, ...]
    texte: str


def group_missing(bilan: Bilan) -> tuple[Manque, ...]:
    """Les fiches à programmer, réunies quand il leur manque la même chose."""
    axes = {f.id: name_axis(axe) for axe in bilan.axes for f in axe.a_programmer}
    groupes: dict[str, list[str]] = {}
    for prevue in bilan.evolutions.a_programmer:
        nom = f"{prevue.fiche.nom} ({axes[prevue.fiche.id]})"
        groupes.setdefault(spell_missing(prevue), []).append(nom)
    return tuple(Manque(tuple(noms), texte) for texte, noms in groupes.items())


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


def spell_fiches(fiches: Iterable[Fiche]) -> str:
    """« 1.1, 1.2, Créer une plateforme santé » : le numéro des fiches, sinon leur titre."""
    return ", ".join(fiche.id if fiche.numerotee else fiche.titre for fiche in fiches)


def changes_table(bilan: Bilan) -> Tableau:
    """Une ligne par évolution proposée et par organisme qui la propose."""
    return Tableau(
        "Évolutions proposées du contrat",
        (
            Colonne("Fiche", 36),
            Colonne("Évolution", 13),
            Colonne("Proposée par", 16),
            Colonne("Motif", 36),
            Colonne("Voie", 44),
            Colonne("Suite", 24),
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
