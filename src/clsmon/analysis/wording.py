"""Les tournures françaises des phrases que le calcul écrit : pluriels, listes, espaces, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from clsmon.model.contrat import PILOTAGE, Contrat, NatureContrat

_AVANT = re.compile(r" (?=[:;?!»%])")
_APRES = re.compile(r"(?<=«) ")
INSECABLE = "\u00a0"
NOMMES_AU_PLUS = 6
"""Une liste plus longue ne se lit plus d'un coup d'œil : le détail est plus loin."""


def count(nombre: int, singulier: str, pluriel: str = "") -> str:
    """« 1 fiche », « 3 fiches » ; zéro est au singulier."""
    return f"{nombre} {singulier if nombre < 2 else pluriel or singulier + 's'}"


def of_pilot(contrat: Contrat) -> str:
    """« du COPIL », ou « de l'instance de pilotage » d'un autre plan."""
    return "du COPIL" if contrat.pilote == PILOTAGE else "de l'instance de pilotage"


def enumerate_words(mots: Sequence[str], *, entiere: bool = False) -> str:
    """
    « a », « a et b », « a, b et c » ; au-delà de six, les cinq premiers « et 21 autres ».

    `entiere` : tous sont nommés, parce que le lecteur doit se prononcer sur chacun.
    """
    if len(mots) > NOMMES_AU_PLUS and not entiere:
        autres = len(mots) - NOMMES_AU_PLUS + 1
        mots = [*mots[: NOMMES_AU_PLUS - 1], f"{autres} autres"]
    if len(mots) < 2:
        return "".join(mots)
    return f"{', '.join(mots[:-1])} et {mots[-1]}"


def short_date(jour: date) -> str:
    """« 30/09/2026 »."""
    return f"{jour.day:02}/{jour.month:02}/{jour.year}"


def name_source(contrat: Contrat, article: int) -> str:
    """« article 3 » : les numéros sont ceux d'un CLS ; un autre plan a les siens."""
    return f"article {article}" if contrat.nature is NatureContrat.CLS else "contrat"


def typeset(texte: str) -> str:
    """Un texte sur une ligne : apostrophes courbes, insécables devant : ; ? ! %, et dans « »."""
    lie = " ".join(texte.replace("'", "’").split())
    return _APRES.sub(INSECABLE, _AVANT.sub(INSECABLE, lie))
