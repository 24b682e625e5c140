"""The figures of the Markdown, of the workbook and of the Bilan are the same ones."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

from markdown_it import MarkdownIt
from openpyxl import load_workbook

from clsmon.model.bilan import Bilan
from clsmon.render.excel import render_excel
from clsmon.render.results import name_measure
from clsmon.render.spelling import spell_finding, spell_owner, spell_quantity
from tests.render.bilan_samples import render_markdown


def tables_of(markdown: str) -> list[list[list[str]]]:
    tables: list[list[list[str]]] = []
    for jeton in MarkdownIt("gfm-like", {"linkify": False}).parse(markdown):
        if jeton.type == "table_open":
            tables.append([])
        elif jeton.type == "tr_open":
            tables[-1].append([])
        elif jeton.type == "inline" and tables and tables[-1] and jeton.level >= 4:
            tables[-1][-1].append("".join(t.content for t in jeton.children or ()))
    return tables


def sheet_of(bilan: Bilan, nom: str) -> list[list[object]]:
    classeur = load_workbook(BytesIO(render_excel(bilan)))
    return [[c.value for c in ligne] for ligne in classeur[nom].iter_rows()]


def test_measures_are_the_same_everywhere(bilan: Bilan, gabarits: Path) -> None:
    tables = tables_of(render_markdown(bilan, [gabarits]))
    resultats = next(t for t in tables if t[0][0] == "Indicateur et mesure")
    annee = resultats[0].index("2025")
    ecrits = [(ligne[0], ligne[annee]) for ligne in resultats[1:]]
    classeur = [ligne for ligne in sheet_of(bilan, "Indicateurs") if ligne[3] == 2025]
    assert len(ecrits) == len(classeur) == len(bilan.lignes) == 10
    for ligne, (nom, ecrit), cellules in zip(bilan.lignes, ecrits, classeur, strict=True):
        mesure, nombre = ligne.situee.mesure, ligne.constat.nombre
        assert nom == name_measure(ligne)
        assert cellules[12] == ligne.situee.cle
        if nombre is None:
            assert cellules[5] is None
            assert ecrit in {str(cellules[4]), "réponse ci-dessous"}
        else:
            assert Decimal(str(cellules[5])) == nombre
            assert spell_quantity(Decimal(str(cellules[5])), mesure) in ecrit
            source = spell_owner(ligne.constat, ligne.situee, bilan.contrat)
            assert ecrit == spell_finding(ligne.constat, mesure, bilan.contrat, source)


def test_quality_is_the_same_everywhere(bilan: Bilan, gabarits: Path) -> None:
    tables = tables_of(render_markdown(bilan, [gabarits]))
    markdown = next(t for t in tables if t[0][1] == "Réponses demandées" and t[0][0] == "Organisme")
    classeur = next(ligne for ligne in sheet_of(bilan, "Qualité") if ligne[0] == "APO ordinaire")
    completude = bilan.organismes[0].completude
    assert (
        markdown[1][1:8] == [str(n) for n in classeur[1:8]] == ["10", "5", "1", "1", "1", "1", "1"]
    )
    assert completude.taux is not None
    assert float(str(classeur[8])) == float(round(completude.taux, 13))
    assert markdown[1][8] == "66,7\u00a0%"
