"""
Les évolutions proposées pour le contrat, chacune avec sa voie : ici seulement sont dites les voies.

Source : contrat, article 6.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clsmon.analysis.wording import of_pilot, short_date, typeset
from clsmon.model.anomalie import natural_key
from clsmon.model.bilan import Bilan, Recit
from clsmon.model.contrat import Contrat, NatureContrat
from clsmon.model.dossier import Dossier
from clsmon.model.evolutions import (
    AvenantEnCours,
    EvolutionProposee,
    Evolutions,
    FicheAProgrammer,
    Proposition,
)
from clsmon.model.fiche import Fiche
from clsmon.model.releve import Evolution
from clsmon.model.seance import Decision, EtatDecision, EtatSeance, NatureDecision, Seance
from clsmon.model.texte import strip_stop

_TRANCHENT = {
    Evolution.RETRAIT: (NatureDecision.RETRAIT_FICHE,),
    Evolution.MODIFICATION: (NatureDecision.MODIFICATION_FICHE, NatureDecision.RETRAIT_FICHE),
}
"""Ce qui tranche une proposition : une modification n'a plus d'objet si la fiche est retirée."""


def compute_evolutions(dossier: Dossier, bilan: Bilan) -> Evolutions:
    """
    Ce qui est proposé pour le contrat, fiche par fiche, et ce que le COPIL en a déjà décidé.

    Une proposition est tranchée par une décision de sa nature sur la fiche, prise au plus tard le
    jour du bilan par une séance qui examine l'exercice ou un suivant ; un retrait l'est par toute
    décision de retrait. Une décision abandonnée l'écarte. L'ordre du jour est ajouté ensuite.
    """
    contrat = bilan.contrat
    dites = tuple(_told(bilan))
    proposees = tuple(
        e for fiche, recits in dites for e in _proposed(dossier, bilan, fiche, recits)
    )
    changees = {e.fiche.id for e in proposees}
    autres = [(f, recits) for f, recits in dites if f.id not in changees]
    suivies = {f.fiche.id for f in bilan.fiches}
    return Evolutions(
        proposees=proposees,
        maintenues=tuple(f for f, recits in autres if _asking(recits, Evolution.MAINTIEN)),
        sans_avis=tuple(
            f for f, recits in autres if f.id in suivies and not _asking(recits, Evolution.MAINTIEN)
        ),
        a_programmer=tuple(_to_plan(dossier, bilan)),
        voie_programmation=typeset(route_by_decision(contrat)),
        avenants=tuple(_pending_amendments(dossier, bilan)),
        voie_avenant=typeset(route_by_amendment(contrat)),
    )


def route_by_decision(contrat: Contrat) -> str:
    """La voie de l'ajout et du retrait d'une fiche."""
    return (
        f"décision {of_pilot(contrat)}, inscrite à un ordre du jour envoyé avant la "
        f"séance{article(contrat, 6)}"
    )


def route_by_amendment(contrat: Contrat) -> str:
    """La voie d'un nouvel axe, d'une nouvelle orientation, d'un partenaire, d'une durée."""
    return f"avenant signé par tous les membres {of_pilot(contrat)}{article(contrat, 6)}"


def route_of(contrat: Contrat, nature: Evolution) -> str:
    """La voie d'une évolution proposée ; l'article 6 ne nomme que l'ajout et le retrait."""
    if nature is Evolution.RETRAIT:
        return route_by_decision(contrat)
    return (
        f"décision {of_pilot(contrat)}, que le contrat n'exige pas ; si elle touche un axe, "
        f"une orientation, un partenaire ou la durée, {route_by_amendment(contrat)}"
    )


def article(contrat: Contrat, numero: int) -> str:
    """Les numéros d'articles sont ceux d'un CLS ; un autre plan a les siens."""
    return f" (article {numero})" if contrat.nature is NatureContrat.CLS else ""


def _told(bilan: Bilan) -> Iterator[tuple[Fiche, tuple[Recit, ...]]]:
    """Chaque fiche suivie, puis chaque fiche à programmer dont on parle, et ses récits."""
    for axe in bilan.axes:
        for suivie in axe.fiches:
            yield suivie.fiche, suivie.recits
        for prevue in axe.a_programmer:
            recits = tuple(r for fiche, r in axe.recits_a_programmer if fiche.id == prevue.id)
            if recits:
                yield prevue, recits


def _asking(recits: Sequence[Recit], evolution: Evolution) -> list[Recit]:
    return [r for r in recits if r.declaration.evolution_proposee is evolution]


def _proposed(
    dossier: Dossier, bilan: Bilan, fiche: Fiche, recits: Sequence[Recit]
) -> Iterator[EvolutionProposee]:
    """Le retrait, puis la modification : deux avis contraires restent côte à côte."""
    for nature in _TRANCHENT:
        demandes = _asking(recits, nature)
        if not demandes:
            continue
        decision, suite = _settled(dossier, bilan, fiche, nature)
        yield EvolutionProposee(
            fiche=fiche,
            nature=nature,
            propositions=tuple(
                Proposition(r.organisme, r.declaration.motif_evolution) for r in demandes
            ),
            voie=typeset(route_of(bilan.contrat, nature)),
            decision=decision,
            suite=typeset(suite),
        )


def _settled(dossier: Dossier, bilan: Bilan, fiche: Fiche, nature: Evolution) -> tuple[str, str]:
    """Le nom de la décision qui tranche, et ce qu'elle a fait en mots ; deux vides : à décider."""
    fin = fiche.vigueur.fin
    for nom, seance, decision in reversed(_decisions_on(dossier, bilan, fiche)):
        retrait = decision.nature is NatureDecision.RETRAIT_FICHE
        recente = seance.exercice_examine >= bilan.exercice
        if decision.nature not in _TRANCHENT[nature] or not (retrait or recente):
            continue
        objet = "retrait" if retrait else "modification"
        if decision.etat is not EtatDecision.ABANDONNEE:
            accord = "décidé" if retrait else "décidée"
            effet = decision.effet_le or (fin if retrait else None)
            date = f", avec effet le {short_date(effet)}" if effet else ""
            return nom, f"{objet} {accord} par la décision {nom}{date}"
        if recente:
            return nom, f"{objet} {'écarté' if retrait else 'écartée'} par la décision {nom}"
    if nature is Evolution.RETRAIT and fin is not None:
        return fiche.vigueur.decision_fin or "", f"fin déjà fixée au {short_date(fin)}"
    return "", ""


def _decisions_on(
    dossier: Dossier, bilan: Bilan, fiche: Fiche
) -> list[tuple[str, Seance, Decision]]:
    """Les décisions prises sur une fiche jusqu'au jour du bilan, par date."""
    prises = [
        (nom, seance, decision)
        for nom, (seance, decision) in dossier.decisions.items()
        if decision.objet in {fiche.id, *fiche.anciens_ids}
        and seance.etat is EtatSeance.TENUE
        and seance.date <= bilan.date
    ]
    return sorted(prises, key=lambda prise: (prise[1].date, natural_key(prise[0])))


def _to_plan(dossier: Dossier, bilan: Bilan) -> Iterator[FicheAProgrammer]:
    for axe in bilan.axes:
        for fiche in axe.a_programmer:
            ajouts = [
                nom
                for nom, _, decision in _decisions_on(dossier, bilan, fiche)
                if decision.nature is NatureDecision.AJOUT_FICHE
                and decision.etat is not EtatDecision.ABANDONNEE
            ]
            yield FicheAProgrammer(
                fiche, tuple(missing_rubrics(fiche)), ajouts[-1] if ajouts else ""
            )


def missing_rubrics(fiche: Fiche) -> Iterator[str]:
    """Les rubriques d'une fiche action que le contrat laisse vides, dans leur ordre."""
    objectifs, calendrier = fiche.objectifs, fiche.calendrier
    remplies = {
        "porteur": fiche.porteurs or fiche.porteurs_texte,
        "objectifs": objectifs.generaux or objectifs.operationnels or objectifs.autres,
        "description de l’action": fiche.description,
        "partenaires": fiche.partenaires,
        "population visée": fiche.population,
        "territoire": fiche.territoire,
        "résultats attendus": fiche.resultats_attendus,
        "calendrier": calendrier.texte or calendrier.debut or calendrier.jalons,
        "financement": fiche.financement,
        "indicateurs": fiche.indicateurs,
        "répondants du suivi": fiche.suivi.repondants,
    }
    return (rubrique for rubrique, contenu in remplies.items() if not contenu)


def _pending_amendments(dossier: Dossier, bilan: Bilan) -> Iterator[AvenantEnCours]:
    """Les avenants écrits et pas signés au jour du bilan, puis ceux que l'on a décidé d'écrire."""
    ecrits = sorted(dossier.avenants, key=lambda avenant: avenant.numero)
    for avenant in ecrits:
        if avenant.signe_le is None or avenant.signe_le > bilan.date:
            yield AvenantEnCours(avenant.objet, avenant.decision, avenant.numero)
    cites = {avenant.decision for avenant in ecrits}
    for suivie in sorted(
        (
            (seance.date, natural_key(nom), nom, decision)
            for nom, (seance, decision) in dossier.decisions.items()
            if seance.etat is EtatSeance.TENUE and seance.date <= bilan.date
        ),
        key=lambda prise: prise[:2],
    ):
        *_, nom, decision = suivie
        ouverte = decision.etat is EtatDecision.OUVERTE
        if decision.nature is NatureDecision.AVENANT and ouverte and nom not in cites:
            yield AvenantEnCours(strip_stop(decision.texte or decision.objet or nom), nom)
