"""Les graphiques de la projection, en données : avancement, argent, résultats."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from clsmon.model.bilan import Bilan, LigneMesure
from clsmon.model.constat import Constat
from clsmon.model.finances import Somme, Sommes
from clsmon.model.indicateur import Mesure, TypeMesure
from clsmon.model.libelles import STATUTS
from clsmon.model.statut import Statut
from clsmon.render.cells import spell_cell
from clsmon.render.charts import describe_advance
from clsmon.render.finances import sum_cell
from clsmon.render.overview import AVANCEMENTS_MONTRES, name_axis, name_axis_of
from clsmon.render.plain import one_line
from clsmon.render.results import find_year
from clsmon.render.slides_blocks import Graphe, Serie, Vignettes, integer_format
from clsmon.render.slides_fit import cut_text
from clsmon.render.spelling import (
    ABSENT,
    INSECABLE,
    round_once,
    spell_advance,
    spell_evolution,
    spell_finding,
    spell_target,
)

SANS_ZERO = "0;;"
"""Un compte de fiches nul n'a pas de barre, donc pas d'étiquette."""
SANS_VALEUR = "ND"
LARGEUR_ETIQUETTE = 230
DECIMALES_AU_PLUS = 6


def advance_chart(bilan: Bilan) -> Graphe:
    """Le nombre de fiches par axe et par avancement, en barres empilées."""
    presents = [a for a in AVANCEMENTS_MONTRES if any(axe.compte(a) for axe in bilan.axes)]
    return Graphe(
        "empile",
        f"Nombre de fiches par axe et par avancement, {bilan.exercice}",
        describe_advance(bilan),
        tuple(_label(name_axis(axe)) for axe in bilan.axes),
        tuple(
            Serie(
                spell_advance(avancement),
                tuple(axe.compte(avancement) for axe in bilan.axes),
                (SANS_ZERO,) * len(bilan.axes),
                avancement.value if avancement else "non_declare",
            )
            for avancement in presents
        ),
    )


def _label(texte: str) -> str:
    return cut_text(one_line(texte), LARGEUR_ETIQUETTE, 14, 2)


def money_chart(bilan: Bilan) -> Graphe:
    """Les dépenses réalisées et l'aide de l'ARS versée de chaque axe, en barres côte à côte."""
    sommes = [(name_axis_of(axe), s) for axe, s in bilan.finances.par_axe]
    series = (
        ("Dépenses réalisées", [s.realise for _, s in sommes], "realise"),
        ("Aide de l’ARS versée", [s.ars_verse for _, s in sommes], "verse"),
    )
    description = f"{INSECABLE}; ".join(
        f"{nom}{INSECABLE}: {mot.lower()} {spell_cell(sum_cell(siennes[rang]))}"
        for rang, (nom, _) in enumerate(sommes)
        for mot, siennes, _ in series
    )
    return Graphe(
        "groupe",
        f"Dépenses et aide de l’ARS par axe, {bilan.exercice}, en euros",
        one_line(description),
        tuple(_label(f"{nom}{_nothing(s)}") for nom, s in sommes),
        tuple(
            Serie(nom, tuple(s.total for s in siennes), tuple(map(_euros, siennes)), style)
            for nom, siennes, style in series
        ),
        60 + 30.0 * min(len(sommes), 9),
    )


def _nothing(sommes: Sommes) -> str:
    """« : ND » après le nom d'un axe qui n'a aucune barre."""
    vide = sommes.realise.total is None and sommes.ars_verse.total is None
    return f"{INSECABLE}: {SANS_VALEUR}" if vide else ""


def _euros(somme: Somme) -> str:
    """L'étiquette d'une somme : des centimes s'il y en a, un astérisque s'il y manque quelqu'un."""
    total = somme.total or Decimal(0)
    unite = f"{INSECABLE}€{f'{INSECABLE}*' if somme.incomplete else ''}"
    return integer_format(unite) if total == int(total) else f'[$-40C]#,##0.00"{unite}"'


def result_tiles(bilan: Bilan, lignes: Sequence[LigneMesure]) -> Vignettes:
    """Une petite courbe par mesure : ses années, « ND » où il n'y en a pas, et sa cible."""
    return Vignettes(tuple(_tile(bilan, ligne) for ligne in lignes))


def _tile(bilan: Bilan, ligne: LigneMesure) -> tuple[Graphe, str, str]:
    mesure = ligne.situee.mesure
    nom = one_line(ligne.situee.nom)
    titre = f"{nom} ({one_line(mesure.unite_affichee)})" if mesure.unite_affichee else nom
    evolution = spell_evolution(ligne)
    dits = [] if evolution == ABSENT else [evolution]
    annees = [(annee, find_year(ligne, annee)) for annee in bilan.annees]
    valeurs = tuple(None if c is None else c.nombre for _, c in annees)
    series = [_series("Valeur", valeurs, mesure, "valeur")]
    if ligne.cible is not None:
        series.append(_series("Cible", (ligne.cible.valeur,) * len(annees), mesure, "cible"))
    dites = "; ".join(
        f"{annee}{INSECABLE}: "
        + (SANS_VALEUR if c is None else spell_finding(c, mesure, bilan.contrat))
        for annee, c in annees
    )
    graphe = Graphe(
        "courbe",
        titre,
        one_line(f"{titre}. {dites}. {spell_target(ligne)}."),
        tuple(_year_label(annee, constat) for annee, constat in annees),
        tuple(series),
    )
    cible = spell_target(ligne)
    dits.append(f"cible{INSECABLE}: {cible}" if ligne.cible else cible)
    return graphe, titre, f"{INSECABLE}; ".join(dits)


def _year_label(annee: int, constat: Constat | None) -> str:
    """L'année, et ce qui empêche de lire sa valeur comme les autres."""
    if constat is None or constat.nombre is None:
        return f"{annee}{INSECABLE}: {SANS_VALEUR}"
    reserves = (
        "incomplet" if constat.incomplet else "",
        STATUTS[constat.statut] if constat.statut is Statut.ESTIME else "",
        "contesté" if constat.contestations and not constat.arbitrage else "",
    )
    dites = ", ".join(filter(None, reserves))
    return f"{annee}{INSECABLE}: {dites}" if dites else str(annee)


def _series(nom: str, valeurs: Sequence[Decimal | None], mesure: Mesure, style: str) -> Serie:
    arrondies = tuple(_rounded(valeur, mesure) for valeur in valeurs)
    return Serie(nom, arrondies, tuple(number_format(v, mesure) for v in arrondies), style)


def _rounded(valeur: Decimal | None, mesure: Mesure) -> Decimal | None:
    """Ce que l'étiquette doit écrire : un taux n'a qu'une décimale, un montant deux."""
    if valeur is None:
        return None
    arrondi = {TypeMesure.TAUX: 1, TypeMesure.MONTANT: 2}.get(mesure.type)
    return valeur if arrondi is None else round_once(valeur, arrondi)


def number_format(valeur: Decimal | None, mesure: Mesure) -> str:
    """Le format qui écrit une valeur comme `spell_quantity`, ses décimales et pas une de plus."""
    symbole = {TypeMesure.TAUX: "%", TypeMesure.MONTANT: "€"}.get(mesure.type, "")
    unite = f"{INSECABLE}{symbole}" if symbole else ""
    if valeur is None or valeur == int(valeur):
        return integer_format(unite)
    decimales = -int(valeur.normalize().as_tuple().exponent)
    if mesure.type is TypeMesure.MONTANT and decimales > 0:
        decimales = 2
    suite = f'"{unite}"' if unite else ""
    return f"[$-40C]#,##0.{'0' * min(decimales, DECIMALES_AU_PLUS)}{suite}"
