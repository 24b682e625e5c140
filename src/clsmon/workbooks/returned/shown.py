"""Ce qu'une ligne montre à qui la remplit : est-ce bien ce que sa clé dit, et sinon quoi ?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from clsmon.model.libelles import simplify
from clsmon.model.suggestion import suggest_only
from clsmon.workbooks.form.inert import inert_text
from clsmon.workbooks.returned.locating import Ligne

LIBELLES = ("fiche", "indicateur", "mesure", "rubrique", "titre")
"""Les colonnes qui disent en français ce qui est demandé sur une ligne."""

LIBELLE_GARDE = 500
"""Jusqu'à combien de caractères un libellé réduit est gardé pour le classeur suivant."""


@dataclass(frozen=True)
class Attendue:
    """
    Une réponse que le formulaire demande : son nom, ce que sa ligne montre, et sa place.

    `montre` va d'une colonne à son texte ; `ligne` est celle du classeur rendu, si elle y est.
    """

    nom: str
    montre: Mapping[str, str]
    ligne: Ligne | None = None


def shows(ligne: Ligne, colonne: str, possibles: Collection[str]) -> bool:
    """Vrai si une ligne montre un des textes possibles dans une colonne, ou n'y montre rien."""
    texte = ligne.text(colonne)
    if texte in possibles:
        return True
    montre = shown_text(texte)
    return not montre or any(montre == shown_text(possible) for possible in possibles)


def proves(
    ligne: Ligne, colonne: str, possibles: Collection[str], desordre: Collection[str]
) -> bool:
    """Comme `shows`, mais une case sans libellé ne suffit pas dans une feuille en désordre."""
    muette = ligne.feuille in desordre and not shown_text(ligne.text(colonne))
    return not muette and shows(ligne, colonne, possibles)


def find_disorder(attendues: Iterable[Attendue]) -> set[str]:
    """Les feuilles où une ligne au moins montre autre chose que ce que dit sa clé."""
    return {
        a.ligne.feuille
        for a in attendues
        if a.ligne and not all(shows(a.ligne, c, [texte]) for c, texte in a.montre.items())
    }


def shown_text(texte: str) -> str:
    """Un libellé réduit pour la comparaison, tel que le formulaire l'écrit."""
    return _kept(texte) if len(texte) <= LIBELLE_GARDE else simplify(inert_text(texte))


@lru_cache(maxsize=4096)
def _kept(texte: str) -> str:
    return simplify(inert_text(texte))


def propose(ligne: Ligne, attendues: Collection[Attendue]) -> Attendue | None:
    """
    La seule réponse attendue dont les libellés sont, ou presque, ceux que montre la ligne.

    Elle est proposée à qui relit, jamais prise : None s'il y en a deux, ou si rien n'est proche.
    """
    montre = {c: texte for c in LIBELLES if (texte := shown_text(ligne.text(c)))}
    if montre.keys() <= {"fiche"}:
        return None
    exactes = [
        attendue
        for attendue in attendues
        if all(texte == shown_text(attendue.montre.get(c, "")) for c, texte in montre.items())
    ]
    if exactes:
        return exactes[0] if len(exactes) == 1 else None
    par_texte: dict[str, list[Attendue]] = {}
    for attendue in attendues:
        texte = " ".join(shown_text(attendue.montre.get(colonne, "")) for colonne in montre)
        par_texte.setdefault(texte, []).append(attendue)
    proches = par_texte.get(suggest_only(" ".join(montre.values()), par_texte) or "", [])
    return proches[0] if len(proches) == 1 else None
