"""Le schéma yamale d'un modèle, d'après son JSON Schema : le pair vérifie ainsi la même forme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Noeud = Mapping[str, Any]

_SIMPLES = {
    "integer": "int()",
    "number": "num()",
    "boolean": "bool()",
    "null": "null()",
    "object": "map()",
}


def to_yamale(schema: Noeud) -> str:
    """
    Le texte du schéma yamale d'un modèle d'objets, de listes, de textes et de nombres.

    Lève KeyError si le JSON Schema a une forme que la traduction ne connaît pas.
    """
    definitions = schema["$defs"]
    inclus = [
        "\n".join((f"{nom}:", *(f"  {ligne}" for ligne in _fields(d, definitions))))
        for nom, d in definitions.items()
        if "properties" in d
    ]
    return "\n".join((*_fields(schema, definitions), "---", *inclus, ""))


def _fields(objet: Noeud, definitions: Noeud) -> Iterator[str]:
    for cle, champ in objet["properties"].items():
        regle = _rule(champ, definitions)
        if cle not in objet.get("required", ()):
            regle = regle.removesuffix(")") + (", " if regle[-2] != "(" else "") + "required=False)"
        yield f"{cle}: {regle}"


def _rule(champ: Noeud, definitions: Noeud) -> str:
    if "$ref" in champ:
        nom = champ["$ref"].rpartition("/")[2]
        return f"include('{nom}')" if "properties" in definitions[nom] else _enum(definitions[nom])
    if "anyOf" in champ:
        return f"any({', '.join(_rule(c, definitions) for c in champ['anyOf'])})"
    if "enum" in champ:
        return _enum(champ)
    if champ["type"] == "array":
        return f"list({_rule(champ['items'], definitions)})"
    if champ["type"] == "string":
        return _text(champ)
    return _SIMPLES[champ["type"]]


def _enum(champ: Noeud) -> str:
    return f"enum({', '.join(map(repr, champ['enum']))})"


def _text(champ: Noeud) -> str:
    if champ.get("format") == "date":
        return "any(day(), str())"
    return f"regex({champ['pattern']!r})" if "pattern" in champ else "str()"
