"""The identity of a form, said once in its hidden sheet and confirmed elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from clsmon.workbooks.layout import EMPREINTE
from clsmon.workbooks.reader.grid import Cellule, Classeur, Feuille, Nature
from clsmon.workbooks.reader.refusal import ClasseurRefuse
from clsmon.workbooks.returned.identity import identify

EMPREINTES = ("0123456789abcdef", "fedcba9876543210")
LIGNES = {
    "contrat": "CLS d'essai",
    "exercice": "2025",
    "organisme": "apo",
    "version": "1",
    "empreinte": EMPREINTES[0],
    "base": "",
}


def machine(nom: str = "_clsmon", **change: str) -> Feuille:
    couples = enumerate((LIGNES | change).items(), start=1)
    cellules = {
        (rangee, colonne): Cellule(texte, Nature.TEXTE)
        for rangee, couple in couples
        for colonne, texte in enumerate(couple, start=1)
        if texte
    }
    return Feuille(nom, cellules, cachee=True)


def workbook(*feuilles: Feuille, nom: str = "", propriete: str = "") -> Classeur:
    champs: dict[str, Any] = {"calendrier_1904": False, "macros": False, "anomalies": ()}
    noms = {EMPREINTE: nom} if nom else {}
    proprietes = {EMPREINTE: propriete} if propriete else {}
    return Classeur(feuilles=feuilles, noms=noms, proprietes=proprietes, **champs)


@pytest.mark.parametrize(
    ("nom", "propriete"),
    [
        pytest.param("", "", id="both lost"),
        pytest.param(f'="{EMPREINTES[0]}"', EMPREINTES[0], id="as written"),
        pytest.param(f'"{EMPREINTES[0]}"', "", id="as LibreOffice writes it"),
        pytest.param("#REF!", "", id="a name that refers to nothing"),
    ],
)
def test_identity_that_nothing_contradicts(nom: str, propriete: str) -> None:
    identite = identify(workbook(machine(), nom=nom, propriete=propriete))
    assert (identite.organisme, identite.exercice, identite.empreinte) == (
        "apo",
        2025,
        EMPREINTES[0],
    )


@pytest.mark.parametrize(
    ("nom", "propriete"),
    [
        pytest.param(f'="{EMPREINTES[1]}"', "", id="name"),
        pytest.param("", EMPREINTES[1], id="property"),
        pytest.param(f'="{EMPREINTES[0]}"', EMPREINTES[1], id="one of the two"),
    ],
)
def test_fingerprint_of_another_form_is_refused(nom: str, propriete: str) -> None:
    with pytest.raises(ClasseurRefuse) as refus:
        identify(workbook(machine(), nom=nom, propriete=propriete))
    assert refus.value.code == "FOR029"
    assert "les deux empreintes diffèrent" in refus.value.message


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"organisme": "emas"}, "« apo », exercice 2025 et « emas », exercice 2025"),
        ({"exercice": "2024"}, "« apo », exercice 2025 et « apo », exercice 2024"),
        ({"empreinte": EMPREINTES[1]}, "deux versions de « apo », exercice 2025"),
        ({"base": "apo-1a2b3c4d"}, "deux versions de « apo », exercice 2025"),
    ],
)
def test_two_identities_that_disagree_are_refused(change: dict[str, str], dit: str) -> None:
    with pytest.raises(ClasseurRefuse) as refus:
        identify(workbook(machine(), machine("_clsmon (2)", **change)))
    assert refus.value.code == "FOR028"
    assert f"({dit})" in refus.value.message


def test_the_same_identity_twice_is_one() -> None:
    assert identify(workbook(machine(), machine("copie"))).organisme == "apo"


def test_a_kind_of_workbook_that_this_version_does_not_know_is_refused() -> None:
    with pytest.raises(ClasseurRefuse) as refus:
        identify(workbook(machine(genre="sondage")))
    assert refus.value.code == "FOR025"
    assert "« sondage »" in refus.value.message
