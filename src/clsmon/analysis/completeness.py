"""
La complétude : les réponses attendues et ce qu'elles sont devenues.

Une réponse est attendue de chaque répondant de chaque mesure demandée (en vigueur, due, non
calculée) : la même question posée à trois organismes compte pour trois réponses attendues, quelle
que soit la façon dont elles se combinent. Pour des lectures aussi : la première compte, mais les
autres ont été demandées, et c'est leur comparaison qui permet un arbitrage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields

from clsmon.analysis.heads import Synthese
from clsmon.model.completude import Completude
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.indicateur import Mesure
from clsmon.model.releve import Etat, Valeur

Attendue = tuple[MesureSituee, str]
"""Une réponse attendue : la mesure et le code de l'organisme."""

_COMPTE: Mapping[Etat | None, str] = {
    Etat.RENSEIGNE: "renseignees",
    Etat.ESTIME: "estimees",
    Etat.NON_DISPONIBLE: "non_disponibles",
    Etat.SANS_OBJET: "sans_objet",
    Etat.A_VERIFIER: "a_verifier",
    None: "non_repondues",
}


def read_state(mesure: Mesure, valeur: Valeur | None) -> Etat | None:
    """
    L'état d'une réponse ; None quand rien n'a été répondu.

    Un état qui annonce une valeur sans qu'elle se lise dans le type de la mesure est à vérifier :
    un nombre ne se devine pas.
    """
    if valeur is None or valeur.etat is None:
        return None
    if not valeur.etat.repond or None not in (valeur.numerateur, valeur.denominateur):
        return valeur.etat
    if not valeur.valeur or (mesure.type.chiffre and not _is_number(valeur)):
        return Etat.A_VERIFIER
    return valeur.etat


def _is_number(valeur: Valeur) -> bool:
    try:
        return valeur.nombre is not None
    except ValueError:
        return False


def expected_answers(dossier: Dossier, exercice: int) -> tuple[Attendue, ...]:
    """Les réponses attendues pour un exercice, dans l'ordre du contrat."""
    return tuple(
        (situee, code) for situee in dossier.demandees(exercice) for code in situee.repondants
    )


def compute_completeness(
    attendues: Iterable[Attendue], syntheses: Mapping[str, Synthese]
) -> Completude:
    """La complétude d'une liste de réponses attendues, en nombre de réponses."""
    etats = Counter(
        read_state(situee.mesure, _answer(syntheses.get(code), situee.cle))
        for situee, code in attendues
    )
    return Completude(
        demandees=etats.total(), **{nom: etats[etat] for etat, nom in _COMPTE.items()}
    )


def sum_completeness(parties: Iterable[Completude]) -> Completude:
    """La somme de plusieurs complétudes, compte par compte."""
    liste = list(parties)
    return Completude(
        **{f.name: sum(getattr(partie, f.name) for partie in liste) for f in fields(Completude)}
    )


def _answer(synthese: Synthese | None, cle: str) -> Valeur | None:
    declaration = synthese.valeurs.get(cle) if synthese else None
    return declaration.valeur if declaration else None
