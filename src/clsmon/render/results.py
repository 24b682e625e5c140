"""Les résultats : chaque mesure, son niveau, son évolution, et ce qui se dit à côté."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from clsmon.model.bilan import Bilan, BilanFiche, BilanIndicateur, LigneMesure
from clsmon.model.constat import Constat, Declaration
from clsmon.model.indicateur import Reponses, TypeMesure
from clsmon.model.libelles import STATUTS
from clsmon.model.releve import Etat, SaisiPar
from clsmon.model.statut import Statut
from clsmon.model.texte import clean_text
from clsmon.render.cells import Colonne, Tableau
from clsmon.render.examen import contest_remarks
from clsmon.render.provenance import provenance_of
from clsmon.render.ruptures import spell_break
from clsmon.render.spelling import (
    ABSENT,
    spell_answer,
    spell_doubt,
    spell_evolution,
    spell_finding,
    spell_gap,
    spell_initial,
    spell_owner,
    spell_progress,
    spell_target,
)

if TYPE_CHECKING:
    from clsmon.model.evaluation import SansReponse, Serie

LONGUEUR_EN_CELLULE = 60
"""Au-delà, en caractères, une réponse en mots se lit sous le tableau."""
CI_DESSOUS = "réponse ci-dessous"


@dataclass(frozen=True)
class Remarque:
    """
    Ce qui se lit sous le tableau pour une mesure, en couples (organisme, texte).

    Commentaires, réponses longues, autres lectures et textes douteux.
    """

    mesure: str
    textes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Resultats:
    """Les mesures d'un groupe d'indicateurs d'une fiche."""

    groupe: str | None
    tableau: Tableau
    remarques: tuple[Remarque, ...]
    avec_cible: bool
    avec_initiale: bool


def name_measure(ligne: LigneMesure | Serie | SansReponse) -> str:
    """Le libellé verbatim de l'indicateur, suivi de celui de la mesure s'il en a plusieurs."""
    indicateur = ligne.situee.indicateur.libelle
    return (
        indicateur if ligne.situee.libelle_seul else f"{indicateur} — {ligne.situee.mesure.libelle}"
    )


def find_year(ligne: LigneMesure, annee: int) -> Constat | None:
    """Le constat d'une année ; None si la mesure n'était pas suivie cette année-là."""
    if annee == ligne.constat.exercice:
        return ligne.constat
    return next((c for c in ligne.serie if c.exercice == annee), None)


def spell_year(bilan: Bilan, ligne: LigneMesure, annee: int) -> str:
    """Ce que l'on sait d'une mesure une année, et par qui ; un tiret si elle n'était pas suivie."""
    constat = find_year(ligne, annee)
    if constat is None:
        return ABSENT
    source = spell_owner(constat, ligne.situee, bilan.contrat)
    return spell_finding(constat, ligne.situee.mesure, bilan.contrat, source)


def _is_long(texte: str) -> bool:
    return len(texte) > LONGUEUR_EN_CELLULE or "\n" in clean_text(texte)


def _finding_cell(bilan: Bilan, ligne: LigneMesure, annee: int) -> str:
    mesure = ligne.situee.mesure
    constat = find_year(ligne, annee)
    if constat is None:
        return ABSENT
    ecrit = spell_year(bilan, ligne, annee)
    en_mots = mesure.type is TypeMesure.TEXTE or (
        mesure.reponses is Reponses.SEPAREES and len(constat.declarations) > 1
    )
    if not (en_mots and _is_long(ecrit)):
        return ecrit
    return CI_DESSOUS if annee == bilan.exercice else STATUTS[constat.statut]


def _initial(ligne: LigneMesure) -> str:
    return STATUTS[Statut.SECRET] if ligne.initiale_secrete else spell_initial(ligne.situee.mesure)


def _result_row(
    bilan: Bilan, ligne: LigneMesure, initiale: bool, cible: bool
) -> tuple[str | None, ...]:
    mesure = ligne.situee.mesure
    return (
        name_measure(ligne),
        mesure.unite_affichee,
        *((_initial(ligne),) if initiale else ()),
        *(_finding_cell(bilan, ligne, annee) for annee in bilan.annees),
        spell_evolution(ligne),
        *((spell_gap(ligne.depuis_initiale, mesure),) if initiale else ()),
        *((spell_target(ligne), spell_progress(ligne)) if cible else ()),
    )


def _columns(bilan: Bilan, initiale: bool, cible: bool) -> tuple[Colonne, ...]:
    titres = (
        *(("Valeur initiale",) if initiale else ()),
        *(str(annee) for annee in bilan.annees),
        "Évolution sur un an",
        *(("Depuis la valeur initiale",) if initiale else ()),
        *(("Cible", "Chemin fait vers la cible") if cible else ()),
    )
    mesure, unite = Colonne("Indicateur et mesure", 36), Colonne("Unité", 16)
    return (mesure, unite, *(Colonne(titre) for titre in titres))


def _answer_remark(bilan: Bilan, ligne: LigneMesure, declaration: Declaration, rang: int) -> str:
    mesure, constat = ligne.situee.mesure, ligne.constat
    valeur = declaration.valeur
    if valeur.etat is Etat.A_VERIFIER:
        return f"à vérifier, {spell_doubt(valeur.saisi, valeur.nature_cellule)}"
    if valeur.etat is None:
        return ""
    if constat.holds_declared(declaration):
        return ""
    ecrit = spell_answer(valeur, mesure)
    if rang >= constat.retenues:
        return f"autre lecture, {ecrit}" if valeur.etat.repond else ecrit
    if mesure.reponses is Reponses.SOMME and mesure.type.chiffre and constat.retenues > 1:
        return f"pour sa part, {ecrit}"
    return ecrit if _finding_cell(bilan, ligne, bilan.exercice) == CI_DESSOUS else ""


def _correction(declaration: Declaration) -> str:
    releve = declaration.releve
    if releve.saisi_par is not SaisiPar.ANIMATEUR:
        return ""
    return f"corrigé par l’animateur santé ({releve.motif or 'sans motif'})"


def _remarks(bilan: Bilan, ligne: LigneMesure) -> Iterator[tuple[str, str]]:
    if ligne.rupture:
        yield spell_break(ligne, bilan.contrat)
    yield from contest_remarks(bilan, ligne)
    if ligne.constat.arbitrage and not ligne.constat.contestations:
        yield "Arbitrage", f"retenu par la décision {ligne.constat.arbitrage}"
    for rang, declaration in enumerate(ligne.constat.declarations):
        morceaux = (
            _answer_remark(bilan, ligne, declaration, rang),
            declaration.valeur.commentaire,
            _correction(declaration),
        )
        texte = " — ".join(m for m in morceaux if m)
        if texte:
            yield bilan.contrat.nom_court(declaration.organisme), texte


def _results_of(bilan: Bilan, groupe: str | None, membres: list[BilanIndicateur]) -> Resultats:
    lignes = [ligne for membre in membres for ligne in membre.lignes]
    initiale = any(g.initiale_secrete or g.situee.mesure.valeur_initiale for g in lignes)
    cible = any(ligne.cible for ligne in lignes)
    return Resultats(
        groupe,
        Tableau(
            groupe or "Résultats",
            _columns(bilan, initiale, cible),
            tuple(_result_row(bilan, ligne, initiale, cible) for ligne in lignes),
            reperes=tuple(f"mesure-{ligne.situee.cle}" for ligne in lignes),
            liens=tuple(provenance_of(ligne) for ligne in lignes),
        ),
        tuple(
            Remarque(name_measure(ligne), textes)
            for ligne in lignes
            for textes in (tuple(_remarks(bilan, ligne)),)
            if textes
        ),
        cible,
        initiale,
    )


def results_of(bilan: Bilan, fiche: BilanFiche) -> tuple[Resultats, ...]:
    """Les résultats d'une fiche, un tableau par groupe d'indicateurs, dans l'ordre du contrat."""
    return tuple(
        _results_of(bilan, groupe, list(membres))
        for groupe, membres in groupby(fiche.indicateurs, key=lambda i: i.indicateur.groupe)
    )
