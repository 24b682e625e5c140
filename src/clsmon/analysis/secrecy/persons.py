"""Les mesures qui comptent des personnes, et celles qui se déduisent les unes des autres."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.indicateur import Mesure, TypeMesure
from clsmon.model.libelles import simplify

_MOT = re.compile(r"[a-z]+")
_PERSONNES = """
accompagne accueilli adherent administre adolescent adulte agent aidant aine allocataire apprenti
assistant assure auditeur beneficiaire benevole citoyen collegien consultant deces demandeur
detenu eleve elu encadrant enfant enseignant etudiant famille femme fille foyer garcon habitant
homme infirmier inscrit intervenant jeune lyceen majeur malade medecin membre menage mere mineur
naissance nourrisson parent participant patient pere personne porteur praticien professionnel
public referent refugie resident retraite salarie secouriste senior soignant stagiaire usager
vacancier victime visiteur volontaire
"""
PERSONNES = frozenset(_PERSONNES.split())
"""Ce que dit une unité qui compte des personnes, sans accent ni pluriel."""


def counts_persons(mesure: Mesure) -> bool:
    """
    Vrai si une mesure compte des personnes, dans le doute.

    Ce que la fiche écrit l'emporte, `personnes: true` ou `personnes: false`. Sans rien d'écrit,
    une unité qui nomme des personnes en compte, et un taux saisi aussi : ses termes ne sont pas
    décrits. Ce que l'outil calcule compte des organismes et des actions.
    """
    if not mesure.type.chiffre:
        return False
    if "personnes" in mesure.model_fields_set:
        return mesure.personnes
    if mesure.calcul is not None:
        return False
    return mesure.type is TypeMesure.TAUX or _names_persons(mesure.unite)


def _names_persons(unite: str) -> bool:
    mots = _MOT.findall(simplify(unite))
    return any(mot in PERSONNES or mot.rstrip("sx") in PERSONNES for mot in mots)


Familles = Mapping[str, frozenset[str]]
"""De chaque clé qui compte des personnes aux clés de sa famille, elle comprise."""


def families_of(dossier: Dossier) -> Familles:
    """
    Les mesures de personnes qui se déduisent l'une de l'autre, de proche en proche.

    Celles d'un indicateur ou d'un groupe d'indicateurs d'une fiche, celles qu'un tout réunit à ses
    parties (`partie_de`) : masquer l'une masque toutes les autres. Une partie de personnes fait un
    tout de personnes, et l'inverse.
    """
    familles: dict[str, set[str]] = {}
    for cles in _links(dossier):
        fusion: set[str] = set(cles).union(*(familles.get(cle, ()) for cle in cles))
        familles |= dict.fromkeys(fusion, fusion)
    return {cle: frozenset(famille) for cle, famille in familles.items()}


def _links(dossier: Dossier) -> Iterator[frozenset[str]]:
    """Les clés liées directement : son indicateur, son groupe, le tout et sa partie."""
    parties = list(_parts(dossier))
    personnes = _persons(dossier, parties)
    ensembles: dict[tuple[str, str], set[str]] = {}
    for cle in personnes:
        fiche, indicateur = dossier.mesures[cle].fiche.id, dossier.mesures[cle].indicateur
        ensembles.setdefault((fiche, f"indicateur {indicateur.id}"), set()).add(cle)
        if indicateur.groupe:
            ensembles.setdefault((fiche, f"groupe {indicateur.groupe}"), set()).add(cle)
    yield from map(frozenset, ensembles.values())
    yield from (lien for lien in parties if lien <= personnes)


def _parts(dossier: Dossier) -> Iterator[frozenset[str]]:
    for cle, situee in dossier.mesures.items():
        tout = find_whole(dossier, situee)
        if tout is not None:
            yield frozenset({cle, tout.cle})


def find_whole(dossier: Dossier, situee: MesureSituee) -> MesureSituee | None:
    """Le tout dont une mesure est une partie ; None si elle n'en a pas."""
    return dossier.mesures.get(dossier.cles_actuelles.get(situee.mesure.partie_de or "", ""))


def _persons(dossier: Dossier, parties: list[frozenset[str]]) -> frozenset[str]:
    personnes = {cle for cle, s in dossier.mesures.items() if counts_persons(s.mesure)}
    taille = -1
    while taille != len(personnes):
        taille = len(personnes)
        personnes.update(*(lien for lien in parties if lien & personnes))
    return frozenset(personnes)
