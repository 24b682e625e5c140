"""Les notes de l'orateur : d'où vient chaque chiffre d'une diapositive, en mots."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.bilan import Bilan, BilanAxe, BilanFiche, DecisionSuivie, LigneMesure
from clsmon.model.constat import Constat
from clsmon.render.cells import spell_cell
from clsmon.render.finances import sum_cell
from clsmon.render.method import method_of
from clsmon.render.overview import name_axis_of
from clsmon.render.provenance import series_of
from clsmon.render.spelling import (
    INSECABLE,
    spell_advance,
    spell_completeness,
    spell_finding,
    spell_target,
)


def rule_source(bilan: Bilan, nom: str) -> str:
    """Une règle de l'annexe « Méthode », citée en entier."""
    mots = dict(method_of(bilan))[nom]
    return f"Règle «{INSECABLE}{nom}{INSECABLE}»{INSECABLE}: {mots}"


def measure_sources(bilan: Bilan, ligne: LigneMesure) -> Iterator[str]:
    """Une ligne par année d'une mesure : clé, valeur, organisme, classeur, feuille et cellule."""
    situee = ligne.situee
    for constat in series_of(ligne):
        valeur = spell_finding(constat, situee.mesure, bilan.contrat)
        origine = "; ".join(_origins(bilan, constat)) or "aucune réponse"
        yield f"{situee.cle}, {constat.exercice}{INSECABLE}: {valeur} — {origine}"
    if ligne.cible is not None:
        decision = ligne.cible.decision or "décision non nommée"
        yield f"{situee.cle}, cible{INSECABLE}: {spell_target(ligne)} — {decision}"


def _origins(bilan: Bilan, constat: Constat) -> Iterator[str]:
    """De qui, de quel classeur et de quelle cellule vient une valeur ; ou la règle du calcul."""
    for declaration in constat.declarations[: constat.retenues]:
        nom = bilan.contrat.nom_court(declaration.organisme)
        yield f"{nom}, {declaration.releve.recu.fichier}, {declaration.valeur.cellule}"
    if constat.arbitrage:
        yield f"arbitrage {constat.arbitrage}"
    elif not constat.declarations and constat.nombre is not None:
        yield f"calculé par l’outil, règle «{INSECABLE}Mesures calculées par l’outil{INSECABLE}»"


def advance_source(bilan: Bilan, fiche: BilanFiche) -> str:
    """« 1.1 : en cours — Dijon métropole, dijon-metropole.xlsx, Fiches!E8 »."""
    avancement = f"{fiche.fiche.nom}{INSECABLE}: {spell_advance(fiche.avancement)}"
    recit = next((r for r in fiche.recits if r.declaration.avancement), None)
    if recit is None:
        return f"{avancement} — aucune réponse"
    nom, cellule = bilan.contrat.nom_court(recit.organisme), recit.declaration.cellules
    place = ", ".join(filter(None, (recit.releve.recu.fichier, cellule.get("avancement"))))
    return f"{avancement} — {nom}, {place}"


def axis_sources(bilan: Bilan, axe: BilanAxe) -> Iterator[str]:
    """La complétude d'un axe et l'avancement de chacune de ses fiches."""
    yield f"{spell_completeness(axe.completude)} — {name_axis_of(axe.axe)}, feuille Synthèse"
    for fiche in axe.fiches:
        yield advance_source(bilan, fiche)


def decision_source(suivie: DecisionSuivie) -> str:
    """La décision et le fichier de sa séance."""
    return f"{suivie.nom} — {suivie.seance.lieu().fichier}"


def money_sources(bilan: Bilan) -> Iterator[str]:
    """Les sommes d'ensemble et la règle qui les fait ; chaque montant est dans le classeur."""
    ensemble = bilan.finances.ensemble
    for nom, somme in (("réalisé", ensemble.realise), ("aide de l’ARS versée", ensemble.ars_verse)):
        yield f"Ensemble, {nom}{INSECABLE}: {spell_cell(sum_cell(somme))}"
    yield (
        f"Chaque montant, son organisme et sa cellule{INSECABLE}: classeur du bilan, feuille "
        f"«{INSECABLE}Montants{INSECABLE}»."
    )
    yield rule_source(bilan, "Sommes d’argent")
