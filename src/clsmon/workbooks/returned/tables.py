"""Les tableaux à remplir d'un classeur rendu : où ils sont, et ce qui en a été perdu."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from clsmon.model.libelles import simplify
from clsmon.workbooks.disposition import Disposition
from clsmon.workbooks.layout import COLONNES_SAISIE, Colonne, heading
from clsmon.workbooks.reader.grid import Cellule, Classeur, Feuille, Place, address
from clsmon.workbooks.reader.refusal import shorten

TITRE_DES_CLES = COLONNES_SAISIE[0].titre
"""Ce que porte la colonne des clés sur la ligne de titres, qui n'est pas une réponse."""

LIGNES_DE_TITRES = frozenset({"cle", TITRE_DES_CLES})
"""Ce que porte la colonne des clés sur une ligne qui n'est pas une réponse."""

_ANNEE = re.compile(r"[0-9]{4}", re.ASCII)


class Defaut(NamedTuple):
    """Ce qui manque ou ne va pas dans un tableau : où, sous quel code, en une phrase."""

    code: str
    feuille: str
    cellule: str
    message: str


class Tableau:
    """
    Un tableau de réponses : sa feuille, la rangée de ses clés machine, les colonnes de chacune.

    `disposition` est celle de la feuille d'origine.
    `etrangeres` : les colonnes dont le titre est celui d'une autre, dont rien n'est lu ; `ecarte` :
    le tableau entier est d'une autre année.
    """

    def __init__(
        self,
        disposition: Disposition,
        feuille: Feuille,
        entete: int,
        places: Mapping[str, list[int]],
    ) -> None:
        self.disposition = disposition
        self.feuille = feuille
        self.entete = entete
        self.places = places
        self.etrangeres: set[str] = set()
        self.ecarte = False

    @property
    def colonnes(self) -> dict[str, int]:
        """La colonne de chaque clé ; une colonne à remplir qui figure deux fois n'est pas lue."""
        return {
            cle: places[0]
            for cle, places in self.places.items()
            if (len(places) == 1 or cle not in self.disposition.typees)
            and cle not in self.etrangeres
        }

    @cached_property
    def titres(self) -> int:
        """La rangée des titres français, ou 0 si elle n'y est plus."""
        cles = self.places["cle"][0]
        return next(
            (
                rangee
                for (rangee, colonne), cellule in self.feuille.cellules.items()
                if colonne == cles and cellule.texte.strip() == TITRE_DES_CLES
            ),
            0,
        )

    def title_of(self, colonne: str) -> str:
        """Le titre français écrit au-dessus d'une colonne, vide s'il n'y en a pas."""
        places = self.places.get(colonne, [])
        cellule = self.feuille.cellules.get((self.titres, places[0])) if places else None
        return cellule.texte if cellule else ""


def find_tables(classeur: Classeur, disposition: Disposition) -> Iterator[Tableau]:
    """Ce qui porte la ligne de clés machine d'une disposition, où que ce soit dans le classeur."""
    cles = {colonne.cle for colonne in disposition.colonnes}
    reperes = {"cle", *disposition.typees, *({"champ"} & cles)}
    for feuille in classeur.feuilles:
        rangees: dict[int, dict[str, list[int]]] = {}
        for (rangee, colonne), cellule in feuille.cellules.items():
            if cellule.texte in cles:
                rangees.setdefault(rangee, {}).setdefault(cellule.texte, []).append(colonne)
        vues: set[int] = set()
        for rangee, trouvees in sorted(rangees.items()):
            if "cle" not in trouvees or len(reperes & trouvees.keys()) < 2:
                continue
            # The same row of keys copied further down opens no other table.
            if not vues.issuperset(trouvees["cle"]):
                vues.update(trouvees["cle"])
                yield Tableau(disposition, feuille, rangee, trouvees)


def find_faults(
    autres: Iterable[Feuille],
    tableaux: list[Tableau],
    disposition: Disposition,
    exercice: int,
    cles: Collection[str],
) -> Iterator[Defaut]:
    """
    Ce qui manque : la feuille, une colonne supprimée, en double ou sous un autre titre.

    `autres` : les feuilles où aucun tableau n'a été trouvé ; `cles` : les clés de ligne, qui y
    trahissent un morceau de formulaire.
    """
    for feuille in autres:
        morceau = _keyless(feuille, disposition, exercice)
        morceau = morceau or _headless(feuille, cles, disposition)
        if morceau is not None:
            yield morceau
    if not tableaux:
        yield Defaut("FOR013", "", "", f"la feuille {disposition.nom} manque")
    for tableau in tableaux:
        yield from _year_fault(tableau, exercice)
        for colonne in () if tableau.ecarte else disposition.colonnes:
            yield from _column_fault(tableau, colonne, exercice)
    for feuille in {id(t.feuille): t.feuille for t in tableaux if not t.ecarte}.values():
        yield from _strangers(feuille, [t for t in tableaux if t.feuille is feuille])


def _year_fault(tableau: Tableau, exercice: int) -> Iterator[Defaut]:
    """Une feuille de saisie d'une autre année, rangée dans ce classeur : rien n'en est lu."""
    colonne = tableau.disposition.annee
    montre = tableau.title_of(colonne)
    annees = _ANNEE.findall(montre)
    if annees and str(exercice) not in annees:
        tableau.ecarte = True
        message = (
            f"la feuille « {shorten(tableau.feuille.nom)} » demande « {shorten(montre)} », et non "
            f"{exercice} : rien n'en est pris"
        )
        place = address((tableau.titres, tableau.places[colonne][0]))
        yield Defaut("FOR031", tableau.feuille.nom, place, message)


def _column_fault(tableau: Tableau, colonne: Colonne, exercice: int) -> Iterator[Defaut]:
    if not colonne.saisie and colonne.cle != "champ":
        return
    places = tableau.places.get(colonne.cle, [])
    place = address((tableau.entete, places[-1] if places else 1))
    titre = f"la colonne « {heading(colonne, exercice)} »"
    if len(places) != 1 and (colonne.saisie or not places):
        constat = "figure deux fois : rien n'en est pris" if places else "a été supprimée"
        message = f"{titre} {constat} ; ses réponses manquent"
        yield Defaut("FOR013", tableau.feuille.nom, place, message)
        return
    montre = tableau.title_of(colonne.cle)
    colonnes = tableau.disposition.colonnes
    autres = {simplify(heading(c, exercice)) for c in colonnes if c.cle != colonne.cle}
    if simplify(montre) in autres:
        tableau.etrangeres.add(colonne.cle)
        message = f"{titre} a pour titre « {shorten(montre)} » : rien n'en est pris"
        yield Defaut("FOR031", tableau.feuille.nom, place, message)


def _strangers(feuille: Feuille, tableaux: list[Tableau]) -> Iterator[Defaut]:
    """Ce qui est écrit hors des colonnes du formulaire, dit en une fois par feuille."""
    connues = {
        numero
        for tableau in tableaux
        for cle, places in tableau.places.items()
        for numero in (places if cle in tableau.disposition.typees else places[:1])
    }
    titres = {rangee for tableau in tableaux for rangee in (tableau.entete, tableau.titres)}
    dehors = sorted(
        (place, cellule.texte)
        for place, cellule in feuille.cellules.items()
        if place[1] not in connues and place[0] not in titres and cellule.texte.strip()
    )
    if dehors:
        place, texte = dehors[0]
        autres = f", comme {len(dehors) - 1} autres cellules," if len(dehors) > 2 else ""
        autres = ", comme une autre cellule," if len(dehors) == 2 else autres
        message = f"« {shorten(texte)} »{autres} est hors des colonnes : rien n'en est enregistré"
        yield Defaut("FOR032", feuille.nom, address(place), message)


def _keyless(feuille: Feuille, disposition: Disposition, exercice: int) -> Defaut | None:
    """Une feuille qui a les titres d'une feuille à remplir, mais plus ses clés cachées."""
    signes = disposition.signes
    rangees: dict[int, set[str]] = {}
    for (rangee, _), cellule in feuille.cellules.items():
        if cellule.texte in signes:
            rangees.setdefault(rangee, set()).add(cellule.texte)
    titres = next((rangee for rangee, vus in rangees.items() if vus == signes), 0)
    typee = _typed_under(feuille, disposition, titres, exercice) if titres else None
    if typee is None:
        return None
    place, cellule = typee
    message = (
        f"la feuille « {shorten(feuille.nom)} » a perdu ses clés cachées : rien n'en est "
        f"enregistré, à commencer par « {shorten(cellule.texte)} »"
    )
    return Defaut("FOR033", feuille.nom, address(place), message)


def _headless(feuille: Feuille, cles: Collection[str], disposition: Disposition) -> Defaut | None:
    """Des lignes du formulaire rangées dans une feuille qui n'a pas ses titres."""
    mesures = disposition.rubriques is None
    places = [
        (rangee, colonne)
        for (rangee, colonne), cellule in feuille.cellules.items()
        # The lists of choices have keys too, but on their first row only.
        if (cellule.texte in cles and rangee > 1)
        or (mesures and _is_measure_row(cellule, feuille.cellules.get((rangee, colonne + 1))))
    ]
    if not places:
        return None
    message = (
        f"la feuille « {shorten(feuille.nom)} » contient des lignes du formulaire sans ses "
        "titres : rien n'en est enregistré"
    )
    return Defaut("FOR033", feuille.nom, address(min(places)), message)


def _is_measure_row(cle: Cellule, voisine: Cellule | None) -> bool:
    """Vrai pour « 3.1/livres/livres » suivi de « 3.1 » : une clé de mesure, puis sa fiche."""
    fiche, *reste = cle.texte.split("/")
    return len(reste) == 2 and voisine is not None and voisine.texte == fiche


def _typed_under(
    feuille: Feuille, disposition: Disposition, titres: int, exercice: int
) -> tuple[Place, Cellule] | None:
    """La première cellule remplie dans une colonne à remplir, reconnue à son titre."""
    a_remplir = {simplify(heading(c, exercice)) for c in disposition.colonnes if c.saisie}
    colonnes = {
        colonne
        for (rangee, colonne), cellule in feuille.cellules.items()
        if rangee == titres and simplify(cellule.texte) in a_remplir
    }
    remplies = [
        (place, cellule)
        for place, cellule in feuille.cellules.items()
        if place[0] != titres
        and place[1] in colonnes
        and cellule.texte.strip()
        and cellule.texte not in disposition.typees
    ]
    return min(remplies, key=lambda element: element[0], default=None)
