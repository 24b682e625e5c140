"""Une case redemandée et laissée telle quelle : la question reste posée, rien n'est accepté."""

from __future__ import annotations

from decimal import Decimal

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.dossier import MesureSituee
from clsmon.model.libelles import simplify
from clsmon.model.questionnaire import Question
from clsmon.model.releve import Valeur
from clsmon.workbooks.form.inert import inert_text
from clsmon.workbooks.form.page import Contenu
from clsmon.workbooks.form.prefill import measure_answers
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.answer_cells import typed_text
from clsmon.workbooks.returned.answers import REPONSES
from clsmon.workbooks.returned.locating import Ligne


def is_untouched(ligne: Ligne, situee: MesureSituee, ancienne: Valeur) -> bool:
    """
    Vrai si la ligne est comme le formulaire la préremplissait de cette réponse à vérifier.

    Un commentaire écrit depuis dit que la réponse est juste : elle n'est plus intacte.
    """
    preremplie = measure_answers(Question(situee, reponse=ancienne))
    commentaire = ligne.text("commentaire").strip()
    return commentaire in {"", ancienne.commentaire.strip()} and all(
        same_content(ligne, colonne, preremplie.get(colonne)) for colonne in REPONSES
    )


def same_content(ligne: Ligne, colonne: str, contenu: Contenu) -> bool:
    """Vrai si la cellule contient ce que le formulaire y avait écrit."""
    cellule = ligne.cell(colonne)
    ecrit = typed_text(cellule) if cellule else ""
    attendu = f"{contenu:f}" if isinstance(contenu, Decimal) else inert_text(contenu or "")
    return simplify(ecrit) == simplify(attendu)


def ask_again(fichier: str, ligne: Ligne, colonne: str, saisi: str, regle: str) -> Anomalie:
    """La question, posée de nouveau sur la case qui n'a pas été reprise."""
    dite = f"« {shorten(saisi)} » est" if saisi else "la réponse est"
    return Anomalie(
        Lieu(fichier, feuille=ligne.feuille, cellule=ligne.address(colonne)),
        "SAI035",
        Gravite.ERREUR,
        f"{dite} toujours à vérifier ({regle}) : la case n'a pas été reprise",
        "Faites reprendre cette case, ou écrire en commentaire pourquoi elle est juste.",
    )
