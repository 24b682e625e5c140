"""Ce qui distingue deux textes au-delà de leur typographie, et comment montrer la différence."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

LONGUEUR = 60
"""Au-delà, en caractères, un texte est coupé autour de ce qui diffère."""

_AVANT = 20
_SIGNES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-"})
_AUTOUR = re.compile(r"\s*([:;?!%,.()\"'/-])\s*")
MONTRES = 3
"""Différences montrées pour une même rubrique."""


def reduce_text(texte: str) -> str:
    """Un texte sans sa typographie : apostrophes, guillemets, tirets, espaces, majuscules."""
    simple = unicodedata.normalize("NFKC", texte).translate(_SIGNES)
    simple = _AUTOUR.sub(r"\1", " ".join(simple.split())).replace("...", "…")
    return simple.casefold().strip(" .;,")


def same_text(avant: str, apres: str) -> bool:
    """Vrai si deux textes ne diffèrent que par leur typographie."""
    return avant == apres or reduce_text(avant) == reduce_text(apres)


def quote_pair(avant: str, apres: str) -> str:
    """« ancien » → « nouveau », coupés autour de la première différence s'ils sont longs."""
    return f"{_quoted(avant, apres)} → {_quoted(apres, avant)}"


def _quoted(texte: str, autre: str) -> str:
    texte, autre = " ".join(texte.split()), " ".join(autre.split())
    if not texte:
        return "(vide)"
    commun = next(
        (rang for rang, (a, b) in enumerate(zip(texte, autre, strict=False)) if a != b),
        min(len(texte), len(autre)),
    )
    debut = max(0, commun - _AVANT) if len(texte) > LONGUEUR else 0
    coupe = texte[debut : debut + LONGUEUR]
    tete = "…" if debut else ""
    queue = "…" if debut + LONGUEUR < len(texte) else ""
    return f"« {tete}{coupe.strip()}{queue} »"


def describe_gap(avant: Any, apres: Any) -> str:
    """
    Ce qui diffère entre deux contenus, ordre et typographie à part ; vide si rien.

    Un contenu est un texte, un nombre, une liste ou un ensemble de clés, tel que le modèle le rend.
    """
    otes = _remaining(avant, apres)
    ajoutes = _remaining(apres, avant)
    if len(otes) == len(ajoutes) == 1 and otes[0][0] == ajoutes[0][0]:
        rubrique = otes[0][0].strip("/").replace("/", ", ")
        return f"{rubrique} : ".removeprefix(" : ") + quote_pair(otes[0][1], ajoutes[0][1])
    parties = [
        f"{mot} {_some(liste)}" for mot, liste in (("ôté", otes), ("ajouté", ajoutes)) if liste
    ]
    return " ; ".join(parties)


def _some(feuilles: Sequence[tuple[str, str]]) -> str:
    montrees = [_quoted(texte, "") for _, texte in feuilles[:MONTRES]]
    reste = len(feuilles) - len(montrees)
    return ", ".join(montrees) + (f" et {reste} de plus" if reste else "")


def _remaining(contenu: Any, autre: Any) -> list[tuple[str, str]]:
    """Les feuilles d'un contenu que l'autre n'a pas, en (chemin sans rang, texte)."""
    reste = Counter((chemin, reduce_text(texte)) for chemin, texte in _leaves(autre))
    seules = []
    for chemin, texte in _leaves(contenu):
        feuille = (chemin, reduce_text(texte))
        if reste[feuille]:
            reste[feuille] -= 1
        elif feuille[1]:
            seules.append((chemin, texte))
    return seules


def _leaves(contenu: Any, chemin: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(contenu, Mapping):
        for cle, valeur in contenu.items():
            yield from _leaves(valeur, f"{chemin}/{cle}")
    elif isinstance(contenu, list | tuple):
        for element in contenu:
            yield from _leaves(element, chemin)
    elif contenu is not None:
        yield chemin, _spelled(contenu)


def _spelled(valeur: Any) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return str(valeur)
