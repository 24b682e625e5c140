"""Les feuilles à remplir du classeur « Séance »."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clsmon.model.classeur_seance import ClasseurSeance
from clsmon.model.libelles import spell_date
from clsmon.workbooks.form.checks import Listes
from clsmon.workbooks.form.inert import bind_spaces, inert_text
from clsmon.workbooks.form.page import FICTIF, Page, margin_text, page_number
from clsmon.workbooks.form.styles import row_height
from clsmon.workbooks.layout import Colonne
from clsmon.workbooks.meeting.checks import DATES, check_cell
from clsmon.workbooks.meeting.layout import COLONNES, DECISIONS, ENVOYE_LE, ETAT, SEANCE
from clsmon.workbooks.meeting.naming import Noms
from clsmon.workbooks.meeting.rows import Contenu, Rang, facts_of, rows_of

ORIGINE = date(1899, 12, 30)
"""Le jour zéro du tableur."""

HAUTEUR = 24.0
HAUTEURS = {"decision.texte": 34.0, "point.texte": 28.0}
"""Les hauteurs minimales, en points : une phrase a la place de s'écrire."""

CONSIGNES = {
    ETAT: "« tenue » une fois la séance passée : ses décisions et son programme comptent alors.",
    ENVOYE_LE: "Avant la séance : sans cela, aucune fiche ne s’ajoute ni ne se retire (article 6).",
}
LIBELLES = {ETAT: "État de la séance", ENVOYE_LE: "Ordre du jour envoyé le"}


@dataclass
class Atelier:
    """Ce que partagent les feuilles d'un classeur que l'on écrit."""

    classeur: ClasseurSeance
    noms: Noms
    listes: Listes


def write_sheet(page: Page, nom: str, atelier: Atelier) -> int:
    """Écrit une feuille à remplir et rend sa première ligne à remplir, à partir de 0."""
    ligne = open_sheet(page, nom, atelier.classeur)
    if nom == SEANCE:
        return _write_facts(page, ligne, atelier)
    colonnes = COLONNES[nom]
    rangs = rows_of(atelier.classeur, nom, atelier.noms)
    for numero, rang in enumerate(rangs, start=ligne):
        _write_row(page, numero, colonnes, rang)
    if rangs:
        for place, colonne in enumerate(colonnes):
            if colonne.saisie:
                cellules = [(numero, place) for numero in range(ligne, ligne + len(rangs))]
                page.check(cellules, check_cell(colonne.cle, atelier.listes, atelier.noms))
    premiere = next(place for place, colonne in enumerate(colonnes) if colonne.saisie)
    page.feuille.set_selection(ligne, premiere, ligne, premiere)
    return ligne


def open_sheet(page: Page, nom: str, classeur: ClasseurSeance) -> int:
    """Écrit les clés, les titres et le bandeau d'une feuille ; rend la première ligne libre."""
    page.write_headings(COLONNES[nom], classeur.exercice)
    ligne = 2
    if classeur.fictif:
        visibles = [rang for rang, colonne in enumerate(COLONNES[nom]) if not colonne.cachee]
        page.write_banner(ligne, range(visibles[0], len(COLONNES[nom])))
        ligne += 1
    page.feuille.freeze_panes(ligne, int(nom == DECISIONS))
    set_print(page, classeur, (1, ligne - 1))
    return ligne


def set_print(page: Page, classeur: ClasseurSeance, repetees: tuple[int, int] | None) -> None:
    """Règle l'impression d'une feuille, et sa protection."""
    gauche = margin_text("&L", classeur.dossier.contrat.titre, 60)
    centre = margin_text("&C", FICTIF if classeur.fictif else "", 20)
    droite = margin_text("&R", title_of(classeur), 90)
    pied = margin_text("&L", "Des organismes, jamais de noms de personnes", 60)
    page.set_paper(gauche + centre + droite, pied + page_number(), repetees)


def title_of(classeur: ClasseurSeance) -> str:
    """« Comité de pilotage — séance du 12 mai 2026 »."""
    return f"{classeur.instance} — séance du {spell_date(classeur.seance.date)}"


def _write_row(page: Page, numero: int, colonnes: tuple[Colonne, ...], rang: Rang) -> None:
    for place, colonne in enumerate(colonnes):
        contenu = rang.get(colonne.cle)
        # A member's name is not to be typed over: a line of its own is left for another.
        nomme = colonne.cle == "presence.organisme" and contenu is not None
        saisie = colonne.saisie and not nomme
        traits = ("saisie",) if saisie else ("fixe", "gras" if nomme else "gris")
        _write_cell(page, numero, place, colonne.cle, contenu, *traits)
    textes = [(inert_text(_shown(rang.get(c.cle))), c.largeur) for c in colonnes]
    minimum = max(HAUTEURS.get(c.cle, HAUTEUR) for c in colonnes)
    page.feuille.set_row(numero, row_height(textes, minimum=minimum))


def _write_cell(
    page: Page, ligne: int, colonne: int, cle: str, contenu: Contenu, *traits: str
) -> None:
    """Une date est un vrai jour du tableur ; tout texte reste un texte, même « 3.5 »."""
    if cle in DATES:
        jour = Decimal((contenu - ORIGINE).days) if isinstance(contenu, date) else None
        page.write(ligne, colonne, jour, "texte", *traits, "date")
        return
    libre = () if isinstance(contenu, Decimal) or cle in _NOMBRES else ("libre",)
    page.write(
        ligne, colonne, contenu if not isinstance(contenu, date) else None, "texte", *traits, *libre
    )


_NOMBRES = frozenset({"decision.valeur", "decision.retient_valeur"})


def _shown(contenu: Contenu) -> str:
    return contenu if isinstance(contenu, str) else ""


def _write_facts(page: Page, ligne: int, atelier: Atelier) -> int:
    """Écrit la feuille « Séance » : ce qu'elle est, puis ses deux rubriques à remplir."""
    for libelle, texte, aide in _identity(atelier.classeur):
        _write_fact(page, ligne, ("", libelle, texte, aide))
        ligne += 1
    premiere = ligne
    for champ, contenu in facts_of(atelier.classeur):
        _write_fact(page, ligne, (champ, LIBELLES[champ], "", CONSIGNES[champ]))
        _write_cell(page, ligne, 2, champ, contenu, "saisie")
        page.check([(ligne, 2)], check_cell(champ, atelier.listes, atelier.noms))
        ligne += 1
    page.feuille.set_selection(premiere, 2, premiere, 2)
    return premiere


def _identity(classeur: ClasseurSeance) -> Iterator[tuple[str, str, str]]:
    contrat = classeur.dossier.contrat
    yield "Contrat", contrat.titre, ""
    yield "Instance", classeur.instance, ""
    yield "Date", spell_date(classeur.seance.date), "Une autre date : demandez un autre classeur."
    yield "Exercice examiné", str(classeur.exercice), ""
    if classeur.annee_programme is not None:
        yield "Programme fixé pour", str(classeur.annee_programme), "Feuille « Programme »."


def _write_fact(page: Page, ligne: int, textes: tuple[str, str, str, str]) -> None:
    champ, libelle, contenu, aide = (bind_spaces(texte) for texte in textes)
    page.write(ligne, 0, champ)
    page.write(ligne, 1, libelle, "texte", "gras", "fixe")
    page.write(ligne, 2, contenu, "texte", "fixe")
    page.write(ligne, 3, aide, "texte", "gris", "petit", "fixe")
    hauteur = row_height([(contenu, 36), (aide, 70)], minimum=HAUTEUR)
    page.feuille.set_row(ligne, hauteur)
