"""Reading a .xlsx or .xlsm: its plan, its tables, then each of its sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import TypeVar

from clsmon.workbooks.reader.cell_values import Tables, number_texts
from clsmon.workbooks.reader.container import Conteneur
from clsmon.workbooks.reader.findings import Constats
from clsmon.workbooks.reader.grid import (
    Classeur,
    Feuille,
)
from clsmon.workbooks.reader.markup import PartieIllisible
from clsmon.workbooks.reader.plain_sheet import read_plain
from clsmon.workbooks.reader.sheets import SheetWalk
from clsmon.workbooks.reader.strings import read_strings
from clsmon.workbooks.reader.structure import (
    FeuilleDeclaree,
    Structure,
    read_properties,
    read_structure,
)
from clsmon.workbooks.reader.styles import Affichage, Style, read_styles
from clsmon.workbooks.reader.tally import Comptes

_Lu = TypeVar("_Lu")


def read_ooxml(conteneur: Conteneur, fichier: str) -> Classeur:
    """
    Toutes les cellules d'un .xlsx ou .xlsm, chacune avec sa nature ; aucune macro n'est lancée.

    Lève `ClasseurRefuse` (FOR007, FOR008) quand rien ne peut être lu.
    """
    return _Reading(conteneur, fichier).read()


class _Reading:
    """One workbook being read: its container, its plan, the anomalies met on the way."""

    def __init__(self, conteneur: Conteneur, fichier: str) -> None:
        self.conteneur = conteneur
        self.constats = Constats(fichier)
        self.structure = read_structure(conteneur)
        self.comptes = Comptes()

    def read(self) -> Classeur:
        structure = self.structure
        tables = self._read_tables(structure)
        feuilles = tuple(self._read_sheets(tables))
        proprietes: dict[str, str] = self._read_part(
            structure.proprietes, "les propriétés du classeur", read_properties, {}
        )
        self.constats.report_doubles(structure.doubles)
        return Classeur(
            feuilles=self.constats.require(feuilles),
            noms=MappingProxyType(structure.noms),
            proprietes=MappingProxyType(proprietes),
            calendrier_1904=structure.calendrier_1904,
            macros=structure.macros,
            anomalies=tuple(self.constats.anomalies),
        )

    def _read_tables(self, structure: Structure) -> Tables:
        """Without its styles a number may be a date: then no styled number is read."""
        styles: tuple[Style, ...] | None = None
        seul: tuple[Style, ...] = (Style(Affichage.NOMBRE),)
        if structure.styles:
            styles = self._read_part(structure.styles, "les styles du classeur", read_styles, seul)
        textes: list[str] = self._read_part(
            structure.textes, "les textes du classeur", read_strings, []
        )
        return Tables(number_texts(textes), styles, structure.calendrier_1904)

    def _read_part(self, nom: str, sujet: str, read: Callable[[bytes], _Lu], absent: _Lu) -> _Lu:
        if not nom:
            return absent
        octets = self.conteneur.partie(nom)
        if octets is None:
            self.constats.report(f"La partie qui contient {sujet} manque.")
            return absent
        try:
            return read(octets)
        except PartieIllisible as error:
            self.constats.report(f"La partie qui contient {sujet} est illisible : {error.cause}.")
            return absent

    def _read_sheets(self, tables: Tables) -> Iterator[Feuille]:
        declared = [f for f in self.structure.feuilles if f.nature in ("worksheet", "")]
        parts = Counter(feuille.partie.casefold() for feuille in declared)
        names = Counter(feuille.nom.casefold() for feuille in declared)
        for feuille in declared:
            octets = self.conteneur.partie(feuille.partie)
            if names[feuille.nom.casefold()] > 1:
                self.constats.refuse_sheet(feuille.nom, "une autre feuille porte le même nom")
            elif octets is None:
                self.constats.refuse_sheet(feuille.nom, "la partie qui la contient manque")
            elif parts[feuille.partie.casefold()] > 1:
                self.constats.refuse_sheet(feuille.nom, "une autre feuille désigne la même partie")
            else:
                yield from self._read_sheet(feuille, octets, tables)

    def _read_sheet(
        self, feuille: FeuilleDeclaree, octets: bytes, tables: Tables
    ) -> Iterator[Feuille]:
        plain = read_plain(octets, tables, self.comptes)
        if plain is not None:
            cellules = MappingProxyType(plain.cellules)
            yield Feuille(feuille.nom, cellules, feuille.cachee, plain.fusions)
            return
        walk = SheetWalk(tables, self.comptes)
        try:
            walk.parse(octets)
        except PartieIllisible as error:
            self.constats.refuse_sheet(feuille.nom, error.cause)
            return
        self.constats.report_cells(feuille.nom, walk.refusees)
        yield Feuille(
            feuille.nom, MappingProxyType(walk.cellules), feuille.cachee, tuple(walk.fusions)
        )
