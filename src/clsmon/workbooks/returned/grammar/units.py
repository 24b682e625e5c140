"""L'unité écrite à côté d'un nombre : lue quand elle est celle de la mesure, sinon demandée."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from clsmon.model.indicateur import TypeMesure
from clsmon.model.libelles import simplify
from clsmon.model.noeud import round_decimal
from clsmon.workbooks.returned.grammar.expected import Attendu
from clsmon.workbooks.returned.grammar.outcome import Lu

UNITE, CONVERSION = "unité de la mesure", "unité convertie"


class Unite(NamedTuple):
    """Une unité qui se convertit : sa famille, et combien elle en vaut la plus petite."""

    famille: str
    vaut: int


_MILLION = re.compile(r"M ?(?:€|EUR|euros?)|(?i:millions? d['’]euros)")
_MILLION_OU_MILLIER = re.compile(r"m ?(?:€|eur|euros?)", re.IGNORECASE)
_MOTS = re.compile(r"[ '\u2010-]")
_POURCENTS = {"%", "pour cent", "pourcent"}

_CONNUES = {
    **dict.fromkeys(("€", "eur", "euro"), Unite("euros", 1)),
    **dict.fromkeys(("k€", "k €", "keur", "k eur", "k euro"), Unite("euros", 1000)),
    **dict.fromkeys(("millier d'euro", "milliers d'euro"), Unite("euros", 1000)),
    **dict.fromkeys(("min", "mn", "minute"), Unite("minutes", 1)),
    **dict.fromkeys(("h", "heure"), Unite("minutes", 60)),
    **dict.fromkeys(("moi",), Unite("mois", 1)),
    **dict.fromkeys(("an", "annee"), Unite("mois", 12)),
    **dict.fromkeys(("j", "jour"), Unite("jours", 1)),
    **dict.fromkeys(("sem", "semaine"), Unite("semaines", 1)),
}
"""Par mot réduit au singulier. Un jour n'est pas tant d'heures, ni une semaine tant de jours."""


def _singular(mot: str) -> str:
    if mot.endswith("eaux"):
        return mot[:-1]
    if mot.endswith("aux"):
        return f"{mot[:-3]}al"
    return mot[:-1] if len(mot) > 1 and mot[-1] in "sx" else mot


def _reduce(unite: str) -> tuple[str, ...]:
    """Une unité réduite pour la comparaison : sans accent, casse, pluriel ni point final."""
    return tuple(_singular(mot) for mot in _MOTS.split(simplify(unite).rstrip(".")))


def find_unit(unite: str) -> Unite | None:
    """L'unité convertible que nomme un texte ; « m€ », million ou millier, n'en est pas une."""
    nue = unite.strip()
    if _MILLION.fullmatch(nue):
        return Unite("euros", 1_000_000)
    if _MILLION_OU_MILLIER.fullmatch(nue):
        return None
    reduite = simplify(nue).rstrip(".")
    return _CONNUES.get(_singular(reduite), _CONNUES.get(reduite))


def apply_unit(lu: Lu, unite: str, attendu: Attendu) -> Lu | None:
    """Le nombre dans l'unité de la mesure ; None si celle qui est écrite n'y mène pas."""
    if attendu.type is TypeMesure.TAUX:
        return lu.by(UNITE) if simplify(unite) in _POURCENTS else None
    if attendu.unite and _reduce(unite) == _reduce(attendu.unite):
        return lu.by(UNITE)
    ecrite, voulue = find_unit(unite), find_unit(attendu.unite)
    if ecrite is None or voulue is None or ecrite.famille != voulue.famille:
        return None
    return convert(lu, Decimal(ecrite.vaut), Decimal(voulue.vaut))


def convert(lu: Lu, vaut: Decimal, voulu: Decimal) -> Lu | None:
    """Le nombre d'unités de `voulu` que font `lu.nombre` unités de `vaut`, s'il tombe juste."""
    if vaut == voulu:
        return lu.by(UNITE)
    nombre = round_decimal(lu.nombre * vaut / voulu)
    if nombre * voulu != lu.nombre * vaut:
        return None
    return Lu(nombre, lu.regle, lu.estime, lu.dite).by(CONVERSION, dite=True)
