"""The typical year, lived once with the real commands: its page is fresh and its facts hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from clsmon.model.dossier import Dossier
from clsmon.opening import require_dossier
from docs.__main__ import NOTE
from docs.annee import AUTRE, CONTESTEE, COPIL, Recit, play

PAGE = Path(__file__).parents[2] / "docs" / "annee-type.md"


class Annee:
    """The dossier once the year is over, and what was told of it."""

    def __init__(self, racine: Path, recit: Recit) -> None:
        self.racine, self.recit = racine, recit
        self.dossier: Dossier = require_dossier(racine)

    def bilan(self, exercice: int) -> str:
        """The report of a year, as text."""
        chemin = self.racine / f"bilans/{exercice}/bilan-{exercice}.md"
        return chemin.read_text(encoding="utf-8").replace("\u00a0", " ")


@pytest.fixture(scope="module")
def annee(tmp_path_factory: pytest.TempPathFactory) -> Annee:
    racine = tmp_path_factory.mktemp("an") / "annee"
    racine.mkdir()
    return Annee(racine, play(racine))


def test_the_page_is_what_was_seen(annee: Annee) -> None:
    assert PAGE.read_text(encoding="utf-8") == NOTE + "\n\n".join(annee.recit.texte) + "\n"


def test_only_the_change_without_its_decision_fails(annee: Annee) -> None:
    fautives = [(ligne, code) for ligne, code in annee.recit.codes if code]
    assert fautives == [("clsmon diff --exiger", 1)]
    assert len([ligne for ligne, _ in annee.recit.codes if "diff" in ligne]) == 2


def test_the_copil_took_the_five_kinds_of_decisions_and_adopted_the_report(annee: Annee) -> None:
    natures = {str(d.nature) for nom, (_, d) in annee.dossier.decisions.items() if COPIL in nom}
    assert natures == {
        *("adoption_bilan", "retrait_fiche", "cible", "arbitrage", "avenant", "autre"),
    }
    vie = annee.dossier.exercices[2025]
    assert (vie.adopte, len(vie.empreinte or "")) == (f"{COPIL}/D1", 64)


def test_two_figures_are_contested_and_one_is_settled(annee: Annee) -> None:
    contestees = {cle for examen in annee.dossier.examens.values() for cle in examen.mesures}
    assert contestees == {CONTESTEE, AUTRE}
    for exercice in (2025, 2026):
        document = annee.bilan(exercice)
        assert "11 au lieu de 9" in document or "valeur contestée par ARS" in document
        assert "Feuilles d'émargement (fictif)" in document or "141" in document
    assert "11 (arbitrage)" in annee.bilan(2025)
    assert "148 (contestée par CPAM)" in annee.bilan(2025)


def test_the_next_report_opens_with_what_became_of_the_decisions(annee: Annee) -> None:
    page = annee.bilan(2026).split("## 2. ")[0]
    suivi = page.split("### Ce que sont devenues les décisions antérieures")[1]
    devenues = {
        ligne.partition(" : ")[0].removeprefix("- "): ligne
        for ligne in suivi.split("\n")
        if ligne.startswith("- ")
    }
    for rang in (1, 2, 3, 4):
        assert f"{COPIL}/D{rang}" in devenues["Réalisées"]
    for rang in (5, 6):
        assert f"{COPIL}/D{rang}" in devenues["En retard"]


def test_a_removed_fiche_still_stands_in_the_year_when_it_was_in_force(annee: Annee) -> None:
    assert "4.3 Améliorer la qualité de l’air intérieur" in annee.bilan(2026)
    demandees = {situee.fiche.id for situee in annee.dossier.demandees(2026)}
    ensuite = {situee.fiche.id for situee in annee.dossier.demandees(2027)}
    assert demandees - ensuite == {"4.3"}
