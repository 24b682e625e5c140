"""One text, every format of it: what the engine prepares meanwhile changes nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from clsmon.model.anomalie import ClsmonError, MauvaisUsageError
from clsmon.model.bilan import Bilan
from clsmon.opening import packaged
from clsmon.printing import FORMATS, Fichiers, Redaction, formats_of, print_text
from clsmon.render import pdf
from clsmon.render.document import Document
from clsmon.render.markdown import document_of, text_of
from tests.render.bilan_samples import build_bilan

GABARITS = [packaged("templates")]


def write(bilan: Bilan, gabarits: list[Path] | None = None) -> Redaction:
    dossiers = gabarits or GABARITS
    texte = text_of(bilan, dossiers)
    return Redaction(bilan.nom, texte, partial(document_of, bilan), dossiers, bilan.fictif)


@pytest.fixture(scope="module")
def redaction() -> Redaction:
    return write(build_bilan())


def test_a_format_asked_alone_has_the_bytes_it_has_among_all(redaction: Redaction) -> None:
    tous = print_text(redaction, tuple(FORMATS))
    assert set(tous) == set(FORMATS)
    for nom in FORMATS:
        assert print_text(redaction, [nom]) == {nom: tous[nom]}


def test_beside_the_markdown_stand_the_images_it_shows_and_no_other(redaction: Redaction) -> None:
    fichiers = print_text(redaction, ["md"])["md"]
    texte = fichiers[f"{redaction.nom}.md"].decode("utf-8")
    images = [nom for nom in fichiers if not nom.endswith(".md")]
    assert images
    assert [nom for nom in images if f"]({nom})" in texte] == images
    assert texte.count("![") == len(images)


def test_what_is_written_meanwhile_keeps_its_name(redaction: Redaction) -> None:
    def meanwhile() -> Fichiers:
        return {"bilan.xlsx": b"un classeur"}

    faits = print_text(redaction, ["md"], {"xlsx": meanwhile})
    assert faits["xlsx"] == {"bilan.xlsx": b"un classeur"}


def test_blocks_are_composed_only_for_a_format_that_needs_them() -> None:
    def refuse(_: object) -> Document:
        raise AssertionError

    bilan = build_bilan()
    texte = text_of(bilan, GABARITS)
    assert print_text(Redaction("bilan", texte, refuse, GABARITS), ["md"])


@pytest.mark.parametrize(
    ("nom", "contenu", "formats"),
    [
        pytest.param("document.typ", "#titre", ["pdf"], id="engine"),
        pytest.param("document.typ", "#titre", ["docx", "html", "pdf", "md"], id="among others"),
        pytest.param("document.html.j2", "{{ titre }}", ["docx", "html", "pdf"], id="meanwhile"),
    ],
)
def test_a_faulty_template_stops_all_formats(
    tmp_path: Path, nom: str, contenu: str, formats: list[str]
) -> None:
    (tmp_path / nom).write_text(contenu, encoding="utf-8")
    redaction = write(build_bilan(), [tmp_path, *GABARITS])
    with pytest.raises(ClsmonError, match=r"GAB001 .*titre"):
        print_text(redaction, formats)


def test_a_page_s_fault_is_told_before_a_dossier_s_own_pdf_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError

    (tmp_path / "document.typ").write_text("#while true {}", encoding="utf-8")
    (tmp_path / "document.html.j2").write_text("{{ titre }}", encoding="utf-8")
    redaction = write(build_bilan(), [tmp_path, *GABARITS])
    monkeypatch.setattr(pdf, "compose_apart", never)
    with pytest.raises(ClsmonError, match=r"GAB001 .*titre"):
        print_text(redaction, ["pdf", "html"])
    with pytest.raises(AssertionError):
        print_text(redaction, ["pdf"])


def test_formats_are_named_once_and_known() -> None:
    assert formats_of("docx, md,docx", FORMATS) == ("docx", "md")
    with pytest.raises(MauvaisUsageError) as refus:
        formats_of("md,dcox", FORMATS)
    assert refus.value.conseil == "vouliez-vous dire « docx » ?"
