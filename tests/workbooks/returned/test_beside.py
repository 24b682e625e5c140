"""What goes with an answer, its comment and source: kept, or asked again without touching it."""

from __future__ import annotations

import pytest

from clsmon.model.releve import Valeur
from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.returned.answer_cells import Reading
from clsmon.workbooks.returned.beside import read_beside
from tests.workbooks.returned.rows import DATE, ERREUR, FORMULE, number, row
from tests.workbooks.returned.test_answers import NOMBRE, situate

Constat = tuple[str, str, str]


def read(**cellules: Cellule | str) -> tuple[Valeur | None, list[Constat]]:
    lecture = Reading(row(**cellules), "apo.xlsx", situate(NOMBRE))
    valeur, anomalies = read_beside(lecture)
    assert all(a.conseil for a in anomalies if a.gravite != "info")
    return valeur, [(a.code, a.gravite.value, a.lieu.cellule) for a in anomalies]


def test_nothing_beside() -> None:
    assert read(valeur=number("12")) == (None, [])


def test_texts_are_kept_whole() -> None:
    attendu = Valeur(commentaire="local fermé", preuve="12", cellule="Saisie!L12")
    assert read(commentaire=" local fermé ", preuve=number("12")) == (attendu, [])


def test_a_percentage_is_kept_as_it_is_shown() -> None:
    valeur, _ = read(commentaire=number("0.8", pourcentage=True))
    assert valeur is not None
    assert valeur.commentaire == "80 %"


@pytest.mark.parametrize("cellule", [FORMULE, ERREUR])
@pytest.mark.parametrize(("colonne", "adresse"), [("commentaire", "L12"), ("preuve", "M12")])
def test_a_text_that_cannot_be_read_is_asked_again(
    cellule: Cellule, colonne: str, adresse: str
) -> None:
    assert read(**{colonne: cellule}) == (None, [("SAI025", "erreur", adresse)])


def test_one_lost_text_loses_no_other() -> None:
    valeur, constats = read(commentaire=FORMULE, preuve="rapport")
    assert valeur == Valeur(preuve="rapport", cellule="Saisie!M12")
    assert constats == [("SAI025", "erreur", "L12")]


@pytest.mark.parametrize(
    ("cellules", "constats"),
    [
        pytest.param({"commentaire": DATE}, [("SAI026", "alerte", "L12")], id="commentaire"),
        pytest.param({"preuve": DATE}, [("SAI026", "alerte", "M12")], id="source"),
        pytest.param(
            {"preuve": DATE, "commentaire": "le rapport est daté"},
            [("SAI026", "info", "M12")],
            id="source confirmée par un commentaire",
        ),
        pytest.param(
            {"preuve": DATE, "commentaire": DATE},
            [("SAI026", "alerte", "L12"), ("SAI026", "alerte", "M12")],
            id="une date n'en confirme pas une autre",
        ),
    ],
)
def test_a_date_is_kept_and_told(cellules: dict[str, Cellule], constats: list[Constat]) -> None:
    valeur, dits = read(**cellules)
    assert valeur is not None
    assert "2025-04-03" in {valeur.commentaire, valeur.preuve}
    assert dits == constats


@pytest.mark.parametrize(
    "texte", ["voir Mme X au 03 80 12 34 56", "x.y@exemple.fr", "1 85 05 78 006 084 91"]
)
@pytest.mark.parametrize("nature", [Nature.TEXTE, Nature.NOMBRE])
def test_personal_data_are_dropped_and_never_quoted(texte: str, nature: Nature) -> None:
    lecture = Reading(row(commentaire=Cellule(texte, nature)), "a.xlsx", situate(NOMBRE))
    valeur, (anomalie,) = read_beside(lecture)
    assert valeur is None
    assert (anomalie.code, anomalie.gravite, anomalie.lieu.cellule) == ("SAI027", "erreur", "L12")
    assert not any(morceau in anomalie.message for morceau in ("80", "exemple", "1 85"))
