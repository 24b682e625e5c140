"""Les tableaux montrés à l'écran, en 80 colonnes."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from clsmon.analysis.wording import count
from clsmon.cli.screen import write_out
from clsmon.model.collecte import Collecte
from clsmon.model.libelles import STATUTS
from clsmon.model.releve import Etat, Valeur
from clsmon.model.statut import Statut
from clsmon.model.texte import clean_text
from clsmon.render.plain import fold

LARGEUR = 80
LARGEUR_TEXTE = 50
COLONNES = (
    (Statut.RENSEIGNE, "Rens."),
    (Statut.ESTIME, "Est."),
    (Statut.NON_DISPONIBLE, "N.D."),
    (Statut.SANS_OBJET, "S.O."),
    (Statut.NON_REPONDU, "Manque"),
    (Statut.A_VERIFIER, "Doute"),
)
LEGENDE = "Rens. renseigné, Est. estimé, N.D. non disponible, S.O. sans objet\n"


def _console() -> Console:
    largeur = None if sys.stdout.isatty() else LARGEUR
    return Console(file=sys.stdout, width=largeur, highlight=False, markup=False, emoji=False)


def print_table(tableau: Table, suite: str = "") -> None:
    """Un tableau, puis ce qui le suit : sa légende."""
    console = _console()
    with console.capture() as ecran:
        console.print(tableau)
    write_out(ecran.get() + suite)


def print_meetings(collectes: Sequence[Collecte]) -> None:
    """Une ligne par classeur « Séance » : son nom, ce qu'il dit, ce qu'il est devenu."""
    for collecte in collectes:
        if collecte.refusee:
            dit = f"rien d'enregistré, {count(len(collecte.erreurs), 'question')}"
        else:
            dit = f"{collecte.resume} ({_fate(collecte)})"
        write_out(fold(f"{collecte.fichier} : {dit}", suite=2))


def print_returns(collectes: Sequence[Collecte]) -> None:
    """Une ligne par classeur : ce qui est renseigné, absent, manquant, à vérifier."""
    if not collectes:
        return
    tableau = _open_table("Classeur", [titre for _, titre in COLONNES])
    # One row of long columns: the same lines, three times sooner when they are thousands.
    colonnes = zip(*map(_cells, collectes), strict=True)
    tableau.add_row(*(Text("\n".join(colonne)) for colonne in colonnes))
    print_table(tableau, LEGENDE)


def print_cahiers(collectes: Sequence[Collecte]) -> None:
    """Une ligne par cahier d'examen : avis rendus, chiffres contestés, lignes à vérifier."""
    if not collectes:
        return
    tableau = _open_table("Cahier d'examen", ["Avis", "Contestés", "Doute"])
    for collecte in collectes:
        examen = collecte.examen
        fiches = examen.fiches.values() if examen else ()
        mesures = examen.mesures.values() if examen else ()
        nombres = (
            sum(f.avis is not None for f in fiches),
            sum(m.conteste for m in mesures),
            sum(bool(f.a_verifier) for f in fiches) + sum(bool(m.a_verifier) for m in mesures),
        )
        textes = (_file(collecte), *(str(n or "·") for n in nombres), _fate(collecte))
        tableau.add_row(*map(Text, textes))
    print_table(tableau)


def _open_table(titre: str, colonnes: Sequence[str]) -> Table:
    tableau = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    tableau.add_column(titre, overflow="ellipsis", no_wrap=True, max_width=28)
    for colonne in colonnes:
        tableau.add_column(colonne, justify="right", no_wrap=True)
    tableau.add_column("", no_wrap=True)
    return tableau


def _file(collecte: Collecte) -> str:
    return " ".join(clean_text(collecte.fichier).splitlines())


def _cells(collecte: Collecte) -> tuple[str, ...]:
    compte = collecte.compte
    nombres = (str(compte[statut] or "·") if collecte.releve else "" for statut, _ in COLONNES)
    return (_file(collecte), *nombres, _fate(collecte))


def _fate(collecte: Collecte) -> str:
    if collecte.refusee:
        return "refusé"
    if collecte.retiree:
        return "retiré"
    if collecte.remplacee:
        return "remplacé"
    if collecte.vide:
        return "vide"
    return "nouveau" if collecte.nouveau else "déjà lu"


def print_changes(collectes: Sequence[Collecte]) -> None:
    """Chaque changement : « mesure : ancien → nouveau (classeur, cellule) »."""
    for collecte in collectes:
        for ecart in collecte.ecarts:
            write_out(fold(f"{ecart} ({collecte.fichier})", suite=2))
        for changement in collecte.changements:
            cellule = changement.apres.cellule if changement.apres else ""
            place = ", ".join(filter(None, (collecte.fichier, cellule)))
            avant, apres = _spell(changement.avant), _spell(changement.apres)
            write_out(clean_text(f"{changement.cle} : {avant} → {apres} ({place})\n"))


def print_contested(collectes: Sequence[Collecte]) -> None:
    """Chaque chiffre contesté : « mesure : déclaré → proposé (classeur, cellule) »."""
    for collecte in collectes:
        mesures = collecte.examen.mesures if collecte.examen and collecte.nouveau else {}
        for cle, contestation in mesures.items():
            if contestation.conteste:
                place = f"{collecte.fichier}, {contestation.cellule}"
                proposee = _spell(contestation.proposee)
                declaree = contestation.valeur_declaree or "(vide)"
                write_out(
                    clean_text(f"{cle} : déclaré {declaree}, contesté {proposee} ({place})\n")
                )


def _spell(valeur: Valeur | None) -> str:
    if valeur is None or valeur.etat is None:
        return "(vide)"
    if valeur.numerateur is not None:
        ecrit = f"{valeur.numerateur:f} sur {valeur.denominateur:f}"
    else:
        ecrit = valeur.valeur or valeur.saisi
    ecrit = " ".join(ecrit.split())
    ecrit = ecrit if len(ecrit) <= LARGEUR_TEXTE else f"{ecrit[: LARGEUR_TEXTE - 1]}…"
    if valeur.etat is Etat.RENSEIGNE:
        return ecrit
    mot = STATUTS[Statut.of(valeur.etat)]
    return mot if not ecrit or mot == ecrit else f"{mot} : « {ecrit} »"
