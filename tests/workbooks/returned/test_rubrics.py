"""The narrative of a fiche: each rubrique is read by its kind, or asks its question."""

from __future__ import annotations

from decimal import Decimal
from operator import attrgetter

import pytest

from clsmon.model.anomalie import Anomalie
from clsmon.model.dossier import Dossier
from clsmon.model.questionnaire import QuestionFiche
from clsmon.model.releve import (
    Aide,
    Avancement,
    Confiance,
    DeclarationFiche,
    Depenses,
    Etat,
    EtatAction,
    Evolution,
    Poste,
    Saisie,
)
from clsmon.model.seance import Action
from clsmon.workbooks.layout import fields_of
from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.returned.locating import Ligne
from clsmon.workbooks.returned.rubrics import read_declaration

COLONNES = {"cle": 1, "champ": 2, "fiche": 3, "rubrique": 4, "reponse": 5, "aide": 6}
DATE = "« 2025-04-03 » est une date : le tableur a-t-il transformé ce que vous avez écrit ?"
ESTIME = "« environ 12 k€ » est une estimation : écrivez le nombre à retenir."
ACTION = Action.model_validate({"id": "a1", "libelle": "Questionnaire aux mairies"})


def read(
    dijon: Dossier, **rubriques: Cellule | str
) -> tuple[DeclarationFiche | None, tuple[Anomalie, ...]]:
    """Fiche 5.1, which asks for everything; « __ » stands for the dot of a field."""
    champs = {c.cle: c for c in fields_of(QuestionFiche(dijon.fiche["5.1"], (ACTION,)))}
    lignes = {}
    for rang, (nom, reponse) in enumerate(rubriques.items(), start=5):
        cellule = Cellule(reponse, Nature.TEXTE) if isinstance(reponse, str) else reponse
        lignes[nom.replace("__", ".")] = Ligne("Fiches", rang, COLONNES, {"reponse": cellule})
    return read_declaration(lignes, champs, dijon.contrat, "apo.xlsx")


def number(texte: str, *, pourcentage: bool = False) -> Cellule:
    return Cellule(texte, Nature.NOMBRE, pourcentage=pourcentage)


def test_nothing_filled_is_no_declaration(dijon: Dossier) -> None:
    assert read(dijon) == (None, ())


def test_everything_filled(dijon: Dossier) -> None:
    declaration, anomalies = read(
        dijon,
        avancement="En cours",
        confiance="securise",
        faits_marquants=" Deux réunions\net un guide ",
        evolution_proposee="Maintien",
        communes="Chenôve ; Neuilly-Crimolois, quetigny\nChenôve",
        depenses__prevu=number("12000"),
        depenses__realise="11 500,50",
        aides__ars__notifie=number("5000"),
        aides__ars__verse=number("2500"),
        programme__a1="réalisée",
        poste__etp="0,5",
        poste__mois=number("12"),
    )
    assert anomalies == ()
    assert declaration == DeclarationFiche(
        avancement=Avancement.EN_COURS,
        confiance=Confiance.SECURISE,
        programme={"a1": EtatAction.REALISEE},
        faits_marquants="Deux réunions\net un guide",
        evolution_proposee=Evolution.MAINTIEN,
        communes=("chenove", "neuilly-les-dijon", "quetigny"),
        depenses=Depenses(prevu=Decimal(12000), realise=Decimal("11500.5")),
        aides=(Aide(financeur="ars", notifie=Decimal(5000), verse=Decimal(2500)),),
        poste=Poste(etp=Decimal("0.5"), mois=Decimal(12)),
        cellules={
            cle: f"Fiches!E{rang}"
            for rang, cle in enumerate(
                (
                    "avancement",
                    "confiance",
                    "faits_marquants",
                    "evolution_proposee",
                    "communes",
                    "depenses.prevu",
                    "depenses.realise",
                    "aides.ars.notifie",
                    "aides.ars.verse",
                    "programme.a1",
                    "poste.etp",
                    "poste.mois",
                ),
                start=5,
            )
        },
    )


@pytest.mark.parametrize(
    ("saisi", "etat"), [("ND", Etat.NON_DISPONIBLE), ("sans objet", Etat.SANS_OBJET)]
)
def test_absent_amount(dijon: Dossier, saisi: str, etat: Etat) -> None:
    declaration, anomalies = read(dijon, depenses__engage=saisi)
    assert declaration == DeclarationFiche(
        absents={"depenses.engage": etat}, cellules={"depenses.engage": "Fiches!E5"}
    )
    assert anomalies == ()


@pytest.mark.parametrize(
    ("rubrique", "cellule", "attendu"),
    [
        pytest.param(
            "avancement",
            Cellule("en cour", Nature.TEXTE),
            (
                "SAI017",
                "« en cour » n'est pas dans la liste (vouliez-vous dire « en cours » ?)",
                "en cour",
                "hors liste",
            ),
            id="choix approché",
        ),
        pytest.param(
            "communes",
            Cellule("Chenôve ; Beaune", Nature.TEXTE),
            (
                "SAI017",
                "commune inconnue : « Beaune »",
                "Chenôve ; Beaune",
                "commune inconnue",
            ),
            id="commune d'ailleurs",
        ),
        pytest.param(
            "communes",
            Cellule("Quetigni", Nature.TEXTE),
            (
                "SAI017",
                "commune inconnue : « Quetigni » (vouliez-vous dire « Quetigny » ?)",
                "Quetigni",
                "commune inconnue",
            ),
            id="commune approchée",
        ),
        pytest.param(
            "depenses.prevu",
            Cellule("environ 12 k€", Nature.TEXTE),
            (
                "SAI002",
                ESTIME,
                "environ 12 k€",
                "estimation",
            ),
            id="montant estimé",
        ),
        pytest.param(
            "depenses.prevu",
            number("-5"),
            (
                "SAI010",
                "-5 est négatif : impossible pour cette rubrique.",
                "-5",
                "valeur impossible",
            ),
            id="montant négatif",
        ),
        pytest.param(
            "depenses.prevu",
            Cellule("2025-04-03", Nature.DATE),
            (
                "SAI004",
                DATE,
                "2025-04-03",
                "date",
            ),
            id="date",
        ),
        pytest.param(
            "depenses.prevu",
            number("0.8", pourcentage=True),
            (
                "SAI020",
                "0,8 est affiché en % dans le tableur : est-ce 80 % ou 0,8 ?",
                "80 %",
                "cellule en pourcentage",
            ),
            id="montant en %",
        ),
        pytest.param(
            "faits_marquants",
            Cellule("", Nature.FORMULE_SANS_RESULTAT, True),
            (
                "SAI006",
                "La cellule est une formule sans résultat enregistré.",
                "",
                "formule_sans_resultat",
            ),
            id="récit par une formule sans résultat",
        ),
        pytest.param(
            "faits_marquants",
            Cellule("#REF!", Nature.ERREUR),
            (
                "SAI007",
                "« #REF! » est une erreur du tableur.",
                "#REF!",
                "erreur",
            ),
            id="récit en erreur",
        ),
    ],
)
def test_question(
    dijon: Dossier, rubrique: str, cellule: Cellule, attendu: tuple[str, str, str, str]
) -> None:
    code, question, saisi, regle = attendu
    declaration, anomalies = read(dijon, **{rubrique: cellule})
    doute = Saisie(
        saisi=saisi, nature_cellule=cellule.nature.value, regle=regle, cellule="Fiches!E5"
    )
    assert declaration == DeclarationFiche(a_verifier={rubrique: doute})
    assert [(a.code, a.lieu.feuille, a.lieu.cellule, a.message) for a in anomalies] == [
        (code, "Fiches", "E5", question)
    ]


@pytest.mark.parametrize(
    ("rubrique", "saisi", "nombre", "regle"),
    [
        ("depenses.prevu", "45 k€", "45000", "unité convertie"),
        ("depenses.prevu", "45 000 €", "45000", "unité de la mesure"),
        ("depenses.engage", "néant", "0", "néant vaut zéro"),
        ("poste.etp", "0,5 ETP", "0.5", "unité de la mesure"),
        ("poste.mois", "1 an", "12", "unité convertie"),
        ("poste.mois", "onze mois", "11", "nombre en lettres, unité de la mesure"),
    ],
)
def test_an_amount_read_by_a_rule_keeps_its_raw_text(
    dijon: Dossier, rubrique: str, saisi: str, nombre: str, regle: str
) -> None:
    declaration, anomalies = read(dijon, **{rubrique: saisi})
    assert declaration is not None
    assert attrgetter(rubrique)(declaration) == Decimal(nombre)
    lecture = Saisie(saisi=saisi, nature_cellule="texte", regle=regle, cellule="Fiches!E5")
    assert declaration.lectures == {rubrique: lecture}
    dites = [] if regle == "unité de la mesure" else ["SAI014"]
    assert [a.code for a in anomalies] == dites


@pytest.mark.parametrize(
    ("saisi", "code"),
    [("12 personnes", "SAI034"), ("1,234", "SAI018"), ("une dizaine", "SAI002"), ("NC", "SAI015")],
)
def test_an_amount_uses_the_grammar_of_measures(dijon: Dossier, saisi: str, code: str) -> None:
    _, (anomalie,) = read(dijon, depenses__prevu=saisi)
    assert anomalie.code == code


@pytest.mark.parametrize("rubrique", ["freins", "communes", "avancement", "depenses__prevu"])
def test_personal_data_are_never_kept(dijon: Dossier, rubrique: str) -> None:
    declaration, (anomalie,) = read(dijon, **{rubrique: "appeler le 06 12 34 56 78"})
    doute = Saisie(
        saisi="", nature_cellule="texte", regle="données personnelles", cellule="Fiches!E5"
    )
    assert declaration == DeclarationFiche(a_verifier={rubrique.replace("__", "."): doute})
    assert (anomalie.code, anomalie.lieu.cellule) == ("SAI027", "E5")
    assert "34" not in anomalie.message


def test_one_question_hides_no_other_answer(dijon: Dossier) -> None:
    declaration, anomalies = read(dijon, avancement="presque", freins="Poste vacant")
    assert declaration is not None
    assert (declaration.avancement, declaration.freins) == (None, "Poste vacant")
    assert len(anomalies) == 1


@pytest.mark.parametrize("rubrique", ["faits_marquants", "depenses__realise", "communes"])
@pytest.mark.parametrize(
    ("cellule", "code", "nature"),
    [
        (Cellule("12", Nature.NOMBRE, montre="« ND »"), "SAI022", "nombre"),
        (Cellule("12", Nature.FUSIONNEE), "FOR023", "fusionnee"),
    ],
    ids=["shown otherwise", "merged"],
)
def test_what_is_not_surely_an_answer_is_a_question(
    dijon: Dossier, rubrique: str, cellule: Cellule, code: str, nature: str
) -> None:
    declaration, anomalies = read(dijon, **{rubrique: cellule})
    assert declaration is not None
    (doute,) = declaration.a_verifier.values()
    assert (doute.saisi, doute.nature_cellule) == ("12", nature)
    assert [a.code for a in anomalies] == [code]
