"""De qui est ce formulaire ? Son empreinte et ses clés, comparées à ce que le dossier demande."""

from __future__ import annotations

from clsmon.analysis.questionnaire import compute_demande
from clsmon.model.dossier import Dossier
from clsmon.workbooks.layout import fingerprint
from clsmon.workbooks.returned.locating import Retour

Destinataire = tuple[str, int]
"""Un organisme, par son code, et l'exercice demandé."""


def is_current(dossier: Dossier, retour: Retour) -> bool:
    """Vrai si c'est le formulaire que le dossier enverrait aujourd'hui, à ses réponses près."""
    return _is_form_of(dossier, retour, (retour.organisme, retour.exercice))


def find_other_owner(dossier: Dossier, retour: Retour) -> Destinataire | None:
    """
    À qui ce formulaire a été envoyé, si ce n'est pas à l'organisme dont il porte le nom.

    Son empreinte est celle d'un autre formulaire, ou aucune de ses clés n'est demandée à cet
    organisme alors qu'elles le sont toutes à un autre. None si rien ne le contredit.
    """
    cles = {dossier.cles_actuelles[c] for c in retour.definitions if c in dossier.cles_actuelles}
    siennes = {s.cle for s in dossier.demandees(retour.exercice, retour.organisme)}
    autres = [
        (code, retour.exercice)
        for code in dossier.repondants(retour.exercice)
        if code != retour.organisme and _asks_all(dossier, cles, code, retour.exercice)
    ]
    for destinataire in (*autres, (retour.organisme, retour.exercice - 1)):
        if _is_form_of(dossier, retour, destinataire):
            return destinataire
    return autres[0] if autres and cles and not cles & siennes else None


def _asks_all(dossier: Dossier, cles: set[str], organisme: str, exercice: int) -> bool:
    situees = (dossier.mesures[cle] for cle in cles)
    return all(organisme in s.repondants and s.demandee_en(exercice) for s in situees)


def _is_form_of(dossier: Dossier, retour: Retour, destinataire: Destinataire) -> bool:
    organisme, exercice = destinataire
    return retour.empreinte == fingerprint(compute_demande(dossier, exercice, organisme))
