"""Lancer une commande : codes de sortie, fautes d'usage, pannes."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from clsmon.cli import app
from clsmon.cli.french import translate_fault
from clsmon.cli.screen import force_utf8, say, show_error
from clsmon.model.anomalie import ClsmonError
from clsmon.model.suggestion import suggest

INTERROMPU, PANNE, USAGE = 130, 3, 2


def run(arguments: Sequence[str]) -> int:
    """
    Lance la commande ; rend le code de sortie.

    0 fait, 1 au moins une erreur, 2 commande mal employée, 3 panne de l'outil, 130 interrompu.
    """
    force_utf8()
    try:
        resultat = app(list(arguments), prog_name="clsmon", standalone_mode=False)
    except ClsmonError as erreur:
        show_error(erreur)
        return erreur.code_sortie
    except TyperException as faute:
        return _usage(faute)
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except Exception:  # noqa: BLE001  the last net: a crash of ours leaves a log, never a stack
        return _crash(arguments)
    # typer turns an interruption into this code by itself
    return _interrupted() if resultat == INTERROMPU else int(resultat or 0)


def _usage(faute: TyperException) -> int:
    if type(faute).__name__ == "NoArgsIsHelpError":
        say(str(faute))
        return USAGE
    message = translate_fault(faute.format_message())
    say(f"Erreur : {message}")
    if inconnue := re.fullmatch("commande inconnue : « (.*) »", message):
        commandes = [c.callback.__name__ for c in app.registered_commands if c.callback]
        if proche := suggest(inconnue[1], commandes):
            say(f"  → Vouliez-vous dire « clsmon {proche} » ?")
    contexte = getattr(faute, "ctx", None)
    commande = contexte.command_path if contexte is not None else "clsmon"
    say(f"  → L'aide : {commande} --help")
    return USAGE


def _interrupted() -> int:
    say("Interrompu : ce qui était déjà écrit est entier.")
    return INTERROMPU


def _crash(arguments: Sequence[str]) -> int:
    import tempfile
    import traceback

    descripteur, nom = tempfile.mkstemp(prefix="clsmon-panne-", suffix=".log")
    with os.fdopen(descripteur, "w", encoding="utf-8") as journal:
        journal.write(f"clsmon {' '.join(arguments)}\n\n{traceback.format_exc()}")
    say("Panne de clsmon : ce n'est pas votre faute, et rien n'est à moitié écrit.")
    say(f"  → Joignez ce journal à votre demande d'aide : {nom}")
    return PANNE
