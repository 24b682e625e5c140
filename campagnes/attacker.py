"""
Un attaquant : il lit tout ce qu'un document public dit d'une mesure, et résout le reste.

Il sait tout du contrat et des règles : qu'un tout est la somme de ses parties, une somme celle de
ses organismes, un taux le rapport de deux effectifs connus, une évolution une différence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from campagnes.extracts import Table

Case = tuple[str, str, int, str]
"""Genre (valeur, dit, propose, initiale, haut, bas, reste), mesure, année, organisme."""
Coefficients = dict[Case, Fraction]

_MESURE = re.compile(r"(?:Mesure |/)(tout|partie-[a-z]|seule|taux)\b")
_NOMBRE = re.compile(r"-?\d+(?:\.\d+)?(?:[eE]-?\d+)?")
_ENTETES = {"Indicateur et mesure", "Réponse lue", "Ce qui est examiné"}
_PART = re.compile(r"(\w+)\s*: (?:pour sa part|autre lecture), ([^—]*)")
_CONTESTE = re.compile(r"([^—:]*) au lieu de ([^—(]*)")
_TOLERANCE = Fraction(1, 4)
"""Un effectif est entier : un calcul arrondi à moins d'un quart le donne."""


@dataclass(frozen=True)
class Regles:
    """Ce que l'attaquant sait du contrat."""

    parties: tuple[str, ...]
    organismes: tuple[str, ...]
    somme: bool
    cible: int


@dataclass(frozen=True)
class Equation:
    """Une somme de cases multipliées, et ce qu'elle vaut ; `exacte`, ou arrondie par l'écriture."""

    termes: Coefficients
    vaut: Fraction
    exacte: bool = True


def numbers_in(texte: str) -> list[Fraction]:
    """Les nombres d'un texte français ou d'une cellule."""
    lie = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3})", "", texte.replace("\u2212", "-"))
    return [Fraction(n) for n in _NOMBRE.findall(re.sub(r"(?<=\d),(?=\d)", ".", lie))]


@dataclass
class Attaquant:
    """Ce qu'il a lu, en cases connues et en équations."""

    regles: Regles
    lus: dict[Case, Fraction] = field(default_factory=dict)
    equations: list[Equation] = field(default_factory=list)
    annees: set[int] = field(default_factory=set)

    def read(self, tables: list[Table]) -> None:
        """Lit un document, table par table ; un paragraphe parle de la dernière mesure nommée."""
        mesure, annee = "", self._last_year(tables)
        for table in tables:
            entete: list[str] = []
            for ligne in table:
                if _ENTETES & set(ligne):
                    entete = ligne
                    continue
                nommee = next((m[1] for case in ligne if (m := _MESURE.search(case))), "")
                mesure = nommee or (mesure if len(ligne) == 1 else "")
                if not mesure:
                    continue
                self._read_words(mesure, annee, ligne, entete)
                if entete and len(ligne) == len(entete):
                    self._read_row(mesure, annee, dict(zip(entete, ligne, strict=True)))

    def _last_year(self, tables: list[Table]) -> int:
        ecrites = (
            int(case) for table in tables for ligne in table for case in ligne if _is_year(case)
        )
        return max(ecrites, default=0)

    def _note(self, case: Case, texte: str) -> None:
        nombres = numbers_in(texte)
        if nombres:
            self.lus.setdefault(case, nombres[0])

    def _read_row(self, mesure: str, derniere: int, cases: Mapping[str, str]) -> None:
        dite = cases.get("Année") or cases.get("Exercice") or str(derniere)
        annee = int(numbers_in(dite)[0])
        self.annees.add(annee)
        for titre, texte in cases.items():
            if _is_year(titre):
                self._value(mesure, int(titre), texte)
        self._value(mesure, annee, cases.get("Valeur", ""))
        self._value(mesure, annee, cases.get("Ce qui compte", ""))
        self._note(("initiale", mesure, 0, ""), cases.get("Valeur initiale", ""))
        self._note(("haut", mesure, annee, ""), cases.get("Numérateur", ""))
        self._note(("bas", mesure, annee, ""), cases.get("Dénominateur", ""))
        self._note(("propose", mesure, annee, ""), cases.get("Valeur proposée", ""))
        self._note(("dit", mesure, annee, "alpha"), cases.get("Valeur déclarée", ""))
        organisme = cases.get("Organisme", "").lower()
        if "Réponse lue" in cases:
            self._note(("dit", mesure, annee, organisme), cases["Réponse lue"])
        self._gaps(mesure, annee, cases)

    def _value(self, mesure: str, annee: int, texte: str) -> None:
        nombres = numbers_in(texte)
        if mesure == "taux" and " sur " in texte:
            self._note(("haut", mesure, annee, ""), texte)
            self._note(("bas", mesure, annee, ""), texte.partition(" sur ")[2])
        elif mesure == "taux" and nombres:
            haut: Case = ("haut", mesure, annee, "")
            self._relate({haut: Fraction(100), ("bas", mesure, annee, ""): -nombres[0]}, 0, False)
        elif nombres:
            self._note(("valeur", mesure, annee, ""), texte)

    def _gaps(self, mesure: str, annee: int, cases: Mapping[str, str]) -> None:
        """Différence et %, sur un an et depuis la valeur initiale, puis chemin fait."""
        apres: Case = ("valeur", mesure, annee, "")
        avant: Case = ("valeur", mesure, annee - 1, "")
        initiale: Case = ("initiale", mesure, 0, "")
        for titre, base in (
            ("Évolution sur un an", avant),
            ("Depuis la valeur initiale", initiale),
        ):
            dits = numbers_in(cases.get(titre, ""))
            pourcents = dits[1:] or numbers_in(cases.get(f"{titre} (%)", ""))
            if cases.get(titre) == "inchangé":
                dits = [Fraction(0)]
            if dits:
                self._relate({apres: Fraction(1), base: Fraction(-1)}, dits[0])
            if pourcents:
                self._relate({apres: Fraction(1), base: -(1 + pourcents[0] / 100)}, 0, False)
        chemin = numbers_in(cases.get("Chemin fait vers la cible", ""))
        chemin += numbers_in(cases.get("Chemin fait (%)", ""))
        for fait in chemin[:1]:
            part = fait / 100
            termes = {apres: Fraction(1), initiale: part - 1}
            self._relate(termes, part * self.regles.cible, False)

    def _read_words(self, mesure: str, annee: int, ligne: list[str], entete: list[str]) -> None:
        """Ce qui se dit à côté : la part de chacun, une autre lecture, un chiffre contesté."""
        if "Année" in entete and len(ligne) == len(entete):
            annee = int(numbers_in(ligne[entete.index("Année")])[0])
        for texte in ligne:
            for nom, reste in _PART.findall(texte):
                self._note(("dit", mesure, annee, nom.lower()), reste)
            for propose, declare in _CONTESTE.findall(texte):
                self._note(("propose", mesure, annee, ""), propose)
                self._note(("dit", mesure, annee, "alpha"), declare)

    def _relate(self, termes: Coefficients, vaut: Fraction | int, exacte: bool = True) -> None:
        self.equations.append(Equation(termes, Fraction(vaut), exacte))

    def solve(self) -> dict[Case, Fraction]:
        """Toutes les cases qu'il connaît avec certitude, lues ou déduites."""
        connues = dict(self.lus)
        equations = [*self.equations, *self._known_relations()]
        taille = -1
        while taille != len(connues):
            taille = len(connues)
            _propagate(equations, connues)
            _eliminate([e for e in equations if e.exacte], connues)
        return connues

    def _known_relations(self) -> Iterator[Equation]:
        """Ce qu'il sait sans rien lire."""
        r = self.regles
        for annee in self.annees:
            yield _sum(("valeur", "tout", annee, ""), [("valeur", p, annee, "") for p in r.parties])
            for code in r.organismes:
                yield _sum(
                    ("dit", "tout", annee, code), [("dit", p, annee, code) for p in r.parties]
                )
            for nom in ("tout", *r.parties):
                codes = r.organismes if r.somme else r.organismes[:1]
                yield _sum(("valeur", nom, annee, ""), [("dit", nom, annee, c) for c in codes])
            haut: Case = ("haut", "taux", annee, "")
            bas: Case = ("bas", "taux", annee, "")
            yield _sum(haut, [("valeur", r.parties[0], annee, "")])
            yield _sum(bas, [("valeur", "tout", annee, "")])
            yield _sum(bas, [haut, ("reste", "taux", annee, "")])


def _is_year(texte: str) -> bool:
    return re.fullmatch(r"20[0-9]{2}", texte) is not None


def _sum(tout: Case, parties: list[Case]) -> Equation:
    return Equation({tout: Fraction(1)} | dict.fromkeys(parties, Fraction(-1)), Fraction(0))


def _unknown(equation: Equation, connues: Mapping[Case, Fraction]) -> tuple[Coefficients, Fraction]:
    """Les termes qui restent à trouver, et ce qu'ils valent ensemble."""
    restes = {case: c for case, c in equation.termes.items() if case not in connues and c}
    dits = sum((c * connues[x] for x, c in equation.termes.items() if x in connues), Fraction(0))
    return restes, equation.vaut - dits


def _propagate(equations: list[Equation], connues: dict[Case, Fraction]) -> None:
    """Une équation à une seule inconnue la donne."""
    for equation in equations:
        restes, vaut = _unknown(equation, connues)
        if len(restes) != 1:
            continue
        ((case, coefficient),) = restes.items()
        trouve = vaut / coefficient
        if equation.exacte:
            connues[case] = trouve
        elif abs(trouve - round(trouve)) <= _TOLERANCE:
            connues[case] = Fraction(round(trouve))


def _eliminate(equations: list[Equation], connues: dict[Case, Fraction]) -> None:
    """L'élimination de Gauss-Jordan : une ligne réduite à une case la donne."""
    lignes: list[tuple[Case, Coefficients, Fraction]] = []
    for equation in equations:
        restes, vaut = _unknown(equation, connues)
        for pivot, termes, egal in lignes:
            restes, vaut = _subtract(restes, vaut, pivot, termes, egal)
        if not restes:
            continue
        pivot = next(iter(restes))
        facteur = restes[pivot]
        reduite = {case: c / facteur for case, c in restes.items()}
        egal = vaut / facteur
        lignes = [(p, *_subtract(t, e, pivot, reduite, egal)) for p, t, e in lignes]
        lignes.append((pivot, reduite, egal))
    connues.update({pivot: egal for pivot, termes, egal in lignes if len(termes) == 1})


def _subtract(
    termes: Coefficients, vaut: Fraction, pivot: Case, autres: Coefficients, egal: Fraction
) -> tuple[Coefficients, Fraction]:
    facteur = termes.get(pivot, Fraction(0))
    if not facteur:
        return termes, vaut
    somme = {
        case: termes.get(case, Fraction(0)) - facteur * autres.get(case, Fraction(0))
        for case in {**termes, **autres}
    }
    return {case: c for case, c in somme.items() if c}, vaut - facteur * egal
