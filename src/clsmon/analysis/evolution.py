"""Les évolutions d'une mesure, et le chemin fait vers sa cible quand il y en a une."""

from __future__ import annotations

from decimal import Decimal

from clsmon.model.constat import Constat, Ecart
from clsmon.model.indicateur import Cible, Mesure, TypeMesure


def compute_gap(avant: Decimal | None, apres: Decimal | None, type_: TypeMesure) -> Ecart | None:
    """
    L'écart entre deux valeurs de même unité ; None s'il en manque une.

    La différence est dans l'unité de la mesure ; pour un taux elle est en points et le pourcentage
    n'a pas de sens. Le pourcentage se rapporte à `avant` ; il n'y en a pas à partir de zéro.
    """
    if avant is None or apres is None:
        return None
    difference = apres - avant
    if type_ is TypeMesure.TAUX or not avant:
        return Ecart(difference, None)
    return Ecart(difference, difference / abs(avant) * 100)


def comparable(constat: Constat | None) -> Decimal | None:
    """
    Le nombre d'un constat, s'il se compare à un autre.

    Une somme à laquelle il manque un organisme ne se compare à rien : la baisse serait fausse.
    """
    return None if constat is None or constat.incomplet else constat.nombre


def changes_source(avant: Constat, apres: Constat) -> bool:
    """
    Vrai si deux valeurs ne viennent pas des mêmes organismes : leur écart ne dit rien.

    Pour une somme, les organismes additionnés. Une valeur que le COPIL a fixée, ou que l'outil a
    calculée, ne dépend pas de qui répond.
    """
    if avant.nombre is None or apres.nombre is None or not (avant.sources and apres.sources):
        return False
    return set(avant.sources) != set(apres.sources)


def next_target(mesure: Mesure, exercice: int) -> Cible | None:
    """La cible de l'exercice, sinon la prochaine ; None quand le COPIL n'en a pas fixé à venir."""
    a_venir = [cible for cible in mesure.cibles if cible.annee >= exercice]
    return min(a_venir, key=lambda cible: cible.annee, default=None)


def compute_progress(
    initiale: Decimal | None, valeur: Decimal | None, cible: Cible | None
) -> Decimal | None:
    """
    La part du chemin fait de la valeur initiale à la cible, en %.

    None sans cible, sans valeur initiale ou sans valeur, ou quand la cible est la valeur initiale.
    Négative quand on s'éloigne, au-delà de 100 quand la cible est dépassée.
    """
    if cible is None or initiale is None or valeur is None or cible.valeur == initiale:
        return None
    return (valeur - initiale) / (cible.valeur - initiale) * 100
