"""Une feuille à remplir, telle que sa lecture la reconnaît : colonnes, titres et clés."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from clsmon.workbooks.layout import (
    CHAMPS,
    CHAMPS_POSTE,
    COLONNES_FICHES,
    COLONNES_SAISIE,
    Colonne,
)


@dataclass(frozen=True)
class Disposition:
    """
    Une feuille à remplir.

    `nom` la dit dans une phrase : « la feuille … manque ». `signes` : les titres qui, ensemble sur
    une ligne, la font reconnaître sans ses clés. `demande` est la colonne qui dit en français ce
    qui est demandé ; `annee`, celle dont le titre porte l'exercice. `rubriques` : les secondes clés
    de ses lignes ; None si la clé d'une mesure suffit.
    """

    nom: str
    colonnes: tuple[Colonne, ...]
    signes: frozenset[str]
    demande: str
    annee: str = ""
    rubriques: frozenset[str] | None = None

    @cached_property
    def typees(self) -> frozenset[str]:
        """Les colonnes où l'on écrit."""
        return frozenset(colonne.cle for colonne in self.colonnes if colonne.saisie)


DISPOSITION_SAISIE = Disposition(
    "de saisie des mesures",
    COLONNES_SAISIE,
    frozenset({"Indicateur du contrat", "Ce qui est demandé"}),
    demande="mesure",
    annee="valeur",
)

DISPOSITION_FICHES = Disposition(
    "du récit des fiches",
    COLONNES_FICHES,
    frozenset({"Rubrique", "Votre réponse"}),
    demande="rubrique",
    rubriques=frozenset(champ.cle for champ in (*CHAMPS, *CHAMPS_POSTE)),
)

FORMULAIRE = (DISPOSITION_SAISIE, DISPOSITION_FICHES)
"""Les feuilles à remplir d'un formulaire de suivi."""
