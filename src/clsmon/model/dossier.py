"""Le dossier ouvert : le contrat, ses fiches, et tout ce que les années y ajoutent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from clsmon.model.contrat import Contrat, ElementContexte
from clsmon.model.fiche import Fiche, StatutFiche
from clsmon.model.indicateur import Indicateur, Mesure, Reponses
from clsmon.model.observation import Examen
from clsmon.model.publication import Publication
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

    `fiches` est en ordre naturel ; `releves` va du nom d'un relevé au relevé, `examens` de même ;
    `programmes`, de l'exercice aux actions de chaque fiche. `illisibles` nomme les fichiers qui
    n'ont pu être lus : une référence à ce qu'ils contiennent n'est pas une faute de plus.
    """

    racine: Path
    contrat: Contrat
    fiches: tuple[Fiche, ...] = ()
    contexte: tuple[ElementContexte, ...] = ()
    releves: Mapping[str, Releve] = field(default_factory=dict)
    examens: Mapping[str, Examen] = field(default_factory=dict)
    programmes: Mapping[int, Mapping[str, tuple[Action, ...]]] = field(default_factory=dict)
    seances: tuple[Seance, ...] = ()
    avenants: tuple[Avenant, ...] = ()
    exercices: Mapping[int, VieBilan] = field(default_factory=dict)
    publications: Mapping[int, Publication] = field(default_factory=dict)
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

    def nom_objet(self, objet: str) -> str:
        """Le nom de la fiche ou de la mesure dont parle une décision, sinon son objet tel quel."""
        situee = self.mesures.get(self.cles_actuelles.get(objet, ""))
        if situee is not None:
            return situee.nom
        fiche = self.fiche.get(objet)
        return fiche.nom if fiche else objet

    @cached_property
    def codes_actuels(self) -> Mapping[str, str]:
        """De chaque ancien code d'organisme au code actuel."""
        return {
            ancien: code
            for code, organisme in self.contrat.organismes.items()
            for ancien in organisme.anciens_codes
        }

    def demandees(self, exercice: int, organisme: str | None = None) -> tuple[MesureSituee, ...]:
        """Les mesures demandées pour un exercice, à tous ou à un seul organisme."""
        situees = self.mesures.values() if organisme is None else self._siennes.get(organisme, ())
        return tuple(situee for situee in situees if situee.demandee_en(exercice))

    def fiches_de(self, organisme: str, exercice: int) -> tuple[Fiche, ...]:
        """Les fiches programmées et en vigueur dont un organisme est répondant."""
        return tuple(
            f
            for f in self._fiches_suivies.get(organisme, ())
            if f.en_vigueur(exercice) and f.statut is not StatutFiche.A_PROGRAMMER
        )

    def repondants(self, exercice: int) -> tuple[str, ...]:
        """Les organismes interrogés pour un exercice, dans l'ordre du registre."""
        if exercice not in self._interroges:
            self._interroges[exercice] = self._find_repondants(exercice)
        return self._interroges[exercice]

    def _find_repondants(self, exercice: int) -> tuple[str, ...]:
        interroges = {code for s in self.demandees(exercice) for code in s.repondants} | {
            code
            for f in self.fiches
            if f.en_vigueur(exercice) and f.statut is not StatutFiche.A_PROGRAMMER
            for code in f.suivi.repondants
        }
        return tuple(code for code in self.contrat.organismes if code in interroges)

    def releves_de(self, exercice: int, organisme: str | None = None) -> Mapping[str, Releve]:
        """Les relevés d'un exercice, de tous ou d'un seul organisme."""
        return self._rangement.get((exercice, organisme), {})

    def fictif(self, exercice: int | None = None) -> bool:
        """Vrai si un retour de cet exercice, ou de l'un d'eux, est de démonstration."""
        rendus: Iterable[Releve | Examen] = chain(self.releves.values(), self.examens.values())
        return any(rendu.fictif for rendu in rendus if exercice in {None, rendu.exercice})

    def plus(self, nom: str, releve: Releve) -> Dossier:
        """
        Ce dossier et un relevé de plus.

        Ce qui se calcule du contrat seul n'est pas refait : deux mille relevés s'ajoutent un à un.
        """
        autre = replace(self, releves={**self.releves, nom: releve})
        rangement = dict(self._rangement)
        for place in ((releve.exercice, None), (releve.exercice, releve.organisme)):
            rangement[place] = {**rangement.get(place, {}), nom: releve}
        gardes = {champ: self.__dict__[champ] for champ in _DU_CONTRAT if champ in self.__dict__}
        autre.__dict__.update(gardes, _rangement=rangement)
        return autre

    def plus_examen(self, nom: str, examen: Examen) -> Dossier:
        """Ce dossier et un examen rendu de plus."""
        return replace(self, examens={**self.examens, nom: examen})

    @cached_property
    def _siennes(self) -> Mapping[str, tuple[MesureSituee, ...]]:
        """Les mesures de chaque organisme, dans l'ordre du contrat."""
        siennes: dict[str, list[MesureSituee]] = {}
        for situee in self.mesures.values():
            for code in dict.fromkeys(situee.repondants):
                siennes.setdefault(code, []).append(situee)
        return {code: tuple(situees) for code, situees in siennes.items()}

    @cached_property
    def _fiches_suivies(self) -> Mapping[str, tuple[Fiche, ...]]:
        """Les fiches dont chaque organisme est répondant, dans l'ordre du contrat."""
        suivies: dict[str, list[Fiche]] = {}
        for f in self.fiches:
            for code in dict.fromkeys(f.suivi.repondants):
                suivies.setdefault(code, []).append(f)
        return {code: tuple(fiches) for code, fiches in suivies.items()}

    @cached_property
    def _interroges(self) -> dict[int, tuple[str, ...]]:
        """Ce que `repondants` a déjà calculé, par exercice."""
        return {}

    @cached_property
    def _rangement(self) -> dict[tuple[int, str | None], dict[str, Releve]]:
        """Les relevés par exercice et organisme ; sous None, ceux de tous."""
        rangement: dict[tuple[int, str | None], dict[str, Releve]] = {}
        for nom, releve in self.releves.items():
            for place in ((releve.exercice, None), (releve.exercice, releve.organisme)):
                rangement.setdefault(place, {})[nom] = releve
        return rangement


_DU_CONTRAT = (
    *("fiche", "mesures", "cles_actuelles", "codes_actuels", "decisions"),
    *("_siennes", "_fiches_suivies", "_interroges"),
)
"""Ce qu'un relevé de plus ne change pas."""
