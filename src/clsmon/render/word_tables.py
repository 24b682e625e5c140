"""Les tableaux d'un .docx : titres répétés, lignes entières, colonnes à la largeur des mots."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from clsmon.model.arial import measure_text
from clsmon.model.texte import clean_text
from clsmon.render.cells import Colonne, Tableau, spell_cell
from clsmon.render.document import Table
from clsmon.render.spelling import INSECABLE
from clsmon.render.word_marks import Signets
from clsmon.render.word_xml import (
    Forme,
    write_attribute,
    write_paragraph,
    write_run,
    write_style,
)

SERRE = 8
"""Au-delà, un tableau prend de petits caractères."""
TAILLE, TAILLE_SERREE = 9.0, 7.5
"""Celles des styles de cellule, en points, pour mesurer les mots."""
GRAS = 1.13
"""Ce qu'un titre de colonne, en gras, prend de plus."""
MARGES = 160
"""Ce que les bords d'une cellule prennent à son texte, en vingtièmes de point."""
MOT_MAX = 1700
"""Un mot plus long, trois centimètres, se coupe."""
PHRASE, PAR_CARACTERE = 30, 45
"""Une colonne de phrases a au moins la moitié de ce qu'elle demande, jusqu'à trente caractères."""
_COUPES = re.compile(r"[^ \n-]+-?")

ENSEMBLE = 3
"""Ni les deux premières lignes d'un tableau, ni ses trois dernières, ne se quittent."""
_FORMES = {
    (nombre, suivi): Forme(a_droite=nombre, suivi=suivi)
    for nombre in (False, True)
    for suivi in (False, True)
}


@dataclass(frozen=True)
class Rangees:
    """Un tableau dont les cellules sont écrites : mesuré une fois, montré une fois."""

    table: Table
    cellules: tuple[tuple[str, ...], ...]

    @property
    def colonnes(self) -> tuple[Colonne, ...]:
        """Celles du tableau."""
        return self.table.tableau.colonnes

    @property
    def serre(self) -> bool:
        """De petits caractères."""
        return len(self.colonnes) > SERRE

    @cached_property
    def minima(self) -> list[int]:
        """La largeur, en vingtièmes de point, sous laquelle chaque colonne couperait un mot."""
        return [self._minimum(rang, colonne) for rang, colonne in enumerate(self.colonnes)]

    def _minimum(self, rang: int, colonne: Colonne) -> int:
        taille = TAILLE_SERREE if self.serre else TAILLE
        mot = MARGES + min(MOT_MAX, round(self._longest(rang) * taille / 50))
        if colonne.nombre:
            return mot
        return max(mot, round(min(PHRASE, colonne.largeur) * PAR_CARACTERE))

    def _longest(self, rang: int) -> float:
        """Le plus long mot d'une colonne, en millièmes de la taille du caractère."""
        mots = {mot for ligne in self.cellules for mot in _COUPES.findall(ligne[rang])}
        titre = _COUPES.findall(self.colonnes[rang].titre)
        return max((*map(measure_text, mots), *(GRAS * measure_text(m) for m in titre)), default=0)

    def formes(self, *, suivi: bool) -> list[Forme]:
        """Celle de chaque cellule d'une ligne ; `suivi` : elle reste avec la ligne d'après."""
        return [_FORMES[colonne.nombre, suivi] for colonne in self.colonnes]

    def needs(self, largeur: int) -> bool:
        """Vrai si cette largeur couperait des mots, ou ferait des colonnes d'un mot par ligne."""
        return sum(self.minima) > largeur


def spell_rows(table: Table) -> Rangees:
    """Le tableau en texte."""
    lignes = (tuple(clean_text(spell_cell(c)) for c in ligne) for ligne in table.tableau.lignes)
    return Rangees(table, tuple(lignes))


def share_width(rangees: Rangees, place: int) -> list[int]:
    """
    La place partagée comme le tableau le demande, sans descendre sous le plus long mot.

    Si les mots eux-mêmes ne tiennent pas, ils se partagent la page, et les plus longs se coupent.
    """
    minima = rangees.minima
    if rangees.needs(place):
        return _cut_longest(minima, place)
    largeurs: dict[int, int] = {}
    while True:
        libres = [r for r in range(len(minima)) if r not in largeurs]
        reste = place - sum(largeurs.values())
        demande = sum(rangees.colonnes[r].largeur for r in libres)
        parts = {r: int(reste * rangees.colonnes[r].largeur / demande) for r in libres}
        trop_petites = {r: minima[r] for r in libres if parts[r] < minima[r]}
        if not trop_petites:
            return [(largeurs | parts)[r] for r in range(len(minima))]
        largeurs |= trop_petites


def _cut_longest(minima: Sequence[int], place: int) -> list[int]:
    """Les colonnes les plus larges ramenées à une même largeur, celle qui fait tout tenir."""
    reste, colonnes = place, len(minima)
    for minimum in sorted(minima):
        if minimum * colonnes > reste:
            break
        reste, colonnes = reste - minimum, colonnes - 1
    plafond = reste // max(1, colonnes)
    return [min(minimum, plafond) for minimum in minima]


def write_table(
    rangees: Rangees, place: int, styles: Mapping[str, str], signets: Signets
) -> Iterator[str]:
    """La légende, s'il y en a une, puis le tableau et le blanc qui le suit."""
    table, tableau = rangees.table, rangees.table.tableau
    if table.legende:
        yield write_paragraph(styles["caption"], write_run(table.legende), Forme(suivi=True))
    largeurs = share_width(rangees, place)
    yield _properties(table, sum(largeurs), styles)
    colonnes = "".join(f'<w:gridCol w:w="{largeur}"/>' for largeur in largeurs)
    yield f"<w:tblGrid>{colonnes}</w:tblGrid>"
    yield _header(rangees, largeurs, styles)
    style = styles["Cellule serrée CLS" if rangees.serre else "Cellule CLS"]
    total = len(rangees.cellules)
    for rang, ligne in enumerate(rangees.cellules):
        textes = [write_run(texte) for texte in ligne]
        textes[0] = _named(tableau, rang, ligne[0], styles, signets)
        formes = rangees.formes(suivi=rang < total - 1 and (not rang or rang >= total - ENSEMBLE))
        yield _row(map(write_paragraph, [style] * len(ligne), textes, formes), largeurs)
    yield "</w:tbl>"
    yield write_paragraph(styles["Après tableau CLS"], "")


def _properties(table: Table, largeur: int, styles: Mapping[str, str]) -> str:
    """Sa légende et sa description se lisent à voix haute avant ses cellules."""
    tableau = table.tableau
    titres = ", ".join(colonne.titre for colonne in tableau.colonnes)
    style = write_attribute(styles["Tableau CLS"])
    nom = write_attribute(table.legende or tableau.titre)
    description = write_attribute(f"{tableau.titre}. Colonnes{INSECABLE}: {titres}.")
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{largeur}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{nom}"/>'
        f'<w:tblDescription w:val="{description}"/>'
        "</w:tblPr>"
    )


def _header(rangees: Rangees, largeurs: Sequence[int], styles: Mapping[str, str]) -> str:
    style = styles["En-tête serré CLS" if rangees.serre else "En-tête de colonne CLS"]
    titres = (write_run(colonne.titre) for colonne in rangees.colonnes)
    formes = rangees.formes(suivi=True)
    ecrits = (write_paragraph(style, *paire) for paire in zip(titres, formes, strict=True))
    return _row(ecrits, largeurs, "<w:tblHeader/>")


def _named(
    tableau: Tableau, rang: int, texte: str, styles: Mapping[str, str], signets: Signets
) -> str:
    """La première cellule d'une ligne : son signet, et le lien vers la ligne qui lui répond."""
    marque = signets.mark(tableau.reperes[rang]) if tableau.reperes else ""
    lien = tableau.liens[rang] if tableau.liens else ""
    if not lien:
        return marque + write_run(texte)
    forme = write_style(styles["Lien de tableau CLS"])
    return marque + signets.link(lien, write_run(texte, forme))


def _row(cellules: Iterable[str], largeurs: Sequence[int], titre: str = "") -> str:
    """Une ligne, que deux pages ne se partagent pas."""
    ecrites = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{largeur}" w:type="dxa"/></w:tcPr>{cellule}</w:tc>'
        for cellule, largeur in zip(cellules, largeurs, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{titre}</w:trPr>{ecrites}</w:tr>"
