"""La feuille « Lisez-moi » du classeur « Séance » : à quoi il sert et comment le remplir."""

from __future__ import annotations

from collections.abc import Mapping

from clsmon.model.classeur_seance import ClasseurSeance
from clsmon.workbooks.form.inert import bind_spaces
from clsmon.workbooks.form.page import Page
from clsmon.workbooks.form.styles import row_height
from clsmon.workbooks.meeting.layout import DECISIONS, ORDRE, PRESENCE, PROGRAMME, SEANCE
from clsmon.workbooks.meeting.sheets import set_print, title_of

LARGEURS = (2.0, 30.0, 120.0)
"""Une marge, les étiquettes, les textes, en caractères."""

_GRILLE = range(1, 3)

ETAPES = (
    (
        "Avant",
        (
            "Relisez l’ordre du jour proposé et les convoqués. Enregistrez, collectez, puis "
            "« clsmon seance » écrit l’ordre du jour à envoyer. Notez ici le jour de l’envoi."
        ),
    ),
    ("Pendant", "Notez les présents, les excusés, chaque décision sur sa ligne."),
    (
        "Après",
        (
            "Passez l’état à « tenue », enregistrez, rangez le classeur dans retours et lancez "
            "« clsmon collect » ; « clsmon seance » écrit le compte rendu."
        ),
    ),
)
FEUILLES: Mapping[str, str] = {
    SEANCE: "État de la séance et date d’envoi de l’ordre du jour.",
    ORDRE: "Un point par ligne ; l’ordre des lignes est celui de la séance.",
    PRESENCE: "Une ligne par membre ; les lignes vides servent aux autres organismes.",
    DECISIONS: "Une ligne par décision. Les six dernières colonnes ne servent qu’à certaines.",
    PROGRAMME: "Les actions attendues de chaque fiche ; les formulaires en demanderont l’état.",
}
NATURES = (
    ("Ajout ou retrait d’une fiche", "L’objet, et le jour où il prend effet."),
    ("Modification d’une fiche", "L’objet : la fiche."),
    ("Cible", "L’objet : la mesure ; l’année à atteindre et la valeur."),
    (
        "Arbitrage",
        (
            "L’objet : la mesure ; l’exercice, puis l’organisme dont la réponse compte, ou la "
            "valeur retenue. Les autres réponses restent montrées."
        ),
    ),
    ("Programme annuel", "Ses actions vont dans la feuille « Programme »."),
    ("Adoption du bilan", "L’exercice du bilan adopté."),
    ("Avenant, autre", "Ce qui est décidé, en une phrase."),
)
REGLES = (
    ("Une case vide", "Rien n’est dit. Un état vide est « ouverte » pour une décision."),
    ("Une date", "Le jour entier : 12/05/2026, ou 12 mai 2026."),
    ("Un nom", "Celui de la liste ; un sigle suffit."),
    ("Une décision prise", "Ne s’efface pas : si elle est abandonnée, son état le dit."),
    ("Personnes", "N’écrivez ni nom, ni coordonnées : un organisme suffit partout."),
    (
        "Tout ou rien",
        "Si une case ne se lit pas, rien n’est enregistré : la question dit laquelle.",
    ),
)


class Notice:
    """Écrit la feuille de haut en bas."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.ligne = 0
        for rang, largeur in enumerate(LARGEURS):
            page.feuille.set_column(rang, rang, largeur)

    def write_across(self, texte: str, *traits: str, hauteur: float) -> None:
        """Écrit une ligne sur toute la grille."""
        self.page.write_across(self.ligne, _GRILLE, texte, *traits, hauteur=hauteur)
        self.ligne += 1

    def write_section(self, titre: str) -> None:
        """Écrit un titre de partie, précédé d'un blanc."""
        self.page.feuille.set_row(self.ligne, 10)
        self.ligne += 1
        self.write_across(bind_spaces(titre), "section", hauteur=22)

    def write_pair(self, etiquette: str, detail: str) -> None:
        """Écrit une étiquette et son texte."""
        texte = bind_spaces(detail)
        self.page.write(self.ligne, 1, bind_spaces(etiquette), "texte", "etiquette")
        self.page.write(self.ligne, 2, texte, "texte")
        self.page.feuille.set_row(self.ligne, row_height([(texte, LARGEURS[2])], minimum=18))
        self.ligne += 1

    def write_link(self, feuille: str, adresse: str, detail: str) -> None:
        """Écrit le nom d'une feuille, qui y mène, et ce qu'elle demande."""
        aspect = self.page.styles.of(("lien",))
        cible = f"internal:'{feuille}'!{adresse}"
        texte = bind_spaces(f"→ {feuille}")
        self.page.feuille.write_url(self.ligne, 1, cible, aspect, texte, f"Ouvrir {feuille}")
        self.page.write(self.ligne, 2, bind_spaces(detail), "texte")
        self.page.feuille.set_row(self.ligne, row_height([(detail, LARGEURS[2])], minimum=20))
        self.ligne += 1


def write_notice(page: Page, classeur: ClasseurSeance, premieres: Mapping[str, str]) -> None:
    """Écrit la feuille « Lisez-moi » ; `premieres` : la première case à remplir des feuilles."""
    notice = Notice(page)
    notice.write_across(title_of(classeur), "titre", hauteur=40)
    notice.write_across(classeur.dossier.contrat.titre, "contrat", hauteur=26)
    if classeur.fictif:
        page.write_banner(notice.ligne, _GRILLE)
        notice.ligne += 1
    notice.write_section("Ce classeur")
    for etiquette, detail in ETAPES:
        notice.write_pair(etiquette, detail)
    if classeur.non_nommes:
        noms = ", ".join(classeur.non_nommes)
        notice.write_pair(
            "Membres à ajouter",
            f"Le contrat cite aussi : {noms}, sans dire lesquels. Ajoutez-les sur les lignes vides "
            f"de la feuille « {PRESENCE} ».",
        )
    notice.write_section("Les feuilles")
    for feuille, adresse in premieres.items():
        notice.write_link(feuille, adresse, FEUILLES[feuille])
    notice.write_section("Ce que chaque nature de décision demande")
    for etiquette, detail in NATURES:
        notice.write_pair(etiquette, detail)
    notice.write_section("Comment remplir")
    for etiquette, detail in REGLES:
        notice.write_pair(etiquette, detail)
    set_print(page, classeur, None)
    page.feuille.fit_to_pages(1, 1)
