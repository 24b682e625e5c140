"""Une case du classeur « Séance » : ce qu'elle dit, ou la question qu'elle pose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.libelles import E, read_label, simplify
from clsmon.workbooks.meeting.naming import Noms
from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.answer_cells import (
    advice_for,
    advised,
    read_number_cell,
    refuse_personal,
    refuse_words,
)
from clsmon.workbooks.returned.grammar.dates import read_date_cell
from clsmon.workbooks.returned.grammar.expected import TERME, Attendu
from clsmon.workbooks.returned.grammar.outcome import Absent, Illisible
from clsmon.workbooks.returned.locating import Ligne

REPRENDRE = "Reprenez cette case, enregistrez, puis collectez de nouveau."
_PROPRES = frozenset({"SAI006", "SAI027"})
"""Les questions dont le remède est particulier."""

_OUI = frozenset({"oui", "o", "x", "vrai", "1"})
_NON = frozenset({"non", "n", "faux", "0"})
_ANNEE = re.compile(r"(?:19|20|21)[0-9]{2}", re.ASCII)


@dataclass
class Answers:
    """La lecture d'un classeur : les questions posées s'y accumulent, chacune à sa cellule."""

    fichier: str
    noms: Noms
    anomalies: list[Anomalie] = field(default_factory=list)

    def place(self, ligne: Ligne, colonne: str) -> Lieu:
        """La place d'une case, vide ou non."""
        return Lieu(self.fichier, feuille=ligne.feuille, cellule=ligne.address(colonne))

    def ask(self, ligne: Ligne, colonne: str, refus: Illisible) -> None:
        """Pose une question sur une case : le classeur entier attend sa réponse."""
        lieu = self.place(ligne, colonne)
        conseil = advice_for(refus.code) if refus.code in _PROPRES else REPRENDRE
        self.anomalies.append(Anomalie(lieu, refus.code, Gravite.ERREUR, refus.question, conseil))

    def text(self, ligne: Ligne, colonne: str) -> str:
        """Un texte, sans ses blancs autour ; vide si la case l'est, ou si elle interroge."""
        cellule = ligne.cell(colonne)
        if cellule is None:
            return ""
        refus = refuse_personal(cellule) or refuse_words(cellule)
        if refus:
            self.ask(ligne, colonne, refus)
            return ""
        return cellule.texte.strip()

    def choice(self, ligne: Ligne, colonne: str, mots: Mapping[E, str]) -> E | None:
        """Un mot d'une liste fermée, accents et casse pardonnés."""
        texte = self.text(ligne, colonne)
        if not texte:
            return None
        lu = read_label(texte, mots)
        if lu is None:
            constat = f"« {shorten(texte)} » n'est pas une réponse prévue"
            question = advised(constat, texte, mots.values())
            self.ask(ligne, colonne, Illisible("SAI013", question, "réponse non prévue"))
        return lu

    def yes(self, ligne: Ligne, colonne: str) -> bool:
        """Vrai pour « oui » ou « x » ; faux pour « non » ou une case vide."""
        texte = simplify(self.text(ligne, colonne))
        if texte and texte not in _OUI | _NON:
            question = f"« {shorten(texte)} » n'est ni oui ni non"
            self.ask(ligne, colonne, Illisible("SAI013", question, "réponse non prévue"))
        return texte in _OUI

    def day(self, ligne: Ligne, colonne: str) -> date | None:
        """Un jour, date du tableur ou écrite."""
        cellule = ligne.cell(colonne)
        if cellule is None:
            return None
        lu = read_date_cell(cellule)
        if isinstance(lu, Illisible):
            self.ask(ligne, colonne, lu)
            return None
        return lu

    def year(self, ligne: Ligne, colonne: str) -> int | None:
        """Une année de quatre chiffres."""
        texte = self.text(ligne, colonne)
        if not texte:
            return None
        if not _ANNEE.fullmatch(texte):
            question = f"« {shorten(texte)} » : une année de quatre chiffres est attendue."
            self.ask(ligne, colonne, Illisible("SAI002", question, "année"))
            return None
        return int(texte)

    def number(self, ligne: Ligne, colonne: str, attendu: Attendu = TERME) -> Decimal | None:
        """Un nombre exact ; une estimation ou une absence, que rien ne garderait, interroge."""
        cellule = ligne.cell(colonne)
        if cellule is None:
            return None
        lu = read_number_cell(cellule, attendu)
        if isinstance(lu, Absent) or (not isinstance(lu, Illisible) and lu.estime):
            question = f"« {shorten(cellule.texte)} » : un nombre exact est attendu ici."
            lu = Illisible("SAI002", question, "nombre exact")
        if isinstance(lu, Illisible):
            self.ask(ligne, colonne, lu)
            return None
        return lu.nombre

    def organisme(self, ligne: Ligne, colonne: str) -> str | None:
        """Le code d'un organisme du registre, par son nom, son sigle ou son code."""
        texte = self.text(ligne, colonne)
        code = self.noms.read_organisme(texte) if texte else None
        if texte and code is None:
            conseil = self.noms.advise_organisme(texte)
            self.unknown(ligne, colonne, f"organisme inconnu : « {shorten(texte)} »", conseil)
        return code

    def fiche(self, ligne: Ligne, colonne: str) -> str | None:
        """L'identifiant d'une fiche, par son numéro ou son titre."""
        texte = self.identifier(ligne, colonne)
        lu = self.noms.read_fiche(texte) if texte else None
        if texte and lu is None:
            conseil = self.noms.advise_objet(texte, mesures=False)
            self.unknown(ligne, colonne, f"fiche inconnue : « {shorten(texte)} »", conseil)
        return lu

    def mesure(self, ligne: Ligne, colonne: str) -> str | None:
        """La clé d'une mesure."""
        texte = self.text(ligne, colonne)
        lu = self.noms.read_mesure(texte) if texte else None
        if texte and lu is None:
            conseil = self.noms.advise_objet(texte, mesures=True)
            self.unknown(ligne, colonne, f"mesure inconnue : « {shorten(texte)} »", conseil)
        return lu

    def identifier(self, ligne: Ligne, colonne: str) -> str:
        """Un texte qui nomme une fiche ; un nombre « 1.1 » peut avoir été « 1.10 »."""
        cellule = ligne.cell(colonne)
        if cellule is not None and _is_altered(cellule, self.noms):
            question = (
                f"« {shorten(cellule.texte)} » est un nombre ou une date du tableur : quelle est "
                "la fiche ? Choisissez-la dans la liste."
            )
            self.ask(ligne, colonne, Illisible("SAI038", question, "fiche"))
            return ""
        return self.text(ligne, colonne)

    def unknown(self, ligne: Ligne, colonne: str, constat: str, conseil: str) -> None:
        """Pose la question d'un nom que le dossier ne connaît pas."""
        question = f"{constat} ({conseil})" if conseil else constat
        self.ask(ligne, colonne, Illisible("SAI038", question, "nom inconnu"))

    def missing(self, ligne: Ligne, colonne: str, question: str) -> None:
        """Pose la question d'une case vide sans laquelle la ligne ne dit rien."""
        self.ask(ligne, colonne, Illisible("SAI037", question, "case vide"))


def _is_altered(cellule: Cellule, noms: Noms) -> bool:
    """Vrai si le tableur a pu changer un identifiant : une date, ou un nombre à zéro perdu."""
    if cellule.nature is Nature.DATE:
        return True
    entier = cellule.nature is Nature.NOMBRE
    return entier and noms.read_fiche(f"{cellule.texte}0") is not None
