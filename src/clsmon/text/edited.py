"""Les fichiers que l'on modifie, séances et programmes, écrits par la collecte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from clsmon.model.dossier import Dossier
from clsmon.model.noeud import Carte
from clsmon.model.seance import Action, Seance
from clsmon.text.loading import PROGRAMMES, SEANCES
from clsmon.text.shape import read_list, read_node
from clsmon.text.store import to_yaml
from clsmon.text.yaml_door import load_yaml

ABSENT = "-"
"""Ce qui tient lieu d'empreinte à un fichier qui n'existe pas."""

Programme = Mapping[str, tuple[Action, ...]]


def seance_path(nom: str) -> str:
    """Le fichier d'une séance : `data/seances/2026-05-12-copil.yaml`."""
    return f"{SEANCES}/{nom}.yaml"


def programme_path(exercice: int) -> str:
    """Le fichier d'un programme : `data/programmes/2026.yaml`."""
    return f"{PROGRAMMES}/{exercice}.yaml"


def meeting_mark(seance: Seance | None) -> str:
    """L'empreinte de ce que dit une séance, sans son origine : 16 chiffres hexadécimaux."""
    if seance is None:
        return ABSENT
    return _mark(to_yaml(seance.model_copy(update={"origine": None})))


def programme_mark(programme: Programme) -> str:
    """L'empreinte de ce que dit un programme : 16 chiffres hexadécimaux."""
    return _mark(to_yaml(programme)) if programme else ABSENT


def _mark(octets: bytes) -> str:
    return sha256(octets).hexdigest()[:16]


def reread_meeting(octets: bytes, nom: str) -> Seance | None:
    """La séance que ces octets donneraient au dossier, à sa place ; None s'ils ne se lisent pas."""
    brut, _ = load_yaml(octets, seance_path(nom))
    return None if brut is None else read_node(Seance, brut, "SEA")[0]


def reread_programme(octets: bytes, exercice: int) -> Programme | None:
    """Le programme que ces octets donneraient au dossier ; None s'ils ne se lisent pas."""
    brut, _ = load_yaml(octets, programme_path(exercice))
    if not isinstance(brut, Carte):
        return None
    actions = Carte(brut.fichier, brut.place)
    actions.cles, actions.valeurs = brut.cles, brut.valeurs
    for fiche, suite in brut.items():
        actions[fiche], anomalies = read_list(Action, suite, "SEA")
        if anomalies:
            return None
    return actions


def with_meeting(dossier: Dossier, seance: Seance) -> Dossier:
    """Ce dossier, une séance ajoutée ou remplacée."""
    autres = (s for s in dossier.seances if s.nom != seance.nom)
    return replace(dossier, seances=tuple(sorted((*autres, seance), key=lambda s: s.nom)))


def with_programme(dossier: Dossier, exercice: int, programme: Programme) -> Dossier:
    """Ce dossier, un programme ajouté ou remplacé."""
    return replace(dossier, programmes={**dossier.programmes, exercice: programme})


def comments_of(octets: bytes) -> tuple[tuple[int, str], ...]:
    """
    Les lignes de commentaire d'un fichier YAML : numéro à partir de 1, texte.

    Un « # » précédé d'un texte n'en est un que hors des guillemets et des textes en bloc ; seules
    les lignes entières sont donc rendues.
    """
    lignes = octets.decode("utf-8", "replace").splitlines()
    return tuple(
        (rang, ligne.strip())
        for rang, ligne in enumerate(lignes, start=1)
        if ligne.lstrip().startswith("#")
    )
