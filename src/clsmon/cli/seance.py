"""`clsmon seance` : l'ordre du jour ou le compte rendu d'une séance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.options import Racine, Silence
from clsmon.cli.screen import say, shown_path, write_out

if TYPE_CHECKING:
    from clsmon.model.dossier import Dossier
    from clsmon.model.reunion import Reunion


def seance(
    nom: Annotated[str, typer.Argument(metavar="SÉANCE", help="Par exemple 2026-05-12-copil.")],
    dossier: Racine = None,
    formats: Annotated[
        str,
        typer.Option("--format", metavar="md,docx", help="md, docx, html, pdf, avec virgules."),
    ] = "md,docx",
    ordre_du_jour: Annotated[
        bool,
        typer.Option("--ordre-du-jour", help="L'ordre du jour, même si la séance s'est tenue."),
    ] = False,
    quiet: Silence = False,
) -> None:
    """Écrit l'ordre du jour ou le compte rendu d'une séance."""
    from clsmon.minuting import write_meeting
    from clsmon.opening import find_root, require_dossier
    from clsmon.printing import FORMATS, formats_of
    from clsmon.render.revisions import render_remedies

    demandes = formats_of(formats, FORMATS)
    ouvert = require_dossier(find_root(dossier))
    reunion, fichiers = write_meeting(ouvert, nom, demandes, ordre_du_jour=ordre_du_jour)
    for chemin in fichiers:
        write_out(f"{shown_path(chemin)}\n")
    if not ordre_du_jour and reunion.a_reporter:
        titre = "À écrire dans les fiches, comme la séance l'a décidé"
        say(render_remedies(titre, reunion.a_reporter), quiet=quiet)
    say(_next(ouvert, reunion, ordre_du_jour=ordre_du_jour), quiet=quiet)


def _next(dossier: Dossier, reunion: Reunion, *, ordre_du_jour: bool) -> str:
    """La prochaine chose à faire d'un ordre du jour, ou d'un compte rendu."""
    from clsmon.analysis.adopted import find_adoption, is_frozen
    from clsmon.model.seance import EtatSeance

    seance, annee = reunion.seance, reunion.exercice
    envoi = seance.ordre_du_jour.envoye_le
    classeur = f"clsmon forms --seance {seance.nom}"
    if seance.etat is EtatSeance.PREVUE and envoi is None:
        return (
            "Relisez-le et envoyez-le avant la séance. Notez le jour de l'envoi dans le classeur : "
            + classeur
        )
    if seance.etat is EtatSeance.PREVUE:
        return (
            f"Relisez-le : il est noté envoyé le {envoi:%d/%m/%Y}. Après la séance, notez qui est "
            f"venu et ce qui est décidé : {classeur}"
        )
    if ordre_du_jour:
        return f"Et le compte rendu : clsmon seance {seance.nom}"
    comparer = "clsmon diff --exiger, puis " if reunion.a_reporter else ""
    adopte = find_adoption(dossier, annee).startswith(f"{seance.nom}/")
    figer = " --definitif" if adopte and not is_frozen(dossier, annee) else ""
    return f"Faites-le relire, puis : {comparer}clsmon bilan --exercice {annee}{figer}"
