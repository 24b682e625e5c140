"""One row of « Chiffres »: contested only with a value, a reason and a source."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clsmon.model.anomalie import Anomalie, Gravite
from clsmon.model.observation import Contestation
from clsmon.workbooks.examen.layout import COLONNES_CHIFFRES, DISPOSITION_CHIFFRES
from clsmon.workbooks.reader.grid import Cellule
from clsmon.workbooks.returned.contested import read_contested
from clsmon.workbooks.returned.declared import Declaree
from clsmon.workbooks.returned.locating import Ligne
from tests.analysis.builder import CLE, dossier, fiche, measure
from tests.workbooks.returned.rows import DATE, ERREUR, number, text

COLONNES = {colonne.cle: rang for rang, colonne in enumerate(COLONNES_CHIFFRES, start=1)}
MOTIF, SOURCE = "Deux de plus", "Convention"


def read(
    type_: str = "nombre", declaree: str = "12", **cellules: Cellule | str
) -> tuple[Contestation | None, tuple[Anomalie, ...]]:
    typees = {c: text(v) if isinstance(v, str) else v for c, v in cellules.items()}
    ligne = Ligne("Chiffres", 9, COLONNES, typees, DISPOSITION_CHIFFRES.typees)
    situee = dossier(fiche("1.1", measure(type_=type_))).mesures[CLE]
    return read_contested(ligne, situee, Declaree("ars", declaree), "examen-cpam.xlsx")


def codes(anomalies: tuple[Anomalie, ...]) -> list[str]:
    return [f"{a.code} {a.lieu.cellule}" for a in anomalies if a.gravite is not Gravite.INFO]


def test_a_row_left_alone_says_nothing() -> None:
    assert read(cle=CLE, valeur_declaree=number("12")) == (None, ())


def test_a_complete_contestation_keeps_all_of_it() -> None:
    lue, anomalies = read(valeur_proposee=number("14"), motif=MOTIF, source=SOURCE)
    assert anomalies == ()
    assert lue == Contestation(
        organisme_declarant="ars",
        valeur_declaree="12",
        valeur_proposee="14",
        motif=MOTIF,
        source=SOURCE,
        cellule="Chiffres!I9",
        regle="",
    )


@pytest.mark.parametrize(
    ("saisi", "valeur", "estimee"),
    [
        pytest.param("1 234", "1234", False, id="espace des milliers"),
        pytest.param("environ 40", "40", True, id="estimé"),
        pytest.param("vingt-cinq", "25", False, id="en lettres"),
        pytest.param("0", "0", False, id="zéro est une valeur"),
    ],
)
def test_a_proposed_value_is_read_like_an_answer(saisi: str, valeur: str, estimee: bool) -> None:
    lue, _ = read(valeur_proposee=saisi, motif=MOTIF, source=SOURCE)
    assert lue is not None
    assert (lue.valeur_proposee, lue.estimee) == (valeur, estimee)


def test_a_rate_is_proposed_by_its_two_terms() -> None:
    termes = {"numerateur": number("30"), "denominateur": number("41")}
    lue, anomalies = read("taux", "22/41", motif=MOTIF, source=SOURCE, **termes)
    assert anomalies == ()
    assert lue is not None
    assert (lue.numerateur, lue.denominateur, lue.conteste) == (Decimal(30), Decimal(41), True)


@pytest.mark.parametrize(
    ("cellules", "attendus"),
    [
        pytest.param({"valeur_proposee": "14"}, ["SAI040 L9", "SAI041 M9"], id="rien d’autre"),
        pytest.param({"valeur_proposee": "14", "motif": MOTIF}, ["SAI041 M9"], id="sans source"),
        pytest.param({"valeur_proposee": "14", "source": SOURCE}, ["SAI040 L9"], id="sans motif"),
        pytest.param({"motif": MOTIF}, ["SAI042 I9"], id="un motif seul"),
        pytest.param({"source": SOURCE}, ["SAI042 I9"], id="une source seule"),
        pytest.param(
            {"valeur_proposee": "non disponible", "motif": MOTIF, "source": SOURCE},
            ["SAI042 I9"],
            id="une absence n’est pas une valeur",
        ),
        pytest.param(
            {"valeur_proposee": "12", "motif": MOTIF, "source": SOURCE},
            ["SAI043 I9"],
            id="la valeur déclarée elle-même",
        ),
        pytest.param(
            {"valeur_proposee": "une dizaine", "motif": MOTIF, "source": SOURCE},
            ["SAI002 I9"],
            id="un ordre de grandeur",
        ),
        pytest.param(
            {"valeur_proposee": "14", "motif": ERREUR, "source": SOURCE},
            ["SAI025 L9"],
            id="un motif illisible",
        ),
        pytest.param(
            {"valeur_proposee": DATE, "motif": MOTIF, "source": SOURCE},
            ["SAI004 I9"],
            id="une date",
        ),
        pytest.param(
            {"valeur_proposee": "-3", "motif": MOTIF, "source": SOURCE}, ["SAI010 I9"], id="négatif"
        ),
    ],
)
def test_an_incomplete_contestation_is_a_question_and_is_kept(
    cellules: dict[str, Cellule | str], attendus: list[str]
) -> None:
    lue, anomalies = read(**cellules)  # type: ignore[arg-type]
    assert codes(anomalies) == attendus
    assert all(a.gravite is Gravite.ERREUR for a in anomalies)
    assert lue is not None
    assert not lue.conteste
    assert {c: d.saisi for c, d in lue.a_verifier.items()} == {
        c: v if isinstance(v, str) else v.texte for c, v in cellules.items()
    }


def test_whoever_can_be_recognised_is_not_kept() -> None:
    lue, anomalies = read(valeur_proposee="14", motif="voir 06 12 34 56 78", source="Registre")
    assert codes(anomalies) == ["SAI027 L9"]
    assert "06 12" not in str(anomalies)
    assert lue is not None
    assert (lue.a_verifier["motif"].saisi, lue.motif) == ("", "")
    assert lue.a_verifier["valeur_proposee"].saisi == "14"


def test_a_reason_that_is_refused_is_called_a_reason() -> None:
    _, (anomalie,) = read(valeur_proposee="14", motif=ERREUR, source="Registre")
    assert anomalie.message.startswith("le motif « #DIV/0! » est une erreur du tableur")
