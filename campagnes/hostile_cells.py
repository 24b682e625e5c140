"""P1 : des cellules hostiles : nombres, adresses, et tout ce qui se compte par millions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from campagnes.hostile import Fichier, Fin, Parties
from campagnes.hostile_archives import pack_zip
from campagnes.hostile_parts import PLAN, SAISIE, STYLES, TEXTES
from clsmon.workbooks.reader.container import LIMITES

NOMBRES = (
    *("NaN", "INF", "-Infinity", "1e309", "-1e309", "1,5", "1_000", "٣", "0x10", "1e999999999"),
    *("1.2.3", "1e", "+", "--1", "1 2", "١٢", "1" * 401, "9" * 70_000, "VRAI", "12 %", "²"),
)
ADRESSES = ("H0", "ZZZZ5", "5H", "XFE5", "H1048577", "R5C8", "", "$H$5", "H05", "H 5", "h5", "H6")
TYPES = (
    *('t="s"><v>99999</v>', 't="s"><v>-1</v>', 't="s"><v>1e3</v>', 't="s"><v>99999999999</v>'),
    *('t="zz"><v>1</v>', 't="b"><v>2</v>', 't="e"><v>erreur</v>', 't="d"><v>2025-13-45</v>'),
    *('s="99999"><v>1</v>', 's="-1"><v>1</v>', 's="1e1"><v>1</v>', "><v>1</v><v>2</v>"),
)
_CASE = re.compile(r'<c r="H5"[^>]*?(?:/>|>.*?</c>)')
_DERNIERE = 1_048_576
PRESQUE = LIMITES.cellules - 1_000
"""Un peu moins de cellules que la limite, celles du formulaire comprises."""


def contents(parties: Parties) -> Iterator[Fichier]:
    """Un nombre, une adresse ou un type impossibles dans la case d'une réponse."""
    for rang, nombre in enumerate(NOMBRES):
        yield _with_cell(parties, f"nombre-{rang}", f'<c r="H5"><v>{nombre}</v></c>')
    for rang, adresse in enumerate(ADRESSES):
        yield _with_cell(parties, f"adresse-{rang}", f'<c r="{adresse}"><v>1</v></c>')
    for rang, suite in enumerate(TYPES):
        yield _with_cell(parties, f"type-{rang}", f'<c r="H5" {suite}</c>')
    deux = '<c r="H5"><v>1</v></c><c r="H5"><v>2</v></c>'
    yield _with_cell(parties, "cellule-en-double", deux)
    yield _with_cell(parties, "cellule-dans-cellule", '<c r="H5"><c r="I5"><v>1</v></c></c>')
    yield _with_cell(parties, "ligne-dans-ligne", '<row r="9"><c r="H9"><v>1</v></c></row>')
    texte = '<c r="H5" t="inlineStr"><is><t>{}</t></is></c>'
    yield _with_cell(parties, "texte-de-33-000", texte.format("a" * 33_000))
    yield _with_cell(parties, "texte-d-echappements", texte.format("_xD83D_" * 30_000))


def crowds(parties: Parties) -> Iterator[Fichier]:
    """Ce qui se compte par dizaines de milliers ou par millions."""
    for nombre in (60_001, 500_000):
        fusions = _each('<mergeCell ref="A{0}:B{0}"/>', nombre)
        yield _after(parties, f"fusions-{nombre}", "mergeCells", fusions)
    for balise, modele in (
        ("dataValidations", '<dataValidation sqref="A{0}"/>'),
        ("hyperlinks", '<hyperlink ref="A{0}"/>'),
        ("rules", '<conditionalFormatting sqref="A{0}"><cfRule/></conditionalFormatting>'),
    ):
        yield _after(parties, balise, balise, _each(modele, 200_000), Fin.LIBRE)
    noms = _each('<definedName name="n{0}">1</definedName>', 900_000)
    noms = f"<definedNames>{noms}</definedNames></workbook>"
    yield _in(parties, "noms-900-000", (PLAN, "</workbook>"), noms)
    for nombre in (65_001, 1_000_000):
        styles = _each('<xf numFmtId="{0}"/>', nombre)
        yield _in(
            parties, f"styles-{nombre}", (STYLES, "</cellXfs>"), f"{styles}</cellXfs>", Fin.QUESTION
        )
    formats = _each('<numFmt numFmtId="{0}" formatCode="0"/>', 200_000)
    yield _in(parties, "formats-200-000", (STYLES, "<fonts"), f"<numFmts>{formats}</numFmts><fonts")
    textes = _each("<si><t>{0}</t></si>", 500_000)
    yield _in(parties, "textes-500-000", (TEXTES, "</sst>"), f"{textes}</sst>")
    morceaux = f"<si>{_each('<r><t>a{0}</t></r>', 300_000)}</si></sst>"
    yield _in(parties, "texte-de-300-000-morceaux", (TEXTES, "</sst>"), morceaux, Fin.LIBRE)


def grids(parties: Parties) -> Iterator[Fichier]:
    """Des feuilles qui prétendent à 17 milliards de cellules, ou qui en ont beaucoup."""
    plein = f"A1:XFD{_DERNIERE}"
    dimension = f'<dimension ref="{plein}"/><sheetData>'
    yield _in(parties, "dimension-17-milliards", (SAISIE, "<sheetData>"), dimension, Fin.LU)
    fusion = f'<mergeCell ref="{plein}"/>'
    yield _after(parties, "fusion-17-milliards", "mergeCells", fusion, Fin.QUESTION)
    yield _rows(
        parties,
        "derniere-cellule",
        f'<row r="{_DERNIERE}"><c r="XFD{_DERNIERE}"><v>1</v></c></row>',
        Fin.LIBRE,
    )
    yield _rows(
        parties, "ligne-17-milliards", '<row r="17179869184"><c><v>1</v></c></row>', Fin.QUESTION
    )
    yield _rows(
        parties, "un-million-de-lignes-vides", _each('<row r="{0}"/>', 900_000, 1_000), Fin.LIBRE
    )
    for nombre in (LIMITES.cellules + 1, 900_000):
        yield _rows(parties, f"{nombre}-cellules", _cells(nombre, "<v>1</v>"))
    for nom, contenu in (
        ("nombres", "<v>1234.5678</v>"),
        ("decimaux", "<v>0.30000000000000004</v>"),
        ("formules", "<f>SUM(A1:A9)</f><v>1.5</v>"),
        ("dates", "<v>45000.5</v>"),
    ):
        yield _rows(parties, f"{PRESQUE}-{nom}", _cells(PRESQUE, contenu), Fin.LIBRE)
    case = '<c t="inlineStr"><is><t>réponse {0} 🙂</t></is></c>'
    textes = "".join(f"<row>{_each(case, 1_000, rang)}</row>" for rang in range(1, PRESQUE, 1_000))
    yield _rows(parties, f"{PRESQUE}-textes", textes, Fin.LIBRE)


def weights(parties: Parties) -> Iterator[Fichier]:
    """Des textes lourds ; un seul caractère hors du plan de base en quadruple la mémoire."""
    for nom, signe in (("lettres", "a"), ("accents", "é"), ("emoji", "🙂")):
        for nombre in (300, 900, 1_900):
            longs = "".join(f"<si><t>{signe}{_filler(32_000, r)}</t></si>" for r in range(nombre))
            nom_entier = f"textes-longs-{nom}-{nombre}"
            yield _in(parties, nom_entier, (TEXTES, "</sst>"), f"{longs}</sst>", Fin.LIBRE)
            cases = "".join(
                f'<c t="inlineStr"><is><t>{signe}{_filler(30_000, r)}</t></is></c>'
                for r in range(nombre)
            )
            yield _rows(parties, f"{nom_entier}-en-ligne", f'<row r="900">{cases}</row>', Fin.LIBRE)
    courts = "".join(f"<si><t>🙂{r}{_filler(100, r % 50)}</t></si>" for r in range(PRESQUE))
    yield _in(parties, f"{PRESQUE}-textes-emoji", (TEXTES, "</sst>"), f"{courts}</sst>", Fin.LIBRE)
    yield _tall(
        parties, "formules-adressees", '<c r="{0}{1}" s="3"><f>SUM(A1:B{1})</f><v>{1}.5</v></c>'
    )
    yield _tall(parties, "cellules-illisibles", '<c r="{0}{1}"><v>x{1}</v></c>')
    yield _tall(parties, "textes-riches", '<c r="{0}{1}" t="inlineStr"><is><t>é{1}🙂</t></is></c>')
    yield _tall(parties, "adresses-fausses", '<c r="{0}1{1}"><v>1</v></c>')


def _tall(parties: Parties, nom: str, case: str) -> Fichier:
    """Vingt colonnes, jusqu'à la limite de cellules, chacune avec son adresse."""
    lignes = "".join(
        f'<row r="{rang}">{"".join(case.format(c, rang) for c in "ABCDEFGHIJKLMNOPQRST")}</row>'
        for rang in range(900, 900 + PRESQUE // 20)
    )
    return _rows(parties, f"{PRESQUE}-{nom}", lignes, Fin.LIBRE)


def _filler(taille: int, graine: int) -> str:
    """Un texte qui se compresse près de cent fois : assez peu pour passer sous le taux."""
    motif = "".join(Random(graine).choices("abcdefgh", k=400))
    return (motif * (taille // 400 + 1))[:taille]


def _each(modele: str, nombre: int, depuis: int = 1) -> str:
    return "".join(map(modele.format, range(depuis, depuis + nombre)))


def _cells(nombre: int, contenu: str) -> str:
    """Des lignes de mille cellules, sans adresse."""
    ligne = "<row>" + f"<c>{contenu}</c>" * 1_000 + "</row>"
    return ligne * (nombre // 1_000) + f"<row>{f'<c>{contenu}</c>' * (nombre % 1_000)}</row>"


def _with_cell(parties: Parties, nom: str, xml: str) -> Fichier:
    """La case H5 du formulaire, remplacée."""
    feuille = parties[SAISIE].decode("utf-8")
    change, combien = _CASE.subn(lambda _: xml, feuille, count=1)
    if combien != 1:
        raise ValueError("la case H5 n'est pas dans le formulaire")
    return Fichier(nom, pack_zip({**parties, SAISIE: change.encode("utf-8")}), Fin.QUESTION)


def _in(
    parties: Parties, nom: str, ou: tuple[str, str], quoi: str, fin: Fin = Fin.REFUSE
) -> Fichier:
    """La première occurrence d'un texte d'une partie, (partie, texte), est remplacée."""
    partie, texte = ou
    xml = parties[partie].decode("utf-8")
    if texte not in xml:
        raise ValueError(f"« {texte} » n'est pas dans {partie}")
    change = {partie: xml.replace(texte, quoi, 1).encode("utf-8")}
    return Fichier(nom, pack_zip({**parties, **change}), fin)


def _rows(parties: Parties, nom: str, lignes: str, fin: Fin = Fin.REFUSE) -> Fichier:
    return _in(parties, nom, (SAISIE, "</sheetData>"), f"{lignes}</sheetData>", fin)


def _after(parties: Parties, nom: str, balise: str, quoi: str, fin: Fin = Fin.REFUSE) -> Fichier:
    entier = f"</sheetData><{balise}>{quoi}</{balise}>"
    return _in(parties, nom, (SAISIE, "</sheetData>"), entier, fin)
