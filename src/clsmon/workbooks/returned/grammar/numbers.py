"""Un nombre écrit en texte : chaque règle de la grammaire à son tour, et sinon une question."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.grammar.absences import read_absence, read_nothing
from clsmon.workbooks.returned.grammar.approximations import read_approximation
from clsmon.workbooks.returned.grammar.digits import read_digits
from clsmon.workbooks.returned.grammar.durations import apply_duration, read_duration
from clsmon.workbooks.returned.grammar.estimates import ESTIMATION, strip_estimate
from clsmon.workbooks.returned.grammar.expected import TERME, Attendu
from clsmon.workbooks.returned.grammar.outcome import ESPACES, Absent, Illisible, Lu
from clsmon.workbooks.returned.grammar.units import apply_unit
from clsmon.workbooks.returned.grammar.words import read_words

BLANCS = f"{ESPACES}\t\r\n"
EN_LETTRES = "nombre en lettres"
LONGUEUR_MAX = 200
"""Aucun nombre ne s'écrit en autant de caractères."""

_CHIFFRES_ET_UNITE = re.compile(
    rf"(-?[0-9](?:[0-9.,'{ESPACES}]*[0-9])?)[{ESPACES}]*([^\W\d_][^0-9]*|[%€‰][^0-9]*)"
)
_TERMES = re.compile(rf"([^/]+?)[{ESPACES}]*(?:/|(?<=[{ESPACES}])sur(?=[{ESPACES}]))([^/]+)")


def read_number(texte: str, attendu: Attendu) -> Lu | Absent | Illisible:
    """Lit un nombre dans l'unité attendue ; toute écriture hors de la grammaire interroge."""
    nu = texte.strip(BLANCS)
    if (dit := read_absence(nu) or read_nothing(nu)) is not None:
        return dit
    if len(nu) > LONGUEUR_MAX:
        return _not_a_number(nu)
    sans = strip_estimate(nu)
    lu = _read_quantity((nu if sans is None else sans).strip(BLANCS), attendu)
    if lu is None:
        return read_approximation(nu) or _not_a_number(nu)
    if sans is not None and isinstance(lu, Lu):
        return replace(lu.by(ESTIMATION), estime=True)
    return lu


def read_terms(texte: str) -> tuple[Lu, Lu] | None:
    """« 12/15 », « 12 sur 15 » : les deux termes d'un taux ; None si ce n'en est pas un."""
    nu = texte.strip(BLANCS)
    termes = _TERMES.fullmatch(nu) if len(nu) <= LONGUEUR_MAX else None
    if termes is None:
        return None
    haut, bas = (read_number(terme, TERME) for terme in termes.groups())
    if not (isinstance(haut, Lu) and isinstance(bas, Lu)):
        return None
    return haut, bas


def _read_quantity(nu: str, attendu: Attendu) -> Lu | Illisible | None:
    if (minutes := read_duration(nu)) is not None:
        return apply_duration(minutes, attendu) or _other_unit(nu, attendu)
    lu = _read_bare(nu, attendu) or _read_words_and_unit(nu, attendu)
    if lu is not None:
        return lu
    avec_unite = _CHIFFRES_ET_UNITE.fullmatch(nu)
    if avec_unite is None:
        return None
    chiffres, unite = avec_unite[1], avec_unite[2]
    lu = read_digits(chiffres, attendu)
    if isinstance(lu, Lu):
        return apply_unit(lu, unite, attendu) or read_approximation(nu) or _other_unit(nu, attendu)
    return lu


def _read_bare(nu: str, attendu: Attendu) -> Lu | Illisible | None:
    if (lu := read_digits(nu, attendu)) is not None:
        return lu
    nombre = read_words(nu)
    return None if nombre is None else Lu(Decimal(nombre), EN_LETTRES, dite=True)


def _read_words_and_unit(nu: str, attendu: Attendu) -> Lu | None:
    """« vingt-cinq personnes » : des mots qui font un nombre, puis l'unité de la mesure."""
    mots = re.split(f"[{ESPACES}]+", nu)
    for coupe in range(1, len(mots)):
        nombre = read_words(" ".join(mots[:coupe]))
        if nombre is not None:
            lu = Lu(Decimal(nombre), EN_LETTRES, dite=True)
            if accorde := apply_unit(lu, " ".join(mots[coupe:]), attendu):
                return accorde
    return None


def _other_unit(nu: str, attendu: Attendu) -> Illisible:
    voulue = f"la mesure se compte en « {attendu.unite} ». " if attendu.unite else ""
    return Illisible(
        "SAI034",
        f"« {shorten(nu)} » : {voulue}Écrivez le nombre seul, dans cette unité."
        if voulue
        else f"« {shorten(nu)} » : écrivez le nombre seul.",
        "autre unité",
    )


def _not_a_number(nu: str) -> Illisible:
    return Illisible(
        "SAI002",
        f"« {shorten(nu)} » n'est pas un nombre : écrivez un nombre seul, ou « non disponible », "
        "et le reste en commentaire.",
        "pas un nombre",
    )
