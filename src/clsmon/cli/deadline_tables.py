"""Le tableau de `clsmon calendar` : en retard, ce mois-ci, plus tard, en 80 colonnes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich import box
from rich.table import Table
from rich.text import Text

from clsmon.analysis.wording import short_date
from clsmon.cli.tables import print_table
from clsmon.model.echeance import Echeance
from clsmon.model.mois import last_day
from clsmon.render.plain import one_line, shorten

LONGUEUR_TITRE = 160
PROVISOIRE = "* provisoire : la date de signature du contrat n’est pas connue\n"


def print_deadlines(echeances: Sequence[Echeance], jour: date) -> None:
    """Une ligne par échéance, sous trois intertitres ; un intertitre sans échéance est omis."""
    tableau = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, width=80)
    tableau.add_column("Date", no_wrap=True, width=11)
    tableau.add_column("Échéance", ratio=1)
    tableau.add_column("Qui", width=17)
    tableau.add_column("Source", no_wrap=True)
    premier = True
    for titre, groupe in group_deadlines(echeances, jour):
        if groupe:
            if not premier:
                tableau.add_row()
            tableau.add_row("", Text(titre, style="bold"))
            for echeance in groupe:
                tableau.add_row(*_cells(echeance))
            premier = False
    print_table(tableau, PROVISOIRE if any(e.provisoire for e in echeances) else "")


def group_deadlines(
    echeances: Sequence[Echeance], jour: date
) -> tuple[tuple[str, tuple[Echeance, ...]], ...]:
    """Les échéances en retard, celles d'ici la fin du mois, puis les autres."""
    fin = last_day(jour.year, jour.month)
    a_venir = [e for e in echeances if not e.en_retard]
    return (
        ("EN RETARD", tuple(e for e in echeances if e.en_retard)),
        ("CE MOIS-CI", tuple(e for e in a_venir if e.date <= fin)),
        ("PLUS TARD", tuple(e for e in a_venir if e.date > fin)),
    )


def _cells(echeance: Echeance) -> tuple[Text, ...]:
    provisoire = "*" if echeance.provisoire else ""
    return (
        Text(
            f"{short_date(echeance.date)}{provisoire}", style="bold" if echeance.en_retard else ""
        ),
        Text(shorten(echeance.titre, LONGUEUR_TITRE)),
        Text(one_line(echeance.responsable)),
        Text(one_line(echeance.source)),
    )
