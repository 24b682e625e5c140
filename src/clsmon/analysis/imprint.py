"""L'empreinte des chiffres d'un bilan : les mêmes chiffres donnent la même, partout et toujours."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256
from typing import Any

from clsmon.model.bilan import BilanAxe, BilanFiche, Recit
from clsmon.model.completude import Completude
from clsmon.model.constat import Constat

_PROVENANCE = {"cellules", "lectures"}
"""Ce qui dit d'où vient un récit, et non ce qu'il dit."""


def compute_imprint(axes: Iterable[BilanAxe]) -> str:
    """
    Le sha256, en hexadécimal, des chiffres et récits de l'exercice, dans une écriture canonique.

    Y entrent, fiche par fiche : l'avancement, la complétude, le constat et les déclarations de
    chaque mesure, les récits, l'argent et les actions du programme. N'y entrent ni les autres
    années, ni le suivi des décisions, ni le jour, ni les libellés du contrat.
    """
    contenu = [[*map(_fiche, axe.fiches), *_outlooks(axe)] for axe in axes]
    # A flat order of the fiches: an axe that appears or moves changes no adopted figure.
    fiches = sorted((fiche for axe in contenu for fiche in axe), key=lambda fiche: str(fiche[0]))
    ecrit = json.dumps(
        fiches, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_spell
    )
    return sha256(ecrit.encode("utf-8")).hexdigest()


def _fiche(fiche: BilanFiche) -> list[Any]:
    return [
        fiche.fiche.id,
        fiche.avancement,
        _completeness(fiche.completude),
        [
            [ligne.situee.cle, *_finding(ligne.constat)]
            for bloc in fiche.indicateurs
            for ligne in bloc.lignes
        ],
        [_story(recit) for recit in fiche.recits],
        [[s.action.id, s.organisme, s.etat] for s in fiche.programme],
    ]


def _outlooks(axe: BilanAxe) -> list[list[Any]]:
    return [[fiche.id, _story(recit)] for fiche, recit in axe.recits_a_programmer]


def _completeness(completude: Completude) -> list[int]:
    return [
        completude.demandees,
        completude.renseignees,
        completude.estimees,
        completude.non_disponibles,
        completude.sans_objet,
        completude.a_verifier,
        completude.non_repondues,
    ]


def _finding(constat: Constat) -> list[Any]:
    return [
        constat.statut,
        constat.nombre,
        constat.numerateur,
        constat.denominateur,
        # A text put together from declarations also names their authors, whose names may change.
        "" if constat.declarations else constat.texte,
        constat.retenues,
        constat.incomplet,
        [[d.organisme, *d.valeur.reponse, d.valeur.commentaire] for d in constat.declarations],
    ]


def _story(recit: Recit) -> list[Any]:
    dit = recit.declaration.model_dump(exclude_defaults=True, exclude=_PROVENANCE)
    return [recit.organisme, dit]


def _spell(valeur: object) -> str:
    """Un nombre sans zéro inutile ni exposant ; une date, un état : leur texte."""
    return f"{valeur.normalize():f}" if isinstance(valeur, Decimal) else str(valeur)
