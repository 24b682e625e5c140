"""Les tableaux longs du classeur : une ligne par mesure et année, par fiche et organisme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from clsmon.model.bilan import Bilan, BilanAxe, BilanFiche, LigneMesure, Recit
from clsmon.model.constat import Constat, Ecart
from clsmon.model.indicateur import TypeMesure
from clsmon.model.libelles import CONFIANCES, STATUTS
from clsmon.model.releve import Etat
from clsmon.model.statut import Statut
from clsmon.render.cells import Annee, Cellule, Colonne, Montant, Tableau, Taux
from clsmon.render.changes import spell_missing
from clsmon.render.examen import contest_of
from clsmon.render.overview import name_axis
from clsmon.render.provenance import series_of
from clsmon.render.results import name_measure
from clsmon.render.ruptures import spell_break
from clsmon.render.spelling import (
    INSECABLE,
    spell_advance,
    spell_answer,
    spell_doubt,
    spell_evolution,
    spell_finding,
    spell_state,
)
from clsmon.render.stories import COLONNES_ARGENT, money_cells

if TYPE_CHECKING:
    from clsmon.model.evaluation import Serie

ETAT_INDICATEUR = 4
COLONNES_INDICATEURS = (
    Colonne("Fiche", 6),
    Colonne("Indicateur et mesure", 42),
    Colonne("Unité", 13),
    Colonne("Année", 7),
    Colonne("État", 13),
    Colonne("Valeur", 10, nombre=True),
    Colonne("Réponse en mots", 28),
    Colonne("Valeur initiale", 10, nombre=True),
    Colonne("Évolution sur un an", 12, nombre=True),
    Colonne("Cible", 10, nombre=True),
    Colonne("Organisme", 15),
    Colonne("Commentaires et autres lectures", 36),
    Colonne("Clé", 30, technique=True),
    Colonne("Axe", 22, technique=True),
    Colonne("Titre de la fiche", 30, technique=True),
    Colonne("Indicateur", 40, technique=True),
    Colonne("Mesure", 30, technique=True),
    Colonne("Numérateur", 12, nombre=True, technique=True),
    Colonne("Dénominateur", 14, nombre=True, technique=True),
    Colonne("Évolution sur un an (%)", 12, nombre=True, technique=True),
    Colonne("Depuis la valeur initiale", 12, nombre=True, technique=True),
    Colonne("Depuis la valeur initiale (%)", 12, nombre=True, technique=True),
    Colonne("Année de la cible", 10, technique=True),
    Colonne("Chemin fait (%)", 12, nombre=True, technique=True),
    Colonne("Manque à la somme", 18, technique=True),
)


def typed(ligne: LigneMesure | Serie, nombre: object) -> Cellule:
    """Un nombre dans le type de sa mesure : taux en points, montant en euros, ou tel quel."""
    if nombre is None:
        return None
    genre = {TypeMesure.TAUX: Taux, TypeMesure.MONTANT: Montant}.get(ligne.situee.mesure.type)
    return genre(nombre) if genre else nombre  # type: ignore[return-value]


def _words(bilan: Bilan, ligne: LigneMesure, constat: Constat) -> str:
    dite = constat.statut in {Statut.RENSEIGNE, Statut.ESTIME} and constat.retenues
    if constat.texte or (constat.nombre is None and dite):
        return spell_finding(constat, ligne.situee.mesure, bilan.contrat)
    return ""


def _comments(bilan: Bilan, ligne: LigneMesure, constat: Constat) -> str:
    auteurs: dict[str, list[str]] = {}
    for rang, declaration in enumerate(constat.declarations):
        dit = " — ".join(_reading(ligne, constat, rang))
        auteurs.setdefault(dit, []).append(bilan.contrat.nom_court(declaration.organisme))
    morceaux = [f"{', '.join(noms)}{INSECABLE}: {dit}" for dit, noms in auteurs.items() if dit]
    if constat.incomplet:
        manquants = ", ".join(bilan.contrat.nom_court(code) for code in constat.incomplet)
        morceaux.append(f"Manque à la somme{INSECABLE}: {manquants}")
    morceaux += [f"{qui}{INSECABLE}: {dit}" for qui, dit in contest_of(bilan, ligne, constat)]
    if ligne.rupture and constat is ligne.serie[0]:
        morceaux.append(f"{INSECABLE}: ".join(spell_break(ligne, bilan.contrat)))
    if constat.arbitrage and not constat.contestations:
        morceaux.append(f"Retenu par la décision {constat.arbitrage}")
    return "\n".join(morceaux)


def _reading(ligne: LigneMesure, constat: Constat, rang: int) -> Iterator[str]:
    """Ce qu'une réponse ajoute à la ligne : sa valeur si elle n'y est pas, son texte brut."""
    valeur = constat.declarations[rang].valeur
    ecrit = spell_answer(valeur, ligne.situee.mesure)
    autre = rang >= constat.retenues or (constat.retenues > 1 and constat.nombre is not None)
    if autre and not constat.holds_declared(constat.declarations[rang]):
        yield ecrit
    if valeur.etat is Etat.A_VERIFIER or valeur.saisi.strip().casefold() not in {"", ecrit}:
        yield spell_doubt(valeur.saisi, valeur.nature_cellule)
    if valeur.commentaire:
        yield valeur.commentaire


def _gap(ligne: LigneMesure, ecart: Ecart | None) -> tuple[Cellule, Cellule]:
    if ecart is None:
        return None, None
    pourcentage = None if ecart.pourcentage is None else Taux(ecart.pourcentage)
    if ligne.situee.mesure.type is TypeMesure.TAUX:
        return ecart.difference, None
    return typed(ligne, ecart.difference), pourcentage


def _owners(bilan: Bilan, constat: Constat) -> str:
    """Ceux d'où vient la valeur ; sans valeur, ceux qui ont répondu quelque chose."""
    codes = constat.sources or [d.organisme for d in constat.declarations]
    return ", ".join(bilan.contrat.nom_court(code) for code in codes)


def _initial(ligne: LigneMesure) -> Cellule:
    initiale = ligne.situee.mesure.valeur_initiale
    if ligne.initiale_secrete:
        return STATUTS[Statut.SECRET]
    return typed(ligne, initiale.valeur) if initiale else None


def measure_row(
    bilan: Bilan, axe: BilanAxe, ligne: LigneMesure, constat: Constat
) -> tuple[Cellule, ...]:
    """Une mesure une année, dans l'ordre de COLONNES_INDICATEURS."""
    situee, courante = ligne.situee, constat.exercice == bilan.exercice
    cible = ligne.cible if courante else None
    a_viser = "cible non fixée" if courante and situee.mesure.type.chiffre else None
    ecart, pourcentage = _gap(ligne, ligne.depuis_precedent if courante else None)
    return (
        situee.fiche.id,
        name_measure(ligne),
        situee.mesure.unite_affichee,
        Annee(constat.exercice),
        spell_state(constat),
        typed(ligne, constat.nombre),
        _words(bilan, ligne, constat),
        _initial(ligne),
        spell_evolution(ligne) if courante and (ligne.repondant_change or ligne.rompue) else ecart,
        typed(ligne, cible.valeur) if cible else a_viser,
        _owners(bilan, constat),
        _comments(bilan, ligne, constat),
        situee.cle,
        name_axis(axe),
        situee.fiche.titre,
        situee.indicateur.libelle,
        situee.mesure.libelle,
        constat.numerateur,
        constat.denominateur,
        pourcentage,
        *_gap(ligne, ligne.depuis_initiale if courante else None),
        Annee(cible.annee) if cible else None,
        Taux(ligne.progression) if courante and ligne.progression is not None else None,
        ", ".join(bilan.contrat.nom_court(code) for code in constat.incomplet),
    )


def measures_table(bilan: Bilan) -> Tableau:
    """Une ligne par mesure et année."""
    return Tableau(
        "Indicateurs : une ligne par mesure et année",
        COLONNES_INDICATEURS,
        tuple(
            measure_row(bilan, axe, ligne, constat)
            for axe in bilan.axes
            for fiche in axe.fiches
            for indicateur in fiche.indicateurs
            for ligne in indicateur.lignes
            for constat in series_of(ligne)
        ),
    )


def _declared(bilan: Bilan, recit: Recit) -> tuple[Cellule, ...]:
    dit = recit.declaration
    return (
        spell_advance(dit.avancement),
        CONFIANCES[dit.confiance] if dit.confiance else None,
        dit.faits_marquants,
        dit.freins,
        dit.leviers,
        ", ".join((*(bilan.contrat.nom_court(c) for c in dit.communes), *dit.qpv)),
        *money_cells(recit),
    )


def action_rows(bilan: Bilan, axe: BilanAxe, fiche: BilanFiche) -> Iterator[tuple[Cellule, ...]]:
    """Ce que chaque répondant dit d'une fiche, dans l'ordre de COLONNES_ACTIONS."""
    nom, ensemble = fiche.fiche.nom, (name_axis(axe), spell_advance(fiche.avancement))
    for recit in fiche.recits:
        yield (
            nom,
            bilan.contrat.nom_court(recit.organisme),
            *_declared(bilan, recit),
            *ensemble,
            recit.releve.recu.fichier,
            recit.releve.nom,
        )
    recus = {recit.organisme for recit in fiche.recits}
    for code in fiche.fiche.suivi.repondants:
        if code not in recus:
            vides = (None,) * (5 + len(MONTANTS))
            court = bilan.contrat.nom_court(code)
            yield (nom, court, "non répondu", *vides, *ensemble, None, None)


MONTANTS = tuple(Colonne(c.titre, 10, nombre=True) for c in COLONNES_ARGENT[1:])
COLONNES_ACTIONS = (
    Colonne("Fiche", 28),
    Colonne("Organisme", 14),
    Colonne("Avancement déclaré", 13),
    Colonne("Confiance", 12),
    Colonne("Faits marquants", 36),
    Colonne("Freins", 27),
    Colonne("Leviers", 27),
    Colonne("Lieux", 14),
    *MONTANTS,
    Colonne("Axe", 24, technique=True),
    Colonne("Avancement de la fiche", 14, technique=True),
    Colonne("Classeur reçu", 22, technique=True),
    Colonne("Relevé", 26, technique=True),
)
ETAT_ACTION = 2


def actions_table(bilan: Bilan) -> Tableau:
    """Une ligne par fiche et organisme, ceux qui n'ont pas répondu compris."""
    return Tableau(
        "Actions : une ligne par fiche et organisme",
        COLONNES_ACTIONS,
        tuple(
            ligne
            for axe in bilan.axes
            for fiche in axe.fiches
            for ligne in action_rows(bilan, axe, fiche)
        ),
    )


def _outlook_row(bilan: Bilan, axe: BilanAxe, nom: str, recit: Recit) -> tuple[Cellule, ...]:
    court = bilan.contrat.nom_court(recit.organisme)
    return (name_axis(axe), nom, "suivie", court, recit.declaration.perspectives, None)


def _outlook_rows(bilan: Bilan, axe: BilanAxe) -> Iterator[tuple[Cellule, ...]]:
    for fiche in axe.fiches:
        for recit in fiche.recits:
            yield _outlook_row(bilan, axe, fiche.fiche.nom, recit)
        if not fiche.recits:
            yield (name_axis(axe), fiche.fiche.nom, "suivie", None, "non répondu", None)
    dites = {fiche.id for fiche, _ in axe.recits_a_programmer}
    manques = {p.fiche.id: spell_missing(p) for p in bilan.evolutions.a_programmer}
    for fiche_prevue, recit in axe.recits_a_programmer:
        ligne = _outlook_row(bilan, axe, fiche_prevue.nom, recit)
        yield (*ligne[:2], "à programmer", *ligne[3:5], manques.get(fiche_prevue.id))
    for fiche_prevue in axe.a_programmer:
        if fiche_prevue.id not in dites:
            manque = manques.get(fiche_prevue.id)
            yield (name_axis(axe), fiche_prevue.nom, "à programmer", None, None, manque)


def outlook_table(bilan: Bilan) -> Tableau:
    """Les perspectives déclarées, et les fiches à programmer."""
    return Tableau(
        f"Perspectives pour {bilan.exercice + 1} et après",
        (
            Colonne("Axe", 24),
            Colonne("Fiche", 44),
            Colonne("Situation", 14),
            Colonne("Organisme", 22),
            Colonne("Perspectives", 60),
            Colonne("Il manque, pour la programmer", 50),
        ),
        tuple(ligne for axe in bilan.axes for ligne in _outlook_rows(bilan, axe)),
    )
