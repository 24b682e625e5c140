"""Ce qu'une séance a décidé et que les fiches ne disent pas encore : le YAML à y écrire."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from clsmon.analysis.decisions import decisions_taken
from clsmon.analysis.revisions.yaml_lines import block, flow, written
from clsmon.model.bilan import DecisionSuivie
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import StatutFiche
from clsmon.model.revision import A_DATER, Geste, Remede
from clsmon.model.seance import EtatDecision, NatureDecision, Seance

CE_FICHIER = "ce fichier"


def to_carry(dossier: Dossier, seance: Seance) -> tuple[Remede, ...]:
    """
    Le YAML des ajouts, retraits et cibles encore ouverts d'une séance tenue, dans leur ordre.

    Une date que la décision ne dit pas reste à écrire. Une modification ne se devine pas : elle n'a
    rien ici. Vide si l'instance ne décide pas.
    """
    if not dossier.contrat.decide(seance.instance):
        return ()
    return tuple(
        remede
        for suivie in decisions_taken(dossier, seance.date)
        if suivie.seance.nom == seance.nom and suivie.etat is EtatDecision.OUVERTE
        for remede in _remedies(dossier, suivie)
    )


def _remedies(dossier: Dossier, suivie: DecisionSuivie) -> Iterator[Remede]:
    nature = suivie.decision.nature
    if nature is NatureDecision.RETRAIT_FICHE and suivie.decision.objet in dossier.fiche:
        yield _withdrawal(dossier, suivie)
    elif nature is NatureDecision.AJOUT_FICHE and suivie.decision.objet:
        yield _addition(dossier, suivie)
    elif nature is NatureDecision.CIBLE and _measured(dossier, suivie):
        yield _target(dossier, suivie)


def _measured(dossier: Dossier, suivie: DecisionSuivie) -> bool:
    decision = suivie.decision
    complete = decision.annee is not None and decision.valeur is not None
    return complete and decision.objet in dossier.cles_actuelles


def _withdrawal(dossier: Dossier, suivie: DecisionSuivie) -> Remede:
    fiche = dossier.fiche[suivie.decision.objet]
    fin = {"fin": _day(suivie.decision.effet_le), "decision_fin": suivie.nom}
    yaml = f"vigueur: {flow({**written(fiche.vigueur), **fin})}"
    return _in_fiche(fiche.lieu().fichier, yaml, deja=bool(written(fiche.vigueur)))


def _addition(dossier: Dossier, suivie: DecisionSuivie) -> Remede:
    decision = suivie.decision
    debut = {"debut": _day(decision.effet_le), "decision_debut": suivie.nom}
    fiche = dossier.fiche.get(decision.objet)
    if fiche is None:
        yaml = f"{block({'id': decision.objet, 'statut': 'programmee'})}\nvigueur: {flow(debut)}"
        fichier = f"data/fiches/{decision.objet}.yaml"
        return Remede(fichier, Geste.CREER, yaml, condition="à compléter comme une fiche voisine")
    yaml = f"vigueur: {flow({**written(fiche.vigueur), **debut})}"
    if fiche.statut is not StatutFiche.PROGRAMMEE:
        yaml = f"statut: programmee\n{yaml}"
        return Remede(fiche.lieu().fichier, Geste.REMPLACER, yaml, "« statut: » et « vigueur: »")
    return _in_fiche(fiche.lieu().fichier, yaml, deja=bool(written(fiche.vigueur)))


def _in_fiche(fichier: str, yaml: str, *, deja: bool) -> Remede:
    if deja:
        return Remede(fichier, Geste.REMPLACER, yaml, "« vigueur: »")
    return Remede(fichier, Geste.AJOUTER, yaml, CE_FICHIER)


def _target(dossier: Dossier, suivie: DecisionSuivie) -> Remede:
    decision = suivie.decision
    situee = dossier.mesures[dossier.cles_actuelles[decision.objet]]
    autres = [written(c) for c in situee.mesure.cibles if c.annee != decision.annee]
    fixee: dict[str, Any] = {
        "annee": decision.annee,
        "valeur": decision.valeur,
        "decision": suivie.nom,
    }
    yaml = f"cibles: {flow([*autres, fixee])}"
    ou = f"la mesure « {situee.mesure.id} », ligne {situee.mesure.lieu().ligne}"
    if situee.mesure.cibles:
        return Remede(situee.fiche.lieu().fichier, Geste.REMPLACER, yaml, f"« cibles: » de {ou}")
    return Remede(situee.fiche.lieu().fichier, Geste.AJOUTER, yaml, ou)


def _day(jour: date | None) -> str:
    return jour.isoformat() if jour else A_DATER
