"""What organisations tell of a fiche: who said it, what is doubtful, what they propose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from clsmon.model.bilan import Bilan, Recit
from clsmon.model.libelles import NATURES_CELLULE, RUBRIQUES
from clsmon.model.releve import DeclarationFiche, Saisie
from clsmon.render.spelling import spell_doubt, spell_owner
from clsmon.render.stories import details_of, outlook_of
from clsmon.workbooks.layout import CHAMPS, CHAMPS_POSTE
from clsmon.workbooks.reader.grid import Nature
from tests.render.bilan_samples import render_markdown

from .bilan_samples import build_bilan


def told(bilan: Bilan, **dits: dict[str, str]) -> tuple[Recit, ...]:
    """What each organisation declares of the fiche."""
    (modele,) = bilan.fiches[0].recits
    return tuple(
        Recit(code, DeclarationFiche.model_validate(dit), modele.releve)
        for code, dit in dits.items()
    )


def test_the_same_perspective_is_quoted_once(bilan: Bilan) -> None:
    recits = told(
        bilan, ars={"perspectives": "Former"}, sedap={"perspectives": "Former"}, apo={"freins": "x"}
    )
    (rubrique,) = outlook_of(bilan, recits)
    assert rubrique.textes == (("ARS, Sedap", "Former"),)


@pytest.mark.parametrize(
    ("champ", "saisi", "nature", "attendu"),
    [
        pytest.param(
            "depenses.prevu",
            "~40",
            "texte",
            "Dépenses prévues (€)) : il est écrit « ~40 »",
            id="texte",
        ),
        pytest.param(
            "aides.ars.notifie",
            "",
            "formule_sans_resultat",
            "Aide de l’ARS notifiée (€)) : une formule sans résultat",
            id="formule sans résultat",
        ),
        pytest.param(
            "poste.etp",
            "?",
            "texte",
            "Poste d’animateur santé : temps (ETP)) : il est écrit « ? »",
            id="poste",
        ),
        pytest.param(
            "programme.a1", "", "", "ordinaire) : une réponse qui ne se lit pas", id="programme"
        ),
    ],
)
def test_a_doubtful_rubric_has_its_french_name(
    bilan: Bilan, champ: str, saisi: str, nature: str, attendu: str
) -> None:
    doute = Saisie(saisi=saisi, nature_cellule=nature, cellule="Fiches!E9")
    (recit,) = told(bilan, apo={})
    dit = recit.declaration.model_copy(update={"a_verifier": {champ: doute}})
    fiche = replace(bilan.fiches[0], recits=(replace(recit, declaration=dit),))
    ecrit = [d.replace("\u00a0", " ") for d in details_of(bilan, fiche)]
    assert f"À vérifier (APO ordinaire, {attendu}" in ecrit


def test_an_empty_doubt_is_told_by_its_nature() -> None:
    assert spell_doubt(" ", "date") == "une date"
    assert set(NATURES_CELLULE) == {nature.value for nature in Nature}


def test_the_form_and_the_documents_name_rubrics_alike() -> None:
    assert {c.cle: c.libelle for c in (*CHAMPS, *CHAMPS_POSTE)}.items() <= RUBRIQUES.items()


def test_the_retained_value_has_an_owner_among_several_readings() -> None:
    bilan = build_bilan()
    lecture, somme, muette = (bilan.lignes[rang] for rang in (0, 3, 9))
    assert spell_owner(lecture.constat, lecture.situee, bilan.contrat) == "APO ordinaire"
    assert not spell_owner(somme.constat, somme.situee, bilan.contrat)
    assert not spell_owner(muette.constat, muette.situee, bilan.contrat)
    fixee = replace(lecture.constat, retenues=0, arbitrage="2026-05-12-copil/D1")
    assert spell_owner(fixee, lecture.situee, bilan.contrat) == "arbitrage"


def test_the_owner_stands_beside_the_figure(bilan: Bilan, gabarits: Path) -> None:
    texte = render_markdown(bilan, [gabarits]).replace("\u00a0", " ")
    assert "| 1 234,5 (APO ordinaire) |" in texte
    assert "| 40 (APO ordinaire ; estimé) |" in texte


def test_a_year_in_which_a_measure_was_not_asked_is_a_dash(bilan: Bilan, gabarits: Path) -> None:
    lignes = bilan.fiches[0].indicateurs[0].lignes
    neuve = replace(lignes[0], serie=(lignes[0].constat,), depuis_precedent=None)
    indicateur = replace(bilan.fiches[0].indicateurs[0], lignes=(neuve,))
    axe = replace(bilan.axes[0], fiches=(replace(bilan.fiches[0], indicateurs=(indicateur,)),))
    texte = render_markdown(replace(bilan, axes=(axe,)), [gabarits]).replace("\u00a0", " ")
    assert "| — | 1 234,5 (APO ordinaire) |" in texte
