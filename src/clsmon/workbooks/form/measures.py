"""La feuille « Saisie » : une ligne par mesure, sous le titre de sa fiche."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from clsmon.model.indicateur import TypeMesure
from clsmon.model.questionnaire import Case, Question, Questionnaire
from clsmon.workbooks.form.checks import (
    Listes,
    check_comment,
    check_source,
    check_state,
    check_term,
    check_value,
)
from clsmon.workbooks.form.inert import inert_text
from clsmon.workbooks.form.page import Contenu, Page
from clsmon.workbooks.form.prefill import is_answered, measure_answers, previous_answer
from clsmon.workbooks.form.styles import row_height
from clsmon.workbooks.layout import COLONNES_SAISIE, TERMES

RANG = {colonne.cle: rang for rang, colonne in enumerate(COLONNES_SAISIE)}
"""Le rang, à partir de 0, de chaque colonne de « Saisie »."""

_VISIBLES = range(RANG["fiche"], len(COLONNES_SAISIE))
HAUTEUR_TEXTE, HAUTEUR_CHIFFRE = 62.0, 30.0
"""La hauteur minimale d'une ligne, en points : un texte se lit en entier, un chiffre respire."""
_SANS_UNITE = {
    TypeMesure.TEXTE: "texte",
    TypeMesure.OUI_NON: "oui ou non",
    TypeMesure.CHOIX: "choix",
}


@dataclass(frozen=True)
class Etendue:
    """Où sont les mesures d'une feuille écrite (lignes à partir de 0), et combien ont réponse."""

    premiere: int
    derniere: int
    renseignees: int


@dataclass(frozen=True)
class Titre:
    """Une ligne de titre : ni clé, ni mesure, ni case à remplir."""

    texte: str
    traits: tuple[str, ...]
    hauteur: float


def write_measures(page: Page, questionnaire: Questionnaire, listes: Listes) -> Etendue:
    """Écrit la feuille « Saisie » et dit où sont ses mesures."""
    ligne = page.open_table(
        COLONNES_SAISIE,
        questionnaire,
        _VISIBLES,
        fige=RANG["mesure"] + 1,
        inutiles=_useless(questionnaire),
    )
    places: dict[int, Question] = {}
    for rang, contenu in enumerate(_rows(questionnaire), start=ligne):
        if isinstance(contenu, Titre):
            page.write_across(
                rang, _VISIBLES, contenu.texte, *contenu.traits, hauteur=contenu.hauteur
            )
        else:
            _write_question(
                page,
                rang,
                contenu,
                rappel=_reminder(questionnaire, contenu),
                premiere=_opens_indicator(places, contenu),
            )
            places[rang] = contenu
    _check_inputs(page, places, questionnaire.exercice, listes)
    premiere, derniere = min(places, default=ligne), max(places, default=ligne)
    page.feuille.set_selection(premiere, RANG["valeur"], premiere, RANG["valeur"])
    renseignees = sum(is_answered(measure_answers(q)) for q in places.values())
    return Etendue(premiere, derniere, renseignees)


def _useless(questionnaire: Questionnaire) -> frozenset[str]:
    """Les colonnes que rien ne remplira : cachées, pour que les autres se lisent mieux."""
    mesures = questionnaire.mesures
    rappels = any(_reminder(questionnaire, q) is not None for q in mesures)
    taux = any(q.situee.mesure.type is TypeMesure.TAUX for q in mesures)
    utiles = {
        "valeur_initiale": any(q.initiale is not None for q in mesures),
        "valeur_precedente": rappels,
        **dict.fromkeys(TERMES, taux),
    }
    return frozenset(cle for cle, utile in utiles.items() if not utile)


def _reminder(questionnaire: Questionnaire, question: Question) -> Contenu:
    """La réponse de l'an dernier ; rien si elle n'a pas été demandée, ou si rien n'a été rendu."""
    rendu = any(q.precedente is not None for q in questionnaire.mesures)
    demandee = question.situee.demandee_en(questionnaire.exercice - 1)
    if question.precedente is None and not (rendu and demandee):
        return None
    return previous_answer(question.precedente, question.situee.mesure)


def _rows(questionnaire: Questionnaire) -> Iterator[Titre | Question]:
    for nom, de_la_fiche in groupby(questionnaire.mesures, lambda q: q.situee.fiche.nom):
        yield Titre(nom, ("fiche",), 26)
        groupes = groupby(de_la_fiche, lambda q: q.situee.indicateur.groupe)
        for rang, (groupe, questions) in enumerate(groupes):
            if groupe or rang:
                yield Titre(groupe or "Autres indicateurs", ("groupe",), 22)
            yield from questions


def _opens_indicator(places: Mapping[int, Question], question: Question) -> bool:
    if not places:
        return True
    precedente = places[max(places)].situee
    situee = question.situee
    return (precedente.fiche.id, precedente.indicateur.id) != (
        situee.fiche.id,
        situee.indicateur.id,
    )


def _contents(question: Question, rappel: Contenu) -> Mapping[str, Contenu]:
    situee = question.situee
    mesure = situee.mesure
    return {
        "cle": situee.cle,
        "fiche": situee.fiche.id,
        "indicateur": situee.indicateur.libelle,
        "mesure": mesure.libelle,
        "unite": mesure.unite_affichee or _SANS_UNITE.get(mesure.type, ""),
        "valeur_initiale": question.initiale,
        "valeur_precedente": rappel,
        **measure_answers(question),
    }


def _write_question(
    page: Page, ligne: int, question: Question, *, rappel: Contenu, premiere: bool
) -> None:
    contenus = _contents(question, rappel)
    taux = question.situee.mesure.type is TypeMesure.TAUX
    haut = question.situee.mesure.type is TypeMesure.TEXTE
    for colonne in COLONNES_SAISIE:
        ferme = colonne.cle in TERMES and not taux
        alignement = ("haut",) if haut else ()
        if colonne.saisie and not ferme:
            case = Case(question.situee.cle, "", colonne.cle)
            traits = ("texte", *alignement)
            page.write_input(ligne, RANG[colonne.cle], case, contenus.get(colonne.cle), *traits)
            continue
        traits = ("texte", "ferme") if ferme else _traits(colonne.cle, premiere=premiere)
        contenu = None if ferme else contenus.get(colonne.cle)
        page.write(ligne, RANG[colonne.cle], contenu, *traits, *alignement)
    textes = (
        (inert_text(contenu), colonne.largeur)
        for colonne in COLONNES_SAISIE[1:]
        if isinstance(contenu := contenus.get(colonne.cle), str)
    )
    minimum = HAUTEUR_TEXTE if haut else HAUTEUR_CHIFFRE
    page.feuille.set_row(ligne, row_height(textes, minimum=minimum))


def _traits(cle: str, *, premiere: bool) -> tuple[str, ...]:
    bords = ("fixe", "debut") if premiere else ("fixe",)
    match cle:
        case "mesure":
            return ("texte", "gras", *bords)
        case "indicateur" if not premiere:
            return ("texte", "gris", *bords)
        case _:
            return ("texte", *bords)


def _check_inputs(
    page: Page, places: Mapping[int, Question], exercice: int, listes: Listes
) -> None:
    if not places:
        return
    taux = [lig for lig, q in places.items() if q.situee.mesure.type is TypeMesure.TAUX]
    for ligne, question in places.items():
        situee = question.situee
        page.check([(ligne, RANG["valeur"])], check_value(situee.mesure, situee.cle, listes))
    if taux:
        page.check([(lig, RANG["numerateur"]) for lig in taux], check_term(denominateur=False))
        page.check([(lig, RANG["denominateur"]) for lig in taux], check_term(denominateur=True))
    page.check([(lig, RANG["etat"]) for lig in places], check_state(listes))
    page.check([(lig, RANG["commentaire"]) for lig in places], check_comment())
    page.check([(lig, RANG["preuve"]) for lig in places], check_source(exercice))
