"""The matter of the final evaluation: Markdown and Excel, the same figures, nothing active."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from openpyxl import load_workbook

from clsmon.analysis.evaluation import compute_evaluation
from clsmon.model.dossier import Dossier
from clsmon.model.evaluation import Evaluation
from clsmon.model.releve import Etat
from clsmon.model.seance import Action, Avenant
from clsmon.render import evaluation_rows as rows
from clsmon.render.cells import Annee
from clsmon.render.escape import anchor_of
from clsmon.render.evaluation import document_of, text_of
from clsmon.render.evaluation_excel import render_excel_evaluation
from clsmon.render.excel_tables import measures_table
from clsmon.render.inlays import write_markdown
from clsmon.render.word import render_word
from tests.analysis.builder import dossier, fiche, measure, releve, seance, to_plan
from tests.render.bilan_samples import PEINDRE

from .bilan_samples import GABARITS
from .docx_reading import Lu, texts_of, words_of
from .hostile import HOSTILES

# openpyxl, which reads back, knows nothing of the small bars in cells.
pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group:UserWarning")

JOUR = date(2028, 4, 20)
LONGUE = "Une réponse en mots, bien trop longue pour tenir dans la case d’un tableau."


def build(texte: str = "ordinaire", *, fictif: bool = False) -> Dossier:
    """Three years answered, a break, a late decision, two readings, one hostile text everywhere."""
    f = fiche(
        "1.1",
        {**measure(nature="flux"), "libelle": f"Ateliers {texte}"},
        measure("livres", jusqua=2025),
        measure("ouvrages", depuis=2026, succede_a="1.1/livres/livres"),
        measure("avis", "texte"),
        measure("jamais"),
        repondants=("ars", "cpam"),
        titre=f"Titre {texte}",
    )
    reponses: dict[int, dict[str, Any]] = {
        2024: {"1.1/ateliers/ateliers": 1234, "1.1/livres/livres": 5},
        2025: {"1.1/ateliers/ateliers": Etat.NON_DISPONIBLE, "1.1/avis/avis": texte + LONGUE},
        2026: {"1.1/ateliers/ateliers": 9, "1.1/ouvrages/ouvrages": 0},
    }
    recit = {"1.1": {"avancement": "en_cours", "faits_marquants": texte}}
    releves = [
        releve(
            f"ars-{a}",
            valeurs=v,
            exercice=a,
            fiches=recit,
            **({"fictif": "true"} if fictif else {}),
        )
        for a, v in reponses.items()
    ]
    cpam = {"1.1/ateliers/ateliers": 7}
    releves.append(
        releve(
            "cpam-2024",
            "cpam",
            valeurs=cpam,
            exercice=2024,
            **({"fictif": "true"} if fictif else {}),
        )
    )
    decision = {"id": "D1", "nature": "autre", "texte": texte, "echeance": "2026-01-31"}
    avenant = {"numero": 1, "objet": texte, "nature": "partenaire"}
    action = {"id": "a1", "libelle": texte, "echeance": texte}
    return replace(
        dossier(
            f,
            to_plan("parentalite"),
            releves=releves,
            seances=[seance("2025-05-13-copil", decision)],
            titre=f"Contrat {texte}",
        ),
        avenants=(Avenant.model_validate(avenant),),
        programmes={2026: {"1.1": (Action.model_validate(action),)}},
    )


def reunite(texte: str = "ordinaire", *, fictif: bool = False) -> Evaluation:
    return compute_evaluation(build(texte, fictif=fictif), JOUR)


def write(evaluation: Evaluation) -> str:
    return write_markdown(text_of(evaluation, [GABARITS]), fictif=evaluation.fictif)


def tokens_of(texte: str) -> list[Token]:
    blocs = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(texte)
    return [t for bloc in blocs for t in (bloc, *(bloc.children or ()))]


def skeleton_of(texte: str) -> list[str]:
    ignores = {"text", "softbreak", "inline", "paragraph_open", "paragraph_close"}
    return [t.type for t in tokens_of(texte) if t.type not in ignores]


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return reunite()


@pytest.fixture(scope="module")
def texte(evaluation: Evaluation) -> str:
    return write(evaluation)


@pytest.fixture(scope="module")
def classeur(evaluation: Evaluation) -> Any:
    return load_workbook(BytesIO(render_excel_evaluation(evaluation)))


@pytest.mark.parametrize("hostile", HOSTILES)
def test_hostile_text_changes_no_structure(texte: str, hostile: str) -> None:
    ecrit = write(reunite(hostile))
    assert skeleton_of(ecrit) == skeleton_of(texte)
    jetons = tokens_of(ecrit)
    assert not [t for t in jetons if t.type.startswith("html") or t.type == "image"]
    assert all(str(t.attrs["href"]).startswith("#") for t in jetons if t.type == "link_open")


def test_contents_lead_to_headings(texte: str) -> None:
    jetons = tokens_of(texte)
    titres = {
        "#" + anchor_of(suivant.content)
        for jeton, suivant in pairwise(jetons)
        if jeton.type == "heading_open" and jeton.tag == "h2"
    }
    liens = {str(t.attrs["href"]) for t in jetons if t.type == "link_open"}
    assert len(liens) == 8
    assert {MarkdownIt().normalizeLink(t) for t in titres} == liens


def row(texte: str, debut: str) -> list[str]:
    """The cells of the only table row that begins so."""
    (ligne,) = {x for x in texte.splitlines() if x.startswith(f"| {debut} |")}
    return [cellule.strip().replace("\u00a0", " ") for cellule in ligne.strip("|").split("|")]


@pytest.mark.parametrize(
    ("debut", "cellules"),
    [
        pytest.param(
            "Nombre de ateliers",
            [
                *("—", "1 234 (ARS)", "non disponible", "9 (ARS)", "non répondu", "à venir"),
                *("−1 225 (−99,3 %)", "1 243 (incomplet : manque 2025, 2027)"),
            ],
            id="un flux",
        ),
        pytest.param(
            "Nombre de livres",
            ["—", "5 (ARS)", "non répondu", *["n’est plus suivie"] * 3, "—", "—"],
            id="une mesure finie",
        ),
        pytest.param(
            "Nombre de ouvrages",
            ["—", *["pas encore suivie"] * 2, "0 (ARS)", "non répondu", "à venir", "—", "—"],
            id="celle qui lui succède",
        ),
        pytest.param(
            "Nombre de avis",
            ["—", "non répondu", "réponse ci-dessous", *["non répondu"] * 2, "à venir", "—", "—"],
            id="un texte long",
        ),
    ],
)
def test_each_year_of_a_series_is_written(texte: str, debut: str, cellules: list[str]) -> None:
    assert row(texte, debut)[1:] == cellules


def test_breaks_and_long_answers_are_under_the_table(texte: str) -> None:
    lisible = texte.replace("\u00a0", " ")
    assert "**Rupture de série**, Nombre de ouvrages : succède à « Livres » en 2026" in lisible
    assert "**Nombre de avis**, 2025 :\n\n> ordinaireUne réponse en mots" in lisible
    assert lisible.count("**Faits marquants**") == 3


def test_what_is_to_come_is_said_and_not_blank(texte: str) -> None:
    assert row(texte, "2028")[1] == "à venir"
    assert row(texte, "Ensemble")[-1] == "à venir"
    par_organisme = [x for x in texte.splitlines() if x.startswith("| ARS |")]
    assert par_organisme
    assert all(x.endswith("| à venir |") for x in par_organisme)


def test_decisions_amendments_and_actions_say_what_became_of_them(texte: str) -> None:
    assert row(texte, "2025-05-13-copil/D1")[-1] == "ouverte, en retard"
    assert "| 1 | partenaire | ordinaire | non signé | — | — |" in texte
    assert "| ordinaire | ARS | ordinaire | non répondu |" in texte


def test_nothing_is_said_of_what_does_not_exist() -> None:
    vide = write(compute_evaluation(dossier(instances={}), date(2024, 1, 1)))
    for phrase in (
        "Le contrat ne nomme aucune instance.",
        "Aucune décision n’est enregistrée.",
        "Aucun avenant n’est enregistré.",
        "Aucun programme annuel n’est enregistré.",
        "Rien n’a encore été demandé.",
        "Aucun chiffre n’est discuté.",
    ):
        assert phrase in vide


def test_one_year_is_enough() -> None:
    seul = compute_evaluation(dossier(releves=[releve("ars-1", reponse=5)]), date(2026, 4, 20))
    assert "| 5 |" in write(seul)
    assert load_workbook(BytesIO(render_excel_evaluation(seul))).sheetnames[0] == "Synthèse"


def test_fictitious_data_say_so_on_every_page() -> None:
    fictive = reunite(fictif=True)
    titres = [x for x in write(fictive).splitlines() if x.startswith(("# ", "## "))]
    assert all("DONNÉES FICTIVES" in titre for titre in titres)
    feuilles = load_workbook(BytesIO(render_excel_evaluation(fictive)))
    for feuille in feuilles:
        assert str(feuille["A1"].value).startswith("DONNÉES FICTIVES")
        for place in (feuille.oddHeader, feuille.oddFooter):
            assert place is not None
            assert "DONNÉES FICTIVES" in str(place)
    assert "FICTIVES" not in write(reunite())


def test_the_same_evaluation_gives_the_same_bytes(evaluation: Evaluation) -> None:
    assert write(evaluation) == write(reunite())
    assert render_excel_evaluation(evaluation) == render_excel_evaluation(reunite())


def test_the_workbook_has_its_sheets(classeur: Any) -> None:
    assert classeur.sheetnames == [
        *("Synthèse", "Séries", "Mesures", "Complétude", "Organismes", "Fiches", "Décisions"),
        *("Avenants", "Programme", "Jamais renseigné", "Chiffres discutés", "Méthode"),
    ]


def lines_of(feuille: Any, entete: int = 2) -> list[dict[str, Any]]:
    titres, *lignes = feuille.iter_rows(min_row=entete, values_only=True)
    return [dict(zip(titres, ligne, strict=True)) for ligne in lignes]


def test_the_long_sheet_has_the_figures_of_each_bilan(
    classeur: Any, evaluation: Evaluation
) -> None:
    lues = {(x["Clé"], x["Année"]): x for x in lines_of(classeur["Mesures"])}
    assert len(lues) == 5 * 5
    titres = [c.titre for c in rows.COLONNES_MESURES]
    assert list(next(iter(lues.values()))) == titres
    vues = 0
    for bilan in evaluation.bilans:
        tableau = measures_table(bilan)
        noms = [c.titre for c in tableau.colonnes]
        for ligne in tableau.lignes:
            dite = dict(zip(noms, ligne, strict=True))
            if dite["Année"] == Annee(bilan.exercice):
                lue = lues[str(dite["Clé"]), bilan.exercice]
                assert (lue["État"], lue["Valeur"]) == (dite["État"], dite["Valeur"])
                vues += 1
    assert vues == 16
    assert lues["1.1/ateliers/ateliers", 2028]["État"] == "à venir"
    assert lues["1.1/ouvrages/ouvrages", 2026]["Valeur"] == 0
    assert lues["1.1/ouvrages/ouvrages", 2026]["Succède à"] == "1.1/livres/livres"


def test_the_series_sheet_keeps_numbers_as_numbers_and_says_the_rest(classeur: Any) -> None:
    ateliers, livres, *_ = lines_of(classeur["Séries"])
    assert [ateliers[str(a)] for a in range(2024, 2029)] == [
        1234,
        "non disponible",
        9,
        "non répondu",
        "à venir",
    ]
    assert livres["2026"] == "n’est plus suivie"


def test_completeness_goes_by_year_axis_and_organism(classeur: Any, evaluation: Evaluation) -> None:
    lues = lines_of(classeur["Complétude"])
    assert [(x["Année"], x["Nom"]) for x in lues if x["Niveau"] == "ensemble"] == [
        *((annee, "Ensemble") for annee in range(2024, 2028)),
        (2028, "à venir"),
    ]
    for bilan in evaluation.bilans:
        (ensemble, *autres) = [x for x in lues if x["Année"] == bilan.exercice]
        assert ensemble["Réponses demandées"] == bilan.completude.demandees
        for niveau in ("axe", "organisme"):
            demandees = [x["Réponses demandées"] for x in autres if x["Niveau"] == niveau]
            assert sum(demandees) == bilan.completude.demandees


def test_rates_are_drawn_by_a_native_line_chart_from_two_years_on(evaluation: Evaluation) -> None:
    def parts(octets: bytes) -> dict[str, str]:
        with ZipFile(BytesIO(octets)) as archive:
            return {n: archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml")}

    plusieurs = parts(render_excel_evaluation(evaluation))
    (dessin,) = [x for nom, x in plusieurs.items() if nom.startswith("xl/charts/chart")]
    assert "<c:lineChart>" in dessin
    assert dessin.count("<c:ser>") == 3
    assert "$B$" in dessin
    (ancre,) = [x for nom, x in plusieurs.items() if nom.startswith("xl/drawings/drawing")]
    assert "2024 :" in ancre
    assert "2028" not in ancre
    assert "sparkline" in plusieurs["xl/worksheets/sheet2.xml"]
    rendu = releve("ars-1", reponse=5, exercice=2024)
    seul = compute_evaluation(dossier(releves=[rendu]), date(2025, 4, 20))
    assert not [nom for nom in parts(render_excel_evaluation(seul)) if "charts" in nom]


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "@SUM(A1)", "\t=1", "http://mal.example"])
def test_hostile_text_is_a_text_in_the_workbook(hostile: str) -> None:
    feuilles = load_workbook(BytesIO(render_excel_evaluation(reunite(hostile))))
    for feuille in feuilles:
        for ligne in feuille.iter_rows():
            for cellule in ligne:
                assert cellule.data_type != "f"
                assert cellule.hyperlink is None


@pytest.mark.parametrize("fictif", [False, True])
def test_the_word_document_has_the_same_words(fictif: bool) -> None:
    evaluation = reunite(fictif=fictif)
    document = document_of(evaluation, text_of(evaluation, [GABARITS]))
    lu = Lu(render_word(document, [GABARITS], PEINDRE))
    assert lu.words() == words_of(texts_of(document.blocs))
    assert len(lu.styled("Heading 1")) == 8
    (entete, *_) = lu.word.sections[0].header.paragraphs
    assert entete.text.startswith("DONNÉES FICTIVES") == fictif
