"""The signatories' logos: found, checked, named when they are missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from clsmon.logos import OCTETS_MAX, LogoRefuse, load_logos, missing_logos, read_png
from clsmon.model.anomalie import Gravite
from clsmon.opening import require_dossier

from .images import COLOUR, GREY, PALETTE, SIGNATURE, chunk, draw_png

PNG = draw_png()


@pytest.mark.parametrize(
    ("octets", "raison"),
    [
        pytest.param(b"", "n'est pas une image PNG", id="vide"),
        pytest.param(b"\xff\xd8\xff\xe0JFIF", "n'est pas une image PNG", id="un .jpg renommé"),
        pytest.param(PNG + b"\0" * OCTETS_MAX, "dépasse 2 Mo", id="trop lourd"),
        pytest.param(PNG[:-12], "coupée", id="sans fin"),
        pytest.param(PNG[:40], "coupée", id="coupé dans une partie"),
        pytest.param(SIGNATURE, "coupée", id="la signature seule"),
        pytest.param(PNG.replace(b"IDAT", b"IDAX"), "abîmée", id="un octet changé"),
        pytest.param(draw_png(0, 12), "mesure 0 × 12", id="sans largeur"),
        pytest.param(draw_png(20_000, 12), "mesure 20000 × 12", id="démesuré"),
        pytest.param(draw_png(type_=7), "abîmée", id="type de couleur inconnu"),
        pytest.param(SIGNATURE + chunk(b"IEND", b""), "abîmée", id="sans image"),
    ],
)
def test_what_is_not_a_usable_png_is_refused_with_its_reason(octets: bytes, raison: str) -> None:
    with pytest.raises(LogoRefuse, match=raison):
        read_png(octets, "ars")


@pytest.mark.parametrize(
    ("type_", "palette", "en_couleur"),
    [
        pytest.param(COLOUR, b"", True, id="trois couleurs"),
        pytest.param(6, b"", True, id="transparente"),
        pytest.param(GREY, b"", False, id="niveaux de gris"),
        pytest.param(4, b"", False, id="gris et transparence"),
        pytest.param(PALETTE, b"\x10\x10\x10\x0b\x5f\xa5", True, id="palette"),
        pytest.param(PALETTE, b"\x10\x10\x10\xff\xff\xff", False, id="palette de gris"),
    ],
)
def test_a_logo_knows_its_size_and_whether_it_is_in_colour(
    type_: int, palette: bytes, en_couleur: bool
) -> None:
    logo = read_png(draw_png(30, 12, type_, palette), "ars")
    assert (logo.largeur, logo.hauteur, logo.en_couleur) == (30, 12, en_couleur)
    assert logo.fichier == "logo-ars.png"


def put(racine: Path, code: str, octets: bytes) -> Path:
    chemin = racine / "data" / "logos" / f"{code}.png"
    chemin.parent.mkdir(exist_ok=True)
    chemin.write_bytes(octets)
    return chemin


def test_missing_logos_make_one_sentence_that_names_each_file(copie: Path) -> None:
    dossier = require_dossier(copie)
    assert missing_logos(dossier) == tuple(dossier.contrat.signataires)
    put(copie, "ars", PNG)
    logos, (alerte,) = load_logos(dossier)
    assert [logo.organisme for logo in logos] == ["ars"]
    assert (alerte.code, alerte.gravite, alerte.lieu.fichier) == (
        "GAB003",
        Gravite.ALERTE,
        "data/logos",
    )
    assert alerte.message.startswith("12 logos de signataires manquent : dijon-metropole.png, ")
    assert "ars.png" not in alerte.message


def test_all_logos_and_nothing_to_say(copie: Path) -> None:
    dossier = require_dossier(copie)
    for code in reversed(dossier.contrat.signataires):
        put(copie, code, PNG)
    put(copie, "apo", PNG)
    logos, anomalies = load_logos(dossier)
    assert [logo.organisme for logo in logos] == list(dossier.contrat.signataires)
    assert anomalies == ()


def test_a_bad_logo_is_named_and_the_others_stand(copie: Path) -> None:
    dossier = require_dossier(copie)
    for code in dossier.contrat.signataires:
        put(copie, code, PNG)
    put(copie, "cpam", b"JFIF")
    put(copie, "msa", draw_png(type_=GREY))
    lien = put(copie, "chu", PNG)
    lien.unlink()
    lien.symlink_to(copie / "data" / "logos" / "ars.png")
    logos, anomalies = load_logos(dossier)
    assert {(a.code, a.lieu.fichier) for a in anomalies} == {
        ("GAB004", "data/logos/cpam.png"),
        ("GAB004", "data/logos/chu.png"),
        ("GAB005", "data/logos/msa.png"),
    }
    assert len(logos) == len(dossier.contrat.signataires) - 2, "a grey logo is still shown"
