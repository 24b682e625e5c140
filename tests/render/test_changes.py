"""What is proposed for the contract, as every format shows it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from clsmon.model.bilan import Bilan
from clsmon.model.evolutions import Evolutions
from clsmon.render.changes import group_missing
from clsmon.render.excel import render_excel
from tests.render.bilan_samples import render_markdown


def section(markdown: str, numero: int) -> list[str]:
    """The lines of one section, without its blank ones."""
    debut = markdown.index(f"\n## {numero}.")
    texte = markdown[debut + 1 : markdown.find("\n## ", debut + 1)].replace("\u00a0", " ")
    return [ligne for ligne in texte.splitlines() if ligne]


def test_section_6_says_who_proposes_what_by_which_route(bilan: Bilan, gabarits: Path) -> None:
    assert section(render_markdown(bilan, [gabarits]), 6) == [
        "## 6. Évolutions proposées du contrat",
        "### Modifications et retraits proposés",
        "**Modification de la fiche 1.1 Fiche ordinaire**",
        "- Proposé par APO ordinaire : ordinaire",
        "- Proposé par Sedap (sans motif)",
        "- Voie : voie ordinaire",
        "- Suite : à décider",
        "### Avenants à préparer",
        "- ordinaire (décision 2025-05-12-copil/D1) : à écrire",
        (
            "Un nouvel axe, une nouvelle orientation, un nouveau partenaire ou une durée plus "
            "longue demande : avenant signé."
        ),
        "### Projet d’ordre du jour du prochain COPIL",
        "1. Modifier ordinaire",
        "2. Programmer ordinaire",
    ]


def test_nothing_proposed_is_said(bilan: Bilan, gabarits: Path) -> None:
    fiches = (bilan.fiches[0].fiche,)
    vide = Evolutions(maintenues=fiches, sans_avis=fiches, voie_avenant="avenant signé")
    lignes = section(render_markdown(replace(bilan, evolutions=vide), [gabarits]), 6)
    assert "Aucune modification et aucun retrait ne sont proposés." in lignes
    assert "Maintien proposé pour les fiches : 1.1." in lignes
    assert "Aucun avis sur les fiches : 1.1." in lignes
    assert "Aucun avenant n’est à préparer." in lignes
    assert "Rien n’est à inscrire à ce jour." in lignes


def test_section_5_says_what_a_fiche_to_plan_lacks(bilan: Bilan, gabarits: Path) -> None:
    lignes = section(render_markdown(bilan, [gabarits]), 5)
    assert "- Plateforme ordinaire (Axe 1 – Axe ordinaire)" in lignes
    assert "Il manque à cette fiche : porteur, calendrier." in lignes


def test_fiches_that_lack_the_same_things_are_told_together(bilan: Bilan) -> None:
    (prevue,) = bilan.evolutions.a_programmer
    autre = replace(prevue, fiche=prevue.fiche.model_copy(update={"id": "autre", "titre": "Autre"}))
    ecrite = replace(autre, manque=(), decision="2026-05-12-copil/D1")
    axe = replace(bilan.axes[0], a_programmer=(prevue.fiche, autre.fiche))

    def groups(*prevues: object) -> list[tuple[int, str]]:
        evolutions = replace(bilan.evolutions, a_programmer=prevues)  # type: ignore[arg-type]
        change = replace(bilan, axes=(axe,), evolutions=evolutions)
        return [(len(g.fiches), g.texte.replace("\u00a0", " ")) for g in group_missing(change)]

    assert groups(prevue, autre) == [(2, "porteur, calendrier")]
    assert groups(prevue, ecrite) == [
        (1, "porteur, calendrier"),
        (1, "rien, toutes les rubriques sont remplies ; ajout décidé (2026-05-12-copil/D1)"),
    ]


def test_page_one_tells_what_became_of_decisions(bilan: Bilan, gabarits: Path) -> None:
    lignes = section(render_markdown(bilan, [gabarits]), 1)
    debut = lignes.index("### Ce que sont devenues les décisions antérieures")
    assert lignes[debut + 1 : debut + 3] == ["1 décision ordinaire.", "- Ouvertes : ordinaire"]
    assert debut < lignes.index("### Ce que le COPIL doit décider")
    sans = render_markdown(replace(bilan, suivi_decisions=()), [gabarits])
    assert "Ce que sont devenues" not in sans


def test_the_workbook_shows_the_same(bilan: Bilan) -> None:
    classeur = load_workbook(BytesIO(render_excel(bilan)))
    lignes = [[c.value for c in ligne] for ligne in classeur["Évolutions"].iter_rows()]
    nom = bilan.fiches[0].fiche.nom
    assert lignes[2:4] == [
        [nom, "modification", "APO ordinaire", "ordinaire", "voie ordinaire", "à décider"],
        [nom, "modification", "Sedap", None, "voie ordinaire", "à décider"],
    ]
    ecrits = [ligne[0] for ligne in lignes[4:] if ligne[0]]
    assert [str(texte).replace("\u00a0", " ") for texte in ecrits] == [
        "Avenants à préparer",
        "ordinaire (décision 2025-05-12-copil/D1) : à écrire",
        "Projet d’ordre du jour du prochain COPIL",
        "1. Modifier ordinaire",
        "2. Programmer ordinaire",
    ]
    perspectives = [[c.value for c in ligne] for ligne in classeur["Perspectives"].iter_rows()]
    (prevue,) = [ligne for ligne in perspectives if ligne[2] == "à programmer"]
    assert prevue[5] == "porteur, calendrier"
    synthese = [c.value for (c, *_) in classeur["Synthèse"].iter_rows()]
    assert "Ce que sont devenues les décisions antérieures" in synthese
