"""Une pièce de séance, ordre du jour ou compte rendu : des faits, des sections, des tableaux."""

from __future__ import annotations

from dataclasses import dataclass

from clsmon.model.couleur import BLEU
from clsmon.render.cells import Tableau


@dataclass(frozen=True)
class Section:
    """
    Un titre, puis, dans cet ordre et s'il y en a : paragraphes, faits, liste, tableau.

    `niveau` : 2 sous le titre du document, 3 sous une section. `numerotee` : la liste a des rangs.
    """

    titre: str
    niveau: int = 2
    paragraphes: tuple[str, ...] = ()
    faits: tuple[tuple[str, str], ...] = ()
    liste: tuple[str, ...] = ()
    numerotee: bool = False
    tableau: Tableau | None = None


@dataclass(frozen=True)
class Piece:
    """Une pièce : `contrat` est le titre du contrat, `nom` celui de ses fichiers."""

    nom: str
    titre: str
    contrat: str
    faits: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    fictif: bool
    accent: str = BLEU
