"""`clsmon calendar`: late first, this month, later; and an agenda to import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar

from clsmon.cli.deadline_tables import group_deadlines

Lance = Callable[..., tuple[int, str, str]]

SEANCE = """
instance: copil
date: 2025-05-13
etat: tenue
decisions:
  - {id: D1, nature: autre, texte: Tenir un point d’étape, responsable: ars, echeance: 2026-01-31}
  - {id: D2, nature: autre, texte: Réunir les mairies, echeance: 2026-02-28}
  - {id: D3, nature: autre, texte: Écrire aux partenaires, echeance: 2026-03-01}
"""


@pytest.fixture
def decide(copie: Path) -> Path:
    """A contract whose COPIL took three decisions."""
    seance = copie / "data" / "seances" / "2025-05-13-copil.yaml"
    seance.parent.mkdir()
    seance.write_text(SEANCE, encoding="utf-8")
    return copie


@pytest.fixture
def calendar(lance: Lance, decide: Path) -> Lance:
    def launch(*arguments: object, jour: str = "2026-02-10") -> tuple[int, str, str]:
        return lance("calendar", "--date", jour, "--dossier", decide, *arguments)

    return launch


def test_late_first_then_this_month_then_later(calendar: Lance) -> None:
    code, out, err = calendar()
    assert code == 0
    assert max(map(len, out.split("\n"))) <= 80
    assert out.startswith(
        "Contrat Local de Santé de Dijon métropole, échéances au 10 février 2026\n"
    )
    places = [
        out.index(mots)
        for mots in (
            "EN RETARD",
            "31/01/2026",
            "2025-05-13-copil/D1",
            "CE MOIS-CI",
            "28/02/2026",
            "PLUS TARD",
            "01/03/2026",
            "31/12/2028*",
            "* provisoire",
        )
    ]
    assert places == sorted(places)
    assert err == "Et maintenant : clsmon calendar -o echeances.ics\n"


def test_a_group_without_deadline_is_not_shown(calendar: Lance) -> None:
    _, out, _ = calendar(jour="2025-06-01")
    assert "EN RETARD" not in out
    assert "CE MOIS-CI" not in out
    assert "PLUS TARD" in out


def test_every_deadline_is_in_one_group(calendar: Lance, decide: Path) -> None:
    from datetime import date  # noqa: PLC0415  only here

    from clsmon.analysis.deadlines import compute_deadlines  # noqa: PLC0415  idem
    from clsmon.opening import require_dossier  # noqa: PLC0415  idem

    jour = date(2026, 2, 10)
    echeances = compute_deadlines(require_dossier(decide), jour)
    groupes = group_deadlines(echeances, jour)
    assert tuple(e for _, groupe in groupes for e in groupe) == echeances


def test_the_agenda_is_written_and_named(calendar: Lance, tmp_path: Path) -> None:
    sortie = tmp_path / "agenda" / "echeances.ics"
    code, out, err = calendar("-o", sortie)
    assert (code, out) == (0, f"{sortie}\n")
    assert "dont 1 en retard, à importer dans votre agenda." in err
    assert err.endswith("Et maintenant : clsmon status --exercice 2025\n")
    evenements = Calendar.from_ical(sortie.read_bytes()).walk("VEVENT")
    assert str(evenements[0]["summary"]) == "En retard : Tenir un point d’étape"
    assert calendar("-o", sortie, "--quiet")[2] == ""


def test_out_of_the_campaign_the_table_is_the_next_thing(calendar: Lance, tmp_path: Path) -> None:
    err = calendar("-o", tmp_path / "e.ics", jour="2026-06-01")[2]
    assert err.endswith("Et maintenant : clsmon calendar\n")


def test_a_contract_that_is_over_has_no_deadline(lance: Lance, copie: Path) -> None:
    code, out, _ = lance("calendar", "--date", "2031-01-01", "--dossier", copie)
    assert code == 0
    assert "Aucune échéance" in out


def test_an_agenda_ends_in_ics(calendar: Lance, tmp_path: Path) -> None:
    code, _, err = calendar("-o", tmp_path / "echeances.txt")
    assert code == 2
    assert "« echeances.txt » n'est pas un nom d'agenda" in err
    assert "→" in err


def test_an_agenda_that_cannot_be_written_says_so(calendar: Lance, tmp_path: Path) -> None:
    (tmp_path / "plein.ics").mkdir()
    code, _, err = calendar("-o", tmp_path / "plein.ics")
    assert code == 1
    assert "impossible d'écrire « plein.ics »" in err
