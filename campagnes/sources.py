"""P8 : chaque chiffre du bilan mène à un fichier gardé, à une cellule et à une empreinte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import load_workbook

from campagnes.compte import Compte
from clsmon.demonstration.answers import EXERCICES
from clsmon.demonstration.cycle import JOUR, make_dossier, run_year
from clsmon.model.bilan import LigneMesure
from clsmon.model.constat import Constat
from clsmon.model.indicateur import TypeMesure
from clsmon.model.releve import Releve, Valeur
from clsmon.model.statut import Statut
from clsmon.opening import require_dossier
from clsmon.reporting import write_bilan

VERIFIE = (
    "des chiffres tirés au hasard parmi ceux des deux bilans de la démonstration (mesures de "
    "chaque année, argent) : chaque source est un classeur de retours/ au sha256 du relevé, sa "
    "cellule lue par openpyxl porte ce qui a été lu, le chiffre se refait à partir d'elles, et "
    "c'est celui du bilan Excel"
)
UNE_ANNEE = 100
"""Jusqu'à combien de chiffres une seule année de la démonstration suffit."""
_ARGENT = ("prevu", "engage", "realise")


@dataclass(frozen=True)
class Chiffre:
    """Un chiffre montré : ses termes lus, place par place, et ce que l'on en refait."""

    nom: str
    montre: Any
    nombre: Decimal
    termes: tuple[tuple[Releve, str, Decimal], ...]
    refait: Decimal


class Preuves:
    """Les classeurs gardés d'un dossier, lus par openpyxl."""

    def __init__(self, racine: Path) -> None:
        self._racine = racine
        self._lus: dict[Path, tuple[str, Any]] = {}

    def read(self, releve: Releve, cellule: str) -> tuple[str, Any]:
        """L'empreinte du classeur gardé et ce que porte la cellule « Saisie!H12 »."""
        chemin = self._racine / "retours" / str(releve.exercice) / releve.recu.fichier
        if chemin not in self._lus:
            octets = chemin.read_bytes()
            self._lus[chemin] = sha256(octets).hexdigest(), load_workbook(BytesIO(octets))
        empreinte, classeur = self._lus[chemin]
        feuille, _, adresse = cellule.rpartition("!")
        return empreinte, classeur[feuille][adresse].value


class _Document:
    """Le bilan d'un exercice et ce que montre son document Excel."""

    def __init__(self, racine: Path, exercice: int) -> None:
        self.bilan, (chemin,) = write_bilan(require_dossier(racine), exercice, JOUR, ("xlsx",))
        self._classeur = load_workbook(chemin)

    @cached_property
    def montres(self) -> dict[tuple[str, int], Any]:
        """De (clé, année) à la valeur de la feuille « Indicateurs »."""
        return {
            (str(ligne["Clé"]), int(ligne["Année"])): ligne["Valeur"]
            for ligne in self._rows("Indicateurs")
        }

    @cached_property
    def argent(self) -> dict[tuple[str, str], Any]:
        """De (clé, cellule et classeur) au montant de la feuille « Provenance »."""
        return {
            (str(ligne["Clé"]), f"{ligne['Classeur reçu']} {ligne['Cellule']}"): ligne[
                "Réponse lue"
            ]
            for ligne in self._rows("Provenance")
        }

    def _rows(self, feuille: str) -> Iterator[dict[str, Any]]:
        lignes = list(self._classeur[feuille].iter_rows(values_only=True))
        rang = next(r for r, ligne in enumerate(lignes) if "Clé" in ligne)
        for ligne in lignes[rang + 1 :]:
            yield dict(zip(map(str, lignes[rang]), ligne, strict=True))

    def figures(self) -> Iterator[Chiffre]:
        """Tous les chiffres qui viennent d'un classeur rendu."""
        for ligne in self.bilan.lignes:
            for constat in {c.exercice: c for c in (*ligne.serie, ligne.constat)}.values():
                if constat.nombre is not None and constat.statut is not Statut.CALCULE:
                    yield self._measure(ligne, constat, constat.nombre)
        for fiche in self.bilan.fiches:
            for recit in fiche.recits:
                for champ in _ARGENT:
                    nombre = getattr(recit.declaration.depenses, champ)
                    if nombre is not None:
                        cle = f"depenses.{champ}"
                        cellule = recit.declaration.cellules[cle]
                        nom, place = (
                            f"{fiche.fiche.id}/{cle}",
                            f"{recit.releve.recu.fichier} {cellule}",
                        )
                        termes = ((recit.releve, cellule, nombre),)
                        yield Chiffre(nom, self.argent.get((nom, place)), nombre, termes, nombre)

    def _measure(self, ligne: LigneMesure, constat: Constat, nombre: Decimal) -> Chiffre:
        retenues = constat.declarations[: constat.retenues]
        taux = ligne.situee.mesure.type is TypeMesure.TAUX
        termes = tuple(
            (d.releve, place, lu) for d in retenues for place, lu in places(d.valeur, taux=taux)
        )
        lus = [lu for _, _, lu in termes]
        refait = sum(lus[::2]) / sum(lus[1::2]) * 100 if taux else sum(lus)
        montre = self.montres.get((ligne.situee.cle, constat.exercice))
        return Chiffre(ligne.situee.cle, montre, nombre, termes, Decimal(refait))


def places(valeur: Valeur, *, taux: bool) -> Iterator[tuple[str, Decimal]]:
    """La cellule de chaque terme d'une réponse ; le dénominateur est à droite du numérateur."""
    if not taux:
        if valeur.nombre is not None:
            yield valeur.cellule, valeur.nombre
        return
    feuille, _, adresse = valeur.cellule.rpartition("!")
    rangee = adresse.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for colonne, lu in (("I", valeur.numerateur), ("J", valeur.denominateur)):
        if lu is not None:
            yield f"{feuille}!{colonne}{rangee}", lu


def run(graine: int, nombre: int, dossier: Path) -> Compte:
    """Suit `nombre` chiffres, ou tous s'il y en a moins."""
    compte = Compte(VERIFIE)
    racine = dossier / "demonstration"
    annees = EXERCICES if nombre > UNE_ANNEE else EXERCICES[-1:]
    make_dossier(racine)
    for annee in annees:
        run_year(racine, annee)
    preuves = Preuves(racine)
    tous = [c for annee in annees for c in _Document(racine, annee).figures()]
    for chiffre in Random(graine).sample(tous, min(nombre, len(tous))):
        compte.essais += 1
        compte.fautes += [f"{chiffre.nom} : {f}" for f in follow(chiffre, preuves)]
    compte.expect(len(tous) >= nombre, f"{len(tous)} chiffres seulement, {nombre} demandés")
    compte.mesures.append(f"{len(tous)} chiffres au bilan qui viennent d'un classeur")
    return compte


def follow(chiffre: Chiffre, preuves: Preuves) -> Iterator[str]:
    """Ce qui ne mène pas à la source."""
    if not chiffre.termes or chiffre.refait != chiffre.nombre:
        yield f"{chiffre.nombre} au bilan, {chiffre.refait} refait de {len(chiffre.termes)} termes"
    if not isinstance(chiffre.montre, int | float) or abs(
        Decimal(str(chiffre.montre)) - chiffre.nombre
    ) > abs(chiffre.nombre) * Decimal("1e-14"):
        yield f"{chiffre.nombre} au bilan, {chiffre.montre!r} dans le document Excel"
    for releve, cellule, lu in chiffre.termes:
        empreinte, porte = preuves.read(releve, cellule)
        if empreinte != releve.recu.sha256:
            yield f"{releve.recu.fichier} n'est pas le classeur lu"
        if not isinstance(porte, int | float) or Decimal(str(porte)) != lu:
            yield f"{releve.recu.fichier} {cellule} porte {porte!r}, lu {lu}"
