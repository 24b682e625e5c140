"""The workbook « Séance » for the tests: made by the tool, filled by the animateur's hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from clsmon.collecting import collect_all
from clsmon.model.collecte import Collecte
from clsmon.opening import require_dossier
from clsmon.preparing import prepare_meeting

NOM, EXERCICE = "2026-05-12-copil", 2025
Tape = str | int | float | date | None


def make_form(racine: Path, nom: str = NOM) -> bytes:
    """The workbook that this dossier makes now."""
    return prepare_meeting(require_dossier(racine), nom, None)[0].read_bytes()


def fill(octets: bytes, saisies: Mapping[tuple[str, int], Mapping[str, Tape]]) -> bytes:
    """
    The workbook with what was typed: (sheet, row counted from the first to fill) to its columns.

    A column is named by its machine key without its family: « texte » for « decision.texte ».
    """
    classeur = load_workbook(BytesIO(octets))
    for (nom, rang), colonnes in saisies.items():
        feuille = classeur[nom]
        for cle, tape in colonnes.items():
            feuille.cell(first_row(feuille) + rang, column_of(feuille, cle)).value = tape
    tampon = BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


def first_row(feuille: Worksheet) -> int:
    """The first row under keys, headings and, in a fictitious workbook, the banner."""
    return 4 if "FICTIVES" in str(feuille.cell(3, 1).value or feuille.cell(3, 2).value) else 3


def column_of(feuille: Worksheet, cle: str) -> int:
    """The column of a machine key, given without its family."""
    cles = [str(cellule.value).partition(".")[2] for cellule in feuille[1]]
    return cles.index(cle) + 1


def set_fact(octets: bytes, champ: str, tape: Tape) -> bytes:
    """The workbook with one of the two answers of the sheet « Séance »."""
    classeur = load_workbook(BytesIO(octets))
    feuille = classeur["Séance"]
    rangee = next(r for r in feuille.iter_rows() if r[0].value == champ)
    rangee[2].value = tape
    tampon = BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


def collect(
    racine: Path, octets: bytes, nom: str = "seance.xlsx", *, ecrire: bool = True
) -> Collecte:
    """What `clsmon collect` makes of one workbook."""
    chemin = racine / "recus" / nom
    chemin.parent.mkdir(exist_ok=True)
    chemin.write_bytes(octets)
    (collecte,) = collect_all(require_dossier(racine), [chemin], EXERCICE, ecrire=ecrire)
    return collecte


def said(collecte: Collecte) -> list[str]:
    """Each anomaly in a line: place, code, severity."""
    return [
        f"{a.lieu.feuille}!{a.lieu.cellule} {a.code} {a.gravite}"
        if a.lieu.feuille
        else f"{a.lieu.fichier} {a.code} {a.gravite}"
        for a in collecte.anomalies
    ]


def held(racine: Path) -> bytes:
    """A COPIL that was held: presence, six decisions, two actions of the programme."""
    octets = set_fact(make_form(racine), "etat", "Tenue")
    return fill(set_fact(octets, "envoye_le", date(2026, 4, 20)), TENUE)


TENUE: Mapping[tuple[str, int], Mapping[str, Tape]] = {
    ("Présence", 0): {"presence": "présent"},
    ("Présence", 1): {"presence": "PRESENT"},
    ("Présence", 2): {"presence": "excusé"},
    ("Présence", 3): {"convoque": "non"},
    ("Décisions", 0): {
        "nature": "Adoption du bilan",
        "exercice": 2025,
        "texte": "Le bilan 2025 est adopté.",
    },
    ("Décisions", 1): {
        "nature": "retrait d'une fiche",
        "objet": "3.5",
        "effet_le": "31/12/2026",
        "texte": "La fiche est retirée.",
        "responsable": "dijon metropole",
        "echeance": date(2026, 9, 30),
    },
    ("Décisions", 2): {
        "nature": "cible",
        "objet": "2.3/sorties/sorties — Sorties du dispositif",
        "annee": 2028,
        "valeur": "23 sorties",
    },
    ("Décisions", 3): {
        "nature": "arbitrage",
        "objet": "4.2/formation-collectivites/participants",
        "exercice": "2025",
        "retient_organisme": "ARS",
    },
    ("Décisions", 4): {"nature": "programme annuel", "texte": "Programme 2026 adopté."},
    ("Décisions", 5): {
        "nature": "avenant",
        "responsable": "ARS",
        "echeance": "12 décembre 2026",
        "etat": "réalisée",
    },
    ("Programme", 0): {
        "fiche": "4.1",
        "libelle": "Questionnaire aux mairies",
        "organisme": "Dijon métropole",
        "echeance": "juin 2026",
    },
    ("Programme", 1): {"fiche": "3.1", "libelle": "Former", "organisme": "apo", "decision": "d5"},
}
