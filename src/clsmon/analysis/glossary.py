"""Le glossaire d'un document : les sigles qui y figurent vraiment."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from clsmon.model.contrat import Contrat
from clsmon.model.libelles import simplify

SANS_SENS = "Nom d’un organisme, que le contrat ne développe pas"


def compute_glossary(
    glossaire: Mapping[str, str], textes: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """
    Les sigles du glossaire présents en mot entier dans des textes, triés, avec leur sens.

    « ARS » est dans « l’ARS » et dans « ARS-DREETS », pas dans « PARS » ni dans « ARSé » ; la casse
    compte, car « as » n'est pas « AS ». Un sigle qui n'est que dans le sens d'un autre y est aussi.
    """
    presents: dict[str, str] = {}
    nouveaux = _occurring(glossaire, textes)
    while nouveaux:
        presents |= nouveaux
        absents = {sigle: sens for sigle, sens in glossaire.items() if sigle not in presents}
        nouveaux = _occurring(absents, nouveaux.values())
    return tuple(sorted(presents.items(), key=lambda entree: (simplify(entree[0]), entree[0])))


def _occurring(glossaire: Mapping[str, str], textes: Iterable[str]) -> dict[str, str]:
    tout = unicodedata.normalize("NFC", "\n".join(textes))
    return {
        sigle: sens
        for sigle, sens in glossaire.items()
        if re.search(rf"(?<!\w){re.escape(unicodedata.normalize('NFC', sigle))}(?!\w)", tout)
    }


def acronyms_of(contrat: Contrat) -> dict[str, str]:
    """
    Les sigles connus : ceux des organismes du registre, puis ceux du glossaire, qui l'emporte.

    Un organisme dont le nom n'est qu'un sigle le dit : son sens ne se devine pas.
    """
    organismes = contrat.organismes.values()
    seuls = {o.nom: SANS_SENS for o in organismes if not o.sigle and _is_acronym(o.nom)}
    return seuls | {o.sigle: o.nom for o in organismes if o.sigle} | dict(contrat.glossaire)


def _is_acronym(nom: str) -> bool:
    return " " not in nom and sum(lettre.isupper() for lettre in nom) > 1 and "-" not in nom
