"""La feuille « À corriger » : ce qu'un formulaire corrigé redemande, et où le reprendre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clsmon.model.questionnaire import Envoi, Remarque
from clsmon.workbooks.form.checks import column_letter
from clsmon.workbooks.form.inert import bind_spaces, inert_text
from clsmon.workbooks.form.page import Page
from clsmon.workbooks.form.styles import row_height
from clsmon.workbooks.layout import FICHES, SAISIE

TITRES = ("La case", "La question", "Ce qui est écrit", "Dans votre fichier")
LARGEURS = (2.0, 16.0, 66.0, 44.0, 30.0)
"""Une marge, puis une colonne par titre, en chiffres."""

_GRILLE = range(1, len(LARGEURS))
_LARGEUR = sum(LARGEURS[1:])

GARDE = (
    "Ce classeur contient tout ce que vous aviez écrit. Les cases à reprendre sont orange dans les "
    f"feuilles « {SAISIE} » et « {FICHES} » ; leur note redit la question."
)
FAIRE = (
    "À corriger : reprenez la case. À confirmer : corrigez-la, ou écrivez dans la colonne "
    "Commentaire de sa ligne pourquoi elle est juste. Laissée telle quelle, elle est redemandée. "
    "Enregistrez, puis renvoyez ce classeur : il remplacera le premier."
)
CORRIGER = "Pas enregistré : à corriger"
REPORTER = "Pas enregistré, et sans case connue : à reporter sur la bonne ligne"
CONFIRMER = "Enregistré : à confirmer"


def write_corrections(
    page: Page,
    envoi: Envoi,
    feuilles: Mapping[str, Page],
    consignes: Sequence[str] = (GARDE, FAIRE),
) -> None:
    """Écrit la feuille « À corriger » ; `feuilles`, déjà écrites, disent où sont les cases."""
    for rang, largeur in enumerate(LARGEURS):
        page.feuille.set_column(rang, rang, largeur)
    titre = f"À corriger — exercice {envoi.exercice}"
    page.write_across(0, _GRILLE, titre, "titre", hauteur=40)
    page.write_across(1, _GRILLE, envoi.contrat.titre, "contrat", hauteur=26)
    ligne = 2
    if envoi.fictif:
        page.write_banner(ligne, _GRILLE)
        ligne += 1
    for consigne in consignes:
        _write_wide(page, ligne, bind_spaces(consigne))
        ligne += 1
    for nom, remarques in _parts(envoi.remarques).items():
        ligne = _write_part(page, ligne, f"{nom} ({len(remarques)})", remarques, feuilles)
    page.set_print(envoi, None)


def _parts(remarques: Sequence[Remarque]) -> dict[str, list[Remarque]]:
    """Les remarques par partie de la feuille, la plus pressante d'abord ; aucune partie vide."""
    parties: dict[str, list[Remarque]] = {CORRIGER: [], REPORTER: [], CONFIRMER: []}
    for remarque in remarques:
        pressante = CORRIGER if remarque.case else REPORTER
        parties[pressante if remarque.grave else CONFIRMER].append(remarque)
    return {nom: siennes for nom, siennes in parties.items() if siennes}


def _write_wide(page: Page, ligne: int, texte: str) -> None:
    """Écrit un texte sur toute la largeur de la grille."""
    aspect = page.styles.of(("texte",))
    page.feuille.merge_range(ligne, _GRILLE.start, ligne, _GRILLE.stop - 1, "", aspect)
    page.write(ligne, _GRILLE.start, texte, "texte")
    page.feuille.set_row(ligne, row_height([(texte, _LARGEUR)], minimum=24))


def _write_part(
    page: Page, ligne: int, titre: str, remarques: Sequence[Remarque], feuilles: Mapping[str, Page]
) -> int:
    """Écrit une partie et rend la ligne suivante."""
    page.feuille.set_row(ligne, 10)
    page.write_across(ligne + 1, _GRILLE, bind_spaces(titre), "section", hauteur=22)
    for colonne, entete in zip(_GRILLE, TITRES, strict=True):
        page.write(ligne + 2, colonne, entete, "colonne")
    page.feuille.set_row(ligne + 2, 22)
    for rang, remarque in enumerate(remarques, start=ligne + 3):
        _write_link(page, rang, remarque, feuilles)
        textes = [inert_text(t) for t in (remarque.question, remarque.saisi, remarque.place)]
        for colonne, texte in zip(_GRILLE[1:], textes, strict=True):
            page.write(rang, colonne, texte, "texte", "fixe", "haut")
        hauteur = row_height(zip(textes, LARGEURS[2:], strict=True), minimum=30)
        page.feuille.set_row(rang, hauteur)
    return ligne + 3 + len(remarques)


def _write_link(page: Page, ligne: int, remarque: Remarque, feuilles: Mapping[str, Page]) -> None:
    for nom, feuille in feuilles.items():
        if remarque.case in feuille.places:
            rang, colonne = feuille.places[remarque.case]
            adresse = f"{column_letter(colonne)}{rang + 1}"
            aspect = page.styles.of(("lien", "fixe", "haut"))
            cible, bulle = f"internal:{nom}!{adresse}", f"Aller à la case {adresse}"
            page.feuille.write_url(ligne, _GRILLE.start, cible, aspect, f"{nom} {adresse}", bulle)
            return
    page.write(ligne, _GRILLE.start, None, "texte", "fixe")
