"""Les signets d'un .docx : chaque ancre du document a le sien, chaque lien interne y mène."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from clsmon.render.document import Bloc, Citation, Document, Liste, Table, Titre

LONGUEUR = 40
"""Ce que Word accepte pour le nom d'un signet, fait de lettres, de chiffres et de soulignés."""


@dataclass(frozen=True)
class Signets:
    """Du nom d'une ancre à celui de son signet ; son rang est son numéro."""

    noms: Mapping[str, tuple[int, str]]

    def mark(self, ancre: str) -> str:
        """Le signet posé là ; rien si l'ancre n'a pas de nom."""
        if ancre not in self.noms:
            return ""
        rang, nom = self.noms[ancre]
        return f'<w:bookmarkStart w:id="{rang}" w:name="{nom}"/><w:bookmarkEnd w:id="{rang}"/>'

    def link(self, ancre: str, contenu: str) -> str:
        """Ce contenu, qui mène à son signet ; tel quel si le document n'en a pas."""
        if ancre not in self.noms:
            return contenu
        return (
            f'<w:hyperlink w:anchor="{self.noms[ancre][1]}" w:history="1">{contenu}</w:hyperlink>'
        )


def bookmarks_of(document: Document) -> Signets:
    """Un signet par titre et par ligne nommée, dans l'ordre du document."""
    noms: dict[str, tuple[int, str]] = {}
    pris: set[str] = set()
    for ancre in _anchors(document.blocs):
        if ancre and ancre not in noms:
            nom = _free_name(ancre, pris)
            pris.add(nom.casefold())
            noms[ancre] = (len(noms) + 1, nom)
    return Signets(noms)


def _anchors(blocs: Iterable[Bloc]) -> Iterator[str]:
    for bloc in blocs:
        match bloc:
            case Titre():
                yield bloc.ancre
            case Table(tableau):
                yield from tableau.reperes
            case Liste(points):
                for point in points:
                    yield from _anchors(point)
            case Citation(blocs=dits):
                yield from _anchors(dits)
            case _:
                pass


def _free_name(ancre: str, pris: set[str]) -> str:
    """« fiche-2.3 » devient « fiche_2_3 » ; un rang départage deux noms coupés pareils."""
    nu = normalize("NFD", ancre).encode("ascii", "ignore").decode("ascii")
    propre = re.sub(r"[^A-Za-z0-9]+", "_", nu).strip("_")
    entier = propre if propre[:1].isalpha() else f"p_{propre}"
    nom, rang = entier[:LONGUEUR], 1
    while nom.casefold() in pris:
        rang += 1
        nom = f"{entier[: LONGUEUR - len(str(rang)) - 1]}_{rang}"
    return nom
