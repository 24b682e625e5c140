"""Le glossaire d'un document : les sigles qui y figurent vraiment."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from clsmon.model.libelles import simplify


def compute_glossary(
    glossaire: Mapping[str, str], textes: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """
    Les sigles du glossaire présents en mot entier dans des textes, triés, avec leur sens.

    « ARS » est dans « l’ARS » et dans « ARS-DREETS », pas dans « PARS » ni dans « ARSé » ; la casse
    compte, car « as » n'est pas « AS ».
    """
    tout = unicodedata.normalize("NFC", "\n".join(textes))
    presents = [
        (sigle, sens)
        for sigle, sens in glossaire.items()
        if re.search(rf"(?<!\w){re.escape(unicodedata.normalize('NFC', sigle))}(?!\w)", tout)
    ]
    return tuple(sorted(presents, key=lambda entree: (simplify(entree[0]), entree[0])))
