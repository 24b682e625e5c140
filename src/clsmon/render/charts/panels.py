"""Ce que montre le petit graphique d'une mesure : ses années, leurs valeurs et leurs mots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from clsmon.model.bilan import Bilan, BilanFiche, LigneMesure
from clsmon.model.constat import Constat
from clsmon.model.indicateur import Mesure
from clsmon.model.libelles import STATUTS
from clsmon.model.statut import Statut
from clsmon.render.results import find_year, name_measure, spell_year
from clsmon.render.ruptures import spell_break
from clsmon.render.spelling import (
    ABSENT,
    INSECABLE,
    spell_initial,
    spell_quantity,
    spell_target,
)

ND = "ND"
SANS_RETOUR, NON_SUIVIE = "sans retour", "non suivie"
AU_TABLEAU = "voir le tableau"
"""Ce qui tient lieu de point quand une réponse n'est pas un seul nombre."""
VALEURS = {Statut.RENSEIGNE, Statut.ESTIME, Statut.CALCULE}


@dataclass(frozen=True)
class Point:
    """
    Une année, ou la valeur initiale, sur l'axe horizontal.

    `valeur` est None quand il n'y a rien à placer : `mot` dit alors pourquoi. `dit` est ce qu'en
    écrit le tableau des résultats. `relie` : un trait vient de l'année d'avant.
    """

    titre: str
    valeur: Decimal | None
    mot: str
    dit: str
    reserve: str = ""
    relie: bool = False
    initial: bool = False
    rupture: bool = False


@dataclass(frozen=True)
class Panneau:
    """Une mesure : son nom, ses points, sa cible s'il y en a une, la rupture de sa série."""

    nom: str
    unite: str
    points: tuple[Point, ...]
    cible: Decimal | None
    cible_dite: str
    rupture: tuple[str, str]

    @property
    def chiffre(self) -> bool:
        """Vrai si une année au moins a une valeur."""
        return any(p.valeur is not None and not p.initial for p in self.points)


@dataclass(frozen=True)
class Echelle:
    """Une échelle qui contient toujours zéro : `bas` est négatif ou nul, `haut` positif ou nul."""

    bas: Decimal
    haut: Decimal

    def place(self, valeur: Decimal) -> float:
        """La place d'une valeur, de 0 en bas à 1 en haut."""
        return float((valeur - self.bas) / (self.haut - self.bas))


def scale_of(valeurs: Iterable[Decimal | None]) -> Echelle:
    """L'échelle de ces valeurs, à partir de zéro."""
    connues = [Decimal(0), *(valeur for valeur in valeurs if valeur is not None)]
    bas, haut = min(connues), max(connues)
    return Echelle(bas, haut if haut > bas else Decimal(1))


def value_of(constat: Constat | None) -> Decimal | None:
    """Le nombre d'un constat qui est une valeur ; un nombre à vérifier n'en est pas une."""
    return constat.nombre if constat is not None and constat.statut in VALEURS else None


def word_of(constat: Constat, mesure: Mesure) -> str:
    """La valeur seule, sinon le mot qui tient sa place."""
    valeur = value_of(constat)
    if valeur is not None:
        return spell_quantity(valeur, mesure)
    return AU_TABLEAU if constat.statut in VALEURS else STATUTS[constat.statut]


def reserve_of(constat: Constat) -> str:
    """Ce qui nuance une valeur, en un mot ou deux : « estimé », « incomplet »."""
    mots = ("incomplet",) if constat.incomplet else ()
    estime = (STATUTS[Statut.ESTIME],) if constat.statut is Statut.ESTIME else ()
    return ", ".join((*estime, *mots))


def _year_point(bilan: Bilan, ligne: LigneMesure, annee: int) -> Point:
    titre = str(annee)
    if annee not in bilan.annees:
        return Point(titre, None, SANS_RETOUR, SANS_RETOUR)
    constat = find_year(ligne, annee)
    premiere = ligne.serie[0].exercice if ligne.serie else annee
    rupture = ligne.rupture is not None and annee == premiere
    if constat is None:
        return Point(titre, None, ABSENT, NON_SUIVIE)
    valeur = value_of(constat)
    return Point(
        titre,
        valeur,
        word_of(constat, ligne.situee.mesure),
        spell_year(bilan, ligne, annee),
        "" if valeur is None else reserve_of(constat),
        relie=annee in ligne.continues,
        rupture=rupture,
    )


def years_of(bilan: Bilan) -> range:
    """Toutes les années de la première connue à l'exercice : une année muette garde sa place."""
    return range(min(bilan.annees), bilan.exercice + 1)


def _initial_point(ligne: LigneMesure) -> Iterator[Point]:
    mesure = ligne.situee.mesure
    initiale = mesure.valeur_initiale
    if initiale is not None:
        yield Point(
            "initiale",
            initiale.valeur,
            spell_quantity(initiale.valeur, mesure),
            spell_initial(mesure),
            str(initiale.annee or ""),
            initial=True,
        )


def panel_of(bilan: Bilan, ligne: LigneMesure) -> Panneau:
    """Le panneau d'une mesure chiffrée."""
    return Panneau(
        nom=name_measure(ligne),
        unite=ligne.situee.mesure.unite_affichee,
        points=(
            *_initial_point(ligne),
            *_joined([_year_point(bilan, ligne, annee) for annee in years_of(bilan)]),
        ),
        cible=ligne.cible.valeur if ligne.cible else None,
        cible_dite=spell_target(ligne) if ligne.cible else "",
        rupture=spell_break(ligne, bilan.contrat),
    )


def _joined(points: list[Point]) -> Iterator[Point]:
    """Les mêmes points ; un trait ne vient jamais d'une année sans valeur."""
    for rang, point in enumerate(points):
        seul = rang == 0 or points[rang - 1].valeur is None or point.valeur is None
        yield replace(point, relie=False) if seul else point


def panels_of(bilan: Bilan, fiche: BilanFiche) -> tuple[Panneau, ...]:
    """Les panneaux d'une fiche ; aucun tant qu'aucune de ses mesures n'a de valeur."""
    panneaux = tuple(
        panel_of(bilan, ligne)
        for indicateur in fiche.indicateurs
        for ligne in indicateur.lignes
        if ligne.situee.mesure.type.chiffre
    )
    return panneaux if any(panneau.chiffre for panneau in panneaux) else ()


def describe_panel(panneau: Panneau) -> str:
    """Un panneau dit en toutes lettres : chaque valeur telle que le tableau l'écrit."""
    unite = f" ({panneau.unite})" if panneau.unite else ""
    dits = (
        f"{'valeur initiale' if point.initial else point.titre}{INSECABLE}: {point.dit}"
        for point in panneau.points
    )
    cible = f"cible{INSECABLE}: {panneau.cible_dite}" if panneau.cible_dite else ""
    annee, avant = panneau.rupture
    rompue = f" {annee}{INSECABLE}: {avant}." if annee else ""
    return f"{panneau.nom}{unite}. " + " ; ".join(filter(None, (*dits, cible))) + f".{rompue}"
