"""Les arbitrages du COPIL sur une mesure."""

from __future__ import annotations

from collections.abc import Sequence

from clsmon.model.anomalie import natural_key
from clsmon.model.contestation import ChiffreConteste
from clsmon.model.dossier import Dossier
from clsmon.model.seance import EtatDecision, EtatSeance, NatureDecision, Retenue


def find_arbitration(dossier: Dossier, cle: str, exercice: int) -> tuple[str, Retenue] | None:
    """
    Le nom et le choix de l'arbitrage d'une mesure pour un exercice ; None s'il n'y en a pas.

    L'objet de la décision est la clé, actuelle ou ancienne. Seule une séance tenue du COPIL
    arbitre ; une décision abandonnée ne compte pas ; de deux arbitrages le dernier l'emporte.
    """
    trouves = [
        (seance.date, natural_key(nom), nom, decision.retient)
        for nom, (seance, decision) in dossier.decisions.items()
        if decision.nature is NatureDecision.ARBITRAGE
        and decision.retient is not None
        and decision.exercice == exercice
        and dossier.cles_actuelles.get(decision.objet) == cle
        and seance.etat is EtatSeance.TENUE
        and dossier.contrat.decide(seance.instance)
        and decision.etat is not EtatDecision.ABANDONNEE
    ]
    if not trouves:
        return None
    *_, nom, retient = max(trouves, key=lambda trouve: trouve[:2])
    return nom, retient


def find_proposal(
    retient: Retenue, contestations: Sequence[ChiffreConteste]
) -> ChiffreConteste | None:
    """
    La valeur proposée que retient un arbitrage : celle de l'organisme qu'il nomme, s'il conteste.

    Un signataire qui en propose deux différentes n'en fait retenir aucune : laquelle ne se devine
    pas.
    """
    siennes = [c for c in contestations if c.organisme == retient.organisme]
    if len({chiffre.contestation.proposition for chiffre in siennes}) != 1:
        return None
    return siennes[0]
