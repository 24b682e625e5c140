"""`clsmon collect` and `clsmon bilan`: what the screen tells the animateur."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from clsmon.demonstration.partner import fill_form
from clsmon.opening import require_dossier
from tests.returns import Atelier

Lance = Callable[..., tuple[int, str, str]]

ECOLES, LIVRES = "3.1/ecoles-classes/ecoles", "3.1/livres/livres"
OPTIONS = ("--exercice", "2025", "--date", "2026-03-01", "--dossier")


def test_a_clean_collect_leads_to_the_report_and_names_who_is_missing(
    lance: Lance, copie: Path
) -> None:
    Atelier(copie).answer("apo", {ECOLES: 12})
    code, out, err = lance("collect", *OPTIONS, copie)
    assert code == 0
    assert "apo.xlsx" in out
    assert "1 classeur lu, 1 relevé de plus. Et maintenant : clsmon bilan --exercice 2025" in err
    assert "Sans réponse à ce jour : ARS, Dijon métropole" in err
    assert "APO" not in err


def test_questions_come_before_the_report(lance: Lance, copie: Path) -> None:
    Atelier(copie).answer("apo", {ECOLES: "une dizaine"})
    code, out, err = lance("collect", *OPTIONS, copie)
    assert code == 1
    assert "apo.xlsx, feuille Saisie, cellule H12  SAI002 erreur  3.1 Écoles concernées" in out
    assert "Posez la question ci-dessus" in err
    assert "clsmon bilan" not in err


def test_refused_files_are_counted_apart(lance: Lance, copie: Path) -> None:
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: 12})
    atelier.drop("note.docx", b"PK\x03\x04 rien")
    code, out, err = lance("collect", *OPTIONS, copie)
    assert code == 1
    assert "2 classeurs lus dont 1 refusé, 1 relevé de plus" in err
    assert "refusé" in out


def test_dry_run_tells_each_change_and_writes_nothing(lance: Lance, copie: Path) -> None:
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: 12, LIVRES: "une dizaine"})
    before = atelier.tree()
    code, out, err = lance("collect", "--dry-run", *OPTIONS, copie)
    assert code == 1
    assert f"{ECOLES} : (vide) → 12 (apo.xlsx, Saisie!H12)" in out
    assert f"{LIVRES} : (vide) → à vérifier : « une dizaine » (apo.xlsx, Saisie!H14)" in out
    assert "1 relevé à enregistrer" in err
    assert atelier.tree() == before


def test_nothing_to_read_is_said(lance: Lance, copie: Path) -> None:
    (copie / "retours" / "2025").mkdir(parents=True)
    code, _, err = lance("collect", *OPTIONS, copie)
    assert code == 0
    assert "Aucun classeur à lire" in err


def test_the_report_says_what_it_is_worth(lance: Lance, copie: Path) -> None:
    Atelier(copie).answer("apo", {ECOLES: 12, LIVRES: "une dizaine"})
    lance("collect", *OPTIONS, copie)
    code, out, err = lance("bilan", *OPTIONS, copie)
    assert code == 0
    assert "bilan-2025.xlsx" in out
    assert "projet à soumettre aux signataires" in err
    assert "14 organismes sans réponse, 1 réponse à vérifier" in err


def test_forms_warn_when_their_deadline_is_past(lance: Lance, copie: Path) -> None:
    options = ("--organisme", "APO", "--exercice", "2025", "--dossier", copie)
    code, out, err = lance("forms", "--date", "2026-06-01", *options)
    assert code == 0
    assert "apo.xlsx" in out
    assert "1 formulaire préparé pour l'exercice 2025" in err
    assert "15/03/2026, date passée" in err
    assert "passée" not in lance("forms", "--date", "2026-02-01", *options)[2]


def test_a_command_with_a_slip_is_suggested(lance: Lance) -> None:
    assert "Vouliez-vous dire « clsmon collect » ?" in lance("colect")[2]


def test_corrected_forms_are_named_with_their_questions(
    lance: Lance, copie: Path, tmp_path: Path
) -> None:
    Atelier(copie).answer("apo", {ECOLES: "entre dix et vingt"})
    code, out, err = lance("collect", *OPTIONS, copie, "--corrections", tmp_path / "renvoyer")
    assert code == 1
    assert (tmp_path / "renvoyer" / "apo-2025-correction-1.xlsx").is_file()
    assert "1 question  " in out
    assert "apo-2025-correction-1.xlsx  (APO)" in out
    assert "1 formulaire corrigé à renvoyer" in err


def test_a_choice_between_two_returns_from_the_command_line(lance: Lance, copie: Path) -> None:
    atelier = Atelier(copie)
    vierge = atelier.form("apo")
    for nom, ecoles in (("a.xlsx", 12), ("b.xlsx", 14)):
        atelier.drop(nom, fill_form(vierge, {(ECOLES, ""): {"valeur": ecoles}}))
    assert lance("collect", *OPTIONS, copie)[0] == 1
    dossier = require_dossier(copie)
    (garde,) = (nom for nom, r in dossier.releves.items() if r.recu.fichier == "b.xlsx")
    code, out, err = lance("collect", *OPTIONS, copie, "--garder", garde)
    assert code == 0
    assert f"correction : réponses de {garde} retenues" in out
    assert "Rien n'est effacé" in err
    assert lance("collect", *OPTIONS, copie)[0] == 0
    assert "12 → (écartée)" in lance("status", *OPTIONS, copie, "--historique")[1]


def test_a_withdrawal_says_why(lance: Lance, copie: Path) -> None:
    Atelier(copie).answer("apo", {ECOLES: 12})
    lance("collect", *OPTIONS, copie)
    (nom,) = require_dossier(copie).releves
    avant = Atelier(copie).tree()
    essai = ("collect", *OPTIONS, copie, "--retirer", nom, "--motif", "doublon")
    assert lance(*essai, "--dry-run")[0] == 0
    assert Atelier(copie).tree() == avant
    code, out, _ = lance(*essai)
    assert (code, out.partition("  ")[2]) == (0, f"remplace {nom}  (retrait : doublon)\n")
    assert "retiré" in lance("collect", *OPTIONS, copie)[1]
    assert "12 → (retirée)" in lance("status", *OPTIONS, copie, "--historique")[1]


@pytest.mark.parametrize(
    ("options", "faute"),
    [
        pytest.param(["--retirer", "apo-1"], "--retirer demande un motif", id="retrait sans motif"),
        pytest.param(["--garder", "a", "--retirer", "b"], "l'un après l'autre", id="les deux"),
        pytest.param(["--garder", "a", "--motif", "t"], "pas besoin", id="garder avec motif"),
        pytest.param(["--garder", "a", "x.xlsx"], "ne lisent aucun", id="garder et classeur"),
        pytest.param(["--garder", "a", "--corrections", "d"], "n'écrivent pas", id="corrections"),
        pytest.param(["--motif", "t"], "corrigés vous-même", id="motif seul"),
        pytest.param(["--dry-run", "--corrections", "d"], "n'écrit rien", id="essai, corrections"),
        pytest.param(["--garder", "apo-00000000"], "relevé inconnu", id="relevé inconnu"),
    ],
)
def test_options_that_do_not_go_together(
    lance: Lance, copie: Path, options: list[str], faute: str
) -> None:
    code, _, err = lance("collect", *OPTIONS, copie, *options)
    assert code == 2
    assert faute in err


def test_an_answer_under_a_former_code_is_not_asked_again(lance: Lance, copie: Path) -> None:
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: 12})
    lance("collect", *OPTIONS, copie)
    fiche, contrat = copie / "data" / "fiches" / "3.1.yaml", copie / "data" / "contrat.yaml"
    texte = fiche.read_text(encoding="utf-8").replace("[apo]", "[orthophonie]")
    fiche.write_text(texte, encoding="utf-8")
    texte = contrat.read_text(encoding="utf-8")
    texte = texte.replace("  apo:\n", "  orthophonie:\n    anciens_codes: [apo]\n")
    contrat.write_text(texte, encoding="utf-8")
    atelier.answer("emas", {})
    _, _, err = lance("collect", *OPTIONS, copie, copie / "retours" / "2025" / "emas.xlsx")
    assert "Sans réponse" in err
    assert "APO" not in err


def test_nothing_received_yet_is_not_a_fault(lance: Lance, copie: Path) -> None:
    code, _, err = lance("collect", *OPTIONS, copie)
    assert code == 0
    assert err == "Aucun classeur à lire. Rangez les réponses reçues dans retours/2025/.\n"


def test_a_workbook_dropped_beside_the_year_is_named(lance: Lance, copie: Path) -> None:
    (copie / "retours").mkdir()
    (copie / "retours" / "apo-2025-correction-1.xlsx").write_bytes(b"PK")
    code, _, err = lance("collect", *OPTIONS, copie)
    assert code == 0
    assert "Pas lu, car hors de retours/2025/ : apo-2025-correction-1.xlsx." in err


def test_corrected_forms_come_back_where_they_are_read(
    lance: Lance, copie: Path, tmp_path: Path
) -> None:
    Atelier(copie).answer("apo", {ECOLES: "une dizaine"})
    _, _, err = lance("collect", "--corrections", tmp_path / "c", *OPTIONS, copie)
    assert "Au retour, rangez-les dans retours/2025/." in err


def test_after_a_refusal_the_report_is_not_next(lance: Lance, copie: Path) -> None:
    Atelier(copie).answer("apo", {ECOLES: 12})
    code, out, err = lance(
        "collect",
        copie / "retours" / "2025" / "apo.xlsx",
        "--exercice",
        "2024",
        "--dossier",
        copie,
    )
    assert (code, "FOR016" in out) == (1, True)
    assert "Faites ce qui est dit ci-dessus de chaque classeur refusé" in err
    assert "clsmon bilan" not in err


def test_a_dry_run_is_followed_by_the_same_command(lance: Lance, copie: Path) -> None:
    Atelier(copie).answer("apo", {ECOLES: 12})
    code, _, err = lance("collect", "--dry-run", *OPTIONS, copie)
    assert code == 0
    assert "Et maintenant : la même commande, sans --dry-run" in err
