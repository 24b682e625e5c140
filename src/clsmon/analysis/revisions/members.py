"""Qui siège à l'instance de pilotage : tous ses membres signent un avenant (articles 3 et 6)."""

from __future__ import annotations

from clsmon.model.contrat import Contrat
from clsmon.model.dossier import Dossier

PILOTAGE = "copil"


def pilot_of(contrat: Contrat) -> str | None:
    """
    L'instance qui décide : le COPIL, sinon la seule instance du contrat.

    None quand le contrat en a plusieurs sans dire laquelle : chacune convient alors.
    """
    if PILOTAGE in contrat.instances:
        return PILOTAGE
    return next(iter(contrat.instances)) if len(contrat.instances) == 1 else None


def members_of(dossier: Dossier) -> tuple[str, ...]:
    """
    Les membres de l'instance de pilotage, dans l'ordre du registre.

    `membres` nomme des groupes (signataires, communes, porteurs) ou des organismes. Un groupe que
    le registre ne détaille pas (partenaires) n'engage personne. Sans `membres`, les signataires.
    """
    contrat = dossier.contrat
    instance = contrat.instances.get(pilot_of(contrat) or "")
    groupes = {
        "signataires": set(contrat.signataires),
        "communes": set(contrat.territoire.communes),
        "porteurs": {p.organisme for f in dossier.fiches for p in f.porteurs if p.organisme},
    }
    mots = (instance.membres if instance else ()) or ("signataires",)
    tous = {code for mot in mots for code in groupes.get(mot, {mot})}
    return tuple(code for code in contrat.organismes if code in tous)


def signers_of(avant: Dossier, apres: Dossier) -> tuple[str, ...]:
    """
    Ceux qui signent un avenant : les membres d'après, et ceux d'avant qui sont encore au contrat.

    Un nouveau partenaire signe donc aussi ; changer `membres` ne dispense personne.
    """
    restes = {*apres.contrat.signataires, *apres.contrat.territoire.communes}
    tous = {*members_of(apres), *(restes & set(members_of(avant)))}
    return tuple(code for code in apres.contrat.organismes if code in tous)
