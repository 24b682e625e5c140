"""A filled form as plain grids, that mutations change quickly, and the workbook they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

from openpyxl import load_workbook
from xlsxwriter import Workbook

from clsmon.model.dossier import Dossier
from clsmon.model.indicateur import TypeMesure
from clsmon.workbooks.layout import EMPREINTE
from tests.abus.atelier import form_of

Contenu = str | int | float
Grille = dict[tuple[int, int], Contenu]
"""From (row, column), counted from 1, to what the cell holds."""

VALEUR, NUMERATEUR, DENOMINATEUR, ETAT, COMMENTAIRE, PREUVE = range(8, 14)
REPONSE = 5


@dataclass(frozen=True)
class Jeton:
    """One thing typed: it exists nowhere else, so that it can be followed."""

    cle: str
    champ: str
    colonne: str


@dataclass
class Copie:
    """A workbook in the hands of a partner."""

    feuilles: dict[str, Grille]
    empreinte: str
    jetons: dict[str, Jeton] = field(default_factory=dict)
    gestes: list[str] = field(default_factory=list)
    suivant: int = 1000

    def token(self, cle: str, champ: str, colonne: str, lettre: str = "") -> Contenu:
        """A new unique thing to type: a number, or a word with this first letter."""
        self.suivant += 1
        self.jetons[f"{lettre}{self.suivant}"] = Jeton(cle, champ, colonne)
        return f"{lettre}{self.suivant}" if lettre else self.suivant

    def places(self) -> Iterator[tuple[str, str, tuple[int, int]]]:
        """Where each token still is: (token, sheet, place)."""
        for nom, grille in self.feuilles.items():
            for place, contenu in grille.items():
                if str(contenu) in self.jetons:
                    yield str(contenu), nom, place

    def to_bytes(self) -> bytes:
        """The .xlsx file, with its defined name and its property, as a spreadsheet keeps them."""
        tampon = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(tampon, options) as classeur:
            for nom, grille in self.feuilles.items():
                feuille = classeur.add_worksheet(nom)
                for (rangee, colonne), contenu in grille.items():
                    feuille.write(rangee - 1, colonne - 1, contenu)
            classeur.define_name(EMPREINTE, f'="{self.empreinte}"')
            classeur.set_custom_property(EMPREINTE, self.empreinte, "text")
        return tampon.getvalue()


@cache
def _grids(octets: bytes) -> dict[str, Grille]:
    classeur = load_workbook(BytesIO(octets))
    return {
        feuille.title: {
            (cellule.row, cellule.column): str(cellule.value)
            for rangee in feuille.iter_rows()
            for cellule in rangee
            if cellule.value is not None
        }
        for feuille in classeur
    }


def open_copy(octets: bytes) -> Copie:
    """A form, opened by its partner."""
    feuilles = {nom: dict(grille) for nom, grille in _grids(octets).items()}
    machine = feuilles["_clsmon"]
    empreinte = next(str(machine[r, 2]) for (r, c), v in machine.items() if v == "empreinte")
    return Copie(feuilles, empreinte)


def blank_copy(dossier: Dossier, organisme: str) -> Copie:
    return open_copy(form_of(dossier, organisme))


def fill(copie: Copie, dossier: Dossier) -> None:
    """Types something unique in every cell where something unique can be."""
    saisie = copie.feuilles["Saisie"]
    for (rangee, colonne), cle in sorted(saisie.items()):
        if colonne != 1 or str(cle) not in dossier.mesures:
            continue
        mesure = dossier.mesures[str(cle)].mesure
        if mesure.type is TypeMesure.TAUX:
            saisie[rangee, NUMERATEUR] = copie.token(str(cle), "", "numerateur")
            saisie[rangee, DENOMINATEUR] = copie.token(str(cle), "", "denominateur")
        elif mesure.type.chiffre:
            saisie[rangee, VALEUR] = copie.token(str(cle), "", "valeur")
        elif mesure.type is TypeMesure.TEXTE:
            saisie[rangee, VALEUR] = copie.token(str(cle), "", "valeur", "t")
        saisie[rangee, COMMENTAIRE] = copie.token(str(cle), "", "commentaire", "c")
        saisie[rangee, PREUVE] = copie.token(str(cle), "", "preuve", "p")
    recit = copie.feuilles["Fiches"]
    for (rangee, colonne), champ in sorted(recit.items()):
        if colonne != 2 or champ in {"champ", "Champ"}:
            continue
        fiche, cle = str(recit[rangee, 1]), str(champ)
        if cle in {"faits_marquants", "freins", "leviers", "perspectives", "motif_evolution"}:
            recit[rangee, REPONSE] = copie.token(fiche, cle, "reponse", "r")
        elif cle.startswith(("depenses.", "aides.")):
            recit[rangee, REPONSE] = copie.token(fiche, cle, "reponse")
