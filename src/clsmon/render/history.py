"""L'histoire des relevés d'un exercice, en texte simple de 80 colonnes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clsmon.model.dossier import Dossier
from clsmon.model.libelles import RUBRIQUES
from clsmon.model.releve import RELECTURE, SaisiPar
from clsmon.model.suivi import (
    EtapeReleve,
    GenreReleve,
    HistoriqueOrganisme,
    Remplacement,
    RubriqueRemplacee,
)
from clsmon.render.plain import VIDE, fold, one_line, place_of, quote, shorten, spell_reading

LONGUEUR_VALEUR = 60

_GENRES = {
    GenreReleve.RETOUR: "retour",
    GenreReleve.RELECTURE: "relecture du même classeur",
    GenreReleve.CORRECTION: "correction",
    GenreReleve.RETRAIT: "retrait",
}


def render_history(dossier: Dossier, historiques: Sequence[HistoriqueOrganisme]) -> str:
    """Pour chaque organisme, ses relevés dans l'ordre, chaque mesure et rubrique qui change."""
    return "\n".join("".join(_organism_lines(dossier, historique)) for historique in historiques)


def _organism_lines(dossier: Dossier, historique: HistoriqueOrganisme) -> Iterator[str]:
    yield fold(f"{dossier.contrat.nom_court(historique.code)} ({historique.code})")
    for rang, etape in enumerate(historique.etapes, 1):
        yield fold(f"{rang}. {_title(etape)}", 2, 5)
        yield from (_change_line(dossier, etape, change) for change in etape.remplacements)
        yield from (_rubric_line(dossier, etape, change) for change in etape.rubriques)
        if etape.releve.remplace and not (etape.remplacements or etape.rubriques):
            yield fold("aucune réponse ne change", 5)


def _title(etape: EtapeReleve) -> str:
    releve = etape.releve
    genre = _GENRES[etape.genre]
    if releve.motif and releve.motif not in {RELECTURE, etape.genre.value}:
        genre += f" {quote(releve.motif)}"
    titre = f"{etape.nom} : {genre}, {one_line(releve.recu.fichier)}"
    if releve.remplace:
        titre += f", remplace {', '.join(one_line(nom) for nom in releve.remplace)}"
    return titre if etape.tete else f"{titre} (remplacé depuis)"


def _change_line(dossier: Dossier, etape: EtapeReleve, change: Remplacement) -> str:
    situee = dossier.mesures.get(change.cle)
    nom, mesure = (situee.nom, situee.mesure) if situee else (change.cle, None)
    avant, apres = (
        spell_reading(d.valeur if d else None, mesure, LONGUEUR_VALEUR)
        for d in (change.avant, change.apres)
    )
    if change.apres is None:
        apres = _said_of_none(etape)
    cellule = change.apres.valeur.cellule if change.apres else ""
    place = place_of(etape.releve, cellule)
    if change.avant is not None:
        ancienne = place_of(change.avant.releve, change.avant.valeur.cellule)
        place += f" ; avant : {ancienne}"
    return fold(f"{nom} : {avant} → {apres} ({place})", 5, 7)


def _rubric_line(dossier: Dossier, etape: EtapeReleve, change: RubriqueRemplacee) -> str:
    programme = dossier.programmes.get(etape.releve.exercice, {}).get(change.fiche, ())
    actions = {f"programme.{action.id}": action.libelle for action in programme}
    nom = f"{change.fiche} {RUBRIQUES.get(change.champ) or actions.get(change.champ, change.champ)}"
    avant = shorten(change.avant, LONGUEUR_VALEUR) if change.avant else VIDE
    apres = shorten(change.apres, LONGUEUR_VALEUR) if change.apres else _said_of_none(etape)
    place = place_of(etape.releve, change.cellule_apres)
    if change.releve_avant is not None:
        place += f" ; avant : {place_of(change.releve_avant, change.cellule_avant)}"
    return fold(f"{nom} : {avant} → {apres} ({place})", 5, 7)


def _said_of_none(etape: EtapeReleve) -> str:
    """Une réponse qui n'est plus là a été effacée, retirée, ou écartée au profit d'une autre."""
    if etape.genre is GenreReleve.RETRAIT:
        return "(retirée)"
    choisie = etape.genre is GenreReleve.CORRECTION
    return "(écartée)" if choisie and etape.releve.saisi_par is SaisiPar.ORGANISME else VIDE
