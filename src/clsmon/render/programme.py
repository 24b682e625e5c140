"""Le programme annuel montré : ses actions, leur état, leur décision, la part réalisée."""

from __future__ import annotations

from decimal import Decimal

from clsmon.model.bilan import Bilan
from clsmon.model.echeance import spell_due
from clsmon.model.gouvernance import ActionProgrammee, Realisation
from clsmon.model.libelles import ETATS_ACTION, spell_date
from clsmon.render.cells import Cellule, Colonne, Tableau, Taux
from clsmon.render.spelling import INSECABLE, NON_DECLARE, spell_number, spell_ratio

SANS_PORTEUR = "sans organisme"
SANS_DECISION = "aucune décision nommée"


def spell_completion(realisation: Realisation) -> str:
    """« 3 sur 7, soit 42,9 % (2 sans état déclaré) », ou pourquoi il n'y a pas de taux."""
    if not realisation.programmees:
        return "aucune action programmée"
    if realisation.taux is None:
        mot = "action programmée" if realisation.programmees < 2 else "actions programmées"
        return f"{spell_number(realisation.programmees)} {mot}, aucun état déclaré"
    taux = spell_ratio(
        Decimal(realisation.realisees), Decimal(realisation.programmees), realisation.taux
    )
    manque = f" ({realisation.sans_etat} sans état déclaré)" if realisation.sans_etat else ""
    return f"{taux}{manque}"


def _carrier(bilan: Bilan, organisme: str | None) -> str:
    return bilan.contrat.nom_court(organisme) if organisme else SANS_PORTEUR


def _completion_row(nom: str, realisation: Realisation) -> tuple[Cellule, ...]:
    return (
        nom,
        realisation.programmees,
        None if realisation.taux is None else realisation.realisees,
        realisation.sans_etat,
        None if realisation.taux is None else Taux(realisation.taux),
    )


def completion_table(bilan: Bilan) -> Tableau:
    """Les actions réalisées parmi les programmées, par organisme puis ensemble."""
    programme = bilan.gouvernance.programme
    lignes = tuple(
        _completion_row(_carrier(bilan, organisme), realisation)
        for organisme, realisation in programme.par_porteur
    )
    ensemble = (_completion_row("Ensemble", programme.ensemble),) if lignes else ()
    return Tableau(
        f"Programme annuel {bilan.exercice} : actions réalisées parmi les programmées",
        (
            Colonne("Organisme qui porte l’action", 40),
            Colonne("Programmées", 14, nombre=True),
            Colonne("Réalisées", 12, nombre=True),
            Colonne("Sans état déclaré", 14, nombre=True),
            Colonne("Taux de réalisation", 14, nombre=True),
        ),
        (*lignes, *ensemble),
    )


def _decision(action: ActionProgrammee) -> str:
    nom = action.action.decision
    if action.seance is None:
        return f"{nom} (introuvable)" if nom else SANS_DECISION
    return f"{nom} (séance du {spell_date(action.seance.date)})"


def actions_table(bilan: Bilan) -> Tableau:
    """Chaque action du programme : sa fiche, qui la porte, son état, la décision qui l'a fixée."""
    return Tableau(
        f"Actions du programme {bilan.exercice}",
        (
            Colonne("Fiche", 10),
            Colonne("Action", 64),
            Colonne("Organisme", 24),
            Colonne("Échéance", 14),
            Colonne("État déclaré", 14),
            Colonne("Décision", 40),
        ),
        tuple(
            (
                action.fiche.id,
                action.action.libelle,
                _carrier(bilan, action.organisme),
                spell_due(action.action.echeance),
                NON_DECLARE if action.etat is None else ETATS_ACTION[action.etat],
                _decision(action),
            )
            for action in bilan.gouvernance.programme.actions
        ),
    )


def summarize_programme(bilan: Bilan) -> tuple[str, ...]:
    """Le taux d'ensemble, puis celui de l'organisme que suit l'indicateur du contrat."""
    programme = bilan.gouvernance.programme
    lignes = [f"Toutes les actions du programme{INSECABLE}: {spell_completion(programme.ensemble)}"]
    porteur = programme.porteur_suivi
    if porteur is not None:
        sienne = dict(programme.par_porteur).get(porteur, Realisation())
        nom = bilan.contrat.nom_court(porteur)
        lignes.append(
            f"Actions portées par {nom}, suivies par un indicateur du contrat{INSECABLE}: "
            f"{spell_completion(sienne)}"
        )
    return tuple(lignes)
