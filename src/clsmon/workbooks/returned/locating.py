"""Un formulaire rendu, lu par ses clés : lignes triées, colonnes déplacées, feuilles renommées."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.collecte import Genre
from clsmon.workbooks.disposition import FORMULAIRE, Disposition
from clsmon.workbooks.layout import TYPEES, Colonne
from clsmon.workbooks.reader.grid import Cellule, Classeur, Nature, address
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.identity import Definition, Identite, holds_identity
from clsmon.workbooks.returned.merges import set_aside_merged
from clsmon.workbooks.returned.tables import (
    LIGNES_DE_TITRES,
    Defaut,
    Tableau,
    find_faults,
    find_tables,
)

CITEES_AU_PLUS = 5
"""Places nommées dans une phrase."""

INCOMPLETS = frozenset({"FOR010", "FOR013", "FOR022", "FOR023", "FOR031", "FOR033"})
"""Ligne ou feuille en double, colonne ou feuille perdue, lignes mêlées ou fusionnées."""

_REFAIRE = {
    Genre.FORMULAIRE: "clsmon forms",
    Genre.EXAMEN: "clsmon forms --examen",
}

_CONSEILS = {
    "FOR013": "Faites remplir un formulaire neuf, sans supprimer ni copier de feuille ou colonne.",
    "FOR031": "Faites reporter ces réponses dans le formulaire de cet exercice, sans toucher à ses "
    "titres.",
    "FOR032": "Relisez-le : une réponse se reporte dans la colonne prévue, sur la même ligne.",
    "FOR033": "Faites reporter ces réponses dans la feuille d'origine du formulaire.",
}


@dataclass(frozen=True)
class Ligne:
    """
    Une ligne du formulaire : ses cellules non vides par clé de colonne, et sa place.

    `colonnes` va d'une clé machine au numéro de colonne, pour nommer aussi une cellule vide ;
    `typees` : celles où l'on écrit.
    """

    feuille: str
    rangee: int
    colonnes: Mapping[str, int]
    cellules: Mapping[str, Cellule]
    typees: frozenset[str] = TYPEES

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


@dataclass
class Retour:
    """
    Ce qu'un formulaire rendu contient, avant toute lecture de valeur.

    `mesures` va de la clé d'une mesure à sa ligne ; `fiches`, de (fiche, rubrique) à sa ligne.
    `definitions` : chaque mesure telle qu'elle était demandée quand le formulaire a été fait.
    `ecartees` : les clés présentes plusieurs fois, dont rien n'est pris, et `doubles`, leurs
    lignes ; `sans_cle` : les lignes remplies qui ne disent pas à quoi elles répondent.
    `lues` : les dispositions dont une feuille au moins a été trouvée.
    `relues` : les clés actuelles dont la ligne montre, en toutes lettres, ce que dit sa clé.
    `a_jour` : l'empreinte est celle du formulaire que le dossier enverrait aujourd'hui.
    `desordre` : les feuilles où les clés ont pu bouger : une ligne au moins n'a plus la sienne, ou
    en montre une autre.
    `refaire` : la commande qui refait ce classeur.
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
    doubles: list[Ligne] = field(default_factory=list)
    sans_cle: list[Ligne] = field(default_factory=list)
    lues: set[tuple[Colonne, ...]] = field(default_factory=set)
    relues: set[tuple[str, str]] = field(default_factory=set)
    a_jour: bool = False
    desordre: set[str] = field(default_factory=set)
    refaire: str = "clsmon forms"
    anomalies: list[Anomalie] = field(default_factory=list)


def read_return(
    classeur: Classeur,
    identite: Identite,
    fichier: str,
    dispositions: Iterable[Disposition] = FORMULAIRE,
) -> Retour:
    """
    Retrouve les réponses d'un formulaire par leurs clés, jamais par leur place.

    `identite` est ce que `identify` dit de ce classeur, `dispositions` ses feuilles à remplir.
    """
    retour = _open(identite, fichier)
    retour.anomalies.extend(
        Anomalie(_in_file(a.lieu, fichier), a.code, a.gravite, a.message, a.conseil)
        for a in classeur.anomalies
    )
    if classeur.macros:
        message = "les macros de ce classeur n'ont pas été lancées : ses valeurs sont lues"
        retour.anomalies.append(Anomalie(Lieu(fichier), "FOR024", Gravite.INFO, message))
    trouves = {d: list(find_tables(classeur, d)) for d in dispositions}
    lues = {id(tableau.feuille) for tableaux in trouves.values() for tableau in tableaux}
    autres = [f for f in classeur.feuilles if id(f) not in lues and not holds_identity(f)]
    for disposition, tableaux in trouves.items():
        rubriques = disposition.rubriques
        mesures = {cle for cle in retour.definitions if "/" in cle}
        cles = mesures if rubriques is None else rubriques
        for defaut in find_faults(autres, tableaux, disposition, retour.exercice, cles):
            _report(retour, defaut)
        lus = [tableau for tableau in tableaux if not tableau.ecarte]
        if lus:
            retour.lues.add(disposition.colonnes)
        # Without the column that says what is asked, no row proves its key.
        retour.desordre.update(t.feuille.nom for t in lus if disposition.demande not in t.places)
        key_of = _measure_key if rubriques is None else _rubric_key
        lignes = (ligne for tableau in lus for ligne in _rows(retour, tableau))
        _distribute(retour, [(key_of(ligne), ligne) for ligne in lignes])
    return retour


def _open(identite: Identite, fichier: str) -> Retour:
    return Retour(
        fichier,
        contrat=identite.contrat,
        exercice=identite.exercice,
        organisme=identite.organisme,
        empreinte=identite.empreinte,
        base=identite.base,
        fictif=identite.fictif,
        definitions=identite.definitions,
        refaire=_REFAIRE.get(identite.genre, "clsmon forms"),
    )


def _measure_key(ligne: Ligne) -> tuple[str, str]:
    return ligne.text("cle").strip(), ""


def _rubric_key(ligne: Ligne) -> tuple[str, str]:
    """La fiche et la rubrique ; sans l'une des deux, la ligne n'a pas de clé."""
    cle, champ = ligne.text("cle").strip(), ligne.text("champ").strip()
    return (cle, champ) if champ or cle in LIGNES_DE_TITRES else ("", "")


def _in_file(lieu: Lieu, fichier: str) -> Lieu:
    return Lieu(fichier, feuille=lieu.feuille, cellule=lieu.cellule)


def _report(retour: Retour, defaut: Defaut) -> None:
    lieu = Lieu(retour.fichier, feuille=defaut.feuille, cellule=defaut.cellule)
    gravite = Gravite.ALERTE if defaut.code == "FOR032" else Gravite.ERREUR
    retour.anomalies.append(
        Anomalie(lieu, defaut.code, gravite, defaut.message, _CONSEILS[defaut.code])
    )


def _rows(retour: Retour, tableau: Tableau) -> Iterator[Ligne]:
    colonnes = tableau.colonnes
    noms = {numero: cle for cle, numero in colonnes.items()}
    rangees: dict[int, dict[str, Cellule]] = {}
    entete = tableau.entete
    for (rangee, colonne), cellule in tableau.feuille.cellules.items():
        cle = noms.get(colonne)
        if cle is None or rangee == entete:
            continue
        if cellule.texte.strip() or cellule.nature is not Nature.TEXTE:
            rangees.setdefault(rangee, {})[cle] = cellule
    if tableau.feuille.fusions:
        avec_cle = {r: c for r, c in rangees.items() if _has_key(c)}
        typees = tableau.disposition.typees
        saisies = {cle: numero for cle, numero in colonnes.items() if cle in typees}
        retour.anomalies += set_aside_merged(tableau.feuille, saisies, avec_cle, retour.fichier)
    for rangee, cellules in sorted(rangees.items()):
        yield Ligne(tableau.feuille.nom, rangee, colonnes, cellules, tableau.disposition.typees)


def _has_key(cellules: Mapping[str, Cellule]) -> bool:
    return "cle" in cellules and cellules["cle"].texte.strip() not in LIGNES_DE_TITRES


def _distribute(retour: Retour, lignes: Iterable[tuple[tuple[str, str], Ligne]]) -> None:
    """Range les lignes par clé ; une clé en double n'est prise nulle part."""
    vues: dict[tuple[str, str], list[Ligne]] = {}
    for cle, ligne in lignes:
        if cle[0] in LIGNES_DE_TITRES:
            continue
        if cle[0]:
            vues.setdefault(cle, []).append(ligne)
        elif ligne.typees & ligne.cellules.keys():
            retour.sans_cle.append(ligne)
    for cle, memes in vues.items():
        if len(memes) > 1:
            retour.ecartees.add(cle)
            report_duplicate(retour, retour.anomalies, cle, memes)
        elif cle[1]:
            retour.fiches[cle] = memes[0]
        else:
            retour.mesures[cle[0]] = memes[0]


def report_duplicate(
    retour: Retour, anomalies: list[Anomalie], cle: tuple[str, str], memes: list[Ligne]
) -> None:
    """Dit une clé qui figure plusieurs fois, et où : rien n'en est pris."""
    places = ", ".join(ligne.reference("cle") for ligne in memes[:CITEES_AU_PLUS])
    places += "…" if len(memes) > CITEES_AU_PLUS else ""
    retour.doubles.extend(memes)
    dernier = memes[-1]
    anomalies.append(
        Anomalie(
            Lieu(retour.fichier, feuille=dernier.feuille, cellule=dernier.address("cle")),
            "FOR010",
            Gravite.ERREUR,
            f"« {shorten(' '.join(filter(None, cle)))} » figure {len(memes)} fois ({places}) : "
            "rien n'en est enregistré",
            "Gardez une seule ligne par mesure et supprimez la feuille ou la ligne copiée.",
        )
    )
