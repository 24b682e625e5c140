"""La fin d'une collecte : ce qui est remplacé se tait, ce qui se contredit demande."""

from __future__ import annotations

from collections.abc import Iterable

from clsmon.analysis.contradictions import Contradiction, find_contradictions
from clsmon.analysis.heads import compute_heads, is_withdrawal, releves_of
from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.collecte import Collecte
from clsmon.model.dossier import Dossier
from clsmon.workbooks.reader.refusal import shorten


def close_collection(dossier: Dossier, collectes: Iterable[Collecte]) -> None:
    """
    Une fois tout lu : ce qui est remplacé ne demande plus rien, ce qui se contredit demande.

    Un classeur rendu sous deux noms ne pose ses questions qu'une fois.
    """
    derniers: dict[tuple[int, str], Collecte] = {}
    vus: set[str] = set()
    for collecte in collectes:
        releve = collecte.releve
        if releve is None:
            continue
        tetes = compute_heads(releves_of(dossier, releve.exercice, collecte.organisme))
        if collecte.nom not in tetes or is_withdrawal(releve):
            collecte.remplacee = True
            collecte.anomalies.clear()
        elif collecte.nom in vus:
            collecte.anomalies.clear()
        else:
            derniers[releve.exercice, collecte.organisme] = collecte
        vus.add(collecte.nom)
    for (exercice, organisme), collecte in derniers.items():
        for contradiction in find_contradictions(dossier, exercice, organisme):
            collecte.anomalies.append(_ask_which(contradiction, collecte))
        collecte.anomalies.sort(key=Anomalie.order)


def _ask_which(contradiction: Contradiction, collecte: Collecte) -> Anomalie:
    """La question se pose sur la cellule de ce classeur-ci, ou sur la dernière s'il n'en a pas."""
    siennes = [r for r in contradiction.reponses if r.releve == collecte.nom]
    place = (siennes or contradiction.reponses)[-1]
    feuille, _, cellule = place.cellule.rpartition("!")
    textes = " ou ".join(
        f"« {shorten(r.texte)} » ({r.fichier}, {r.cellule})" for r in contradiction.reponses
    )
    noms = " ou ".join(r.releve for r in contradiction.reponses)
    return Anomalie(
        Lieu(place.fichier, feuille=feuille, cellule=cellule),
        "SAI021",
        Gravite.ERREUR,
        f"{contradiction.nom} : deux réponses, {textes}",
        f"Refaites le formulaire (clsmon forms --organisme {collecte.organisme}) et faites-y "
        "écrire la bonne réponse ; si vous la connaissez, gardez son relevé : "
        f"clsmon collect --garder {noms}.",
    )
