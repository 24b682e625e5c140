"""The examination from end to end: draft, two contested figures, an arbitration, next year."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from clsmon.demonstration.partner import Saisies, fill_form
from tests.returns import EXERCICE, Atelier

Lance = Callable[..., tuple[int, str, str]]

ECOLES, LIVRES = "3.1/ecoles-classes/ecoles", "3.1/livres/livres"
CONTESTEES: Saisies = {
    (ECOLES, ""): {
        "valeur_proposee": 14,
        "motif": "Deux écoles de plus",
        "source": "Convention de mars",
    },
    (LIVRES, ""): {
        "valeur_proposee": 350,
        "motif": "Cinquante comptés deux fois",
        "source": "Bordereau de juin",
    },
    ("3.1", "observation"): {"avis": "remarque", "texte": "Les crèches sont à citer"},
}
SEANCE = """instance: copil
date: 2026-05-12
etat: tenue
exercice: 2025
decisions:
  - {id: D1, nature: arbitrage, objet: 3.1/ecoles-classes/ecoles, exercice: 2025,
     retient: {organisme: ars}, texte: La convention fait foi}
  - {id: D2, nature: arbitrage, objet: 3.1/livres/livres, exercice: 2025,
     retient: {organisme: apo}, texte: Le comptage de l'APO est gardé}
"""


def indicators(racine: Path, exercice: int = EXERCICE) -> dict[tuple[str, int], dict[str, Any]]:
    """The rows of the sheet « Indicateurs », by key and year."""
    classeur = load_workbook(racine / f"bilans/{exercice}/bilan-{exercice}.xlsx")
    lignes = list(classeur["Indicateurs"].iter_rows(min_row=2, values_only=True))
    rangees = [dict(zip(map(str, lignes[0]), ligne, strict=True)) for ligne in lignes[1:]]
    return {(str(r["Clé"]), int(str(r["Année"]))): r for r in rangees}


@pytest.fixture
def atelier(copie: Path, lance: Lance) -> Atelier:
    """The APO has answered, and the signatories have received the draft."""
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: 12, LIVRES: 400})
    atelier.collect()
    vie = copie / "data/exercices/2025.yaml"
    vie.parent.mkdir()
    vie.write_text("droit_de_regard_fin: 2026-04-30\n", encoding="utf-8")
    code, out, err = lance(
        "forms", "--examen", "--date", "2026-04-10", "--organisme", "ars", "--dossier", copie
    )
    assert (code, "Attention" in err) == (0, False)
    assert "2 chiffres" in out
    return atelier


def test_from_the_draft_to_the_next_report(atelier: Atelier, lance: Lance) -> None:
    racine = atelier.racine
    cahier = racine / f"formulaires/{EXERCICE}/examen-ars.xlsx"
    assert "jeudi 30 avril 2026" in str(
        [c.value for ligne in load_workbook(cahier)["Lisez-moi"].iter_rows() for c in ligne]
    )
    atelier.drop("examen-ars.xlsx", fill_form(cahier.read_bytes(), CONTESTEES))

    code, out, _ = lance("collect", "--dossier", racine, "--exercice", EXERCICE, "--dry-run")
    (change,) = [ligne for ligne in out.split("\n") if ligne.startswith(ECOLES)]
    assert change.startswith(f"{ECOLES} : déclaré 12, contesté 14 (examen-ars.xlsx, Chiffres!")
    assert not (racine / "data/observations").exists()
    code, out, err = lance("collect", "--dossier", racine, "--exercice", EXERCICE)
    assert code == 0
    assert "examen-ars.xlsx     1          2      ·  nouveau" in out
    assert "1 examen de plus" in err
    assert "1 cahier rendu sur 13 (ARS)" in err
    assert (
        "1 cahier rendu sur 13 (ARS)" in lance("status", "--dossier", racine, "--exercice", 2025)[1]
    )

    bilan = ("bilan", "--dossier", racine, "--exercice", EXERCICE, "--date")
    assert lance(*bilan, "2026-05-01")[0] == 0
    avant = indicators(racine)
    assert (avant[ECOLES, 2025]["Valeur"], avant[LIVRES, 2025]["Valeur"]) == (12, 400)
    projet = (racine / "bilans/2025/bilan-2025.md").read_text(encoding="utf-8")
    assert "12 (contestée par ARS)" in projet
    assert "Arbitrer 2 mesures dont le chiffre est contesté" in projet.replace("\u00a0", " ")
    assert "> Les crèches sont à citer" in projet

    (racine / "data/seances").mkdir()
    (racine / "data/seances/2026-05-12-copil.yaml").write_text(SEANCE, encoding="utf-8")
    assert lance("validate", "--dossier", racine, "--strict")[0] == 0
    assert lance(*bilan, "2026-05-20")[0] == 0
    apres = indicators(racine)
    assert (apres[ECOLES, 2025]["Valeur"], apres[LIVRES, 2025]["Valeur"]) == (14, 400)
    arbitre = (racine / "bilans/2025/bilan-2025.md").read_text(encoding="utf-8")
    for dit in ("14 (arbitrage)", "400 (arbitrage)", "14 au lieu de 12", "350 au lieu de 400"):
        assert dit in arbitre
    assert "Arbitrer" not in arbitre

    suivant = ("bilan", "--dossier", racine, "--exercice", 2026, "--date", "2027-03-20")
    assert lance(*suivant)[0] == 0
    plus_tard = indicators(racine, 2026)
    assert plus_tard[ECOLES, 2025]["Valeur"] == 14
    document = (racine / "bilans/2026/bilan-2026.md").read_text(encoding="utf-8")
    assert "2025, valeur déclarée par APO : 12" in document.replace("\u00a0", " ")
    assert "2025, valeur contestée par ARS" in document

    code, out, _ = lance("trace", ECOLES, "--dossier", racine)
    assert code == 0
    assert all(len(ligne) <= 80 for ligne in out.split("\n"))
    assert "retient la valeur proposée par ARS" in out
    assert "contestée par ARS : 14 au lieu de 12" in out
    assert "APO : 12" in out


@pytest.mark.parametrize(
    ("organisme", "dit"),
    [("apo", "« apo » n'est pas signataire du contrat"), ("arss", "organisme inconnu : « arss »")],
)
def test_only_a_signatory_receives_a_workbook(
    copie: Path, lance: Lance, organisme: str, dit: str
) -> None:
    code, _, err = lance(
        "forms", "--examen", "--organisme", organisme, "--exercice", 2025, "--dossier", copie
    )
    assert code == 2
    assert dit in err


def test_a_contract_that_nobody_signed_says_so(copie: Path, lance: Lance) -> None:
    contrat = copie / "data/contrat.yaml"
    texte = contrat.read_text(encoding="utf-8").replace("signataire: true", "associe: true")
    contrat.write_text(texte, encoding="utf-8")
    code, _, err = lance("forms", "--examen", "--exercice", 2025, "--dossier", copie)
    assert code == 2
    assert "ce contrat n'a pas de signataire" in err
    assert "signataire: true" in err


def test_what_is_missing_before_sending_is_told(copie: Path, lance: Lance) -> None:
    code, out, err = lance("forms", "--examen", "--exercice", 2025, "--dossier", copie)
    assert code == 0
    assert len(out.splitlines()) == 13
    assert "aucune réponse n'est enregistrée pour 2025" in err
    assert "clsmon bilan --exercice 2025 --envoyer" in err
