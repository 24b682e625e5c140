"""Les contrôles de saisie du classeur « Séance » : une aide, jamais une garantie."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from clsmon.workbooks.form.checks import Controle, Listes, check_choice, check_input, warn
from clsmon.workbooks.meeting.layout import LISTES, NON, OUI
from clsmon.workbooks.meeting.naming import Noms

PREMIER, DERNIER = date(2000, 1, 1), date(2099, 12, 31)
"""Hors de ces jours, une date est sans doute une faute de frappe."""

_RESTE = "Vous pouvez garder votre saisie : elle sera relue."

TEXTES: Mapping[str, tuple[str, str]] = {
    "point.texte": (
        "Point de l’ordre du jour",
        (
            "Un point par ligne, dans l’ordre. Pour ajouter ou retirer une fiche, nommez-la ici : "
            "l’article 6 demande qu’elle figure à un ordre du jour envoyé avant la séance."
        ),
    ),
    "decision.id": ("Numéro de la décision", "Déjà numéroté. Par exemple D1. Ne le changez plus."),
    "decision.texte": (
        "Ce qui est décidé",
        (
            "En une phrase, par exemple : « Tenir un point d’étape à l’automne ». Ne nommez "
            "personne : un organisme suffit."
        ),
    ),
    "action.id": ("Code de l’action", "Déjà écrit. Par exemple a1. Ne le changez plus."),
    "action.libelle": (
        "Action attendue",
        (
            "En quelques mots, par exemple : « Questionnaire aux mairies ». Le formulaire en "
            "demandera l’état."
        ),
    ),
    "action.echeance": ("Échéance", "Par exemple : juin 2026. Laissez vide si rien n’est fixé."),
    "action.decision": (
        "Décision qui la fixe",
        "Par exemple D2. Laissez vide si cette séance n’a qu’une décision « programme annuel ».",
    ),
}
"""Les cases de texte : le titre de leur aide, et l'aide."""

ANNEES: Mapping[str, tuple[str, str]] = {
    "decision.exercice": ("Exercice", "Pour un arbitrage, un bilan ou un programme : 2025."),
    "decision.annee": ("Année de la cible", "Pour une cible : l’année à atteindre, comme 2028."),
}
NOMBRES: Mapping[str, tuple[str, str]] = {
    "decision.valeur": ("Valeur de la cible", "Pour une cible : le nombre seul, par exemple 23."),
    "decision.retient_valeur": (
        "Valeur retenue",
        "Pour un arbitrage, si le COPIL retient un nombre que personne n’a donné.",
    ),
}
DATES: Mapping[str, tuple[str, str]] = {
    "envoye_le": ("Ordre du jour envoyé le", "Laissez vide tant qu’il n’est pas envoyé."),
    "decision.echeance": ("Échéance", "Pour quand la décision doit être suivie d’effet."),
    "decision.effet_le": ("Prend effet le", "Pour l’ajout ou le retrait d’une fiche."),
}


def check_cell(cle: str, listes: Listes, noms: Noms) -> Controle:  # noqa: PLR0911  one per kind
    """Le contrôle d'une case, par la clé de sa colonne ou de sa rubrique."""
    if cle in TEXTES:
        return check_input(*TEXTES[cle])
    if cle in DATES:
        return _check_date(*DATES[cle])
    if cle in NOMBRES:
        return _check_number(*NOMBRES[cle])
    if cle in ANNEES:
        return check_input(*ANNEES[cle])
    if cle == "presence.convoque":
        return check_choice("Convoqué", (OUI,), [OUI, NON], "Vide : non convoqué.")
    if cle in LISTES or f"seance.{cle}" in LISTES:
        choix = LISTES.get(cle) or LISTES[f"seance.{cle}"]
        return check_choice("Choix", choix, listes.source(cle, choix), "")
    return _check_name(cle, listes, noms)


def _check_name(cle: str, listes: Listes, noms: Noms) -> Controle:
    if cle == "action.fiche":
        return check_choice("Fiche", noms.fiches, listes.add("fiches", noms.fiches), "")
    if cle == "decision.objet":
        aide = "Une cible ou un arbitrage porte sur une mesure, un retrait sur une fiche."
        return check_choice("Objet", noms.objets, listes.add("objets", noms.objets), aide)
    source = listes.add("organismes", noms.organismes)
    return check_choice("Organisme", noms.organismes, source, "")


def _check_date(titre: str, aide: str) -> Controle:
    exemple = "Une date, par exemple 12/05/2026."
    bornes = {"validate": "date", "criteria": "between", "minimum": PREMIER, "maximum": DERNIER}
    return (
        check_input(titre, f"{exemple} {aide}")
        | bornes
        | warn("Date attendue", f"{exemple} {_RESTE}")
    )


def _check_number(titre: str, aide: str) -> Controle:
    genre = {"validate": "decimal", "criteria": ">=", "value": "0"}
    refus = warn("Nombre attendu", f"Un nombre seul, par exemple 23. {_RESTE}")
    return check_input(titre, aide) | genre | refus
