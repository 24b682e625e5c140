"""La fin d'une collecte : ce qui est remplacé se tait, ce qui se contredit demande."""

from __future__ import annotations

from collections.abc import Iterable

from clsmon.analysis.contradictions import Contradiction, find_contradictions
from clsmon.analysis.heads import compute_heads, is_withdrawal, releves_of
from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.collecte import Collecte
from clsmon.model.dossier import Dossier
from clsmon.model.releve import Releve
from clsmon.workbooks.reader.refusal import shorten


def close_collection(dossier: Dossier, collectes: Iterable[Collecte]) -> None:
    """
    Une fois tout lu : ce qui est remplacé ne demande plus rien, ce qui se contredit demande.

    Un classeur rendu sous deux noms ne pose ses questions qu'une fois.
    """

    def stands(collecte: Collecte, releve: Releve) -> bool:
        siens = releves_of(dossier, releve.exercice, collecte.organisme)
        return collecte.nom in compute_heads(siens) and not is_withdrawal(releve)

    debout = ((c, stands(c, c.releve)) for c in collectes if c.releve is not None)
    for (exercice, organisme), collecte in silence_replaced(debout).items():
        for contradiction in find_contradictions(dossier, exercice, organisme):
            collecte.anomalies.append(_ask_which(contradiction, collecte))
        collecte.anomalies.sort(key=Anomalie.order)


def silence_replaced(rendus: Iterable[tuple[Collecte, bool]]) -> dict[tuple[int, str], Collecte]:
    """
    Fait taire ce qui est remplacé ou déjà vu ; rend le dernier qui reste de chaque organisme.

    `rendus` : chaque classeur, et s'il tient encore.
    """
    derniers: dict[tuple[int, str], Collecte] = {}
    vus: set[str] = set()
    for collecte, debout in rendus:
        collecte.remplacee = not debout
        if not debout or collecte.nom in vus:
            collecte.anomalies.clear()
        else:
            derniers[collecte.exercice, collecte.organisme] = collecte
        vus.add(collecte.nom)
    return derniers


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
