"""The cover says what the document is, until when one may review it, and shows the logos."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from clsmon.model.bilan import Bilan
from clsmon.model.cloture import Cloture, MesureTardive, RetourTardif
from clsmon.model.logo import Logo
from clsmon.render.closing import (
    closing_lines,
    late_table,
    spell_closing,
    spell_footer,
    spell_status,
)
from clsmon.render.excel import render_excel
from clsmon.render.logos import HAUTEUR, LARGEUR, scale_of
from tests.images import draw_png
from tests.render.bilan_samples import render_markdown

ENVOI, FIN, COPIL = date(2026, 4, 20), date(2026, 5, 5), date(2026, 5, 12)
ADOPTION = "2026-05-12-copil/D1"
ENVOYE: dict[str, Any] = {"envoye_le": ENVOI, "droit_de_regard_fin": FIN}
ADOPTE: dict[str, Any] = {**ENVOYE, "adoption": ADOPTION, "adopte_le": COPIL}
FIGE: dict[str, Any] = {**ADOPTE, "empreinte": "ab" * 32, "calculee": "ab" * 32}
CHANGE: dict[str, Any] = {**FIGE, "calculee": "cd" * 32}


def at(bilan: Bilan, vie: dict[str, Any]) -> Bilan:
    cloture = Cloture(**vie)
    return replace(bilan, cloture=cloture, definitif=cloture.fige and cloture.fidele)


@pytest.mark.parametrize(
    ("vie", "nature", "pied", "ecran"),
    [
        pytest.param(
            {},
            "Projet à soumettre aux signataires.",
            "Projet à soumettre aux signataires",
            "",
            id="pas encore envoyé",
        ),
        pytest.param(
            ENVOYE,
            "Projet soumis aux signataires le 20 avril 2026.",
            "Projet soumis aux signataires",
            "Projet de bilan envoyé le 20 avril 2026 ; droit de regard jusqu'au 5 mai 2026.",
            id="envoyé",
        ),
        pytest.param(
            ADOPTE,
            "Bilan adopté par le COPIL, version définitive à établir.",
            "Projet soumis aux signataires",
            (
                f"Bilan adopté le 12 mai 2026 (décision {ADOPTION}) ; chiffres à figer par clsmon "
                "bilan --definitif."
            ),
            id="adopté, pas figé",
        ),
        pytest.param(
            FIGE,
            "Document définitif, adopté par le COPIL.",
            "Définitif",
            f"Bilan adopté le 12 mai 2026 (décision {ADOPTION}).",
            id="figé",
        ),
        pytest.param(
            CHANGE,
            "Document de travail : ses chiffres ne sont plus ceux du bilan adopté.",
            "Document de travail",
            f"Bilan adopté le 12 mai 2026 (décision {ADOPTION}).",
            id="plus le même",
        ),
    ],
)
def test_what_the_document_is(
    bilan: Bilan, vie: dict[str, Any], nature: str, pied: str, ecran: str
) -> None:
    b = at(bilan, vie)
    assert (spell_status(b), spell_footer(b), spell_closing(b)) == (nature, pied, ecran)


def test_the_lines_of_the_cover(bilan: Bilan) -> None:
    assert closing_lines(bilan) == ()
    assert dict(closing_lines(at(bilan, CHANGE))) == {
        "Droit de regard des signataires": "jusqu’au 5 mai 2026 (article 8)",
        "Adoption": f"le 12 mai 2026, décision {ADOPTION}",
        "Empreinte des chiffres adoptés": "ab" * 8,
        "Empreinte des chiffres de ce document": "cd" * 8,
    }


def late(bilan: Bilan, decision: str = "") -> Bilan:
    """One measure received later as doubtful, and one rubric that changes."""
    lignes = {ligne.situee.mesure.id: ligne for ligne in bilan.lignes}
    (adoptee,), (douteuse,) = (lignes[m].constat.declarations for m in ("m0", "m8"))
    mesures = (
        MesureTardive(lignes["m0"].situee, adoptee, douteuse, decision),
        MesureTardive(lignes["m9"].situee, None, adoptee),
    )
    retour = RetourTardif("apo", ("apo-1", "apo-2"), mesures, ("1.1 Freins",))
    rien = RetourTardif("sedap", ("sedap-1",), (), ())
    return replace(bilan, cloture=Cloture(**FIGE, tardifs=(retour, rien)))


def test_late_answers_stand_beside_the_adopted_ones(bilan: Bilan, gabarits: Path) -> None:
    lignes = [
        tuple(str(cellule).replace("\u00a0", " ") for cellule in ligne)
        for ligne in late_table(late(bilan, "2026-07-01-copil/D1")).lignes
    ]
    releves = "apo-1, apo-2"
    assert lignes == [
        (
            "APO ordinaire",
            "1.1 Mesure ordinaire",
            "1 234,5",
            "à vérifier, il est écrit « ordinaire »",
            "le reçu, retenu par la décision 2026-07-01-copil/D1",
            releves,
        ),
        (
            "APO ordinaire",
            "1.1 Mesure ordinaire",
            "non répondu",
            "1 234,5",
            "l’adopté ; aucun arbitrage ne retient le reçu",
            releves,
        ),
        ("APO ordinaire", "1.1 Freins", "None", "texte ou montant changé", "l’adopté", releves),
        ("Sedap", "None", "None", "rien ne change", "l’adopté", "sedap-1"),
    ]
    assert "### Reçu après l’adoption du bilan" in render_markdown(late(bilan), [gabarits])
    assert "Reçu après" not in render_markdown(bilan, [gabarits]).split("## 9.")[0]
    classeur = load_workbook(BytesIO(render_excel(late(bilan))))
    assert classeur["Après adoption"].max_row == 6
    assert "3 relevés reçus après, non comptés." in spell_closing(late(bilan))


def logo(code: str = "ars", largeur: int = 30, hauteur: int = 12) -> Logo:
    return Logo(code, draw_png(largeur, hauteur), largeur, hauteur)


def test_the_logos_of_the_markdown_are_named_and_the_missing_ones_too(
    bilan: Bilan, gabarits: Path
) -> None:
    nom = "Logos à joindre avant toute publication (article 8) : ARS."
    assert nom in render_markdown(bilan, [gabarits]).replace("\u00a0", " ")
    avec = render_markdown(replace(bilan, logos=(logo(),)), [gabarits])
    assert "![Agence ordinaire](logo-ars.png)" in avec
    assert "Logos à joindre" not in avec


def test_the_logos_of_the_workbook_keep_their_bytes_and_have_their_name(bilan: Bilan) -> None:
    octets = render_excel(replace(bilan, logos=(logo(),)))
    with ZipFile(BytesIO(octets)) as archive:
        assert archive.read("xl/media/image1.png") == draw_png()
        (dessin,) = [n for n in archive.namelist() if n.startswith("xl/drawings/drawing")][:1]
        assert 'descr="Agence ordinaire"' in archive.read(dessin).decode("utf-8")
    couverture = load_workbook(BytesIO(octets))["Couverture"]
    assert not any("Logos à joindre" in str(c.value) for (c, *_) in couverture.iter_rows())


@pytest.mark.parametrize(
    ("largeur", "hauteur"), [(30, 12), (3000, 100), (100, 3000), (LARGEUR, HAUTEUR)]
)
def test_a_logo_fits_its_place_and_is_never_enlarged(largeur: int, hauteur: int) -> None:
    echelle = scale_of(Logo("ars", b"", largeur, hauteur))
    assert 0 < echelle <= 1
    assert largeur * echelle <= LARGEUR
    assert hauteur * echelle <= HAUTEUR


def test_the_whole_imprint_is_in_the_method_of_both_formats(bilan: Bilan, gabarits: Path) -> None:
    adopte, change = at(bilan, FIGE), at(bilan, CHANGE)
    assert f"chiffres adoptés**\u00a0: {'ab' * 32}\n" in render_markdown(adopte, [gabarits])
    assert f"de ce document**\u00a0: {'cd' * 32}\n" in render_markdown(change, [gabarits])
    methode = load_workbook(BytesIO(render_excel(adopte)))["Méthode"]
    assert "ab" * 32 in {c.value for (_, c) in methode.iter_rows()}
