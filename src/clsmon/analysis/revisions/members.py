"""Qui siège à l'instance de pilotage : tous ses membres signent un avenant (articles 3 et 6)."""

from __future__ import annotations

from clsmon.analysis.membership import members_of
from clsmon.model.dossier import Dossier


def pilots_of(dossier: Dossier) -> tuple[str, ...]:
    """
    Les membres de l'instance de pilotage, dans l'ordre du registre ; sans `membres`, les parties.

    Ce que le contrat ne nomme pas un à un (partenaires, noms collectifs) n'engage personne.
    """
    contrat = dossier.contrat
    membres, non_nommes = members_of(dossier, contrat.pilote or "")
    engages = membres if membres or non_nommes else contrat.signataires
    return tuple(code for code in contrat.organismes if code in engages)


def signers_of(avant: Dossier, apres: Dossier) -> tuple[str, ...]:
    """
    Ceux qui signent un avenant : les membres d'après, et ceux d'avant qui sont encore au contrat.

    Un nouveau partenaire signe donc aussi ; changer `membres` ne dispense personne.
    """
    restes = {*apres.contrat.signataires, *apres.contrat.territoire.communes}
    tous = {*pilots_of(apres), *(restes & set(pilots_of(avant)))}
    return tuple(code for code in apres.contrat.organismes if code in tous)
