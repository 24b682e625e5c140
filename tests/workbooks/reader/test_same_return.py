"""A real form sent back as .xlsx, .ods or .xls gives the same relevé, and the same questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from clsmon.demonstration.partner import fill_form
from clsmon.model.anomalie import Anomalie
from clsmon.model.collecte import Collecte
from clsmon.model.dossier import Dossier
from clsmon.model.releve import Etat, Releve
from tests.libreoffice import convert, soffice
from tests.returns import EXERCICE, Atelier, numbers_for

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def atelier(copie: Path) -> Atelier:
    return Atelier(copie)


def collect(atelier: Atelier, nom: str, octets: bytes) -> Collecte:
    (collecte,) = atelier.collect(atelier.drop(nom, octets), ecrire=False)
    return collecte


def said(collecte: Collecte) -> tuple[object, list[Anomalie]]:
    """The answers of a return and what is told of it, its file name and hash apart."""
    releve = collecte.releve
    assert isinstance(releve, Releve)
    found = (releve.valeurs, releve.fiches, releve.organisme, releve.recu.formulaire)
    plain = [
        (a.code, a.gravite, a.lieu.feuille, a.lieu.cellule, a.message) for a in collecte.anomalies
    ]
    return found, plain  # type: ignore[return-value]


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_the_three_formats_give_the_same_releve(atelier: Atelier, suffix: str) -> None:
    expected = collect(atelier, "apo.xlsx", (FIXTURES / "apo.xlsx").read_bytes())
    found = collect(atelier, f"apo.{suffix}", (FIXTURES / f"apo.{suffix}").read_bytes())
    assert said(found) == said(expected)


def test_what_the_apo_answers_is_all_there(atelier: Atelier) -> None:
    collecte = collect(atelier, "apo.ods", (FIXTURES / "apo.ods").read_bytes())
    assert collecte.releve is not None
    valeurs = collecte.releve.valeurs
    assert valeurs["3.1/ecoles-classes/ecoles"].valeur == "12"
    assert valeurs["3.1/ecoles-classes/ecoles"].commentaire == "deux  écoles\nde plus"
    assert valeurs["3.1/livres/livres"].valeur == "1234"
    assert {v.saisi for v in valeurs.values() if v.etat is Etat.A_VERIFIER} == {"34.5", "#DIV/0!"}
    fiche = collecte.releve.fiches["3.1"]
    assert fiche.faits_marquants == "Trois crèches de plus\nDeux livres"
    codes = [anomalie.code for anomalie in collecte.anomalies]
    assert {"SAI007", "SAI010", "SAI014"} <= set(codes)


@pytest.mark.campagne
@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
def test_campaign_of_every_organisme_through_libreoffice(atelier: Atelier, dijon: Dossier) -> None:
    for organisme in dijon.repondants(EXERCICE):
        rempli = fill_form(atelier.form(organisme), numbers_for(dijon, organisme))
        sent = {suffix: convert(rempli, suffix) for suffix in ("ods", "xls")}
        expected = said(collect(atelier, f"{organisme}.xlsx", rempli))
        for suffix, octets in sent.items():
            assert said(collect(atelier, f"{organisme}.{suffix}", octets)) == expected
