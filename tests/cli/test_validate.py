"""`clsmon validate`: a wrong edit is refused at its very place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Lance = Callable[..., tuple[int, str, str]]

FICHE = "data/fiches/1.1.yaml"


def edit(racine: Path, avant: str, apres: str, fichier: str = FICHE) -> None:
    chemin = racine / fichier
    texte = chemin.read_text(encoding="utf-8")
    assert texte.count(avant) >= 1, avant
    chemin.write_text(texte.replace(avant, apres, 1), encoding="utf-8", newline="\n")


def line_of(racine: Path, fragment: str, fichier: str = FICHE) -> tuple[int, int]:
    """Line and column of a fragment, both from 1."""
    lines = (racine / fichier).read_text(encoding="utf-8").split("\n")
    row = next(i for i, line in enumerate(lines) if fragment in line)
    return row + 1, lines[row].index(fragment) + 1


def test_the_dijon_contract_is_sound(lance: Lance, copie: Path) -> None:
    code, out, err = lance("validate", "--strict", "--dossier", copie)
    assert (code, out) == (0, "")
    assert "22 fiches vérifiées" in err


@pytest.mark.parametrize(
    ("avant", "apres", "fragment", "annonce"),
    [
        pytest.param("titre:", "titres:", "titres", "FIC001 erreur", id="unknown key"),
        pytest.param(
            "\nstatut:", '\nid: "1.1"\nstatut:', None, "YML003 erreur", id="duplicate key"
        ),
        pytest.param('axe: "1"', 'axe: "9"', '"9"', "FIC020 erreur", id="unknown axe"),
        pytest.param('id: "1.1"', "id: 1.1", "1.1", "FIC010 erreur", id="float id"),
        pytest.param("type: nombre", "type: nombres", "nombres", "FIC012 erreur", id="bad type"),
        pytest.param("\nstatut:", "\n\tstatut:", "\t", "YML002 erreur", id="tab"),
        pytest.param("titre: ", "titre: !!str ", "!!str", "YML005 erreur", id="tag"),
        pytest.param("titre: ", "titre: *a\nx: ", "*a", "YML004 erreur", id="alias"),
    ],
)
def test_a_wrong_edit_names_its_line_and_column(  # noqa: PLR0917  the row of the table
    lance: Lance, copie: Path, avant: str, apres: str, fragment: str | None, annonce: str
) -> None:
    edit(copie, avant, apres)
    code, out, _ = lance("validate", "--dossier", copie)
    assert code == 1
    first = out.split("\n")[0]
    assert f"  {annonce}  " in first
    if fragment is not None:
        row, column = line_of(copie, fragment)
        assert first.startswith(f"{FICHE}:{row}:{column}  ")


def test_a_latin_1_file_names_the_bad_byte(lance: Lance, copie: Path) -> None:
    texte = (copie / FICHE).read_text(encoding="utf-8")
    (copie / FICHE).write_bytes(texte.replace("é", "\xe9").encode("latin-1", "replace"))
    code, out, _ = lance("validate", "--dossier", copie)
    assert code == 1
    assert out.startswith(f"{FICHE}:")
    assert "YML006 erreur" in out
    assert "UTF-8" in out


def test_an_end_before_its_start_is_refused(lance: Lance, copie: Path) -> None:
    edit(copie, "fin: 2028", "fin: 2023", "data/contrat.yaml")
    code, out, _ = lance("validate", "--dossier", copie)
    row, column = line_of(copie, "2023", "data/contrat.yaml")
    assert code == 1
    assert f"data/contrat.yaml:{row}:{column}  CON0" in out


def test_a_year_beyond_reason_is_refused_at_its_place(lance: Lance, copie: Path) -> None:
    edit(copie, "fin: 2028", "fin: 10000", "data/contrat.yaml")
    code, out, _ = lance("validate", "--dossier", copie)
    row, column = line_of(copie, "10000", "data/contrat.yaml")
    assert code == 1
    assert out.startswith(f"data/contrat.yaml:{row}:{column}  CON003 erreur")


def test_two_wrong_files_are_both_reported(lance: Lance, copie: Path) -> None:
    edit(copie, "titre:", "titres:")
    edit(copie, "titre:", "titree:", "data/fiches/2.1.yaml")
    code, out, _ = lance("validate", "--dossier", copie)
    assert code == 1
    assert "data/fiches/1.1.yaml" in out
    assert "data/fiches/2.1.yaml" in out


def test_a_close_word_is_suggested_and_underlined(lance: Lance, copie: Path) -> None:
    edit(copie, "type: nombre", "type: nombres")
    _, out, _ = lance("validate", "--dossier", copie)
    lines = out.split("\n")
    assert "type: nombres" in lines[1]
    assert lines[2].strip(" |") == "^^^^^^^"
    assert lines[2].index("^") == lines[1].index("nombres")
    assert "vouliez-vous dire « nombre » ?" in lines[3]


def test_json_has_the_agreed_keys(lance: Lance, copie: Path) -> None:
    edit(copie, "titre:", "titres:")
    _, out, _ = lance("validate", "--dossier", copie, "--format", "json")
    records = json.loads(out)
    keys = "fichier ligne colonne feuille cellule code gravite message conseil"
    assert all(list(record) == keys.split() for record in records)
    assert [r["code"] for r in records if r["gravite"] == "erreur"] == ["FIC001"]


def test_github_shows_ten_of_a_kind_and_the_rest_in_the_summary(
    lance: Lance, copie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    _, out, _ = lance("validate", "--dossier", copie)
    notices = [line for line in out.split("\n") if line.startswith("::notice ")]
    assert len(notices) == 10
    assert "autres anomalies" in out
    assert summary.read_text(encoding="utf-8").count("\n| ") > 10


def test_only_the_asked_files_are_shown(lance: Lance, copie: Path) -> None:
    edit(copie, "titre:", "titres:")
    assert lance("validate", copie / "data/fiches/2.1.yaml", "--dossier", copie)[0] == 0
    assert lance("validate", copie / FICHE, "--dossier", copie)[0] == 1


def test_a_missing_dossier_is_wrong_usage_with_its_mend(lance: Lance, tmp_path: Path) -> None:
    code, out, err = lance("validate", "--dossier", tmp_path / "nulle-part")
    assert (code, out) == (2, "")
    assert err.startswith("Erreur : pas de dossier clsmon")
    assert "--dossier" in err


def test_a_link_out_of_the_dossier_is_refused_and_never_shown(
    lance: Lance, copie: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mot de passe", encoding="utf-8")
    (copie / "data/fiches/9.9.yaml").symlink_to(secret)
    code, out, _ = lance("validate", "--dossier", copie)
    assert code == 1
    assert "YML011" in out
    assert "mot de passe" not in out
