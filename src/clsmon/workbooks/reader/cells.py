"""The one door to the cells of a returned workbook: strict, streaming, our own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import TypeVar

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.workbooks.reader.cell_values import Tables, number_texts
from clsmon.workbooks.reader.container import LIMITES, Conteneur, open_container
from clsmon.workbooks.reader.grid import (
    Cellule,
    Classeur,
    Feuille,
    Nature,
    Place,
    address,
    parse_address,
)
from clsmon.workbooks.reader.markup import PartieIllisible
from clsmon.workbooks.reader.refusal import RENVOYER, ClasseurRefuse, shorten
from clsmon.workbooks.reader.sheets import Comptes, Refusee, SheetWalk
from clsmon.workbooks.reader.strings import read_strings
from clsmon.workbooks.reader.structure import (
    FeuilleDeclaree,
    Structure,
    read_properties,
    read_structure,
)
from clsmon.workbooks.reader.styles import Affichage, read_styles

__all__ = [
    "Cellule",
    "Classeur",
    "ClasseurRefuse",
    "Feuille",
    "Nature",
    "Place",
    "address",
    "parse_address",
    "read_workbook",
]

_Lu = TypeVar("_Lu")


def read_workbook(octets: bytes, fichier: str = "") -> Classeur:
    """
    Toutes les cellules d'un .xlsx ou .xlsm, chacune avec sa nature ; aucune macro n'est lancée.

    `fichier` est le nom reçu, porté par les anomalies. Une partie ou une cellule en défaut est
    refusée et nommée, le reste est lu.
    Lève `ClasseurRefuse` (FOR001 à FOR008) quand rien ne peut être lu ; aucune autre exception.
    """
    return _Reading(open_container(octets), fichier).read()


class _Reading:
    """One workbook being read: its container, its plan, the anomalies met on the way."""

    def __init__(self, conteneur: Conteneur, fichier: str) -> None:
        self.conteneur = conteneur
        self.fichier = fichier
        self.structure = read_structure(conteneur)
        self.comptes = Comptes()
        self.anomalies: list[Anomalie] = []

    def read(self) -> Classeur:
        structure = self.structure
        tables = self._read_tables(structure)
        feuilles = tuple(self._read_sheets(tables))
        proprietes: dict[str, str] = self._read_part(
            structure.proprietes, "les propriétés du classeur", read_properties, {}
        )
        for nom in structure.doubles:
            self._report(f"Le nom « {shorten(nom)} » est défini deux fois dans le classeur.")
        if not feuilles:
            cause = self.anomalies[0].message if self.anomalies else "Il n'a pas de feuille."
            raise ClasseurRefuse("FOR008", f"Aucune feuille du classeur n'est lisible. {cause}")
        return Classeur(
            feuilles=feuilles,
            noms=MappingProxyType(structure.noms),
            proprietes=MappingProxyType(proprietes),
            calendrier_1904=structure.calendrier_1904,
            macros=structure.macros,
            anomalies=tuple(self.anomalies),
        )

    def _read_tables(self, structure: Structure) -> Tables:
        """Without its styles a number may be a date: then no styled number is read."""
        affichages: tuple[Affichage, ...] | None = None
        seul: tuple[Affichage, ...] = (Affichage.NOMBRE,)
        if structure.styles:
            affichages = self._read_part(
                structure.styles, "les styles du classeur", read_styles, seul
            )
        textes: list[str] = self._read_part(
            structure.textes, "les textes du classeur", read_strings, []
        )
        return Tables(number_texts(textes), affichages, structure.calendrier_1904)

    def _read_part(self, nom: str, sujet: str, read: Callable[[bytes], _Lu], absent: _Lu) -> _Lu:
        if not nom:
            return absent
        octets = self.conteneur.partie(nom)
        if octets is None:
            self._report(f"La partie qui contient {sujet} manque.")
            return absent
        try:
            return read(octets)
        except PartieIllisible as error:
            self._report(f"La partie qui contient {sujet} est illisible : {error.cause}.")
            return absent

    def _read_sheets(self, tables: Tables) -> Iterator[Feuille]:
        declared = [f for f in self.structure.feuilles if f.nature in ("worksheet", "")]
        parts = Counter(feuille.partie.casefold() for feuille in declared)
        names = Counter(feuille.nom.casefold() for feuille in declared)
        for feuille in declared:
            octets = self.conteneur.partie(feuille.partie)
            if names[feuille.nom.casefold()] > 1:
                self._refuse_sheet(feuille, "une autre feuille porte le même nom")
            elif octets is None:
                self._refuse_sheet(feuille, "la partie qui la contient manque")
            elif parts[feuille.partie.casefold()] > 1:
                self._refuse_sheet(feuille, "une autre feuille désigne la même partie")
            else:
                yield from self._read_sheet(feuille, octets, tables)

    def _read_sheet(
        self, feuille: FeuilleDeclaree, octets: bytes, tables: Tables
    ) -> Iterator[Feuille]:
        walk = SheetWalk(tables, self.comptes)
        try:
            walk.parse(octets)
        except PartieIllisible as error:
            self._refuse_sheet(feuille, error.cause)
            return
        self._report_cells(feuille.nom, walk.refusees)
        yield Feuille(feuille.nom, MappingProxyType(walk.cellules), feuille.cachee)

    def _refuse_sheet(self, feuille: FeuilleDeclaree, cause: str) -> None:
        self._report(f"La feuille « {shorten(feuille.nom)} » n'est pas lue : {cause}.")

    def _report(self, message: str) -> None:
        lieu = Lieu(self.fichier)
        self.anomalies.append(Anomalie(lieu, "FOR008", Gravite.ERREUR, message, RENVOYER))

    def _report_cells(self, nom: str, refusees: list[Refusee]) -> None:
        for adresse, brut, cause in refusees[: LIMITES.anomalies]:
            lieu = Lieu(self.fichier, feuille=nom, cellule=adresse)
            message = f"La cellule {adresse} {cause} (contenu : « {brut} »)."
            conseil = "Faites retaper la réponse dans cette cellule, puis collectez de nouveau."
            self.anomalies.append(Anomalie(lieu, "SAI001", Gravite.ERREUR, message, conseil))
        others = len(refusees) - LIMITES.anomalies
        if others > 0:
            lieu = Lieu(self.fichier, feuille=nom, cellule=refusees[LIMITES.anomalies].adresse)
            message = f"{others} autres cellules de la feuille « {shorten(nom)} » sont illisibles."
            self.anomalies.append(Anomalie(lieu, "SAI001", Gravite.ERREUR, message, RENVOYER))
