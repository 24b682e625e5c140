"""
Les données des mesures, toujours les mêmes : `python -m benchmarks.inputs DOSSIER TAILLE SEUL`.

Lancé dans l'environnement de la roue : le processus qui mesure reste petit, sans quoi la mémoire
de ses enfants, comptée depuis la sienne, serait fausse.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from shutil import copytree
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import load_workbook

from benchmarks.jobs import CLASSEURS, EXERCICE, GRANDE, MOYENNE, PETITE
from benchmarks.schemas import to_yamale
from clsmon.analysis.questionnaire import compute_demande
from clsmon.demonstration.answers import answer_measure, answer_rubrics
from clsmon.demonstration.cycle import make_dossier, run_demonstration
from clsmon.demonstration.partner import fill_form
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche
from clsmon.model.indicateur import TypeMesure
from clsmon.opening import require_dossier
from clsmon.preparing import prepare_forms
from clsmon.workbooks.layout import fingerprint

FICHES_ECRITES = 16
GROUPES = 4
"""Chaque organisme inventé répond au quart des fiches : une trentaine de mesures."""


def write_inputs(racine: Path, taille: int, seul: str = "") -> None:
    """Écrit sous `racine` tout ce que demandent les travaux jusqu'à `taille` fiches, ou un seul."""
    make_dossier(racine / "contrat")
    if not seul:
        _write_cells(racine / "contrat", racine / "cellules.json")
    if seul in {"", "bilan"}:
        list(run_demonstration(racine / "bilan"))
    if seul in {"", "validate"}:
        schema = Fiche.model_json_schema()
        (racine / "fiche.json").write_text(json.dumps(schema), encoding="utf-8")
        (racine / "fiche.yamale").write_text(to_yamale(schema), encoding="utf-8")
        for fiches in (MOYENNE, GRANDE):
            if fiches <= taille:
                _write_many(racine / "contrat", racine / f"fiches-{fiches}", fiches)
    if seul in {"", "collect"}:
        for seuil, classeurs in CLASSEURS.items():
            if seuil <= taille:
                _write_returns(racine / "contrat", racine / f"retours-{classeurs}", classeurs)


def _write_many(source: Path, cible: Path, nombre: int) -> None:
    """Le contrat, dont les fiches écrites sont recopiées sous d'autres identifiants."""
    copytree(source / "data", cible / "data")
    dossier = cible / "data" / "fiches"
    ecrites = sorted(f for f in dossier.glob("*.yaml") if f.name[0].isdigit())
    if len(ecrites) != FICHES_ECRITES:
        raise ValueError(f"{len(ecrites)} fiches écrites, {FICHES_ECRITES} attendues")
    for rang in range(nombre - PETITE):
        original = ecrites[rang % FICHES_ECRITES]
        nom = f"{original.stem}-{rang // FICHES_ECRITES + 1}"
        texte = original.read_text(encoding="utf-8")
        texte = texte.replace(f'id: "{original.stem}"', f'id: "{nom}"', 1)
        (dossier / f"{nom}.yaml").write_text(texte, encoding="utf-8")


def _write_cells(contrat: Path, cible: Path) -> None:
    """Les cellules de chaque formulaire, pour le pair qui les écrit sans rien savoir d'elles."""
    dossier = require_dossier(contrat)
    formulaires = {}
    for formulaire in prepare_forms(dossier, EXERCICE, dossier.repondants(EXERCICE)):
        classeur = load_workbook(formulaire.chemin)
        formulaires[formulaire.chemin.name] = {
            feuille.title: [
                (rang, colonne, cellule.value)
                for rang, rangee in enumerate(feuille.iter_rows())
                for colonne, cellule in enumerate(rangee)
                if cellule.value is not None or cellule.has_style
            ]
            for feuille in classeur.worksheets
        }
    cible.write_text(json.dumps(formulaires, ensure_ascii=False), encoding="utf-8")


def _write_returns(source: Path, cible: Path, nombre: int) -> None:
    """Un contrat aux nombreux organismes et le classeur que chacun a rendu."""
    copytree(source / "data", cible / "data")
    codes = [f"org-{rang:04}" for rang in range(nombre)]
    contrat = cible / "data" / "contrat.yaml"
    registre = "".join(f"  {code}: {{nom: Organisme {code[4:]}}}\n" for code in codes)
    texte = contrat.read_text(encoding="utf-8")
    contrat.write_text(
        texte.replace("\norganismes:\n", f"\norganismes:\n{registre}", 1), encoding="utf-8"
    )
    for rang, fiche in enumerate(sorted((cible / "data" / "fiches").glob("[0-9]*.yaml"))):
        siens = ", ".join(codes[rang % GROUPES :: GROUPES])
        texte = fiche.read_text(encoding="utf-8")
        fiche.write_text(
            re.sub(r"^  repondants: \[", f"  repondants: [{siens}, ", texte, flags=re.MULTILINE),
            encoding="utf-8",
        )
    dossier = require_dossier(cible)
    retours = cible / "retours" / str(EXERCICE)
    retours.mkdir(parents=True)
    for formulaire in prepare_forms(dossier, EXERCICE, codes[:GROUPES]):
        modele = formulaire.organisme
        rempli = fill_form(formulaire.chemin.read_bytes(), dict(_typed(dossier, modele)))
        for code in codes[codes.index(modele) :: GROUPES]:
            signe = _signed_by(rempli, _identity(dossier, modele), _identity(dossier, code))
            (retours / f"{code}.xlsx").write_bytes(signe)


def _typed(
    dossier: Dossier, organisme: str
) -> Iterator[tuple[tuple[str, str], dict[str, str | int | float]]]:
    for situee in dossier.demandees(EXERCICE, organisme):
        cellules = answer_measure(situee, organisme, EXERCICE).cellules
        douteuse = situee.mesure.type is TypeMesure.NOMBRE and isinstance(
            cellules.get("valeur"), str
        )
        # A doubt makes collect exit with 1, which could not be told from a collect that failed.
        yield (situee.cle, ""), {"valeur": 12} if douteuse else cellules
    for fiche in dossier.fiches_de(organisme, EXERCICE):
        rubriques = answer_rubrics(fiche.id, organisme, EXERCICE, financee=False)
        for champ, reponse in rubriques.items():
            yield (fiche.id, champ), {"reponse": reponse}


def _identity(dossier: Dossier, code: str) -> tuple[str, ...]:
    """Ce qui, dans un formulaire, dit de qui il est : le code, le nom, l'empreinte."""
    empreinte = fingerprint(compute_demande(dossier, EXERCICE, code))
    return code, dossier.contrat.nom_court(code), empreinte


def _signed_by(octets: bytes, modele: tuple[str, ...], autre: tuple[str, ...]) -> bytes:
    """Le classeur d'un modèle au nom d'un autre organisme du même groupe, donc au même contenu."""
    sortie = BytesIO()
    with ZipFile(BytesIO(octets)) as source, ZipFile(sortie, "w", ZIP_DEFLATED) as copie:
        for nom in source.namelist():
            partie = source.read(nom)
            for avant, apres in zip(modele, autre, strict=True):
                partie = partie.replace(avant.encode(), apres.encode())
            copie.writestr(ZipInfo(nom), partie, ZIP_DEFLATED)
    return sortie.getvalue()


if __name__ == "__main__":
    write_inputs(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
