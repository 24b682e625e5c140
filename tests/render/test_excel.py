from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from clsmon.model.anomalie import ClsmonError
from clsmon.model.bilan import Bilan
from clsmon.model.contrat import Axe
from clsmon.model.tableur import LIMITE_CELLULE, count_units
from clsmon.render.excel import render_excel
from clsmon.render.excel_sheet import mask_of, shorten_text

from .hostile import HOSTILES

FEUILLES = [
    "Couverture",
    "Synthèse",
    "Axe 1",
    "Décisions",
    "Actions",
    "Indicateurs",
    "Observations",
    "Perspectives",
    "Évolutions",
    "Gouvernance",
    "Lieux",
    "Finances",
    "Montants",
    "Attendus",
    "Qualité",
    "Provenance",
    "Contexte",
    "Glossaire",
    "Méthode",
]


ACTIFS_EN_TABLEUR = [
    t for t in HOSTILES if t[0] in "=+-@_\t" or "http" in t or "\x1b" in t or "<r>" in t
]


def read(bilan: Bilan) -> Workbook:
    return load_workbook(BytesIO(render_excel(bilan)))


def footer_of(feuille: Worksheet) -> str:
    pied = feuille.oddFooter
    return str(pied.left.text) if pied and pied.left else ""


def rows_of(classeur: Workbook, nom: str, entete: str) -> list[dict[str, object]]:
    """The rows of a sheet below the header whose first cell is `entete`, by column title."""
    lignes = [[c.value for c in ligne] for ligne in classeur[nom].iter_rows()]
    debut = next(rang for rang, ligne in enumerate(lignes) if ligne[0] == entete)
    return [dict(zip(map(str, lignes[debut]), ligne, strict=True)) for ligne in lignes[debut + 1 :]]


def test_same_bytes_twice(bilan: Bilan, bilan_of: Callable[..., Bilan]) -> None:
    assert render_excel(bilan) == render_excel(bilan_of())


def test_sheets_and_print_setup(bilan: Bilan) -> None:
    classeur = read(bilan)
    assert classeur.sheetnames == FEUILLES
    for feuille in classeur.worksheets:
        assert feuille.page_setup.orientation == "landscape"
        assert str(feuille.page_setup.paperSize) == "9"
        assert "Projet à soumettre aux signataires" in footer_of(feuille)
    indicateurs = classeur["Indicateurs"]
    assert indicateurs.freeze_panes == "B3"
    assert indicateurs.print_title_rows == "$2:$2"
    assert indicateurs.auto_filter.ref == "A2:Y22"


def test_indicators_are_typed_and_states_kept(bilan: Bilan) -> None:
    lignes = [x for x in rows_of(read(bilan), "Indicateurs", "Fiche") if x["Année"] == 2025]
    lus = {str(x["Clé"])[-2:]: (x["État"], x["Valeur"]) for x in lignes}
    assert lus == {
        "m0": ("renseigné", 1234.5),
        "m1": ("renseigné", 80),
        "m2": ("renseigné", 30000),
        "m3": ("renseigné (incomplet)", 34),
        "m4": ("renseigné", None),
        "m5": ("estimé", 40),
        "m6": ("non disponible", None),
        "m7": ("sans objet", None),
        "m8": ("à vérifier", None),
        "m9": ("non répondu", None),
    }
    assert (lignes[1]["Numérateur"], lignes[1]["Dénominateur"]) == (12, 15)
    assert lignes[3]["Manque à la somme"] == "Sedap"
    assert (lignes[0]["Cible"], lignes[1]["Cible"]) == (2469, "cible non fixée")


def test_states_differ_to_the_eye(bilan: Bilan) -> None:
    feuille = read(bilan)["Indicateurs"]
    styles = {}
    for ligne in feuille.iter_rows(min_row=3):
        cellule = ligne[4]
        fond = cellule.fill
        styles[cellule.value] = (
            fond.fill_type,
            fond.fgColor.rgb,
            cellule.font.b,
            cellule.font.i,
        )
    assert len(styles) == 7
    assert len(set(styles.values())) == 7


def test_what_is_printed_fits_one_page_and_the_rest_stays_to_filter(bilan: Bilan) -> None:
    for nom, derniere, ecartees in (("Indicateurs", "L", "Clé"), ("Actions", "M", "Axe")):
        feuille = read(bilan)[nom]
        assert str(feuille.print_area).startswith(f"'{nom}'!$A$1:${derniere}$")
        assert str(feuille.page_setup.fitToWidth or 1) == "1"
        suivante = feuille[f"{chr(ord(derniere) + 1)}2"]
        assert suivante.value == ecartees
        assert not feuille.column_dimensions[chr(ord(derniere) + 1)].hidden
        assert suivante.column <= feuille.max_column
        lettres = [chr(ord("A") + rang) for rang in range(suivante.column - 1)]
        largeurs = sum(feuille.column_dimensions[lettre].width for lettre in lettres)
        assert largeurs < 225, "smaller letters could not be read"


def test_only_what_is_printed_makes_a_row_high(bilan_of: Callable[..., Bilan]) -> None:
    bilan = bilan_of("mot")
    long = replace(bilan.axes[0], axe=replace_title(bilan, "mot " * 120))
    feuilles = (read(b)["Indicateurs"] for b in (bilan, replace(bilan, axes=(long,))))
    normales, longues = (
        [feuille.row_dimensions[rang].height for rang in range(3, 9)] for feuille in feuilles
    )
    assert longues == normales


def replace_title(bilan: Bilan, titre: str) -> Axe:
    axe = bilan.axes[0].axe
    assert axe is not None
    return axe.model_copy(update={"titre": titre})


def test_years_are_centred_away_from_the_state(bilan: Bilan) -> None:
    feuille = read(bilan)["Indicateurs"]
    assert {ligne[3].alignment.horizontal for ligne in feuille.iter_rows(min_row=3)} == {"center"}


def test_a_changed_respondent_stands_in_place_of_an_evolution(bilan: Bilan) -> None:
    fiche, ligne = bilan.fiches[0], bilan.lignes[0]
    autre = replace(ligne, depuis_precedent=None, repondant_change=True)
    indicateur = replace(fiche.indicateurs[0], lignes=(autre,))
    axe = replace(bilan.axes[0], fiches=(replace(fiche, indicateurs=(indicateur,)),))
    change = replace(bilan, axes=(axe,))
    (courante,) = (x for x in rows_of(read(change), "Indicateurs", "Fiche") if x["Année"] == 2025)
    assert courante["Évolution sur un an"] == "répondant différent"
    assert courante["Organisme"] == "APO ordinaire"


def test_charts_have_a_numbered_value_axis(bilan: Bilan) -> None:
    with ZipFile(BytesIO(render_excel(bilan))) as archive:
        graphiques = [archive.read(n).decode() for n in archive.namelist() if "charts/chart" in n]
    for graphique in graphiques:
        axe = graphique[graphique.index("<c:valAx>") : graphique.index("</c:valAx>")]
        assert '<c:tickLblPos val="none"/>' not in axe
        assert "<c:majorGridlines>" in axe


def test_the_summary_holds_its_table_before_the_page_break(bilan: Bilan) -> None:
    feuille = read(bilan)["Synthèse"]
    colonne = [str(c.value) for c in feuille["A"]]
    (coupure,) = (b.id for b in feuille.row_breaks.brk)
    assert colonne.index("Nombre de fiches par axe et par avancement") < coupure
    assert colonne.index("Ce que le COPIL doit décider") < coupure
    assert colonne.index("Complétude par axe") >= coupure


def test_provenance_leads_to_the_cell(bilan: Bilan) -> None:
    ligne = rows_of(read(bilan), "Provenance", "Clé")[0]
    assert ligne["Clé"] == "1.1/i/m0"
    assert ligne["Réponse lue"] == "1\u00a0234,5"
    assert (ligne["Classeur reçu"], ligne["Cellule"]) == ("apo ordinaire.xlsx", "Saisie!H12")
    assert (ligne["sha256 (début)"], ligne["Relevé"]) == ("9f" * 6, "apo-0123abcd")


@pytest.mark.parametrize("texte", ACTIFS_EN_TABLEUR)
def test_hostile_text_is_text(bilan_of: Callable[..., Bilan], texte: str) -> None:
    octets = render_excel(bilan_of(texte))
    classeur = load_workbook(BytesIO(octets))
    for feuille in classeur.worksheets:
        for ligne in feuille.iter_rows():
            for cellule in ligne:
                assert cellule.data_type in {"s", "n", "d"}
                assert cellule.hyperlink is None
    with ZipFile(BytesIO(octets)) as archive:
        assert not [nom for nom in archive.namelist() if "externalLink" in nom]


def test_native_charts_have_title_and_description(bilan: Bilan) -> None:
    with ZipFile(BytesIO(render_excel(bilan))) as archive:
        dessin = archive.read("xl/drawings/drawing1.xml").decode()
        graphiques = [archive.read(n) for n in archive.namelist() if "charts/chart" in n]
    assert dessin.count("descr=") == 2
    assert "en cours 1" in dessin
    assert all(b"<c:title>" in graphique for graphique in graphiques)
    assert len(graphiques) == 2


def test_fictitious_workbook_says_so_on_every_sheet(bilan_of: Callable[..., Bilan]) -> None:
    for feuille in read(bilan_of(fictif=True)).worksheets:
        assert str(feuille["A1"].value).startswith("DONNÉES FICTIVES")
        assert "DONNÉES FICTIVES" in footer_of(feuille)


def test_empty_year(bilan_vide: Bilan) -> None:
    classeur = read(bilan_vide)
    attendus = rows_of(classeur, "Attendus", "Organisme")
    assert attendus[0]["Formulaire"] == "non reçu"
    assert attendus[0]["Réponses demandées"] == 10
    textes = [c.value for ligne in classeur["Décisions"].iter_rows() for c in ligne]
    assert "Rien n’est enregistré pour cet exercice." in textes


@pytest.mark.parametrize("faux", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_a_number_is_refused(bilan: Bilan, faux: str) -> None:
    fiche = bilan.fiches[0]
    ligne = bilan.lignes[0]
    fausse = replace(ligne, constat=replace(ligne.constat, nombre=Decimal(faux)))
    indicateur = replace(fiche.indicateurs[0], lignes=(fausse,))
    axe = replace(bilan.axes[0], fiches=(replace(fiche, indicateurs=(indicateur,)),))
    with pytest.raises(ClsmonError, match="nombre"):
        render_excel(replace(bilan, axes=(axe,)))


@pytest.mark.parametrize("signe", ["é", "😀"])
def test_long_text_is_cut_and_said(signe: str) -> None:
    coupe = shorten_text(signe * 40_000)
    assert LIMITE_CELLULE - 1 <= count_units(coupe) <= LIMITE_CELLULE
    assert "texte coupé" in coupe[-60:]


@pytest.mark.parametrize(
    ("nombre", "masque"),
    [("12", "#,##0"), ("0.5", "#,##0.0"), ("1.25", "#,##0.00"), ("0.12345678", "#,##0.000000")],
)
def test_number_mask(nombre: str, masque: str) -> None:
    assert mask_of(Decimal(nombre)) == masque
