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
from clsmon.render.excel import render_excel
from clsmon.render.excel_sheet import LONGUEUR_MAXIMALE, mask_of, shorten_text

from .hostile import HOSTILES

FEUILLES = [
    "Couverture",
    "Synthèse",
    "Décisions",
    "Actions",
    "Indicateurs",
    "Perspectives",
    "Attendus",
    "Qualité",
    "Provenance",
    "Contexte",
    "Glossaire",
    "Méthode",
]


ACTIFS_EN_TABLEUR = [t for t in HOSTILES if t[0] in "=+-@_\t" or "http" in t or "\x1b" in t]


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
        assert "Projet soumis aux signataires" in footer_of(feuille)
    indicateurs = classeur["Indicateurs"]
    assert indicateurs.freeze_panes == "B3"
    assert indicateurs.print_title_rows == "$2:$2"
    assert indicateurs.auto_filter.ref == "A2:W22"


def test_indicators_are_typed_and_states_kept(bilan: Bilan) -> None:
    lignes = [x for x in rows_of(read(bilan), "Indicateurs", "Clé") if x["Année"] == 2025]
    lus = {str(x["Clé"])[-2:]: (x["État"], x["Valeur"]) for x in lignes}
    assert lus == {
        "m0": ("renseigné", 1234.5),
        "m1": ("renseigné", 80),
        "m2": ("renseigné", 30000),
        "m3": ("renseigné", 34),
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
        cellule = ligne[7]
        fond = cellule.fill
        styles[cellule.value] = (
            fond.fill_type,
            fond.fgColor.rgb,
            cellule.font.b,
            cellule.font.i,
        )
    assert len(styles) == 6
    assert len(set(styles.values())) == 6


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


def test_long_text_is_cut_and_said() -> None:
    coupe = shorten_text("é" * 40_000)
    assert len(coupe) == LONGUEUR_MAXIMALE
    assert "texte coupé" in coupe[-60:]


@pytest.mark.parametrize(
    ("nombre", "masque"),
    [("12", "#,##0"), ("0.5", "#,##0.0"), ("1.25", "#,##0.00"), ("0.12345678", "#,##0.000000")],
)
def test_number_mask(nombre: str, masque: str) -> None:
    assert mask_of(Decimal(nombre)) == masque
