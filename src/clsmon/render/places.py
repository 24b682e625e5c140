"""Les lieux montrés : les fiches de chaque commune et de chaque quartier prioritaire."""

from __future__ import annotations

from collections.abc import Iterable

from clsmon.model.bilan import Bilan
from clsmon.model.gouvernance import BilanLieu
from clsmon.render.cells import Cellule, Colonne, Tableau


def _place_rows(
    bilan: Bilan, genre: str, lieux: Iterable[BilanLieu]
) -> Iterable[tuple[Cellule, ...]]:
    for lieu in lieux:
        nom = bilan.contrat.nom_court(lieu.lieu)
        for fiche, organismes in lieu.fiches:
            dits = ", ".join(bilan.contrat.nom_court(code) for code in organismes)
            yield nom, genre, fiche.id, fiche.titre, dits
        if not lieu.fiches:
            yield nom, genre, None, "aucune fiche déclarée", None


def places_table(bilan: Bilan) -> Tableau:
    """Une ligne par lieu et fiche ; une commune du territoire sans fiche le dit."""
    lieux = bilan.gouvernance.lieux
    return Tableau(
        "Fiches par commune et par quartier prioritaire",
        (
            Colonne("Lieu", 30),
            Colonne("Genre", 20),
            Colonne("Fiche", 10),
            Colonne("Titre de la fiche", 70),
            Colonne("Déclaré par", 50),
        ),
        (
            *_place_rows(bilan, "commune", lieux.communes),
            *_place_rows(bilan, "quartier prioritaire", lieux.quartiers),
        ),
    )


def districts_table(bilan: Bilan, *, communes: bool) -> Tableau:
    """Les communes, ou les quartiers, où une fiche au moins a eu lieu, avec leurs fiches."""
    lieux = bilan.gouvernance.lieux
    choisis = lieux.communes if communes else lieux.quartiers
    titre = "Commune" if communes else "Quartier prioritaire"
    return Tableau(
        titre,
        (Colonne(titre, 34), Colonne("Nombre de fiches", 12, nombre=True), Colonne("Fiches", 60)),
        tuple(
            (
                bilan.contrat.nom_court(lieu.lieu),
                len(lieu.fiches),
                ", ".join(fiche.id for fiche, _ in lieu.fiches),
            )
            for lieu in choisis
            if lieu.fiches
        ),
    )


def empty_communes(bilan: Bilan) -> tuple[str, ...]:
    """Les communes du territoire où aucune fiche n'est déclarée."""
    communes = bilan.gouvernance.lieux.communes
    return tuple(bilan.contrat.nom_court(lieu.lieu) for lieu in communes if not lieu.fiches)
