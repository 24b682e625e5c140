"""The report for machines: exact, complete, and described by its schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from clsmon.model.anomalie import ClsmonError
from clsmon.model.bilan import Bilan
from clsmon.render.machine import VERSION, render_json, render_schema

from .hostile import HOSTILES

BuildBilan = Callable[..., Bilan]


@pytest.fixture(scope="module")
def validateur() -> Draft202012Validator:
    schema = json.loads(render_schema())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def texts_of(contenu: Any) -> Iterator[str]:
    match contenu:
        case str():
            yield contenu
        case dict():
            for cle, valeur in contenu.items():
                yield from (cle, *texts_of(valeur))
        case list():
            for element in contenu:
                yield from texts_of(element)


def test_a_report_obeys_its_schema(
    bilan: Bilan, bilan_vide: Bilan, validateur: Draft202012Validator
) -> None:
    for rendu in (render_json(bilan), render_json(bilan_vide)):
        contenu = json.loads(rendu)
        assert [e.message for e in validateur.iter_errors(contenu)] == []
        assert (contenu["version"], contenu["exercice"]) == (VERSION, 2025)


def test_the_schema_refuses_what_a_report_does_not_say(
    bilan: Bilan, validateur: Draft202012Validator
) -> None:
    contenu = json.loads(render_json(bilan))
    faux = (
        contenu | {"inconnu": 1},
        {cle: valeur for cle, valeur in contenu.items() if cle != "axes"},
        contenu | {"exercice": "2025"},
    )
    assert all(not validateur.is_valid(contenu_faux) for contenu_faux in faux)


def test_every_measure_is_there_with_its_exact_number(bilan: Bilan) -> None:
    contenu = json.loads(render_json(bilan))
    lignes = [
        ligne
        for axe in contenu["axes"]
        for fiche in axe["fiches"]
        for indicateur in fiche["indicateurs"]
        for ligne in indicateur["lignes"]
    ]
    lus = {ligne["situee"]: ligne["constat"]["nombre"] for ligne in lignes}
    attendus = {
        ligne.situee.cle: None if ligne.constat.nombre is None else f"{ligne.constat.nombre:f}"
        for ligne in bilan.lignes
    }
    assert lus == attendus
    assert list(contenu["mesures"]) == list(attendus)
    assert any(nombre for nombre in attendus.values())


@pytest.mark.parametrize("texte", HOSTILES)
def test_any_text_comes_back_as_it_was(bilan_of: BuildBilan, texte: str) -> None:
    rendu = render_json(bilan_of(texte))
    assert any(texte in lu for lu in texts_of(json.loads(rendu)))


def test_the_same_report_gives_the_same_bytes(bilan: Bilan, bilan_of: BuildBilan) -> None:
    assert render_json(bilan) == render_json(bilan_of())
    assert render_schema() == render_schema()


def test_a_number_that_is_none_is_refused(bilan: Bilan) -> None:
    axe = bilan.axes[0]
    completude = replace(axe.completude, renseignees=Decimal("NaN"))  # type: ignore[arg-type]
    faux = replace(bilan, axes=(replace(axe, completude=completude),))
    with pytest.raises(ClsmonError, match="n'est pas fini"):
        render_json(faux)
