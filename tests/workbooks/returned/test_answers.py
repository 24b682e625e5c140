"""One row of answers: what each kind of cell becomes for each type of measure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from clsmon.model.anomalie import Anomalie, Gravite
from clsmon.model.dossier import MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.releve import Etat, Valeur
from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.returned.answers import read_answer
from tests.workbooks.returned.rows import (
    BOOLEEN,
    DATE,
    ERREUR,
    FORMULE,
    number,
    row,
    text,
)

MODALITES = ["très faible", "moyen", "élevé", "non concerné"]


def shown(texte: str, montre: str) -> Cellule:
    return Cellule(texte, Nature.NOMBRE, montre=montre)


def read(mesure: dict[str, Any], **cellules: Cellule | str) -> tuple[Valeur, tuple[Anomalie, ...]]:
    valeur, anomalies = read_answer(row(**cellules), situate(mesure), "apo.xlsx")
    assert valeur is not None
    return valeur, anomalies


def situate(mesure: dict[str, Any]) -> MesureSituee:
    fiche = Fiche.model_validate(
        {
            "id": "3.1",
            "titre": "Fiche",
            "statut": "programmee",
            "indicateurs": [
                {"id": "i", "libelle": "I", "mesures": [{"id": "m", "libelle": "M", **mesure}]}
            ],
        }
    )
    indicateur = fiche.indicateurs[0]
    return MesureSituee("3.1/i/m", fiche, indicateur, indicateur.mesures[0])


def kinds(anomalies: tuple[Anomalie, ...]) -> list[tuple[str, str, str]]:
    return [(a.code, a.gravite.value, a.lieu.cellule) for a in anomalies]


NOMBRE = {"type": "nombre", "unite": "écoles"}
PRECIS = {"type": "nombre", "unite": "ETP", "decimales": "true"}
MONTANT = {"type": "montant"}
DUREE = {"type": "duree", "unite": "mois"}
TAUX = {"type": "taux"}
OUI_NON = {"type": "oui_non"}
CHOIX = {"type": "choix", "modalites": MODALITES}
TEXTE = {"type": "texte"}

QUANTITES = [
    pytest.param(NOMBRE, id="nombre"),
    pytest.param(MONTANT, id="montant"),
    pytest.param(DUREE, id="durée"),
]
CHIFFRES = [*QUANTITES, pytest.param(TAUX, id="taux")]
TOUTES = [
    *CHIFFRES,
    pytest.param(OUI_NON, id="oui ou non"),
    pytest.param(CHOIX, id="choix"),
    pytest.param(TEXTE, id="texte"),
]


# Une quantité


@pytest.mark.parametrize("mesure", QUANTITES)
def test_number_cell(mesure: dict[str, Any]) -> None:
    attendu = Valeur(valeur="12", etat=Etat.RENSEIGNE, cellule="Saisie!H12")
    assert read(mesure, valeur=number("12")) == (attendu, ())


@pytest.mark.parametrize("mesure", QUANTITES)
def test_zero_is_an_answer(mesure: dict[str, Any]) -> None:
    valeur, anomalies = read(mesure, valeur=number("0"))
    assert (valeur.valeur, valeur.etat, anomalies) == ("0", Etat.RENSEIGNE, ())


@pytest.mark.parametrize("mesure", QUANTITES)
def test_number_typed_as_text_keeps_its_raw_text_and_rule(mesure: dict[str, Any]) -> None:
    valeur, anomalies = read(mesure, valeur=" 1 234 ")
    assert valeur == Valeur(
        valeur="1234",
        etat=Etat.RENSEIGNE,
        saisi=" 1 234 ",
        regle="nombre à la française",
        cellule="Saisie!H12",
    )
    assert anomalies == ()


def test_text_equal_to_the_value_is_not_kept_twice() -> None:
    valeur, _ = read(NOMBRE, valeur="12")
    assert (valeur.valeur, valeur.saisi, valeur.regle) == ("12", "", "nombre à la française")


def test_decimal_point_is_told() -> None:
    valeur, anomalies = read(MONTANT, valeur="1234.5")
    assert (valeur.valeur, valeur.saisi) == ("1234.5", "")
    assert [(a.code, a.gravite, a.message) for a in anomalies] == [
        ("SAI014", Gravite.INFO, "« 1234.5 » est lu 1234,5")
    ]


def test_result_of_a_formula_is_told() -> None:
    valeur, anomalies = read(NOMBRE, valeur=number("12", formule=True))
    assert (valeur.valeur, valeur.regle, valeur.saisi) == ("12", "résultat d'une formule", "")
    assert kinds(anomalies) == [("SAI014", "info", "H12")]


@pytest.mark.parametrize("mesure", TOUTES)
def test_blank_row_says_nothing(mesure: dict[str, Any]) -> None:
    assert read_answer(row(), situate(mesure), "apo.xlsx") == (None, ())


@pytest.mark.parametrize("mesure", TOUTES)
def test_comment_alone_is_no_answer(mesure: dict[str, Any]) -> None:
    valeur, anomalies = read(mesure, commentaire=" local fermé ")
    assert valeur == Valeur(commentaire="local fermé", cellule="Saisie!L12")
    assert valeur.etat is None
    assert anomalies == ()


def test_source_alone_is_no_answer() -> None:
    assert read(NOMBRE, preuve="rapport")[0] == Valeur(preuve="rapport", cellule="Saisie!M12")


@pytest.mark.parametrize("mesure", QUANTITES)
@pytest.mark.parametrize(
    ("saisi", "etat"),
    [("ND", Etat.NON_DISPONIBLE), ("—", Etat.NON_DISPONIBLE), ("Sans objet", Etat.SANS_OBJET)],
)
def test_absence_in_words(mesure: dict[str, Any], saisi: str, etat: Etat) -> None:
    valeur, anomalies = read(mesure, valeur=saisi)
    assert (valeur.valeur, valeur.etat, valeur.saisi) == (None, etat, saisi)
    assert anomalies == ()


# Ce qui n'est pas un nombre est une question


@pytest.mark.parametrize("mesure", CHIFFRES)
@pytest.mark.parametrize(
    ("cellule", "code", "question"),
    [
        pytest.param(
            DATE,
            "SAI004",
            "« 2025-04-03 » est une date : le tableur a-t-il transformé ce que vous avez écrit ?",
            id="date",
        ),
        pytest.param(
            BOOLEEN, "SAI005", "« VRAI » est un vrai ou faux : un nombre est demandé.", id="booléen"
        ),
        pytest.param(
            FORMULE,
            "SAI006",
            "La cellule est une formule sans résultat enregistré.",
            id="formule sans résultat",
        ),
        pytest.param(ERREUR, "SAI007", "« #DIV/0! » est une erreur du tableur.", id="erreur"),
    ],
)
def test_other_natures_are_questions(
    mesure: dict[str, Any], cellule: Cellule, code: str, question: str
) -> None:
    valeur, anomalies = read(mesure, valeur=cellule)
    assert valeur == Valeur(
        etat=Etat.A_VERIFIER,
        saisi=cellule.texte,
        nature_cellule=cellule.nature.value,
        regle=cellule.nature.value,
        cellule="Saisie!H12",
    )
    assert kinds(anomalies) == [(code, "erreur", "H12")]
    assert anomalies[0].message == question


@pytest.mark.parametrize("mesure", CHIFFRES)
@pytest.mark.parametrize(
    ("saisi", "code", "regle"),
    [
        ("une dizaine", "SAI002", "ordre de grandeur"),
        ("1.234", "SAI018", "point ambigu"),
        ("1 23", "SAI018", "espaces ambigus"),
        ("NC", "SAI015", "absence ambiguë"),
    ],
)
def test_unreadable_text_is_a_question_that_keeps_it(
    mesure: dict[str, Any], saisi: str, code: str, regle: str
) -> None:
    valeur, anomalies = read(mesure, valeur=saisi, commentaire="à peu près")
    assert valeur == Valeur(
        etat=Etat.A_VERIFIER,
        saisi=saisi,
        nature_cellule="texte",
        regle=regle,
        commentaire="à peu près",
        cellule="Saisie!H12",
    )
    assert kinds(anomalies) == [(code, "erreur", "H12")]


def test_number_beyond_what_a_spreadsheet_keeps_is_a_question() -> None:
    valeur, anomalies = read(NOMBRE, valeur=number("1" + "0" * 20))
    assert (valeur.etat, valeur.regle) == (Etat.A_VERIFIER, "trop de chiffres")
    assert kinds(anomalies) == [("SAI002", "erreur", "H12")]


@pytest.mark.parametrize(
    ("mesure", "saisi", "question"),
    [
        (NOMBRE, "-1", "-1 est négatif : impossible pour cette mesure."),
        (MONTANT, "-1", "-1 est négatif : impossible pour cette mesure."),
        (DUREE, "-0.5", "-0,5 est négatif : impossible pour cette mesure."),
        (NOMBRE, "12.5", "12,5 a des décimales : la mesure se compte en nombres entiers."),
    ],
)
def test_impossible_quantity(mesure: dict[str, Any], saisi: str, question: str) -> None:
    valeur, anomalies = read(mesure, valeur=number(saisi))
    assert (valeur.etat, valeur.saisi, valeur.nature_cellule, valeur.regle) == (
        Etat.A_VERIFIER,
        saisi,
        "nombre",
        "valeur impossible",
    )
    assert [(a.code, a.message) for a in anomalies] == [("SAI010", question)]


@pytest.mark.parametrize("mesure", [PRECIS, MONTANT, DUREE])
def test_decimals_where_they_make_sense(mesure: dict[str, Any]) -> None:
    valeur, anomalies = read(mesure, valeur=number("0.5"))
    assert (valeur.valeur, valeur.etat, anomalies) == ("0.5", Etat.RENSEIGNE, ())


@pytest.mark.parametrize("colonne", ["numerateur", "denominateur"])
def test_a_term_where_no_rate_is_asked(colonne: str) -> None:
    cellules = {"valeur": number("12"), colonne: number("41")}
    valeur, anomalies = read(NOMBRE, **cellules)
    assert (valeur.etat, valeur.saisi) == (Etat.A_VERIFIER, f"valeur : 12 ; {colonne} : 41")
    assert [a.code for a in anomalies] == ["SAI016"]


# L'état choisi


@pytest.mark.parametrize("etat", ["estimé", "Estime", "ESTIMÉ"])
def test_estimate(etat: str) -> None:
    valeur, anomalies = read(NOMBRE, valeur=number("40"), etat=etat)
    assert (valeur.valeur, valeur.etat, anomalies) == ("40", Etat.ESTIME, ())


@pytest.mark.parametrize("mesure", TOUTES)
def test_absence_by_the_state_alone(mesure: dict[str, Any]) -> None:
    valeur, anomalies = read(mesure, etat="non disponible")
    assert valeur == Valeur(etat=Etat.NON_DISPONIBLE, cellule="Saisie!K12")
    assert anomalies == ()


def test_state_and_words_that_agree() -> None:
    valeur, anomalies = read(NOMBRE, valeur="ND", etat="non disponible")
    assert (valeur.etat, valeur.saisi, anomalies) == (Etat.NON_DISPONIBLE, "ND", ())


@pytest.mark.parametrize(
    ("saisi", "etat", "question"),
    [
        ("12", "sans objet", "l'état « sans objet » est choisi mais une valeur est écrite."),
        ("ND", "renseigné", "l'état « renseigné » est choisi mais la valeur dit le contraire."),
        ("ND", "sans objet", "l'état « sans objet » est choisi mais la valeur dit le contraire."),
    ],
)
def test_state_and_value_that_disagree(saisi: str, etat: str, question: str) -> None:
    valeur, anomalies = read(NOMBRE, valeur=saisi, etat=etat)
    assert (valeur.etat, valeur.saisi) == (Etat.A_VERIFIER, f"valeur : {saisi} ; etat : {etat}")
    assert [(a.code, a.lieu.cellule, a.message) for a in anomalies] == [("SAI009", "K12", question)]


def test_state_without_value() -> None:
    valeur, anomalies = read(NOMBRE, etat="estimé")
    assert (valeur.etat, valeur.saisi, valeur.cellule) == (
        Etat.A_VERIFIER,
        "etat : estimé",
        "Saisie!K12",
    )
    assert anomalies[0].message == "l'état « estimé » est choisi mais aucune valeur n'est écrite."


def test_unreadable_value_with_a_state_asks_one_question() -> None:
    _, anomalies = read(NOMBRE, valeur="une dizaine", etat="estimé")
    assert kinds(anomalies) == [("SAI002", "erreur", "H12")]


def test_unknown_state_is_suggested() -> None:
    valeur, anomalies = read(NOMBRE, valeur=number("12"), etat="estimée")
    assert (valeur.etat, valeur.regle, valeur.nature_cellule, valeur.cellule) == (
        Etat.A_VERIFIER,
        "état inconnu",
        "texte",
        "Saisie!K12",
    )
    assert anomalies[0].code == "SAI008"
    assert anomalies[0].message == "état inconnu : « estimée » (vouliez-vous dire « estimé » ?)"


def test_state_without_text_is_a_question() -> None:
    valeur, anomalies = read(NOMBRE, valeur=number("12"), etat=FORMULE)
    assert (valeur.etat, valeur.nature_cellule) == (Etat.A_VERIFIER, "formule_sans_resultat")
    assert kinds(anomalies) == [("SAI006", "erreur", "K12")]


# Un taux


def test_rate_by_its_two_terms() -> None:
    valeur, anomalies = read(TAUX, numerateur=number("41"), denominateur="1 060")
    assert valeur.model_dump(exclude_defaults=True) == {
        "numerateur": 41,
        "denominateur": 1060,
        "etat": Etat.RENSEIGNE,
        "cellule": "Saisie!I12",
    }
    assert anomalies == ()


@pytest.mark.parametrize(
    ("ecrit", "manquant"), [("numerateur", "denominateur"), ("denominateur", "numerateur")]
)
def test_rate_with_one_term(ecrit: str, manquant: str) -> None:
    valeur, anomalies = read(TAUX, **{ecrit: number("41")})
    assert (valeur.etat, valeur.saisi) == (Etat.A_VERIFIER, f"{ecrit} : 41")
    assert valeur.regle == "taux incomplet"
    adresse = f"{'I' if manquant == 'numerateur' else 'J'}12"
    assert kinds(anomalies) == [("SAI012", "erreur", adresse)]
    assert valeur.cellule == f"Saisie!{'I' if ecrit == 'numerateur' else 'J'}12"


def test_rate_in_points_is_recorded_and_told() -> None:
    valeur, anomalies = read(TAUX, valeur=number("68.3"))
    assert (valeur.valeur, valeur.numerateur, valeur.etat) == ("68.3", None, Etat.RENSEIGNE)
    assert kinds(anomalies) == [("SAI019", "alerte", "H12")]


@pytest.mark.parametrize("points", ["68", "68.3", "69"])
def test_points_that_agree_with_the_terms(points: str) -> None:
    valeur, anomalies = read(
        TAUX, valeur=number(points), numerateur=number("41"), denominateur=number("60")
    )
    assert valeur.valeur is None
    assert (valeur.numerateur, valeur.denominateur) == (Decimal(41), Decimal(60))
    assert anomalies == ()


def test_points_that_disagree_with_the_terms() -> None:
    valeur, anomalies = read(
        TAUX, valeur=number("80"), numerateur=number("41"), denominateur=number("60")
    )
    assert valeur.saisi == "valeur : 80 ; numerateur : 41 ; denominateur : 60"
    assert (valeur.etat, valeur.regle) == (Etat.A_VERIFIER, "taux en désaccord")
    assert [(a.code, a.message) for a in anomalies] == [
        ("SAI012", "80 % ne correspond pas à 41 sur 60.")
    ]


@pytest.mark.parametrize(
    ("haut", "bas", "cellule", "question"),
    [
        ("0", "0", "J12", "Le dénominateur est zéro : « sans objet » s'il n'y avait rien"),
        ("61", "60", "I12", "Le numérateur (61) dépasse le dénominateur (60)."),
        ("-1", "60", "I12", "-1 est négatif : impossible pour cette mesure."),
    ],
)
def test_impossible_rate(haut: str, bas: str, cellule: str, question: str) -> None:
    valeur, anomalies = read(TAUX, numerateur=number(haut), denominateur=number(bas))
    assert (valeur.etat, valeur.numerateur) == (Etat.A_VERIFIER, None)
    assert kinds(anomalies) == [("SAI010", "erreur", cellule)]
    assert anomalies[0].message.startswith(question)


@pytest.mark.parametrize("points", ["-1", "101"])
def test_impossible_points(points: str) -> None:
    valeur, anomalies = read(TAUX, valeur=number(points))
    assert valeur.etat is Etat.A_VERIFIER
    assert anomalies[0].code == "SAI010"


def test_rate_that_may_pass_a_hundred() -> None:
    mesure = TAUX | {"maximum": "150"}
    valeur, anomalies = read(mesure, numerateur=number("72"), denominateur=number("60"))
    assert (valeur.numerateur, anomalies) == (Decimal(72), ())


def test_doubt_names_the_cell_that_asks() -> None:
    valeur, anomalies = read(TAUX, numerateur=number("41"), denominateur=DATE)
    assert (valeur.nature_cellule, valeur.cellule) == ("date", "Saisie!J12")
    assert valeur.saisi == "numerateur : 41 ; denominateur : 2025-04-03"
    assert kinds(anomalies) == [("SAI004", "erreur", "J12")]


def test_absent_rate_keeps_its_words() -> None:
    valeur, anomalies = read(TAUX, numerateur="ND", denominateur="ND")
    assert (valeur.etat, valeur.saisi, anomalies) == (Etat.NON_DISPONIBLE, "ND", ())


def test_absence_beside_a_number_loses_neither() -> None:
    valeur, anomalies = read(TAUX, numerateur=number("41"), denominateur="ND")
    assert valeur.etat is Etat.A_VERIFIER
    assert valeur.saisi == "numerateur : 41 ; denominateur : ND"
    assert kinds(anomalies) == [("SAI012", "erreur", "J12")]


# Une cellule que le tableur affiche en %


def test_percent_cell_of_a_rate_is_read_in_points() -> None:
    valeur, anomalies = read(TAUX, valeur=number("0.8", pourcentage=True))
    assert (valeur.valeur, valeur.regle, valeur.saisi) == ("80", "cellule en pourcentage", "")
    assert kinds(anomalies) == [("SAI014", "info", "H12"), ("SAI019", "alerte", "H12")]
    assert anomalies[0].message == "« 80 % » est lu 80"


def test_percent_cell_without_floating_noise() -> None:
    valeur, _ = read(TAUX, valeur=number("0.683333333333333", pourcentage=True))
    assert valeur.valeur == "68.3333333333333"


@pytest.mark.parametrize("mesure", [p for p in TOUTES if p.values[0] is not TAUX])
def test_percent_cell_elsewhere_is_a_question(mesure: dict[str, Any]) -> None:
    valeur, anomalies = read(mesure, valeur=number("0.8", pourcentage=True))
    assert (valeur.etat, valeur.saisi, valeur.regle) == (
        Etat.A_VERIFIER,
        "80 %",
        "cellule en pourcentage",
    )
    assert [(a.code, a.message) for a in anomalies] == [
        ("SAI020", "0,8 est affiché en % dans le tableur : est-ce 80 % ou 0,8 ?")
    ]


def test_percent_cell_in_a_term_is_a_question() -> None:
    valeur, anomalies = read(
        TAUX, numerateur=number("0.8", pourcentage=True), denominateur=number("60")
    )
    assert valeur.etat is Etat.A_VERIFIER
    assert kinds(anomalies) == [("SAI020", "erreur", "I12")]


# Oui ou non, choix, texte


@pytest.mark.parametrize(
    ("cellule", "mot", "saisi"),
    [
        pytest.param(text("oui"), "oui", "", id="oui"),
        pytest.param(text("non"), "non", "", id="non"),
        pytest.param(text("Oui "), "oui", "Oui", id="majuscule"),
        pytest.param(BOOLEEN, "oui", "VRAI", id="vrai du tableur"),
        pytest.param(Cellule("FAUX", Nature.BOOLEEN), "non", "FAUX", id="faux du tableur"),
        pytest.param(text("VRAI"), "oui", "VRAI", id="vrai en texte, d'un formulaire prérempli"),
    ],
)
def test_yes_no(cellule: Cellule, mot: str, saisi: str) -> None:
    valeur, anomalies = read(OUI_NON, valeur=cellule)
    assert (valeur.valeur, valeur.saisi, valeur.etat) == (mot, saisi, Etat.RENSEIGNE)
    assert anomalies == ()


@pytest.mark.parametrize("saisi", [text("peut-être"), number("1"), DATE])
def test_neither_yes_nor_no(saisi: Cellule) -> None:
    valeur, anomalies = read(OUI_NON, valeur=saisi)
    assert (valeur.etat, valeur.saisi, valeur.nature_cellule) == (
        Etat.A_VERIFIER,
        saisi.texte,
        saisi.nature.value,
    )
    assert anomalies[0].code == "SAI013"


@pytest.mark.parametrize(
    ("saisi", "valeur", "brut"),
    [
        ("moyen", "moyen", ""),
        ("ELEVE", "élevé", "ELEVE"),
        ("Tres  faible", "très faible", "Tres  faible"),
        ("non concerné", "non concerné", ""),
    ],
)
def test_choice_forgives_accents_and_case(saisi: str, valeur: str, brut: str) -> None:
    lu, anomalies = read(CHOIX, valeur=saisi)
    assert (lu.valeur, lu.saisi, lu.etat) == (valeur, brut, Etat.RENSEIGNE)
    assert anomalies == ()


def test_choice_suggests_the_nearest() -> None:
    valeur, anomalies = read(CHOIX, valeur="moyens")
    assert (valeur.etat, valeur.regle) == (Etat.A_VERIFIER, "réponse non prévue")
    assert anomalies[0].message == (
        "« moyens » n'est pas une réponse prévue (vouliez-vous dire « moyen » ?)"
    )


def test_choice_too_long_to_be_listed_ends_without_empty_brackets() -> None:
    long = {"type": "choix", "modalites": [f"modalité très longue {i}" * 3 for i in range(9)]}
    _, anomalies = read(long, valeur="x")
    assert anomalies[0].message == "« x » n'est pas une réponse prévue"


@pytest.mark.parametrize(
    ("cellule", "valeur"),
    [
        pytest.param(text(" Ateliers\nau quartier "), "Ateliers\nau quartier", id="texte"),
        pytest.param(number("12"), "12", id="nombre"),
        pytest.param(DATE, "2025-04-03", id="date"),
        pytest.param(text("=1+1"), "=1+1", id="texte en forme de formule"),
    ],
)
def test_free_text(cellule: Cellule, valeur: str) -> None:
    lu, anomalies = read(TEXTE, valeur=cellule)
    assert (lu.valeur, lu.etat, anomalies) == (valeur, Etat.RENSEIGNE, ())


@pytest.mark.parametrize("mesure", [OUI_NON, CHOIX, TEXTE])
@pytest.mark.parametrize("cellule", [ERREUR, FORMULE])
def test_words_from_an_error_or_a_formula_without_result(
    mesure: dict[str, Any], cellule: Cellule
) -> None:
    valeur, anomalies = read(mesure, valeur=cellule)
    assert (valeur.etat, valeur.nature_cellule) == (Etat.A_VERIFIER, cellule.nature.value)
    assert anomalies[0].code in {"SAI006", "SAI007"}


def test_source_and_comment_go_with_the_answer() -> None:
    valeur, _ = read(
        NOMBRE, valeur=number("12"), commentaire=" en hausse ", preuve=" rapport 2025 "
    )
    assert (valeur.commentaire, valeur.preuve) == ("en hausse", "rapport 2025")


@pytest.mark.parametrize("montre", ["« 12 »", "rien", "le nombre divisé par 1 000"])
@pytest.mark.parametrize("mesure", [NOMBRE, TAUX, {"type": "texte"}], ids=lambda m: m["type"])
def test_a_number_shown_as_something_else_is_a_question(
    mesure: dict[str, Any], montre: str
) -> None:
    valeur, anomalies = read(mesure, valeur=shown("12000", montre))
    assert (valeur.etat, valeur.valeur, valeur.saisi) == (Etat.A_VERIFIER, None, "12000")
    assert valeur.regle == "nombre montré autrement"
    assert kinds(anomalies) == [("SAI022", "erreur", "H12")]
    assert f"12000 est enregistré mais la cellule montre {montre} : " in anomalies[0].message
    assert anomalies[0].message.endswith("quelle est la réponse ?")


def test_a_number_shown_as_something_else_in_a_term_of_a_rate() -> None:
    valeur, anomalies = read(TAUX, numerateur=shown("5", "« ND »"), denominateur=number("60"))
    assert valeur.etat is Etat.A_VERIFIER
    assert kinds(anomalies) == [("SAI022", "erreur", "I12")]


@pytest.mark.parametrize("mesure", [NOMBRE, TAUX, {"type": "texte"}], ids=lambda m: m["type"])
def test_a_cell_under_a_merge_is_a_question(mesure: dict[str, Any]) -> None:
    valeur, anomalies = read(mesure, valeur=Cellule("12", Nature.FUSIONNEE))
    assert (valeur.etat, valeur.valeur, valeur.saisi) == (Etat.A_VERIFIER, None, "12")
    assert valeur.nature_cellule == "fusionnee"
    assert kinds(anomalies) == [("FOR023", "erreur", "H12")]


def test_a_state_under_a_merge_is_a_question() -> None:
    valeur, anomalies = read(NOMBRE, etat=Cellule("Estimé", Nature.FUSIONNEE))
    assert (valeur.etat, valeur.saisi) == (Etat.A_VERIFIER, "etat : Estimé")
    assert kinds(anomalies) == [("FOR023", "erreur", "K12")]
