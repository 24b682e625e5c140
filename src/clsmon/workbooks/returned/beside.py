"""Ce qui accompagne une réponse : le commentaire et la preuve, ou pourquoi ils ne sont pas pris."""

from __future__ import annotations

from dataclasses import replace

from clsmon.model.anomalie import Anomalie, Gravite
from clsmon.model.releve import Valeur
from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.answer_cells import Reading, refuse_personal, typed_text

PERSONNELLE = "SAI027"
"""Ce code a son propre conseil : récrire sans nommer personne."""

_ILLISIBLES = {
    Nature.FORMULE_SANS_RESULTAT: "est une formule sans résultat enregistré",
    Nature.ERREUR: "est une erreur du tableur",
    Nature.FUSIONNEE: "est sous une fusion de cellules",
}
_REFAIRE = "Faites réécrire ce texte dans la même cellule, puis collectez de nouveau."


def read_beside(lecture: Reading) -> tuple[Valeur | None, tuple[Anomalie, ...]]:
    """
    Le commentaire et la preuve d'une ligne ; rend (valeur sans réponse, anomalies).

    La valeur est None s'il n'y a pas de texte à garder. Un texte qui n'est pas pris est redemandé,
    sans toucher à la réponse qu'il accompagne.
    """
    a_part = Reading(lecture.ligne, lecture.fichier, lecture.situee, lecture.noms)
    textes = {colonne: _read_text(a_part, colonne) for colonne in lecture.noms}
    gardes = {colonne: texte for colonne, texte in textes.items() if texte}
    remarques = tuple(
        a if a.code == PERSONNELLE else replace(a, conseil=_REFAIRE) for a in a_part.anomalies
    )
    if not gardes:
        return None, remarques
    return Valeur(**gardes, cellule=lecture.ligne.reference(next(iter(gardes)))), remarques


def _read_text(lecture: Reading, colonne: str) -> str:
    cellule = lecture.ligne.cell(colonne)
    if cellule is None:
        return ""
    if personnelle := refuse_personal(cellule):
        lecture.say(colonne, personnelle.code, Gravite.ERREUR, personnelle.question)
        return ""
    if cellule.nature in _ILLISIBLES:
        raison = f"{_ILLISIBLES[cellule.nature]} : rien n'en est enregistré"
        lecture.say(
            colonne, "SAI025", Gravite.ERREUR, f"{_quoted(lecture.noms[colonne], cellule)} {raison}"
        )
        return ""
    if cellule.nature is Nature.DATE:
        quoi = _quoted(lecture.noms[colonne], cellule)
        message = f"{quoi} est une date : est-ce bien ce qui a été écrit ?"
        lecture.say(colonne, "SAI026", _date_gravity(lecture, colonne), message)
    return typed_text(cellule).strip()


def _date_gravity(lecture: Reading, colonne: str) -> Gravite:
    """Une source datée qu'un commentaire accompagne est confirmée."""
    commentaire = lecture.ligne.cell("commentaire")
    dit = commentaire is not None and commentaire.nature is Nature.TEXTE
    return Gravite.INFO if colonne == "preuve" and dit else Gravite.ALERTE


def _quoted(nom: str, cellule: Cellule) -> str:
    cite = f" « {shorten(cellule.texte)} »" if cellule.texte.strip() else ""
    return f"{nom}{cite}"
