"""Une feuille du classeur : ses formats, son bandeau, ses tableaux typés, son impression."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from clsmon.model.anomalie import ClsmonError
from clsmon.model.arial import count_lines
from clsmon.model.bilan import Bilan
from clsmon.model.libelles import STATUTS
from clsmon.model.noeud import round_decimal
from clsmon.model.statut import Statut
from clsmon.model.tableur import LIMITE_CELLULE, cut_units, spell_string
from clsmon.model.texte import clean_text
from clsmon.render.cells import INCOMPLETE, Annee, Cellule, Colonne, Montant, Tableau, Taux
from clsmon.render.closing import spell_footer
from clsmon.render.spelling import INCOMPLET

POLICE: Mapping[str, object] = {"font_name": "Arial", "font_size": 10, "font_scheme": False}
"""Celle du classeur entier : les colonnes ont partout la même largeur, même sans Calibri."""
COUPE = " […] (texte coupé, voir le classeur reçu)"
ROUGE, GRIS = "#8B1A1A", "#5B6472"
RIEN = "Rien n’est enregistré pour cet exercice."
FICTIF = "DONNÉES FICTIVES : démonstration, aucun chiffre n’est réel"
HAUTEUR_LIGNE, HAUTEUR_MAXIMALE = 13, 400
A4, SANS_LIMITE, HACHURES, POINTS = 9, 0, 14, 17
EN_RETRAIT: Mapping[str, object] = {"italic": True, "bg_color": "#E3E5E8"}
Nombre = int | Decimal | Taux | Montant
Formats = dict[tuple[tuple[str, object], ...], Format]
CARACTERES_PAR_PAGE = 270
"""Au-delà, une feuille s'imprime sur plusieurs pages de large, sa première colonne répétée."""

_STYLES: Mapping[Statut, Mapping[str, object]] = {
    Statut.RENSEIGNE: {},
    Statut.ESTIME: {"italic": True, "bg_color": "#DCEBF7"},
    Statut.NON_DISPONIBLE: {"bg_color": "#E3E5E8"},
    Statut.SANS_OBJET: {"pattern": HACHURES, "fg_color": "#C9CDD2", "bg_color": "#FFFFFF"},
    Statut.A_VERIFIER: {"bold": True, "bg_color": "#FBE3CC", "font_color": ROUGE},
    Statut.NON_REPONDU: {
        "pattern": POINTS,
        "fg_color": "#C9CDD2",
        "bg_color": "#FFFFFF",
        "bold": True,
    },
    Statut.CALCULE: {"bg_color": "#EEF4EA"},
    **dict.fromkeys((Statut.NON_CALCULABLE, Statut.SECRET, Statut.NON_PUBLIE), EN_RETRAIT),
}
"""Le fond ou le motif de chaque état, en plus de son mot."""
_FONDS = {STATUTS[statut]: style for statut, style in _STYLES.items()}


def shorten_text(texte: str) -> str:
    """Un texte propre qui tient dans une cellule ; s'il est coupé, il le dit."""
    return cut_units(clean_text(texte), LIMITE_CELLULE, COUPE)


def read_float(nombre: Decimal) -> float:
    """Le nombre de la cellule, à quinze chiffres significatifs ; refuse ce qui n'est pas fini."""
    flottant = float(round_decimal(nombre)) if nombre.is_finite() else math.inf
    if not math.isfinite(flottant):
        raise ClsmonError(f"« {nombre} » n’est pas un nombre : il n’entre pas dans un classeur.")
    return flottant


@dataclass
class Feuille:
    """
    Une feuille en cours d'écriture ; `ligne` est la prochaine ligne libre, à partir de 0.

    `largeurs` : celles de ses colonnes, que tous ses tableaux partagent.
    """

    classeur: Workbook
    feuille: Worksheet
    formats: Formats
    accent: str
    ligne: int = 0
    largeurs: tuple[float, ...] = ()

    def style(self, **proprietes: object) -> Format:
        """Un format du classeur, créé une seule fois."""
        cle = tuple(sorted(proprietes.items()))
        if cle not in self.formats:
            base = {**POLICE, "valign": "top", **proprietes}
            self.formats[cle] = self.classeur.add_format(base)
        return self.formats[cle]

    def heading_style(self, colonne: Colonne) -> Format:
        """Le titre d'une colonne : en blanc sur la couleur, sur gris quand elle est technique."""
        fond = GRIS if colonne.technique else self.accent
        encadre = {"text_wrap": True, "border": 1, "valign": "vcenter"}
        return self.style(bold=True, font_color="#FFFFFF", bg_color=fond, **encadre)

    def write_title(self, texte: str, taille: int = 14) -> None:
        """Un titre sur une ligne."""
        style = self.style(bold=True, font_size=taille, font_color=self.accent)
        self._text(self.ligne, 0, texte, style)
        self.feuille.set_row(self.ligne, 1.5 * taille)
        self.ligne += 1

    def write_line(self, texte: str, **proprietes: object) -> None:
        """Une ligne de texte dans la première colonne."""
        self._text(self.ligne, 0, texte, self.style(quote_prefix=True, **proprietes))
        self.ligne += 1

    def write_wide(self, texte: str, colonnes: tuple[Colonne, ...]) -> None:
        """Un texte sur la largeur de plusieurs colonnes, sur autant de lignes qu'il en faut."""
        style = self.style(text_wrap=True, quote_prefix=True)
        self.feuille.merge_range(self.ligne, 0, self.ligne, len(colonnes) - 1, "", style)
        self._text(self.ligne, 0, texte, style)
        self.fit_row([texte], [sum(c.largeur for c in colonnes)])
        self.ligne += 1

    def fit_row(self, cellules: Iterable[Cellule], largeurs: Iterable[float]) -> None:
        """
        La hauteur de la ligne selon son plus long texte : LibreOffice ne l'ajuste pas seul.

        Une largeur nulle est celle d'une cellule qui ne se lit pas à l'impression.
        """
        lignes = max(
            count_lines(texte, largeur) if largeur else 1
            for texte, largeur in zip(map(_words, cellules), largeurs, strict=True)
        )
        self.feuille.set_row(self.ligne, min(HAUTEUR_MAXIMALE, HAUTEUR_LIGNE * lignes + 3))

    def write_header(self, colonnes: tuple[Colonne, ...]) -> None:
        """Une ligne de titres de colonnes."""
        for rang, colonne in enumerate(colonnes):
            self._text(self.ligne, rang, colonne.titre, self.heading_style(colonne))
        lues = zip(colonnes, self.read_widths(colonnes), strict=True)
        largeurs = [largeur or colonne.largeur for colonne, largeur in lues]
        self.fit_row((c.titre for c in colonnes), (0.8 * w for w in largeurs))
        self.ligne += 1

    def write_table(self, tableau: Tableau, etat: int | None = None) -> range:
        """
        Un tableau entier ; rend ses lignes de données.

        `etat` : le rang de la colonne dont le mot donne son fond à sa cellule et à la suivante.
        """
        self.write_header(tableau.colonnes)
        largeurs = self.read_widths(tableau.colonnes)
        debut = self.ligne
        for cellules in tableau.lignes:
            fond = look_of(cellules[etat]) if etat is not None else {}
            for rang, cellule in enumerate(cellules):
                touche = etat is not None and rang - etat in {0, 1}
                self.write_cell(self.ligne, rang, cellule, fond if touche else {}, largeurs[rang])
            self.fit_row(cellules, largeurs)
            self.ligne += 1
        return range(debut, self.ligne)

    def write_block(self, tableau: Tableau) -> range:
        """Un tableau sous son titre, suivi d'un blanc ; rend ses lignes de données."""
        self.write_title(tableau.titre, 12)
        donnees = self.write_table(tableau)
        self.ligne += 1
        return donnees

    def write_cell(
        self, ligne: int, rang: int, cellule: Cellule, fond: Mapping[str, object], largeur: float
    ) -> None:
        """Une cellule selon son type : texte, nombre, taux, montant, date ou vide."""
        commun: dict[str, Any] = {"border": 1, "border_color": "#C9CDD2", **fond}
        match cellule:
            case None | "":
                self.feuille.write_blank(ligne, rang, None, self.style(**commun))
            case str():
                style = self.style(**commun, text_wrap=bool(largeur), quote_prefix=True)
                self._text(ligne, rang, cellule, style)
            case Annee():
                style = self.style(**commun, num_format="0", align="center")
                self.feuille.write_number(ligne, rang, float(cellule.annee), style)
            case date():
                style = self.style(**commun, num_format="dd/mm/yyyy", align="left")
                self.feuille.write_datetime(ligne, rang, cellule, style)
            case _:
                nombre = read_float(_bare(cellule))
                style = self.style(**commun, num_format=_mask(cellule), align="right", indent=1)
                self.feuille.write_number(ligne, rang, nombre, style)

    def _text(self, ligne: int, rang: int, texte: str, style: Format) -> None:
        propre = spell_string(shorten_text(texte), COUPE)
        self.feuille.write_string(ligne, rang, propre, style)

    def set_widths(self, colonnes: tuple[Colonne, ...]) -> None:
        """La largeur des colonnes, en caractères."""
        for rang, colonne in enumerate(colonnes):
            self.feuille.set_column(rang, rang, colonne.largeur)
        self.largeurs = tuple(colonne.largeur for colonne in colonnes)

    def read_widths(self, colonnes: tuple[Colonne, ...]) -> list[float]:
        """La largeur de chaque colonne lue à l'impression, zéro pour une colonne technique."""
        fixees = dict(enumerate(self.largeurs))
        return [
            0 if colonne.technique else fixees.get(rang, colonne.largeur)
            for rang, colonne in enumerate(colonnes)
        ]


def _words(cellule: Cellule) -> str:
    return clean_text(cellule) if isinstance(cellule, str) else ""


def look_of(mot: Cellule) -> Mapping[str, object]:
    """Le fond ou le motif d'un état, plus gras et en couleur quand il se dit incomplet."""
    if not isinstance(mot, str):
        return {}
    fond = _FONDS.get(mot.removesuffix(INCOMPLET), {})
    return {**fond, "bold": True, "font_color": ROUGE} if mot.endswith(INCOMPLET) else fond


def _bare(cellule: Nombre) -> Decimal:
    match cellule:
        case Taux(points):
            return points
        case Montant(euros):
            return euros
        case _:
            return Decimal(cellule)


def _mask(cellule: Nombre) -> str:
    match cellule:
        case Taux():
            return '0.0" %"'
        case Montant(euros, incomplet):
            unite = f'" €{INCOMPLETE}"' if incomplet else '" €"'
            return ("#,##0.00" if euros % 1 else "#,##0") + unite
        case _:
            return mask_of(Decimal(cellule))


def mask_of(nombre: Decimal) -> str:
    """Le masque d'un nombre : séparateur des milliers, et ses décimales s'il en a (6 au plus)."""
    exposant = round_decimal(nombre).as_tuple().exponent
    decimales = min(6, -exposant) if isinstance(exposant, int) and exposant < 0 else 0
    return "#,##0" + ("." + "0" * decimales if decimales else "")


def open_sheet(classeur: Workbook, formats: Formats, bilan: Bilan, nom: str) -> Feuille:
    """Une feuille d'un bilan, projet ou définitif."""
    accent, pied = bilan.contrat.couleurs.principale, spell_footer(bilan)
    return open_page(classeur, formats, nom, pied, accent, fictif=bilan.fictif)


def open_page(  # noqa: PLR0913  what a sheet is told
    classeur: Workbook, formats: Formats, nom: str, pied: str, accent: str, *, fictif: bool
) -> Feuille:
    """Une feuille prête : impression A4 paysage, pied de page, bandeau des données fictives."""
    feuille = classeur.add_worksheet(nom)
    feuille.set_landscape()
    feuille.set_paper(A4)
    feuille.fit_to_pages(1, SANS_LIMITE)
    feuille.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    feuille.hide_gridlines(2)
    avis, police = "DONNÉES FICTIVES — " if fictif else "", '&8&"Arial,Regular"'
    feuille.set_footer(f"&L{police}{avis}{pied}&C{police}&A&R{police}Page &P / &N")
    ouverte = Feuille(classeur, feuille, formats, accent)
    if fictif:
        feuille.set_header('&C&"Arial,Bold"DONNÉES FICTIVES')
        style = ouverte.style(bold=True, font_color="#FFFFFF", bg_color=ROUGE, font_size=12)
        feuille.set_row(0, 18, style)
        feuille.write_string(0, 0, FICTIF, style)
        ouverte.ligne = 1
    return ouverte


def write_list(
    feuille: Feuille, tableau: Tableau, etat: int | None = None, vide: str = RIEN
) -> None:
    """Une feuille d'un seul tableau : titre, en-tête répété et figé, filtre automatique."""
    feuille.write_title(tableau.titre)
    entete = feuille.ligne
    feuille.set_widths(tableau.colonnes)
    imprimees = feuille.read_widths(tableau.colonnes)
    pages = 1 + int(sum(imprimees) / CARACTERES_PAR_PAGE)
    if pages > 1:
        feuille.feuille.fit_to_pages(pages, SANS_LIMITE)
        feuille.feuille.repeat_columns(0)
    donnees = feuille.write_table(tableau, etat)
    lues = imprimees.index(0) if 0 in imprimees else len(imprimees)
    feuille.feuille.print_area(0, 0, max(entete + 1, feuille.ligne - 1), lues - 1)
    feuille.feuille.repeat_rows(entete)
    feuille.feuille.freeze_panes(entete + 1, 1)
    if donnees:
        feuille.feuille.autofilter(entete, 0, donnees[-1], len(tableau.colonnes) - 1)
    else:
        feuille.write_line(vide, italic=True)
