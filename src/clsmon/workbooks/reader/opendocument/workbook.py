"""Reading an .ods: its content, then what its metadata say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from types import MappingProxyType

from clsmon.workbooks.reader.container import Conteneur
from clsmon.workbooks.reader.findings import Constats
from clsmon.workbooks.reader.grid import Classeur, Feuille
from clsmon.workbooks.reader.markup import PartieIllisible
from clsmon.workbooks.reader.opendocument.content import ContentWalk
from clsmon.workbooks.reader.opendocument.metadata import MetadataWalk
from clsmon.workbooks.reader.refusal import ClasseurRefuse

_MACROS = ("basic/", "scripts/")
"""The folders of an .ods that hold programs."""


def read_ods(conteneur: Conteneur, fichier: str) -> Classeur:
    """
    Toutes les cellules d'un .ods (ODF 1.2 et 1.3), chacune avec sa nature, comme celles d'un .xlsx.

    Lève `ClasseurRefuse` (FOR004, FOR007, FOR008) quand rien ne peut être lu.
    """
    octets = conteneur.partie("content.xml")
    if octets is None:
        raise ClasseurRefuse("FOR008", "Il manque au classeur son contenu.")
    content = ContentWalk()
    content.parse(octets)
    constats = Constats(fichier)
    feuilles = tuple(_read_tables(content, constats))
    noms = Counter(nom.casefold() for nom, _ in content.noms)
    constats.report_doubles(tuple(sorted(nom for nom, count in noms.items() if count > 1)))
    proprietes = _read_properties(conteneur, constats)
    return Classeur(
        feuilles=constats.require(feuilles),
        noms=MappingProxyType({n: f for n, f in content.noms if noms[n.casefold()] == 1}),
        proprietes=MappingProxyType(proprietes),
        calendrier_1904=False,
        macros=any(name.casefold().startswith(_MACROS) for name in conteneur.entrees),
        anomalies=tuple(constats.anomalies),
    )


def _read_tables(content: ContentWalk, constats: Constats) -> Iterator[Feuille]:
    names = Counter(table.nom.casefold() for table in content.tables)
    for table in content.tables:
        if names[table.nom.casefold()] > 1:
            constats.refuse_sheet(table.nom, "une autre feuille porte le même nom")
            continue
        constats.report_cells(table.nom, table.refusees)
        yield Feuille(
            table.nom,
            MappingProxyType(table.cellules),
            table.style in content.caches,
            tuple(table.fusions),
        )


def _read_properties(conteneur: Conteneur, constats: Constats) -> dict[str, str]:
    octets = conteneur.partie("meta.xml")
    if octets is None:
        return {}
    walk = MetadataWalk()
    try:
        walk.parse(octets)
    except PartieIllisible as error:
        sujet = "La partie qui contient les propriétés du classeur"
        constats.report(f"{sujet} est illisible : {error.cause}.")
        return {}
    return walk.proprietes
