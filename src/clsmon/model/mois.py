"""L'arithmétique des mois : la fin d'un mois plus court, le 29 février."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date


def add_months(jour: date, mois: int) -> date:
    """
    Le même quantième `mois` mois plus tard, ou plus tôt s'il est négatif.

    Dans un mois plus court, son dernier jour : le 31 août moins six mois est le 28 ou 29 février.
    Au-delà du calendrier, son premier ou son dernier jour.
    """
    rang = 12 * jour.year + jour.month - 1 + mois
    annee, avant = divmod(rang, 12)
    if annee < MINYEAR:
        return date.min
    if annee > MAXYEAR:
        return date.max
    fin = last_day(annee, avant + 1)
    return fin.replace(day=min(jour.day, fin.day))


def last_day(annee: int, mois: int) -> date:
    """Le dernier jour d'un mois, de 1 à 12 ; lève ValueError pour un mois qui n'existe pas."""
    if mois not in range(1, 13):
        raise ValueError(mois)
    return date(annee, mois, monthrange(annee, mois)[1])
