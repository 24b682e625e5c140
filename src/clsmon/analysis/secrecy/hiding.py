"""Ce qui reste de chaque chose d'un bilan dans le document public, genre par genre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from clsmon.analysis.secrecy import texts
from clsmon.analysis.secrecy.masks import numbers_of
from clsmon.analysis.secrecy.persons import families_of
from clsmon.analysis.secrecy.texts import Lecture
from clsmon.analysis.secrecy.walking import Retouches
from clsmon.model.bilan import (
    Bilan,
    BilanAxe,
    BilanFiche,
    ContestationSuivie,
    ExamenContradictoire,
    LigneMesure,
    Recit,
    Rupture,
)
from clsmon.model.cloture import MesureTardive
from clsmon.model.constat import Constat, Declaration
from clsmon.model.contestation import AvisRendu, ChiffreConteste
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.evolutions import EvolutionProposee, Proposition
from clsmon.model.fiche import Fiche
from clsmon.model.finances import MontantDeclare
from clsmon.model.gouvernance import BilanLieu, BilanLieux
from clsmon.model.indicateur import Mesure
from clsmon.model.observation import Examen
from clsmon.model.publication import Secret
from clsmon.model.releve import Releve
from clsmon.model.seance import Decision, Retenue, Seance
from clsmon.model.statut import Statut


class Hiding:
    """Les retouches d'un bilan, d'après ce qui y est secret."""

    def __init__(self, dossier: Dossier, bilan: Bilan, secret: Secret) -> None:
        self._dossier, self._bilan = dossier, bilan
        self._masques, self._initiales = frozenset(secret.masques), frozenset(secret.initiales)
        self._personnes = frozenset(families_of(dossier))
        self._cles = {id(situee.mesure): cle for cle, situee in dossier.mesures.items()}
        self._caches = _hidden_numbers(bilan, secret)
        self._faits: dict[tuple[int, str], tuple[Any, Any]] = {}
        self.retouches: Retouches = {
            LigneMesure: self._line,
            BilanAxe: self._axis,
            BilanFiche: self._fiche,
            EvolutionProposee: self._proposal,
            ExamenContradictoire: self._examination,
            AvisRendu: self._opinion,
            MesureTardive: self._late,
            BilanLieux: self._places,
            MontantDeclare: self._amount,
            Fiche: self._contract_fiche,
            Mesure: self._measure,
            Decision: self._decision,
            Seance: texts.strip_meeting,
            Releve: texts.strip_return,
            Examen: texts.strip_return,
        }

    def _once(self, source: Any, genre: str, build: Callable[[], Any]) -> Any:
        """Une seule copie de chaque chose : ce qui en compare l'identité la retrouve."""
        cle = (id(source), genre)
        if cle not in self._faits:
            self._faits[cle] = (source, build())
        return self._faits[cle][1]

    def _reading(self, fiche: str, annee: int) -> Lecture:
        """Ce qui se lit des textes d'une fiche pour un exercice."""
        publication = self._dossier.publications.get(annee)
        listees = {
            connue.id
            for nom in (publication.fiches if publication else ())
            if (connue := self._dossier.fiche.get(nom))
        }
        return Lecture(fiche in listees, self._caches.get(fiche, frozenset()))

    def _line(self, ligne: LigneMesure) -> LigneMesure:
        situee = ligne.situee
        exercice = ligne.constat.exercice
        tue = (situee.cle, exercice) in self._masques
        avant = ligne.serie[-2].exercice if len(ligne.serie) > 1 else exercice
        initiale_tue = situee.cle in self._initiales
        precedent_tu = tue or (situee.cle, avant) in self._masques
        return replace(
            ligne,
            constat=self._finding(situee, ligne.constat),
            serie=tuple(self._finding(situee, constat) for constat in ligne.serie),
            depuis_precedent=None if precedent_tu else ligne.depuis_precedent,
            depuis_initiale=None if tue or initiale_tue else ligne.depuis_initiale,
            progression=None if tue or initiale_tue else ligne.progression,
            repondant_change=ligne.repondant_change and not precedent_tu,
            initiale_secrete=initiale_tue and situee.mesure.valeur_initiale is not None,
            rupture=self._break(ligne.rupture),
        )

    def _break(self, rupture: Rupture | None) -> Rupture | None:
        if rupture is None or rupture.dernier is None:
            return rupture
        return replace(rupture, dernier=self._finding(rupture.ancienne, rupture.dernier))

    def _finding(self, situee: MesureSituee, constat: Constat) -> Constat:
        fait: Constat = self._once(constat, situee.cle, lambda: self._hide(situee, constat))
        return fait

    def _hide(self, situee: MesureSituee, constat: Constat) -> Constat:
        """Secret s'il est masqué et porte un nombre, non publié s'il est un texte tu."""
        exercice = constat.exercice
        if (situee.cle, exercice) in self._masques and numbers_of(constat):
            return Constat(exercice, Statut.SECRET)
        lecture = self._reading(situee.fiche.id, exercice)
        if not self._may_tell(situee, constat, lecture):
            return Constat(exercice, Statut.NON_PUBLIE)
        return replace(
            constat,
            declarations=tuple(self._answer(situee, d, lecture) for d in constat.declarations),
            contestations=tuple(self._contested(chiffre) for chiffre in constat.contestations),
            declare=constat.declare and self._finding(situee, constat.declare),
        )

    def _may_tell(self, situee: MesureSituee, constat: Constat, lecture: Lecture) -> bool:
        """Vrai si aucun mot que ce constat porte n'est un texte à taire."""
        mesure = situee.mesure
        if mesure.type.chiffre:
            return True
        dits = [d.valeur.valeur for d in constat.declarations]
        dits += [c.contestation.valeur_proposee for c in constat.contestations]
        dits += [c.contestation.valeur_declaree or None for c in constat.contestations]
        dits += [constat.texte or None] if constat.proposant or not constat.declarations else []
        return all(texts.says_nothing_free(dit, mesure, lecture) for dit in dits)

    def _answer(self, situee: MesureSituee, dite: Declaration, lecture: Lecture) -> Declaration:
        personnes = situee.cle in self._personnes
        faite: Declaration = self._once(
            dite,
            situee.cle,
            lambda: replace(
                dite,
                valeur=texts.open_answer(dite.valeur, situee.mesure, lecture, personnes=personnes),
            ),
        )
        return faite

    def _contested(self, chiffre: ChiffreConteste) -> ChiffreConteste:
        lecture = self._reading(chiffre.cle.partition("/")[0], chiffre.exercice)
        contestation = chiffre.contestation
        dite = self._once(
            contestation,
            "",
            lambda: texts.open_contest(
                contestation, lecture, personnes=chiffre.cle in self._personnes
            ),
        )
        return replace(chiffre, contestation=dite)

    def _examination(self, examen: ExamenContradictoire) -> ExamenContradictoire:
        suivies = (self._followed(suivie) for suivie in examen.contestations)
        return replace(examen, contestations=tuple(s for s in suivies if s is not None))

    def _followed(self, suivie: ContestationSuivie) -> ContestationSuivie | None:
        """Un chiffre contesté ; None s'il est masqué, ou si l'on ne sait plus ce qu'il mesure."""
        chiffre, situee = suivie.chiffre, suivie.situee
        if situee is None or (chiffre.cle, chiffre.exercice) in self._masques:
            return None
        constat = suivie.constat and self._finding(situee, suivie.constat)
        if not situee.mesure.type.chiffre and (
            constat is None or constat.statut is Statut.NON_PUBLIE
        ):
            return None
        return replace(suivie, chiffre=self._contested(chiffre), constat=constat)

    def _late(self, tardive: MesureTardive) -> MesureTardive:
        situee, exercice = tardive.situee, self._bilan.exercice
        lecture = self._reading(situee.fiche.id, exercice)
        dites = [d for d in (tardive.adoptee, tardive.recue) if d is not None]
        tue = (situee.cle, exercice) in self._masques or not all(
            situee.mesure.type.chiffre
            or texts.says_nothing_free(d.valeur.valeur, situee.mesure, lecture)
            for d in dites
        )
        if tue:
            return replace(tardive, adoptee=None, recue=None, secrete=True)
        return replace(
            tardive,
            adoptee=tardive.adoptee and self._answer(situee, tardive.adoptee, lecture),
            recue=tardive.recue and self._answer(situee, tardive.recue, lecture),
        )

    def _axis(self, axe: BilanAxe) -> BilanAxe:
        recits = tuple((f, self._story(f.id, recit)) for f, recit in axe.recits_a_programmer)
        return replace(axe, recits_a_programmer=recits)

    def _fiche(self, fiche: BilanFiche) -> BilanFiche:
        recits = tuple(self._story(fiche.fiche.id, recit) for recit in fiche.recits)
        return replace(fiche, recits=recits)

    def _story(self, fiche: str, recit: Recit) -> Recit:
        lecture = self._reading(fiche, self._bilan.exercice)
        return replace(recit, declaration=texts.open_story(recit.declaration, lecture))

    def _proposal(self, proposee: EvolutionProposee) -> EvolutionProposee:
        lecture = self._reading(proposee.fiche.id, self._bilan.exercice)
        dites = (Proposition(p.organisme, lecture.read(p.motif)) for p in proposee.propositions)
        return replace(proposee, propositions=tuple(dites))

    def _opinion(self, rendu: AvisRendu) -> AvisRendu:
        lecture = self._reading(rendu.fiche, rendu.exercice)
        return replace(rendu, avis=texts.open_opinion(rendu.avis, lecture))

    def _places(self, lieux: BilanLieux) -> BilanLieux:
        """Un quartier est un texte tapé : il n'est dit que par les fiches publiées."""
        quartiers = (self._district(lieu) for lieu in lieux.quartiers)
        return replace(lieux, quartiers=tuple(q for q in quartiers if q.lieu and q.fiches))

    def _district(self, lieu: BilanLieu) -> BilanLieu:
        annee = self._bilan.exercice
        dites = ((f, self._reading(f.id, annee)) for f, _ in lieu.fiches)
        lues = {f.id for f, lecture in dites if lecture.read(lieu.lieu)}
        return replace(lieu, fiches=tuple(paire for paire in lieu.fiches if paire[0].id in lues))

    def _amount(self, montant: MontantDeclare) -> MontantDeclare:
        lecture = self._reading(montant.fiche.id, self._bilan.exercice)
        return replace(montant, saisi=lecture.read(montant.saisi))

    def _contract_fiche(self, fiche: Fiche) -> Fiche:
        """La fiche du contrat sans le texte d'une valeur initiale masquée."""
        touchee = any(cle.partition("/")[0] == fiche.id for cle in self._initiales)
        if not touchee or fiche.suivi.valeur_initiale_texte is None:
            return fiche
        return fiche.retouched(suivi=fiche.suivi.retouched(valeur_initiale_texte=""))

    def _measure(self, mesure: Mesure) -> Mesure:
        cle = self._cles.get(id(mesure))
        tue = cle in self._initiales if cle else mesure.personnes
        return mesure.retouched(valeur_initiale=None) if tue else mesure

    def _decision(self, decision: Decision) -> Decision:
        """Une décision sur une mesure de personnes, sans son texte ni la valeur qu'elle retient."""
        cle = self._dossier.cles_actuelles.get(decision.objet, decision.objet)
        if cle not in self._personnes:
            return decision
        retient = decision.retient and Retenue(organisme=decision.retient.organisme)
        return decision.retouched(texte="", retient=retient)


def _hidden_numbers(bilan: Bilan, secret: Secret) -> dict[str, frozenset[Decimal]]:
    """Les nombres masqués de chaque fiche, toutes années montrées."""
    caches: dict[str, set[Decimal]] = {}
    for ligne in bilan.lignes:
        situee, initiale = ligne.situee, ligne.situee.mesure.valeur_initiale
        nombres = caches.setdefault(situee.fiche.id, set())
        if situee.cle in secret.initiales and initiale:
            nombres.add(initiale.valeur)
        for constat in (ligne.constat, *ligne.serie):
            if (situee.cle, constat.exercice) in secret.masques:
                nombres.update(numbers_of(constat))
    return {fiche: frozenset(nombres) for fiche, nombres in caches.items()}
