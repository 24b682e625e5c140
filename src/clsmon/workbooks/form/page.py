"""Une feuille que l'on écrit : tout texte y passe par `inert_text`, rien n'y devient formule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from clsmon.model.questionnaire import Case, Envoi, Remarque
from clsmon.model.tableur import cut_units, spell_string
from clsmon.workbooks.form.inert import COUPE, FORMULE, bind_spaces, inert_text
from clsmon.workbooks.form.styles import Styles, count_text
from clsmon.workbooks.layout import Colonne, heading

Contenu = Decimal | str | None
"""Ce qu'une cellule reçoit : un nombre, un texte, ou rien."""

FICTIF = "DONNÉES FICTIVES"
BANDEAU = f"{FICTIF} — formulaire de démonstration, à ne pas utiliser"
PIED = "Formulaire de suivi : une case vide n’est pas un zéro"
A4 = 9
NOTE_MAX = 1_000
"""La plus longue note qui se lise encore d'un coup d'œil, en caractères."""
LARGEUR_NOTE = 46.0
"""La largeur d'une note, en chiffres."""
_POLICE_MARGE = '&8&"Arial,Regular"'
_PROTECTION = {"format_columns": True, "format_rows": True}


class Page:
    """Une feuille du classeur ; les lignes et colonnes se comptent à partir de 0."""

    def __init__(
        self, feuille: Any, styles: Styles, remarques: Iterable[Remarque] = (), pied: str = PIED
    ) -> None:
        self.feuille = feuille
        self.styles = styles
        self.pied = pied
        self.places: dict[Case, tuple[int, int]] = {}
        """Où sont les cases redemandées par `remarques`."""
        self._questions: dict[Case, list[str]] = {}
        for remarque in remarques:
            if remarque.case is not None:
                self._questions.setdefault(remarque.case, []).append(remarque.question)
        feuille.hide_gridlines(2)
        feuille.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def write(self, ligne: int, colonne: int, contenu: Contenu, *traits: str) -> None:
        """Écrit un nombre, un texte tel quel, ou une cellule vide mise en forme."""
        if isinstance(contenu, Decimal):
            entier = ("entier",) if _is_whole(contenu) and "saisie" not in traits else ()
            aspect = self.styles.of((*traits, *entier))
            self.feuille.write_number(ligne, colonne, float(contenu), aspect)
            return
        texte = inert_text(contenu) if contenu else ""
        if not texte:
            self.feuille.write_blank(ligne, colonne, None, self.styles.of(traits))
            return
        if texte.startswith(FORMULE):
            traits = (*traits, "apostrophe")
        self.feuille.write_string(
            ligne, colonne, spell_string(texte, COUPE), self.styles.of(traits)
        )

    def write_input(
        self, ligne: int, colonne: int, case: Case, contenu: Contenu, *traits: str
    ) -> None:
        """Écrit une case à remplir ; redemandée, elle change d'aspect et une note dit pourquoi."""
        questions = self._questions.get(case)
        if questions is None:
            self.write(ligne, colonne, contenu, *traits, "saisie")
            return
        self.write(ligne, colonne, contenu, *traits, "saisie", "doute")
        self.places[case] = (ligne, colonne)
        texte = cut_units(inert_text("\n\n".join(questions)), NOTE_MAX)
        hauteur = 30 + 15 * count_text(texte, LARGEUR_NOTE)
        aspect = {"width": 300, "height": hauteur, "font_name": "Arial", "font_size": 9}
        self.feuille.write_comment(ligne, colonne, texte, {"author": "", **aspect})

    def write_across(
        self, ligne: int, colonnes: range, texte: str, *traits: str, hauteur: float
    ) -> None:
        """Écrit une ligne de titre : le texte dans la première colonne, l'aspect sur toutes."""
        self.feuille.set_row(ligne, hauteur)
        for colonne in colonnes:
            self.write(ligne, colonne, texte if colonne == colonnes.start else None, *traits)

    def write_banner(self, ligne: int, colonnes: range) -> None:
        """Écrit le bandeau des données fictives."""
        self.write_across(ligne, colonnes, BANDEAU, "fictif", hauteur=24)

    def open_table(
        self,
        colonnes: Sequence[Colonne],
        envoi: Envoi,
        visibles: range,
        *,
        fige: int,
        inutiles: frozenset[str] = frozenset(),
    ) -> int:
        """
        Écrit le haut d'une feuille à remplir et règle son impression.

        Les titres, et le bandeau des données fictives, restent visibles au défilement, comme
        les colonnes à gauche de `fige`. Rend le rang de la première ligne libre.
        """
        self.write_headings(colonnes, envoi.exercice, inutiles)
        ligne = 2
        if envoi.fictif:
            self.write_banner(ligne, visibles)
            ligne += 1
        self.feuille.freeze_panes(ligne, fige)
        self.set_print(envoi, (1, ligne - 1))
        return ligne

    def write_headings(
        self, colonnes: Sequence[Colonne], exercice: int, inutiles: frozenset[str] = frozenset()
    ) -> None:
        """Écrit les clés machine (ligne 1, cachée) et les titres, et règle les largeurs."""
        for rang, colonne in enumerate(colonnes):
            cachee = colonne.cachee or colonne.cle in inutiles
            self.feuille.set_column(rang, rang, colonne.largeur, None, {"hidden": cachee})
            self.write(0, rang, colonne.cle)
            saisie = ("colonne_saisie",) if colonne.saisie else ()
            self.write(1, rang, heading(colonne, exercice), "colonne", *saisie)
        self.feuille.set_row(0, None, None, {"hidden": True})
        self.feuille.set_row(1, 32)

    def check(self, cellules: Sequence[tuple[int, int]], controle: Mapping[str, Any]) -> None:
        """Pose un même contrôle de saisie sur des cellules."""
        (ligne, colonne), *autres = cellules
        options = dict(controle)
        if autres:
            options["other_cells"] = [[lig, col, lig, col] for lig, col in autres]
        self.feuille.data_validation(ligne, colonne, ligne, colonne, options)

    def set_print(self, envoi: Envoi, repetees: tuple[int, int] | None) -> None:
        """Règle l'impression d'une feuille de formulaire, et sa protection."""
        self.set_paper(page_header(envoi), page_footer(self.pied), repetees)

    def set_paper(self, entete: str, pied: str, repetees: tuple[int, int] | None) -> None:
        """Règle l'impression (A4 paysage, une page de large, en-tête et pied) et la protection."""
        self.feuille.set_paper(A4)
        self.feuille.set_landscape()
        self.feuille.fit_to_pages(1, 0)
        self.feuille.center_horizontally()
        self.feuille.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.65)
        self.feuille.set_header(entete, {"margin": 0.35})
        self.feuille.set_footer(pied, {"margin": 0.3})
        if repetees:
            self.feuille.repeat_rows(*repetees)
        self.feuille.protect("", _PROTECTION)


def _is_whole(nombre: Decimal) -> bool:
    return nombre == nombre.to_integral()


def margin_text(cote: str, texte: str, limite: int) -> str:
    """Un texte d'un en-tête ou d'un pied imprimé ; `cote` : « &L », « &C » ou « &R »."""
    ligne = inert_text(texte).replace("\n", " ")
    # « && » counts for two of Excel's 255 characters: room for it is kept before cutting.
    court = cut_units(ligne, max(2, limite - ligne.count("&")))
    return f"{cote}{_POLICE_MARGE}{court.replace('&', '&&')}" if court else ""


def page_header(envoi: Envoi) -> str:
    """L'en-tête imprimé : contrat, données fictives s'il y a lieu, organisme et exercice."""
    organisme = envoi.contrat.nom_court(envoi.organisme)
    gauche = margin_text("&L", envoi.contrat.titre, 60)
    centre = margin_text("&C", FICTIF if envoi.fictif else "", 20)
    droite = margin_text("&R", f"{cut_units(organisme, 40)} — exercice {envoi.exercice}", 60)
    return gauche + centre + droite


def page_footer(pied: str = PIED) -> str:
    """Le pied imprimé : ce qu’il ne faut pas confondre, et le numéro de page."""
    return margin_text("&L", bind_spaces(pied), 60) + page_number()


def page_number() -> str:
    """Le numéro de page, à droite d'un pied imprimé."""
    return f"&R{_POLICE_MARGE}Page &P / &N"
