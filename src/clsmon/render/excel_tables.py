"""Les tableaux longs du classeur : une ligne par mesure et année, par fiche et organisme."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.bilan import Bilan, BilanAxe, BilanFiche, Constat, Ecart, LigneMesure, Recit
from clsmon.model.indicateur import TypeMesure
from clsmon.model.libelles import CONFIANCES, EVOLUTIONS, STATUTS
from clsmon.model.releve import DeclarationFiche
from clsmon.render.cells import Annee, Cellule, Colonne, Montant, Tableau, Taux
from clsmon.render.overview import name_axis
from clsmon.render.provenance import series_of
from clsmon.render.spelling import spell_advance, spell_answer, spell_finding
from clsmon.render.stories import COLONNES_ARGENT, money_cells

ETAT_INDICATEUR = 7
COLONNES_INDICATEURS = (
    Colonne("Clé", 30),
    Colonne("Axe", 22),
    Colonne("Fiche", 30),
    Colonne("Indicateur", 40),
    Colonne("Mesure", 30),
    Colonne("Unité", 16),
    Colonne("Année", 8, nombre=True),
    Colonne("État", 14),
    Colonne("Valeur", 12, nombre=True),
    Colonne("Numérateur", 12, nombre=True),
    Colonne("Dénominateur", 12, nombre=True),
    Colonne("Réponse en mots", 34),
    Colonne("Valeur initiale", 12, nombre=True),
    Colonne("Évolution sur un an", 12, nombre=True),
    Colonne("Évolution sur un an (%)", 12, nombre=True),
    Colonne("Depuis la valeur initiale", 12, nombre=True),
    Colonne("Depuis la valeur initiale (%)", 12, nombre=True),
    Colonne("Cible", 12, nombre=True),
    Colonne("Année de la cible", 10, nombre=True),
    Colonne("Chemin fait (%)", 12, nombre=True),
    Colonne("Organismes", 24),
    Colonne("Manque à la somme", 18),
    Colonne("Commentaires et autres lectures", 50),
)


def typed(ligne: LigneMesure, nombre: object) -> Cellule:
    """Un nombre dans le type de sa mesure : taux en points, montant en euros, ou tel quel."""
    if nombre is None:
        return None
    genre = {TypeMesure.TAUX: Taux, TypeMesure.MONTANT: Montant}.get(ligne.situee.mesure.type)
    return genre(nombre) if genre else nombre  # type: ignore[return-value, arg-type]


def _words(bilan: Bilan, ligne: LigneMesure, constat: Constat) -> str:
    if constat.texte or (constat.nombre is None and constat.retenues):
        return spell_finding(constat, ligne.situee.mesure, bilan.contrat)
    return ""


def _comments(bilan: Bilan, ligne: LigneMesure, constat: Constat) -> str:
    morceaux = []
    for rang, d in enumerate(constat.declarations):
        nom = bilan.contrat.nom_court(d.organisme)
        autre = len(constat.declarations) > 1 or rang >= constat.retenues
        reponse = spell_answer(d.valeur, ligne.situee.mesure) if autre else ""
        saisi = f"il est écrit « {d.valeur.saisi} »" if d.valeur.saisi else ""
        dit = [m for m in (reponse, saisi, d.valeur.commentaire) if m]
        if dit:
            morceaux.append(f"{nom} : {' — '.join(dit)}")
    if constat.arbitrage:
        morceaux.append(f"Retenu par la décision {constat.arbitrage}")
    return "\n".join(morceaux)


def _gap(ligne: LigneMesure, ecart: Ecart | None) -> tuple[Cellule, Cellule]:
    if ecart is None:
        return None, None
    pourcentage = None if ecart.pourcentage is None else Taux(ecart.pourcentage)
    if ligne.situee.mesure.type is TypeMesure.TAUX:
        return ecart.difference, None
    return typed(ligne, ecart.difference), pourcentage


def _measure_row(
    bilan: Bilan, axe: BilanAxe, ligne: LigneMesure, constat: Constat
) -> tuple[Cellule, ...]:
    situee, courante = ligne.situee, constat.exercice == bilan.exercice
    initiale, cible = situee.mesure.valeur_initiale, ligne.cible if courante else None
    return (
        situee.cle,
        name_axis(axe),
        situee.fiche.nom,
        situee.indicateur.libelle,
        situee.mesure.libelle,
        situee.mesure.unite_affichee,
        Annee(constat.exercice),
        STATUTS[constat.statut],
        typed(ligne, constat.nombre),
        constat.numerateur,
        constat.denominateur,
        _words(bilan, ligne, constat),
        typed(ligne, initiale.valeur) if initiale else None,
        *_gap(ligne, ligne.depuis_precedent if courante else None),
        *_gap(ligne, ligne.depuis_initiale if courante else None),
        typed(ligne, cible.valeur) if cible else "cible non fixée" if courante else None,
        Annee(cible.annee) if cible else None,
        Taux(ligne.progression) if courante and ligne.progression is not None else None,
        ", ".join(bilan.contrat.nom_court(d.organisme) for d in constat.declarations),
        ", ".join(bilan.contrat.nom_court(code) for code in constat.incomplet),
        _comments(bilan, ligne, constat),
    )


def measures_table(bilan: Bilan) -> Tableau:
    """Une ligne par mesure et année."""
    return Tableau(
        "Indicateurs : une ligne par mesure et année",
        COLONNES_INDICATEURS,
        tuple(
            _measure_row(bilan, axe, ligne, constat)
            for axe in bilan.axes
            for fiche in axe.fiches
            for indicateur in fiche.indicateurs
            for ligne in indicateur.lignes
            for constat in series_of(ligne)
        ),
    )


def _declared(bilan: Bilan, dit: DeclarationFiche, recit: Recit) -> tuple[Cellule, ...]:
    return (
        spell_advance(dit.avancement),
        CONFIANCES[dit.confiance] if dit.confiance else None,
        dit.faits_marquants,
        dit.freins,
        dit.leviers,
        ", ".join((*(bilan.contrat.nom_court(c) for c in dit.communes), *dit.qpv)),
        *money_cells(recit),
        recit.releve.recu.fichier,
        recit.releve.nom,
    )


def _action_rows(bilan: Bilan, axe: BilanAxe, fiche: BilanFiche) -> Iterator[tuple[Cellule, ...]]:
    tete = (fiche.fiche.nom, name_axis(axe), spell_advance(fiche.avancement))
    for recit in fiche.recits:
        nom = bilan.contrat.nom_court(recit.organisme)
        yield (*tete, nom, *_declared(bilan, recit.declaration, recit))
    recus = {recit.organisme for recit in fiche.recits}
    for code in fiche.fiche.suivi.repondants:
        if code not in recus:
            vides = (None,) * (len(COLONNES_ACTIONS) - len(tete) - 2)
            yield (*tete, bilan.contrat.nom_court(code), "non répondu", *vides)


COLONNES_ACTIONS = (
    Colonne("Fiche", 36),
    Colonne("Axe", 24),
    Colonne("Avancement de la fiche", 14),
    Colonne("Organisme", 20),
    Colonne("Avancement déclaré", 14),
    Colonne("Confiance", 16),
    Colonne("Faits marquants", 40),
    Colonne("Freins", 30),
    Colonne("Leviers", 30),
    Colonne("Lieux", 24),
    *COLONNES_ARGENT[1:],
    Colonne("Classeur reçu", 22),
    Colonne("Relevé", 26),
)
ETAT_ACTION = 4


def actions_table(bilan: Bilan) -> Tableau:
    """Une ligne par fiche et organisme, ceux qui n'ont pas répondu compris."""
    return Tableau(
        "Actions : une ligne par fiche et organisme",
        COLONNES_ACTIONS,
        tuple(
            ligne
            for axe in bilan.axes
            for fiche in axe.fiches
            for ligne in _action_rows(bilan, axe, fiche)
        ),
    )


def _outlook_row(bilan: Bilan, axe: BilanAxe, nom: str, recit: Recit) -> tuple[Cellule, ...]:
    dit = recit.declaration
    proposee = EVOLUTIONS[dit.evolution_proposee] if dit.evolution_proposee else None
    return (
        name_axis(axe),
        nom,
        "suivie",
        bilan.contrat.nom_court(recit.organisme),
        dit.perspectives,
        proposee,
        dit.motif_evolution,
    )


def _outlook_rows(bilan: Bilan, axe: BilanAxe) -> Iterator[tuple[Cellule, ...]]:
    for fiche in axe.fiches:
        for recit in fiche.recits:
            yield _outlook_row(bilan, axe, fiche.fiche.nom, recit)
        if not fiche.recits:
            yield (name_axis(axe), fiche.fiche.nom, "suivie", None, "non répondu", None, None)
    dites = {fiche.id for fiche, _ in axe.recits_a_programmer}
    for fiche_prevue, recit in axe.recits_a_programmer:
        ligne = _outlook_row(bilan, axe, fiche_prevue.nom, recit)
        yield (*ligne[:2], "à programmer", *ligne[3:])
    for fiche_prevue in axe.a_programmer:
        if fiche_prevue.id not in dites:
            yield (name_axis(axe), fiche_prevue.nom, "à programmer", None, None, None, None)


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
            Colonne("Évolution proposée", 16),
            Colonne("Motif", 40),
        ),
        tuple(ligne for axe in bilan.axes for ligne in _outlook_rows(bilan, axe)),
    )
