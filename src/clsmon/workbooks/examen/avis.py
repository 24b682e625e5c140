"""La feuille « Fiches » : ce que le bilan dit de chaque fiche, et l'avis du signataire."""

from __future__ import annotations

from clsmon.model.cahier import Cahier, FicheExaminee
from clsmon.model.libelles import AVANCEMENTS
from clsmon.model.questionnaire import Case
from clsmon.model.tableur import cut_units
from clsmon.workbooks.examen.layout import CHAMP_AVIS, CHAMP_TEXTE, COLONNES_AVIS, OBSERVATION
from clsmon.workbooks.examen.prefill import opinion_answers
from clsmon.workbooks.form.checks import Listes, check_field
from clsmon.workbooks.form.inert import inert_text
from clsmon.workbooks.form.page import Contenu, Page
from clsmon.workbooks.form.styles import row_height

RANG = {colonne.cle: rang for rang, colonne in enumerate(COLONNES_AVIS)}
"""Le rang, à partir de 0, de chaque colonne de « Fiches »."""

EXTRAIT_MAX = 300
"""Jusqu'où les faits marquants de chaque organisme sont repris, en caractères."""

NON_DECLARE = "non déclaré"
_VISIBLES = range(RANG["fiche"], len(COLONNES_AVIS))
_HAUTEUR = 46.0


def write_opinions(page: Page, cahier: Cahier, listes: Listes) -> int:
    """Écrit la feuille « Fiches » et rend le rang, à partir de 0, de sa première case."""
    premiere = page.open_table(COLONNES_AVIS, cahier, _VISIBLES, fige=RANG["titre"] + 1)
    lignes = range(premiere, premiere + len(cahier.fiches))
    for ligne, fiche in zip(lignes, cahier.fiches, strict=True):
        _write_fiche(page, ligne, fiche)
    for champ in (CHAMP_AVIS, CHAMP_TEXTE) if lignes else ():
        page.check([(ligne, RANG[champ.cle]) for ligne in lignes], check_field(champ, listes))
    page.feuille.set_selection(premiere, RANG["avis"], premiere, RANG["avis"])
    return premiere


def _contents(fiche: FicheExaminee) -> dict[str, Contenu]:
    avancement = AVANCEMENTS[fiche.avancement] if fiche.avancement else NON_DECLARE
    faits = (f"{nom} : {_extract(texte)}" for nom, texte in fiche.faits_marquants)
    return {
        "cle": fiche.fiche.id,
        "champ": OBSERVATION,
        "fiche": fiche.fiche.id,
        "titre": fiche.fiche.titre,
        "avancement": avancement,
        "faits_marquants": "\n".join(faits),
        **opinion_answers(fiche.reponse),
    }


def _extract(texte: str) -> str:
    return cut_units(" ".join(inert_text(texte).split()), EXTRAIT_MAX)


def _write_fiche(page: Page, ligne: int, fiche: FicheExaminee) -> None:
    contenus = _contents(fiche)
    for colonne in COLONNES_AVIS:
        contenu = contenus.get(colonne.cle)
        if colonne.saisie:
            case = Case(fiche.fiche.id, OBSERVATION, colonne.cle)
            page.write_input(ligne, RANG[colonne.cle], case, contenu, "texte", "haut")
            continue
        gras = ("gras",) if colonne.cle == "titre" else ()
        page.write(ligne, RANG[colonne.cle], contenu, "texte", *gras, "fixe", "haut")
    textes = (
        (inert_text(contenu), colonne.largeur)
        for colonne in COLONNES_AVIS
        if not colonne.cachee and isinstance(contenu := contenus.get(colonne.cle), str)
    )
    page.feuille.set_row(ligne, row_height(textes, minimum=_HAUTEUR))
