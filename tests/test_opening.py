"""Finding the dossier, the day, the exercice and the organismes; each refusal is one sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clsmon.model.anomalie import ClsmonError, MauvaisUsageError
from clsmon.model.dossier import Dossier
from clsmon.opening import (
    exercice_of,
    find_root,
    open_dossier,
    organismes_of,
    packaged,
    require_dossier,
    today,
)

JOUR = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The person's own settings change nothing here."""
    monkeypatch.delenv("CLSMON_DOSSIER", raising=False)
    monkeypatch.delenv("CLSMON_DATE", raising=False)


def edit(racine: Path, fichier: str, avant: str, apres: str) -> None:
    chemin = racine / "data" / fichier
    texte = chemin.read_text(encoding="utf-8")
    assert avant in texte
    chemin.write_text(texte.replace(avant, apres, 1), encoding="utf-8")


# La racine


def test_root_is_the_one_asked_for(copie: Path) -> None:
    assert find_root(copie) == copie.resolve()


def test_root_comes_from_the_environment(copie: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLSMON_DOSSIER", str(copie))
    assert find_root(None) == copie.resolve()


def test_root_is_sought_upwards(copie: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copie / "data" / "fiches")
    assert find_root(None) == copie.resolve()


def test_root_asked_for_is_not_sought_upwards(copie: Path) -> None:
    with pytest.raises(MauvaisUsageError, match=r"aucun fichier data/contrat\.yaml n'y figure"):
        find_root(copie / "data")


def test_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MauvaisUsageError) as refus:
        find_root(None)
    assert str(tmp_path) in refus.value.message
    assert "--dossier CHEMIN" in refus.value.conseil
    assert refus.value.code_sortie == 2


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(MauvaisUsageError, match="ce dossier n'existe pas"):
        find_root(tmp_path / "absent")


# Le dossier


def test_sound_dossier(dijon: Dossier) -> None:
    assert len(dijon.fiches) == 22
    assert dijon.racine == packaged("dijon")


def test_first_error_of_form_stops_and_counts_the_others(copie: Path) -> None:
    edit(copie, "fiches/1.1.yaml", "statut: programmee", "statut: programme")
    with pytest.raises(ClsmonError) as refus:
        require_dossier(copie)
    assert refus.value.message.startswith("le dossier ne se lit pas en entier : ")
    assert "(et" not in refus.value.message
    assert refus.value.lieu is not None
    assert refus.value.lieu.fichier == "data/fiches/1.1.yaml"
    edit(copie, "fiches/1.2.yaml", "statut: programmee", "statut: programme")
    with pytest.raises(ClsmonError, match=r"\(et 1 autre erreur\)$"):
        require_dossier(copie)
    edit(copie, "fiches/2.1.yaml", "statut: programmee", "statut: programme")
    with pytest.raises(ClsmonError, match=r"\(et 2 autres erreurs\)$"):
        require_dossier(copie)


def test_unreadable_contract_gives_no_dossier_and_says_why(copie: Path) -> None:
    (copie / "data" / "contrat.yaml").write_bytes("titre: Été\n".encode("latin-1"))
    dossier, anomalies = open_dossier(copie)
    assert dossier is None
    assert [a.code for a in anomalies if a.lieu.fichier == "data/contrat.yaml"] == ["YML006"]
    with pytest.raises(ClsmonError, match="UTF-8"):
        require_dossier(copie)


# Le jour et l'exercice


@pytest.mark.parametrize(
    ("demandee", "environnement", "attendu"),
    [
        pytest.param("2026-03-15", None, date(2026, 3, 15), id="demandée"),
        pytest.param("2026-03-15", "2027-01-01", date(2026, 3, 15), id="demandée d'abord"),
        pytest.param(None, "2027-01-01", date(2027, 1, 1), id="environnement"),
        pytest.param("2024-02-29", None, date(2024, 2, 29), id="année bissextile"),
    ],
)
def test_day(
    monkeypatch: pytest.MonkeyPatch,
    demandee: str | None,
    environnement: str | None,
    attendu: date,
) -> None:
    if environnement:
        monkeypatch.setenv("CLSMON_DATE", environnement)
    assert today(demandee) == attendu


@pytest.mark.parametrize(
    "texte", ["15/03/2026", "2026-3-5", "20260315", "2026-W11-7", "2026-02-30", "demain"]
)
def test_day_written_otherwise_is_refused(texte: str) -> None:
    with pytest.raises(MauvaisUsageError) as refus:
        today(texte)
    assert refus.value.message == f"date incorrecte : « {texte} »"


def test_exercice_is_last_year_by_default(dijon: Dossier) -> None:
    assert exercice_of(None, JOUR, dijon) == 2025
    assert exercice_of(2028, JOUR, dijon) == 2028


@pytest.mark.parametrize(
    ("demande", "jour"), [(2023, JOUR), (2029, JOUR), (None, date(2024, 5, 1))]
)
def test_exercice_outside_the_contract(dijon: Dossier, demande: int | None, jour: date) -> None:
    with pytest.raises(MauvaisUsageError, match=r"n'est pas dans la période du contrat"):
        exercice_of(demande, jour, dijon)


# Les organismes


def test_organismes(dijon: Dossier) -> None:
    tous = organismes_of((), 2025, dijon)
    assert len(tous) == 15
    assert organismes_of(("emas", "apo"), 2025, dijon) == tuple(
        code for code in tous if code in {"apo", "emas"}
    )


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("ap0", "organisme inconnu : « ap0 »"),
        ("chenove", "« chenove » n'est pas interrogé pour l'exercice 2025"),
    ],
)
def test_organisme_that_is_not_asked(dijon: Dossier, code: str, message: str) -> None:
    with pytest.raises(MauvaisUsageError) as refus:
        organismes_of((code,), 2025, dijon)
    assert refus.value.message == message
    assert refus.value.conseil


def test_what_comes_with_the_tool() -> None:
    assert (packaged("dijon") / "data" / "contrat.yaml").is_file()
    assert any(packaged("templates").iterdir())
