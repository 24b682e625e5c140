"""The public documents: every format at once, what is noted of them, what stops them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from campagnes.extracts import read_document
from clsmon.model.anomalie import ClsmonError
from clsmon.opening import require_dossier
from clsmon.publishing import check_logos, write_public
from clsmon.reporting import FORMATS, write_bilan
from clsmon.text.loading import hash_of

from .images import draw_png

BASE = Path(__file__).parent / "cas" / "_base"
JOUR = date(2026, 4, 2)
FICHE = """\
id: "3.1"
titre: Parents
axe: "1"
statut: programmee
porteurs: [{organisme: apo}]
indicateurs:
  - id: parents
    libelle: Parents touchés
    mesures:
      - {id: tout, libelle: Parents, type: nombre, unite: parents, personnes: true}
      - {id: peres, libelle: Pères, type: nombre, unite: pères, partie_de: 3.1/parents/tout}
suivi: {frequence: annuelle, source: APO, responsable: APO, repondants: [apo]}
"""
PUBLICATION = "data/publications/2025.yaml"


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    """Seven fathers among 4 321 parents, in a small dossier."""
    racine = Path(shutil.copytree(BASE, tmp_path / "petit"))
    (racine / "data/fiches/3.1.yaml").write_text(FICHE, encoding="utf-8")
    answer(racine, 2025, tout=4321, peres=7)
    return racine


def answer(racine: Path, annee: int, **valeurs: int) -> None:
    """What APO says of the parents one year, in place of what it said."""
    suivi = racine / "data" / "suivi" / str(annee)
    shutil.rmtree(suivi, ignore_errors=True)
    suivi.mkdir(parents=True)
    reponses = "".join(
        f"  3.1/parents/{nom}: {{valeur: {valeur}, etat: renseigne, cellule: Saisie!H9}}\n"
        for nom, valeur in valeurs.items()
    )
    octets = (
        f"organisme: apo\nexercice: {annee}\n"
        "recu: {fichier: apo.xlsx, sha256: 9f86d081884c7d65, formulaire: 4c1a, lecteur: 1.0.0}\n"
        'fiches:\n  "3.1": {avancement: en_cours, freins: un frein typique}\n'
        f"valeurs:\n{reponses}"
    ).encode()
    (suivi / f"apo-{hash_of(octets)}.yaml").write_bytes(octets)


def publish(racine: Path, annee: int = 2025) -> tuple[Path, ...]:
    return write_public(require_dossier(racine), annee, JOUR)[2]


def words_of(chemins: tuple[Path, ...]) -> str:
    """All that a reader, or a program, finds in these documents."""
    return "\n".join(
        case.replace("\u00a0", " ")
        for chemin in chemins
        for table in read_document(chemin.name, chemin.read_bytes())
        for ligne in table
        for case in ligne
    )


def test_every_format_is_written_at_once_under_names_of_its_own(racine: Path) -> None:
    internes = write_bilan(require_dossier(racine), 2025, JOUR, tuple(FORMATS))[1]
    avant = {chemin: chemin.read_bytes() for chemin in internes}
    publics = publish(racine)
    assert {chemin.suffix for chemin in publics} == {chemin.suffix for chemin in internes}
    communs = {chemin.name for chemin in publics} & {chemin.name for chemin in internes}
    assert communs == {"bilan.schema.json"}  # the schema is of no report in particular
    assert all("-public" in chemin.name for chemin in publics if chemin.name not in communs)
    assert {chemin: chemin.read_bytes() for chemin in internes} == avant


def test_an_internal_document_is_the_same_before_and_after_a_publication(racine: Path) -> None:
    avant = [p.read_bytes() for p in write_bilan(require_dossier(racine), 2025, JOUR, ["md"])[1]]
    publish(racine)
    apres = [p.read_bytes() for p in write_bilan(require_dossier(racine), 2025, JOUR, ["md"])[1]]
    assert apres == avant


@pytest.mark.campagne
def test_a_masked_value_and_a_partner_text_are_nowhere_in_any_document(racine: Path) -> None:
    internes = write_bilan(require_dossier(racine), 2025, JOUR, tuple(FORMATS))[1]
    assert all(mot in words_of(internes) for mot in ("4 321", "un frein typique"))
    lu = words_of(publish(racine))
    assert not [mot for mot in ("4 321", "4321", "4314", "un frein typique") if mot in lu]
    assert "secret" in lu
    assert not [ligne for ligne in lu.split("\n") if "Pères" in ligne and "7" in ligne]


def test_each_page_says_that_the_document_is_public(racine: Path) -> None:
    page = next(chemin for chemin in publish(racine) if chemin.suffix == ".html")
    texte = page.read_text(encoding="utf-8")
    assert texte.count("Projet à soumettre aux signataires, document public") == 2


def test_the_public_slides_give_no_command(racine: Path) -> None:
    commande = "« clsmon "
    internes = write_bilan(require_dossier(racine), 2025, JOUR, ["pptx"])[1]
    assert commande in words_of(internes)
    publics = tuple(chemin for chemin in publish(racine) if chemin.suffix == ".pptx")
    lu = words_of(publics)
    assert "n’a pas répondu" in lu or "n’ont pas répondu" in lu
    assert commande not in lu


def test_a_text_that_is_not_published_is_not_said_to_be_missing(racine: Path) -> None:
    publics = {chemin.suffix: words_of((chemin,)) for chemin in publish(racine)}
    assert "Fiches dont les perspectives ne sont pas publiées" in publics[".md"]
    assert "sans perspective" not in publics[".md"]
    assert "Perspectives non publiées : " in publics[".pptx"]
    assert "aucun fait déclaré" not in publics[".pptx"]
    assert "non publié" in publics[".pptx"]


def test_the_cover_says_what_is_masked_and_that_it_is_a_draft(racine: Path) -> None:
    (markdown, *_) = publish(racine)
    texte = markdown.read_text(encoding="utf-8").replace("\u00a0", " ").replace("\\", "")
    assert "**Projet à soumettre aux signataires.**" in texte
    assert "**Document public** : les effectifs de 1 à 10 personnes, et ce qui y ramène" in texte
    assert "**Textes des partenaires** : non publiés" in texte
    assert "**Document public : effectifs masqués** : Un effectif de 1 à 10 personnes" in texte
    assert "(bilan-2025-public-avancement.svg)" in texte


def test_the_same_data_give_the_same_bytes(racine: Path) -> None:
    premiers = {chemin: chemin.read_bytes() for chemin in publish(racine)}
    assert {chemin: chemin.read_bytes() for chemin in publish(racine)} == premiers


def test_the_masked_keys_are_noted_under_what_a_hand_wrote(racine: Path) -> None:
    fichier = racine / PUBLICATION
    fichier.parent.mkdir()
    ecrit = '# relu le 2 avril\nfiches: ["1.1"]\nmasques:\n  - 1.1/ecoles/ecoles\n'
    fichier.write_text(ecrit, encoding="utf-8")
    publish(racine)
    texte = fichier.read_text(encoding="utf-8")
    assert texte.startswith('# relu le 2 avril\nfiches: ["1.1"]\n')
    publication = require_dossier(racine).publications[2025]
    assert publication.masques == ("1.1/ecoles/ecoles", "3.1/parents/peres", "3.1/parents/tout")
    publish(racine)
    assert fichier.read_text(encoding="utf-8") == texte


def test_nothing_is_noted_when_nothing_is_masked(racine: Path) -> None:
    answer(racine, 2025, tout=4321, peres=2000)
    publish(racine)
    assert not (racine / PUBLICATION).exists()


def test_next_year_does_not_tell_what_was_masked(racine: Path) -> None:
    publish(racine)
    answer(racine, 2025, tout=4999, peres=1000)
    answer(racine, 2026, tout=6000, peres=3000)
    lu = words_of(publish(racine, 2026))
    assert "6 000" in lu
    assert not [mot for mot in ("4 999", "4999", "1 001", "1001", "+1 000") if mot in lu]


def test_a_definitive_public_report_needs_every_logo(racine: Path) -> None:
    dossier = require_dossier(racine)
    with pytest.raises(ClsmonError, match=r"absents ou illisibles : ars\.png"):
        check_logos(dossier)
    logos = racine / "data" / "logos"
    logos.mkdir()
    (logos / "ars.png").write_bytes(b"not an image")
    with pytest.raises(ClsmonError, match=r"ars\.png"):
        check_logos(dossier)
    (logos / "ars.png").write_bytes(draw_png())
    check_logos(dossier)
