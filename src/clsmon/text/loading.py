"""Les fichiers du dossier, lus un à un : un fichier fautif n'en cache aucun autre."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from clsmon.model.anomalie import Anomalie, Gravite, Lieu, natural_key
from clsmon.model.contrat import Contrat, ElementContexte
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche
from clsmon.model.noeud import Carte, Noeud, Suite, place_of
from clsmon.model.observation import Examen
from clsmon.model.publication import Publication
from clsmon.model.releve import Releve
from clsmon.model.seance import Action, Avenant, Seance, VieBilan
from clsmon.text.shape import read_list, read_node
from clsmon.text.yaml_door import OCTETS_MAX, load_yaml

N = TypeVar("N", bound=Noeud)
R = TypeVar("R", bound=Releve | Examen)

CONTRAT, CONTEXTE, FICHES = "data/contrat.yaml", "data/contexte.yaml", "data/fiches"
SUIVI, SEANCES, AVENANTS = "data/suivi", "data/seances", "data/avenants"
PROGRAMMES, EXERCICES, OBSERVATIONS = "data/programmes", "data/exercices", "data/observations"
PUBLICATIONS = "data/publications"


_CORRECTIONS = {
    "SUI011": "une correction passe par un nouveau relevé",
    "SUI039": "une correction passe par un nouveau cahier rendu",
}
"""Comment se corrige ce qui ne se modifie pas."""


def load_dossier(racine: Path) -> tuple[Dossier | None, tuple[Anomalie, ...]]:
    """
    Lit tout le dossier ; rend (dossier, anomalies), sans dossier si le contrat ne se lit pas.

    Les anomalies de forme de tous les fichiers sont rendues en une fois, non triées.
    """
    lecture = _Reading(racine)
    contrat = lecture.node(Contrat, CONTRAT, "CON")
    fiches = tuple(lecture.named(Fiche, FICHES, "FIC"))
    contexte = lecture.list_of(ElementContexte, CONTEXTE, "CON")
    releves = {r.nom: r for r in lecture.returns(Releve, SUIVI, "SUI011", "ce relevé")}
    examens = {e.nom: e for e in lecture.returns(Examen, OBSERVATIONS, "SUI039", "cet examen")}
    seances = tuple(lecture.folder(Seance, SEANCES, "SEA"))
    avenants = tuple(lecture.folder(Avenant, AVENANTS, "SEA"))
    programmes = dict(lecture.programmes())
    exercices = lecture.by_year(VieBilan, EXERCICES)
    publications = lecture.by_year(Publication, PUBLICATIONS)
    if contrat is None:
        return None, tuple(lecture.anomalies)
    dossier = Dossier(
        racine=racine,
        contrat=contrat,
        fiches=tuple(sorted(fiches, key=lambda f: natural_key(f.id))),
        contexte=contexte,
        releves=releves,
        examens=examens,
        programmes=programmes,
        seances=seances,
        avenants=avenants,
        exercices=exercices,
        publications=publications,
        illisibles=frozenset(lecture.illisibles),
    )
    return dossier, tuple(lecture.anomalies)


def load_file(racine: Path, fichier: str) -> tuple[Carte | Suite | None, tuple[Anomalie, ...]]:
    """Un seul fichier YAML, facultatif ; rend (contenu, anomalies), sans contenu s'il manque."""
    if not os.path.lexists(racine / fichier):
        return None, ()
    lecture = _Reading(racine)
    brut = lecture.load(fichier)
    return brut, tuple(lecture.anomalies)


def hash_of(octets: bytes) -> str:
    """Les 8 premiers chiffres hexadécimaux du sha256 des octets d'un relevé."""
    return sha256(octets).hexdigest()[:8]


@dataclass
class _Reading:
    """Une lecture du dossier : ce qui ne va pas s'y accumule."""

    racine: Path
    anomalies: list[Anomalie] = field(default_factory=list)
    illisibles: set[str] = field(default_factory=set)

    def node(self, modele: type[N], fichier: str, famille: str) -> N | None:
        brut = self.load(fichier)
        if brut is None:
            return None
        noeud, anomalies = read_node(modele, brut, famille)
        self.anomalies.extend(_rooted(anomalies, fichier))
        if noeud is None:
            self.illisibles.add(fichier)
        return noeud

    def list_of(self, modele: type[N], fichier: str, famille: str) -> tuple[N, ...]:
        if not os.path.lexists(self.racine / fichier):
            return ()
        brut = self.load(fichier)
        if brut is None:
            return ()
        if not isinstance(brut, Suite):
            self._refuse(fichier, famille + "007", "une liste est attendue", "commencez par « - »")
            return ()
        noeuds, anomalies = read_list(modele, brut, famille)
        self.anomalies.extend(_rooted(anomalies, fichier))
        return noeuds

    def folder(
        self, modele: type[N], dossier: str, famille: str, *, annee: bool = False
    ) -> Iterator[N]:
        for fichier in self._files(dossier):
            if annee and not self._named_by_year(fichier, famille):
                continue
            noeud = self.node(modele, fichier, famille)
            if noeud is not None:
                yield noeud

    def by_year(self, modele: type[N], dossier: str) -> dict[int, N]:
        """Les fichiers annuels d'un dossier, par année."""
        lus = self.folder(modele, dossier, "SEA", annee=True)
        return {int(Path(noeud.lieu().fichier).stem): noeud for noeud in lus}

    def named(self, modele: type[Fiche], dossier: str, famille: str) -> Iterator[Fiche]:
        for fiche in self.folder(modele, dossier, famille):
            lieu = fiche.lieu("id")
            stem = Path(lieu.fichier).stem
            if stem != fiche.id:
                self.anomalies.append(
                    Anomalie(
                        lieu,
                        famille + "011",
                        Gravite.ERREUR,
                        f"l'identifiant « {fiche.id} » n'est pas le nom du fichier « {stem} »",
                        f"renommez le fichier en {fiche.id}.yaml, ou corrigez l'identifiant",
                    )
                )
            yield fiche

    def programmes(self) -> Iterator[tuple[int, dict[str, tuple[Action, ...]]]]:
        for fichier in self._files(PROGRAMMES):
            brut = self.load(fichier)
            if not self._named_by_year(fichier, "SEA") or brut is None:
                continue
            if not isinstance(brut, Carte):
                self._refuse(fichier, "SEA008", "un ensemble de fiches est attendu", '« "4.1": »')
                continue
            actions = Carte(fichier, brut.place)
            actions.cles, actions.valeurs = brut.cles, brut.valeurs
            for fiche, suite in brut.items():
                if not isinstance(suite, Suite):
                    lieu = place_of(brut, (fiche,))
                    texte = f"fiche « {fiche} » : une liste d'actions est attendue"
                    conseil = "un élément par ligne, après « - »"
                    self.anomalies.append(Anomalie(lieu, "SEA007", Gravite.ERREUR, texte, conseil))
                    continue
                actions[fiche], anomalies = read_list(Action, suite, "SEA")
                self.anomalies.extend(_rooted(anomalies, fichier))
            yield int(Path(fichier).stem), actions

    def returns(self, modele: type[R], racine: str, code: str, nom: str) -> Iterator[R]:
        """Ce que des classeurs rendus ont donné ; `code` : celui d'un fichier modifié."""
        annees = [f"{racine}/{annee}" for annee in self._subfolders(racine)]
        for dossier in [racine, *annees] if (self.racine / racine).is_dir() else []:
            for fichier in self._files(dossier):
                octets = self._read(fichier)
                brut = self._load(fichier, octets)
                if octets is None or brut is None:
                    continue
                rendu, anomalies = read_node(modele, brut, "SUI")
                self.anomalies.extend(_rooted(anomalies, fichier))
                if rendu is None:
                    self.illisibles.add(fichier)
                    continue
                attendu = f"{racine}/{rendu.exercice}/{rendu.organisme}-{hash_of(octets)}.yaml"
                if fichier == attendu:
                    yield rendu
                    continue
                self._refuse(
                    fichier,
                    code,
                    f"{nom} a été modifié ou déplacé après son écriture "
                    f"(place attendue : {attendu})",
                    f"rétablissez le fichier d'origine ; {_CORRECTIONS[code]}",
                )
                self.illisibles.add(fichier)

    def _subfolders(self, dossier: str) -> list[str]:
        """Les dossiers annuels ; un fichier qui porte le nom d'une année en tient la place."""
        noms = []
        for entree in self._entries(dossier):
            if entree.is_dir():
                noms.append(entree.name)
            elif _is_year(entree.name):
                self._refuse_as_folder(f"{dossier}/{entree.name}")
        return sorted(noms, key=natural_key)

    def _files(self, dossier: str) -> list[str]:
        fichiers = []
        for entree in sorted(self._entries(dossier), key=lambda e: natural_key(e.name)):
            nom = f"{dossier}/{entree.name}"
            if entree.suffix == ".yaml":
                fichiers.append(nom)
            elif entree.suffix.lower() in {".yml", ".yaml"}:
                self._refuse(nom, "YML012", "extension inattendue", "renommez le fichier en .yaml")
        return fichiers

    def _entries(self, dossier: str) -> list[Path]:
        racine = self.racine / dossier
        if not os.path.lexists(racine):
            return []
        if not racine.is_dir():
            self._refuse_as_folder(dossier)
            return []
        try:
            return list(racine.iterdir())
        except OSError:
            conseil = "vérifiez vos droits sur ce dossier"
            self._refuse(dossier, "YML013", "dossier illisible", conseil)
            return []

    def _refuse_as_folder(self, dossier: str) -> None:
        conseil = "renommez-le, puis rétablissez le dossier qui doit porter ce nom"
        self._refuse(dossier, "YML011", "un dossier est attendu ici, et non un fichier", conseil)
        self.illisibles.add(dossier)

    def _named_by_year(self, fichier: str, famille: str) -> bool:
        stem = Path(fichier).stem
        if _is_year(stem):
            return True
        self._refuse(
            fichier, famille + "009", f"« {stem} » n'est pas une année", "nommez-le 2025.yaml"
        )
        return False

    def _read(self, fichier: str) -> bytes | None:
        chemin = self.racine / fichier
        if chemin.is_symlink() or (chemin.exists() and not chemin.is_file()):
            conseil = "remplacez-le par un fichier ordinaire"
            self._refuse(fichier, "YML011", "ce n'est pas un fichier ordinaire", conseil)
            return None
        try:
            with chemin.open("rb") as flux:
                return flux.read(OCTETS_MAX + 1)
        except FileNotFoundError:
            self._refuse(
                fichier, "YML013", "fichier absent", "rétablissez-le ou recréez le dossier"
            )
        except OSError:
            self._refuse(
                fichier, "YML013", "fichier illisible", "vérifiez vos droits sur ce fichier"
            )
        return None

    def load(self, fichier: str) -> Carte | Suite | None:
        return self._load(fichier, self._read(fichier))

    def _load(self, fichier: str, octets: bytes | None) -> Carte | Suite | None:
        if octets is None:
            self.illisibles.add(fichier)
            return None
        brut, anomalies = load_yaml(octets, fichier)
        self.anomalies.extend(anomalies)
        if brut is None:
            self.illisibles.add(fichier)
        return brut

    def _refuse(self, fichier: str, code: str, message: str, conseil: str) -> None:
        self.anomalies.append(Anomalie(Lieu(fichier, 1, 1), code, Gravite.ERREUR, message, conseil))


def _is_year(nom: str) -> bool:
    return nom.isascii() and nom.isdigit() and len(nom) == 4


def _rooted(anomalies: tuple[Anomalie, ...], fichier: str) -> Iterator[Anomalie]:
    """Donne son fichier à une anomalie qui n'a pas de place connue."""
    for a in anomalies:
        lieu = a.lieu if a.lieu.fichier else Lieu(fichier, 1, 1)
        yield Anomalie(lieu, a.code, a.gravite, a.message, a.conseil)
