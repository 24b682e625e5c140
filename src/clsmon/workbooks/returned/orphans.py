"""Les lignes remplies qui n'ont plus de clé : dites, et la mesure à laquelle elles ressemblent."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.personal_data import find_personal_data
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.locating import Retour
from clsmon.workbooks.returned.shown import Attendue, propose


def report_orphans(retour: Retour, attendues: Collection[Attendue]) -> Iterator[Anomalie]:
    """
    Une anomalie par ligne sans clé : ce qui y est écrit, ce qu'elle semble être, où le reporter.

    Rien n'en est pris : une ressemblance se propose, elle ne décide pas.
    """
    for ligne in retour.sans_cle:
        typees = [colonne for colonne in ligne.cellules if colonne in ligne.typees]
        if not typees:
            continue
        cites = ", ".join(_quote(ligne.text(colonne)) for colonne in typees)
        verbe = "est" if len(typees) == 1 else "sont"
        proposee = propose(ligne, attendues)
        semble = f", qui semble être « {proposee.nom} »" if proposee else ""
        yield Anomalie(
            Lieu(retour.fichier, feuille=ligne.feuille, cellule=ligne.address(typees[0])),
            "SAI003",
            Gravite.ERREUR,
            f"{cites} {verbe} sur une ligne sans clé{semble} : rien n'en est enregistré",
            _advise(retour, typees[0], proposee),
        )


def _quote(texte: str) -> str:
    """Un texte cité, sauf s'il permet de joindre ou de reconnaître quelqu'un."""
    return "un texte non gardé" if find_personal_data(texte) else f"« {shorten(texte)} »"


def _advise(retour: Retour, colonne: str, proposee: Attendue | None) -> str:
    if proposee is None:
        return "Reportez cette réponse sur la ligne de sa mesure."
    if proposee.ligne is None:
        return (
            "Si c'est bien elle, reportez cette réponse dans un formulaire neuf : "
            f"{retour.refaire} --organisme {retour.organisme}."
        )
    return f"Si c'est bien elle, reportez cette réponse en {proposee.ligne.reference(colonne)}."
