"""Une ligne de « Chiffres » : un chiffre contesté, ou ce qui manque pour qu'il le soit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.dossier import MesureSituee
from clsmon.model.libelles import ETATS
from clsmon.model.observation import Contestation
from clsmon.model.releve import Etat, Saisie, Valeur
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.answer_cells import refuse_personal, typed_text
from clsmon.workbooks.returned.answers import read_answer
from clsmon.workbooks.returned.declared import Declaree
from clsmon.workbooks.returned.locating import Ligne

_COLONNES = {
    "valeur": "valeur_proposee",
    "numerateur": "numerateur",
    "denominateur": "denominateur",
    "commentaire": "motif",
    "preuve": "source",
}
"""D'une colonne du formulaire de suivi à celle du cahier : un chiffre se lit de même partout."""

_NOMS = {"commentaire": "le motif", "preuve": "la source"}
_NOMMEES = frozenset({"motif", "source"})
INCOMPLETE = "contestation incomplète"
"""La règle de ce qui est écrit sur une ligne sans faire une contestation."""


def read_contested(
    ligne: Ligne, situee: MesureSituee, declaree: Declaree, fichier: str
) -> tuple[Contestation | None, tuple[Anomalie, ...]]:
    """
    Lit une ligne de chiffre ; rend (contestation, anomalies), None si rien n'y est écrit.

    La valeur proposée se lit comme une réponse au formulaire. Sans valeur, sans motif ou sans
    source, ou si la valeur est celle déclarée, tout ce qui est écrit reste à vérifier, brut.
    """
    if not ligne.typees & ligne.cellules.keys():
        return None, ()
    commune = _as_answer(ligne)
    valeur, lues = read_answer(commune, situee, fichier, _NOMS)
    valeur = valeur or Valeur(cellule="")
    refusees = [a for a in lues if a.gravite is Gravite.ERREUR]
    demandes = [*refusees, *_missing(ligne, valeur, declaree, fichier)]
    autres = [a for a in lues if a.gravite is not Gravite.ERREUR]
    if demandes:
        regle = valeur.regle if valeur.etat is Etat.A_VERIFIER else INCOMPLETE
        return _doubtful(ligne, declaree, regle), (*demandes, *autres)
    contestation = Contestation(
        organisme_declarant=declaree.declarant or None,
        valeur_declaree=declaree.valeur,
        valeur_proposee=valeur.valeur,
        numerateur=valeur.numerateur,
        denominateur=valeur.denominateur,
        estimee=valeur.etat is Etat.ESTIME,
        saisi=valeur.saisi,
        regle=valeur.regle,
        motif=valeur.commentaire,
        source=valeur.preuve,
        cellule=valeur.cellule,
    )
    return contestation, tuple(autres)


def _as_answer(ligne: Ligne) -> Ligne:
    """La même ligne, sous les noms de colonnes du formulaire de suivi."""
    return replace(
        ligne,
        colonnes={ici: ligne.colonnes[la] for ici, la in _COLONNES.items() if la in ligne.colonnes},
        cellules={ici: ligne.cellules[la] for ici, la in _COLONNES.items() if la in ligne.cellules},
        typees=frozenset(_COLONNES),
    )


def _missing(ligne: Ligne, valeur: Valeur, declaree: Declaree, fichier: str) -> Iterator[Anomalie]:
    """Ce qui manque à une contestation, ou la rend sans objet."""
    if valeur.etat in {Etat.NON_DISPONIBLE, Etat.SANS_OBJET}:
        mot = ETATS[valeur.etat]
        constat = f"« {mot} » n'est pas une valeur : laquelle proposez-vous ?"
        yield _ask(ligne, "valeur_proposee", fichier, "SAI042", constat)
    elif valeur.etat is None and not _typed(ligne, "valeur_proposee"):
        constat = "un motif ou une source est écrit, mais aucune valeur n'est proposée"
        yield _ask(ligne, "valeur_proposee", fichier, "SAI042", constat)
    elif valeur.etat is not None and valeur.etat.repond and _canonical(valeur) == declaree.valeur:
        constat = f"« {shorten(_canonical(valeur))} » est déjà la valeur déclarée : que contester ?"
        yield _ask(ligne, _first(ligne), fichier, "SAI043", constat)
    if _typed(ligne, "valeur_proposee") or _typed(ligne, "numerateur"):
        for colonne, code, quoi in (
            ("motif", "SAI040", "sans motif"),
            ("source", "SAI041", "sans source"),
        ):
            if not _typed(ligne, colonne):
                constat = f"la valeur proposée est {quoi} : elle n'est pas prise en compte"
                yield _ask(ligne, colonne, fichier, code, constat)


def _typed(ligne: Ligne, colonne: str) -> bool:
    return ligne.cell(colonne) is not None


def _first(ligne: Ligne) -> str:
    return "valeur_proposee" if _typed(ligne, "valeur_proposee") else "numerateur"


def _canonical(valeur: Valeur) -> str:
    if valeur.numerateur is not None and valeur.denominateur is not None:
        return f"{valeur.numerateur:f}/{valeur.denominateur:f}"
    return valeur.valeur or ""


_CONSEIL = "Faites compléter cette ligne, puis collectez de nouveau le cahier."


def _ask(ligne: Ligne, colonne: str, fichier: str, code: str, constat: str) -> Anomalie:
    lieu = Lieu(fichier, feuille=ligne.feuille, cellule=ligne.address(colonne))
    return Anomalie(lieu, code, Gravite.ERREUR, constat, _CONSEIL)


def _doubtful(ligne: Ligne, declaree: Declaree, regle: str) -> Contestation:
    """Tout ce qui est écrit sur la ligne, colonne par colonne, sans rien en accepter."""
    doutes = {
        colonne: doute.model_copy(update={"regle": INCOMPLETE})
        if colonne in _NOMMEES and doute.regle == regle
        else doute
        for colonne, doute in keep_typed(ligne, regle).items()
    }
    return Contestation(
        organisme_declarant=declaree.declarant or None,
        valeur_declaree=declaree.valeur,
        a_verifier=doutes,
        cellule=next(iter(doutes.values())).cellule,
    )


def keep_typed(ligne: Ligne, regle: str) -> dict[str, Saisie]:
    """Ce qui est écrit dans chaque case à remplir, brut ; rien de ce qui nomme ou joint."""
    doutes = {}
    for colonne in ligne.colonnes:
        cellule = ligne.cell(colonne)
        if colonne in ligne.typees and cellule is not None:
            personnelle = refuse_personal(cellule)
            doutes[colonne] = Saisie(
                saisi="" if personnelle else typed_text(cellule),
                nature_cellule=cellule.nature.value,
                regle=personnelle.regle if personnelle else regle,
                cellule=ligne.reference(colonne),
            )
    return doutes
