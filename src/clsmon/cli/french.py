"""L'aide et les fautes d'usage de typer, dites en français."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from typer.core import TyperCommand, TyperGroup

_AIDE = (
    ("Usage: ", "Utilisation : "),
    ("COMMAND [ARGS]...", "COMMANDE [ARGUMENTS]…"),
    ("]...", "]…"),
)
_TITRES = {"Options:": "Options :", "Commands:": "Commandes :", "Arguments:": "Arguments :"}
_EXPLICATIONS = (
    (r"Show this message and exit\.", "Affiche cette aide."),
    (r"Install completion for the current shell\.", "Installe la complétion du terminal."),
    (r"Show completion for the current shell, .*", "Affiche le texte de la complétion."),
    (r"\[default: ([^\]]*)\]", r"[par défaut : \1]"),
    (r"\[required\]", "[obligatoire]"),
)
"""Lues avant la mise en lignes : coupée par un terminal étroit, une phrase ne se reconnaît plus."""
_TYPE = re.compile(r" <[\w\[\]|]+>")

_FAUTES = (
    (r"No such option: (\S+)(.*)", r"option inconnue : \1"),
    (r"No such command '(.*?)'\.?(.*)", r"commande inconnue : « \1 »"),
    (r"Missing argument '(.*?)'\.?", r"il manque l'argument \1"),
    (r"Missing option '(.*?)'\.?", r"il manque l'option \1"),
    (r"Missing command\.?", "il manque une commande"),
    (r"Option '(.*?)' requires an argument\.?", r"l'option \1 demande une valeur"),
    (r"Option '(.*?)' does not take a value\.?", r"l'option \1 ne prend pas de valeur"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", r"en trop : \1"),
    (
        r"Invalid value for '?(.*?)'?: (?:Value error, )?'(.*?)' is not one of (.*?)\.?",
        r"\1 : « \2 » n'est pas dans la liste : \3",
    ),
    (
        r"Invalid value for '?(.*?)'?: Input should be a valid integer.*",
        r"\1 : un nombre entier est attendu",
    ),
    (r"Invalid value for '?(.*?)'?: (.*)", r"\1 : valeur refusée (\2)"),
)


def translate_help(aide: str) -> str:
    """Les titres de l'aide de typer, en français."""
    for anglais, francais in _AIDE:
        aide = aide.replace(anglais, francais)
    return "\n".join(_TITRES.get(ligne, ligne) for ligne in aide.split("\n"))


def translate_row(nom: str, explication: str) -> tuple[str, str]:
    """Une option ou un argument et son explication, en français, avant leur mise en lignes."""
    for motif, francais in _EXPLICATIONS:
        explication = re.sub(motif, francais, explication)
    return _TYPE.sub("", nom), explication


def write_help(commande: TyperCommand | TyperGroup, ctx: Any) -> str:
    """L'aide d'une commande, chaque explication traduite avant d'être coupée en lignes."""
    formateur = ctx.make_formatter()
    ecrire = formateur.write_dl

    def ecrire_en_francais(lignes: Iterable[tuple[str, str]]) -> None:
        ecrire([translate_row(*ligne) for ligne in lignes])

    formateur.write_dl = ecrire_en_francais
    commande.format_help(ctx, formateur)
    return translate_help(formateur.getvalue().rstrip("\n"))


def translate_fault(message: str) -> str:
    """Une faute d'usage en français ; le message d'origine si elle n'est pas connue."""
    for motif, francais in _FAUTES:
        trouve = re.fullmatch(motif, message, re.DOTALL)
        if trouve:
            return trouve.expand(francais)
    return message


class FrenchCommand(TyperCommand):
    """Une commande dont l'aide est en français."""

    def get_help(self, ctx: Any) -> str:
        """L'aide, en français."""
        return write_help(self, ctx)


class FrenchGroup(TyperGroup):
    """Un groupe de commandes dont l'aide est en français, dans l'ordre du cycle annuel."""

    def get_help(self, ctx: Any) -> str:
        """L'aide, en français."""
        return write_help(self, ctx)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  the signature is typer's
        """Les commandes dans l'ordre où elles sont déclarées."""
        return list(self.commands)
