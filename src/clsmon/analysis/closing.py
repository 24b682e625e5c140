"""La clôture d'un exercice : envoi, adoption, et ce qui est reçu après l'adoption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from clsmon.analysis.adopted import (
    adopted_names,
    adoption_day,
    adoption_of,
    as_of_adoption,
    end_of_review,
    later_choices,
    life_of,
)
from clsmon.analysis.heads import (
    Synthese,
    compute_heads,
    compute_received,
    compute_syntheses,
    group_by_organism,
)
from clsmon.analysis.history import compare_answers
from clsmon.analysis.narrative import changed_fields
from clsmon.model.anomalie import natural_key
from clsmon.model.cloture import Cloture, MesureTardive, RetourTardif
from clsmon.model.dossier import Dossier
from clsmon.model.libelles import RUBRIQUES
from clsmon.model.releve import DeclarationFiche, Releve


def compute_closing(dossier: Dossier, exercice: int, jour: date) -> Cloture:
    """
    Où en est le bilan d'un exercice, vu le jour `jour` ; l'empreinte est refaite à part.

    La décision d'adoption est celle que dit la vie du bilan, sinon celle qu'une séance tenue a
    prise au plus tard ce jour.
    """
    vie = life_of(dossier, exercice)
    adoption = adoption_of(dossier, exercice, jour)
    return Cloture(
        envoye_le=vie.projet_envoye_le,
        droit_de_regard_fin=end_of_review(dossier, exercice),
        adoption=adoption,
        adopte_le=adoption_day(dossier, adoption),
        empreinte=vie.empreinte or "",
        tardifs=tuple(find_late_returns(dossier, exercice)),
    )


def standing_releves(dossier: Dossier, exercice: int) -> tuple[str, ...]:
    """Les relevés d'un exercice que rien ne remplace, tous organismes ensemble, triés par nom."""
    tetes = (
        nom
        for releves in group_by_organism(dossier, exercice).values()
        for nom in compute_heads(releves)
    )
    return tuple(sorted(tetes, key=natural_key))


def late_releves(dossier: Dossier, exercice: int) -> tuple[str, ...]:
    """
    Les relevés reçus après l'adoption, triés par nom ; aucun tant que le bilan n'est pas figé.

    Ce que remplace un relevé adopté, de proche en proche, était là avant : ce n'est pas un retard.
    """
    adoptes = adopted_names(dossier, exercice)
    if adoptes is None:
        return ()
    releves = dossier.releves_de(exercice)
    anciens = _ancestors(releves, adoptes)
    return tuple(sorted(releves.keys() - anciens, key=natural_key))


def _ancestors(releves: Mapping[str, Releve], adoptes: frozenset[str]) -> set[str]:
    """Les relevés adoptés et tous ceux qu'ils remplacent, de proche en proche."""
    vus: set[str] = set()
    attente = list(adoptes)
    while attente:
        nom = attente.pop()
        if nom not in vus:
            vus.add(nom)
            attente += releves[nom].remplace if nom in releves else ()
    return vus


def find_late_returns(dossier: Dossier, exercice: int) -> Iterator[RetourTardif]:
    """Ce que chaque organisme a rendu après l'adoption et ce que cela changerait, par registre."""
    tardifs = set(late_releves(dossier, exercice))
    if not tardifs:
        return
    adoptes = _as_frozen(dossier, exercice)
    choix = {(cle, code): nom for cle, code, nom in later_choices(dossier, exercice)}
    for code, recu in compute_received(dossier, exercice).items():
        siens = group_by_organism(dossier, exercice)[code]
        noms = tuple(nom for nom in sorted(siens, key=natural_key) if nom in tardifs)
        if noms:
            avant = adoptes.get(code) or Synthese(code)
            yield RetourTardif(
                code,
                noms,
                tuple(_late_answers(dossier, avant, recu, choix)),
                tuple(_late_rubrics(dossier, avant, recu)),
            )


def _as_frozen(dossier: Dossier, exercice: int) -> dict[str, Synthese]:
    """Ce que disaient les seuls relevés adoptés, sans ce qu'un arbitrage a retenu ensuite."""
    return compute_syntheses(as_of_adoption(dossier, exercice), exercice)


def _late_answers(
    dossier: Dossier, avant: Synthese, apres: Synthese, choix: Mapping[tuple[str, str], str]
) -> Iterator[MesureTardive]:
    for change in compare_answers(dossier, avant, apres):
        situee = dossier.mesures.get(change.cle)
        if situee is not None:
            decision = choix.get((change.cle, apres.organisme), "")
            yield MesureTardive(situee, change.avant, change.apres, decision)


def _late_rubrics(dossier: Dossier, avant: Synthese, apres: Synthese) -> Iterator[str]:
    for identifiant in dict.fromkeys((*avant.recits, *apres.recits)):
        dits = [
            synthese.recits[identifiant].declaration
            if identifiant in synthese.recits
            else DeclarationFiche()
            for synthese in (avant, apres)
        ]
        fiche = dossier.fiche.get(identifiant)
        nom = fiche.id if fiche else identifiant
        for champ in changed_fields(*dits):
            yield f"{nom} {RUBRIQUES.get(champ, champ)}"
