"""L'identité d'un formulaire rendu : ce que dit sa feuille cachée, et ce qui le confirme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from clsmon.model.collecte import Genre
from clsmon.workbooks.layout import EMPREINTE
from clsmon.workbooks.reader.grid import Classeur, Feuille
from clsmon.workbooks.reader.refusal import ClasseurRefuse, shorten

RANGEES_D_ENTETE = 30
"""Jusqu'où chercher l'identité du formulaire dans sa feuille."""

IDENTITE = ("contrat", "exercice", "organisme", "version", "empreinte")

SEUL_DANS_SON_CLASSEUR = (
    "Demandez à l'organisme de remplir le formulaire d'origine, seul dans son classeur."
)

_TETES = frozenset({*IDENTITE, "genre", "objet", "base", "fictif"})
"""Ce que porte la première colonne de l'identité."""

_ANNEE = re.compile(r"[0-9]{4}", re.ASCII)
_EMPREINTE = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{16}(?![0-9A-Za-z])", re.ASCII)


class Definition(NamedTuple):
    """Une mesure telle que le formulaire la demandait."""

    type: str
    unite: str
    libelle: str


@dataclass(frozen=True)
class Identite:
    """
    Ce qu'un classeur de l'outil dit de lui-même.

    `objet` nomme ce dont il parle quand ce n'est pas un exercice : une séance.
    `definitions` : chaque mesure telle qu'elle était demandée quand le formulaire a été fait.
    """

    contrat: str
    exercice: int
    organisme: str
    version: str
    empreinte: str
    genre: Genre = Genre.FORMULAIRE
    objet: str = ""
    base: tuple[str, ...] = ()
    fictif: bool = False
    definitions: dict[str, Definition] = field(default_factory=dict)


def identify(classeur: Classeur) -> Identite:
    """
    L'identité d'un formulaire, la même partout où le classeur la porte.

    Lève ClasseurRefuse : aucune identité (FOR009), un genre
    inconnu (FOR025), deux qui se contredisent (FOR028), ou une
    empreinte qui n'est pas celle que le classeur porte ailleurs (FOR029).
    """
    trouvees = list(_identities(classeur))
    if not trouvees:
        raise ClasseurRefuse(
            "FOR009",
            "ce classeur n'est pas un formulaire de clsmon : sa feuille d'identité manque.",
            "Envoyez à l'organisme le formulaire fait par « clsmon forms », et collectez sa "
            "réponse.",
        )
    for autre in trouvees[1:]:
        if autre != trouvees[0]:
            raise _two_identities(trouvees[0], autre)
    if _signatures(classeur) - {trouvees[0].empreinte}:
        raise ClasseurRefuse(
            "FOR029",
            "la feuille cachée de ce classeur n'est pas celle du formulaire d'origine : les deux "
            "empreintes diffèrent.",
            SEUL_DANS_SON_CLASSEUR,
        )
    return trouvees[0]


def holds_identity(feuille: Feuille) -> bool:
    """Vrai pour une feuille cachée d'un formulaire, qui nomme ses mesures sans rien y demander."""
    return _names_a_form(_pairs(feuille))


def _names_a_form(couples: Mapping[str, str]) -> bool:
    return all(couples.get(cle) for cle in IDENTITE)


def _identities(classeur: Classeur) -> Iterator[Identite]:
    for feuille in classeur.feuilles:
        trouve = _pairs(feuille)
        if _names_a_form(trouve) and _ANNEE.fullmatch(trouve["exercice"]):
            yield Identite(
                contrat=trouve["contrat"],
                exercice=int(trouve["exercice"]),
                organisme=trouve["organisme"],
                version=trouve["version"],
                empreinte=trouve["empreinte"],
                genre=_genre(trouve.get("genre", "")),
                objet=trouve.get("objet", ""),
                base=tuple(trouve.get("base", "").split()),
                fictif=trouve.get("fictif") == "oui",
                definitions=_definitions(feuille),
            )


def _genre(texte: str) -> Genre:
    try:
        return Genre(texte or Genre.FORMULAIRE)
    except ValueError:
        raise ClasseurRefuse(
            "FOR025",
            f"ce classeur est d'un genre que cette version ne connaît pas : « {shorten(texte)} »",
            "Mettez clsmon à jour, ou demandez le formulaire d'origine.",
        ) from None


def _two_identities(une: Identite, autre: Identite) -> ClasseurRefuse:
    noms = [f"« {shorten(i.organisme)} », exercice {i.exercice}" for i in (une, autre)]
    ou = " et ".join(noms) if noms[0] != noms[1] else f"deux versions de {noms[0]}"
    return ClasseurRefuse(
        "FOR028",
        f"ce classeur réunit deux formulaires ({ou}) : on ne sait pas à qui sont ses réponses.",
        SEUL_DANS_SON_CLASSEUR,
    )


def _signatures(classeur: Classeur) -> set[str]:
    """Les empreintes du nom défini et de la propriété ; un tableur a pu perdre l'un ou l'autre."""
    portees = (classeur.noms.get(EMPREINTE, ""), classeur.proprietes.get(EMPREINTE, ""))
    return {trouve[0] for texte in portees if (trouve := _EMPREINTE.search(texte))}


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
        if rangee <= RANGEES_D_ENTETE and cellule.texte in _TETES:
            voisine = feuille.cellules.get((rangee, colonne + 1))
            couples.setdefault(cellule.texte, voisine.texte.strip() if voisine else "")
    return couples
