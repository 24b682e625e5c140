"""Les noms que montre le classeur « Séance », et ce qu'ils désignent au retour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.libelles import simplify
from clsmon.model.suggestion import advise

SEPARATEUR = " — "
"""Ce qui sépare, dans une case, un code de ce qu'il veut dire."""


class Noms:
    """Du code au nom montré, et du nom écrit au code, pour organismes, fiches et mesures."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    def organisme(self, code: str) -> str:
        """« Agence régionale de santé (ARS) » ; le code suit si deux organismes ont ce nom."""
        inscrit = self.dossier.contrat.organismes.get(code)
        if inscrit is None:
            return code
        nom = f"{inscrit.nom} ({inscrit.sigle})" if inscrit.sigle else inscrit.nom
        return f"{nom} [{code}]" if self._comptes[simplify(nom)] > 1 else nom

    @cached_property
    def _comptes(self) -> Counter[str]:
        organismes = self.dossier.contrat.organismes.values()
        return Counter(simplify(f"{o.nom} ({o.sigle})" if o.sigle else o.nom) for o in organismes)

    @cached_property
    def organismes(self) -> tuple[str, ...]:
        """Les noms de tous les organismes qui peuvent agir, dans l'ordre du registre."""
        inscrits = self.dossier.contrat.organismes.items()
        return tuple(self.organisme(code) for code, o in inscrits if not o.collectif)

    def fiche(self, identifiant: str) -> str:
        """« 3.5 — Titre » ; l'identifiant seul si la fiche n'est pas au dossier."""
        fiche = self.dossier.fiche.get(identifiant)
        return f"{identifiant}{SEPARATEUR}{fiche.titre}" if fiche else identifiant

    def mesure(self, cle: str) -> str:
        """« 2.3/extension/communes — Communes couvertes »."""
        situee = self._mesure(cle)
        return f"{cle}{SEPARATEUR}{situee.mesure.libelle}" if situee else cle

    def objet(self, objet: str) -> str:
        """Ce sur quoi porte une décision : une fiche, une mesure, ou le texte lui-même."""
        return self.mesure(objet) if "/" in objet else self.fiche(objet)

    @cached_property
    def fiches(self) -> tuple[str, ...]:
        """Les fiches qui ne sont pas retirées, dans l'ordre."""
        return tuple(self.fiche(f.id) for f in self.dossier.fiches if f.vigueur.fin is None)

    @cached_property
    def objets(self) -> tuple[str, ...]:
        """Ce que l'on peut choisir comme objet : les fiches, puis leurs mesures."""
        fiches = (self.fiche(f.id) for f in self.dossier.fiches)
        return (*fiches, *(self.mesure(cle) for cle in self.dossier.mesures))

    def read_organisme(self, texte: str) -> str | None:
        """Le code que désigne un nom, un sigle ou un code ; None si aucun, ou plusieurs."""
        codes = self._designes.get(simplify(texte), ())
        return codes[0] if len(codes) == 1 else None

    @cached_property
    def _designes(self) -> Mapping[str, tuple[str, ...]]:
        designes: dict[str, dict[str, None]] = {}
        for code, o in self.dossier.contrat.organismes.items():
            noms = (code, o.nom, o.sigle, *o.autres_noms, self.organisme(code))
            for nom in filter(None, noms):
                designes.setdefault(simplify(nom), {})[code] = None
        anciens = self.dossier.codes_actuels
        return {nom: tuple(codes) for nom, codes in designes.items()} | {
            ancien: (code,) for ancien, code in anciens.items() if ancien not in designes
        }

    def read_fiche(self, texte: str) -> str | None:
        """L'identifiant que désigne « 3.5 — Titre », « 3.5 » ou le titre seul ; None sinon."""
        debut = _code_of(texte)
        if debut in self.dossier.fiche:
            return debut
        return _only(f.id for f in self.dossier.fiches if _is_named(f, texte))

    def read_mesure(self, texte: str) -> str | None:
        """La clé que désigne « clé — libellé » ou la clé seule ; None sinon."""
        debut = _code_of(texte)
        return debut if self._mesure(debut) else None

    def _mesure(self, cle: str) -> MesureSituee | None:
        return self.dossier.mesures.get(self.dossier.cles_actuelles.get(cle, ""))

    def advise_organisme(self, texte: str) -> str:
        """Une suggestion, quand un organisme a un nom proche."""
        return advise(texte, self.organismes)

    def advise_objet(self, texte: str, *, mesures: bool) -> str:
        """Une suggestion parmi les fiches, ou parmi les mesures."""
        return advise(_code_of(texte), self.dossier.mesures if mesures else self.dossier.fiche)


def _code_of(texte: str) -> str:
    """Le code qui commence une case, devant son tiret long."""
    return texte.partition(SEPARATEUR.strip())[0].strip()


def _is_named(fiche: Fiche, texte: str) -> bool:
    return simplify(texte) in {simplify(fiche.titre), simplify(fiche.nom)}


def _only(trouves: Iterable[str]) -> str | None:
    """L'élément s'il est seul."""
    liste = list(trouves)
    return liste[0] if len(liste) == 1 else None
