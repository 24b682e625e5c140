"""Où les fiches ont eu lieu : les communes et les quartiers que chaque organisme déclare."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from clsmon.model.bilan import BilanFiche, Recit
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche
from clsmon.model.gouvernance import BilanLieu, BilanLieux
from clsmon.model.libelles import simplify


def compute_places(dossier: Dossier, fiches: Sequence[BilanFiche]) -> BilanLieux:
    """
    Les fiches de chaque commune du territoire, des autres communes nommées, et des quartiers.

    Une commune du territoire sans fiche reste dans la liste. Deux graphies d'un même quartier, à
    l'accent ou à la majuscule près, n'en font qu'un, sous la première écrite.
    """

    def communes_of(recit: Recit) -> list[str]:
        return [dossier.codes_actuels.get(c, c) for c in recit.declaration.communes]

    recits = [recit for fiche in fiches for recit in fiche.recits]
    nommees = (code for recit in recits for code in communes_of(recit))
    quartiers: dict[str, str] = {}
    for recit in recits:
        for nom in recit.declaration.qpv:
            quartiers.setdefault(simplify(nom), nom)
    return BilanLieux(
        communes=tuple(
            BilanLieu(code, _fiches_in(code, fiches, communes_of))
            for code in dict.fromkeys((*dossier.contrat.territoire.communes, *nommees))
        ),
        quartiers=tuple(
            BilanLieu(nom, _fiches_in(cle, fiches, _districts))
            for cle, nom in sorted(quartiers.items())
        ),
        sans_lieu=tuple(f.fiche for f in fiches if f.recits and not _is_placed(f)),
    )


def _districts(recit: Recit) -> list[str]:
    return [simplify(nom) for nom in recit.declaration.qpv]


def _is_placed(fiche: BilanFiche) -> bool:
    return any(recit.declaration.communes or recit.declaration.qpv for recit in fiche.recits)


def _fiches_in(
    lieu: str, fiches: Sequence[BilanFiche], lieux_de: Callable[[Recit], Collection[str]]
) -> tuple[tuple[Fiche, tuple[str, ...]], ...]:
    dites = (
        (fiche.fiche, tuple(r.organisme for r in fiche.recits if lieu in lieux_de(r)))
        for fiche in fiches
    )
    return tuple((fiche, organismes) for fiche, organismes in dites if organismes)
