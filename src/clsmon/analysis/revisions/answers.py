"""Les réponses enregistrées : ce qui fait qu'une définition ne change plus sans décision."""

from __future__ import annotations

from collections.abc import Mapping

from clsmon.analysis.heads import compute_heads
from clsmon.model.dossier import Dossier, MesureSituee

Repondues = Mapping[str, int]
"""De chaque clé qui a une réponse, telle que le relevé l'écrit, au dernier exercice répondu."""


def find_answers(*versions: Dossier) -> Repondues:
    """Les clés qui ont une valeur dans un relevé que rien ne remplace, à l'une des versions."""
    repondues: dict[str, int] = {}
    for dossier in versions:
        for releve in compute_heads(dossier.releves).values():
            for cle, valeur in releve.valeurs.items():
                if valeur.etat is not None and valeur.etat.repond:
                    repondues[cle] = max(releve.exercice, repondues.get(cle, 0))
    return repondues


def last_answer(repondues: Repondues, *situees: MesureSituee) -> int | None:
    """Le dernier exercice répondu d'une mesure, sous ses clés actuelles et anciennes."""
    cles = {cle for s in situees for cle in (s.cle, *s.mesure.anciennes_cles)}
    return max((repondues[cle] for cle in cles if cle in repondues), default=None)
