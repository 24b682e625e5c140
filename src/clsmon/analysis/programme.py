"""Le programme annuel : qui porte chaque action, et ce qu'il en déclare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clsmon.analysis.heads import Synthese
from clsmon.model.bilan import ActionSuivie
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche
from clsmon.model.gouvernance import ActionProgrammee, Realisation
from clsmon.model.releve import EtatAction
from clsmon.model.seance import Action


def programme_of(dossier: Dossier, exercice: int, fiche: Fiche) -> tuple[Action, ...]:
    """Les actions fixées pour une fiche et un exercice, sous son identifiant ou un ancien."""
    programme = dossier.programmes.get(exercice, {})
    return tuple(
        action
        for identifiant in (fiche.id, *fiche.anciens_ids)
        for action in programme.get(identifiant, ())
    )


def carrier_of(action: Action, fiche: Fiche) -> str | None:
    """
    Le code de l'organisme qui porte une action.

    Une action sans organisme revient au premier répondant de sa fiche ; None s'il n'y en a pas.
    """
    if action.organisme:
        return action.organisme
    return fiche.suivi.repondants[0] if fiche.suivi.repondants else None


def asked_of(action: Action, fiche: Fiche, organisme: str) -> bool:
    """
    Vrai si le formulaire d'un organisme demande où en est une action.

    Elle se demande à celui qui la porte ; s'il ne répond pas de la fiche, au premier répondant.
    """
    porteur = carrier_of(action, fiche)
    if porteur not in fiche.suivi.repondants:
        porteur = next(iter(fiche.suivi.repondants), None)
    return organisme == porteur


def follow_actions(
    dossier: Dossier, exercice: int, fiche: Fiche, syntheses: Mapping[str, Synthese]
) -> tuple[ActionSuivie, ...]:
    """
    Les actions du programme d'une fiche et l'état que l'on en déclare.

    L'état est celui que dit l'organisme porteur ; à défaut, le premier qui se prononce, dans
    l'ordre des répondants de la fiche ; None si personne n'en dit rien.
    """
    suivies = []
    for action in programme_of(dossier, exercice, fiche):
        porteur = carrier_of(action, fiche)
        dits = {
            code: synthese.recits[fiche.id].declaration.programme.get(action.id)
            for code, synthese in syntheses.items()
            if fiche.id in synthese.recits
        }
        ordre = [porteur, *fiche.suivi.repondants, *dits]
        etat = next((dits[code] for code in ordre if code and dits.get(code)), None)
        suivies.append(ActionSuivie(action, porteur, etat))
    return tuple(suivies)


def programmed_actions(
    dossier: Dossier, exercice: int, syntheses: Mapping[str, Synthese]
) -> tuple[ActionProgrammee, ...]:
    """Toutes les actions du programme d'un exercice, fiche par fiche, chacune avec sa décision."""
    return tuple(
        ActionProgrammee(
            fiche,
            suivie.action,
            suivie.organisme,
            suivie.etat,
            dossier.decisions[suivie.action.decision][0]
            if suivie.action.decision in dossier.decisions
            else None,
        )
        for fiche in dossier.fiches
        for suivie in follow_actions(dossier, exercice, fiche, syntheses)
    )


def count_actions(actions: Iterable[ActionProgrammee]) -> Realisation:
    """
    Les actions réalisées parmi les programmées.

    Une action prévue, reportée ou abandonnée est programmée et non réalisée ; une action dont
    personne ne dit l'état est programmée, et comptée à part.
    """
    etats = [action.etat for action in actions]
    return Realisation(len(etats), etats.count(EtatAction.REALISEE), etats.count(None))
