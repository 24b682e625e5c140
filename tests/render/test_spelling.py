from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clsmon.model.bilan import Bilan
from clsmon.model.completude import Completude
from clsmon.model.constat import Ecart
from clsmon.model.indicateur import Mesure, TypeMesure
from clsmon.model.libelles import spell_date
from clsmon.render.spelling import (
    spell_amount,
    spell_completeness,
    spell_finding,
    spell_gap,
    spell_initial,
    spell_number,
    spell_progress,
    spell_rate,
    spell_target,
)


def mesure_of(type_: TypeMesure) -> Mesure:
    return Mesure(id="m", libelle="Mesure", type=type_)


@pytest.mark.parametrize(
    ("nombre", "ecrit"),
    [
        pytest.param("0", "0", id="zero"),
        pytest.param("1234.5", "1\u00a0234,5", id="espace insecable et virgule"),
        pytest.param("1234567", "1\u00a0234\u00a0567", id="deux espaces"),
        pytest.param("-3", "\u22123", id="vrai signe moins"),
        pytest.param("0.123456789012345", "0,123456789012345", id="quinze chiffres gardes"),
        pytest.param("2.50", "2,5", id="zero inutile"),
    ],
)
def test_spell_number(nombre: str, ecrit: str) -> None:
    assert spell_number(Decimal(nombre)) == ecrit


@pytest.mark.parametrize(
    ("points", "ecrit"),
    [
        pytest.param(Decimal(80), "80\u00a0%", id="entier"),
        pytest.param(Decimal("12.25"), "12,2\u00a0%", id="moitie vers le pair, en bas"),
        pytest.param(Decimal("12.35"), "12,4\u00a0%", id="moitie vers le pair, en haut"),
        pytest.param(Decimal(2) / 3 * 100, "66,7\u00a0%", id="deux tiers"),
        pytest.param(Decimal("0.04"), "0,04\u00a0%", id="jamais un faux zero"),
        pytest.param(Decimal(0), "0\u00a0%", id="vrai zero"),
    ],
)
def test_spell_rate(points: Decimal, ecrit: str) -> None:
    assert spell_rate(points) == ecrit


@pytest.mark.parametrize(
    ("euros", "ecrit"),
    [
        pytest.param("1234", "1\u00a0234\u00a0€", id="entier"),
        pytest.param("27850.5", "27\u00a0850,50\u00a0€", id="centimes"),
        pytest.param("-12.34", "\u221212,34\u00a0€", id="negatif"),
    ],
)
def test_spell_amount(euros: str, ecrit: str) -> None:
    assert spell_amount(Decimal(euros)) == ecrit


@pytest.mark.parametrize(
    ("jour", "ecrit"),
    [
        pytest.param(date(2026, 3, 15), "15 mars 2026", id="jour ordinaire"),
        pytest.param(date(2026, 8, 1), "1er août 2026", id="premier du mois"),
    ],
)
def test_spell_date(jour: date, ecrit: str) -> None:
    assert spell_date(jour) == ecrit


@pytest.mark.parametrize(
    ("type_", "ecart", "ecrit"),
    [
        pytest.param("nombre", (12, 25), "+12 (+25\u00a0%)", id="hausse"),
        pytest.param("nombre", (-12, -25), "\u221212 (\u221225\u00a0%)", id="baisse"),
        pytest.param("nombre", (12, None), "+12", id="pas de pourcentage depuis zero"),
        pytest.param("nombre", (0, 0), "inchangé", id="inchange"),
        pytest.param("taux", (-3, None), "\u22123\u00a0points", id="points"),
        pytest.param("taux", ("1.5", None), "+1,5\u00a0point", id="point au singulier"),
        pytest.param("montant", (1500, 10), "+1\u00a0500\u00a0€ (+10\u00a0%)", id="euros"),
        pytest.param("nombre", None, "—", id="rien a comparer"),
    ],
)
def test_spell_gap(type_: str, ecart: tuple[Any, Any] | None, ecrit: str) -> None:
    valeurs = [None if v is None else Decimal(v) for v in ecart] if ecart else []
    compare = Ecart(valeurs[0] or Decimal(0), valeurs[1]) if valeurs else None
    assert spell_gap(compare, mesure_of(TypeMesure(type_))) == ecrit


@pytest.mark.parametrize(
    ("cle", "ecrit"),
    [
        pytest.param("m0", "1\u00a0234,5", id="nombre"),
        pytest.param("m1", "12 sur 15, soit 80\u00a0%", id="taux en deux termes"),
        pytest.param("m2", "30\u00a0000\u00a0€", id="montant"),
        pytest.param("m3", "34 (incomplet\u00a0: manque Sedap)", id="somme incomplete"),
        pytest.param("m5", "40 (estimé)", id="estime"),
        pytest.param("m6", "non disponible", id="non disponible"),
        pytest.param("m7", "sans objet", id="sans objet"),
        pytest.param("m8", "à vérifier", id="a verifier"),
        pytest.param("m9", "non répondu", id="non repondu"),
    ],
)
def test_spell_finding(bilan: Bilan, cle: str, ecrit: str) -> None:
    ligne = next(x for x in bilan.lignes if x.situee.mesure.id == cle)
    assert spell_finding(ligne.constat, ligne.situee.mesure, bilan.contrat) == ecrit


def test_zero_is_not_an_absence(bilan: Bilan) -> None:
    ligne = bilan.lignes[0]
    zero = replace(ligne.constat, nombre=Decimal(0))
    assert spell_finding(zero, ligne.situee.mesure, bilan.contrat) == "0"
    assert spell_initial(ligne.situee.mesure) == "0"
    assert spell_initial(bilan.lignes[1].situee.mesure) == "—"


def test_separate_answers_are_listed_not_totalled(bilan: Bilan) -> None:
    ligne = bilan.lignes[0]
    constat = replace(ligne.constat, nombre=None)
    ecrit = spell_finding(constat, ligne.situee.mesure, bilan.contrat)
    assert ecrit == "APO ordinaire\u00a0: 1\u00a0234,5"


def test_target(bilan: Bilan) -> None:
    assert spell_target(bilan.lignes[0]) == "2\u00a0469 en 2028"
    assert spell_progress(bilan.lignes[0]) == "50\u00a0%"
    assert spell_target(bilan.lignes[1]) == "cible non fixée"


@pytest.mark.parametrize(
    ("completude", "ecrit"),
    [
        pytest.param(
            Completude(10, 5, 1, 0, 2), "6 réponses sur 8, soit 75\u00a0%", id="sans objet ôté"
        ),
        pytest.param(Completude(2, 0), "0 réponse sur 2, soit 0\u00a0%", id="aucune recue"),
        pytest.param(Completude(), "aucune réponse attendue", id="rien a demander"),
    ],
)
def test_spell_completeness(completude: Completude, ecrit: str) -> None:
    assert spell_completeness(completude) == ecrit


def test_no_narrow_space_anywhere(bilan: Bilan) -> None:
    ecrits = [spell_finding(x.constat, x.situee.mesure, bilan.contrat) for x in bilan.lignes]
    assert not any("\u202f" in ecrit for ecrit in ecrits)
