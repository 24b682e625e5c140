"""Un classeur dont des cases reçoivent un texte, écrit comme le ferait Excel, quel qu'il soit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import load_workbook

_SANS_XML = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)
"""Ce qu'Excel écrit « _xHHHH_ » : ECMA-376-1 § 22.9.2.19."""
_CASE = re.compile(r'<c r="([A-Z]+[0-9]+)"((?: s="[0-9]+")?)(?:[^>]*/>|[^>]*>.*?</c>)', re.DOTALL)

Places = Mapping[tuple[str, str, str], str]
"""De (clé, rubrique, colonne) à « xl/worksheets/sheet2.xml!H6 »."""


def find_places(octets: bytes) -> dict[tuple[str, str, str], str]:
    """Les cases des feuilles à remplir d'un classeur : clés machine en première ligne."""
    classeur = load_workbook(BytesIO(octets))
    return {
        (str(ligne[0].value), _field(ligne, titres), titre): f"{rang}!{cellule.coordinate}"
        for rang, feuille in enumerate(classeur.worksheets, start=1)
        if feuille["A1"].value == "cle" and feuille.sheet_state == "visible"
        for titres in [[str(cellule.value or "") for cellule in feuille[1]]]
        for ligne in feuille.iter_rows(min_row=3)
        if ligne[0].value
        for titre, cellule in zip(titres, ligne, strict=True)
    }


def _field(ligne: tuple[object, ...], titres: list[str]) -> str:
    champ = ligne[1].value if titres[1] == "champ" else ""  # type: ignore[attr-defined]
    return str(champ or "")


def write_texts(octets: bytes, textes: Mapping[str, str]) -> bytes:
    """Le classeur où ces cases (« 2!H6 ») portent ces textes, au caractère près."""
    sortie = BytesIO()
    with ZipFile(BytesIO(octets)) as source, ZipFile(sortie, "w") as copie:
        for nom in source.namelist():
            partie = source.read(nom)
            trouve = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", nom)
            if trouve:
                siens = dict(_of_sheet(trouve[1], textes))
                partie = _write(partie.decode("utf-8"), siens).encode("utf-8")
            copie.writestr(ZipInfo(nom), partie, ZIP_DEFLATED, compresslevel=1)
    return sortie.getvalue()


def _of_sheet(rang: str, textes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for place, texte in textes.items():
        feuille, _, cellule = place.partition("!")
        if feuille == rang:
            yield cellule, texte


def _write(feuille: str, textes: Mapping[str, str]) -> str:
    def put(trouvee: re.Match[str]) -> str:
        texte = textes.get(trouvee[1])
        if texte is None:
            return trouvee[0]
        dit = f'<is><t xml:space="preserve">{spell_text(texte)}</t></is>'
        return f'<c r="{trouvee[1]}"{trouvee[2]} t="inlineStr">{dit}</c>'

    return _CASE.sub(put, feuille) if textes else feuille


def spell_text(texte: str) -> str:
    """Un texte dans le XML d'un classeur."""
    return escape(_SANS_XML.sub(lambda m: f"_x{ord(m[0]):04X}_", texte))
