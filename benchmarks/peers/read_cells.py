"""Un pair : chaque classeur rendu chargé par openpyxl, chaque cellule parcourue."""

import sys
from pathlib import Path

from openpyxl import load_workbook

remplies = 0
for chemin in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    for feuille in load_workbook(chemin).worksheets:
        for rangee in feuille.iter_rows(values_only=True):
            remplies += sum(valeur is not None for valeur in rangee)
print(remplies)
