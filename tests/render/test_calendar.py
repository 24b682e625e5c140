"""The .ics: it reads back as written, by the library and by hand, and is the same twice."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from clsmon.analysis.deadlines import compute_deadlines
from clsmon.model.contrat import Contrat
from clsmon.model.dossier import Dossier
from clsmon.model.echeance import Echeance, GenreEcheance
from clsmon.render.calendar import render_calendar

from .bilan_samples import build_contrat
from .hostile import HOSTILES

JOUR = date(2026, 4, 20)
ECHEANCE = Echeance(
    date=date(2026, 9, 30),
    genre=GenreEcheance.DECISION,
    cle="decision-2025-05-13-copil/D1",
    titre="Tenir un point d’étape, à la mairie ; salle « Été »",
    consigne="Réaliser la décision.",
    responsable="ARS",
    source="2025-05-13-copil/D1",
)


@pytest.fixture
def contrat() -> Contrat:
    return build_contrat("ordinaire")


def write(contrat: Contrat, *echeances: Echeance, jour: date = JOUR, **autres: Any) -> bytes:
    return render_calendar(contrat, jour, echeances, **autres)


def events(octets: bytes) -> list[Any]:
    """Their properties are of many classes, read here by their names."""
    return list(Calendar.from_ical(octets).walk("VEVENT"))


def event(contrat: Contrat, echeance: Echeance = ECHEANCE, **autres: Any) -> Any:
    (seul,) = events(write(contrat, echeance, **autres))
    return seul


def read_by_hand(octets: bytes) -> list[dict[str, str]]:
    """A reader of our own, after RFC 5545: unfold, cut at the first colon, take escapes away."""
    evenements: list[dict[str, str]] = []
    pile: list[str] = []
    for ligne in octets.decode().replace("\r\n ", "").split("\r\n"):
        nom, _, brut = ligne.partition(":")
        nom = nom.split(";")[0]
        valeur = re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], brut)
        if nom == "BEGIN":
            pile.append(valeur)
            if valeur == "VEVENT":
                evenements.append({})
        elif nom == "END":
            assert pile.pop() == valeur
        elif pile[-1:] == ["VEVENT"]:
            assert nom not in evenements[-1], f"{nom} twice"
            evenements[-1][nom] = valeur
    assert not pile
    return evenements


def test_an_event_reads_back_as_it_was_written(contrat: Contrat) -> None:
    lu = event(contrat)
    assert lu["summary"] == ECHEANCE.titre
    assert (lu["dtstart"].dt, lu["dtend"].dt) == (date(2026, 9, 30), date(2026, 10, 1))
    assert lu["description"].split("\n") == [
        "Réaliser la décision.",
        "Qui : ARS",
        "Source : 2025-05-13-copil/D1",
    ]
    assert lu["categories"].cats == ["décision"]
    assert (lu["status"], lu["transp"]) == ("CONFIRMED", "TRANSPARENT")


def test_another_reader_finds_the_same(dijon: Dossier) -> None:
    echeances = compute_deadlines(dijon, JOUR)
    octets = render_calendar(dijon.contrat, JOUR, echeances)
    a_la_main = read_by_hand(octets)
    assert len(a_la_main) == len(echeances) > 10
    for lu, main, echeance in zip(events(octets), a_la_main, echeances, strict=True):
        assert main["DTSTART"] == f"{echeance.date:%Y%m%d}"
        for champ in ("summary", "description", "uid", "status"):
            assert main[champ.upper()] == str(lu[champ])


def test_lines_are_those_of_the_standard(dijon: Dossier) -> None:
    echeances = compute_deadlines(dijon, JOUR)
    long = replace(ECHEANCE, titre="é" * 119, consigne="Une consigne très longue. " * 20)
    octets = render_calendar(dijon.contrat, JOUR, (*echeances, long))
    assert octets.count(b"\n") == octets.count(b"\r\n")
    assert max(map(len, octets.split(b"\r\n"))) <= 75
    assert octets.decode().startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert {"METHOD:PUBLISH", "CALSCALE:GREGORIAN"} <= set(octets.decode().split("\r\n"))


def test_reminders_ring_at_nine_thirty_and_seven_days_before(contrat: Contrat) -> None:
    rappels = event(contrat).walk("VALARM")
    moments = [ECHEANCE_MINUIT + r["trigger"].dt for r in rappels]
    assert moments == [datetime(2026, 8, 31, 9), datetime(2026, 9, 23, 9)]  # noqa: DTZ001  a day has no zone
    assert {str(r["action"]) for r in rappels} == {"DISPLAY"}


ECHEANCE_MINUIT = datetime(2026, 9, 30)  # noqa: DTZ001  idem


@pytest.mark.parametrize("jour", [date(2026, 9, 30), date(2026, 10, 1)])
def test_what_is_due_today_or_late_does_not_ring(contrat: Contrat, jour: date) -> None:
    assert event(contrat, jour=jour).walk("VALARM") == []


def test_what_is_late_says_so(contrat: Contrat) -> None:
    lu = event(contrat, replace(ECHEANCE, en_retard=True))
    assert str(lu["summary"]) == f"En retard : {ECHEANCE.titre}"


def test_what_is_provisional_is_tentative_and_says_why(contrat: Contrat) -> None:
    lu = event(contrat, replace(ECHEANCE, provisoire=True))
    assert lu["status"] == "TENTATIVE"
    assert str(lu["summary"]).endswith(" (provisoire)")
    assert "signature" in lu["description"]


def test_fictitious_data_say_so_in_each_event(contrat: Contrat) -> None:
    octets = write(contrat, ECHEANCE, fictif=True)
    assert "DONNÉES FICTIVES" in str(Calendar.from_ical(octets)["x-wr-calname"])
    (lu,) = events(octets)
    assert str(lu["summary"]).startswith("DONNÉES FICTIVES : ")
    assert str(lu["description"]).startswith("DONNÉES FICTIVES\n")
    assert "FICTIVES" not in write(contrat, ECHEANCE).decode()


def test_the_same_day_gives_the_same_bytes(dijon: Dossier) -> None:
    premier, second = (
        render_calendar(dijon.contrat, JOUR, compute_deadlines(dijon, JOUR)) for _ in range(2)
    )
    assert premier == second


def test_a_deadline_that_moves_stays_the_same_event_in_a_later_revision(contrat: Contrat) -> None:
    demain = JOUR + timedelta(days=1)
    avant = event(contrat)
    apres = event(contrat, replace(ECHEANCE, date=date(2026, 11, 30)), jour=demain)
    assert avant["uid"] == apres["uid"]
    assert avant["sequence"] < apres["sequence"]
    assert avant["dtstamp"].dt < apres["dtstamp"].dt
    assert avant["dtstamp"].dt == datetime(2026, 4, 20, tzinfo=UTC)


def test_two_contracts_do_not_mix_in_one_agenda(contrat: Contrat, dijon: Dossier) -> None:
    uids = {str(event(c)["uid"]) for c in (contrat, dijon.contrat)}
    assert uids == {
        "decision-2025-05-13-copil/D1.cls-territoire-ordinaire-2024@clsmon",
        "decision-2025-05-13-copil/D1.cls-dijon-metropole-2024@clsmon",
    }


def test_every_event_of_a_calendar_has_its_own_name(dijon: Dossier) -> None:
    lus = events(render_calendar(dijon.contrat, JOUR, compute_deadlines(dijon, JOUR)))
    assert len({str(lu["uid"]) for lu in lus}) == len(lus)


@pytest.mark.parametrize("texte", HOSTILES)
def test_hostile_text_adds_no_line_and_no_property(contrat: Contrat, texte: str) -> None:
    touchee = replace(
        ECHEANCE, titre=texte, consigne=texte, responsable=texte or "ARS", source=texte
    )
    (sain,), (hostile,) = (read_by_hand(write(contrat, e)) for e in (ECHEANCE, touchee))
    assert list(hostile) == list(sain)
    octets = write(contrat, touchee)
    assert octets.count(b"BEGIN:") == write(contrat, ECHEANCE).count(b"BEGIN:")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", octets.decode())


def test_a_title_too_long_is_cut_and_whole_in_the_description(contrat: Contrat) -> None:
    titre = "Une décision " * 30
    lu = event(contrat, replace(ECHEANCE, titre=titre))
    assert len(str(lu["summary"])) == 120
    assert str(lu["summary"]).endswith("…")
    assert titre.strip() in str(lu["description"])


def test_the_last_day_of_all_has_no_next_day(contrat: Contrat) -> None:
    assert "dtend" not in event(contrat, replace(ECHEANCE, date=date.max))


def test_an_empty_calendar_is_a_calendar(contrat: Contrat) -> None:
    assert events(write(contrat)) == []
