"""The bilan as a whole, and the series of each measure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clsmon.analysis.bilan import compute_bilan
from clsmon.model.bilan import Bilan, LigneMesure
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche
from clsmon.model.releve import Avancement, Etat, Releve
from clsmon.model.seance import Seance
from clsmon.model.statut import Statut

from .builder import CLE, EXERCICE, LAW, dossier, fiche, measure, releve, seance, to_plan

JOUR = date(2026, 4, 20)
SANS_OBJET = Etat.SANS_OBJET


def bilan_of(d: Dossier, exercice: int = EXERCICE) -> Bilan:
    return compute_bilan(d, exercice, JOUR)


def line_of(d: Dossier, exercice: int = EXERCICE) -> LigneMesure:
    (ligne,) = bilan_of(d, exercice).lignes
    return ligne


def test_axes_in_order_then_fiches_without_axe() -> None:
    d = dossier(
        fiche("1.2"),
        fiche("1.10"),
        fiche("2.1"),
        fiche("libre", axe=None),
        to_plan("plateforme", axe="2"),
        axes=[{"id": "2", "titre": "Deux"}, {"id": "1", "titre": "Un"}],
    )
    assert [
        (
            a.axe.id if a.axe else None,
            [f.fiche.id for f in a.fiches],
            [f.id for f in a.a_programmer],
        )
        for a in bilan_of(d).axes
    ] == [("2", ["2.1"], ["plateforme"]), ("1", ["1.2", "1.10"], []), (None, ["libre"], [])]


def test_a_fiche_not_in_force_is_left_out_and_its_answers_listed() -> None:
    d = dossier(
        fiche("1.1"),
        fiche("1.2", vigueur={"fin": "2024-12-31"}),
        releves=[
            releve(
                "a",
                reponse=12,
                valeurs={"1.2/ateliers/ateliers": 4, "9.9/x/x": 1, "9.9/y/y": {"commentaire": "?"}},
            )
        ],
    )
    bilan = bilan_of(d)
    assert [f.fiche.id for f in bilan.fiches] == ["1.1"]
    assert bilan.completude.demandees == 1
    assert bilan.hors_vigueur == ("1.2/ateliers/ateliers", "9.9/x/x")


ANNEES = range(2024, 2029)


@given(
    fin=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    reponses=st.lists(st.integers(0, 99), min_size=5, max_size=5),
)
@LAW
def test_a_removed_fiche_still_stands_in_the_years_when_it_was_in_force(
    fin: date, reponses: list[int]
) -> None:
    releves = [
        releve(f"ars-{annee}", exercice=annee, valeurs={CLE: dit, "1.2/ateliers/ateliers": dit})
        for annee, dit in zip(ANNEES, reponses, strict=True)
    ]
    restee = dossier(fiche("1.1"), fiche("1.2"), releves=releves)
    vigueur = {"fin": fin.isoformat(), "decision_fin": "2025-05-13-copil/D1"}
    retiree = replace(restee, fiches=(fiche("1.1"), fiche("1.2", vigueur=vigueur)))
    for annee in ANNEES:
        avant, apres = bilan_of(restee, annee), bilan_of(retiree, annee)
        if annee <= fin.year:
            assert [f.fiche.id for f in apres.fiches] == ["1.1", "1.2"]
            assert [li.constat for li in apres.lignes] == [li.constat for li in avant.lignes]
            assert apres.completude == avant.completude
        else:
            assert [f.fiche.id for f in apres.fiches] == ["1.1"]
            assert apres.hors_vigueur == ("1.2/ateliers/ateliers",)


@pytest.mark.parametrize(
    ("ars", "apo", "attendu"),
    [
        pytest.param("en_cours", "realisee", Avancement.EN_COURS, id="le premier répondant"),
        pytest.param(None, "realisee", Avancement.REALISEE, id="le premier qui se prononce"),
        pytest.param(None, None, None, id="personne"),
    ],
)
def test_avancement_of_a_fiche(
    ars: str | None, apo: str | None, attendu: Avancement | None
) -> None:
    d = dossier(
        fiche(repondants=["ars", "apo"]),
        releves=[
            releve(f"{code}-25", code, fiches={"1.1": {"avancement": dit, "freins": "x"}})
            for code, dit in (("apo", apo), ("ars", ars))
        ],
    )
    (suivie,) = bilan_of(d).fiches
    assert suivie.avancement is attendu
    assert [recit.organisme for recit in suivie.recits] == ["ars", "apo"]


def test_avancement_of_the_years_before_while_the_fiche_was_in_force() -> None:
    def said(annee: int, avancement: str) -> Releve:
        recit = {"1.1": {"avancement": avancement}}
        return releve(f"ars-{annee}", "ars", exercice=annee, fiches=recit)

    rendus = [said(2024, "non_demarree"), said(2025, "reportee"), said(2026, "en_cours")]
    anciens = [releve("apo-2024", "apo", reponse=3, exercice=2024), *rendus[1:]]
    for suivie, releves, attendus in (
        (fiche(), rendus, ((2024, Avancement.NON_DEMARREE), (2025, Avancement.REPORTEE))),
        (fiche(), anciens, ((2024, None), (2025, Avancement.REPORTEE))),
        (fiche(vigueur={"debut": "2025-03-01"}), rendus, ((2025, Avancement.REPORTEE),)),
    ):
        (lue,) = bilan_of(dossier(suivie, releves=releves), 2026).fiches
        assert lue.anterieurs == attendus


def test_series_evolution_and_target() -> None:
    mesure = measure(
        valeur_initiale={"valeur": "10"}, cibles=[{"annee": 2028, "valeur": "30"}], depuis=2024
    )
    d = dossier(
        fiche("1.1", mesure),
        releves=[releve("a", reponse=15, exercice=2024), releve("b", reponse=12)],
    )
    ligne = line_of(d)
    assert [(c.exercice, c.nombre) for c in ligne.serie] == [
        (2024, Decimal(15)),
        (2025, Decimal(12)),
    ]
    assert ligne.serie[-1] is ligne.constat
    assert ligne.depuis_precedent is not None
    assert (ligne.depuis_precedent.difference, ligne.depuis_precedent.pourcentage) == (
        Decimal(-3),
        Decimal(-20),
    )
    assert ligne.depuis_initiale is not None
    assert ligne.depuis_initiale.pourcentage == 20
    assert (ligne.cible and ligne.cible.annee, ligne.progression) == (2028, Decimal(10))


def test_without_target_nothing_is_judged() -> None:
    ligne = line_of(dossier(releves=[releve("a", reponse=12)]))
    assert (ligne.cible, ligne.progression, ligne.depuis_initiale) == (None, None, None)


@pytest.mark.parametrize(
    ("mesure", "fiches", "annees"),
    [
        pytest.param({}, {}, [2024, 2025, 2026], id="demandée tous les ans"),
        pytest.param({"depuis": 2025}, {}, [2025, 2026], id="avant d’exister, rien"),
        pytest.param({"frequence": {"exercices": [2024, 2026]}}, {}, [2024, 2026], id="non due"),
        pytest.param({}, {"vigueur": {"debut": "2026-03-01"}}, [2026], id="fiche ajoutée"),
    ],
)
def test_years_of_a_series(
    mesure: dict[str, Any], fiches: dict[str, Any], annees: list[int]
) -> None:
    rendus = [releve(f"cpam-{annee}", "cpam", exercice=annee) for annee in (2024, 2025)]
    ligne = line_of(dossier(fiche("1.1", measure(**mesure), **fiches), releves=rendus), 2026)
    assert [c.exercice for c in ligne.serie] == annees
    assert {c.statut for c in ligne.serie} == {Statut.NON_REPONDU}


def test_a_hole_is_never_jumped_over() -> None:
    d = dossier(
        releves=[releve("a", reponse=3, exercice=2024), releve("c", reponse=9, exercice=2026)]
    )
    ligne = line_of(d, 2026)
    assert [c.exercice for c in ligne.serie] == [2024, 2026], "nobody was asked in 2025"
    assert ligne.depuis_precedent is None
    assert ligne.continues == ()


def test_a_measure_due_every_other_year_compares_with_its_own_last_year() -> None:
    biennale = fiche("1.1", measure(frequence={"exercices": [2024, 2026]}))
    d = dossier(
        biennale,
        releves=[releve("a", reponse=3, exercice=2024), releve("c", reponse=9, exercice=2026)],
    )
    ecart = line_of(d, 2026).depuis_precedent
    assert ecart is not None
    assert ecart.difference == 6


LECTURES = fiche(repondants=["ars", "cpam", "apo"])
SOMME = fiche("1.1", measure(reponses="somme"), repondants=["ars", "cpam", "apo"])
ARBITRAGE = {
    "id": "D1",
    "nature": "arbitrage",
    "objet": CLE,
    "exercice": EXERCICE,
    "retient": {"valeur": "9"},
}


@pytest.mark.parametrize(
    ("suivie", "avant", "apres", "seances", "attendu"),
    [
        pytest.param(
            LECTURES, {"ars": 7, "cpam": 3}, {"cpam": 2}, [], (None, True), id="un autre organisme"
        ),
        pytest.param(
            LECTURES, {"ars": 7, "cpam": 3}, {"ars": 5, "cpam": 9}, [], (-2, False), id="le même"
        ),
        pytest.param(
            LECTURES,
            {"ars": 7},
            {"cpam": 2},
            [seance("2026-04-01-copil", ARBITRAGE)],
            (2, False),
            id="une valeur fixée par le COPIL",
        ),
        pytest.param(LECTURES, {"ars": 7}, {}, [], (None, False), id="rien à comparer"),
        pytest.param(
            SOMME,
            {"ars": 7, "cpam": 3, "apo": SANS_OBJET},
            {"ars": 7, "apo": 3, "cpam": SANS_OBJET},
            [],
            (None, True),
            id="une somme d’autres organismes",
        ),
        pytest.param(
            SOMME,
            {"cpam": 3, "ars": 7, "apo": 1},
            {"ars": 8, "cpam": 3, "apo": 1},
            [],
            (1, False),
            id="une somme des mêmes",
        ),
        pytest.param(
            SOMME,
            {"ars": 7, "cpam": 3, "apo": 1},
            {"ars": 8},
            [],
            (None, True),
            id="une somme incomplète",
        ),
    ],
)
def test_an_evolution_compares_what_the_same_organisations_said(
    suivie: Fiche,
    avant: dict[str, Any],
    apres: dict[str, Any],
    seances: list[Seance],
    attendu: tuple[int | None, bool],
) -> None:
    releves = [
        releve(f"{code}-{annee}", code, reponse, exercice=annee)
        for annee, reponses in ((2024, avant), (2025, apres))
        for code, reponse in reponses.items()
    ]
    bilan = bilan_of(dossier(suivie, releves=releves, seances=seances))
    (ligne,) = bilan.lignes
    ecart = ligne.depuis_precedent
    assert (ecart.difference if ecart else None, ligne.repondant_change) == attendu
    assert ligne.continues == ((2025,) if ecart else ())
    assert not [p for p in bilan.attention if "forte évolution" in p.texte]


def test_an_incomplete_sum_has_no_evolution() -> None:
    d = dossier(
        fiche("1.1", measure(reponses="somme"), repondants=["ars", "apo"]),
        releves=[
            releve("a", "ars", 3, exercice=2024),
            releve("b", "apo", 3, exercice=2024),
            releve("c", "ars", 3),
        ],
    )
    ligne = line_of(d)
    assert (ligne.constat.nombre, ligne.constat.incomplet) == (Decimal(3), ("apo",))
    assert ligne.depuis_precedent is None


def test_an_indicator_with_nothing_due_is_left_out() -> None:
    d = dossier(fiche("1.1", measure(), measure("marche", frequence={"exercices": [2027]})))
    (suivie,) = bilan_of(d).fiches
    assert [bloc.indicateur.id for bloc in suivie.indicateurs] == ["ateliers"]


def test_organisms_asked_then_those_who_answered_all_the_same() -> None:
    d = dossier(
        fiche(repondants=["apo", "ars"]),
        releves=[
            releve("a", "apo", 1),
            releve("b", "cpam", 2),
            releve("c", "apo", motif="retrait"),
        ],
    )
    assert [(o.code, o.releves) for o in bilan_of(d).organismes] == [
        ("ars", ()),
        ("apo", ("a",)),
        ("cpam", ("b",)),
    ]


def test_programme_and_perspectives() -> None:
    d = dossier(
        fiche(repondants=["ars", "apo"]),
        to_plan("plateforme"),
        releves=[
            releve(
                "a",
                fiches={
                    "1.1": {"programme": {"a1": "realisee", "a2": "prevue"}},
                    "plateforme": {"perspectives": "En 2027"},
                },
            ),
            releve("b", "apo", fiches={"1.1": {"programme": {"a2": "reportee"}}}),
        ],
        programme={"1.1": [{"id": "a1"}, {"id": "a2", "organisme": "apo"}, {"id": "a3"}]},
    )
    axe = bilan_of(d).axes[0]
    assert [(s.action.id, s.organisme, s.etat) for s in axe.fiches[0].programme] == [
        ("a1", "ars", "realisee"),
        ("a2", "apo", "reportee"),
        ("a3", "ars", None),
    ]
    ((prevue, recit),) = axe.recits_a_programmer
    assert (prevue.id, recit.declaration.perspectives) == ("plateforme", "En 2027")


def test_who_when_and_whether_it_is_real() -> None:
    d = dossier(seances=[seance("2026-04-20-copil")], releves=[releve("a", fictif="true")])
    bilan = compute_bilan(d, EXERCICE, JOUR)
    assert (bilan.instance, bilan.date, bilan.definitif) == ("Comité de pilotage", JOUR, False)
    assert (bilan.fictif, bilan_of(d, 2024).fictif) == (True, False)
    assert compute_bilan(dossier(instances={}), EXERCICE, JOUR).instance == ""


@pytest.mark.parametrize(
    ("exercice", "annees"),
    [
        pytest.param(2026, (2024, 2025, 2026), id="depuis le début"),
        pytest.param(2024, (2024,), id="la première"),
        pytest.param(2023, (2023,), id="avant le contrat"),
    ],
)
def test_years_of_the_bilan(exercice: int, annees: tuple[int, ...]) -> None:
    rendus = [releve(f"ars-{annee}", exercice=annee) for annee in (2024, 2025)]
    assert bilan_of(dossier(releves=rendus), exercice).annees == annees


def test_a_year_in_which_nobody_returned_anything_is_left_out() -> None:
    d = dossier(releves=[releve("ars-24", reponse=3, exercice=2024)])
    bilan = bilan_of(d, 2026)
    assert bilan.annees == (2024, 2026)
    assert [c.exercice for c in bilan.lignes[0].serie] == [2024, 2026]


def test_glossary_holds_what_the_report_shows() -> None:
    d = dossier(
        releves=[releve("a", reponse={"etat": "non_disponible", "commentaire": "le PTSM"})],
        glossaire={"PTSM": "Projet", "ARS": "Agence", "ZRR": "Zone"},
    )
    assert bilan_of(d).glossaire == (("ARS", "Agence"), ("PTSM", "Projet"))


def test_glossary_holds_the_organisations_of_the_registry() -> None:
    organismes = {
        "ars": {"nom": "Agence régionale de santé", "sigle": "ARS"},
        "emas": {"nom": "Équipe mutualisée Acodège SDAT", "sigle": "EMAS"},
        "sdat": {"nom": "SDAT"},
        "mussp": {"nom": "Maison universitaire de santé", "sigle": "MUSSP"},
        "caf": {"nom": "Caisse", "sigle": "CAF"},
        "sedap": {"nom": "Sedap"},
    }
    d = dossier(
        fiche(repondants=["emas"], porteurs_texte="MUSSP et Sedap"),
        organismes=organismes,
        glossaire={"ARS": "Agence"},
        titre="Contrat de l’ARS",
    )
    assert dict(bilan_of(d).glossaire) == {
        "ARS": "Agence",
        "EMAS": "Équipe mutualisée Acodège SDAT",
        "MUSSP": "Maison universitaire de santé",
        "SDAT": "Nom d’un organisme, que le contrat ne développe pas",
    }


def test_the_same_dossier_gives_the_same_bilan_in_any_order_of_files() -> None:
    releves = [
        releve("a", "ars", 12),
        releve("b", "ars", Etat.SANS_OBJET),
        releve("c", "apo", 3, fiches={"1.1": {"freins": "x"}}),
        releve("d", "cpam", 3),
    ]
    fiches = [fiche(repondants=["cpam", "ars", "apo"])]
    droit, inverse = dossier(*fiches, releves=releves), dossier(*fiches, releves=releves[::-1])
    assert compute_bilan(droit, EXERCICE, JOUR) == replace(
        compute_bilan(inverse, EXERCICE, JOUR), contrat=droit.contrat
    )
    assert bilan_of(droit).lignes[0].situee.cle == CLE
