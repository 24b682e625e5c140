"""Un pair : seize graphiques en barres dessinés par matplotlib, un par fiche écrite."""

import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt

cible = Path(sys.argv[1])
cible.mkdir(parents=True, exist_ok=True)
for fiche in range(16):
    figure, axes = plt.subplots()
    axes.barh([f"Mesure {rang}" for rang in range(7)], [(fiche + r) % 9 + 1 for r in range(7)])
    axes.set_title(f"Fiche {fiche + 1}")
    axes.set_xlabel("personnes")
    figure.savefig(cible / f"fiche-{fiche + 1}.png")
    plt.close(figure)
