"""Refaire un bilan entier, partout où se tient une chose d'un genre donné."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from clsmon.model.noeud import Noeud

Retouches = Mapping[type, Callable[[Any], Any]]
"""De chaque genre à ce qui en est gardé ; ce qui est gardé est ensuite parcouru."""


class Walk:
    """
    Un parcours de tout ce que tient une valeur : champs, listes, ensembles de clés.

    Une même chose vue deux fois donne deux fois la même chose : qui compare l'identité la garde.
    """

    def __init__(self, retouches: Retouches) -> None:
        self._retouches = retouches
        self._faites: dict[int, tuple[Any, Any]] = {}

    def rebuild(self, valeur: Any) -> Any:
        """La même valeur, retouchée partout ; elle-même si rien n'y change."""
        if not (is_dataclass(valeur) or isinstance(valeur, Noeud | tuple | dict)):
            return valeur
        faite = self._faites.get(id(valeur))
        if faite is None:
            # The source is kept beside its copy: its id is not given to anything else.
            faite = self._faites[id(valeur)] = (valeur, self._rebuild(valeur))
        return faite[1]

    def _rebuild(self, valeur: Any) -> Any:
        retouche = self._retouches.get(type(valeur))
        gardee = retouche(valeur) if retouche else valeur
        if isinstance(gardee, tuple) and not hasattr(gardee, "_fields"):
            refaits = tuple(self.rebuild(element) for element in gardee)
            return gardee if all(a is b for a, b in zip(refaits, gardee, strict=True)) else refaits
        if isinstance(gardee, dict):
            return {cle: self.rebuild(element) for cle, element in gardee.items()}
        if isinstance(gardee, Noeud):
            noms = tuple(type(gardee).model_fields)
            changes = self._changes(gardee, noms)
            return gardee.retouched(**changes) if changes else gardee
        if is_dataclass(gardee) and not isinstance(gardee, type):
            changes = self._changes(gardee, tuple(champ.name for champ in fields(gardee)))
            return replace(gardee, **changes) if changes else gardee
        return gardee

    def _changes(self, porteur: Any, noms: tuple[str, ...]) -> dict[str, Any]:
        refaits = {nom: self.rebuild(getattr(porteur, nom)) for nom in noms}
        return {
            nom: refait
            for nom, refait in refaits.items()
            if refait is not getattr(porteur, nom)
            and not (isinstance(refait, dict) and refait == getattr(porteur, nom))
        }
