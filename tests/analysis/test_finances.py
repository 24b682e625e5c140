"""Money: the same amounts summed four ways, what is missing said, the contract's doubts kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.finances import reserves_of
from clsmon.analysis.job import compute_base, compute_ceiling
from clsmon.model.bilan import Bilan
from clsmon.model.contrat import RegleAnimateur
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Financement
from clsmon.model.finances import BilanPoste, Finances, Reserve, Somme, Sommes
from clsmon.model.releve import Poste
from clsmon.model.statut import Statut
from clsmon.opening import require_dossier

from .builder import EXERCICE, LAW, dossier, fiche, releve

REGLE = {"taux_max": "50", "plafond_annuel": "30000", "etp_minimum": "0.5"}


def bilan_of(d: Dossier) -> Bilan:
    return compute_bilan(d, EXERCICE, date(2026, 4, 20))


def finances_of(*recits: tuple[str, dict[str, Any]], **autres: Any) -> Finances:
    """The money of fiche 1.1, answered by ARS and APO, whose récits are given by organisme."""
    d = dossier(
        fiche("1.1", repondants=["ars", "apo"]),
        releves=[releve(f"{code}-25", code, fiches={"1.1": recit}) for code, recit in recits],
        **autres,
    )
    return bilan_of(d).finances


def missing_of(sommes: Sommes) -> list[tuple[str, str, Statut]]:
    return [(m.organisme, m.champ, m.statut) for m in sommes.manquants]


def test_a_sum_says_what_it_lacks_and_a_blank_is_not_zero() -> None:
    f = finances_of(
        (
            "apo",
            {
                "depenses": {"prevu": "100.10", "realise": "0"},
                "absents": {"aides.ars.notifie": "non_disponible", "aides.ars.verse": "sans_objet"},
                "a_verifier": {
                    "depenses.engage": {
                        "saisi": "12 k",
                        "nature_cellule": "texte",
                        "cellule": "Fiches!E9",
                    }
                },
                "cellules": {"depenses.prevu": "Fiches!E8"},
            },
        )
    )
    e = f.ensemble
    assert (e.prevu.total, e.engage.total, e.realise.total, e.notifie.total) == (
        Decimal("100.10"),
        None,
        Decimal(0),
        None,
    )
    assert missing_of(e) == [
        ("ars", "depenses.prevu", Statut.NON_REPONDU),
        ("ars", "depenses.engage", Statut.NON_REPONDU),
        ("apo", "depenses.engage", Statut.A_VERIFIER),
        ("ars", "depenses.realise", Statut.NON_REPONDU),
        ("apo", "aides.ars.notifie", Statut.NON_DISPONIBLE),
    ]
    assert e.prevu.incomplete
    assert not e.engage.incomplete, "there is no sum at all"
    assert e.verse.sans_objet
    assert e.attendus == 7
    cellules = {m.champ: m.cellule for m in f.montants if m.organisme == "apo"}
    assert cellules["depenses.prevu"] == "Fiches!E8"
    assert cellules["depenses.engage"] == "Fiches!E9"


def test_the_ars_awaits_no_aid_from_itself_and_others_only_when_declared() -> None:
    f = finances_of(
        ("ars", {"depenses": {"realise": "5"}}),
        ("cpam", {"aides": [{"financeur": "ville", "verse": "7"}]}),
    )
    assert {(m.organisme, m.champ) for m in f.montants if m.financeur} == {
        ("apo", "aides.ars.notifie"),
        ("apo", "aides.ars.verse"),
        ("cpam", "aides.ville.verse"),
    }
    assert [(s.financeur, s.verse.total, s.organismes) for s in f.par_financeur] == [
        ("ars", None, ()),
        ("ville", Decimal(7), ("cpam",)),
    ]


def test_two_aids_of_one_funder_add_up_and_the_share_of_the_ars_stands_apart() -> None:
    aides = [
        {"financeur": "ars", "convention": "A", "verse": "10"},
        {"financeur": "ars", "convention": "B", "verse": "5", "notifie": "20"},
        {"financeur": "ville", "verse": "1"},
    ]
    e = finances_of(("apo", {"aides": aides})).ensemble
    assert (e.verse.total, e.ars_verse.total, e.ars_notifie.total) == (
        Decimal(16),
        Decimal(15),
        Decimal(20),
    )


def test_amounts_of_a_fiche_not_followed_are_kept_and_not_counted() -> None:
    d = dossier(
        fiche("1.1"),
        fiche("1.2", vigueur={"fin": "2024-12-31"}),
        releves=[
            releve(
                "ars-25",
                fiches={
                    "1.2": {
                        "depenses": {"realise": "9"},
                        "aides": [{"financeur": "ville", "verse": "3"}],
                    }
                },
            )
        ],
    )
    f = bilan_of(d).finances
    assert f.hors_vigueur == (("1.2/depenses.realise", "ars"), ("1.2/aides.ville.verse", "ars"))
    assert f.ensemble.realise.total is None


MONTANT = st.none() | st.decimals(0, 10**12, places=2) | st.decimals(0, 1, places=14)
AIDE = st.fixed_dictionaries(
    {"financeur": st.sampled_from(["ars", "ville", "cpam"]), "notifie": MONTANT, "verse": MONTANT}
)
RECIT = st.fixed_dictionaries(
    {
        "depenses": st.fixed_dictionaries(dict.fromkeys(("prevu", "engage", "realise"), MONTANT)),
        "aides": st.lists(AIDE, max_size=3),
        "absents": st.dictionaries(
            st.sampled_from(["depenses.prevu", "aides.ars.verse"]), st.just("sans_objet")
        ),
    }
)
RECITS = st.dictionaries(
    st.tuples(st.sampled_from(["ars", "apo", "ville"]), st.sampled_from(["1.1", "1.2", "2.1"])),
    RECIT,
)


def written(recit: dict[str, Any]) -> dict[str, Any]:
    """A récit as a file would hold it: amounts as text, blanks left out."""

    def bare(montants: dict[str, Any]) -> dict[str, Any]:
        return {
            cle: format(v, "f") if isinstance(v, Decimal) else v
            for cle, v in montants.items()
            if v is not None
        }

    return {
        **recit,
        "depenses": bare(recit["depenses"]),
        "aides": [bare(aide) for aide in recit["aides"]],
    }


def exact(montants: Iterable[Decimal | None]) -> Fraction | None:
    """The sum of what is given, by fractions; None when nothing is."""
    donnes = [Fraction(montant) for montant in montants if montant is not None]
    return sum(donnes, Fraction(0)) if donnes else None


def total(sommes: Iterable[Somme]) -> tuple[Fraction | None, int]:
    """The total of several sums, and how many amounts they lack."""
    listes = list(sommes)
    return exact(s.total for s in listes), sum(len(s.manquants) for s in listes)


@LAW
@given(RECITS)
def test_the_same_sums_by_fiche_axe_organisme_and_funder(
    recits: dict[tuple[str, str], dict[str, Any]],
) -> None:
    releves = [
        releve(
            f"{code}-25",
            code,
            fiches={f: written(r) for (qui, f), r in recits.items() if qui == code},
        )
        for code in ("ars", "apo", "ville")
    ]
    fiches = [fiche(i, repondants=["ars", "apo"]) for i in ("1.1", "1.2", "2.1")]
    f = bilan_of(dossier(*fiches, releves=releves)).finances
    for champ in ("prevu", "engage", "realise", "notifie", "verse", "ars_notifie", "ars_verse"):
        attendu = total([getattr(f.ensemble, champ)])
        for groupes in (f.par_fiche, f.par_axe, f.par_organisme):
            assert total(getattr(sommes, champ) for _, sommes in groupes) == attendu
    for champ in ("notifie", "verse"):
        ensemble = total([getattr(f.ensemble, champ)])
        assert total(getattr(sommes, champ) for sommes in f.par_financeur) == ensemble
        declares = exact(a[champ] for r in recits.values() for a in r["aides"])
        assert ensemble[0] == declares
    for champ in ("prevu", "engage", "realise"):
        declares = exact(r["depenses"][champ] for r in recits.values())
        assert exact([getattr(f.ensemble, champ).total]) == declares


@pytest.mark.parametrize(
    ("financement", "attendu"),
    [
        pytest.param({"texte": "non déterminé", "taux_ars": "50"}, [], id="sans montant"),
        pytest.param(
            {"montant": "171350", "portee": "ars", "taux_ars": "17"},
            [Reserve.DUREE_NON_DITE, Reserve.TAUX_SANS_BASE],
            id="un taux à côté d'un montant",
        ),
        pytest.param(
            {"montant": "20000", "portee": "ars", "taux_ars": "100", "duree_ans": 1},
            [],
            id="100 % ne laisse pas de doute",
        ),
        pytest.param(
            {"montant": "4000", "duree_ans": 1},
            [Reserve.PORTEE_NON_DITE],
            id="portée inconnue",
        ),
        pytest.param(
            {
                "montant": "30000",
                "portee": "global",
                "duree_ans": 3,
                "cofinancements": [{"texte": "DREETS", "a_confirmer": True}],
            },
            [Reserve.A_CONFIRMER],
            id="cofinancement à confirmer",
        ),
    ],
)
def test_reserves_of_a_written_amount(financement: dict[str, Any], attendu: list[Reserve]) -> None:
    assert list(reserves_of(Financement.model_validate(financement))) == attendu


def test_a_fiche_without_any_amount_says_so_once() -> None:
    muette = fiche("1.1", financement=[{"texte": "À définir"}, {"texte": "Cofinancements"}])
    chiffree = fiche("1.2", financement=[{"texte": "Temps"}, {"montant": "5", "duree_ans": 1}])
    prevus = bilan_of(dossier(muette, chiffree)).finances.prevus
    assert [(p.fiche.id, p.reserves) for p in prevus] == [
        ("1.1", (Reserve.SANS_MONTANT,)),
        ("1.1", ()),
        ("1.2", ()),
        ("1.2", (Reserve.PORTEE_NON_DITE,)),
    ]


def job_of(*recits: tuple[str, dict[str, Any]], **autres: Any) -> BilanPoste:
    """The post of a dossier where fiche 2.1 asks for it."""
    d = dossier(
        fiche("1.1", repondants=["apo"]),
        fiche("2.1", repondants=["ville", "ars"], financement=[{"taux_ars_maximum": "50"}]),
        releves=[releve(f"{code}-25", code, fiches=fiches) for code, fiches in recits],
        regles={"animateur_sante": REGLE},
        **autres,
    )
    poste = bilan_of(d).finances.poste
    assert poste is not None
    return poste


@pytest.mark.parametrize(
    ("poste", "assiette", "plafond"),
    [
        pytest.param({"cout_eligible": "41000", "etp": "1"}, "41000", "20500", id="la moitié"),
        pytest.param(
            {"cout_eligible": "60000", "etp": "1"}, "60000", "30000", id="juste au plafond"
        ),
        pytest.param({"cout_eligible": "75000", "etp": "1"}, "75000", "30000", id="plafonné"),
        pytest.param(
            {"cout_eligible": "30000", "etp": "0.5", "mois": "6"},
            "30000",
            "15000",
            id="à mi-temps, la dépense réelle et le plafond entier",
        ),
        pytest.param({"cout_eligible": "80000", "etp": "2"}, "40000", "20000", id="un ETP au plus"),
        pytest.param({"cout_eligible": "10000"}, "10000", "5000", id="temps inconnu"),
        pytest.param({"etp": "1"}, None, None, id="coût inconnu"),
        pytest.param({"cout_eligible": "0", "etp": "1"}, "0", "0", id="coût nul"),
    ],
)
def test_the_ceiling_is_the_lesser_of_half_the_cost_and_the_cap(
    poste: dict[str, str], assiette: str | None, plafond: str | None
) -> None:
    base = compute_base(Poste.model_validate(poste))
    assert base == (None if assiette is None else Decimal(assiette))
    if base is not None and plafond is not None:
        regle = RegleAnimateur.model_validate(REGLE)
        assert compute_ceiling(regle, base) == Decimal(plafond)


def test_one_post_in_several_fiches_and_organismes_counts_once() -> None:
    dit = {"etp": "1", "cout_eligible": "50000"}
    poste = job_of(
        ("apo", {"1.1": {"poste": dit}}),
        ("ars", {"2.1": {"poste": dit}}),
        ("ville", {"2.1": {"poste": dit}}),
    )
    assert poste.retenue is not None
    assert (poste.retenue.fiche.id, poste.retenue.organisme) == ("2.1", "ville")
    assert [(d.fiche.id, d.organisme) for d in poste.autres] == [("2.1", "ars"), ("1.1", "apo")]
    assert poste.concordent
    assert (poste.assiette, poste.plafond) == (Decimal(50000), Decimal(25000))


def test_two_different_posts_are_said_to_differ_and_never_added() -> None:
    poste = job_of(
        ("ars", {"2.1": {"poste": {"etp": "1", "cout_eligible": "40000"}}}),
        ("ville", {"2.1": {"absents": {"poste.etp": "non_disponible"}}}),
    )
    assert poste.retenue is not None
    assert poste.retenue.organisme == "ars", "the first one with figures"
    assert [d.statuts for d in poste.autres] == [(("poste.etp", Statut.NON_DISPONIBLE),)]
    assert not poste.concordent
    assert poste.assiette == 40000


def test_the_aid_compared_is_the_ars_one_to_the_fiche_of_the_post() -> None:
    aide = [{"financeur": "ars", "notifie": "31000", "verse": "20000"}]
    poste = job_of(
        ("apo", {"1.1": {"aides": [{"financeur": "ars", "verse": "90000"}]}}),
        (
            "ville",
            {"2.1": {"poste": {"etp": "0.4", "cout_eligible": "62000"}, "aides": aide}},
        ),
    )
    assert (poste.versee.total, poste.notifiee.total) == (Decimal(20000), Decimal(31000))
    assert (poste.versee_au_dela, poste.notifiee_au_dela) == (False, True)
    assert poste.temps_insuffisant


def test_without_declared_cost_only_the_yearly_cap_is_known() -> None:
    poste = job_of()
    assert (poste.retenue, poste.plafond, poste.maximum) == (None, None, Decimal(30000))
    assert poste.fiche is not None
    assert poste.fiche.id == "2.1"
    assert not poste.temps_insuffisant


def test_a_contract_without_the_rule_has_no_post() -> None:
    assert finances_of().poste is None


def test_dijon_keeps_its_amounts_and_never_multiplies_a_rate() -> None:
    dijon = require_dossier(Path(__file__).parents[2])
    f = compute_bilan(dijon, EXERCICE, date(2026, 4, 20)).finances
    (emas,) = (p for p in f.prevus if p.fiche.id == "2.3")
    assert (emas.financement.montant, emas.financement.taux_ars) == (Decimal(171350), Decimal(17))
    assert Reserve.TAUX_SANS_BASE in emas.reserves
    assert sum(p.financement.montant is not None for p in f.prevus) == 6
    assert f.poste is not None
    assert f.poste.fiche is not None
    assert f.poste.fiche.id == "5.1"
    assert f.ensemble.realise.total is None
