"""Les lignes du classeur « Séance » : ce dont il est prérempli, et celles laissées libres."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import count, islice

from clsmon.model.classeur_seance import ClasseurSeance
from clsmon.model.libelles import ETATS_DECISION, ETATS_SEANCE, NATURES_DECISION
from clsmon.model.seance import Decision
from clsmon.workbooks.meeting.layout import (
    DECISIONS,
    ETAT,
    ORDRE,
    OUI,
    PARTICIPATIONS,
    PRESENCE,
    PROGRAMME,
    Participation,
)
from clsmon.workbooks.meeting.naming import Noms

Contenu = date | Decimal | str | None
Rang = Mapping[str, Contenu]
"""Ce que contient une ligne, par clé machine de colonne."""

LIBRES: Mapping[str, int] = {ORDRE: 10, PRESENCE: 8, DECISIONS: 10, PROGRAMME: 15}
"""Combien de lignes vides suivent celles qui sont préremplies."""


def rows_of(classeur: ClasseurSeance, feuille: str, noms: Noms) -> list[Rang]:
    """Les lignes d'une feuille, préremplies puis libres ; aucune pour un programme hors contrat."""
    if feuille == PROGRAMME and classeur.annee_programme is None:
        return []
    remplies: Mapping[str, Iterable[Rang]] = {
        ORDRE: _points(classeur),
        PRESENCE: _participants(classeur, noms),
        DECISIONS: _decisions(classeur, noms),
        PROGRAMME: _actions(classeur, noms),
    }
    rangs = list(remplies[feuille])
    return [*rangs, *_free(classeur, feuille, len(rangs))]


def _points(classeur: ClasseurSeance) -> Iterator[Rang]:
    for rang, point in enumerate(classeur.seance.ordre_du_jour.points, start=1):
        yield {"point.rang": str(rang), "point.texte": point}


def _participants(classeur: ClasseurSeance, noms: Noms) -> Iterator[Rang]:
    seance = classeur.seance
    for code in classeur.participants:
        participation = (
            PARTICIPATIONS[Participation.PRESENT]
            if code in seance.presents
            else PARTICIPATIONS[Participation.EXCUSE]
            if code in seance.excuses
            else None
        )
        yield {
            "presence.organisme": noms.organisme(code),
            "presence.convoque": OUI if code in seance.convoques else None,
            "presence.presence": participation,
        }


def _decisions(classeur: ClasseurSeance, noms: Noms) -> Iterator[Rang]:
    for decision in classeur.seance.decisions:
        yield {f"decision.{champ}": valeur for champ, valeur in _decision(decision, noms).items()}


def _decision(decision: Decision, noms: Noms) -> Mapping[str, Contenu]:
    retient = decision.retient
    qui = retient.organisme if retient else None
    return {
        "id": decision.id,
        "nature": NATURES_DECISION[decision.nature],
        "objet": noms.objet(decision.objet),
        "texte": decision.texte,
        "responsable": noms.organisme(decision.responsable) if decision.responsable else None,
        "echeance": decision.echeance,
        "etat": ETATS_DECISION[decision.etat],
        "exercice": _year(decision.exercice),
        "effet_le": decision.effet_le,
        "annee": _year(decision.annee),
        "valeur": decision.valeur,
        "retient_organisme": noms.organisme(qui) if qui else None,
        "retient_valeur": retient.valeur if retient else None,
    }


def _year(annee: int | None) -> str | None:
    """Une année s'écrit en texte : elle ne prend pas d'espace des milliers."""
    return None if annee is None else str(annee)


def _actions(classeur: ClasseurSeance, noms: Noms) -> Iterator[Rang]:
    for fiche, actions in classeur.programme.items():
        for action in actions:
            yield {
                "action.fiche": noms.fiche(fiche),
                "action.id": action.id,
                "action.libelle": action.libelle,
                "action.organisme": noms.organisme(action.organisme) if action.organisme else None,
                "action.echeance": action.echeance,
                "action.decision": action.decision.removeprefix(f"{classeur.nom}/"),
            }


def _free(classeur: ClasseurSeance, feuille: str, deja: int) -> Iterator[Rang]:
    nombre = LIBRES[feuille]
    if feuille == ORDRE:
        yield from ({"point.rang": str(deja + rang)} for rang in range(1, nombre + 1))
    elif feuille == DECISIONS:
        pris = [d.id for d in classeur.seance.decisions]
        yield from ({"decision.id": nom} for nom in islice(_numbers("D", pris), nombre))
    elif feuille == PROGRAMME:
        pris = [action.id for actions in classeur.programme.values() for action in actions]
        yield from ({"action.id": nom} for nom in islice(_numbers("a", pris), nombre))
    else:
        yield from ({} for _ in range(nombre))


def _numbers(lettre: str, pris: Iterable[str]) -> Iterator[str]:
    """Les codes qui suivent le plus grand déjà pris : « D4 », « D5 »…"""
    rangs = [int(t[1]) for nom in pris if (t := re.fullmatch(rf"{lettre}([0-9]{{1,6}})", nom))]
    return (f"{lettre}{rang}" for rang in count(max(rangs, default=0) + 1))


def facts_of(classeur: ClasseurSeance) -> tuple[tuple[str, Contenu], ...]:
    """Les rubriques à remplir de la feuille « Séance », et leur contenu."""
    seance = classeur.seance
    return (
        (ETAT, ETATS_SEANCE[seance.etat]),
        ("envoye_le", seance.ordre_du_jour.envoye_le),
    )
