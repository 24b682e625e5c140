"""Les campagnes, dans l'ordre des promesses."""

from __future__ import annotations

from campagnes import (
    browser,
    corpus,
    crowd,
    failures,
    fortress,
    history,
    inert,
    kills,
    mutations,
    publications,
    refusals,
    rounds,
    sameness,
    sources,
    states,
)
from campagnes.compte import Campagne

CAMPAGNES = (
    Campagne("P1", "aucun fichier rendu n'arrête la collecte", 1_000, 4, fortress.run),
    Campagne("P2", "un refus se lit, les autres se collectent", 100, 1, refusals.run),
    Campagne("P3-tours", "ce qui est tapé est ce qui est montré", 10_000, 25, rounds.run),
    Campagne("P3-mutations", "un classeur abîmé ne casse rien", 100_000, 200, mutations.run),
    Campagne("P3-corpus", "les nombres des autres sont les nôtres", 400, 6, corpus.run),
    Campagne("P4", "cinq états restent cinq dans chaque format", 100, 1, states.run),
    Campagne("P5-morts", "tuée n'importe quand, rien n'est à moitié écrit", 2_000, 4, kills.run),
    Campagne("P5-pannes", "une écriture qui échoue ne perd rien", 1_000, 8, failures.run),
    Campagne("P6-foule", "huit collectes à la fois ne perdent rien", 200, 2, crowd.run_crowd),
    Campagne("P6-branches", "deux branches se fondent sans conflit", 100, 2, crowd.run_branches),
    Campagne("P7", "mêmes données, mêmes octets", 9, 2, sameness.run),
    Campagne("P8", "chaque chiffre mène à sa source", 200, 40, sources.run),
    Campagne("P9-rejeu", "l'histoire rejouée rend l'état", 200, 2, history.run_replay),
    Campagne("P9-octets", "un octet changé se voit", 10_000, 40, history.run_bytes),
    Campagne("P9-fusions", "corriger des deux côtés ne perd rien", 100, 2, history.run_merges),
    Campagne("P10", "un texte de partenaire n'agit nulle part", 20, 1, inert.run),
    Campagne("P12", "un document public ne se renverse pas", 1_000, 1, publications.run),
)
NAVIGATEUR = Campagne("pages", "tous lisent les pages HTML", 3, 0, browser.run)
"""À nommer pour la lancer : elle demande un navigateur, Java et npm."""
