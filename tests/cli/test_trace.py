"""`clsmon trace`: from the figure of the report back to the cell, on a screen or in a pipe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.returns import Atelier

Lance = Callable[..., tuple[int, str, str]]

ECOLES, LIVRES = "3.1/ecoles-classes/ecoles", "3.1/livres/livres"


@pytest.fixture
def trace(lance: Lance, copie: Path) -> Lance:
    return lambda *arguments: lance("trace", *arguments, "--dossier", copie)


def fits(out: str) -> bool:
    return all(len(ligne) <= 80 for ligne in out.split("\n"))


def test_a_figure_leads_to_its_cell_and_its_workbook(trace: Lance, copie: Path) -> None:
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: "~12"})
    (collecte,) = atelier.collect()
    assert collecte.releve is not None
    code, out, err = trace(ECOLES)
    assert (code, err) == (0, "")
    assert fits(out)
    assert out.split("\n")[:5] == [
        ECOLES,
        "fiche        3.1 Prévenir les troubles du langage chez les enfants",
        "indicateur   Nombre d’écoles et de classes concernées",
        "mesure       Écoles concernées (nombre, écoles)",
        "demandée à   APO",
    ]
    annee = out.partition("2025\n")[2]
    assert f"    relevé       {collecte.nom}\n" in annee
    assert f"    classeur     apo.xlsx (sha256 {collecte.releve.recu.sha256[:12]})\n" in annee
    assert "    cellule      Saisie!H12\n" in annee
    assert "    tapé         «\u00a0~12\u00a0»\n" in annee
    assert "    règle        " in annee


def test_replaced_readings_stay(trace: Lance, copie: Path) -> None:
    atelier = Atelier(copie)
    atelier.answer("apo", {LIVRES: 10})
    atelier.collect()
    atelier.answer("apo", {LIVRES: 11}, nom="apo-v2.xlsx")
    atelier.collect()
    _, out, _ = trace(LIVRES)
    assert "  APO : 11\n" in out
    assert "    remplacée    10\n" in out
    assert out.index("apo-v2.xlsx") < out.index("apo.xlsx")


def test_the_reading_kept_of_several_is_marked(trace: Lance, copie: Path) -> None:
    cle = "1.1/porteurs-accompagnes/porteurs"
    atelier = Atelier(copie)
    atelier.answer("ars", {cle: 7})
    atelier.answer("cpam", {cle: 9})
    atelier.collect()
    _, out, _ = trace(cle)
    assert "  au bilan     7 (ARS)\n" in out
    assert "  Dijon métropole : pas de réponse\n  ARS : 7 ; retenue au bilan\n" in out
    assert "  CPAM : 9\n" in out


def test_several_years_one_after_the_other_or_the_one_asked(trace: Lance, copie: Path) -> None:
    atelier = Atelier(copie)
    for exercice, livres in ((2024, 8), (2025, 9)):
        atelier.drop(f"apo-{exercice}.xlsx", atelier.form("apo", exercice))
        atelier.answer("apo", {LIVRES: livres}, f"apo-{exercice}.xlsx", exercice=exercice)
        atelier.collect(atelier.retours / f"apo-{exercice}.xlsx", exercice=exercice)
    _, out, _ = trace(LIVRES)
    assert out.index("\n2024\n") < out.index("\n2025\n")
    _, out, _ = trace(LIVRES, "--exercice", 2024)
    assert "2025" not in out


def test_a_measure_nobody_answered_says_so(trace: Lance) -> None:
    code, out, err = trace(ECOLES)
    assert code == 0
    assert out.startswith(ECOLES)
    assert "Rien n'est encore enregistré" in err
    code, out, err = trace(ECOLES, "--exercice", 2025)
    assert "  au bilan     non répondu\n  APO : pas de réponse\n" in out


def test_a_computed_measure_says_how(trace: Lance, copie: Path) -> None:
    (copie / "data" / "seances").mkdir()
    (copie / "data" / "seances" / "2025-05-12-copil.yaml").write_text(
        "instance: copil\ndate: 2025-05-12\netat: tenue\nconvoques: [ars, cpam, apo]\n"
        "presents: [ars, cpam]\n",
        encoding="utf-8",
    )
    _, out, _ = trace("5.1/participation/taux")
    assert "calculée     Présents parmi les convoqués, en" in out
    assert "2 sur 3, soit 66,7\u00a0% (calculé)" in out
    assert fits(out)


def test_an_old_key_is_followed_and_said(trace: Lance, copie: Path) -> None:
    fiche = copie / "data" / "fiches" / "3.1.yaml"
    texte = fiche.read_text(encoding="utf-8")
    fiche.write_text(texte.replace("{id: livres, ", "{id: livres, anciennes_cles: [3.1/l/l], "))
    code, out, err = trace("3.1/l/l")
    assert code == 0
    assert f"« 3.1/l/l » est l'ancienne clé de « {LIVRES} »." in err
    assert "autrefois    3.1/l/l" in out


@pytest.mark.parametrize(
    ("cle", "conseil"),
    [
        pytest.param("3.1/ecoles-clases/ecole", f"Vouliez-vous dire « {ECOLES} » ?", id="a slip"),
        pytest.param(
            "5.1/participation", "Vouliez-vous dire « 5.1/participation/taux » ?", id="a part"
        ),
        pytest.param("livres", "Une clé s'écrit fiche/indicateur/mesure", id="a word"),
    ],
)
def test_an_unknown_key_has_at_most_one_suggestion(trace: Lance, cle: str, conseil: str) -> None:
    code, out, err = trace(cle)
    assert (code, out) == (2, "")
    assert f"mesure inconnue : « {cle} »" in err
    assert conseil in err


def test_a_year_out_of_the_contract_is_refused(trace: Lance) -> None:
    code, _, err = trace(ECOLES, "--exercice", 2031)
    assert code == 2
    assert "l'exercice 2031 n'est pas dans la période" in err
