"""Les campagnes, dans l'ordre des promesses."""

from __future__ import annotations

from campagnes import corpus, mutations, rounds
from campagnes.compte import Campagne

CAMPAGNES = (
    Campagne("P3-tours", "ce qui est tapé est ce qui est montré", 10_000, 25, rounds.run),
    Campagne("P3-mutations", "un classeur abîmé ne casse rien", 100_000, 300, mutations.run),
    Campagne("P3-corpus", "les nombres des autres sont les nôtres", 400, 8, corpus.run),
)
