"""
The documents of a small dossier, compared with the golden ones.

`CLSMON_MAJ=1 pytest tests/test_reporting.py` writes them again: read the difference.
"""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clsmon.model.anomalie import ClsmonError, Gravite
from clsmon.opening import require_dossier
from clsmon.reporting import write_bilan
from clsmon.rules import check
from clsmon.text.loading import hash_of

from .images import draw_png

GOLDEN = Path(__file__).parent / "golden"
BASE = Path(__file__).parent / "cas" / "_base"
JOUR = date(2026, 4, 2)


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "petit"))


def test_the_markdown_and_its_charts_are_the_golden_ones(racine: Path) -> None:
    _, written = write_bilan(require_dossier(racine), 2025, JOUR, ["md"])
    assert [path.name for path in written] == [
        "bilan-2025.md",
        "bilan-2025-avancement.svg",
        "bilan-2025-completude.svg",
        "bilan-2025-etats.svg",
        "bilan-2025-mesures-1-1.svg",
    ]
    for path in written:
        if os.environ.get("CLSMON_MAJ"):
            shutil.copy(path, GOLDEN / path.name)
        assert path.read_text(encoding="utf-8") == (GOLDEN / path.name).read_text(encoding="utf-8")


def test_logos_stand_beside_the_markdown_as_its_charts_do(racine: Path) -> None:
    logos = racine / "data" / "logos"
    logos.mkdir()
    (logos / "ars.png").write_bytes(draw_png())
    (chemin, *voisins) = write_bilan(require_dossier(racine), 2025, JOUR, ["md"])[1]
    assert "![Agence régionale de santé](logo-ars.png)" in chemin.read_text(encoding="utf-8")
    copie = chemin.with_name("logo-ars.png")
    assert copie in voisins
    assert copie.read_bytes() == draw_png()


def test_a_dossier_overrides_one_block_of_the_template(racine: Path) -> None:
    (racine / "templates").mkdir()
    (racine / "templates" / "bilan.md.j2").write_text(
        '{% extends "paquet/bilan.md.j2" %}\n'
        "{% block couverture %}# Le bilan de chez nous\n\n{% endblock %}\n",
        encoding="utf-8",
    )
    (chemin, *_) = write_bilan(require_dossier(racine), 2025, JOUR, ["md"])[1]
    texte = chemin.read_text(encoding="utf-8")
    assert texte.startswith("# Le bilan de chez nous")
    assert "## 4. Résultats" in texte


def test_a_year_without_any_answer_is_still_a_useful_document(racine: Path) -> None:
    shutil.rmtree(racine / "data" / "suivi")
    (chemin, *_) = write_bilan(require_dossier(racine), 2025, JOUR, ["md", "xlsx"])[1]
    texte = chemin.read_text(encoding="utf-8")
    assert "non répondu" in texte
    assert "FICTIVES" not in texte


def test_a_document_open_in_excel_leaves_all_formats_of_the_same_day(
    racine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = require_dossier(racine)
    _, (markdown, *_) = write_bilan(dossier, 2025, JOUR, ["md", "xlsx"])
    before = markdown.read_bytes()
    ouvre = Path.open

    def refuse(chemin: Path, mode: str = "r", *reste: Any, **options: Any) -> Any:
        if chemin.suffix == ".xlsx" and mode == "r+b":
            raise PermissionError(13, "Permission denied")
        return ouvre(chemin, mode, *reste, **options)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ClsmonError) as refus:
        write_bilan(dossier, 2025, date(2026, 5, 1), ["md", "xlsx"])
    assert "Fermez « bilan-2025.xlsx »" in refus.value.conseil
    assert markdown.read_bytes() == before


@pytest.mark.parametrize(
    "attaque",
    [
        "contrat.parse_raw(PICKLE, proto='pickle', allow_pickle=True)",
        "contrat.model_copy(update={})",
        "contrat.lieu()",
        "contrat.__class__",
        "contrat.model_fields_set",
        "contrat.organismes.clear()",
        "bilan.date.replace(year=1)",
        "''.__class__.__mro__",
    ],
)
def test_a_template_reads_data_and_runs_nothing(
    racine: Path, attaque: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(racine)
    (racine / "templates").mkdir()
    expression = attaque.replace("PICKLE", r'"cos\nsystem\n(S\'touch canari\'\ntR."')
    (racine / "templates" / "bilan.md.j2").write_text(
        '{% extends "paquet/bilan.md.j2" %}'
        f"{{% block couverture %}}{{{{ {expression} }}}}{{% endblock %}}",
        encoding="utf-8",
    )
    with pytest.raises(ClsmonError, match="GAB001"):
        write_bilan(require_dossier(racine), 2025, JOUR, ["md"])
    assert not (racine / "canari").exists()


@pytest.mark.parametrize(
    ("corps", "phrase"),
    [
        pytest.param(
            "{% for a in [1] %}" * 30 + "x" + "{% endfor %}" * 30, "emboîte trop", id="30 loops"
        ),
        pytest.param(
            "{% if true %}" * 120 + "x" + "{% endif %}" * 120, "emboîte trop", id="120 conditions"
        ),
        pytest.param("{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}", "emboîte trop", id="brackets"),
        pytest.param('{% include "bilan.md.j2" %}', "s’appelle lui-même sans fin", id="itself"),
        pytest.param("{{ exercice ~ ", "GAB001", id="unclosed"),
    ],
)
def test_a_template_too_deep_is_a_sentence(racine: Path, corps: str, phrase: str) -> None:
    (racine / "templates").mkdir()
    (racine / "templates" / "bilan.md.j2").write_text(corps, encoding="utf-8")
    with pytest.raises(ClsmonError, match=f"GAB001 .*{phrase}|{phrase}") as refus:
        write_bilan(require_dossier(racine), 2025, JOUR, ["md"])
    assert refus.value.lieu is not None
    assert "bilan.md.j2" in str(refus.value.lieu)


def test_a_template_in_latin_1_says_so(racine: Path) -> None:
    (racine / "templates").mkdir()
    (racine / "templates" / "bilan.md.j2").write_bytes("été".encode("latin-1"))
    with pytest.raises(ClsmonError, match="pas enregistré en UTF-8"):
        write_bilan(require_dossier(racine), 2025, JOUR, ["md"])


def test_the_pdf_takes_the_pages_of_the_dossier_or_gives_their_fault(racine: Path) -> None:
    (chemin,) = write_bilan(require_dossier(racine), 2025, JOUR, ["pdf"])[1]
    octets = chemin.read_bytes()
    assert (chemin.name, octets[:7]) == ("bilan-2025.pdf", b"%PDF-1.")
    gabarit = racine / "templates" / "document.typ"
    gabarit.parent.mkdir()
    gabarit.write_text(
        '#import "paquet/document.typ": donnees, mise-en-page\n'
        '#mise-en-page(donnees, accent: rgb("#00553a"))\n',
        encoding="utf-8",
    )
    write_bilan(require_dossier(racine), 2025, JOUR, ["pdf"])
    propre = chemin.read_bytes()
    assert propre != octets
    gabarit.write_text("#titre", encoding="utf-8")
    with pytest.raises(ClsmonError, match=r"GAB001 .*« titre » n’existe pas"):
        write_bilan(require_dossier(racine), 2025, JOUR, ["pdf"])
    assert chemin.read_bytes() == propre


def test_a_contract_without_any_fiche_still_has_its_documents(racine: Path) -> None:
    for dossier in ("fiches", "programmes", "suivi"):
        shutil.rmtree(racine / "data" / dossier)
    _, written = write_bilan(require_dossier(racine), 2025, JOUR, ["md", "xlsx"])
    assert {path.suffix for path in written} == {".md", ".xlsx"}


@pytest.mark.parametrize("nombre", ["9" * 400, "1" + "0" * 399], ids=["400 nines", "a one"])
def test_a_giant_number_in_a_releve_is_refused_and_stops_no_document(
    racine: Path, nombre: str
) -> None:
    (ancien,) = (racine / "data/suivi/2025").iterdir()
    octets = ancien.read_bytes().replace(b"valeur: 12", f"valeur: {nombre}".encode())
    ancien.unlink()
    (ancien.parent / f"apo-{hash_of(octets)}.yaml").write_bytes(octets)
    dossier = require_dossier(racine)
    (faute,) = [a for a in check(dossier) if a.gravite is Gravite.ERREUR]
    assert faute.code == "FIC064"
    assert len(faute.message) < 200
    _, written = write_bilan(dossier, 2025, JOUR, ["md", "xlsx"])
    assert {path.suffix for path in written} == {".md", ".svg", ".xlsx"}
