"""
Une réponse possible mais peu vraisemblable : au-delà des bornes, ou loin de celle de l'an dernier.

Une réponse n'éveille ici qu'un doute, celui qui l'explique le mieux : elle n'est pas demandée deux
fois pour la même raison.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from clsmon.model.indicateur import Mesure, NatureMesure, TypeMesure
from clsmon.model.noeud import round_decimal, spell
from clsmon.model.releve import Valeur

FACTEUR = 3
"""Au-delà du triple, ou en deçà du tiers, de l'an dernier, une quantité est à confirmer."""

SAUT_EN_POINTS = 30
"""Un taux se compare en points : au-delà de cet écart avec l'an dernier, il est à confirmer."""

DATES = range(36526, 54789)
"""Les jours de 2000 à 2049, tels qu'un tableur les compte : « 3/4 » y devient 46115."""


class Doute(NamedTuple):
    """Une réponse enregistrée et à confirmer : le code de l'alerte et ce qui étonne."""

    code: str
    message: str


def number_of(mesure: Mesure, valeur: Valeur | None) -> Decimal | None:
    """Le nombre d'une réponse donnée à une mesure chiffrée, un taux en points ; None sinon."""
    if valeur is None or valeur.etat is None or not valeur.etat.repond or not mesure.type.chiffre:
        return None
    try:
        nombre = valeur.nombre
    except ValueError:
        return None
    return None if nombre is None else round_decimal(nombre)


def doubt_value(mesure: Mesure, valeur: Valeur, precedente: Valeur | None) -> Doute | None:
    """
    Le doute qu'éveille une réponse seule ; None si elle est vraisemblable.

    `precedente` est la réponse du même organisme l'an dernier, dans la même unité ; rien ne se
    compare à zéro. Un nombre tapé en texte n'est pas une date que le tableur a transformée.
    """
    nombre, avant = number_of(mesure, valeur), number_of(mesure, precedente)
    if nombre is None:
        return None
    return (
        (None if valeur.saisi else _doubt_date(mesure, nombre, avant))
        or _doubt_bounds(mesure, nombre)
        or (_doubt_jump(mesure, nombre, avant) if avant is not None else None)
    )


def _doubt_date(mesure: Mesure, nombre: Decimal, avant: Decimal | None) -> Doute | None:
    if mesure.type is TypeMesure.TAUX or nombre != int(nombre) or int(nombre) not in DATES:
        return None
    trop = mesure.maximum is not None and nombre > mesure.maximum
    if not (trop or (avant and nombre > FACTEUR * avant)):
        return None
    message = f"{spell(nombre)} est peut-être une date transformée en nombre par le tableur"
    return Doute("SAI028", message)


def _doubt_bounds(mesure: Mesure, nombre: Decimal) -> Doute | None:
    if mesure.maximum is not None and nombre > mesure.maximum:
        message = f"{spell(nombre)} dépasse le maximum plausible, {spell(mesure.maximum)}"
        return Doute("SAI011", message)
    if mesure.minimum is not None and nombre < mesure.minimum:
        message = f"{spell(nombre)} est sous le minimum plausible, {spell(mesure.minimum)}"
        return Doute("SAI011", message)
    return None


def _doubt_jump(mesure: Mesure, nombre: Decimal, avant: Decimal) -> Doute | None:
    if mesure.type is TypeMesure.TAUX:
        saute = abs(nombre - avant) > SAUT_EN_POINTS
        message = f"{_points(nombre)} %, contre {_points(avant)} % l'an dernier"
        return Doute("SAI029", message) if saute else None
    contre = f"{spell(nombre)}, contre {spell(avant)} l'an dernier"
    if avant and nombre > FACTEUR * avant:
        return Doute("SAI029", f"{contre} : plus du triple")
    if nombre * FACTEUR < avant:
        return Doute("SAI029", f"{contre} : moins du tiers")
    if mesure.nature is NatureMesure.STOCK and nombre < avant:
        return Doute("SAI030", f"{contre} : un cumul qui baisse")
    return None


def _points(taux: Decimal) -> str:
    return spell(round_decimal(taux.quantize(Decimal("0.1"))))
