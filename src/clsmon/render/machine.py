"""
Le bilan entier en JSON, pour les machines, et le schéma qui le décrit.

Les nombres y sont des textes décimaux exacts, les dates « AAAA-MM-JJ ». Ce qui est déjà dans le
dossier y est nommé, pas recopié : une fiche par son numéro, une mesure par sa clé, un relevé et une
séance par leur nom.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic_core import to_json

from clsmon.model import constat
from clsmon.model.anomalie import ClsmonError
from clsmon.model.bilan import Bilan
from clsmon.model.contrat import Contrat
from clsmon.model.dossier import MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.indicateur import Indicateur
from clsmon.model.logo import Logo
from clsmon.model.releve import Releve
from clsmon.model.seance import Seance

VERSION = 1
"""Celle du format ; elle change quand une clé change de sens ou disparaît."""
SCHEMA = "bilan.schema.json"
DIALECTE = "https://json-schema.org/draft/2020-12/schema"

NOMMES: Mapping[type, Callable[[Any], str]] = {
    Contrat: lambda contrat: contrat.titre,
    Fiche: lambda fiche: fiche.id,
    Indicateur: lambda indicateur: indicateur.id,
    Logo: lambda logo: logo.fichier,
    MesureSituee: lambda situee: situee.cle,
    Releve: lambda releve: releve.nom,
    Seance: lambda seance: seance.nom,
}
"""Ce qui est nommé au lieu d'être recopié."""

SIMPLES: Mapping[type, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
    date: {"type": "string", "format": "date"},
    NoneType: {"type": "null"},
}


def render_json(bilan: Bilan) -> bytes:
    """Le bilan en JSON, en UTF-8 ; lève ClsmonError si un de ses nombres n'est pas fini."""
    contenu = {
        "$schema": SCHEMA,
        "version": VERSION,
        **_encode(bilan),
        "mesures": {ligne.situee.cle: _describe(ligne.situee) for ligne in bilan.lignes},
    }
    return to_json(contenu, indent=1) + b"\n"


def render_schema() -> str:
    """Le schéma JSON du bilan, déduit de ses types."""
    definitions: dict[str, Any] = {}
    racine = _object(Bilan, definitions)
    racine["properties"] |= {
        "$schema": {"type": "string"},
        "version": {"const": VERSION},
        "mesures": {
            "type": "object",
            "description": "De la clé d'une mesure à ce qu'elle compte.",
            "additionalProperties": {
                "type": "object",
                "properties": {c: {"type": "string"} for c in _DECRITS},
                "required": list(_DECRITS),
                "additionalProperties": False,
            },
        },
    }
    racine["required"] += ["$schema", "version", "mesures"]
    schema = {"$schema": DIALECTE, **racine, "$defs": dict(sorted(definitions.items()))}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


_DECRITS = ("indicateur", "libelle", "type", "unite")


def _describe(situee: MesureSituee) -> dict[str, str]:
    mesure = situee.mesure
    valeurs = (situee.indicateur.libelle, mesure.libelle, mesure.type.value, mesure.unite_affichee)
    return dict(zip(_DECRITS, valeurs, strict=True))


def _encode(valeur: Any) -> Any:  # noqa: C901, PLR0911  one return per kind of value
    if type(valeur) in NOMMES:
        return NOMMES[type(valeur)](valeur)
    match valeur:
        case Enum():
            return valeur.value
        case Decimal():
            if not valeur.is_finite():
                raise ClsmonError("un nombre du bilan n'est pas fini")
            return f"{valeur:f}"
        case date():
            return valeur.isoformat()
        case Mapping():
            return {_key(cle): _encode(contenu) for cle, contenu in valeur.items()}
        case tuple() | list():
            return [_encode(element) for element in valeur]
        case frozenset():
            return sorted(_encode(element) for element in valeur)
        case BaseModel():
            return {nom: _encode(getattr(valeur, nom)) for nom in type(valeur).model_fields}
        case _ if is_dataclass(valeur):
            return {champ.name: _encode(getattr(valeur, champ.name)) for champ in fields(valeur)}
        case _:
            return valeur


def _key(cle: Any) -> str:
    return str(cle.value if isinstance(cle, Enum) else cle)


def _schema(  # noqa: PLR0911  one return per kind of type
    type_: Any, definitions: dict[str, Any]
) -> dict[str, Any]:
    """Le schéma d'un type ; les objets sont nommés dans `definitions`."""
    origine, arguments = get_origin(type_), get_args(type_)
    if type_ in SIMPLES:
        return SIMPLES[type_]
    if type_ in NOMMES:
        return {"type": "string", "description": f"Nomme un élément : {type_.__name__}."}
    if origine in {Union, UnionType}:
        return {"anyOf": [_schema(argument, definitions) for argument in arguments]}
    if origine is tuple and arguments[-1] is not Ellipsis:
        return {
            "type": "array",
            "prefixItems": [_schema(argument, definitions) for argument in arguments],
            "items": False,
        }
    if origine in {tuple, list, frozenset}:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origine is not None and issubclass(origine, Mapping):
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    if origine is not None:  # Annotated and its like: what they annotate
        return _schema(arguments[0], definitions)
    if issubclass(type_, Enum):
        return {"enum": [membre.value for membre in type_]}
    if type_.__name__ not in definitions:
        definitions[type_.__name__] = {}
        definitions[type_.__name__] = _object(type_, definitions)
    return {"$ref": f"#/$defs/{type_.__name__}"}


def _object(type_: type, definitions: dict[str, Any]) -> dict[str, Any]:
    noms = _names(type_)
    # Some modules name a type of the bilan that they import for the type checker only.
    types = get_type_hints(type_, localns=vars(constat) | {n.__name__: n for n in NOMMES})
    return {
        "type": "object",
        "description": str(type_.__doc__).strip().split("\n\n")[0],
        "properties": {nom: _schema(types[nom], definitions) for nom in noms},
        "required": list(noms),
        "additionalProperties": False,
    }


@cache
def _names(type_: type) -> tuple[str, ...]:
    if issubclass(type_, BaseModel):
        return tuple(type_.model_fields)
    return tuple(champ.name for champ in fields(type_))  # type: ignore[arg-type]  # a dataclass
