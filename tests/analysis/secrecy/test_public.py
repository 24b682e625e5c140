"""The public bilan: what is hidden is nowhere in it, whoever said it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.secrecy.public import publish
from clsmon.analysis.secrecy.texts import mentions
from clsmon.model.bilan import Bilan, LigneMesure
from clsmon.model.dossier import Dossier
from clsmon.model.publication import Publication
from clsmon.model.statut import Statut
from tests.analysis.builder import contest, dossier, examen, fiche, measure, releve, seance

JOUR = date(2026, 4, 2)
MARQUE = "confidencetypique"
TOUT, PARTIE, AUTRE = "1.1/tout/tout", "1.1/partie/partie", "1.1/autre/autre"
SEULE, TAUX = "1.1/seule/seule", "1.1/taux/taux"


def contract() -> Any:
    return fiche(
        "1.1",
        measure("tout", unite="enfants"),
        measure("partie", unite="enfants", partie_de=TOUT),
        measure("autre", unite="enfants", partie_de=TOUT),
        measure("seule", unite="personnes", cibles=[{"annee": 2028, "valeur": 900}]),
        measure("taux", "taux"),
        measure("seances", unite="séances"),
        measure("mots", "texte"),
        repondants=("ars", "cpam"),
    )


def open_with(
    avant: Mapping[str, Any] | None = None, apres: Mapping[str, Any] | None = None, **autres: Any
) -> Dossier:
    return dossier(
        contract(),
        releves=[
            releve("ars-1", valeurs=avant or {}, exercice=2024),
            releve("ars-2", valeurs=apres or {}),
        ],
        **autres,
    )


def public_of(ouvert: Dossier) -> Bilan:
    return publish(ouvert, compute_bilan(ouvert, 2025, JOUR))


def line(bilan: Bilan, cle: str) -> LigneMesure:
    return next(ligne for ligne in bilan.lignes if ligne.situee.cle == cle)


@pytest.mark.parametrize(
    ("reponses", "masquees"),
    [
        pytest.param({SEULE: 0}, set(), id="zero"),
        pytest.param({SEULE: 1}, {SEULE}, id="one"),
        pytest.param({SEULE: 10}, {SEULE}, id="ten"),
        pytest.param({SEULE: 11}, set(), id="the threshold"),
        pytest.param({TAUX: (30, 60)}, set(), id="a rate of many"),
        pytest.param({TAUX: (3, 60)}, {TAUX}, id="a small numerator"),
        pytest.param({TAUX: (0, 9)}, {TAUX}, id="a small denominator"),
        pytest.param({TAUX: (58, 60)}, {TAUX}, id="a small rest"),
        pytest.param({TAUX: 50}, {TAUX}, id="a rate without its terms"),
        pytest.param({TOUT: 50, PARTIE: 7, AUTRE: 43}, {TOUT, PARTIE, AUTRE}, id="one small part"),
        pytest.param({TOUT: 50, PARTIE: 45}, {TOUT, PARTIE}, id="a small rest of the whole"),
        pytest.param({TOUT: 50, PARTIE: 25, AUTRE: 20}, {TOUT, PARTIE, AUTRE}, id="nobody's rest"),
        pytest.param({TOUT: 90, PARTIE: 0, AUTRE: 90}, set(), id="a part of nobody"),
    ],
)
def test_a_small_count_hides_its_whole_family(
    reponses: Mapping[str, Any], masquees: set[str]
) -> None:
    public = public_of(open_with(apres=reponses))
    secrets = {g.situee.cle for g in public.lignes if g.constat.statut is Statut.SECRET}
    assert secrets == masquees


@pytest.mark.parametrize(
    ("avant", "apres", "visibles"),
    [
        pytest.param(40, 50, (40, 50), id="both published"),
        pytest.param(7, 50, (None, 50), id="last year hidden"),
        pytest.param(40, 7, (40, None), id="this year hidden"),
    ],
)
def test_an_evolution_needs_both_its_years(
    avant: int, apres: int, visibles: tuple[int | None, int | None]
) -> None:
    ligne = line(public_of(open_with({SEULE: avant}, {SEULE: apres})), SEULE)
    assert tuple(c.nombre and int(c.nombre) for c in ligne.serie) == visibles
    assert (ligne.depuis_precedent is None) is (None in visibles)


def test_what_was_masked_last_year_stays_so_with_its_family() -> None:
    ouvert = open_with({TOUT: 90, PARTIE: 40, AUTRE: 50}, {TOUT: 95, PARTIE: 40, AUTRE: 55})
    assert line(public_of(ouvert), TOUT).depuis_precedent is not None
    ouvert = replace(ouvert, publications={2024: Publication(masques=(PARTIE,))})
    for cle in (TOUT, PARTIE, AUTRE):
        ligne = line(public_of(ouvert), cle)
        assert ligne.serie[0].statut is Statut.SECRET
        assert ligne.depuis_precedent is None
        assert ligne.constat.nombre is not None


def test_a_small_initial_value_is_hidden_with_what_leads_back_to_it() -> None:
    seule = measure(
        "seule",
        unite="personnes",
        valeur_initiale={"valeur": 7, "texte": "initiale 7"},
        cibles=[{"annee": 2028, "valeur": 900}],
    )
    ouvert = dossier(fiche("1.1", seule), releves=[releve("ars-2", valeurs={SEULE: 50})])
    ligne = line(public_of(ouvert), SEULE)
    assert ligne.initiale_secrete
    assert (ligne.depuis_initiale, ligne.progression) == (None, None)
    assert ligne.situee.mesure.valeur_initiale is None
    assert "initiale 7" not in repr(public_of(ouvert))


def test_a_measure_that_this_report_does_not_show_still_hides_its_family() -> None:
    partie = measure("partie", unite="enfants", partie_de=TOUT, frequence={"exercices": [2024]})
    contrat = fiche("1.1", measure("tout", unite="enfants"), partie, measure("seances"))
    ouvert = dossier(
        contrat,
        releves=[
            releve("ars-1", valeurs={TOUT: 50, PARTIE: 7}, exercice=2024),
            releve("ars-2", valeurs={TOUT: 60}),
        ],
    )
    assert line(public_of(ouvert), TOUT).serie[0].statut is Statut.SECRET


@pytest.mark.parametrize(
    "cle", [SEULE, TOUT], ids=["proposed against a large value", "proposed in a family"]
)
def test_a_contested_figure_hides_when_what_is_proposed_is_small(cle: str) -> None:
    ouvert = open_with(
        apres={SEULE: 4321, TOUT: 4321, PARTIE: 2000, AUTRE: 2321},
        examens=[examen("cpam-1", mesures={cle: contest(7, "4321")})],
    )
    public = public_of(ouvert)
    assert line(public, cle).constat.statut is Statut.SECRET
    assert public.examen.contestations == ()


def test_an_arbitration_tells_neither_its_value_nor_its_words() -> None:
    decision = {
        "id": "D1",
        "nature": "arbitrage",
        "objet": SEULE,
        "exercice": 2025,
        "retient": {"valeur": 7},
        "texte": f"Retenir 7 {MARQUE}",
    }
    ouvert = open_with(apres={SEULE: 4321}, seances=[seance("2026-03-12-copil", decision)])
    public = public_of(ouvert)
    assert line(public, SEULE).constat.statut is Statut.SECRET
    assert MARQUE not in repr(public)
    assert "Decimal('7')" not in repr(public)


TEXTES = {
    "faits_marquants": MARQUE,
    "freins": MARQUE,
    "leviers": MARQUE,
    "perspectives": MARQUE,
    "evolution_proposee": "modification",
    "motif_evolution": MARQUE,
    "qpv": [MARQUE],
    "aides": [{"financeur": "cpam", "convention": MARQUE, "verse": 10}],
    "a_verifier": {
        "depenses.engage": {"saisi": MARQUE, "nature_cellule": "texte", "cellule": "Fiches!E9"}
    },
    "lectures": {
        "depenses.prevu": {"saisi": MARQUE, "nature_cellule": "texte", "cellule": "Fiches!E8"}
    },
}


def told_everywhere(**autres: Any) -> Dossier:
    """A partner's text wherever one may stand."""
    dite = {"commentaire": MARQUE, "preuve": MARQUE, "saisi": MARQUE, "etat": "renseigne"}
    reponses = {
        SEULE: {**dite, "valeur": "40"},
        "1.1/seances/seances": {**dite, "etat": "a_verifier", "nature_cellule": "texte"},
        "1.1/mots/mots": {**dite, "valeur": MARQUE},
    }
    ouvert = dossier(
        contract(),
        releves=[
            releve(
                "ars-2",
                valeurs=reponses,
                fiches={"1.1": TEXTES},
                motif=MARQUE,
                recu={"fichier": MARQUE, "sha256": "9f" * 32, "formulaire": "f", "lecteur": "1"},
            )
        ],
        examens=[
            examen(
                "cpam-1",
                mesures={SEULE: contest(50, "40", motif=MARQUE, source=MARQUE, saisi=MARQUE)},
                fiches={"1.1": {"avis": "remarque", "texte": MARQUE}},
            )
        ],
        seances=[
            seance(
                "2026-03-12-copil",
                {"id": "D1", "nature": "autre", "texte": "Écrire aux maires"},
                ordre_du_jour={"points": [MARQUE]},
            )
        ],
    )
    return replace(ouvert, **autres)


def test_no_partner_text_is_anywhere_in_a_public_report() -> None:
    ouvert = told_everywhere()
    assert MARQUE in repr(compute_bilan(ouvert, 2025, JOUR))
    public = public_of(ouvert)
    assert MARQUE not in repr(public)
    assert line(public, SEULE).constat.nombre == 40
    assert line(public, "1.1/mots/mots").constat.statut is Statut.NON_PUBLIE
    assert "Écrire aux maires" in repr(public)


def test_the_texts_of_a_listed_fiche_are_published() -> None:
    public = public_of(told_everywhere(publications={2025: Publication(fiches=("1.1",))}))
    (recit,) = public.fiches[0].recits
    assert recit.declaration.faits_marquants == MARQUE
    assert line(public, "1.1/mots/mots").constat.texte == MARQUE
    assert public.examen.avis[0].avis.texte == MARQUE
    assert any(MARQUE in point for point in public.a_decider)
    raw = [d.valeur.saisi for d in line(public, SEULE).constat.declarations]
    assert raw == [""]


@pytest.mark.parametrize(
    ("texte", "publie"),
    [
        pytest.param("Les ateliers ont plu.", True, id="no number"),
        pytest.param("12 ateliers.", True, id="another number"),
        pytest.param("Seulement 7 enfants.", False, id="in digits"),
        pytest.param("Sept enfants seulement.", False, id="in letters"),
        pytest.param("En tout 4 321 enfants.", False, id="another hidden value"),
        pytest.param("٧ enfants", False, id="digits of another script"),
    ],
)
def test_a_published_text_never_writes_a_masked_number_of_its_fiche(
    texte: str, publie: bool
) -> None:
    ouvert = dossier(
        contract(),
        releves=[
            releve(
                "ars-2",
                valeurs={TOUT: 4321, PARTIE: 7, AUTRE: 4314},
                fiches={"1.1": {"freins": texte}},
            )
        ],
    )
    ouvert = replace(ouvert, publications={2025: Publication(fiches=("1.1",))})
    (recit,) = public_of(ouvert).fiches[0].recits
    assert recit.declaration.freins == (texte if publie else "")


@pytest.mark.parametrize("texte", ["4\u202f321", "4 321", "4321", "4321,0"])
def test_a_number_is_known_however_it_is_spaced(texte: str) -> None:
    assert mentions(f"soit {texte} enfants", {Decimal(4321)})


def test_masked_values_are_nowhere_in_the_public_report() -> None:
    valeurs = {TOUT: 4321, PARTIE: 7, AUTRE: 4314}
    public = repr(public_of(open_with(apres={**valeurs, "1.1/seances/seances": 8642})))
    assert "8642" in public
    assert not [nombre for nombre in ("4321", "4314", "Decimal('7')", "'7'") if nombre in public]


def test_the_imprint_is_not_published_for_it_would_confirm_a_guess() -> None:
    ouvert = open_with(apres={SEULE: 7})
    bilan = compute_bilan(ouvert, 2025, JOUR)
    fige = replace(bilan, cloture=replace(bilan.cloture, empreinte="ab" * 32, calculee="ab" * 32))
    assert "abab" not in repr(publish(ouvert, fige))
    change = replace(bilan, cloture=replace(bilan.cloture, empreinte="ab" * 32, calculee="cd" * 32))
    assert not publish(ouvert, change).cloture.fidele


def test_the_internal_report_is_left_as_it_was() -> None:
    ouvert = told_everywhere()
    bilan = compute_bilan(ouvert, 2025, JOUR)
    avant = repr(bilan)
    publish(ouvert, bilan)
    assert repr(bilan) == avant
