"""What an earlier report left beside a new one is told, and stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from clsmon.leftovers import warn_leftovers

EN_PLUS = {
    "chart": ("bilan-2025-mesures-9-9.svg", True),
    "logo": ("logo-ars.png", True),
    "public chart": ("bilan-2025-public-etats.svg", False),
    "chart of another year": ("bilan-2024-etats.svg", False),
    "picture of the user": ("photo.png", False),
    "chart of the user": ("carte.svg", False),
}


def write(dossier: Path, *noms: str) -> list[Path]:
    dossier.mkdir(parents=True, exist_ok=True)
    for nom in noms:
        (dossier / nom).write_bytes(b"x")
    return [dossier / nom for nom in noms]


@pytest.mark.parametrize(("nom", "dit"), EN_PLUS.values(), ids=EN_PLUS)
def test_an_image_the_report_no_longer_writes_is_told_and_kept(
    tmp_path: Path, nom: str, dit: bool
) -> None:
    sortie = tmp_path / "bilans" / "2025"
    ecrits = write(sortie, "bilan-2025.md", "bilan-2025-etats.svg")
    (reste,) = write(sortie, nom)
    alertes = list(warn_leftovers(tmp_path, ecrits, "bilan-2025"))
    assert [(a.code, a.lieu.fichier) for a in alertes] == [("GAB008", "bilans/2025")] * dit
    assert all(nom in a.message and "etats" not in a.message for a in alertes)
    assert reste.read_bytes() == b"x"


def test_the_public_report_has_its_own_images(tmp_path: Path) -> None:
    ecrits = write(tmp_path, "bilan-2025-public.md", "bilan-2025-public-etats.svg")
    write(tmp_path, "bilan-2025-etats.svg", "bilan-2025-public-mesures-3-1.svg")
    (alerte,) = warn_leftovers(tmp_path, ecrits, "bilan-2025-public")
    assert alerte.message == "1 image n'est plus de ce bilan : bilan-2025-public-mesures-3-1.svg"


def test_a_report_without_markdown_has_no_image_beside_it(tmp_path: Path) -> None:
    write(tmp_path, "bilan-2025-etats.svg")
    assert list(warn_leftovers(tmp_path, write(tmp_path, "bilan-2025.pdf"), "bilan-2025")) == []


def test_a_long_list_is_counted_in_the_order_of_numbers(tmp_path: Path) -> None:
    ecrits = write(tmp_path, "bilan-2025.md")
    write(tmp_path, *(f"bilan-2025-mesures-1-{rang}.svg" for rang in range(1, 12)))
    (alerte,) = warn_leftovers(tmp_path, ecrits, "bilan-2025")
    assert alerte.message.startswith("11 images ne sont plus de ce bilan : bilan-2025-mesures-1-1.")
    assert "1-5.svg et 6 autres" in alerte.message


def test_a_document_of_an_earlier_run_is_told_with_what_rewrites_it(tmp_path: Path) -> None:
    ecrits = write(tmp_path / "2025", "bilan-2025.md", "bilan-2025.xlsx")
    write(tmp_path / "2025", "bilan-2025.pdf", "bilan-2025-public.docx", "bilan-2024.pdf")
    (alerte,) = warn_leftovers(tmp_path, ecrits, "bilan-2025")
    assert (alerte.code, alerte.lieu.fichier) == ("GAB010", "2025")
    assert alerte.message.startswith("bilan-2025.pdf est d'un calcul précédent")
    assert alerte.conseil.startswith("avant de l'envoyer, refaites-le (--format pdf)")
    write(tmp_path / "2025", "bilan-2025.docx")
    (alerte,) = warn_leftovers(tmp_path, ecrits, "bilan-2025")
    assert alerte.message.startswith("bilan-2025.docx, bilan-2025.pdf sont d'un calcul")
    assert "avant de les envoyer, refaites-les (--format docx,pdf)" in alerte.conseil


def test_one_image_more_than_those_shown_is_one(tmp_path: Path) -> None:
    ecrits = write(tmp_path, "bilan-2025.md")
    write(tmp_path, *(f"bilan-2025-mesures-1-{rang}.svg" for rang in range(1, 7)))
    (alerte,) = warn_leftovers(tmp_path, ecrits, "bilan-2025")
    assert alerte.message.endswith(" et 1 autre")
