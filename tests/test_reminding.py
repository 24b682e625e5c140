"""
The reminders: exactly what is missing, ready to open, sent by nobody.

`CLSMON_MAJ=1 pytest tests/test_reminding.py` writes the golden ones again: read the difference.
"""

from __future__ import annotations

import os
import shutil
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from clsmon.analysis.follow_up import compute_follow_up
from clsmon.demonstration.partner import fill_form
from clsmon.model.anomalie import ClsmonError
from clsmon.opening import require_dossier
from clsmon.preparing import prepare_forms
from clsmon.reminding import Relances, prepared_organisms, write_reminders
from tests.returns import EXERCICE, Atelier

GOLDEN = Path(__file__).parent / "golden"
BASE = Path(__file__).parent / "cas" / "_base"
JOUR = date(2026, 3, 3)
ECOLES, LIVRES = "3.1/ecoles-classes/ecoles", "3.1/livres/livres"


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "petit"))


def remind(racine: Path, sortie: Path, jour: date = JOUR) -> Relances:
    dossier = require_dossier(racine)
    prepares = prepared_organisms(dossier, EXERCICE)
    return write_reminders(dossier, compute_follow_up(dossier, EXERCICE, jour, prepares), sortie)


def prepare(racine: Path, *organismes: str) -> None:
    list(prepare_forms(require_dossier(racine), EXERCICE, organismes))


def mail(chemin: Path) -> EmailMessage:
    message = message_from_bytes(chemin.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def body_of(message: EmailMessage) -> str:
    corps = message.get_body(("plain",))
    assert isinstance(corps, EmailMessage)
    return str(corps.get_content()).replace("\r\n", "\n")


def override(racine: Path, gabarit: str) -> None:
    (racine / "templates").mkdir()
    (racine / "templates" / "relance.txt.j2").write_text(gabarit, encoding="utf-8")


@pytest.mark.parametrize("organisme", ["apo", "emas"])
def test_the_reminders_of_a_small_dossier_are_the_golden_ones(
    racine: Path, tmp_path: Path, organisme: str
) -> None:
    remind(racine, tmp_path / "relances")
    ecrit = tmp_path / "relances" / f"{organisme}.txt"
    golden = GOLDEN / f"relance-{organisme}.txt"
    if os.environ.get("CLSMON_MAJ"):
        shutil.copy(ecrit, golden)
    assert ecrit.read_text(encoding="utf-8") == golden.read_text(encoding="utf-8")


def test_missing_answers_and_questions_are_listed_fiche_by_fiche(
    copie: Path, tmp_path: Path
) -> None:
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: 12, LIVRES: "une dizaine"})
    atelier.collect()
    remind(copie, tmp_path / "relances")
    texte = (tmp_path / "relances" / "apo.txt").read_text(encoding="utf-8")
    manques, _, precisions = texte.partition("À PRÉCISER")
    assert "Écoles concernées" not in texte
    assert "- Classes concernées\n" in manques
    assert "- Avancement de la fiche\n" in manques
    assert "Livres distribués" not in manques
    assert (
        "3.1 Prévenir les troubles du langage chez les enfants\n"
        "- Livres distribués : il est écrit «\u00a0une dizaine\u00a0» "
        "(feuille Saisie, cellule H14). Merci d’écrire un nombre entier seul, "
        "dans l’unité demandée (livres).\n"
    ) in precisions
    assert "au plus tard le 15 mars 2026" in texte


def test_two_different_answers_ask_which_one(copie: Path, tmp_path: Path) -> None:
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: 12})
    atelier.answer("apo", {ECOLES: 13}, nom="apo-2.xlsx")
    atelier.collect()
    remind(copie, tmp_path / "relances")
    texte = (tmp_path / "relances" / "apo.txt").read_text(encoding="utf-8")
    assert "Écoles concernées : deux réponses différentes," in texte
    assert "Laquelle est la bonne ?" in texte


def test_the_mail_says_what_the_text_says_and_carries_the_form(
    racine: Path, tmp_path: Path
) -> None:
    prepare(racine, "emas")
    (racine / "contacts.yaml").write_text("emas: [a@emas.example, b@emas.example]\n")
    relances = remind(racine, tmp_path / "relances")
    message = mail(tmp_path / "relances" / "emas.eml")
    texte = (tmp_path / "relances" / "emas.txt").read_text(encoding="utf-8")
    assert texte == f"Objet : {message['Subject']}\n\n{body_of(message)}"
    assert message["To"] == "a@emas.example, b@emas.example"
    (piece,) = message.iter_attachments()
    assert piece.get_filename() == "emas.xlsx"
    assert piece.get_content() == (racine / "formulaires/2025/emas.xlsx").read_bytes()
    assert "Remplissez le formulaire joint" in texte
    assert relances.sans_adresse == ("apo",)
    assert relances.sans_formulaire == ("apo",)
    assert mail(tmp_path / "relances" / "apo.eml")["To"] is None


def test_a_form_older_than_the_answers_is_made_again_for_the_mail_only(
    copie: Path, tmp_path: Path
) -> None:
    prepare(copie, "apo")
    prepare_path = copie / "formulaires/2025/apo.xlsx"
    vierge = prepare_path.read_bytes()
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: 12})
    atelier.collect()
    assert remind(copie, tmp_path / "relances").refaits == ("apo",)
    (piece,) = mail(tmp_path / "relances" / "apo.eml").iter_attachments()
    assert prepare_path.read_bytes() == vierge
    prepare(copie, "apo")
    assert piece.get_content() == prepare_path.read_bytes() != vierge
    assert remind(copie, tmp_path / "relances").refaits == ()


def test_answering_the_attached_form_closes_the_question(copie: Path, tmp_path: Path) -> None:
    prepare(copie, "apo")
    atelier = Atelier(copie)
    atelier.answer("apo", {ECOLES: "une dizaine"})
    atelier.collect()
    remind(copie, tmp_path / "relances")
    (piece,) = mail(tmp_path / "relances" / "apo.eml").iter_attachments()
    rempli = fill_form(piece.get_content(), {(ECOLES, ""): {"valeur": 12}})
    atelier.drop("apo-v2.xlsx", rempli)
    assert [c.erreurs for c in atelier.collect()] == [(), ()]
    remind(copie, tmp_path / "relances")
    texte = (tmp_path / "relances" / "apo.txt").read_text(encoding="utf-8")
    assert "À PRÉCISER" not in texte
    assert "Écoles concernées" not in texte


def test_who_has_answered_everything_gets_none_and_an_old_one_is_told(
    racine: Path, tmp_path: Path
) -> None:
    sortie = tmp_path / "relances"
    sortie.mkdir()
    (sortie / "chenove.txt").write_text("relance d'avant")
    relances = remind(racine, sortie)
    assert relances.depassees == (sortie / "chenove.txt",)
    assert (sortie / "chenove.txt").read_text() == "relance d'avant"
    assert [chemin.name for chemin in relances.ecrites] == [
        "apo.eml",
        "apo.txt",
        "emas.eml",
        "emas.txt",
    ]


def test_same_dossier_same_bytes_and_nothing_elsewhere(racine: Path, tmp_path: Path) -> None:
    prepare(racine, "apo", "emas")
    avant = {c: c.read_bytes() for c in racine.rglob("*") if c.is_file()}
    for nom in ("un", "deux"):
        remind(racine, tmp_path / nom)
    un, deux = (
        {c.name: c.read_bytes() for c in (tmp_path / nom).iterdir()} for nom in ("un", "deux")
    )
    assert un == deux
    assert {c: c.read_bytes() for c in racine.rglob("*") if c.is_file()} == avant
    assert remind(racine, tmp_path / "un", date(2026, 2, 20)).ecrites
    assert {c.name: c.read_bytes() for c in (tmp_path / "un").iterdir()} == un


def test_a_past_limit_is_said(racine: Path, tmp_path: Path) -> None:
    remind(racine, tmp_path / "r", date(2026, 3, 16))
    texte = (tmp_path / "r" / "apo.txt").read_text(encoding="utf-8")
    assert "La date limite, le 15 mars 2026, est passée" in texte
    assert "au plus tard" not in texte


def test_a_dossier_changes_one_block(racine: Path, tmp_path: Path) -> None:
    override(
        racine,
        '{% extends "paquet/relance.txt.j2" %}\n'
        "{% block signature %}\nCamille, 03 00 00 00 00 ({{ organisme }})\n{% endblock %}\n",
    )
    remind(racine, tmp_path / "r")
    texte = (tmp_path / "r" / "apo.txt").read_text(encoding="utf-8")
    assert texte.endswith("Camille, 03 00 00 00 00 (APO)\n")
    assert "IL MANQUE" in texte
    assert "L’animation du contrat" not in texte


@pytest.mark.parametrize(
    ("gabarit", "phrase"),
    [
        pytest.param("{{ organisation }}", "GAB001 : « organisation » n’existe pas", id="name"),
        pytest.param("{{ exercice.real }}", "Objet", id="no subject"),
        pytest.param("Bonjour\n", "GAB002", id="no subject line"),
        pytest.param("Objet :  \nBonjour\n", "GAB002", id="an empty subject"),
        pytest.param("{{ contrat.model_copy() }}", "GAB001", id="a method of the model"),
        pytest.param("{% for a in [1] %}" * 30 + "{% endfor %}" * 30, "GAB001", id="too deep"),
    ],
)
def test_a_faulty_template_writes_nothing(
    racine: Path, tmp_path: Path, gabarit: str, phrase: str
) -> None:
    override(racine, gabarit)
    with pytest.raises(ClsmonError) as refus:
        remind(racine, tmp_path / "r")
    assert phrase in refus.value.message + refus.value.conseil
    assert "relance.txt.j2" in str(refus.value.lieu)
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize(
    "saisi",
    [
        "{{ contrat.titre }}",
        "{% include 'x' %}",
        "douze\nBcc: tout le monde",
        "12\x1b[31m\u202e",
        "<script>alert(1)</script> & co",
    ],
    ids=["expression", "include", "header", "terminal", "markup"],
)
def test_what_a_partner_typed_is_quoted_on_one_line(
    copie: Path, tmp_path: Path, saisi: str
) -> None:
    atelier = Atelier(copie)
    atelier.answer("apo", {LIVRES: saisi.replace("\x1b", "")})
    atelier.collect()
    remind(copie, tmp_path / "r")
    texte = (tmp_path / "r" / "apo.txt").read_text(encoding="utf-8")
    (ligne,) = [x for x in texte.split("\n") if x.startswith("- Livres distribués : ")]
    mots = saisi.replace("\n", " / ").replace("\x1b", "").replace("\u202e", "")
    assert f"«\u00a0{mots}\u00a0»" in ligne
    assert list(mail(tmp_path / "r" / "apo.eml").keys())[:2] == ["Subject", "X-Unsent"]


def test_a_file_where_the_folder_should_be_is_a_sentence(racine: Path, tmp_path: Path) -> None:
    (tmp_path / "r").write_text("occupé")
    with pytest.raises(ClsmonError, match="un fichier porte le nom d'un dossier"):
        remind(racine, tmp_path / "r")
    assert (tmp_path / "r").read_text() == "occupé"
