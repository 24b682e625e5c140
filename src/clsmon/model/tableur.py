"""Ce qu'une cellule de tableur garde d'un texte, et comment l'écrire pour qu'il y soit tel quel."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

LIMITE_CELLULE = 32_767
"""Le plus long texte d'une cellule, en unités UTF-16 (limite d'Excel)."""
_MORCEAU = re.compile("<r>.*</r>", re.DOTALL)
"""Ce que XlsxWriter prend pour des morceaux déjà écrits en XML, et recopie sans l'échapper."""


def count_units(texte: str) -> int:
    """La longueur d'un texte en unités UTF-16 : un signe hors du plan de base en vaut deux."""
    return len(texte) + sum(c > "\uffff" for c in texte)


def cut_units(texte: str, limite: int, coupe: str = "…") -> str:
    """Un texte d'au plus `limite` unités UTF-16 ; s'il a fallu le couper, `coupe` le termine."""
    if 2 * len(texte) <= limite or count_units(texte) <= limite:
        return texte
    # Two bytes a unit; half a sign at the end is left out.
    unites = texte.encode("utf-16-le", "surrogatepass")[: 2 * (limite - count_units(coupe))]
    return unites.decode("utf-16-le", "ignore").rstrip() + coupe


def spell_string(texte: str, coupe: str) -> str:
    """
    Le texte à donner à XlsxWriter pour que la cellule porte `texte`, même « <r>…</r> ».

    Un texte que XlsxWriter prendrait pour du XML lui est donné en XML, échappé ; s'il n'y tient
    plus, il est coupé et `coupe` le dit.
    """
    if not _MORCEAU.fullmatch(texte):
        return texte
    morceau = f'<r><t xml:space="preserve">{escape(texte)}</t></r>'
    if count_units(morceau) <= LIMITE_CELLULE:
        return morceau
    return cut_units(texte, count_units(texte) - len(coupe), coupe)
