"""La feuille « Fiches » : un bloc par fiche, une ligne par rubrique."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from clsmon.model.fiche import StatutFiche
from clsmon.model.questionnaire import Case, QuestionFiche, Questionnaire
from clsmon.workbooks.form.checks import Listes, check_field
from clsmon.workbooks.form.inert import bind_spaces, inert_text
from clsmon.workbooks.form.page import Contenu, Page
from clsmon.workbooks.form.prefill import field_answer
from clsmon.workbooks.form.styles import row_height
from clsmon.workbooks.layout import COLONNES_FICHES, Champ, Genre, fields_of

RANG = {colonne.cle: rang for rang, colonne in enumerate(COLONNES_FICHES)}
"""Le rang, à partir de 0, de chaque colonne de « Fiches »."""

_LARGEUR = {colonne.cle: colonne.largeur for colonne in COLONNES_FICHES}
_VISIBLES = range(RANG["fiche"], len(COLONNES_FICHES))
_HAUTEURS = {Genre.TEXTE: 46.0, Genre.COMMUNES: 26.0}
HAUTEUR = 21.0
"""Les hauteurs minimales, en points : les rubriques d'une fiche tiennent sur une page."""


def write_fiches(page: Page, questionnaire: Questionnaire, listes: Listes) -> int:
    """Écrit la feuille « Fiches » et rend le rang, à partir de 0, de sa première case à remplir."""
    ligne = page.open_table(COLONNES_FICHES, questionnaire, _VISIBLES, fige=RANG["reponse"])
    premieres: list[int] = []
    cellules: dict[str, list[tuple[int, int]]] = {}
    champs: dict[str, Champ] = {}
    titres: list[tuple[int, QuestionFiche]] = []
    for question in questionnaire.fiches:
        titres.append((ligne, question))
        ligne = _write_title(page, ligne, question)
        premieres.append(ligne)
        for champ in fields_of(question):
            contenu = field_answer(question, champ, questionnaire.contrat)
            _write_field(page, ligne, question.fiche.id, champ, contenu)
            nom = f"{champ.cle} {champ.libelle}"
            champs[nom] = champ
            cellules.setdefault(nom, []).append((ligne, RANG["reponse"]))
            ligne += 1
    for nom, champ in champs.items():
        page.check(cellules[nom], check_field(champ, listes))
    page.feuille.set_h_pagebreaks(_page_breaks(titres))
    premiere = premieres[0] if premieres else ligne
    page.feuille.set_selection(premiere, RANG["reponse"], premiere, RANG["reponse"])
    return premiere


def _page_breaks(titres: Sequence[tuple[int, QuestionFiche]]) -> list[int]:
    """Chaque fiche commence une page ; celles à programmer, d'une seule rubrique, se suivent."""
    return [
        ligne
        for (_, precedente), (ligne, question) in pairwise(titres)
        if {precedente.fiche.statut, question.fiche.statut} != {StatutFiche.A_PROGRAMMER}
    ]


def _write_title(page: Page, ligne: int, question: QuestionFiche) -> int:
    """Écrit le titre d'une fiche, son sous-titre s'il y en a un, et rend la ligne suivante."""
    page.write_across(ligne, _VISIBLES, question.fiche.nom, "fiche", hauteur=26)
    if not question.fiche.sous_titre:
        return ligne + 1
    page.write_across(ligne + 1, _VISIBLES, question.fiche.sous_titre, "sous_titre", hauteur=20)
    return ligne + 2


def _write_field(page: Page, ligne: int, fiche: str, champ: Champ, contenu: Contenu) -> None:
    champ = replace(champ, libelle=bind_spaces(champ.libelle), aide=bind_spaces(champ.aide))
    page.write(ligne, RANG["cle"], fiche)
    page.write(ligne, RANG["champ"], champ.cle)
    haut = ("haut",) if champ.genre is Genre.TEXTE else ()
    page.write(ligne, RANG["fiche"], fiche, "texte", "gris", "fixe", *haut)
    page.write(ligne, RANG["rubrique"], champ.libelle, "texte", "gras", "fixe", *haut)
    case = Case(fiche, champ.cle, "reponse")
    page.write_input(ligne, RANG["reponse"], case, contenu, "texte", *haut)
    page.write(ligne, RANG["aide"], champ.aide, "texte", "gris", "petit", "fixe", *haut)
    reponse = inert_text(contenu) if isinstance(contenu, str) else ""
    textes = (
        (champ.libelle, _LARGEUR["rubrique"]),
        (reponse, _LARGEUR["reponse"]),
        (champ.aide, _LARGEUR["aide"]),
    )
    page.feuille.set_row(ligne, row_height(textes, minimum=_HAUTEURS.get(champ.genre, HAUTEUR)))
