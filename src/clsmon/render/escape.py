"""La seule porte par où un texte entre dans un document Markdown : rien n'y reste actif."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from markupsafe import Markup

from clsmon.model.anomalie import ClsmonError
from clsmon.model.libelles import (
    AVANCEMENTS,
    CONFIANCES,
    ETATS_ACTION,
    EVOLUTIONS,
    STATUTS,
    TYPES,
    spell_date,
)
from clsmon.model.texte import clean_text
from clsmon.render.spelling import spell_number

_ENTITES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@&#8288;"}
"""Un « @ » suivi d'un gluon de mots ne devient ni une adresse active ni une mention."""
_ACTIFS = re.compile(r"[\\`*_{}\[\]|~#$^&<>@]")
_ADRESSE = re.compile(r":(?=[^\s\d])|(?<=[^\W_])\.(?=[^\W\d_])|(?<=[^\W\d_])\.(?=[^\W_])")
_DEBUT = re.compile(r"^([-+](?=[-\s]|$)|[=:])|^(\d{1,9})([.)])(?=\s|$)")
_LIGNES = re.compile(r" *\n[ \n]*")
_MOTS: Mapping[str, str] = {
    element.value: mot
    for mots in (AVANCEMENTS, CONFIANCES, ETATS_ACTION, EVOLUTIONS, STATUTS, TYPES)
    for element, mot in mots.items()
}


def _escape_one(trouve: re.Match[str]) -> str:
    caractere = trouve.group()
    return _ENTITES.get(caractere, "\\" + caractere)


def _escape_line(ligne: str) -> str:
    sans_adresse = _ADRESSE.sub(lambda m: "\0" + m.group(), ligne)
    echappee = _ACTIFS.sub(_escape_one, sans_adresse).replace("\0", "\\")
    return _DEBUT.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", echappee)


def escape_inline(texte: str) -> Markup:
    """
    Un texte sur une seule ligne, sans aucune marque Markdown, HTML, adresse ou mention active.

    Les sauts de ligne deviennent « / » : le texte tient dans une cellule de tableau.
    """
    propre = re.sub(" {2,}", " ", clean_text(texte)).strip(" \n")
    return Markup(_escape_line(_LIGNES.sub(" / ", propre)))  # noqa: S704 escaped just above


def escape_block(texte: str) -> Markup:
    """Un récit en citation Markdown, un paragraphe par ligne du texte reçu."""
    propre = re.sub(" {2,}", " ", clean_text(texte)).strip(" \n")
    lignes = (f"> {_escape_line(ligne)}" for ligne in _LIGNES.split(propre))
    return Markup("\n>\n".join(lignes))  # noqa: S704 each line is escaped


def file_link(nom: str) -> Markup:
    """Le nom d'un fichier posé à côté du document, en lettres, chiffres, points et tirets ASCII."""
    if not re.fullmatch(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*", nom, re.ASCII):
        raise ClsmonError(f"« {nom} » n’est pas un nom de fichier voisin")
    return Markup(nom)  # noqa: S704 letters, digits, dots and hyphens only


def anchor_of(titre: str) -> str:
    """L'ancre d'un titre Markdown, selon la règle de GitHub."""
    return re.sub(r"[^\w\- ]", "", titre.casefold()).replace(" ", "-")


def spell_any(valeur: Any) -> str:
    """Une valeur quelconque d'un gabarit, en français ; une valeur absente est une faute."""
    if isinstance(valeur, StrEnum):
        return _MOTS.get(valeur.value, valeur.value)
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, date):
        return spell_date(valeur)
    if isinstance(valeur, Decimal):
        return spell_number(valeur)
    if valeur is None:
        raise ClsmonError("une valeur absente (None) est montrée telle quelle")
    if isinstance(valeur, list | tuple | dict | set | frozenset):
        raise ClsmonError("une liste est montrée telle quelle : elle se parcourt par une boucle")
    return str(valeur)


def finalize(valeur: Any) -> Markup:
    """Ce que devient toute expression d'un gabarit : tel quel si déjà échappé, échappé sinon."""
    return valeur if isinstance(valeur, Markup) else escape_inline(spell_any(valeur))
