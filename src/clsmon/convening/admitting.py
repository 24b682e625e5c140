"""Un classeur « Séance » est-il de ce contrat, de cet exercice et d'une instance connue ?"""

from __future__ import annotations

from clsmon.convening.recording import Depot, record_meeting
from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.collecte import Collecte
from clsmon.model.dossier import Dossier
from clsmon.model.libelles import simplify
from clsmon.model.seance import read_meeting_name
from clsmon.workbooks.reader.grid import Classeur
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.identity import Identite

REFAIRE = "Faites un classeur neuf : clsmon forms --seance AAAA-MM-JJ-INSTANCE."


def read_meeting_form(  # noqa: PLR0913  what one reading is told, each by its name
    dossier: Dossier,
    classeur: Classeur,
    identite: Identite,
    collecte: Collecte,
    *,
    exercice: int,
    accepter_ancien: bool = False,
) -> None:
    """
    Lit un classeur « Séance » rendu et pose dans la collecte ce qu'il fait écrire.

    `exercice` est celui attendu ; `accepter_ancien` prend un autre exercice pour lui-même.
    """
    collecte.organisme, collecte.exercice = identite.organisme, identite.exercice
    collecte.anomalies += _found_by_reader(classeur, collecte.fichier)
    lue = read_meeting_name(identite.objet)
    if lue is None or lue[1] != identite.organisme or len(identite.base) != 2:
        message = f"séance mal nommée : « {shorten(identite.objet)} »"
        collecte.refuse("FOR035", message, REFAIRE)
    elif lue[1] not in dossier.contrat.instances:
        message = f"instance inconnue du contrat : « {shorten(lue[1])} »"
        collecte.refuse(
            "FOR035", message, "Ajoutez-la à data/contrat.yaml, rubrique « instances »."
        )
    elif refus := _find_refusal(dossier, identite, exercice, accepter_ancien=accepter_ancien):
        collecte.refuse(*refus)
    else:
        record_meeting(classeur, Depot(dossier, identite, collecte, lue[0]))


def _find_refusal(
    dossier: Dossier, identite: Identite, exercice: int, *, accepter_ancien: bool
) -> tuple[str, str, str] | None:
    """Ce qui fait refuser le classeur entier : code, message, remède ; None sinon."""
    contrat = dossier.contrat
    if simplify(identite.contrat) != simplify(contrat.titre):
        message = f"ce classeur est d'un autre contrat : « {shorten(identite.contrat)} »"
        return "FOR014", message, "Collectez-le dans le dossier de ce contrat."
    if identite.exercice not in contrat.periode.exercices:
        message = f"exercice {identite.exercice} hors de la période du contrat"
        return "FOR016", message, REFAIRE
    if identite.exercice != exercice and not accepter_ancien:
        message = f"cette séance examine l'exercice {identite.exercice}, {exercice} est attendu"
        conseil = f"Pour le prendre : --exercice {identite.exercice} ou --accepter-ancien."
        return "FOR016", message, conseil
    presents = dossier.releves_de(identite.exercice).values()
    if presents and all(r.fictif != identite.fictif for r in presents):
        message = "réponses fictives et réelles ne se mêlent pas dans un même exercice"
        return "FOR020", message, "Faites la démonstration dans un autre dossier."
    return None


def _found_by_reader(classeur: Classeur, fichier: str) -> list[Anomalie]:
    """Les parties et cellules que la lecture a refusées, et les macros qu'elle n'a pas lancées."""
    trouvees = [
        Anomalie(
            Lieu(fichier, feuille=a.lieu.feuille, cellule=a.lieu.cellule),
            a.code,
            a.gravite,
            a.message,
            a.conseil,
        )
        for a in classeur.anomalies
    ]
    if classeur.macros:
        message = "les macros de ce classeur n'ont pas été lancées : ses valeurs sont lues"
        trouvees.append(Anomalie(Lieu(fichier), "FOR024", Gravite.INFO, message))
    return trouvees
