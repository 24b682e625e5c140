"""La base de ce qui se lit dans un fichier : figé, sans clé inconnue, qui connaît sa place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Context, Decimal
from typing import Annotated, Any, NamedTuple, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from clsmon.model.anomalie import Lieu

CHIFFRES_SIGNIFICATIFS = 15
"""Excel n'en garde pas plus : au-delà, un aller-retour changerait le nombre."""

_TROP_GRAND = Decimal(10) ** CHIFFRES_SIGNIFICATIFS

_NOMBRE = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_JOUR = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", re.ASCII)
_ANNEE_BISSEXTILE = 2024
_COMME_UN_NOMBRE = re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9]*)?([eE][-+]?[0-9]+)?", re.ASCII)


class Marque(NamedTuple):
    """La place d'un texte dans son fichier : ligne et colonne à partir de 1, longueur."""

    ligne: int
    colonne: int
    longueur: int


Place = tuple[int, int, int]
"""Une `Marque` sans ses noms : des milliers sont faites pour une que l'on montre."""


class Nu(str):
    """Un texte écrit sans guillemets dans le YAML."""

    __slots__ = ()


class Carte(dict[str, Any]):
    """Un ensemble de clés lu dans un fichier, avec la place de chaque clé et de chaque valeur."""

    __slots__ = ("cles", "fichier", "place", "valeurs")

    def __init__(self, fichier: str, place: Place) -> None:
        super().__init__()
        self.fichier = fichier
        self.place = place
        self.cles: dict[str, Place] = {}
        self.valeurs: dict[str, Place] = {}


class Suite(list[Any]):
    """Une liste lue dans un fichier, avec la place de chaque élément."""

    __slots__ = ("places",)

    def __init__(self) -> None:
        super().__init__()
        self.places: list[Place] = []


def place_of(brut: object, chemin: Sequence[str | int], cle: bool = False) -> Lieu:
    """
    La place d'un élément, en suivant `chemin` (clés et rangs) aussi loin qu'il se suit.

    Avec `cle`, la place de la dernière clé plutôt que celle de sa valeur.
    """
    if not isinstance(brut, Carte):
        return Lieu("")
    marque: Place = brut.place
    noeud: object = brut
    for rang, pas in enumerate(chemin):
        if isinstance(noeud, Carte) and pas in noeud:
            dernier = cle and rang == len(chemin) - 1
            marque = (noeud.cles if dernier else noeud.valeurs)[str(pas)]
            noeud = noeud[str(pas)]
        elif isinstance(noeud, Suite) and isinstance(pas, int) and pas < len(noeud):
            marque, noeud = noeud.places[pas], noeud[pas]
        else:
            break
    return Lieu(brut.fichier, marque[0], marque[1], longueur=marque[2])


class Noeud(BaseModel):
    """
    Ce qui se lit dans un fichier : figé, sans clé inconnue, comparé par son seul contenu.

    La place n'est pas un champ : deux noeuds égaux lus à deux endroits restent égaux.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    __slots__ = ("_brut",)

    @model_validator(mode="wrap")
    @classmethod
    def _keep_source(cls, brut: Any, build: Any) -> Any:
        noeud = build(cls._without_absent(brut))
        object.__setattr__(noeud, "_brut", brut)
        return noeud

    @classmethod
    def _without_absent(cls, brut: Any) -> Any:
        """Une clé connue laissée vide vaut son absence ; une clé inconnue reste à signaler."""
        if isinstance(brut, dict) and None in brut.values():
            return {c: v for c, v in brut.items() if v is not None or c not in cls.model_fields}
        return brut

    def lieu(self, *chemin: str | int, cle: bool = False) -> Lieu:
        """La place de cet élément, ou de ce qui se trouve sous `chemin`."""
        return place_of(getattr(self, "_brut", None), chemin, cle=cle)

    def retouched(self, **champs: Any) -> Self:
        """
        Une copie où ces champs sont autres, rien gardé de ce qui y était lu.

        Elle sait encore de quel fichier elle vient : un relevé garde son nom.
        """
        copie = self.model_copy(update=champs)
        fichier = self.lieu().fichier
        object.__setattr__(copie, "_brut", Carte(fichier, (1, 1, 1)) if fichier else None)
        return copie

    def textes(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Tous les textes lus sous cet élément, clés exclues, avec leur chemin pour `lieu`."""
        return _texts_of(getattr(self, "_brut", None), ())


def _texts_of(
    brut: object, chemin: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(brut, str):
        yield chemin, brut
    elif isinstance(brut, dict):
        for cle, valeur in brut.items():
            yield from _texts_of(valeur, (*chemin, cle))
    elif isinstance(brut, list):
        for rang, valeur in enumerate(brut):
            yield from _texts_of(valeur, (*chemin, rang))


def _refuse(genre: str, saisi: object) -> PydanticCustomError:
    return PydanticCustomError(genre, "{saisi}", {"saisi": str(saisi)})


def round_decimal(nombre: Decimal) -> Decimal:
    """Un nombre à quinze chiffres significatifs, sans zéro inutile ni exposant."""
    arrondi = Context(prec=CHIFFRES_SIGNIFICATIFS).plus(nombre).normalize()
    return Decimal(f"{arrondi:f}") or Decimal(0)


def spell(nombre: Decimal) -> str:
    """Un nombre dans une phrase : virgule décimale, sans exposant."""
    return f"{nombre:f}".replace(".", ",")


def read_decimal(texte: object) -> Decimal:
    """
    Un nombre écrit en chiffres ASCII, point décimal, quinze chiffres significatifs au plus.

    Aucun nombre n'atteint un million de milliards : ni un formulaire ni un tableur n'en rend.
    """
    if isinstance(texte, int | Decimal) and not isinstance(texte, bool):
        return Decimal(texte)
    if not isinstance(texte, str) or not _NOMBRE.fullmatch(texte):
        raise _refuse("nombre", texte)
    nombre = Decimal(texte)
    if abs(nombre) >= _TROP_GRAND or round_decimal(nombre) != nombre:
        raise _refuse("nombre", texte)
    return nombre


def _read_integer(texte: object) -> int:
    if isinstance(texte, int) and not isinstance(texte, bool):
        return texte
    if not isinstance(texte, str) or not re.fullmatch(r"-?[0-9]{1,15}", texte, re.ASCII):
        raise _refuse("entier", texte)
    return int(texte)


def _read_year(texte: object) -> int:
    annee = _read_integer(texte)
    if not 1900 <= annee <= 2199:
        raise _refuse("annee", texte)
    return annee


def _read_date(texte: object) -> date:
    if isinstance(texte, date):
        return texte
    if not isinstance(texte, str) or not _DATE.fullmatch(texte):
        raise _refuse("date", texte)
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise _refuse("date", texte) from None


def _read_day(texte: object) -> object:
    if not isinstance(texte, str) or not _JOUR.fullmatch(texte):
        raise _refuse("jour", texte)
    try:
        date.fromisoformat(f"{_ANNEE_BISSEXTILE}-{texte}")
    except ValueError:
        raise _refuse("jour", texte) from None
    return texte


def _read_boolean(texte: object) -> bool:
    if isinstance(texte, bool):
        return texte
    if texte not in {"true", "false"}:
        raise _refuse("booleen", texte)
    return texte == "true"


def _quoted(texte: object) -> object:
    if isinstance(texte, Nu) and _COMME_UN_NOMBRE.fullmatch(texte):
        raise _refuse("identifiant_nu", texte)
    return texte


Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""Minuscules sans accent, chiffres et tirets : « cpts-centre-21 »."""
Identifiant = Annotated[
    str,
    BeforeValidator(_quoted),
    StringConstraints(pattern=r"^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$", max_length=80),
]
"""Identifiant d'un axe, d'un objectif ou d'une fiche : « 1.10 », « A3 », « plateforme-sante »."""
Nombre = Annotated[Decimal, BeforeValidator(read_decimal)]
Entier = Annotated[int, BeforeValidator(_read_integer)]
Annee = Annotated[int, BeforeValidator(_read_year)]
Jour = Annotated[str, BeforeValidator(_read_day)]
"""Un jour de l'année : « 03-15 » pour le 15 mars."""
Date = Annotated[date, BeforeValidator(_read_date)]
Booleen = Annotated[bool, BeforeValidator(_read_boolean)]
