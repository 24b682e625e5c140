"""Small dossiers for the tests: what matters is written, the rest is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hypothesis import settings

from clsmon.model.constat import Constat
from clsmon.model.contrat import Contrat
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche
from clsmon.model.noeud import Carte, Marque, Suite
from clsmon.model.observation import Examen
from clsmon.model.releve import Etat, Releve
from clsmon.model.seance import Action, Seance, VieBilan

LAW = settings(derandomize=True, max_examples=25, deadline=None)
"""A law is tried on the same examples every time."""

EXERCICE = 2025
ORGANISMES = {
    "ars": {"nom": "Agence régionale de santé", "sigle": "ARS", "copilote": True},
    "cpam": {"nom": "Caisse primaire", "sigle": "CPAM"},
    "apo": {"nom": "Association de prévention en orthophonie", "sigle": "APO"},
    "ville": {"nom": "Ville", "anciens_codes": ["mairie"]},
}
CLE = "1.1/ateliers/ateliers"


def located(fichier: str, brut: Any) -> Any:
    """The same content as if it had been read from a file: it knows its place, hence its name."""
    if isinstance(brut, Mapping):
        carte = Carte(fichier, Marque(1, 1, 1))
        carte.update({cle: located(fichier, valeur) for cle, valeur in brut.items()})
        carte.cles = carte.valeurs = dict.fromkeys(carte, Marque(1, 1, 1))
        return carte
    if isinstance(brut, list | tuple):
        suite = Suite()
        suite.extend(located(fichier, element) for element in brut)
        suite.places = [Marque(1, 1, 1)] * len(suite)
        return suite
    return brut


def measure(identifiant: str = "ateliers", type_: str = "nombre", **autres: Any) -> dict[str, Any]:
    return {"id": identifiant, "libelle": identifiant.capitalize(), "type": type_, **autres}


def fiche(
    identifiant: str = "1.1",
    *mesures: Mapping[str, Any],
    repondants: Sequence[str] = ("ars",),
    **autres: Any,
) -> Fiche:
    """A fiche with one indicator per measure, of the same id; one count when none is given."""
    indicateurs = [
        {"id": m["id"], "libelle": f"Nombre de {m['id']}", "mesures": [dict(m)]}
        for m in (mesures or (measure(),))
    ]
    brut: dict[str, Any] = {
        "id": identifiant,
        "titre": f"Fiche {identifiant}",
        "axe": identifiant[0],
        "statut": "programmee",
        "indicateurs": indicateurs,
        "suivi": {"repondants": list(repondants)},
        **autres,
    }
    return Fiche.model_validate(located(f"data/fiches/{identifiant}.yaml", brut))


def to_plan(identifiant: str, axe: str = "1") -> Fiche:
    return fiche(identifiant, axe=axe, statut="a_programmer", indicateurs=[], repondants=())


def answer(reponse: Any) -> dict[str, Any]:
    """A typed answer: a number or a text, an état, two terms of a rate, or the entry itself."""
    cellule = {"cellule": "Saisie!H3"}
    if isinstance(reponse, Mapping):
        return {**cellule, **reponse}
    if isinstance(reponse, Etat):
        return {"etat": reponse.value, **cellule}
    if isinstance(reponse, tuple):
        haut, bas = reponse
        return {"numerateur": haut, "denominateur": bas, "etat": "renseigne", **cellule}
    return {"valeur": str(reponse), "etat": "renseigne", **cellule}


def releve(
    nom: str,
    organisme: str = "ars",
    reponse: Any = None,
    *,
    cle: str = CLE,
    valeurs: Mapping[str, Any] | None = None,
    exercice: int = EXERCICE,
    **autres: Any,
) -> Releve:
    """One relevé, named; `reponse` answers the measure `cle`."""
    reponses = {**({} if reponse is None else {cle: reponse}), **(valeurs or {})}
    brut = {
        "organisme": organisme,
        "exercice": exercice,
        "recu": {"fichier": f"{nom}.xlsx", "sha256": nom, "formulaire": "f", "lecteur": "1"},
        "valeurs": {k: answer(v) for k, v in reponses.items()},
        **autres,
    }
    return Releve.model_validate(located(f"data/suivi/{exercice}/{nom}.yaml", brut))


def contest(
    proposee: Any = 14, declaree: str = "12", declarant: str | None = "ars", **autres: Any
) -> dict[str, Any]:
    """A contested figure: a value, or the two terms of a rate, with its reason and its source."""
    if isinstance(proposee, tuple):
        valeur = {"numerateur": proposee[0], "denominateur": proposee[1]}
    else:
        valeur = {"valeur_proposee": str(proposee)}
    return {
        **({"organisme_declarant": declarant} if declarant else {}),
        "valeur_declaree": declaree,
        **valeur,
        "motif": "Compté deux fois",
        "source": "Registre",
        "cellule": "Chiffres!I4",
        **autres,
    }


def examen(
    nom: str,
    organisme: str = "cpam",
    mesures: Mapping[str, Any] | None = None,
    fiches: Mapping[str, Any] | None = None,
    *,
    exercice: int = EXERCICE,
    **autres: Any,
) -> Examen:
    """One examination returned by a signatory, named."""
    brut = {
        "organisme": organisme,
        "exercice": exercice,
        "recu": {"fichier": f"{nom}.xlsx", "sha256": nom, "formulaire": "f", "lecteur": "1"},
        "mesures": dict(mesures or {}),
        "fiches": dict(fiches or {}),
        **autres,
    }
    return Examen.model_validate(located(f"data/observations/{exercice}/{nom}.yaml", brut))


def seance(nom: str, *decisions: Mapping[str, Any], **autres: Any) -> Seance:
    """A meeting held on the day and by the instance that its name tells."""
    jour, instance = nom[:10], nom[11:]
    brut = {
        "instance": instance,
        "date": jour,
        "etat": "tenue",
        "decisions": [{"texte": "Décision", **d} for d in decisions],
        **autres,
    }
    return Seance.model_validate(located(f"data/seances/{nom}.yaml", brut))


def dossier(
    *fiches: Fiche,
    releves: Sequence[Releve] = (),
    examens: Sequence[Examen] = (),
    seances: Sequence[Seance] = (),
    programme: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    exercices: Mapping[int, Mapping[str, Any]] | None = None,
    **contrat: Any,
) -> Dossier:
    """A CLS of 2024-2028 with two axes and four organismes."""
    brut = {
        "titre": "Contrat local de santé",
        "nature": "cls",
        "territoire": {"nom": "Métropole"},
        "periode": {"debut": 2024, "fin": 2028},
        "axes": [{"id": "1", "titre": "Accès aux soins"}, {"id": "2", "titre": "Prévention"}],
        "organismes": ORGANISMES,
        "instances": {"copil": {"nom": "Comité de pilotage"}},
        **contrat,
    }
    actions = {
        identifiant: tuple(Action.model_validate({"libelle": a["id"], **a}) for a in liste)
        for identifiant, liste in (programme or {}).items()
    }
    return Dossier(
        racine=Path(),
        contrat=Contrat.model_validate(located("data/contrat.yaml", brut)),
        fiches=fiches or (fiche(),),
        releves={r.nom: r for r in releves},
        examens={e.nom: e for e in examens},
        seances=tuple(seances),
        programmes={EXERCICE: actions},
        exercices={a: VieBilan.model_validate(vie) for a, vie in (exercices or {}).items()},
    )


def organisms_of(constat: Constat) -> list[str]:
    """Whose answers are held by a constat, in its order."""
    return [declaration.organisme for declaration in constat.declarations]
