"""La disposition du formulaire, décrite une fois : elle guide l'écriture et la lecture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from json import dumps

from clsmon.model.echeance import spell_due
from clsmon.model.fiche import StatutFiche
from clsmon.model.indicateur import TypeMesure
from clsmon.model.libelles import (
    AVANCEMENTS,
    CONFIANCES,
    ETATS_ACTION,
    EVOLUTIONS,
    RUBRIQUES,
    E,
)
from clsmon.model.questionnaire import Case, QuestionFiche, Questionnaire

VERSION = "1"
"""La version de cette disposition, écrite dans chaque formulaire."""

LISEZ_MOI, SAISIE, FICHES, LISTES, MACHINE = "Lisez-moi", "Saisie", "Fiches", "Listes", "_clsmon"
A_CORRIGER = "À corriger"
"""La première feuille d'un formulaire corrigé : ce qui est redemandé."""

EMPREINTE = "clsmon_empreinte"
"""Le nom défini et la propriété du document qui portent l'empreinte du formulaire."""


@dataclass(frozen=True)
class Colonne:
    """Une colonne : sa clé machine (ligne 1), son titre (ligne 2), sa largeur en caractères."""

    cle: str
    titre: str
    largeur: float
    saisie: bool = False
    cachee: bool = False


COLONNES_SAISIE = (
    Colonne("cle", "Clé", 10, cachee=True),
    Colonne("fiche", "Fiche", 7),
    Colonne("indicateur", "Indicateur du contrat", 32),
    Colonne("mesure", "Ce qui est demandé", 28),
    Colonne("unite", "Unité", 15),
    Colonne("valeur_initiale", "Valeur initiale", 9),
    Colonne("valeur_precedente", "Année précédente", 17),
    Colonne("valeur", "Valeur", 28, saisie=True),
    Colonne("numerateur", "Numérateur", 12, saisie=True),
    Colonne("denominateur", "Dénominateur", 14, saisie=True),
    Colonne("etat", "État", 15, saisie=True),
    Colonne("commentaire", "Commentaire", 28, saisie=True),
    Colonne("preuve", "Source ou preuve", 20, saisie=True),
)

COLONNES_FICHES = (
    Colonne("cle", "Clé", 10, cachee=True),
    Colonne("champ", "Champ", 10, cachee=True),
    Colonne("fiche", "Fiche", 7),
    Colonne("rubrique", "Rubrique", 34),
    Colonne("reponse", "Votre réponse", 78, saisie=True),
    Colonne("aide", "Aide", 42),
)


TERMES = frozenset({"numerateur", "denominateur"})
"""Les colonnes d'un taux, fermées pour les autres mesures."""

TYPEES = frozenset(c.cle for c in (*COLONNES_SAISIE, *COLONNES_FICHES) if c.saisie)
"""Les colonnes où un partenaire écrit."""


_TITRES_DATES = {
    "valeur": ("Valeur", 0),
    "valeur_precedente": ("Valeur", -1),
    "valeur_declaree": ("Valeur déclarée", 0),
}
"""Les titres qui disent l'année, et son écart à l'exercice."""


def heading(colonne: Colonne, exercice: int) -> str:
    """Le titre écrit en ligne 2 ; celui d'une colonne de valeurs dit l'année : « Valeur 2025 »."""
    if colonne.cle not in _TITRES_DATES:
        return colonne.titre
    titre, ecart = _TITRES_DATES[colonne.cle]
    return f"{titre} {exercice + ecart}"


class Genre(StrEnum):
    """La forme de la réponse à une rubrique de fiche."""

    CHOIX = "choix"
    TEXTE = "texte"
    MONTANT = "montant"
    NOMBRE = "nombre"
    COMMUNES = "communes"


@dataclass(frozen=True)
class Champ:
    """Une rubrique de la feuille « Fiches » ; `cle` est le champ du relevé, points compris."""

    cle: str
    libelle: str
    genre: Genre
    aide: str
    choix: Mapping[str, str] | None = None
    """De la valeur enregistrée au mot français, pour un choix."""


def _rubric(cle: str, genre: Genre, aide: str, choix: Mapping[str, str] | None = None) -> Champ:
    return Champ(cle, RUBRIQUES[cle], genre, aide, choix)


def _choices(mots: Mapping[E, str]) -> Mapping[str, str]:
    return {element.value: mot for element, mot in mots.items()}


CHAMPS = (
    _rubric("avancement", Genre.CHOIX, "Choisissez dans la liste.", _choices(AVANCEMENTS)),
    _rubric("confiance", Genre.CHOIX, "Facultatif.", _choices(CONFIANCES)),
    _rubric("faits_marquants", Genre.TEXTE, "Ce qui a été fait."),
    _rubric("freins", Genre.TEXTE, "Ce qui a retardé ou empêché."),
    _rubric("leviers", Genre.TEXTE, "Ce qui a aidé."),
    _rubric("perspectives", Genre.TEXTE, "Pour l’année en cours et les suivantes."),
    _rubric(
        "evolution_proposee",
        Genre.CHOIX,
        "Toute modification ou tout retrait est soumis au COPIL.",
        _choices(EVOLUTIONS),
    ),
    _rubric("motif_evolution", Genre.TEXTE, "Si modification ou retrait."),
    _rubric("communes", Genre.COMMUNES, "Noms séparés par des points-virgules."),
    _rubric("depenses.prevu", Genre.MONTANT, "Celles de votre organisme."),
    _rubric("depenses.engage", Genre.MONTANT, "Celles de votre organisme."),
    _rubric("depenses.realise", Genre.MONTANT, "Celles de votre organisme."),
    _rubric("aides.ars.notifie", Genre.MONTANT, "Pour l’exercice."),
    _rubric("aides.ars.verse", Genre.MONTANT, "Pour l’exercice."),
)

CHAMPS_POSTE = (
    _rubric("poste.etp", Genre.NOMBRE, "Par exemple 0,5."),
    _rubric("poste.mois", Genre.NOMBRE, "De 0 à 12."),
    _rubric("poste.cout_eligible", Genre.MONTANT, "Salaire chargé et frais de mission."),
)
"""Demandés seulement là où l'ARS finance un taux maximum d'une dépense (fiche 5.1)."""


def fields_of(question: QuestionFiche) -> Iterator[Champ]:
    """Les rubriques d'une fiche : les communes, son programme, le poste s'il y a lieu."""
    if question.fiche.statut is StatutFiche.A_PROGRAMMER:
        yield from (champ for champ in CHAMPS if champ.cle == "perspectives")
        return
    yield from CHAMPS
    for action in question.programme:
        yield Champ(
            f"programme.{action.id}",
            f"Action programmée : {action.libelle}",
            Genre.CHOIX,
            f"Échéance : {spell_due(action.echeance)}" if action.echeance else "",
            _choices(ETATS_ACTION),
        )
    if any(f.taux_ars_maximum is not None for f in question.fiche.financement):
        yield from CHAMPS_POSTE


def cases_of(questionnaire: Questionnaire) -> frozenset[Case]:
    """Les cases à remplir d'un formulaire."""
    colonnes = [colonne.cle for colonne in COLONNES_SAISIE if colonne.saisie]
    mesures = (
        Case(q.situee.cle, "", colonne)
        for q in questionnaire.mesures
        for colonne in colonnes
        if colonne not in TERMES or q.situee.mesure.type is TypeMesure.TAUX
    )
    rubriques = (
        Case(q.fiche.id, champ.cle, "reponse")
        for q in questionnaire.fiches
        for champ in fields_of(q)
    )
    return frozenset((*mesures, *rubriques))


def fingerprint(questionnaire: Questionnaire) -> str:
    """
    L'empreinte d'un formulaire : 16 chiffres hexadécimaux du sha256 de ce qui est demandé.

    Contrat, exercice, organisme, puis clé, type, unité, libellés et modalités de chaque mesure,
    dans l'ordre, et rubriques de chaque fiche.
    """
    demande = [
        questionnaire.contrat.titre,
        questionnaire.exercice,
        questionnaire.organisme,
        [
            [s.cle, m.type, m.unite, s.indicateur.libelle, m.libelle, list(m.modalites)]
            for s, m in ((q.situee, q.situee.mesure) for q in questionnaire.mesures)
        ],
        [[q.fiche.id, [champ.cle for champ in fields_of(q)]] for q in questionnaire.fiches],
    ]
    return sha256(dumps(demande, ensure_ascii=True).encode("ascii")).hexdigest()[:16]
