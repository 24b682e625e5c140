"""`clsmon seance` and `clsmon forms --seance`: files, screens, and what a wrong name gets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from clsmon.minuting import require_meeting
from clsmon.model.anomalie import MauvaisUsageError
from clsmon.opening import require_dossier
from tests.meetings import EXERCICE, NOM, collect, held, make_form, set_fact

Lance = Callable[..., tuple[int, str, str]]

STATES = ["réalisée", "ouverte", "ouverte", "réalisée", "réalisée", "réalisée"]
"""Adopting, arbitrating and the programme that is written are done; the sheets are to be edited."""


def drop(racine: Path, octets: bytes) -> None:
    retours = racine / "retours" / str(EXERCICE)
    retours.mkdir(parents=True, exist_ok=True)
    (retours / "seance.xlsx").write_bytes(octets)


def test_a_meeting_from_the_workbook_to_its_minutes(copie: Path, lance: Lance) -> None:
    code, out, err = lance("forms", "--seance", NOM, "--dossier", copie)
    assert (code, out.strip().endswith(f"formulaires/2025/seance-{NOM}.xlsx")) == (0, True)
    assert "retours/2025/" in err
    drop(copie, held(copie))
    code, out, err = lance("collect", "--exercice", EXERCICE, "--dossier", copie)
    assert code == 0
    assert out == (
        "seance.xlsx : séance du 12/05/2026 : 6 décisions, 2 présents sur 34 convoqués\n"
        "  (nouveau)\n"
    )
    assert "1 séance enregistrée" in err
    assert f"clsmon seance {NOM}" in err
    code, out, err = lance("seance", NOM, "--format", "md,docx,html,pdf", "--dossier", copie)
    assert code == 0
    sortie = copie / "bilans" / "seances"
    assert sorted(p.name for p in sortie.iterdir()) == [
        f"{NOM}-compte-rendu.{suffixe}" for suffixe in ("docx", "html", "md", "pdf")
    ]
    assert "À écrire dans les fiches, comme la séance l'a décidé\n\n# data/fiches/" in err
    assert err.rstrip().endswith(
        "clsmon diff --exiger, puis clsmon bilan --exercice 2025 --definitif"
    )
    minutes = (sortie / f"{NOM}-compte-rendu.md").read_text(encoding="utf-8")
    assert [ligne[13:] for ligne in minutes.splitlines() if "**État**" in ligne] == STATES
    avant = {p: p.read_bytes() for p in sortie.iterdir()}
    lance("seance", NOM, "--format", "md,docx,html,pdf", "--dossier", copie)
    assert {p: p.read_bytes() for p in sortie.iterdir()} == avant


def test_a_planned_meeting_gets_its_agenda(copie: Path, lance: Lance) -> None:
    drop(copie, make_form(copie))
    lance("collect", "--exercice", EXERCICE, "--dossier", copie)
    code, _, err = lance("seance", NOM, "--dossier", copie)
    assert (code, "envoyez-le avant la séance" in err) == (0, True)
    noms = sorted(p.name for p in (copie / "bilans" / "seances").iterdir())
    assert noms == [f"{NOM}-ordre-du-jour.docx", f"{NOM}-ordre-du-jour.md"]


def test_the_agenda_of_a_held_meeting_is_drawn_as_before_it(copie: Path, lance: Lance) -> None:
    drop(copie, held(copie))
    lance("collect", "--exercice", EXERCICE, "--dossier", copie)
    lance("seance", NOM, "--ordre-du-jour", "--format", "md", "--dossier", copie)
    texte = (copie / "bilans" / "seances" / f"{NOM}-ordre-du-jour.md").read_text(encoding="utf-8")
    assert "## Arbitrages à rendre" in texte
    assert "### D1" not in texte


@pytest.mark.parametrize(
    ("envoye", "suite"),
    [
        pytest.param(None, "Notez le jour de l'envoi dans le classeur", id="not sent yet"),
        pytest.param(date(2026, 4, 20), "Après la séance, notez qui est venu", id="sent"),
    ],
)
def test_the_step_after_an_agenda(
    copie: Path, lance: Lance, envoye: date | None, suite: str
) -> None:
    drop(copie, set_fact(make_form(copie), "envoye_le", envoye))
    lance("collect", "--exercice", EXERCICE, "--dossier", copie)
    assert suite in lance("seance", NOM, "--dossier", copie)[2]


def test_a_doubtful_workbook_says_where_and_what_to_do(copie: Path, lance: Lance) -> None:
    from tests.meetings import fill  # noqa: PLC0415

    drop(copie, fill(make_form(copie), {("Décisions", 0): {"nature": "vœu"}}))
    code, out, err = lance("collect", "--exercice", EXERCICE, "--dossier", copie)
    assert code == 1
    assert out.startswith("seance.xlsx : rien d'enregistré, 1 question\n")
    assert "seance.xlsx, feuille Décisions, cellule B3" in out
    assert "Reprenez les cases nommées ci-dessus" in err
    assert max(map(len, out.split("\n")[:1])) <= 80


def test_a_refused_workbook_of_a_meeting_has_no_cell_to_mend(copie: Path, lance: Lance) -> None:
    drop(copie, held(copie))
    seances = copie / "data" / "seances"
    seances.mkdir(exist_ok=True)
    ecrite = "instance: copil\ndate: 2026-05-12\netat: prevue\n"
    (seances / f"{NOM}.yaml").write_text(ecrite, encoding="utf-8")
    options = ("--exercice", EXERCICE, "--dossier", copie)
    code, out, err = lance("collect", "--corrections", copie / "c", *options)
    assert (code, "FOR034" in out) == (1, True)
    assert "cases nommées" not in err
    assert "Aucune question" not in err
    assert "Faites ce qui est dit ci-dessus de chaque classeur refusé" in err


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (["seance", NOM], f"clsmon forms --seance {NOM}"),
        (["seance", NOM, "--format", "odt"], "format inconnu : « odt »"),
        (["forms", "--seance", "copil"], "ne nomme pas une séance du contrat"),
        (["forms", "--seance", "2026-02-30-copil"], "ne nomme pas une séance du contrat"),
        (["forms", "--seance", "2026-05-12-copill"], "Instances : cotech, copil"),
        (["forms", "--seance", "2031-05-12-copil"], "pas dans la période du contrat"),
        (["forms", "--seance", NOM, "--organisme", "apo"], "ne vont pas ensemble"),
        (["forms", "--seance", "../../etc"], "ne nomme pas une séance du contrat"),
    ],
)
def test_a_wrong_name_is_a_french_sentence(
    copie: Path, lance: Lance, arguments: list[str], phrase: str
) -> None:
    code, _, err = lance(*arguments, "--dossier", copie)
    assert code == 2
    assert phrase in err


@pytest.mark.parametrize(
    ("nom", "conseil"),
    [
        pytest.param(
            "2026-06-01-copil", "clsmon forms --seance 2026-06-01-copil", id="pas encore faite"
        ),
        pytest.param("2026-05-1-copil", "2026-05-12-copil", id="mal écrite"),
    ],
)
def test_a_meeting_that_is_not_there_says_what_to_do(copie: Path, nom: str, conseil: str) -> None:
    collect(copie, held(copie))
    with pytest.raises(MauvaisUsageError) as erreur:
        require_meeting(require_dossier(copie), nom)
    assert conseil in (erreur.value.conseil or "")
