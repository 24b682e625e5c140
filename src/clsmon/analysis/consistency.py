"""Les réponses d'un même formulaire, mises l'une à côté de l'autre et à côté de l'an dernier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from clsmon.analysis.heads import compute_synthese
from clsmon.analysis.plausibility import Doute, doubt_value, number_of
from clsmon.model.dossier import Dossier
from clsmon.model.indicateur import TypeMesure
from clsmon.model.libelles import simplify
from clsmon.model.noeud import spell
from clsmon.model.releve import Valeur

REPONSES_MIN = 5
"""À partir d'autant de réponses chiffrées, qu'elles soient toutes le même nombre étonne."""

COPIE_MIN = 20
"""À partir d'autant de caractères, un texte ne se répète pas par hasard."""


def find_doubts(
    dossier: Dossier, exercice: int, organisme: str, valeurs: Mapping[str, Valeur]
) -> Iterator[tuple[str, Doute]]:
    """
    Ce qui est à confirmer dans les réponses d'un organisme, par clé actuelle de mesure.

    Rend (clé, doute) dans l'ordre du contrat, au plus un par raison : la réponse seule et à côté de
    celle de l'an dernier, la partie et son tout, le même nombre partout, le même texte recopié.
    """
    precedentes = compute_synthese(dossier, exercice - 1, organisme).valeurs
    ordonnees = {cle: valeurs[cle] for cle in dossier.mesures if cle in valeurs}
    for cle, valeur in ordonnees.items():
        precedente = precedentes[cle].valeur if cle in precedentes else None
        if doute := doubt_value(dossier.mesures[cle].mesure, valeur, precedente):
            yield cle, doute
    yield from _larger_than_whole(dossier, ordonnees)
    yield from _same_number_everywhere(dossier, ordonnees)
    yield from _copied_texts(dossier, ordonnees)


def _larger_than_whole(
    dossier: Dossier, valeurs: Mapping[str, Valeur]
) -> Iterator[tuple[str, Doute]]:
    for cle, valeur in valeurs.items():
        mesure = dossier.mesures[cle].mesure
        tout = dossier.cles_actuelles.get(mesure.partie_de or "", "")
        if tout not in valeurs or TypeMesure.TAUX in {
            mesure.type,
            dossier.mesures[tout].mesure.type,
        }:
            continue
        entier = dossier.mesures[tout]
        partie, total = number_of(mesure, valeur), number_of(entier.mesure, valeurs[tout])
        if partie is not None and total is not None and total < partie:
            message = f"{spell(partie)} est plus que le total, {spell(total)} ({entier.nom})"
            yield cle, Doute("SAI031", message)


def _same_number_everywhere(
    dossier: Dossier, valeurs: Mapping[str, Valeur]
) -> Iterator[tuple[str, Doute]]:
    """Un seul doute, sur la première réponse."""
    donnees = {
        cle: typed
        for cle, valeur in valeurs.items()
        if (typed := _typed_numbers(dossier, cle, valeur))
    }
    differents = {nombre for typed in donnees.values() for nombre in typed}
    if len(donnees) >= REPONSES_MIN and len(differents) == 1:
        (nombre,) = differents
        message = (
            f"le même nombre, {spell(nombre)}, est écrit aux {len(donnees)} réponses chiffrées"
        )
        yield next(iter(donnees)), Doute("SAI032", message)


def _typed_numbers(dossier: Dossier, cle: str, valeur: Valeur) -> tuple[Decimal, ...]:
    """Les nombres tapés pour une réponse chiffrée : sa valeur, ou ses deux termes."""
    nombre = number_of(dossier.mesures[cle].mesure, valeur)
    if nombre is None:
        return ()
    termes = (valeur.numerateur, valeur.denominateur)
    ecrits = tuple(terme for terme in termes if terme is not None)
    return ecrits or (nombre,)


def _copied_texts(dossier: Dossier, valeurs: Mapping[str, Valeur]) -> Iterator[tuple[str, Doute]]:
    """Un doute par texte recopié, sur la deuxième réponse qui le porte."""
    porteuses: dict[str, list[str]] = {}
    for cle, valeur in valeurs.items():
        if dossier.mesures[cle].mesure.type is TypeMesure.TEXTE and valeur.valeur:
            texte = simplify(valeur.valeur)
            if len(texte) >= COPIE_MIN:
                porteuses.setdefault(texte, []).append(cle)
    for cles in porteuses.values():
        if len(cles) > 1:
            encore = f", répété {len(cles) - 2} fois encore" if len(cles) > 2 else ""
            message = f"le texte est celui de « {dossier.mesures[cles[0]].nom} »{encore}"
            yield cles[1], Doute("SAI033", message)
