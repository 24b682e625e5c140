"""Ce qui ressemble à un nombre sans en être un : la question dit ce qu'on peut écrire."""

from __future__ import annotations

import re
from typing import NamedTuple

from clsmon.model.libelles import simplify
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.grammar.outcome import Illisible

_ORDRES = {
    "dizaine": "10",
    "douzaine": "12",
    "quinzaine": "15",
    "vingtaine": "20",
    "trentaine": "30",
    "quarantaine": "40",
    "cinquantaine": "50",
    "soixantaine": "60",
    "centaine": "100",
    "millier": "1 000",
}
_N = r"[0-9][0-9 .,]*"
_FIN = r"(?:[a-z%€].*)?"


class _Piege(NamedTuple):
    """Une forme de texte simplifié, la règle qui la refuse et ce qu'elle demande d'écrire."""

    forme: re.Pattern[str]
    regle: str
    demande: str


def _trap(motif: str, regle: str, demande: str) -> _Piege:
    return _Piege(re.compile(motif, re.ASCII), regle, demande)


_UN_SEUL = (
    "écrivez un seul nombre, précédé de « environ » s'il est estimé, et le reste en commentaire."
)
_PIEGES = (
    _trap(
        rf"{_N}/ ?{_N}/ ?{_N}|(?:19|20)[0-9]{{2}} ?[-–/] ?(?:19|20)?[0-9]{{2}}",
        "date en texte",
        "est-ce une date ? Écrivez le nombre seul.",
    ),
    _trap(
        rf"(?:de |entre )?{_N}(?:-|–|—|a|ou|et|au?x) ?{_N}{_FIN}",
        "intervalle",
        _UN_SEUL,
    ),
    _trap(
        rf"(?:[<>≤≥=]+|plus de|moins de|au moins|au plus|minimum|maximum|min\.?|max\.?|jusqu'a|"
        rf"pres de|presque|autour de|vers|\+ ?/ ?-|±) ?{_N}{_FIN}"
        rf"|{_N}(?:\+|et plus|et moins|ou plus|ou moins|au moins|au plus|minimum|maximum)",
        "borne",
        _UN_SEUL,
    ),
    _trap(
        rf"{_N}(?:/|sur) ?{_N}{_FIN}",
        "fraction",
        "est-ce une part, ou une date ? Écrivez le nombre seul.",
    ),
    _trap(rf"{_N}[+x*×] ?{_N}{_FIN}", "calcul en texte", "écrivez le résultat seul."),
    _trap(
        r"(?:oui|non|vrai|faux|ok|x)[.!]?",
        "oui ou non",
        "combien ? Écrivez un nombre, 0 s'il n'y en a pas.",
    ),
)
_ORDRE = re.compile(rf"(?:(.*) )?({'|'.join(_ORDRES)})s?(?: .*)?", re.ASCII)


def read_approximation(texte: str) -> Illisible | None:
    """La question d'un ordre de grandeur, d'un intervalle, d'une borne… ; None pour le reste."""
    simple = simplify(texte)
    if ordre := _ORDRE.fullmatch(simple):
        un_seul = ordre[1] in {None, "un", "une", "environ une", "environ un"}
        demande = (
            f"écrivez « environ {_ORDRES[ordre[2]]} » si c'est une estimation."
            if un_seul
            else _UN_SEUL
        )
        return _ask(texte, "ordre de grandeur", demande)
    for piege in _PIEGES:
        if piege.forme.fullmatch(simple):
            return _ask(texte, piege.regle, piege.demande)
    return None


def _ask(texte: str, regle: str, demande: str) -> Illisible:
    return Illisible("SAI002", f"« {shorten(texte)} » : {demande}", regle)
