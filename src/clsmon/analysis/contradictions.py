"""Ce qu'un organisme a répondu de deux façons dans des relevés qui tiennent ensemble."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from clsmon.analysis.heads import compute_heads, releves_of, spell_raw
from clsmon.analysis.narrative import cell_of, find_conflicts, spell_field
from clsmon.model.dossier import Dossier
from clsmon.model.libelles import ETATS, RUBRIQUES
from clsmon.model.releve import Etat, Releve, Valeur


@dataclass(frozen=True)
class Reponse:
    """Une des réponses : le relevé qui la donne, le classeur et la cellule, ce qui y est écrit."""

    releve: str
    fichier: str
    cellule: str
    texte: str


@dataclass(frozen=True)
class Contradiction:
    """Une mesure ou une rubrique, telle qu'on la nomme, et les réponses qui lui sont données."""

    nom: str
    reponses: tuple[Reponse, ...]


def find_contradictions(dossier: Dossier, exercice: int, organisme: str) -> Iterator[Contradiction]:
    """Les mesures puis les rubriques à réponses différentes, dans l'ordre du contrat."""
    tetes = compute_heads(releves_of(dossier, exercice, organisme))
    yield from _of_measures(dossier, tetes)
    yield from _of_rubrics(dossier, tetes)


def _of_measures(dossier: Dossier, tetes: dict[str, Releve]) -> Iterator[Contradiction]:
    donnees: dict[str, list[tuple[str, Releve, Valeur]]] = {}
    for nom, releve in tetes.items():
        for cle, valeur in releve.valeurs.items():
            if valeur.etat is not None:
                actuelle = dossier.cles_actuelles.get(cle, cle)
                donnees.setdefault(actuelle, []).append((nom, releve, valeur))
    for cle, situee in dossier.mesures.items():
        reponses = donnees.get(cle, [])
        if len({valeur.reponse for _, _, valeur in reponses}) > 1:
            yield Contradiction(
                situee.nom,
                tuple(
                    Reponse(nom, releve.recu.fichier, valeur.cellule, _spell(valeur))
                    for nom, releve, valeur in reponses
                ),
            )


def _of_rubrics(dossier: Dossier, tetes: dict[str, Releve]) -> Iterator[Contradiction]:
    for fiche in dossier.fiches:
        recits = {
            nom: declaration
            for nom, releve in tetes.items()
            for identifiant, declaration in releve.fiches.items()
            if dossier.fiche.get(identifiant) is fiche
        }
        champs = (
            c for une, autre in combinations(recits.values(), 2) for c in find_conflicts(une, autre)
        )
        for champ in dict.fromkeys(champs):
            yield Contradiction(
                f"{fiche.id} {RUBRIQUES.get(champ, champ)}",
                tuple(
                    Reponse(nom, tetes[nom].recu.fichier, cell_of(recit, champ), texte)
                    for nom, recit in recits.items()
                    if (texte := spell_field(recit, champ))
                ),
            )


def _spell(valeur: Valeur) -> str:
    """Ce qui a été tapé, et l'état choisi quand il n'est pas le plus courant."""
    texte = spell_raw(valeur)
    if valeur.etat is Etat.ESTIME:
        return f"{texte} ({ETATS[Etat.ESTIME]})"
    return texte
