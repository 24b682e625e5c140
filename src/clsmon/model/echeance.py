"""Les échéances du contrat : ce qui est à faire, par qui, pour quel jour, et d'où cela vient."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clsmon.model.libelles import MOIS, simplify, spell_date
from clsmon.model.mois import last_day

_ECRITURES = (
    re.compile(r"(?P<annee>[0-9]{4})(-(?P<mois>[0-9]{1,2})(-(?P<jour>[0-9]{1,2}))?)?", re.ASCII),
    re.compile(r"((?P<jour>[0-9]{1,2})/)?(?P<mois>[0-9]{1,2})/(?P<annee>[0-9]{4})", re.ASCII),
    re.compile(r"((?P<jour>[0-9]{1,2})(er)? )?(?P<mois>[a-z]+) (?P<annee>[0-9]{4})", re.ASCII),
)
_MOIS = {simplify(nom): str(rang) for rang, nom in enumerate(MOIS, 1)}


class GenreEcheance(StrEnum):
    """Ce qui arrive à échéance."""

    CAMPAGNE = "campagne"
    DROIT_DE_REGARD = "droit de regard"
    SEANCE = "séance"
    DECISION = "décision"
    ACTION = "programme annuel"
    EVALUATION = "évaluation finale"
    CONTRAT = "contrat"


@dataclass(frozen=True)
class Echeance:
    """
    Une échéance, telle que le dossier la donne un jour donné.

    `cle` la nomme et ne change pas quand sa date change : « seance-copil-2026-1 ».
    `responsable` est vide quand le dossier ne nomme personne. `provisoire` : la date dépend de la
    fin du contrat, qui n'est pas connue sans date de signature.
    """

    date: date
    genre: GenreEcheance
    cle: str
    titre: str
    consigne: str
    responsable: str
    source: str
    provisoire: bool = False
    en_retard: bool = False


@dataclass(frozen=True)
class DatesFinales:
    """
    La fin du contrat, et ce que l'évaluation finale fixe avant elle.

    `marche` : le marché public se lance au plus tard ce jour. `prestataire` : le prestataire
    commence au plus tard ce jour. `fenetre` : l'évaluation se mène à partir de ce jour. Tous trois
    sont None quand le contrat ne dit rien de l'évaluation finale.
    """

    fin: date
    provisoire: bool
    marche: date | None = None
    prestataire: date | None = None
    fenetre: date | None = None


def read_due(texte: str) -> date | None:
    """
    Le dernier jour que désigne une échéance en clair ; None si elle ne désigne aucun jour.

    « 2025-06-30 », « 2025-06 » et « juin 2025 » sont le 30 juin 2025 ; « 2025 », le 31 décembre.
    """
    for ecriture in _ECRITURES:
        trouve = ecriture.fullmatch(simplify(texte))
        if trouve:
            annee, mois, jour = (trouve.group(nom) for nom in ("annee", "mois", "jour"))
            return _build_day(int(annee), _MOIS.get(mois or "", mois), jour)
    return None


def spell_due(texte: str) -> str:
    """« juin 2025 » pour « 2025-06 » ; ce qui ne désigne pas un mois reste tel qu'il est écrit."""
    jour = read_due(texte)
    trouve = next(filter(None, (e.fullmatch(texte.strip()) for e in _ECRITURES[:2])), None)
    if jour is None or trouve is None or trouve["mois"] is None:
        return texte
    return spell_date(jour) if trouve["jour"] else f"{MOIS[jour.month - 1]} {jour.year}"


def _build_day(annee: int, mois: str | None, jour: str | None) -> date | None:
    rang = mois or "12"
    if not rang.isdecimal():
        return None
    try:
        return date(annee, int(rang), int(jour)) if jour else last_day(annee, int(rang))
    except ValueError:
        return None
