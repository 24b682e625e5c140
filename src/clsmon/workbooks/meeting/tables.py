"""Les feuilles d'un classeur « Séance » rendu : leurs lignes, et ce qui en a été perdu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.libelles import simplify
from clsmon.workbooks.form.page import BANDEAU
from clsmon.workbooks.layout import Colonne
from clsmon.workbooks.meeting.layout import COLONNES
from clsmon.workbooks.reader.grid import Cellule, Classeur, Feuille, Nature, address
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.identity import holds_identity
from clsmon.workbooks.returned.locating import Ligne
from clsmon.workbooks.returned.merges import set_aside_merged

REFAIRE = "Reportez ce qui est écrit dans un classeur neuf : clsmon forms --seance."


class Tables:
    """Les lignes de chaque feuille, dans leur ordre, et les anomalies du classeur entier."""

    def __init__(self, classeur: Classeur, fichier: str) -> None:
        self.fichier = fichier
        self.lignes: dict[str, list[Ligne]] = {nom: [] for nom in COLONNES}
        self.anomalies: list[Anomalie] = []
        for nom, colonnes in COLONNES.items():
            self._read(classeur, nom, colonnes)

    def _read(self, classeur: Classeur, nom: str, colonnes: tuple[Colonne, ...]) -> None:
        trouvees = [
            (feuille, entete, places)
            for feuille in classeur.feuilles
            if not holds_identity(feuille)
            for entete, places in _headings(feuille, colonnes)
        ]
        if len(trouvees) != 1:
            constat = "figure plusieurs fois" if trouvees else "manque, ou a perdu ses clés cachées"
            self._report("FOR013", Lieu(self.fichier), f"la feuille « {nom} » {constat}")
            return
        feuille, entete, places = trouvees[0]
        for colonne in colonnes:
            # The hidden key of « Séance » says which row is which: it must be there too.
            if len(places.get(colonne.cle, ())) != 1 and (colonne.saisie or colonne.cachee):
                constat = "figure deux fois" if colonne.cle in places else "a été supprimée"
                lieu = Lieu(self.fichier, feuille=feuille.nom, cellule=address((entete, 1)))
                self._report("FOR013", lieu, f"la colonne « {colonne.titre} » {constat}")
        self._fill(nom, feuille, entete, {cle: rangs[0] for cle, rangs in places.items()})

    def _fill(self, nom: str, feuille: Feuille, entete: int, places: dict[str, int]) -> None:
        colonnes = {c.cle: c for c in COLONNES[nom]}
        cles = {numero: cle for cle, numero in places.items()}
        rangees: dict[int, dict[str, Cellule]] = {}
        dehors: dict[tuple[int, int], Cellule] = {}
        for (rangee, numero), cellule in feuille.cellules.items():
            vide = cellule.nature is Nature.TEXTE and not cellule.texte.strip()
            if vide or rangee == entete:
                continue
            if numero in cles:
                rangees.setdefault(rangee, {})[cles[numero]] = cellule
            else:
                dehors[rangee, numero] = cellule
        rangees = {r: c for r, c in rangees.items() if not _is_title(c, colonnes)}
        saisies = {cle: places[cle] for cle, c in colonnes.items() if c.saisie and cle in places}
        self.anomalies += set_aside_merged(feuille, saisies, rangees, self.fichier)
        self._warn_strangers(feuille, dehors)
        self.lignes[nom] = [
            Ligne(feuille.nom, rangee, places, cellules)
            for rangee, cellules in sorted(rangees.items())
            if saisies.keys() & cellules.keys()
        ]

    def _warn_strangers(self, feuille: Feuille, dehors: Mapping[tuple[int, int], Cellule]) -> None:
        """Ce qui est écrit hors des colonnes n'est pas lu : c'est dit, une fois par feuille."""
        if not dehors:
            return
        place = min(dehors)
        autres = f" (et {len(dehors) - 1} de plus)" if len(dehors) > 1 else ""
        message = (
            f"« {shorten(dehors[place].texte)} »{autres} est hors des colonnes : rien n'en est "
            "enregistré"
        )
        lieu = Lieu(self.fichier, feuille=feuille.nom, cellule=address(place))
        conseil = "Reportez-le dans la colonne prévue, sur la même ligne."
        self.anomalies.append(Anomalie(lieu, "FOR032", Gravite.ALERTE, message, conseil))

    def _report(self, code: str, lieu: Lieu, message: str) -> None:
        constat = f"{message} : rien n'est enregistré"
        self.anomalies.append(Anomalie(lieu, code, Gravite.ERREUR, constat, REFAIRE))


def _headings(
    feuille: Feuille, colonnes: tuple[Colonne, ...]
) -> Iterator[tuple[int, dict[str, list[int]]]]:
    """La première ligne de clés machine d'une feuille : son numéro, et la place de chaque clé."""
    cles = {colonne.cle for colonne in colonnes}
    rangees: dict[int, dict[str, list[int]]] = {}
    for (rangee, numero), cellule in feuille.cellules.items():
        if cellule.texte in cles:
            rangees.setdefault(rangee, {}).setdefault(cellule.texte, []).append(numero)
    if rangees:
        entete = min(rangees)
        yield entete, rangees[entete]


def _is_title(cellules: Mapping[str, Cellule], colonnes: Mapping[str, Colonne]) -> bool:
    """Vrai pour les titres français, une ligne de clés recopiée ou le bandeau fictif."""
    textes = {cle: cellule.texte.strip() for cle, cellule in cellules.items()}
    if BANDEAU in textes.values():
        return True
    return all(
        simplify(texte) in {simplify(colonnes[cle].titre), cle} for cle, texte in textes.items()
    )
