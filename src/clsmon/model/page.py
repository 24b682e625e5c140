"""La page d'un code d'anomalie qui n'est pas une règle."""

from __future__ import annotations

from dataclasses import dataclass

from clsmon.model.anomalie import Gravite


@dataclass(frozen=True, slots=True)
class Page:
    """Ce qu'un code veut dire : l'énoncé (`titre`), son sens, un exemple fautif, le remède."""

    code: str
    gravite: Gravite
    titre: str
    texte: str
    exemple: str
    remede: str


def error_page(code: str, titre: str, texte: str, exemple: str, remede: str) -> Page:
    """La page d'un code de gravité « erreur »."""
    return Page(code, Gravite.ERREUR, titre, texte, exemple, remede)
