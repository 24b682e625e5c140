"""A whole cycle on the demonstration: what is typed is what the report says, in every format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from clsmon.cli.running import run
from clsmon.model.releve import Etat
from clsmon.opening import require_dossier

EXERCICE = 2025


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, made once."""
    racine = tmp_path_factory.mktemp("demonstration") / "demo"
    assert run(["demo", str(racine), "--quiet"]) == 0
    return racine


@cache
def opened(classeur: Path) -> Workbook:
    """A workbook of the demonstration, which no test changes, read once."""
    return load_workbook(classeur)


def typed(racine: Path) -> Iterator[tuple[str, str, str, Any]]:
    """(organisme, key, cell, value) of every number in the returned workbooks, by openpyxl."""
    for classeur in sorted((racine / "retours" / str(EXERCICE)).glob("*.xlsx")):
        feuille = opened(classeur)["Saisie"]
        colonnes = {str(c.value): c.column for c in feuille[1] if c.value}
        for rangee in range(3, feuille.max_row + 1):
            cle = feuille.cell(rangee, colonnes["cle"]).value
            cellule = feuille.cell(rangee, colonnes["valeur"])
            if cle and isinstance(cellule.value, int | float):
                yield classeur.stem, str(cle), f"Saisie!{cellule.coordinate}", cellule.value


def tree(racine: Path) -> dict[str, str]:
    """The imprint of every file of a dossier."""
    return {
        chemin.relative_to(racine).as_posix(): sha256(chemin.read_bytes()).hexdigest()
        for chemin in sorted(racine.rglob("*"))
        if chemin.is_file() and chemin.name != ".clsmon.lock"
    }


def rows(racine: Path, feuille: str) -> list[dict[str, Any]]:
    """The rows of one sheet of the Excel report, by heading."""
    classeur = opened(racine / "bilans" / str(EXERCICE) / f"bilan-{EXERCICE}.xlsx")
    lignes = list(classeur[feuille].iter_rows(min_row=3, values_only=True))
    return [dict(zip(map(str, lignes[0]), ligne, strict=True)) for ligne in lignes[1:]]


def test_every_number_typed_is_recorded_with_its_cell(demo: Path) -> None:
    dossier = require_dossier(demo)
    releves = {r.organisme: r for r in dossier.releves_de(EXERCICE).values()}
    seen = 0
    for organisme, cle, cellule, tape in typed(demo):
        valeur = releves[organisme].valeurs[cle]
        assert (valeur.nombre, valeur.cellule) == (Decimal(str(tape)), cellule)
        seen += 1
    recorded = sum(
        v.etat in {Etat.RENSEIGNE, Etat.ESTIME}
        and v.numerateur is None
        and dossier.mesures[cle].mesure.type.chiffre
        for r in releves.values()
        for cle, v in r.valeurs.items()
    )
    assert seen == recorded > 80


def test_every_number_typed_stands_in_both_reports_with_its_cell(demo: Path) -> None:
    markdown = (demo / f"bilans/{EXERCICE}/bilan-{EXERCICE}.md").read_text(encoding="utf-8")
    cells = {
        (r["Clé"], r["Classeur reçu"], r["Cellule"]): r["Réponse lue"]
        for r in rows(demo, "Provenance")
        if r["Exercice"] == EXERCICE
    }
    for organisme, cle, cellule, tape in typed(demo):
        lu = cells[cle, f"{organisme}.xlsx", cellule]
        assert re.sub(r"[\s\u00a0]", "", lu.split(" (")[0]) == str(tape)
        line = next(
            line
            for line in markdown.split("\n")
            if line.startswith(f"| {cle} | {EXERCICE} |") and f"{organisme}\\.xlsx" in line
        )
        assert f"| {lu} |" in line
        assert f"| {cellule} |" in line


def test_a_plain_measure_has_the_same_figure_in_releve_and_excel(demo: Path) -> None:
    dossier = require_dossier(demo)
    one_answer = {s.cle for s in dossier.demandees(EXERCICE) if len(s.repondants) == 1}
    shown = {r["Clé"]: r["Valeur"] for r in rows(demo, "Indicateurs") if r["Année"] == EXERCICE}
    compared = [
        (Decimal(str(shown[cle])), Decimal(str(tape)))
        for _, cle, _, tape in typed(demo)
        if cle in one_answer
    ]
    assert len(compared) > 30
    assert all(left == right for left, right in compared)


def amounts_typed(racine: Path) -> Iterator[tuple[str, str, str, Any]]:
    """(organisme, fiche/rubric, cell, value) of every amount in the returned workbooks."""
    for classeur in sorted((racine / "retours" / str(EXERCICE)).glob("*.xlsx")):
        feuille = opened(classeur)["Fiches"]
        colonnes = {str(c.value): c.column for c in feuille[1] if c.value}
        for rangee in range(3, feuille.max_row + 1):
            champ = str(feuille.cell(rangee, colonnes["champ"]).value or "")
            cellule = feuille.cell(rangee, colonnes["reponse"])
            if champ.startswith(("depenses.", "aides.")) and isinstance(cellule.value, int):
                fiche = feuille.cell(rangee, colonnes["cle"]).value
                place = f"Fiches!{cellule.coordinate}"
                yield classeur.stem, f"{fiche}/{champ}", place, cellule.value


def test_every_amount_typed_stands_in_the_workbook_with_its_cell(demo: Path) -> None:
    tapes = {
        (cle, f"{organisme}.xlsx", cellule): valeur
        for organisme, cle, cellule, valeur in amounts_typed(demo)
    }
    montres = {
        (r["Clé"], r["Classeur reçu"], r["Cellule"]): r["Montant"]
        for r in rows(demo, "Montants")
        if r["Montant"] is not None
    }
    assert montres == tapes
    assert len(tapes) > 20


def test_section_seven_and_the_computed_indicators_are_the_same(demo: Path) -> None:
    indicateurs = {
        r["Clé"]: (r["Numérateur"], r["Dénominateur"])
        for r in rows(demo, "Indicateurs")
        if r["Année"] == EXERCICE
    }
    classeur = opened(demo / f"bilans/{EXERCICE}/bilan-{EXERCICE}.xlsx")
    lignes = [
        [v for v in ligne if v is not None]
        for ligne in classeur["Gouvernance"].iter_rows(values_only=True)
    ]
    ensemble = next(ligne for ligne in lignes if ligne[:1] == ["Ensemble"])
    convocations, presences = ensemble[-4:-2]
    assert indicateurs["5.1/participation/taux"] == (presences, convocations)
    entete = next(r for r, x in enumerate(lignes) if x[:1] == ["Organisme qui porte l’action"])
    porteur = next(x for x in lignes[entete:] if x[0] == "Dijon métropole")
    assert indicateurs["5.1/realisation-actions/taux"] == (porteur[2], porteur[1])


def test_blanks_absences_estimates_and_doubts_stay_apart(demo: Path) -> None:
    words = {r["État"] for r in rows(demo, "Indicateurs") if r["Année"] == EXERCICE}
    assert words >= {
        "renseigné",
        "estimé",
        "non disponible",
        "sans objet",
        "à vérifier",
        "non répondu",
    }


def test_collecting_again_changes_no_byte(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(demo)
    code = run(["collect", "--dossier", str(demo), "--exercice", str(EXERCICE)])
    assert code == 1, "the doubtful answers are still asked"
    assert "rien de nouveau" in capsys.readouterr().err
    assert tree(demo) == before


def test_the_same_data_make_the_same_reports(demo: Path) -> None:
    before = tree(demo)
    date = "2026-03-20"
    assert run(["bilan", "--dossier", str(demo), "--date", date, "--quiet"]) == 0
    assert tree(demo) == before


def test_fictitious_answers_say_so_everywhere(demo: Path) -> None:
    dossier = require_dossier(demo)
    assert all(r.fictif for r in dossier.releves.values())
    assert dossier.seances
    assert all("fictive" in decision.texte for _, decision in dossier.decisions.values())
    programme = dossier.programmes[EXERCICE].values()
    assert all("fictif" in action.libelle for actions in programme for action in actions)
    classeur = opened(demo / f"bilans/{EXERCICE}/bilan-{EXERCICE}.xlsx")
    for feuille in classeur:
        assert "DONNÉES FICTIVES" in str(feuille["A1"].value), feuille.title
    formulaire = opened(demo / f"formulaires/{EXERCICE}/apo.xlsx")
    for feuille in formulaire:
        if feuille.sheet_state == "visible":
            texts = {str(c.value) for r in feuille.iter_rows(max_row=6) for c in r}
            assert any("DONNÉES FICTIVES" in text for text in texts), feuille.title


def test_the_demonstration_can_be_made_again_but_erases_nothing_else(
    demo: Path, tmp_path: Path
) -> None:
    assert run(["validate", "--strict", "--dossier", str(demo)]) == 0
    (tmp_path / "mes-fichiers.txt").write_text("précieux", encoding="utf-8")
    assert run(["demo", str(tmp_path)]) == 1
    assert [c.name for c in tmp_path.iterdir()] == ["mes-fichiers.txt"]
