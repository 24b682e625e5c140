"""One row of « Fiches » of an examination: an opinion of the list, and its text."""

from __future__ import annotations

import pytest

from clsmon.model.anomalie import Anomalie
from clsmon.model.observation import AvisFiche
from clsmon.workbooks.examen.layout import COLONNES_AVIS, DISPOSITION_AVIS
from clsmon.workbooks.reader.grid import Cellule
from clsmon.workbooks.returned.locating import Ligne
from clsmon.workbooks.returned.opinions import read_opinion
from tests.workbooks.returned.rows import ERREUR, text

COLONNES = {colonne.cle: rang for rang, colonne in enumerate(COLONNES_AVIS, start=1)}


def read(**cellules: Cellule | str) -> tuple[AvisFiche | None, tuple[Anomalie, ...]]:
    typees = {c: text(v) if isinstance(v, str) else v for c, v in cellules.items()}
    ligne = Ligne("Fiches", 4, COLONNES, typees, DISPOSITION_AVIS.typees)
    return read_opinion(ligne, "examen-cpam.xlsx")


@pytest.mark.parametrize(
    ("cellules", "avis", "texte", "codes"),
    [
        pytest.param({"avis": "accord"}, "accord", "", [], id="accord"),
        pytest.param({"avis": " Désaccord ", "texte": "Non"}, "desaccord", "Non", [], id="casse"),
        pytest.param({"avis": "desaccord", "texte": "Non"}, "desaccord", "Non", [], id="accent"),
        pytest.param({"avis": "remarque"}, "remarque", "", ["SAI046 H4"], id="remarque muette"),
        pytest.param({"avis": "désaccord"}, "desaccord", "", ["SAI046 H4"], id="désaccord muet"),
        pytest.param(
            {"avis": "accord", "texte": "Bien"}, "accord", "Bien", [], id="accord et texte"
        ),
    ],
)
def test_an_opinion_of_the_list(
    cellules: dict[str, str], avis: str, texte: str, codes: list[str]
) -> None:
    lu, anomalies = read(**cellules)
    assert lu is not None
    assert (lu.avis, lu.texte, lu.a_verifier) == (avis, texte, {})
    assert set(lu.cellules) == set(cellules)
    assert [f"{a.code} {a.lieu.cellule}" for a in anomalies] == codes


@pytest.mark.parametrize(
    ("cellules", "attendus", "dit"),
    [
        pytest.param(
            {"avis": "désacord"}, ["SAI044 G4"], "vouliez-vous dire « désaccord »", id="faute"
        ),
        pytest.param(
            {"avis": "bof"}, ["SAI044 G4"], "n'est pas un avis de la liste", id="autre mot"
        ),
        pytest.param(
            {"texte": "À revoir"}, ["SAI045 H4"], "accord, remarque ou désaccord", id="seul"
        ),
        pytest.param(
            {"avis": "bof", "texte": "À revoir"}, ["SAI044 G4"], "bof", id="avis inconnu et texte"
        ),
        pytest.param({"avis": ERREUR, "texte": "Non"}, ["SAI007 G4"], "erreur", id="erreur"),
    ],
)
def test_what_is_not_clearly_an_opinion_is_asked_and_kept(
    cellules: dict[str, Cellule | str], attendus: list[str], dit: str
) -> None:
    lu, anomalies = read(**cellules)
    assert [f"{a.code} {a.lieu.cellule}" for a in anomalies] == attendus
    assert dit in anomalies[0].message
    assert lu is not None
    assert (lu.avis, lu.texte) == (None, "")
    assert set(lu.a_verifier) == set(cellules)


def test_an_empty_row_says_nothing() -> None:
    assert read() == (None, ())


def test_whoever_can_be_recognised_is_not_kept() -> None:
    lu, (anomalie,) = read(avis="remarque", texte="écrire à p.durand@exemple.fr")
    assert anomalie.code == "SAI027"
    assert lu is not None
    assert lu.a_verifier["texte"].saisi == ""
    assert lu.a_verifier["avis"].saisi == "remarque"
