"""Le YAML à coller : des lignes que `validate` relit comme le modèle les avait."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from textwrap import wrap
from typing import Any

from clsmon.model.noeud import Noeud

LARGEUR = 78

_SIMPLE = re.compile(r"[^\W\d_]([\w’'./ -]*[\w.])?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(-[a-z0-9-]+/[A-Za-z0-9.-]+)?")
_RESERVES = frozenset({"true", "false", "null", "yes", "no", "on", "off", "oui", "non"})


def scalar(valeur: object) -> str:
    """Une valeur seule : nue si elle se relit sans guillemets partout, sinon entre guillemets."""
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    if isinstance(valeur, Decimal):
        return f"{valeur:f}"
    if isinstance(valeur, int):
        return str(valeur)
    texte = str(valeur.value if isinstance(valeur, Enum) else valeur)
    nu = _SIMPLE.fullmatch(texte) and texte.casefold() not in _RESERVES
    return texte if nu or _DATE.fullmatch(texte) else json.dumps(texte, ensure_ascii=False)


def flow(element: Any) -> str:
    """Un élément sur une ligne : « {id: livres, type: nombre} »."""
    if isinstance(element, Noeud):
        return flow(written(element))
    if isinstance(element, Mapping):
        return "{" + ", ".join(f"{cle}: {flow(v)}" for cle, v in element.items()) + "}"
    if isinstance(element, list | tuple):
        return "[" + ", ".join(flow(v) for v in element) + "]"
    return scalar(element)


def written(noeud: Noeud) -> dict[str, Any]:
    """Les seules clés écrites d'un élément, dans l'ordre du modèle."""
    return {
        nom: valeur
        for nom, champ in type(noeud).model_fields.items()
        if nom in noeud.model_fields_set
        and (valeur := getattr(noeud, nom)) != champ.get_default(call_default_factory=True)
    }


def block(cles: Mapping[str, Any], retrait: int = 0) -> str:
    """Une clé par ligne ; une longue liste se replie sous sa clé."""
    marge = " " * retrait
    return "\n".join(f"{marge}{ligne}" for cle, v in cles.items() for ligne in _entry(cle, v))


def _entry(cle: str, valeur: Any) -> Iterator[str]:
    ligne = f"{cle}: {flow(valeur)}"
    en_codes = isinstance(valeur, list | tuple) and len(ligne) > LARGEUR
    if not en_codes:
        yield ligne
        return
    yield f"{cle}:"
    corps = wrap(flow(valeur), LARGEUR - 2, break_long_words=False, break_on_hyphens=False)
    yield from (f"  {morceau}" for morceau in corps)


def item(cles: Mapping[str, Any], retrait: int = 2) -> str:
    """Un élément de liste, une clé par ligne."""
    lignes = block(cles, retrait + 2)
    return f"{' ' * retrait}- {lignes[retrait + 2 :]}"


def items(elements: Sequence[Any], retrait: int) -> str:
    """Des éléments de liste, chacun sur sa ligne."""
    return "\n".join(f"{' ' * retrait}- {flow(element)}" for element in elements)
