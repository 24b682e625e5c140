"""
What a partner does to a form, done in LibreOffice through its own interface (UNO).

Run by the Python that has `uno`, never by the tests themselves:
    python3 gestures.py PIPE FORM.xlsx ANSWERS.json OUT_DIR
Each gesture opens the form afresh, types the answers, does one thing and saves.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uno

CLE, FICHE, INDICATEUR, MESURE, VALEUR, COMMENTAIRE, PREUVE = 0, 1, 2, 3, 7, 11, 12
"""Columns of « Saisie », from 0."""
DERNIERE = PREUVE
FILTRES = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
}
SANS_CLE = "Ajouté à la main"
CHIFFRE = "mot-de-passe"
"""The file saved with a password: it opens no more without it."""


def struct(nom: str, **champs: Any) -> Any:
    """One UNO structure with these fields."""
    objet = uno.createUnoStruct(nom)
    for champ, valeur in champs.items():
        setattr(objet, champ, valeur)
    return objet


def option(nom: str, valeur: Any) -> Any:
    return struct("com.sun.star.beans.PropertyValue", Name=nom, Value=valeur)


def last_row(feuille: Any) -> int:
    curseur = feuille.createCursor()
    curseur.gotoEndOfUsedArea(False)
    return int(curseur.RangeAddress.EndRow)


def cell(feuille: Any, rangee: int, colonne: int) -> Any:
    return feuille.getCellByPosition(colonne, rangee)


def row_of(feuille: Any, cle: str, champ: str = "") -> int:
    """The row, from 0, of a measure, or of a rubrique of « Fiches »."""
    for rangee in range(last_row(feuille) + 1):
        if cell(feuille, rangee, 0).String == cle and (
            not champ or cell(feuille, rangee, 1).String == champ
        ):
            return rangee
    raise KeyError(cle)


def column_of(feuille: Any, cle: str) -> int:
    return next(c for c in range(20) if cell(feuille, 0, c).String == cle)


def type_answers(doc: Any, reponses: list[dict[str, Any]]) -> None:
    """Types each answer in its cell, the sheet still protected as it was sent."""
    for reponse in reponses:
        feuille = doc.Sheets.getByName("Fiches" if reponse["champ"] else "Saisie")
        rangee = row_of(feuille, reponse["cle"], reponse["champ"])
        for colonne, tape in reponse["tape"].items():
            cellule = cell(feuille, rangee, column_of(feuille, colonne))
            if isinstance(tape, str):
                cellule.setString(tape)
            else:
                cellule.setValue(tape)


def unlocked(doc: Any, nom: str = "Saisie") -> Any:
    """The sheet, its protection removed: it has no password."""
    feuille = doc.Sheets.getByName(nom)
    feuille.unprotect("")
    return feuille


def sort(feuille: Any, premiere: int, derniere: int, colonnes: tuple[int, int], cle: int) -> None:
    """Sorts a block, largest first, on one column given by its rank in the block."""
    bloc = feuille.getCellRangeByPosition(colonnes[0], premiere, colonnes[1], derniere)
    champ = struct("com.sun.star.table.TableSortField", Field=cle, IsAscending=False)
    champs = uno.Any("[]com.sun.star.table.TableSortField", (champ,))
    uno.invoke(bloc, "sort", ((option("SortFields", champs), option("ContainsHeader", False)),))


def sort_rows(doc: Any) -> None:
    feuille = unlocked(doc)
    sort(feuille, 2, last_row(feuille), (CLE, DERNIERE), MESURE)


def sort_without_keys(doc: Any) -> None:
    feuille = unlocked(doc)
    sort(feuille, 2, last_row(feuille), (FICHE, DERNIERE), MESURE - 1)


def swap_homonyms(doc: Any) -> None:
    """Two rows with the same measure label change places, all but their hidden key."""
    feuille = unlocked(doc)
    une, autre = (row_of(feuille, f"{f}/participants") for f in ("1.1/ateliers", "1.10/sorties"))
    libre = last_row(feuille) + 20
    for source, cible in ((une, libre), (autre, une), (libre, autre)):
        bloc = feuille.getCellRangeByPosition(FICHE, source, DERNIERE, source)
        feuille.moveRange(cell(feuille, cible, FICHE).CellAddress, bloc.RangeAddress)


def sort_narratives_without_keys(doc: Any) -> None:
    feuille = unlocked(doc, "Fiches")
    sort(feuille, 2, last_row(feuille), (2, 5), 2)


def sort_whole_sheet(doc: Any) -> None:
    for nom, derniere in (("Saisie", DERNIERE), ("Fiches", 5)):
        feuille = unlocked(doc, nom)
        sort(feuille, 0, last_row(feuille), (0, derniere), 2)


def insert_rows(doc: Any) -> None:
    feuille = unlocked(doc)
    feuille.Rows.insertByIndex(5, 2)
    cell(feuille, 5, INDICATEUR).setString("Reçu le 3 mars, à relire")
    unlocked(doc, "Fiches").Rows.insertByIndex(4, 1)


def insert_columns(doc: Any) -> None:
    feuille = unlocked(doc)
    feuille.Columns.insertByIndex(VALEUR, 1)
    cell(feuille, 4, VALEUR).setString("notre calcul")
    unlocked(doc, "Fiches").Columns.insertByIndex(3, 1)


def rename_sheets(doc: Any) -> None:
    for nom, nouveau in (("Saisie", "Réponses ASSO"), ("Fiches", "Récit"), ("_clsmon", "x")):
        doc.Sheets.getByName(nom).setName(nouveau)


def hide_columns(doc: Any) -> None:
    feuille = unlocked(doc)
    for colonne in (FICHE, INDICATEUR, VALEUR):
        feuille.Columns.getByIndex(colonne).IsVisible = False


def delete_row(doc: Any) -> None:
    feuille = unlocked(doc)
    feuille.Rows.removeByIndex(row_of(feuille, "1.1/livres/livres"), 1)


def paste_over(doc: Any) -> None:
    """Another table, with its own aspect and without checks, pasted over the form."""
    feuille = unlocked(doc)
    fin = last_row(feuille)
    doc.Sheets.insertNewByName("Tableau", 1)
    autre = doc.Sheets.getByName("Tableau")
    zone = feuille.getCellRangeByPosition(CLE, 0, DERNIERE, fin)
    ailleurs = autre.getCellRangeByPosition(CLE, 0, DERNIERE, fin)
    ailleurs.setDataArray(zone.getDataArray())
    ailleurs.CellBackColor, ailleurs.CharHeight = 0xFFEEDD, 14
    saisies = autre.getCellRangeByPosition(VALEUR, 2, DERNIERE, fin)
    protection = saisies.CellProtection
    protection.IsLocked = True
    saisies.CellProtection = protection
    feuille.copyRange(cell(feuille, 0, 0).CellAddress, ailleurs.RangeAddress)
    doc.Sheets.removeByName("Tableau")


def paste_labels(doc: Any) -> None:
    """The column of labels of another table pasted over ours."""
    feuille = unlocked(doc)
    for rangee in range(2, last_row(feuille) + 1):
        cell(feuille, rangee, MESURE).setString(f"Ligne {rangee}")


def copy_sheet(doc: Any) -> None:
    doc.Sheets.copyByName("Saisie", "Saisie_2", 2)
    copie = doc.Sheets.getByName("Saisie_2")
    cell(copie, row_of(copie, "1.1/livres/livres"), VALEUR).setValue(999)


def copy_visible_columns(doc: Any) -> None:
    """The visible part of « Saisie » copied to a new sheet, and filled there."""
    feuille = unlocked(doc)
    fin = last_row(feuille)
    doc.Sheets.insertNewByName("Notre copie", 1)
    copie = doc.Sheets.getByName("Notre copie")
    visible = feuille.getCellRangeByPosition(FICHE, 1, DERNIERE, fin)
    copie.copyRange(cell(copie, 0, 0).CellAddress, visible.RangeAddress)
    cell(copie, row_of(feuille, "1.1/livres/livres") - 1, VALEUR - 1).setValue(999)


def copy_row(doc: Any) -> None:
    feuille = unlocked(doc)
    rangee = row_of(feuille, "1.1/livres/livres")
    bloc = feuille.getCellRangeByPosition(CLE, rangee, DERNIERE, rangee)
    fin = last_row(feuille) + 1
    feuille.copyRange(cell(feuille, fin, 0).CellAddress, bloc.RangeAddress)
    cell(feuille, fin, VALEUR).setValue(999)


def rows_without_key(doc: Any) -> None:
    """Three rows at the bottom: exact labels, a label mistyped, a label of nothing."""
    feuille = unlocked(doc)
    fin = last_row(feuille)
    for rang, (fiche, mesure, valeur) in enumerate(
        (("1.1", "Livres distribués", 901), ("1.10", "Sortie", 902), ("", SANS_CLE, 903)), start=1
    ):
        cell(feuille, fin + rang, FICHE).setString(fiche)
        cell(feuille, fin + rang, MESURE).setString(mesure)
        cell(feuille, fin + rang, VALEUR).setValue(valeur)


def erase_key(doc: Any) -> None:
    feuille = unlocked(doc)
    cell(feuille, row_of(feuille, "1.1/livres/livres"), CLE).setString("")
    recit = unlocked(doc, "Fiches")
    cell(recit, row_of(recit, "1.10", "faits_marquants"), 1).setString("")


def merge_values(doc: Any) -> None:
    feuille = unlocked(doc)
    rangee = row_of(feuille, "1.1/ateliers/ateliers")
    feuille.getCellRangeByPosition(VALEUR, rangee, VALEUR, rangee + 1).merge(True)


def count_from_1904(doc: Any) -> None:
    doc.NullDate = struct("com.sun.star.util.Date", Day=1, Month=1, Year=1904)


def formulas(doc: Any) -> None:
    feuille = doc.Sheets.getByName("Saisie")
    for cle, formule in (
        ("1.1/ateliers/ateliers", "=5+6"),
        ("1.1/ateliers/participants", "=NA()"),
        ("1.1/livres/livres", "=340/0"),
        ("1.10/sorties/sorties", "=TRUE()"),
    ):
        cell(feuille, row_of(feuille, cle), VALEUR).setFormula(formule)


def type_a_date(doc: Any) -> None:
    """« 3/4 » typed as a person does: the spreadsheet makes it a date."""
    feuille = doc.Sheets.getByName("Saisie")
    cellule = cell(feuille, row_of(feuille, "1.10/sorties/sorties"), VALEUR)
    cellule.CharLocale = struct("com.sun.star.lang.Locale", Language="fr", Country="FR")
    cellule.setPropertyValue("FormulaLocal", "3/4/2026")


def nothing_else(doc: Any) -> None:
    """Only typed, then saved."""


GESTES: dict[str, Callable[[Any], None]] = {
    "trie.xlsx": sort_rows,
    "trie-sans-les-cles.xlsx": sort_without_keys,
    "homonymes-echanges.xlsx": swap_homonyms,
    "recit-trie-sans-les-cles.xlsx": sort_narratives_without_keys,
    "feuille-entiere-triee.xlsx": sort_whole_sheet,
    "lignes-inserees.xlsx": insert_rows,
    "colonnes-inserees.xlsx": insert_columns,
    "feuilles-renommees.xlsx": rename_sheets,
    "colonnes-cachees.xlsx": hide_columns,
    "ligne-supprimee.xlsx": delete_row,
    "colle-partout.xlsx": paste_over,
    "libelles-colles.xlsx": paste_labels,
    "feuille-copiee.xlsx": copy_sheet,
    "colonnes-visibles-copiees.xlsx": copy_visible_columns,
    "ligne-copiee.xlsx": copy_row,
    "lignes-sans-cle.xlsx": rows_without_key,
    "cle-effacee.xlsx": erase_key,
    "cellules-fusionnees.xlsx": merge_values,
    "calendrier-1904.xlsx": count_from_1904,
    "formules.xlsx": formulas,
    "date-tapee.xlsx": type_a_date,
    "libreoffice.xlsx": nothing_else,
    "mot-de-passe.xlsx": nothing_else,
    "libreoffice.ods": nothing_else,
    "libreoffice.xls": nothing_else,
    "trie.ods": sort_rows,
    "trie.xls": sort_rows,
    "formules.ods": formulas,
    "formules.xls": formulas,
    "date-tapee.ods": type_a_date,
    "date-tapee.xls": type_a_date,
    "lignes-sans-cle.ods": rows_without_key,
    "lignes-sans-cle.xls": rows_without_key,
}
"""From the name of the resulting file to what was done."""


def connect(tuyau: str) -> Any:
    """The desktop of the office that listens on a pipe; waits for it to be ready."""
    contexte = uno.getComponentContext()
    resolveur = contexte.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    adresse = f"uno:pipe,name={tuyau};urp;StarOffice.ComponentContext"
    for _ in range(300):
        try:
            distant = resolveur.resolve(adresse)
        except Exception:  # noqa: BLE001  UNO raises its own classes, known only at run time
            time.sleep(0.2)
            continue
        return distant.ServiceManager.createInstance("com.sun.star.frame.Desktop")
    raise SystemExit("LibreOffice does not answer")


def main(tuyau: str, formulaire: str, reponses: str, sortie: str) -> None:
    """Does every gesture on a fresh copy of the form, then closes the office."""
    bureau = connect(tuyau)
    try:
        saisies = json.loads(Path(reponses).read_text(encoding="utf-8"))
        for nom, geste in GESTES.items():
            source = Path(formulaire).as_uri()
            doc = bureau.loadComponentFromURL(source, "_blank", 0, (option("Hidden", True),))
            type_answers(doc, saisies)
            geste(doc)
            cible = Path(sortie) / nom
            choix = [option("FilterName", FILTRES[cible.suffix])]
            if cible.stem == CHIFFRE:
                cles = [("CryptoType", "Standard"), ("OOXPassword", "essai")]
                paires = [struct("com.sun.star.beans.NamedValue", Name=n, Value=v) for n, v in cles]
                secret = uno.Any("[]com.sun.star.beans.NamedValue", tuple(paires))
                choix.append(option("EncryptionData", secret))
            doc.storeToURL(cible.as_uri(), tuple(choix))
            doc.close(True)
    finally:
        bureau.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:])
