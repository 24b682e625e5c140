"""Ce qu'un organisme a répondu de deux façons dans des relevés qui tiennent ensemble."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clsmon.analysis.heads import compute_heads, releves_of, spell_raw
from clsmon.model.dossier import Dossier
from clsmon.model.releve import Releve, Valeur


@dataclass(frozen=True)
class Contradiction:
    """Une mesure et les réponses différentes qui lui sont données, chacune avec son relevé."""

    cle: str
    reponses: tuple[tuple[Releve, Valeur], ...]

    @property
    def texte(self) -> str:
        """« 12 (apo.xlsx, Saisie!H5) ou 11 (apo-v2.xlsx, Saisie!H5) »."""
        return " ou ".join(
            f"{spell_raw(valeur)} ({releve.recu.fichier}, {valeur.cellule})"
            for releve, valeur in self.reponses
        )


def find_contradictions(dossier: Dossier, exercice: int, organisme: str) -> Iterator[Contradiction]:
    """Les mesures à deux réponses différentes d'un organisme, dans l'ordre du contrat."""
    tetes = compute_heads(releves_of(dossier, exercice, organisme))
    donnees: dict[str, list[tuple[Releve, Valeur]]] = {}
    for releve in tetes.values():
        for cle, valeur in releve.valeurs.items():
            if valeur.etat is not None:
                actuelle = dossier.cles_actuelles.get(cle, cle)
                donnees.setdefault(actuelle, []).append((releve, valeur))
    for cle in dossier.mesures:
        reponses = donnees.get(cle, [])
        if len({valeur.reponse for _, valeur in reponses}) > 1:
            yield Contradiction(cle, tuple(reponses))
