"""L'ordre du jour ou le compte rendu d'une séance, dans chaque format demandé."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from clsmon.analysis.meeting import compute_meeting
from clsmon.model.anomalie import MauvaisUsageError
from clsmon.model.dossier import Dossier
from clsmon.model.reunion import Reunion
from clsmon.model.seance import EtatSeance, Seance, read_meeting_name
from clsmon.model.suggestion import advise
from clsmon.opening import check_exercice, packaged
from clsmon.printing import Redaction, print_text
from clsmon.render.meeting import draw_agenda
from clsmon.render.minutes import draw_minutes
from clsmon.render.piece_text import document_of, text_of
from clsmon.writing import write_together

SORTIE = "bilans/seances"
"""Où s'écrivent les documents des séances : refaits à l'identique, ignorés par git."""


def require_meeting(dossier: Dossier, nom: str) -> Seance:
    """La séance de ce nom ; lève MauvaisUsageError si le dossier ne l'a pas."""
    trouvee = next((s for s in dossier.seances if s.nom == nom), None)
    if trouvee is None:
        lu = read_meeting_name(nom)
        a_faire = lu is not None and lu[1] in dossier.contrat.instances
        noms = [seance.nom for seance in dossier.seances]
        classeur = f"Faites d'abord son classeur : clsmon forms --seance {nom}, puis collectez-le."
        conseil = classeur if a_faire else advise(nom, noms) or f"Séances : {', '.join(noms)}."
        raise MauvaisUsageError(f"séance introuvable : « {nom} »", None, conseil)
    check_exercice(trouvee.exercice_examine, dossier)
    return trouvee


def write_meeting(
    dossier: Dossier, nom: str, formats: Sequence[str], *, ordre_du_jour: bool = False
) -> tuple[Reunion, tuple[Path, ...]]:
    """
    Écrit le compte rendu d'une séance tenue, l'ordre du jour d'une séance prévue, ou demandé.

    Rien n'est écrit si l'un des fichiers ne peut pas l'être. Lève MauvaisUsageError si la séance
    est inconnue, ClsmonError si un gabarit est fautif ou si l'écriture est impossible.
    """
    seance = require_meeting(dossier, nom)
    avant = ordre_du_jour or seance.etat is EtatSeance.PREVUE
    # An agenda is drawn as before the meeting: what it decided is still to decide.
    autres = tuple(s for s in dossier.seances if s is not seance)
    reunion = compute_meeting(replace(dossier, seances=autres) if avant else dossier, seance)
    piece = draw_agenda(reunion) if avant else draw_minutes(reunion)
    gabarits = [dossier.racine / "templates", packaged("templates")]
    texte, composer = text_of(piece, gabarits), partial(document_of, piece)
    faits = print_text(Redaction(piece.nom, texte, composer, gabarits), formats)
    sortie = dossier.racine / SORTIE
    fichiers = {sortie / f: octets for nom in formats for f, octets in faits[nom].items()}
    write_together(fichiers)
    return reunion, tuple(fichiers)
