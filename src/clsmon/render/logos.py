"""Les logos des signataires sur les documents (article 8) : qui en a un, à quelle échelle."""

from __future__ import annotations

from clsmon.model.bilan import Bilan
from clsmon.model.logo import Logo

LARGEUR, HAUTEUR = 180, 64
"""La place d'un logo sur une couverture de classeur, en pixels."""


def names_without_logo(bilan: Bilan) -> tuple[str, ...]:
    """Les noms courts des signataires dont le logo manque, dans l'ordre du contrat."""
    presents = {logo.organisme for logo in bilan.logos}
    signataires = bilan.contrat.signataires.items()
    return tuple(organisme.nom_court for code, organisme in signataires if code not in presents)


def scale_of(logo: Logo) -> float:
    """Le facteur qui fait tenir un logo dans sa place, sans le déformer ni l'agrandir."""
    return min(1.0, LARGEUR / logo.largeur, HAUTEUR / logo.hauteur)
