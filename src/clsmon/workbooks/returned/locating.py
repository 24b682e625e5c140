"""Un formulaire rendu, lu par ses clés : lignes triées, colonnes déplacées, feuilles renommées."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.workbooks.layout import COLONNES_FICHES, COLONNES_SAISIE, Colonne, heading
from clsmon.workbooks.reader.grid import Cellule, Classeur, Feuille, Nature, address
from clsmon.workbooks.reader.refusal import ClasseurRefuse, shorten
from clsmon.workbooks.returned.merges import set_aside_merged

RANGEES_D_ENTETE = 30
"""Jusqu'où chercher l'identité du formulaire dans sa feuille."""

CITEES_AU_PLUS = 5
"""Places nommées dans une phrase."""

TITRE_DES_CLES = COLONNES_SAISIE[0].titre
"""Ce que porte la colonne des clés sur la ligne de titres, qui n'est pas une réponse."""

_ANNEE = re.compile(r"[0-9]{4}", re.ASCII)
IDENTITE = ("contrat", "exercice", "organisme", "version", "empreinte")
_TYPEES = {c.cle for c in (*COLONNES_SAISIE, *COLONNES_FICHES) if c.saisie}


@dataclass(frozen=True)
class Ligne:
    """
    Une ligne du formulaire : ses cellules non vides par clé de colonne, et sa place.

    `colonnes` va d'une clé machine au numéro de colonne, pour nommer aussi une cellule vide.
    """

    feuille: str
    rangee: int
    colonnes: Mapping[str, int]
    cellules: Mapping[str, Cellule]

    def cell(self, colonne: str) -> Cellule | None:
        """La cellule d'une colonne, ou None si elle est vide."""
        return self.cellules.get(colonne)

    def text(self, colonne: str) -> str:
        """Le texte d'une cellule, vide si elle l'est."""
        cellule = self.cellules.get(colonne)
        return cellule.texte if cellule else ""

    def address(self, colonne: str) -> str:
        """L'adresse d'une cellule : « H12 »."""
        return address((self.rangee, self.colonnes.get(colonne, 1)))

    def reference(self, colonne: str) -> str:
        """La feuille et l'adresse d'une cellule : « Saisie!H12 »."""
        return f"{self.feuille}!{self.address(colonne)}"


class Definition(NamedTuple):
    """Une mesure telle que le formulaire la demandait."""

    type: str
    unite: str
    libelle: str


class _Tableau(NamedTuple):
    """Une feuille de réponses, la rangée de ses clés machine, et les colonnes de chacune."""

    feuille: Feuille
    entete: int
    places: Mapping[str, list[int]]

    @property
    def colonnes(self) -> dict[str, int]:
        """La colonne de chaque clé ; une colonne à remplir qui figure deux fois n'est pas lue."""
        return {
            cle: places[0]
            for cle, places in self.places.items()
            if len(places) == 1 or cle not in _TYPEES
        }


@dataclass
class Retour:
    """
    Ce qu'un formulaire rendu contient, avant toute lecture de valeur.

    `mesures` va de la clé d'une mesure à sa ligne ; `fiches`, de (fiche, rubrique) à sa ligne.
    `definitions` : chaque mesure telle qu'elle était demandée quand le formulaire a été fait.
    `ecartees` : les clés présentes plusieurs fois, dont rien n'est pris.
    """

    fichier: str
    contrat: str
    exercice: int
    organisme: str
    empreinte: str
    base: tuple[str, ...] = ()
    fictif: bool = False
    definitions: dict[str, Definition] = field(default_factory=dict)
    mesures: dict[str, Ligne] = field(default_factory=dict)
    fiches: dict[tuple[str, str], Ligne] = field(default_factory=dict)
    ecartees: set[tuple[str, str]] = field(default_factory=set)
    anomalies: list[Anomalie] = field(default_factory=list)


def read_return(classeur: Classeur, fichier: str) -> Retour:
    """
    Retrouve les réponses d'un formulaire par leurs clés, jamais par leur place.

    Lève ClasseurRefuse (FOR009) si le classeur n'est pas un formulaire de clsmon.
    """
    retour = _identify(classeur, fichier)
    retour.anomalies.extend(
        Anomalie(_in_file(a.lieu, fichier), a.code, a.gravite, a.message, a.conseil)
        for a in classeur.anomalies
    )
    if classeur.macros:
        message = "les macros de ce classeur n'ont pas été lancées : ses valeurs sont lues"
        retour.anomalies.append(Anomalie(Lieu(fichier), "FOR024", Gravite.INFO, message))
    saisies = list(_sheets(classeur, COLONNES_SAISIE))
    _require(retour, saisies, COLONNES_SAISIE, "la feuille de saisie des mesures manque")
    lignes = [ligne for tableau in saisies for ligne in _rows(retour, tableau)]
    _distribute(retour, (((ligne.text("cle").strip(), ""), ligne) for ligne in lignes))
    recits = list(_sheets(classeur, COLONNES_FICHES))
    _require(retour, recits, COLONNES_FICHES, "la feuille du récit des fiches manque")
    lignes = [ligne for tableau in recits for ligne in _rows(retour, tableau)]
    _distribute(retour, ((_rubric_key(ligne), ligne) for ligne in lignes))
    return retour


def _rubric_key(ligne: Ligne) -> tuple[str, str]:
    return ligne.text("cle").strip(), ligne.text("champ").strip()


def _in_file(lieu: Lieu, fichier: str) -> Lieu:
    return Lieu(fichier, feuille=lieu.feuille, cellule=lieu.cellule)


def _identify(classeur: Classeur, fichier: str) -> Retour:
    for feuille in classeur.feuilles:
        trouve = _pairs(feuille)
        if all(trouve.get(cle) for cle in IDENTITE) and _ANNEE.fullmatch(trouve["exercice"]):
            return Retour(
                fichier,
                contrat=trouve["contrat"],
                exercice=int(trouve["exercice"]),
                organisme=trouve["organisme"],
                empreinte=trouve["empreinte"],
                base=tuple(trouve.get("base", "").split()),
                fictif=trouve.get("fictif") == "oui",
                definitions=_definitions(feuille),
            )
    raise ClasseurRefuse(
        "FOR009",
        "ce classeur n'est pas un formulaire de clsmon : sa feuille d'identité manque.",
        "Envoyez à l'organisme le formulaire fait par « clsmon forms », et collectez sa réponse.",
    )


def _definitions(feuille: Feuille) -> dict[str, Definition]:
    """Le tableau des mesures de la feuille d'identité, sous sa ligne « cle, type, unite… »."""
    titres = ("cle", *Definition._fields)
    for (entete, premiere), cellule in feuille.cellules.items():
        colonnes = range(premiere, premiere + len(titres))
        if cellule.texte == "cle" and _texts(feuille, entete, colonnes) == titres:
            return {
                cle.texte: Definition(*_texts(feuille, rangee, colonnes[1:]))
                for (rangee, colonne), cle in feuille.cellules.items()
                if colonne == premiere and rangee > entete
            }
    return {}


def _texts(feuille: Feuille, rangee: int, colonnes: Iterable[int]) -> tuple[str, ...]:
    cellules = (feuille.cellules.get((rangee, colonne)) for colonne in colonnes)
    return tuple(cellule.texte if cellule else "" for cellule in cellules)


def _pairs(feuille: Feuille) -> dict[str, str]:
    """Les couples clé-valeur des deux premières colonnes occupées, en tête de la feuille."""
    couples: dict[str, str] = {}
    for (rangee, colonne), cellule in feuille.cellules.items():
        if rangee <= RANGEES_D_ENTETE and cellule.texte in {*IDENTITE, "base", "fictif"}:
            voisine = feuille.cellules.get((rangee, colonne + 1))
            couples.setdefault(cellule.texte, voisine.texte.strip() if voisine else "")
    return couples


def _sheets(classeur: Classeur, colonnes: Iterable[Colonne]) -> Iterator[_Tableau]:
    """Les feuilles qui portent la ligne de clés machine de `colonnes`, quel que soit leur nom."""
    cles = {colonne.cle for colonne in colonnes}
    reperes = {"cle", *(c.cle for c in colonnes if c.saisie)}
    for feuille in classeur.feuilles:
        rangees: dict[int, dict[str, list[int]]] = {}
        for (rangee, colonne), cellule in feuille.cellules.items():
            if cellule.texte in cles:
                rangees.setdefault(rangee, {}).setdefault(cellule.texte, []).append(colonne)
        for rangee, trouvees in sorted(rangees.items()):
            if "cle" in trouvees and len(reperes & trouvees.keys()) >= 2:
                yield _Tableau(feuille, rangee, trouvees)
                break


def _require(
    retour: Retour, tableaux: list[_Tableau], colonnes: tuple[Colonne, ...], absente: str
) -> None:
    """Dit ce qui manque d'une feuille : elle-même, ou une colonne supprimée ou en double."""
    if not tableaux:
        _report(retour, Lieu(retour.fichier), absente)
    for tableau in tableaux:
        for colonne in colonnes:
            places = tableau.places.get(colonne.cle, [])
            if not colonne.saisie or len(places) == 1:
                continue
            place = address((tableau.entete, places[-1] if places else 1))
            lieu = Lieu(retour.fichier, feuille=tableau.feuille.nom, cellule=place)
            titre = f"la colonne « {heading(colonne, retour.exercice)} »"
            constat = "figure deux fois : rien n'en est pris" if places else "a été supprimée"
            _report(retour, lieu, f"{titre} {constat} ; ses réponses manquent")


def _report(retour: Retour, lieu: Lieu, message: str) -> None:
    conseil = "Faites remplir un formulaire neuf, sans supprimer ni copier de feuille ou colonne."
    retour.anomalies.append(Anomalie(lieu, "FOR013", Gravite.ERREUR, message, conseil))


def _rows(retour: Retour, tableau: _Tableau) -> Iterator[Ligne]:
    colonnes = tableau.colonnes
    noms = {numero: cle for cle, numero in colonnes.items()}
    rangees: dict[int, dict[str, Cellule]] = {}
    for (rangee, colonne), cellule in tableau.feuille.cellules.items():
        if rangee != tableau.entete and colonne in noms:
            vide = cellule.nature is Nature.TEXTE and not cellule.texte.strip()
            if not vide:
                rangees.setdefault(rangee, {})[noms[colonne]] = cellule
    if tableau.feuille.fusions:
        avec_cle = {r: c for r, c in rangees.items() if _has_key(c)}
        saisies = {cle: numero for cle, numero in colonnes.items() if cle in _TYPEES}
        retour.anomalies += set_aside_merged(tableau.feuille, saisies, avec_cle, retour.fichier)
    for rangee, cellules in sorted(rangees.items()):
        yield Ligne(tableau.feuille.nom, rangee, colonnes, cellules)


def _has_key(cellules: Mapping[str, Cellule]) -> bool:
    return "cle" in cellules and cellules["cle"].texte.strip() != TITRE_DES_CLES


def _distribute(retour: Retour, lignes: Iterable[tuple[tuple[str, str], Ligne]]) -> None:
    """Range les lignes par clé ; une clé en double n'est prise nulle part ; sans clé, c'est dit."""
    vues: dict[tuple[str, str], list[Ligne]] = {}
    for cle, ligne in lignes:
        if cle[0] == TITRE_DES_CLES:
            continue
        if cle[0]:
            vues.setdefault(cle, []).append(ligne)
        elif _TYPEES & ligne.cellules.keys():
            _orphan(retour, ligne)
    for cle, memes in vues.items():
        if len(memes) > 1:
            retour.ecartees.add(cle)
            _duplicate(retour, cle, memes)
        elif cle[1]:
            retour.fiches[cle] = memes[0]
        else:
            retour.mesures[cle[0]] = memes[0]


def _orphan(retour: Retour, ligne: Ligne) -> None:
    colonne, cellule = next((c, v) for c, v in ligne.cellules.items() if c in _TYPEES)
    retour.anomalies.append(
        Anomalie(
            Lieu(retour.fichier, feuille=ligne.feuille, cellule=ligne.address(colonne)),
            "SAI003",
            Gravite.ERREUR,
            f"« {shorten(cellule.texte)} » est sur une ligne sans clé : rien n'en est enregistré",
            "Reportez cette réponse sur la ligne de sa mesure.",
        )
    )


def _duplicate(retour: Retour, cle: tuple[str, str], memes: list[Ligne]) -> None:
    places = ", ".join(ligne.reference("cle") for ligne in memes[:CITEES_AU_PLUS])
    places += "…" if len(memes) > CITEES_AU_PLUS else ""
    dernier = memes[-1]
    retour.anomalies.append(
        Anomalie(
            Lieu(retour.fichier, feuille=dernier.feuille, cellule=dernier.address("cle")),
            "FOR010",
            Gravite.ERREUR,
            f"« {shorten(' '.join(filter(None, cle)))} » figure {len(memes)} fois ({places}) : "
            "rien n'en est enregistré",
            "Gardez une seule ligne par mesure et supprimez la feuille ou la ligne copiée.",
        )
    )
