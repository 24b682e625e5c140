"""Le dossier ouvert : le contrat, ses fiches, et tout ce que les années y ajoutent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from clsmon.model.contrat import Contrat, ElementContexte
from clsmon.model.fiche import Fiche, StatutFiche
from clsmon.model.indicateur import Indicateur, Mesure, Reponses
from clsmon.model.releve import Releve
from clsmon.model.seance import Action, Avenant, Decision, Seance, VieBilan


@dataclass(frozen=True)
class MesureSituee:
    """Une mesure à sa place : sa clé « fiche/indicateur/mesure », sa fiche et son indicateur."""

    cle: str
    fiche: Fiche
    indicateur: Indicateur
    mesure: Mesure

    @property
    def repondants(self) -> tuple[str, ...]:
        """Les codes de ceux qui répondent : ceux de la mesure, sinon ceux de la fiche."""
        return self.mesure.repondants or self.fiche.suivi.repondants

    @property
    def nom(self) -> str:
        """Comment nommer la mesure à quelqu'un : « 3.1 Livres distribués »."""
        return f"{self.fiche.id} {self.mesure.libelle}"

    @property
    def separee(self) -> bool:
        """Vrai si les réponses se lisent l'une à côté de l'autre, sans total."""
        return self.mesure.reponses is Reponses.SEPAREES

    @property
    def libelle_seul(self) -> bool:
        """Vrai si l'indicateur n'a que cette mesure : son libellé suffit."""
        return len(self.indicateur.mesures) == 1

    def demandee_en(self, exercice: int) -> bool:
        """Vrai si la mesure est demandée : fiche programmée et en vigueur, due, non calculée."""
        return self.suivie_en(exercice) and self.mesure.calcul is None

    def suivie_en(self, exercice: int) -> bool:
        """Vrai si la mesure figure au bilan de l'exercice, demandée ou calculée."""
        programmee = self.fiche.statut is not StatutFiche.A_PROGRAMMER
        return programmee and self.fiche.en_vigueur(exercice) and self.mesure.due_en(exercice)


@dataclass(frozen=True)
class Dossier:
    """
    Un contrat entier, tel qu'il se lit dans `data/`.

    `fiches` est en ordre naturel ; `releves` va du nom d'un relevé au relevé ; `programmes`, de
    l'exercice aux actions de chaque fiche. `illisibles` nomme les fichiers qui n'ont pu être lus :
    une référence à ce qu'ils contiennent n'est pas une faute de plus.
    """

    racine: Path
    contrat: Contrat
    fiches: tuple[Fiche, ...] = ()
    contexte: tuple[ElementContexte, ...] = ()
    releves: Mapping[str, Releve] = field(default_factory=dict)
    programmes: Mapping[int, Mapping[str, tuple[Action, ...]]] = field(default_factory=dict)
    seances: tuple[Seance, ...] = ()
    avenants: tuple[Avenant, ...] = ()
    exercices: Mapping[int, VieBilan] = field(default_factory=dict)
    illisibles: frozenset[str] = frozenset()

    @cached_property
    def fiche(self) -> Mapping[str, Fiche]:
        """Les fiches par identifiant, les anciens identifiants compris."""
        anciens = {ancien: f for f in self.fiches for ancien in f.anciens_ids}
        return anciens | {f.id: f for f in self.fiches}

    @cached_property
    def mesures(self) -> Mapping[str, MesureSituee]:
        """Toutes les mesures par clé, dans l'ordre du contrat."""
        return {
            situee.cle: situee
            for f in self.fiches
            for i in f.indicateurs
            for m in i.mesures
            for situee in (MesureSituee(f"{f.id}/{i.id}/{m.id}", f, i, m),)
        }

    @cached_property
    def cles_actuelles(self) -> Mapping[str, str]:
        """De chaque clé, actuelle ou ancienne, à la clé actuelle."""
        anciennes = {a: s.cle for s in self.mesures.values() for a in s.mesure.anciennes_cles}
        return anciennes | {cle: cle for cle in self.mesures}

    @cached_property
    def decisions(self) -> Mapping[str, tuple[Seance, Decision]]:
        """Les décisions par nom : « 2026-05-12-copil/D1 »."""
        return {f"{s.nom}/{d.id}": (s, d) for s in self.seances for d in s.decisions}

    def demandees(self, exercice: int, organisme: str | None = None) -> tuple[MesureSituee, ...]:
        """Les mesures demandées pour un exercice, à tous ou à un seul organisme."""
        return tuple(
            situee
            for situee in self.mesures.values()
            if situee.demandee_en(exercice)
            and (organisme is None or organisme in situee.repondants)
        )

    def fiches_de(self, organisme: str, exercice: int) -> tuple[Fiche, ...]:
        """Les fiches programmées et en vigueur dont un organisme est répondant."""
        return tuple(
            f
            for f in self.fiches
            if organisme in f.suivi.repondants
            and f.en_vigueur(exercice)
            and f.statut is not StatutFiche.A_PROGRAMMER
        )

    def repondants(self, exercice: int) -> tuple[str, ...]:
        """Les organismes interrogés pour un exercice, dans l'ordre du registre."""
        interroges = {code for s in self.demandees(exercice) for code in s.repondants} | {
            code
            for f in self.fiches
            if f.en_vigueur(exercice) and f.statut is not StatutFiche.A_PROGRAMMER
            for code in f.suivi.repondants
        }
        return tuple(code for code in self.contrat.organismes if code in interroges)

    def releves_de(self, exercice: int, organisme: str | None = None) -> Mapping[str, Releve]:
        """Les relevés d'un exercice, de tous ou d'un seul organisme."""
        return {
            nom: releve
            for nom, releve in self.releves.items()
            if releve.exercice == exercice and organisme in {None, releve.organisme}
        }
