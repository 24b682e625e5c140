"""Une ligne de « Fiches » d'un cahier d'examen : l'avis d'un signataire et son texte."""

from __future__ import annotations

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.libelles import AVIS, read_label
from clsmon.model.observation import Avis, AvisFiche
from clsmon.workbooks.reader.grid import Cellule
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.answer_cells import (
    advice_for,
    advised,
    refuse_personal,
    refuse_words,
)
from clsmon.workbooks.returned.contested import keep_typed
from clsmon.workbooks.returned.grammar.outcome import Illisible
from clsmon.workbooks.returned.locating import Ligne

_SANS_AVIS = "texte sans avis"
_MUET = "Faites dire pourquoi dans la case voisine : un avis s'explique."


def read_opinion(ligne: Ligne, fichier: str) -> tuple[AvisFiche | None, tuple[Anomalie, ...]]:
    """
    Lit l'avis sur une fiche ; rend (avis, anomalies), None si rien n'est écrit.

    Sans avis lisible, rien de la ligne n'est accepté : l'avis que porte un texte ne se devine pas.
    """
    ecrites = {c: cellule for c in ("avis", "texte") if (cellule := ligne.cell(c)) is not None}
    if not ecrites:
        return None, ()
    avis = _read_avis(ecrites.get("avis"))
    refus = {"avis": avis} if isinstance(avis, Illisible) else {}
    if "texte" in ecrites and (illisible := _refuse(ecrites["texte"])):
        refus["texte"] = illisible
    elif avis is None:
        refus["texte"] = _without_opinion(ecrites["texte"])
    if refus:
        demandes = tuple(_say(ligne, fichier, c, r) for c, r in refus.items())
        doutes = keep_typed(ligne, next(iter(refus.values())).regle)
        return AvisFiche(a_verifier=doutes), demandes
    texte = ecrites["texte"].texte.strip() if "texte" in ecrites else ""
    dit = AvisFiche(
        avis=avis if isinstance(avis, Avis) else None,
        texte=texte,
        cellules={colonne: ligne.reference(colonne) for colonne in ecrites},
    )
    return dit, tuple(_unexplained(ligne, fichier, dit))


def _read_avis(cellule: Cellule | None) -> Avis | Illisible | None:
    if cellule is None:
        return None
    if refus := _refuse(cellule):
        return refus
    avis = read_label(cellule.texte, AVIS)
    if avis is not None:
        return avis
    saisi = cellule.texte.strip()
    constat = f"« {shorten(saisi)} » n'est pas un avis de la liste"
    return Illisible("SAI044", advised(constat, saisi, AVIS.values()), "avis inconnu")


def _refuse(cellule: Cellule) -> Illisible | None:
    return refuse_personal(cellule) or refuse_words(cellule)


def _without_opinion(cellule: Cellule) -> Illisible:
    ecrit = shorten(cellule.texte.strip())
    question = f"« {ecrit} » est écrit sans avis : accord, remarque ou désaccord ?"
    return Illisible("SAI045", question, _SANS_AVIS)


def _unexplained(ligne: Ligne, fichier: str, dit: AvisFiche) -> list[Anomalie]:
    if dit.texte or dit.avis not in {Avis.REMARQUE, Avis.DESACCORD}:
        return []
    lieu = Lieu(fichier, feuille=ligne.feuille, cellule=ligne.address("texte"))
    message = f"« {AVIS[dit.avis]} » est choisi sans un mot qui l'explique"
    return [Anomalie(lieu, "SAI046", Gravite.ALERTE, message, _MUET)]


def _say(ligne: Ligne, fichier: str, colonne: str, refus: Illisible) -> Anomalie:
    lieu = Lieu(fichier, feuille=ligne.feuille, cellule=ligne.address(colonne))
    return Anomalie(lieu, refus.code, Gravite.ERREUR, refus.question, advice_for(refus.code))
