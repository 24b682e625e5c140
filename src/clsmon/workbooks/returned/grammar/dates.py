"""Une date écrite à la main : une grammaire fermée, et une question pour tout le reste."""

from __future__ import annotations

import re
from datetime import date

from clsmon.model.libelles import MOIS, simplify, spell_date
from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.reader.serials import date_of_serial
from clsmon.workbooks.returned.grammar.outcome import Illisible

_CHIFFRES = re.compile(r"([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?\2 ?([0-9]{4})", re.ASCII)
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_LETTRES = re.compile(r"(?:[a-z]+di |dimanche )?(?:le )?([0-9]{1,2}|1er) ([a-z]+) ([0-9]{4})")
_COURTE = re.compile(r"[0-9]{1,2} ?[/.-] ?[0-9]{1,2} ?[/.-] ?[0-9]{2}", re.ASCII)
_MOIS = {simplify(nom): rang for rang, nom in enumerate(MOIS, start=1)}

PLAUSIBLES = range(2000, 2100)
"""Les années d'une date de contrat : hors de là, c'est une faute de frappe."""


def read_date(texte: str) -> date | Illisible:
    """
    Le jour que dit un texte : « 12/05/2026 », « 2026-05-12 », « 12 mai 2026 », « 1er juin 2026 ».

    Le jour vient avant le mois. Une année sur deux chiffres, un mois seul ou un jour qui n'existe
    pas sont une question.
    """
    simple = simplify(texte)
    if trouve := _CHIFFRES.fullmatch(simple):
        return _day(trouve[4], trouve[3], trouve[1], texte)
    if trouve := _ISO.fullmatch(simple):
        return _day(trouve[1], trouve[2], trouve[3], texte)
    if (trouve := _LETTRES.fullmatch(simple)) and trouve[2] in _MOIS:
        quantieme = trouve[1].removesuffix("er")
        return _day(trouve[3], str(_MOIS[trouve[2]]), quantieme, texte)
    manque = "de quelle année ?" if _COURTE.fullmatch(simple) else "quel jour est-ce ?"
    return _ask(texte, f"{manque} Écrivez-le comme 12/05/2026.")


def read_date_cell(cellule: Cellule) -> date | Illisible:
    """Le jour d'une cellule : date du tableur ou texte ; un nombre seul est une question."""
    match cellule.nature:
        case Nature.DATE:
            jour, _, heure = cellule.texte.partition("T")
            if heure:
                return _ask(cellule.texte, "une heure y est écrite ; écrivez le jour seul.")
            return read_date(jour)
        case Nature.TEXTE:
            return read_date(cellule.texte.strip())
        case Nature.NOMBRE:
            proche = date_of_serial(cellule.texte, calendrier_1904=False)
            lu = read_date(proche)
            conseil = f" Est-ce le {spell_date(lu)} ?" if isinstance(lu, date) else ""
            return _ask(cellule.texte, f"est un nombre, et non une date.{conseil}")
        case _:
            return _ask(cellule.texte, "ce n'est pas une date.")


def _day(annee: str, mois: str, jour: str, texte: str) -> date | Illisible:
    try:
        lu = date(int(annee), int(mois), int(jour))
    except ValueError:
        return _ask(texte, "ce jour n'existe pas au calendrier.")
    return lu if lu.year in PLAUSIBLES else _ask(texte, "l'année est-elle juste ?")


def _ask(texte: str, demande: str) -> Illisible:
    montre = f"« {shorten(texte.strip())} » : " if texte.strip() else ""
    return Illisible("SAI036", f"{montre}{demande}", "date")
