"""A campaign that cannot fail proves nothing: each is shown a fault, and must see it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

import pytest
from openpyxl import Workbook
from xlsxwriter import Workbook as Tableur

import campagnes.__main__ as command
from campagnes import (
    crowd,
    failures,
    history,
    kills,
    mutations,
    publications,
    rounds,
    sameness,
    states,
)
from campagnes.compte import Campagne, Compte
from campagnes.fortress import judge
from campagnes.hostile import Fichier, Fin
from campagnes.inert import compare as compare_inert
from campagnes.oracle import compare
from clsmon import writing
from clsmon.analysis.heads import compute_synthese
from clsmon.analysis.secrecy import hiding, masks, texts
from clsmon.collecting import collect_workbook
from clsmon.model.bilan import LigneMesure
from clsmon.model.collecte import Collecte
from clsmon.model.releve import Etat, Releve
from clsmon.workbooks.reader.cells import Cellule, Nature, read_workbook

pytestmark = [
    pytest.mark.campagne,
    pytest.mark.skipif(os.name != "posix", reason="campaigns fork and kill"),
]


def changed(collecte: Collecte) -> Releve | None:
    """A relevé whose first answer is not the one that was typed."""
    assert collecte.releve is not None
    valeurs = dict(collecte.releve.valeurs)
    for cle, valeur in valeurs.items():
        valeurs[cle] = valeur.model_copy(update={"valeur": "987654321", "etat": Etat.ESTIME})
        break
    return collecte.releve.model_copy(update={"valeurs": valeurs})


def test_a_value_that_was_not_typed_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "read_stored", changed)
    assert rounds.run(1, 5, tmp_path).fautes


def test_a_foreign_exception_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def collect(*arguments: Any) -> Collecte:
        collecte = collect_workbook(*arguments)
        if collecte.releve is None:
            raise KeyError("sheet2")
        return collecte

    monkeypatch.setattr(mutations, "collect_workbook", collect)
    assert mutations.run(1, 40, tmp_path).fautes


def write_in_place(chemin: Path, octets: bytes) -> None:
    """What writing must not be: the old content is gone before the new one is there."""
    descripteur = os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    with os.fdopen(descripteur, "wb") as sortie:
        sortie.write(octets[:100])
        sortie.flush()
        os.fsync(sortie.fileno())
        sortie.write(octets[100:])


@pytest.mark.parametrize(
    ("run", "essais"),
    [pytest.param(kills.run, 20, id="killed"), pytest.param(failures.run, 6, id="failing")],
)
def test_a_file_written_in_place_is_seen(
    run: Callable[[int, int, Path], Compte],
    essais: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writing, "_replace", write_in_place)
    assert run(3, essais, tmp_path).fautes


def test_a_lost_update_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "LOTS", 3)
    monkeypatch.setattr(crowd, "run_command", lambda _: 0)
    assert crowd.run_crowd(1, 1, tmp_path).fautes


def test_bytes_that_depend_on_the_run_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = iter((Random(1), Random(2)))
    prepare = sameness.prepare
    monkeypatch.setattr(sameness, "prepare", lambda racine, _: prepare(racine, next(chance)))
    assert sameness.run(1, 2, tmp_path).fautes


def test_a_state_taken_for_another_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = states.read_markdown
    monkeypatch.setitem(
        states.LECTEURS,
        "md",
        lambda octets: read(octets.replace("non répondu".encode(), b"0")),
    )
    assert any(", md :" in faute for faute in states.run(1, 1, tmp_path).fautes)


def test_a_head_that_disappeared_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        history,
        "compute_synthese",
        lambda *arguments: replace(compute_synthese(*arguments), tetes=()),
    )
    assert history.run_replay(1, 2, tmp_path).fautes


def test_a_number_that_differs_from_the_oracle_is_seen() -> None:
    classeur, octets = Workbook(), BytesIO()
    classeur.worksheets[0].append([12, "douze", 0.1])
    classeur.save(octets)
    lu = read_workbook(octets.getvalue())
    (feuille,) = lu.feuilles
    assert compare(lu, octets.getvalue()).pareilles == 2
    faux = {**feuille.cellules, (1, 1): Cellule("21", Nature.NOMBRE)}
    autre = replace(lu, feuilles=(replace(feuille, cellules=MappingProxyType(faux)),))
    (difference,) = compare(autre, octets.getvalue()).differences
    assert "A1" in difference
    del faux[1, 3]
    autre = replace(lu, feuilles=(replace(feuille, cellules=MappingProxyType(faux)),))
    assert len(compare(autre, octets.getvalue()).differences) == 2


HELD = {
    "calcul": 0.3,
    "megaoctets": 45.0,
    "code": 1,
    "sortie": "recu.xlsx  FOR005 erreur  Le fichier est coupé.",
    "releves": [],
    "touches": ["dossier/.clsmon.lock"],
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"calcul": 2.1}, "s de calcul", id="slow"),
        pytest.param({"megaoctets": 257.0}, "257 Mo", id="fat"),
        pytest.param({"code": -9}, "code -9", id="killed"),
        pytest.param({"code": 3}, "code 3", id="crash"),
        pytest.param({"sortie": "Traceback (most recent call last)"}, "Traceback", id="trace"),
        pytest.param({"touches": ["dossier/data/contrat.yaml"]}, "contrat.yaml", id="elsewhere"),
        pytest.param({"code": 0}, "code 0", id="not said by the exit code"),
        pytest.param({"releves": ["apo-1.yaml"]}, "avec un relevé", id="recorded"),
        pytest.param({"sortie": "autre.xlsx FOR005 erreur"}, "pas nommé", id="not named"),
    ],
)
def test_a_hostile_file_that_ends_badly_is_seen(change: dict[str, Any], words: str) -> None:
    fichier = Fichier("coupe", b"PK", Fin.REFUSE)
    assert list(judge(fichier, HELD)) == []
    fautes = list(judge(fichier, {**HELD, **change}))
    assert any(words in faute for faute in fautes)


def test_the_command_prints_each_count_and_fails_when_a_promise_does_not_hold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(graine: int, nombre: int, _: Path) -> Compte:
        fautes = ["perdu"] if graine == 2 else []
        return Compte("tout", nombre, fautes, ["3 choses"])

    monkeypatch.setattr(command, "CAMPAGNES", (Campagne("P0", "rien ne se perd", 7, 1, run),))
    assert command.main(["P0", "--graine", "1"]) == 0
    assert command.main(["--graine", "2", "--nombre", "5"]) == 1
    held, broken = capsys.readouterr().out.split("P0  ")[1:]
    assert "7 essais" in held
    assert "tenu" in held
    assert "3 choses" in held
    assert "5 essais" in broken
    assert "NON TENU, 1 faute" in broken
    assert "! perdu" in broken
    with pytest.raises(SystemExit):
        command.main(["P99"])


LUS = ("md", "xlsx")
"""What the attacker reads here; the campaign gives him every format."""


def _only_the_small_ones(familles: object, cases: set[masks.Case]) -> frozenset[masks.Case]:
    """Primary suppression alone: the rest of the family is published."""
    del familles
    return frozenset(cases)


def test_an_attacker_finds_a_small_count_that_its_family_betrays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publications, "FORMATS", LUS)
    monkeypatch.setattr(masks, "spread", _only_the_small_ones)
    assert publications.run(13, 1, tmp_path).fautes


def test_an_attacker_finds_a_small_count_that_an_evolution_betrays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide = hiding.Hiding._line

    def keep_gaps(self: hiding.Hiding, ligne: LigneMesure) -> LigneMesure:
        return replace(
            hide(self, ligne),
            depuis_precedent=ligne.depuis_precedent,
            depuis_initiale=ligne.depuis_initiale,
            progression=ligne.progression,
        )

    monkeypatch.setattr(publications, "FORMATS", LUS)
    monkeypatch.setattr(hiding.Hiding, "_line", keep_gaps)
    assert publications.run(1, 1, tmp_path).fautes


def test_a_partner_text_that_is_published_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publications, "FORMATS", LUS)
    monkeypatch.setattr(texts, "open_story", lambda declaration, _: declaration)
    assert any("texte de partenaire" in f for f in publications.run(1, 1, tmp_path).fautes)


DIT = {"z0q0z0q1": "a*b z0q0z0q1"}


def sheet(*cells: str) -> bytes:
    octets = BytesIO()
    with Tableur(octets) as classeur:
        classeur.add_worksheet().write_column(0, 0, cells)
    return octets.getvalue()


@pytest.mark.parametrize(
    ("nom", "hostile", "anodin", "words"),
    [
        pytest.param("x.md", b"a\\*b z0q0z0q1", b"aaa z0q0z0q1", "", id="held"),
        pytest.param("x.md", b"ab z0q0z0q1", b"aaa z0q0z0q1", "perdu", id="changed"),
        pytest.param("x.md", b"# a\\*b z0q0z0q1", b"aaa z0q0z0q1", "charpente", id="heading"),
        pytest.param("x.md", b"a*b z0q0z0q1 <b>", b"aaa z0q0z0q1", "actif", id="html in md"),
        pytest.param(
            "x.html", b"<p onx=1>a*b z0q0z0q1</p>", b"<p>aaa z0q0z0q1</p>", "actif", id="handler"
        ),
        pytest.param(
            "x.html",
            b"<p><a href='javascript:x'>a*b z0q0z0q1</a></p>",
            b"<p><a href='#x'>aaa z0q0z0q1</a></p>",
            "actif",
            id="address",
        ),
        pytest.param(
            "x.json", b'["a*b z0q0z0q1", 1]', b'["aaa z0q0z0q1", "1"]', "charpente", id="kind"
        ),
    ],
)
def test_a_text_that_acts_or_is_lost_is_seen(
    nom: str, hostile: bytes, anodin: bytes, words: str
) -> None:
    fautes = list(compare_inert(nom, hostile, anodin, DIT))
    assert any(words in faute for faute in fautes) if words else fautes == []


def test_a_formula_in_a_workbook_is_seen() -> None:
    hostile, anodin = sheet("a*b z0q0z0q1", "=1+1"), sheet("aaa z0q0z0q1", "aaaa")
    assert any("charpente" in f for f in compare_inert("x.xlsx", hostile, anodin, DIT))
