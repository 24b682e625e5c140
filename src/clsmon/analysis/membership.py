"""Qui siège dans une instance : les membres que le contrat nomme, un à un."""

from __future__ import annotations

from collections.abc import Iterable

from clsmon.model.dossier import Dossier


def members_of(dossier: Dossier, instance: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    Les codes des membres d'une instance, puis ce que le contrat ne nomme pas un à un.

    « signataires », « communes » et « porteurs » s'étendent aux organismes qu'ils désignent ; un
    code vaut lui-même ; le reste (« partenaires ») ne désigne personne que l'on puisse nommer.
    Source : contrat, article 3.
    """
    contrat = dossier.contrat
    inscrite = contrat.instances.get(instance)
    groupes = {
        "signataires": contrat.signataires,
        "communes": _communes(dossier),
        "porteurs": _carriers(dossier),
    }
    membres: dict[str, None] = {}
    non_nommes: list[str] = []
    for mot in inscrite.membres if inscrite else ():
        designes = groupes.get(mot, [mot] if _is_one(dossier, mot) else [])
        membres.update(dict.fromkeys(designes))
        if not designes:
            non_nommes.append(mot)
    return tuple(membres), tuple(non_nommes)


def _is_one(dossier: Dossier, code: str) -> bool:
    organisme = dossier.contrat.organismes.get(code)
    return organisme is not None and not organisme.collectif


def _communes(dossier: Dossier) -> Iterable[str]:
    inscrites = [c for c, o in dossier.contrat.organismes.items() if o.commune]
    return [c for c in dossier.contrat.territoire.communes if c in inscrites] or inscrites


def _carriers(dossier: Dossier) -> Iterable[str]:
    """Les porteurs que nomment les fiches, dans l'ordre des fiches, sans les noms collectifs."""
    portees = (p.organisme for f in dossier.fiches for p in f.porteurs if p.organisme)
    return [code for code in dict.fromkeys(portees) if _is_one(dossier, code)]
