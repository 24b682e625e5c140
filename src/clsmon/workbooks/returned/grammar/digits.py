"""Les chiffres : une seule lecture possible, ou une question qui montre les lectures possibles."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.grammar.expected import Attendu
from clsmon.workbooks.returned.grammar.outcome import (
    ESPACES,
    FRANCAIS,
    Illisible,
    Lu,
    to_number,
    without_spaces,
)

_E = f"[{ESPACES}]"
_GROUPES = rf"[1-9][0-9]{{0,2}}(?:{_E}[0-9]{{3}})+"


def _shape(motif: str) -> re.Pattern[str]:
    return re.compile(motif, re.ASCII)


_NOMBRE = _shape(rf"-?(?:{_GROUPES}|0|[1-9][0-9]*)(?:,[0-9]+)?")
_POINT = _shape(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_TROIS_DECIMALES = _shape(r"-?[1-9][0-9]{0,2},[0-9]{3}")


class _Doute(NamedTuple):
    """Une écriture à plusieurs lectures : sa forme, la règle qui refuse, ce qu'on demande."""

    forme: re.Pattern[str]
    regle: str
    demande: Callable[[str], str]


def _thousands_or_decimals(nu: str) -> str:
    entier, decimales = re.split("[.,]", nu)
    return f"{entier} {decimales} ou {entier},{decimales} ?"


def _rewrite(nu: str) -> str:
    """La seule lecture d'un nombre écrit à l'étrangère : le dernier séparateur isolé décide."""
    separateurs = [c for c in nu if c in ".,"]
    decimal = separateurs[-1] if len(set(separateurs)) == 2 or " " in nu else ""
    entier, _, decimales = nu.rpartition(decimal) if decimal else (nu, "", "")
    milliers = re.sub(rf"[.,'’{ESPACES}]", " ", entier)
    return f"écrivez « {milliers}{',' if decimales else ''}{decimales} » si c'est ce nombre."


def _total_or_more(nu: str) -> str:
    chiffres = nu.lstrip(f"+{ESPACES}")
    return f"{chiffres} en tout, ou {chiffres} de plus ?"


def _without_zeros(nu: str) -> str:
    return f"un numéro, ou le nombre {nu.lstrip('-').lstrip('0') or '0'} ?"


_DOUTES = (
    _Doute(
        _shape(r"-?[1-9][0-9]{0,2}\.[0-9]{3}"),
        "point ambigu",
        _thousands_or_decimals,
    ),
    _Doute(
        _shape(
            r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}|(?:,[0-9]{3}){2,}|(?:['’][0-9]{3})+)"
            r"|[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+,[0-9]+|(?:,[0-9]{3})+\.[0-9]+)"
            rf"|{_GROUPES}\.[0-9]+"
        ),
        "séparateurs étrangers",
        lambda nu: _rewrite(re.sub(_E, " ", nu)),
    ),
    _Doute(_shape(rf"\+{_E}?[0-9].*"), "signe plus", _total_or_more),
    _Doute(
        _shape(r"-?[0-9]+[.,]"),
        "décimale manquante",
        lambda nu: f"{nu[:-1]}, ou manque-t-il une décimale ?",
    ),
    _Doute(
        _shape(r"-?[.,][0-9]+"),
        "chiffre manquant",
        lambda nu: f"0,{nu.lstrip('-')[1:]}, ou manque-t-il un chiffre ?",
    ),
    _Doute(_shape(r"-?0[0-9]+(?:[.,][0-9]+)?"), "zéro en tête", _without_zeros),
    _Doute(
        _shape(rf"-?[0-9]+(?:{_E}+[0-9]+)+(?:,[0-9]+)?"),
        "espaces ambigus",
        lambda _: "un seul nombre ou plusieurs ? Écrivez-le sans espace, ou par milliers.",
    ),
)


def read_digits(texte: str, attendu: Attendu) -> Lu | Illisible | None:
    """Lit un nombre écrit en chiffres ; None si ce texte n'en a pas la forme."""
    nu = texte.replace("\u2212", "-")
    if _TROIS_DECIMALES.fullmatch(nu) and (attendu.trois_decimales_douteuses or nu[-3:] == "000"):
        return _ask(texte, "virgule ambiguë", _thousands_or_decimals(nu))
    if _NOMBRE.fullmatch(nu):
        return to_number(without_spaces(nu).replace(",", "."), texte, FRANCAIS)
    for doute in _DOUTES:
        if doute.forme.fullmatch(nu):
            return _ask(texte, doute.regle, doute.demande(nu))
    if _POINT.fullmatch(nu):
        return to_number(nu, texte, "point décimal", dite=True)
    if any(c.isnumeric() and not c.isascii() for c in nu):
        question = f"« {shorten(texte)} » : écrivez le nombre avec les chiffres 0 à 9 seulement."
        return Illisible("SAI002", question, "chiffres non reconnus")
    return None


def read_plain(chiffres: str) -> Lu | Illisible:
    """Le nombre d'une cellule de nombre, à point décimal ; une question au-delà de 15 chiffres."""
    return to_number(chiffres, chiffres, "")


def _ask(texte: str, regle: str, demande: str) -> Illisible:
    return Illisible("SAI018", f"« {shorten(texte)} » : {demande}", regle)
