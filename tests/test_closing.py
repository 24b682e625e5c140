"""A year is closed without writing YAML: sent for review, then adopted and frozen."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clsmon.closing import adopt, send_draft, write_life
from clsmon.model.anomalie import ClsmonError
from clsmon.model.dossier import Dossier
from clsmon.opening import require_dossier
from clsmon.reporting import reserves_of, write_bilan
from clsmon.rules import check
from clsmon.text.loading import hash_of

from .analysis.builder import examen

BASE = Path(__file__).parent / "cas" / "_base"
ENVOI, JOUR = date(2026, 4, 20), date(2026, 5, 13)
COPIL = """\
instance: copil
date: 2026-05-12
etat: tenue
exercice: 2025
decisions:
  - {id: D1, nature: adoption_bilan, texte: Le bilan 2025 est adopté}
"""


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    """A small dossier whose signatories have 15 days to review."""
    racine = Path(shutil.copytree(BASE, tmp_path / "petit"))
    contrat = racine / "data" / "contrat.yaml"
    avant = contrat.read_text(encoding="utf-8")
    apres = avant.replace("regles:\n", "regles:\n  droit_de_regard_jours: 15\n")
    contrat.write_text(apres, encoding="utf-8")
    return racine


@pytest.fixture
def adoptee(racine: Path) -> Path:
    """The same, after the COPIL adopted."""
    (racine / "data/seances/2026-05-12-copil.yaml").write_text(COPIL, encoding="utf-8")
    return racine


def life(racine: Path) -> Path:
    return racine / "data" / "exercices" / "2025.yaml"


def write(racine: Path, jour: date = JOUR, **comment: bool) -> Dossier:
    write_bilan(require_dossier(racine), 2025, jour, ["md"], **comment)
    return require_dossier(racine)


def shown(racine: Path) -> str:
    return (racine / "bilans/2025/bilan-2025.md").read_text(encoding="utf-8")


def add_releve(racine: Path, valeur: int) -> str:
    """A correction of the APO's return, received later; its name."""
    (ancien,) = (racine / "data/suivi/2025").glob("apo-f9567099.yaml")
    texte = ancien.read_text(encoding="utf-8").replace("valeur: 12", f"valeur: {valeur}")
    octets = texte.replace(
        "exercice: 2025\n", "exercice: 2025\nremplace: [apo-f9567099]\n"
    ).encode()
    nom = f"apo-{hash_of(octets)}"
    (ancien.parent / f"{nom}.yaml").write_bytes(octets)
    return nom


def test_a_draft_sent_is_recorded_with_the_end_of_the_right_to_review(racine: Path) -> None:
    vie = write(racine, ENVOI, envoyer=True).exercices[2025]
    assert (vie.projet_envoye_le, vie.droit_de_regard_fin) == (ENVOI, date(2026, 5, 5))
    assert "**Projet soumis aux signataires le 20 avril 2026.**" in shown(racine)
    assert "- **Droit de regard des signataires**\u00a0: jusqu’au 5 mai 2026 (article 8)" in shown(
        racine
    )


def test_sending_twice_the_same_day_changes_nothing_another_day_starts_again(racine: Path) -> None:
    write(racine, ENVOI, envoyer=True)
    octets = life(racine).read_bytes() + b"# relu par l'ARS\n"
    life(racine).write_bytes(octets)
    write(racine, ENVOI, envoyer=True)
    assert life(racine).read_bytes() == octets
    vie = write(racine, date(2026, 4, 25), envoyer=True).exercices[2025]
    assert vie.droit_de_regard_fin == date(2026, 5, 10)


def test_without_a_rule_the_right_to_review_has_no_end(tmp_path: Path) -> None:
    racine = Path(shutil.copytree(BASE, tmp_path / "sans"))
    assert write(racine, ENVOI, envoyer=True).exercices[2025].droit_de_regard_fin is None
    assert "- **Droit de regard des signataires**\u00a0: durée non fixée (article 8)" in shown(
        racine
    )


@pytest.mark.parametrize("jours", ["-1", "367", "999999999999"])
def test_an_impossible_right_to_review_is_a_sentence(racine: Path, jours: str) -> None:
    contrat = racine / "data" / "contrat.yaml"
    texte = contrat.read_text(encoding="utf-8").replace("jours: 15", f"jours: {jours}")
    contrat.write_text(texte, encoding="utf-8")
    with pytest.raises(ClsmonError, match="n'est pas une durée possible") as refus:
        write(racine, ENVOI, envoyer=True)
    assert refus.value.lieu is not None
    assert refus.value.lieu.fichier == "data/contrat.yaml"


def test_nothing_is_recorded_when_a_document_cannot_be_written(racine: Path) -> None:
    (racine / "bilans/2025/bilan-2025.md").mkdir(parents=True)
    with pytest.raises(ClsmonError):
        write(racine, ENVOI, envoyer=True)
    assert not life(racine).exists()


def test_an_adopted_report_is_no_longer_sent_for_review(adoptee: Path) -> None:
    with pytest.raises(ClsmonError, match="déjà adopté") as refus:
        send_draft(require_dossier(adoptee), 2025, JOUR)
    assert "--definitif" in refus.value.conseil


@pytest.mark.parametrize(
    ("seance", "jour"),
    [
        pytest.param("", JOUR, id="aucune séance"),
        pytest.param(COPIL, date(2026, 5, 11), id="la veille de la séance"),
        pytest.param(COPIL.replace("tenue", "prevue"), JOUR, id="séance prévue"),
        pytest.param(COPIL.replace("adoption_bilan", "autre"), JOUR, id="une autre décision"),
        pytest.param(COPIL.replace("exercice: 2025", "exercice: 2026"), JOUR, id="autre exercice"),
        pytest.param(COPIL.replace("copil", "cotech"), JOUR, id="autre instance"),
    ],
)
def test_without_its_decision_nothing_is_definitive(racine: Path, seance: str, jour: date) -> None:
    if seance:
        (racine / "data/seances/2026-05-12-copil.yaml").write_text(seance, encoding="utf-8")
    with pytest.raises(ClsmonError, match="le bilan 2025 n'est pas adopté") as refus:
        write(racine, jour, definitif=True)
    assert refus.value.code_sortie == 1
    assert "nature: adoption_bilan" in refus.value.conseil
    assert "clsmon forms --seance " in refus.value.conseil
    assert not life(racine).exists()
    assert not (racine / "bilans").exists()


def test_an_adopt_key_that_names_another_decision_is_refused(adoptee: Path) -> None:
    life(adoptee).parent.mkdir()
    life(adoptee).write_text("adopte: 2025-05-13-copil/D1\n", encoding="utf-8")
    with pytest.raises(ClsmonError, match="n'est pas une décision d'adoption") as refus:
        adopt(require_dossier(adoptee), 2025, JOUR)
    assert refus.value.lieu is not None
    assert (refus.value.lieu.fichier, refus.value.lieu.colonne) == ("data/exercices/2025.yaml", 9)


def test_adoption_freezes_the_decision_the_releves_and_the_imprint(adoptee: Path) -> None:
    dossier = write(adoptee, definitif=True)
    vie = dossier.exercices[2025]
    assert (vie.adopte, vie.releves) == ("2026-05-12-copil/D1", ("apo-f9567099",))
    assert vie.empreinte
    assert "**Document définitif, adopté par le COPIL.**" in shown(adoptee)
    assert f"- **Empreinte des chiffres adoptés**\u00a0: {vie.empreinte[:16]}" in shown(adoptee)
    assert f"- **Empreinte (sha256) des chiffres adoptés**\u00a0: {vie.empreinte}" in shown(adoptee)
    assert [a for a in check(dossier) if a.code.startswith("SEA06")] == []


def test_adoption_also_keeps_the_examinations_that_stood(adoptee: Path) -> None:
    dossier = require_dossier(adoptee)
    premier, second = examen("apo-1", "apo"), examen("apo-2", "apo", remplace=["apo-1"])
    examine = replace(dossier, examens={"apo-1": premier, "apo-2": second})
    assert adopt(examine, 2025, JOUR).exercices[2025].examens == ("apo-2",)


def test_an_examination_of_the_adopted_report_is_still_there(adoptee: Path) -> None:
    write(adoptee, definitif=True)
    with life(adoptee).open("a", encoding="utf-8") as fichier:
        fichier.write("examens: [apo-00000000]\n")
    (faute,) = (a for a in check(require_dossier(adoptee)) if a.code == "SEA067")
    assert faute.message == "examen du bilan adopté introuvable : « apo-00000000 »"


def test_remarks_written_by_hand_stay_when_the_report_is_adopted(adoptee: Path) -> None:
    life(adoptee).parent.mkdir()
    ecrit = "# envoyé par courriel\nprojet_envoye_le: 2026-04-20   # un lundi\n"
    life(adoptee).write_text(ecrit, encoding="utf-8")
    write(adoptee, definitif=True)
    assert life(adoptee).read_text(encoding="utf-8").startswith(ecrit)


def test_an_adopted_report_is_made_again_byte_for_byte(adoptee: Path) -> None:
    write(adoptee, definitif=True)
    premier, vie = shown(adoptee), life(adoptee).read_bytes()
    add_releve(adoptee, 99)
    for definitif in (True, False):
        write(adoptee, definitif=definitif)
        tardif = "\n### Reçu après l’adoption du bilan\n"
        assert shown(adoptee).split(tardif)[0] == premier.split("\n## 5.")[0].rstrip("\n") + "\n"
    assert life(adoptee).read_bytes() == vie


def test_a_late_releve_is_shown_apart(adoptee: Path) -> None:
    write(adoptee, definitif=True)
    nom = add_releve(adoptee, 99)
    write(adoptee)
    (ligne,) = [ligne for ligne in shown(adoptee).splitlines() if nom in ligne]
    assert ligne.split(" | ")[1:4] == ["1.1 Écoles concernées", "12", "99"]
    assert "| Nombre d'écoles concernées | écoles | 12 |" in shown(adoptee)


FICHE = "data/fiches/1.1.yaml"


def widen(racine: Path) -> None:
    """Another organisation is asked, as if it had always been."""
    chemin = racine / FICHE
    texte = chemin.read_text(encoding="utf-8")
    assert "repondants: [apo]" in texte
    chemin.write_text(texte.replace("repondants: [apo]", "repondants: [apo, ars]"), "utf-8")


def test_a_contract_edited_since_is_told_and_is_never_called_definitive(adoptee: Path) -> None:
    write(adoptee, definitif=True)
    vie = life(adoptee).read_bytes()
    widen(adoptee)
    with pytest.raises(ClsmonError, match="CON065") as refus:
        write(adoptee, definitif=True)
    assert "rétablissez-le" in refus.value.conseil
    dossier = require_dossier(adoptee)
    bilan, _ = write_bilan(dossier, 2025, JOUR, ["md"])
    assert "CON065" in {a.code for a in reserves_of(dossier, bilan)}
    assert "ses chiffres ne sont plus ceux du bilan adopté" in shown(adoptee)
    assert "définitif" not in shown(adoptee).split("## 1.")[0]
    assert life(adoptee).read_bytes() == vie


def test_a_later_arbitration_changes_a_figure_without_breaking_the_imprint(adoptee: Path) -> None:
    write(adoptee, definitif=True)
    (adoptee / "data/seances/2026-07-01-copil.yaml").write_text(
        "instance: copil\ndate: 2026-07-01\netat: tenue\nexercice: 2025\ndecisions:\n"
        "  - {id: D1, nature: arbitrage, objet: 1.1/ecoles/ecoles, exercice: 2025,"
        " retient: {valeur: 14}}\n",
        encoding="utf-8",
    )
    bilan, _ = write_bilan(require_dossier(adoptee), 2025, JOUR, ["md"], definitif=True)
    ligne = next(ligne for ligne in bilan.lignes if ligne.situee.cle == "1.1/ecoles/ecoles")
    assert ligne.constat.nombre == Decimal(14)
    assert ligne.constat.arbitrage == "2026-07-01-copil/D1"
    assert bilan.cloture.fidele
    assert bilan.definitif


def test_adopted_before_the_end_of_the_right_to_review_is_a_warning(adoptee: Path) -> None:
    life(adoptee).parent.mkdir()
    life(adoptee).write_text("droit_de_regard_fin: 2026-05-20\n", encoding="utf-8")
    dossier = require_dossier(adoptee)
    bilan, _ = write_bilan(dossier, 2025, JOUR, ["md"], definitif=True)
    assert [a.message for a in reserves_of(dossier, bilan) if a.code == "SEA068"] == [
        "bilan adopté le 12/05/2026, avant la fin du droit de regard des signataires (20/05/2026)"
    ]


def test_the_end_that_the_contract_gives_is_also_respected(adoptee: Path) -> None:
    life(adoptee).parent.mkdir()
    envoi = "projet_envoye_le: 2026-05-01\nadopte: 2026-05-12-copil/D1\n"
    life(adoptee).write_text(envoi, encoding="utf-8")
    (faute,) = (a for a in check(require_dossier(adoptee)) if a.code == "SEA068")
    assert faute.message.endswith("(16/05/2026)")


def test_the_life_of_a_report_reads_back(racine: Path) -> None:
    envoye = send_draft(require_dossier(racine), 2025, ENVOI)
    life(racine).parent.mkdir()
    life(racine).write_bytes(write_life(envoye, 2025))
    assert require_dossier(racine).exercices[2025] == envoye.exercices[2025]
