"""Une feuille de texte, écrite de haut en bas : titres, étiquettes, cases expliquées."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clsmon.model.contrat import Contrat
from clsmon.model.libelles import spell_date
from clsmon.model.questionnaire import Envoi
from clsmon.workbooks.form.inert import bind_spaces
from clsmon.workbooks.form.page import Page
from clsmon.workbooks.form.styles import row_height

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

ETIQUETTE, DETAIL = 1, 2
"""Les colonnes d'une étiquette et de son texte ; la première est une marge."""


def long_date(jour: date) -> str:
    """« dimanche 15 mars 2026 »."""
    return f"{JOURS[jour.weekday()]} {spell_date(jour)}"


def full_name(envoi: Envoi) -> str:
    """Le nom de celui à qui le classeur est envoyé, et son sigle."""
    organisme = envoi.contrat.organismes.get(envoi.organisme)
    if organisme is None:
        return envoi.organisme
    return f"{organisme.nom} ({organisme.sigle})" if organisme.sigle else organisme.nom


class Leaflet:
    """Une feuille de texte ; `largeurs` : celles de ses colonnes, en caractères."""

    def __init__(self, page: Page, largeurs: Sequence[float]) -> None:
        self.page = page
        self.ligne = 0
        self.largeurs = [float(largeur) for largeur in largeurs]
        self.grille = range(1, len(largeurs))
        for rang, largeur in enumerate(largeurs):
            page.feuille.set_column(rang, rang, largeur)

    def write_heading(self, titre: str, contrat: Contrat, *, fictif: bool) -> None:
        """Écrit le titre du classeur, le contrat, et le bandeau des données fictives."""
        self.write_across(titre, "titre", hauteur=40)
        self.write_across(contrat.titre, "contrat", hauteur=26)
        if fictif:
            self.page.write_banner(self.ligne, self.grille)
            self.ligne += 1

    def write_across(self, texte: str, *traits: str, hauteur: float) -> None:
        """Écrit une ligne sur toute la grille."""
        self.page.write_across(self.ligne, self.grille, texte, *traits, hauteur=hauteur)
        self.ligne += 1

    def write_section(self, titre: str) -> None:
        """Écrit un titre de partie, précédé d'un blanc."""
        self.page.feuille.set_row(self.ligne, 10)
        self.ligne += 1
        self.write_across(bind_spaces(titre), "section", hauteur=22)

    def write_pair(self, etiquette: str, detail: str, *traits: str) -> None:
        """Écrit une étiquette et, sur le reste de la grille, son texte."""
        self.page.write(self.ligne, ETIQUETTE, bind_spaces(etiquette), "texte", "etiquette")
        self._merge_detail(detail, *traits)

    def write_link(self, feuille: str, adresse: str, texte: str, detail: str = "") -> None:
        """Écrit un lien vers la première case à remplir d'une feuille, et ce qu'elle demande."""
        nom = feuille if feuille.isascii() and feuille.isalnum() else f"'{feuille}'"
        self.page.feuille.write_url(
            self.ligne,
            ETIQUETTE,
            f"internal:{nom}!{adresse}",
            self.page.styles.of(("lien",)),
            bind_spaces(f"→ {texte}"),
            f"Ouvrir {feuille}",
        )
        if detail:
            self._merge_detail(bind_spaces(detail))
            return
        self.page.feuille.set_row(self.ligne, 20)
        self.ligne += 1

    def write_swatch(self, trait: str, exemple: str, detail: str) -> None:
        """Écrit une case colorée comme celles qu'elle explique, et l'explication."""
        # Locked by the last trait of the list: the example is no cell to fill in.
        self.page.write(self.ligne, ETIQUETTE, exemple, "texte", trait, "verrou")
        self._merge_detail(bind_spaces(detail))

    def _merge_detail(self, detail: str, *traits: str) -> None:
        derniere = self.grille.stop - 1
        if derniere > DETAIL:
            aspect = self.page.styles.of(("texte", *traits))
            self.page.feuille.merge_range(self.ligne, DETAIL, self.ligne, derniere, "", aspect)
        self.page.write(self.ligne, DETAIL, detail, "texte", *traits)
        hauteur = row_height([(detail, sum(self.largeurs[DETAIL:]))], minimum=18)
        self.page.feuille.set_row(self.ligne, hauteur)
        self.ligne += 1
