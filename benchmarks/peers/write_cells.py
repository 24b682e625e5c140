"""Un pair : les cellules des formulaires écrites par xlsxwriter, sans format ni protection."""

import json
import sys
from pathlib import Path

import xlsxwriter

source, cible = Path(sys.argv[1]), Path(sys.argv[2])
cible.mkdir(parents=True, exist_ok=True)
for nom, feuilles in json.loads(source.read_text(encoding="utf-8")).items():
    with xlsxwriter.Workbook(cible / nom) as classeur:
        saisie = classeur.add_format({"locked": False})
        for titre, cellules in feuilles.items():
            feuille = classeur.add_worksheet(titre)
            for rangee, colonne, valeur in cellules:
                if valeur is None:
                    feuille.write_blank(rangee, colonne, None, saisie)
                elif isinstance(valeur, str):
                    feuille.write_string(rangee, colonne, valeur)
                else:
                    feuille.write(rangee, colonne, valeur)
