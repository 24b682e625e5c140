"""
What people type in a number cell: each row of the specification is a case, end to end.

From the cells of a row, with last year's relevé beside, to the answer of the relevé and to what the
animateur is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from clsmon.model.releve import Recu, Valeur
from clsmon.recording import read_releve
from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.returned.locating import Ligne, Retour
from tests.analysis.builder import EXERCICE, dossier, fiche, measure, releve
from tests.workbooks.returned.rows import BOOLEEN, DATE, ERREUR, FORMULE, number, row, row_at

RECU = Recu(fichier="apo.xlsx", sha256="0", formulaire="f", lecteur="1")
INSECABLE, FINE = "\u00a0", "\u202f"

MESURES: dict[str, dict[str, Any]] = {
    "nombre": {"type_": "nombre", "unite": "personnes"},
    "ecoles": {"type_": "nombre", "unite": "écoles", "minimum": "2", "maximum": "40"},
    "stock": {"type_": "nombre", "unite": "communes", "nature": "stock"},
    "etp": {"type_": "nombre", "unite": "ETP", "decimales": "true"},
    "montant": {"type_": "montant"},
    "heures": {"type_": "duree", "unite": "heures"},
    "mois": {"type_": "duree", "unite": "mois"},
    "taux": {"type_": "taux", "unite": "%"},
    "depassable": {"type_": "taux", "unite": "%", "maximum": "150"},
    "accord": {"type_": "oui_non"},
    "choix": {"type_": "choix", "modalites": ["très faible", "moyen", "élevé"]},
    "texte": {"type_": "texte"},
    "partie": {"type_": "nombre", "unite": "personnes", "partie_de": "1.1/nombre/nombre"},
}


@dataclass(frozen=True)
class Lue:
    """What a row became: value or two terms, état, rule, and the codes told with their gravity."""

    valeur: str
    etat: str
    regle: str
    dites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rangee:
    """What is typed for one measure, and what the same organisme answered last year."""

    mesure: str
    cellules: dict[str, Cellule | str]
    avant: Any = None
    voisines: dict[str, Cellule | str] = field(default_factory=dict)


def typed(mesure: str, valeur: Cellule | str, avant: Any = None, **autres: Cellule | str) -> Rangee:
    return Rangee(mesure, {"valeur": valeur, **autres}, avant)


def terms(haut: Cellule | str, bas: Cellule | str, **autres: Cellule | str) -> Rangee:
    return Rangee("taux", {"numerateur": haut, "denominateur": bas, **autres})


def key(nom: str) -> str:
    return f"1.1/{nom}/{nom}"


def collect(rangee: Rangee) -> tuple[Valeur, Lue]:
    """The row through the whole reading of a return."""
    avant = (
        []
        if rangee.avant is None
        else [releve("avant", "ars", rangee.avant, cle=key(rangee.mesure), exercice=EXERCICE - 1)]
    )
    ouvert = dossier(fiche("1.1", *(measure(n, **m) for n, m in MESURES.items())), releves=avant)
    lignes: dict[str, Ligne] = {key(rangee.mesure): row(**rangee.cellules)}
    for rang, (nom, cellule) in enumerate(rangee.voisines.items(), start=20):
        lignes[key(nom)] = row_at(rang, {"valeur": cellule})
    retour = Retour("apo.xlsx", "c", EXERCICE, "ars", "f", mesures=lignes)
    lu, anomalies = read_releve(ouvert, retour, RECU)
    valeur = lu.valeurs[key(rangee.mesure)]
    dites = tuple(
        f"{a.code} {a.gravite.value}"
        for a in anomalies
        if a.lieu.cellule.endswith("12") and a.lieu.feuille == "Saisie"
    )
    termes = f"{valeur.numerateur}/{valeur.denominateur}" if valeur.numerateur is not None else ""
    etat = valeur.etat.value if valeur.etat else ""
    return valeur, Lue(valeur.valeur or termes, etat, valeur.regle, dites)


def read(valeur: str, regle: str = "", *dites: str) -> Lue:
    return Lue(valeur, "renseigne", regle, dites)


def estimated(valeur: str, regle: str = "estimation", *dites: str) -> Lue:
    return Lue(valeur, "estime", regle, dites)


def asked(code: str, regle: str) -> Lue:
    return Lue("", "a_verifier", regle, (f"{code} erreur",))


def absent(etat: str) -> Lue:
    return Lue("", etat, "absence dite en mots")


FRANCAIS, POINT, UNITE = "nombre à la française", "point décimal", "unité de la mesure"
CONVERSION, LETTRES, NEANT = "unité convertie", "nombre en lettres", "néant vaut zéro"
TERMES = "deux termes en texte"
INFO, POINTS = "SAI014 info", "SAI019 alerte"


def case(nom: str, rangee: Rangee, attendue: Lue) -> Any:
    return pytest.param(rangee, attendue, id=nom)


NOMBRES = [
    case("12", typed("nombre", number("12")), read("12")),
    case("12 en texte", typed("nombre", "12"), read("12", FRANCAIS)),
    case("1 234,5", typed("montant", "1 234,5"), read("1234.5", FRANCAIS)),
    case("1 234 insécable", typed("nombre", f"1{INSECABLE}234"), read("1234", FRANCAIS)),
    case("1 234 insécable fine", typed("nombre", f"1{FINE}234"), read("1234", FRANCAIS)),
    case("12,5", typed("etp", "12,5"), read("12.5", FRANCAIS)),
    case("12,0 dans un décompte", typed("nombre", "12,0"), read("12", FRANCAIS)),
    case("1234.5", typed("montant", "1234.5"), read("1234.5", POINT, INFO)),
    case("1 2", typed("nombre", "1 2"), asked("SAI018", "espaces ambigus")),
    case("1 23", typed("nombre", "1 23"), asked("SAI018", "espaces ambigus")),
    case("1.234", typed("nombre", "1.234"), asked("SAI018", "point ambigu")),
    case("1,234 dans un décompte", typed("nombre", "1,234"), asked("SAI018", "virgule ambiguë")),
    case("1,234 là où il y a des décimales", typed("etp", "1,234"), read("1.234", FRANCAIS)),
    case("1.234.567", typed("nombre", "1.234.567"), asked("SAI018", "séparateurs étrangers")),
    case("1,234.5", typed("montant", "1,234.5"), asked("SAI018", "séparateurs étrangers")),
    case("1'234", typed("nombre", "1'234"), asked("SAI018", "séparateurs étrangers")),
    case("+12", typed("nombre", "+12"), asked("SAI018", "signe plus")),
    case("12.", typed("nombre", "12."), asked("SAI018", "décimale manquante")),
    case(",5", typed("etp", ",5"), asked("SAI018", "chiffre manquant")),
    case(".5", typed("etp", ".5"), asked("SAI018", "chiffre manquant")),
    case("012", typed("nombre", "012"), asked("SAI018", "zéro en tête")),
    case("pleine chasse", typed("nombre", "１２"), asked("SAI002", "chiffres non reconnus")),
    case("chiffres arabes", typed("nombre", "١٢"), asked("SAI002", "chiffres non reconnus")),
    case("²", typed("nombre", "1²"), asked("SAI002", "chiffres non reconnus")),
    case("½", typed("nombre", "½"), asked("SAI002", "chiffres non reconnus")),
    case("1e3", typed("nombre", "1e3"), asked("SAI002", "pas un nombre")),
    case("1_000", typed("nombre", "1_000"), asked("SAI002", "pas un nombre")),
]

UNITES = [
    case("12 % d'un taux", typed("taux", "12 %"), read("12", UNITE, POINTS)),
    case("12 % d'un décompte", typed("nombre", "12 %"), asked("SAI034", "autre unité")),
    case("45 k€", typed("montant", "45 k€"), read("45000", CONVERSION, INFO)),
    case("1,2 M€", typed("montant", "1,2 M€"), read("1200000", CONVERSION, INFO)),
    case("45 000 €", typed("montant", "45 000 €"), read("45000", UNITE)),
    case("45 k€ d'un décompte", typed("nombre", "45 k€"), asked("SAI034", "autre unité")),
    case("45 m€", typed("montant", "45 m€"), asked("SAI034", "autre unité")),
    case("12 personnes", typed("nombre", "12 personnes"), read("12", UNITE)),
    case("1 Ecole", typed("ecoles", "3 Ecole"), read("3", UNITE)),
    case("12 enfants", typed("nombre", "12 enfants"), asked("SAI034", "autre unité")),
    case("3 h", typed("heures", "3 h"), read("3", UNITE)),
    case("1h30", typed("heures", "1h30"), read("1.5", "heures et minutes", INFO)),
    case("90 min", typed("heures", "90 min"), read("1.5", CONVERSION, INFO)),
    case("1h20", typed("heures", "1h20"), asked("SAI034", "autre unité")),
    case("2 jours pour des heures", typed("heures", "2 jours"), asked("SAI034", "autre unité")),
    case("2 mois", typed("mois", "2 mois"), read("2", UNITE)),
    case("1 an pour des mois", typed("mois", "1 an"), read("12", CONVERSION, INFO)),
]

ESTIMATIONS = [
    case("~40", typed("nombre", "~40"), estimated("40")),
    case("environ 40", typed("nombre", "environ 40"), estimated("40")),
    case("40 env.", typed("nombre", "40 env."), estimated("40")),
    case("≈40", typed("nombre", "≈40"), estimated("40")),
    case("env. 40", typed("nombre", "env. 40"), estimated("40")),
    case("à peu près 40", typed("nombre", "à peu près 40"), estimated("40")),
    case("40 environ", typed("nombre", "40 environ"), estimated("40")),
    case("~40, état estimé", typed("nombre", "~40", etat="estimé"), estimated("40")),
    case(
        "~40, état renseigné",
        typed("nombre", "~40", etat="renseigné"),
        asked("SAI009", "état et valeur en désaccord"),
    ),
    case("un terme estimé", terms("~41", number("60")), estimated("41/60")),
    case(
        "~80 % d'un taux", typed("taux", "~80 %"), estimated("80", f"{UNITE}, estimation", POINTS)
    ),
]

LETTRES_ET_ABSENCES = [
    case("vingt-cinq", typed("nombre", "vingt-cinq"), read("25", LETTRES, INFO)),
    case("Quatre-vingts", typed("nombre", "Quatre-vingts"), read("80", LETTRES, INFO)),
    case("vingt-un", typed("nombre", "vingt-un"), asked("SAI002", "pas un nombre")),
    case("ND", typed("nombre", "ND"), absent("non_disponible")),
    case("non disponible", typed("nombre", "non disponible"), absent("non_disponible")),
    case("non connu", typed("montant", "non connu"), absent("non_disponible")),
    case("-", typed("nombre", "-"), absent("non_disponible")),
    case("—", typed("taux", "—"), absent("non_disponible")),
    case("?", typed("nombre", "?"), absent("non_disponible")),
    case("sans objet", typed("nombre", "sans objet"), absent("sans_objet")),
    case("SO", typed("heures", "SO"), absent("sans_objet")),
    case("non concerné", typed("nombre", "non concerné"), absent("sans_objet")),
    case("NC", typed("nombre", "NC"), asked("SAI015", "absence ambiguë")),
    case("n/a", typed("nombre", "n/a"), asked("SAI015", "absence ambiguë")),
    case("NA", typed("nombre", "NA"), asked("SAI015", "absence ambiguë")),
    case("néant", typed("nombre", "néant"), read("0", NEANT, INFO)),
    case("aucun", typed("nombre", "Aucun"), read("0", NEANT, INFO)),
    case("aucune", typed("montant", "aucune"), read("0", NEANT, INFO)),
    case("zéro", typed("nombre", "zéro"), read("0", NEANT, INFO)),
]

PAS_DES_NOMBRES = [
    case("une dizaine", typed("nombre", "une dizaine"), asked("SAI002", "ordre de grandeur")),
    case("une quinzaine", typed("nombre", "une quinzaine"), asked("SAI002", "ordre de grandeur")),
    case("10-20", typed("nombre", "10-20"), asked("SAI002", "intervalle")),
    case("10 à 20", typed("nombre", "10 à 20"), asked("SAI002", "intervalle")),
    case("> 100", typed("nombre", "> 100"), asked("SAI002", "borne")),
    case("plus de 100", typed("nombre", "plus de 100"), asked("SAI002", "borne")),
    case("3/4 d'un décompte", typed("nombre", "3/4"), asked("SAI002", "fraction")),
    case("oui d'un décompte", typed("nombre", "oui"), asked("SAI002", "oui ou non")),
    case("date", typed("nombre", DATE), asked("SAI004", "date")),
    case("vrai ou faux", typed("nombre", BOOLEEN), asked("SAI005", "booleen")),
    case(
        "formule sans résultat",
        typed("nombre", FORMULE),
        asked("SAI006", "formule_sans_resultat"),
    ),
    case("erreur du tableur", typed("nombre", ERREUR), asked("SAI007", "erreur")),
]

TAUX = [
    case("deux cellules", terms(number("41"), number("60")), read("41/60")),
    case("12/15", typed("taux", "12/15"), read("12/15", TERMES, INFO)),
    case("12 sur 15", typed("taux", "12 sur 15"), read("12/15", TERMES, INFO)),
    case(
        "12/15 et les mêmes termes",
        terms(number("12"), number("15"), valeur="12/15"),
        read("12/15", TERMES, INFO),
    ),
    case(
        "12/15 et d'autres termes",
        terms(number("12"), number("16"), valeur="12/15"),
        asked("SAI012", "taux en désaccord"),
    ),
    case("80 %", typed("taux", "80 %"), read("80", UNITE, POINTS)),
    case(
        "cellule en %",
        typed("taux", number("0.8", pourcentage=True)),
        read("80", "cellule en pourcentage", INFO, POINTS),
    ),
    case(
        "15/12",
        typed("taux", "15/12"),
        Lue("", "a_verifier", "valeur impossible", (INFO, "SAI010 erreur")),
    ),
    case(
        "72 sur 60 là où un taux peut passer 100",
        Rangee("depassable", {"numerateur": number("72"), "denominateur": number("60")}),
        read("72/60"),
    ),
]

CHOIX = [
    case("OUI", typed("accord", "OUI"), read("oui", "accents et casse pardonnés")),
    case("O", typed("accord", "O"), asked("SAI013", "réponse non prévue")),
    case("x", typed("accord", "x"), asked("SAI013", "réponse non prévue")),
    case("ELEVE", typed("choix", "ELEVE"), read("élevé", "accents et casse pardonnés")),
    case("moyens", typed("choix", "moyens"), asked("SAI013", "réponse non prévue")),
]

IMPOSSIBLES = [
    case(
        "état et valeur en désaccord",
        typed("nombre", number("12"), etat="sans objet"),
        asked("SAI009", "état et valeur en désaccord"),
    ),
    case("négatif", typed("nombre", number("-3")), asked("SAI010", "valeur impossible")),
    case(
        "décimales dans un décompte",
        typed("nombre", number("12.5")),
        asked("SAI010", "valeur impossible"),
    ),
    case("18 sur 12", terms(number("18"), number("12")), asked("SAI010", "valeur impossible")),
]

DOUTES = [
    case("au-dessus du maximum", typed("ecoles", number("41")), read("41", "", "SAI011 alerte")),
    case("sous le minimum", typed("ecoles", number("1")), read("1", "", "SAI011 alerte")),
    case(
        "46115, d'après le maximum",
        typed("ecoles", number("46115")),
        read("46115", "", "SAI028 alerte"),
    ),
    case(
        "46115, d'après l'an dernier",
        typed("nombre", number("46115"), 12),
        read("46115", "", "SAI028 alerte"),
    ),
    case("plus du triple", typed("nombre", number("37"), 12), read("37", "", "SAI029 alerte")),
    case("moins du tiers", typed("nombre", number("3"), 12), read("3", "", "SAI029 alerte")),
    case(
        "taux qui saute", typed("taux", "90 %", (5, 10)), read("90", UNITE, POINTS, "SAI029 alerte")
    ),
    case("stock qui baisse", typed("stock", number("19"), 20), read("19", "", "SAI030 alerte")),
    case(
        "total plus petit qu'une partie",
        Rangee("partie", {"valeur": number("15")}, voisines={"nombre": number("12")}),
        read("15", "", "SAI031 alerte"),
    ),
]


@pytest.mark.parametrize(
    ("rangee", "attendue"),
    [
        *NOMBRES,
        *UNITES,
        *ESTIMATIONS,
        *LETTRES_ET_ABSENCES,
        *PAS_DES_NOMBRES,
        *TAUX,
        *CHOIX,
        *IMPOSSIBLES,
        *DOUTES,
    ],
)
def test_what_people_type(rangee: Rangee, attendue: Lue) -> None:
    valeur, lue = collect(rangee)
    assert lue == attendue
    texte = rangee.cellules.get("valeur")
    if isinstance(texte, str) and texte not in {valeur.valeur, ""}:
        assert texte in valeur.saisi, "the raw text is always kept"


@pytest.mark.parametrize(("rangee", "attendue"), DOUTES)
def test_a_comment_on_its_row_confirms_a_doubt(rangee: Rangee, attendue: Lue) -> None:
    commentee = {**rangee.cellules, "commentaire": "vérifié avec l'équipe"}
    valeur, lue = collect(Rangee(rangee.mesure, commentee, rangee.avant, rangee.voisines))
    assert valeur.confirme
    assert (lue.valeur, lue.etat) == (attendue.valeur, attendue.etat)
    assert lue.dites == tuple(dite.replace("alerte", "info") for dite in attendue.dites)


@pytest.mark.parametrize(("rangee", "attendue"), [*PAS_DES_NOMBRES, *IMPOSSIBLES])
def test_a_comment_never_answers_a_question(rangee: Rangee, attendue: Lue) -> None:
    commentee = {**rangee.cellules, "commentaire": "vérifié avec l'équipe"}
    valeur, lue = collect(Rangee(rangee.mesure, commentee, rangee.avant))
    assert not valeur.confirme
    assert (lue.etat, lue.dites) == ("a_verifier", attendue.dites)


PERSONNEL = "appeler le 06 12 34 56 78"


@pytest.mark.parametrize("mesure", ["texte", "nombre", "taux", "accord", "choix"])
def test_personal_data_in_an_answer_are_asked_again_and_kept_nowhere(mesure: str) -> None:
    valeur, lue = collect(typed(mesure, PERSONNEL))
    assert lue == asked("SAI027", "données personnelles")
    assert (valeur.saisi, valeur.nature_cellule) == ("", "texte")
    assert "34 56" not in valeur.model_dump_json()


def test_personal_data_beside_an_answer_lose_only_themselves() -> None:
    valeur, lue = collect(typed("nombre", number("12"), preuve=PERSONNEL))
    assert lue == read("12", "", "SAI027 erreur")
    assert "34 56" not in valeur.model_dump_json()
    valeur, lue = collect(typed("nombre", number("12"), etat=PERSONNEL))
    assert lue == asked("SAI027", "données personnelles")
    assert valeur.saisi == "valeur : 12"


def test_a_comment_that_is_not_kept_confirms_nothing() -> None:
    valeur, lue = collect(typed("ecoles", number("41"), commentaire=PERSONNEL))
    assert not valeur.confirme
    assert lue.dites == ("SAI027 erreur", "SAI011 alerte")


@pytest.mark.parametrize("cellule", [FORMULE, ERREUR, Cellule("2025-04-03", Nature.DATE)])
def test_a_comment_that_does_not_read_is_told_with_its_cell(cellule: Cellule) -> None:
    _, lue = collect(typed("nombre", number("12"), commentaire=cellule))
    (dite,) = lue.dites
    assert dite in {"SAI025 erreur", "SAI026 alerte"}
    assert lue.valeur == "12"
