"""Un PDF relu par sa structure balisée, comme le ferait un lecteur d'écran."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader

Morceaux = dict[tuple[int, int], str]
"""Le texte de chaque morceau balisé, par (page, rang)."""


def read_rows(octets: bytes) -> tuple[list[list[str]], list[str]]:
    """Les rangées de tous les tableaux, puis les points de toutes les listes, textes entiers."""
    lecteur = PdfReader(BytesIO(octets))
    morceaux = _pieces(lecteur)
    racine: Any = lecteur.trailer["/Root"]
    elements = list(_walk(racine["/StructTreeRoot"], None))
    rangees = [
        [_text(cellule, sa_page, morceaux).strip() for cellule, sa_page in _children(rangee, page)]
        for rangee, page in elements
        if rangee["/S"] == "/TR"
    ]
    points = [
        _text(li, page, morceaux).lstrip("•‣– ") for li, page in elements if li["/S"] == "/LI"
    ]
    return rangees, points


def read_words(lecteur: PdfReader) -> str:
    """Tout le texte du document, dans l'ordre où il se lit, sans les en-têtes ni les pieds."""
    racine: Any = lecteur.trailer["/Root"]
    return _text(racine["/StructTreeRoot"], None, _pieces(lecteur))


def read_kinds(lecteur: PdfReader) -> list[str]:
    """Le genre de chaque élément de structure, dans l'ordre : « H1 », « Table », « Link »."""
    racine: Any = lecteur.trailer["/Root"]
    return [str(element["/S"])[1:] for element, _ in _walk(racine["/StructTreeRoot"], None)]


def _pieces(lecteur: PdfReader) -> Morceaux:
    morceaux: Morceaux = {}
    for page in lecteur.pages:
        morceaux |= dict(_marked(page))
    return morceaux


def _marked(page: PageObject) -> Iterator[tuple[tuple[int, int], str]]:
    """Le texte de chaque morceau d'une page, sans les sauts de ligne de la mise en page."""
    reference = page.indirect_reference
    assert reference is not None
    ouverts: list[int | None] = [None]
    textes: dict[int, str] = {}

    def follow(operateur: bytes, operandes: list[Any], *_: Any) -> None:
        if operateur in {b"BDC", b"BMC"}:
            # A span inside a marked piece, as at the end of a cut line, is of that piece.
            proprietes = operandes[1] if len(operandes) > 1 else {}
            genre = str(operandes[0])
            dehors = None if genre == "/Artifact" else ouverts[-1]
            ouverts.append(proprietes.get("/MCID", dehors))
        elif operateur == b"EMC":
            ouverts.pop()

    def keep(texte: str, *_: Any) -> None:
        if (rang := ouverts[-1]) is not None:
            textes[rang] = textes.get(rang, "") + texte.replace("\n", "")

    page.extract_text(visitor_operand_before=follow, visitor_text=keep)
    yield from (((reference.idnum, mcid), texte) for mcid, texte in textes.items())


def _children(element: Any, page: int | None) -> Iterator[tuple[Any, int | None]]:
    """Les éléments et les morceaux que contient un élément, avec la page où ils sont."""
    contenu = element.get("/K", [])
    page = element.raw_get("/Pg").idnum if "/Pg" in element else page
    contenu = contenu.get_object() if hasattr(contenu, "get_object") else contenu
    for enfant in contenu if isinstance(contenu, list) else [contenu]:
        yield enfant.get_object(), page


def _walk(element: Any, page: int | None) -> Iterator[tuple[Any, int | None]]:
    for enfant, sienne in _children(element, page):
        if isinstance(enfant, dict) and "/S" in enfant:
            yield enfant, sienne
            yield from _walk(enfant, sienne)


def _text(element: Any, page: int | None, morceaux: Morceaux) -> str:
    """Tout le texte d'un élément, dans l'ordre où il se lit."""
    if isinstance(element, int):
        return morceaux.get((page or 0, int(element)), "")
    if element.get("/Type") == "/MCR":
        ailleurs = element.raw_get("/Pg").idnum if "/Pg" in element else page
        return morceaux.get((ailleurs or 0, int(element["/MCID"])), "")
    return "".join(_text(enfant, sienne, morceaux) for enfant, sienne in _children(element, page))
