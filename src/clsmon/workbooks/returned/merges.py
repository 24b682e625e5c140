"""Les fusions de cellules d'un formulaire rendu : ce qu'elles cachent devient une question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.workbooks.reader.grid import Cellule, Feuille, Fusion, Nature, address
from clsmon.workbooks.reader.refusal import shorten

_ACCOMPAGNENT = frozenset({"commentaire", "preuve"})
"""Ce qui ne fait pas une réponse : rien n'y reste à vérifier, le texte est seulement dit."""

Rangees = dict[int, dict[str, Cellule]]
"""Les cellules non vides d'un tableau, par ligne puis par clé de colonne."""


def set_aside_merged(
    feuille: Feuille, colonnes: Mapping[str, int], rangees: Rangees, fichier: str
) -> Iterator[Anomalie]:
    """
    Écarte de `rangees` tout ce qui est sous une fusion, et rend ce qu'il faut en dire.

    `colonnes` : le numéro de chaque colonne à remplir ; `rangees` : les lignes qui ont une clé.
    Une réponse sous une fusion devient une cellule de nature `FUSIONNEE` : une question, sur chaque
    ligne concernée, car le tableur n'en montre qu'une pour toutes. Une fusion vide, ou celle d'un
    commentaire, est dite une fois (FOR023).
    """
    dites: set[Fusion] = set()
    for cle, colonne in sorted(colonnes.items(), key=lambda paire: paire[1]):
        for rangee, fusion in _touched(feuille.fusions, colonne, sorted(rangees)):
            propre = rangees[rangee].pop(cle, None)
            montree = propre or _typed_at_head(fusion, colonnes, rangees)
            if montree and cle not in _ACCOMPAGNENT:
                rangees[rangee][cle] = Cellule(montree.texte, Nature.FUSIONNEE)
            elif propre or fusion not in dites:
                lieu = Lieu(fichier, feuille=feuille.nom, cellule=address((rangee, colonne)))
                yield _say(lieu, fusion, propre)
            dites.add(fusion)


def _touched(
    fusions: Sequence[Fusion], colonne: int, rangees: Sequence[int]
) -> Iterator[tuple[int, Fusion]]:
    """Les lignes d'une colonne sous une fusion, chacune une fois, en un seul passage."""
    siennes = sorted(f for f in fusions if f.gauche <= colonne <= f.droite)
    rang, courante = 0, None
    for rangee in rangees:
        while rang < len(siennes) and siennes[rang].haut <= rangee:
            if courante is None or siennes[rang].bas > courante.bas:
                courante = siennes[rang]
            rang += 1
        if courante is not None and courante.bas >= rangee:
            yield rangee, courante


def _typed_at_head(fusion: Fusion, colonnes: Mapping[str, int], rangees: Rangees) -> Cellule | None:
    """Ce que montre une fusion, si sa première cellule est une de celles à remplir."""
    cles = (cle for cle, colonne in colonnes.items() if colonne == fusion.gauche)
    return rangees.get(fusion.haut, {}).get(next(cles, ""))


def _say(lieu: Lieu, fusion: Fusion, cellule: Cellule | None) -> Anomalie:
    perdu = f" ; « {shorten(cellule.texte)} » n'est pas enregistré" if cellule else ""
    return Anomalie(
        lieu,
        "FOR023",
        Gravite.ERREUR,
        f"les cellules à remplir {fusion.adresse} sont fusionnées{perdu}",
        "Annulez la fusion, écrivez chaque réponse sur sa ligne, puis collectez de nouveau.",
    )
