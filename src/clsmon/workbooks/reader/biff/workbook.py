"""Reading an .xls: the compound file, the plan of its stream, then each of its sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from types import MappingProxyType

from clsmon.workbooks.reader.biff.compound import Compound
from clsmon.workbooks.reader.biff.plan import FeuilleDeclaree, Plan, read_plan
from clsmon.workbooks.reader.biff.sheet import SheetReader
from clsmon.workbooks.reader.biff.values import Decodeur
from clsmon.workbooks.reader.cell_values import number_texts
from clsmon.workbooks.reader.findings import Constats
from clsmon.workbooks.reader.grid import Classeur, Feuille
from clsmon.workbooks.reader.markup import PartieIllisible
from clsmon.workbooks.reader.signature import refuse_ole
from clsmon.workbooks.reader.tally import Comptes

_MACROS = "_VBA_PROJECT_CUR"


def read_xls(octets: bytes, fichier: str) -> Classeur:
    """
    Toutes les cellules d'un .xls d'Excel 97 à 2003 (BIFF8), chacune avec sa nature.

    Ni les noms définis ni les propriétés n'en sont lus : ils ne servent à aucune lecture.
    Lève `ClasseurRefuse` : autre document (FOR001), chiffré (FOR002), d'avant Excel 97 (FOR003),
    abîmé (FOR005), hors limites (FOR007), plan ou feuilles illisibles (FOR008).
    """
    compound = Compound(octets)
    flux = compound.stream("Workbook")
    if flux is None:
        raise refuse_ole(compound.noms)
    comptes = Comptes()
    plan = read_plan(flux, comptes)
    constats = Constats(fichier)
    feuilles = tuple(_read_sheets(plan, flux, comptes, constats))
    return Classeur(
        feuilles=constats.require(feuilles),
        noms=MappingProxyType({}),
        proprietes=MappingProxyType({}),
        calendrier_1904=plan.calendrier_1904,
        macros=plan.macros or _MACROS in compound.noms,
        anomalies=tuple(constats.anomalies),
    )


def _read_sheets(
    plan: Plan, flux: bytes, comptes: Comptes, constats: Constats
) -> Iterator[Feuille]:
    decodeur = Decodeur(number_texts(plan.textes), plan.styles, plan.calendrier_1904)
    names = Counter(feuille.nom.casefold() for feuille in plan.feuilles)
    starts = Counter(feuille.debut for feuille in plan.feuilles)
    for declaree in plan.feuilles:
        if names[declaree.nom.casefold()] > 1:
            constats.refuse_sheet(declaree.nom, "une autre feuille porte le même nom")
        elif starts[declaree.debut] > 1:
            constats.refuse_sheet(declaree.nom, "une autre feuille désigne la même partie")
        else:
            yield from _read_sheet(declaree, SheetReader(decodeur, comptes), flux, constats)


def _read_sheet(
    declaree: FeuilleDeclaree, reader: SheetReader, flux: bytes, constats: Constats
) -> Iterator[Feuille]:
    try:
        reader.read(flux, declaree.debut)
    except PartieIllisible as error:
        constats.refuse_sheet(declaree.nom, error.cause)
        return
    constats.report_cells(declaree.nom, reader.refusees)
    cellules = MappingProxyType(reader.cellules)
    yield Feuille(declaree.nom, cellules, declaree.cachee, tuple(reader.fusions))
