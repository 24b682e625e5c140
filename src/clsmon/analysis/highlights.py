"""Les mesures à montrer quand il n'y a pas la place de les montrer toutes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, zip_longest

from clsmon.model.bilan import BilanFiche, LigneMesure

ANNEES_AU_MOINS = 2
"""Un seul point ne se compare à rien."""


def rank_measures(fiches: Iterable[BilanFiche]) -> tuple[str, ...]:
    """
    Les clés des mesures chiffrées qui ont une cible, ou au moins deux années de valeurs, rangées.

    Une mesure de chaque fiche, puis une deuxième de chaque fiche, et ainsi de suite, dans l'ordre
    du contrat ; dans une fiche, celles qui ont une cible d'abord. L'ordre ne dépend d'aucune
    valeur : montrer les premières ne choisit pas les bons résultats.
    """
    tours = zip_longest(*(_of_fiche(fiche) for fiche in fiches))
    return tuple(ligne.situee.cle for ligne in chain.from_iterable(tours) if ligne is not None)


def _of_fiche(fiche: BilanFiche) -> list[LigneMesure]:
    lignes = (ligne for indicateur in fiche.indicateurs for ligne in indicateur.lignes)
    return sorted(filter(_is_shown, lignes), key=lambda ligne: ligne.cible is None)


def _is_shown(ligne: LigneMesure) -> bool:
    if not ligne.situee.mesure.type.chiffre:
        return False
    valeurs = sum(constat.nombre is not None for constat in ligne.serie)
    return ligne.cible is not None or valeurs >= ANNEES_AU_MOINS
