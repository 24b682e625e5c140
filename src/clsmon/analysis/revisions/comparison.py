"""Comparer deux versions d'un dossier : ce qui a changé, par quelle voie, ce qui manque."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.analysis.revisions.contract import compare_contracts
from clsmon.analysis.revisions.coverage import find_silent_agendas, judge
from clsmon.analysis.revisions.fiches import compare_fiches, match_fiches
from clsmon.analysis.revisions.measures import compare_measures
from clsmon.analysis.revisions.programme import compare_contexts, compare_programmes
from clsmon.analysis.revisions.remedies import Redaction
from clsmon.model.contrat import Rectification
from clsmon.model.dossier import Dossier
from clsmon.model.revision import Changement, Revision


def compare(avant: Dossier, apres: Dossier) -> Revision:
    """
    Ce qui a changé d'une version à l'autre, par le sens et non par le texte des fichiers.

    L'ordre, la mise en page, les commentaires et la typographie ne comptent pas. Un changement
    qu'une rectification nouvelle nomme répare la transcription : il est compté, et non montré.
    Source : contrat, article 6.
    """
    tous = sorted(_changes(avant, apres), key=lambda c: (c.lieu.order(), c.code, c.message))
    reparations = _repairs(avant, apres)
    restes = [c for c in tous if not _is_repair(c, reparations)]
    # What must be rewritten first keeps its own remedy: the decision comes beside it.
    juges = [judge(avant, apres, changement) for changement in restes]
    redaction = Redaction(avant, apres, juges)
    ecrits = [redaction.remedy(changement) for changement in juges]
    muets = find_silent_agendas(avant, apres, ecrits)
    return Revision((*ecrits, *muets), len(tous) - len(restes))


def _changes(avant: Dossier, apres: Dossier) -> Iterator[Changement]:
    yield from compare_contracts(avant.contrat, apres.contrat)
    yield from compare_fiches(avant, apres)
    yield from compare_measures(avant, apres)
    yield from compare_programmes(avant, apres)
    yield from compare_contexts(avant, apres)


Reparations = dict[str, tuple[str, ...]]
"""De chaque fichier aux champs que ses nouvelles rectifications nomment."""


def _repairs(avant: Dossier, apres: Dossier) -> Reparations:
    couples = [
        (f.lieu().fichier, a.rectifications, f.rectifications)
        for a, f in match_fiches(avant, apres)
    ]
    contrats = (avant.contrat.rectifications, apres.contrat.rectifications)
    couples.append((apres.contrat.lieu().fichier, *contrats))
    return {fichier: _new_fields(anciennes, actuelles) for fichier, anciennes, actuelles in couples}


def _new_fields(
    anciennes: tuple[Rectification, ...], actuelles: tuple[Rectification, ...]
) -> tuple[str, ...]:
    """Une rectification déjà là a servi : elle ne répare plus rien."""
    return tuple(_path(r.champ) for r in actuelles if r not in anciennes)


def _path(champ: str) -> str:
    """« indicateurs.livres.libelle » et « indicateurs/livres/libelle » sont le même champ."""
    return champ.strip().replace(".", "/")


def _is_repair(changement: Changement, reparations: Reparations) -> bool:
    chemin = _path(changement.chemin)
    return any(
        champ and (chemin == champ or chemin.startswith(f"{champ}/"))
        for champ in reparations.get(changement.lieu.fichier, ())
    )
