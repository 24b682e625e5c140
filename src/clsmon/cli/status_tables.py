"""Les tableaux de `clsmon status` : par organisme, par axe et par fiche, en 80 colonnes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from clsmon.cli.screen import write_out
from clsmon.cli.tables import print_table
from clsmon.model.completude import Completude
from clsmon.model.suivi import Suivi, SuiviOrganisme
from clsmon.render.overview import name_axis
from clsmon.render.plain import one_line
from clsmon.render.spelling import ABSENT, spell_rate

COLONNES = ("Prêt", "Rendu", "Rens.", "Est.", "N.D.", "S.O.", "Manque", "Doute", "Fiches", "Compl.")
LEGENDE = (
    "Prêt formulaire préparé, Rendu relevés reçus, Rens. renseigné, Est. estimé,\n"
    "N.D. non disponible, S.O. sans objet, Manque sans réponse, Doute à vérifier,\n"
    "Fiches avancements dits sur demandés, Compl. (Rens. + Est.) / (demandé - S.O.)\n"
)
LARGEUR_NOM, LARGEUR_FICHE = 20, 56
RIEN = "·"


def print_follow_up(suivi: Suivi) -> None:
    """Une ligne par organisme, puis une par axe et par fiche."""
    print_table(_organisms(suivi), LEGENDE)
    write_out("\n")
    print_table(_fiches(suivi))


def _open_table(titre: str, largeur: int, colonnes: Sequence[str]) -> Table:
    tableau = Table(box=box.SIMPLE_HEAD, padding=0, show_edge=False)
    tableau.add_column(titre, overflow="ellipsis", no_wrap=True, max_width=largeur)
    for colonne in colonnes:
        tableau.add_column(colonne, justify="right", no_wrap=True)
    return tableau


def _organisms(suivi: Suivi) -> Table:
    tableau = _open_table("Organisme", LARGEUR_NOM, COLONNES)
    for organisme in suivi.organismes:
        nom = Text(one_line(suivi.bilan.contrat.nom_court(organisme.code)))
        tableau.add_row(nom, *_cells(organisme))
    return tableau


def _cells(organisme: SuiviOrganisme) -> Iterator[str]:
    compte = organisme.completude
    yield "oui" if organisme.prepare else "non"
    yield str(len(organisme.rendus) or "non")
    for nombre in (
        compte.renseignees,
        compte.estimees,
        compte.non_disponibles,
        compte.sans_objet,
        compte.non_repondues,
        organisme.doutes,
    ):
        yield str(nombre or RIEN)
    yield f"{organisme.avancements}/{organisme.fiches}" if organisme.fiches else RIEN
    yield _rate(compte)


def _rate(completude: Completude) -> str:
    return ABSENT if completude.taux is None else spell_rate(completude.taux)


def _fiches(suivi: Suivi) -> Table:
    tableau = _open_table("Axe et fiches", LARGEUR_FICHE, ("Répondu", "Attendu", "Compl."))
    for axe in suivi.bilan.axes:
        tableau.add_row(Text(one_line(name_axis(axe))), *_share(axe.completude))
        for fiche in axe.fiches:
            tableau.add_row(Text(f"  {one_line(fiche.fiche.nom)}"), *_share(fiche.completude))
    tableau.add_row("Ensemble", *_share(suivi.bilan.completude))
    return tableau


def _share(completude: Completude) -> Iterator[str]:
    yield str(completude.renseignees + completude.estimees)
    yield str(completude.demandees - completude.sans_objet)
    yield _rate(completude)
