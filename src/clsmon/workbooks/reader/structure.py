"""The parts of a workbook that say where its sheets are: relations, sheet list, properties."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass

from clsmon.workbooks.reader.container import LIMITES, Conteneur
from clsmon.workbooks.reader.markup import Element, PartieIllisible, read_elements
from clsmon.workbooks.reader.refusal import ClasseurRefuse, beyond
from clsmon.workbooks.reader.strings import decode_text

_TRUE = ("1", "true", "on")
_MACRO_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet")


@dataclass(frozen=True, slots=True)
class Relation:
    """Un lien d'une partie vers une autre ; `nature` est le dernier mot de son type."""

    nature: str
    cible: str


@dataclass(frozen=True, slots=True)
class FeuilleDeclaree:
    """Une feuille de la liste du classeur ; `partie` est vide quand son lien est rompu."""

    nom: str
    cachee: bool
    nature: str
    partie: str


@dataclass(frozen=True, slots=True)
class Structure:
    """Le plan d'un classeur. `textes` et `styles` : noms de partie, vides si non déclarées."""

    feuilles: tuple[FeuilleDeclaree, ...]
    noms: dict[str, str]
    doubles: tuple[str, ...]
    calendrier_1904: bool
    macros: bool
    textes: str
    styles: str
    proprietes: str


def read_structure(conteneur: Conteneur) -> Structure:
    """
    Le plan du classeur, par ses liens (ECMA-376-2 § 6.5), jamais par des noms supposés.

    Lève `ClasseurRefuse` (FOR008, FOR007) quand le plan lui-même manque ou n'est pas lisible.
    """
    racine = list(_read_relations(conteneur, "").values())
    nom = _target(racine, "officeDocument")
    octets = conteneur.partie(nom)
    if octets is None:
        raise ClasseurRefuse("FOR008", "Il manque au classeur la liste de ses feuilles.")
    relations = _read_relations(conteneur, nom)
    elements = read_elements(octets, "workbookPr", "sheet", "definedName")
    feuilles = tuple(
        _declare_sheet(element, relations) for element in elements if element.tag == "sheet"
    )
    if len(feuilles) > LIMITES.feuilles:
        raise beyond(f"Le classeur déclare {len(feuilles)} feuilles", f"{LIMITES.feuilles}")
    noms, doubles = _read_names(elements)
    return Structure(
        feuilles=feuilles,
        noms=noms,
        doubles=doubles,
        calendrier_1904=any(e.attributs.get("date1904") in _TRUE for e in elements),
        macros=any(name.casefold().endswith("vbaproject.bin") for name in conteneur.entrees)
        or any(feuille.nature in _MACRO_SHEETS for feuille in feuilles),
        textes=_target(relations.values(), "sharedStrings"),
        styles=_target(relations.values(), "styles"),
        proprietes=_target(racine, "custom-properties", "customProperties"),
    )


def read_properties(octets: bytes) -> dict[str, str]:
    """Les propriétés personnalisées, en texte. Lève `PartieIllisible`, aussi pour un doublon."""
    found: dict[str, str] = {}
    for element in read_elements(octets, "property"):
        nom = element.attributs.get("name", "")
        if nom in found:
            raise PartieIllisible("une propriété y figure deux fois")
        found[nom] = decode_text(element.texte)
    return found


def _read_relations(conteneur: Conteneur, partie: str) -> dict[str, Relation]:
    folder, name = posixpath.split(partie)
    octets = conteneur.partie(posixpath.join(folder, "_rels", f"{name}.rels"))
    if octets is None:
        raise ClasseurRefuse("FOR008", "Il manque au classeur les liens entre ses parties.")
    found: dict[str, Relation] = {}
    for element in read_elements(octets, "Relationship"):
        attributs = element.attributs
        identifier = attributs.get("Id", "")
        if identifier in found:
            raise PartieIllisible("deux liens y portent le même nom")
        if attributs.get("TargetMode") != "External":
            nature = attributs.get("Type", "").rpartition("/")[2]
            found[identifier] = Relation(nature, _resolve(folder, attributs.get("Target", "")))
    return found


def _resolve(folder: str, target: str) -> str:
    """A target beginning with « / » starts at the root of the container."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _target(relations: Iterable[Relation], *natures: str) -> str:
    return next((r.cible for r in relations if r.nature in natures), "")


def _declare_sheet(element: Element, relations: dict[str, Relation]) -> FeuilleDeclaree:
    """The link's attribute keeps its name « id » whatever prefix the writer declared."""
    attributs = element.attributs
    links = [value for key, value in attributs.items() if key.endswith(":id")]
    relation = relations.get(links[0]) if len(links) == 1 else None
    return FeuilleDeclaree(
        nom=decode_text(attributs.get("name", "")),
        cachee=attributs.get("state", "visible") != "visible",
        nature=relation.nature if relation else "",
        partie=relation.cible if relation else "",
    )


def _read_names(elements: list[Element]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The names of workbook scope, and those written twice, which mean nothing."""
    pairs = [
        (element.attributs.get("name", ""), decode_text(element.texte))
        for element in elements
        if element.tag == "definedName" and "localSheetId" not in element.attributs
    ]
    if len(pairs) > LIMITES.noms:
        raise beyond(f"Le classeur définit {len(pairs)} noms", f"{LIMITES.noms}")
    seen: set[str] = set()
    doubles: set[str] = set()
    for nom, _ in pairs:
        (doubles if nom.casefold() in seen else seen).add(nom.casefold())
    noms = {nom: texte for nom, texte in pairs if nom.casefold() not in doubles}
    return noms, tuple(sorted(doubles))
