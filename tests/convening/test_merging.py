"""A law: whatever a meeting says, its workbook untouched says the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from clsmon.analysis.meeting import compute_meeting_form
from clsmon.convening.merging import merge_meeting, merge_programme
from clsmon.model.dossier import Dossier
from clsmon.model.seance import (
    Action,
    Decision,
    EtatDecision,
    EtatSeance,
    NatureDecision,
    OrdreDuJour,
    Retenue,
    Seance,
)
from clsmon.workbooks.meeting.returned import read_meeting
from clsmon.workbooks.meeting.workbook import render_meeting_form
from clsmon.workbooks.reader.cells import read_workbook
from tests.meetings import EXERCICE, NOM

MESURES = {NatureDecision.CIBLE, NatureDecision.ARBITRAGE}
CODES = st.sampled_from(["ars", "chu", "apo", "ville-dijon", "dijon-metropole", "cpam"])
TEXTES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn"))
    | st.sampled_from("\n =+-@«»’"),
    max_size=40,
).filter(lambda t: not t or t.strip())
JOURS = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))
NOMBRES = st.none() | st.decimals(0, 9999, places=2).map(lambda d: Decimal(f"{d.normalize():f}"))
ANNEES = st.none() | st.integers(2024, 2028)


def _retained(qui: str | None, nombre: Decimal | None) -> Retenue | None:
    return Retenue(organisme=qui, valeur=nombre) if qui or nombre is not None else None


@st.composite
def decisions(draw: st.DrawFn, rang: int) -> Decision:
    nature = draw(st.sampled_from(NatureDecision))
    objet = draw(st.sampled_from(["2.3", "3.5", "plateforme-sante"]))
    return Decision(
        id=f"D{rang}",
        nature=nature,
        objet="2.3/sorties/sorties" if nature in MESURES else objet,
        exercice=draw(ANNEES),
        effet_le=draw(JOURS),
        annee=draw(ANNEES),
        valeur=draw(NOMBRES),
        retient=_retained(draw(st.none() | CODES), draw(NOMBRES)),
        texte=draw(TEXTES),
        responsable=draw(st.none() | CODES),
        echeance=draw(JOURS),
        etat=draw(st.sampled_from(EtatDecision)),
    )


@st.composite
def meetings(draw: st.DrawFn) -> Seance:
    convoques = draw(st.lists(CODES, unique=True))
    presents = draw(st.lists(CODES, unique=True))
    return Seance(
        instance="copil",
        date=date(2026, 5, 12),
        etat=EtatSeance.TENUE,
        exercice=EXERCICE,
        ordre_du_jour=OrdreDuJour(
            envoye_le=draw(JOURS), points=tuple(draw(st.lists(TEXTES.filter(bool), max_size=3)))
        ),
        convoques=tuple(convoques),
        presents=tuple(presents),
        excuses=tuple(c for c in draw(st.lists(CODES, unique=True)) if c not in presents),
        decisions=tuple(draw(decisions(rang)) for rang in range(1, draw(st.integers(1, 4)))),
    )


@st.composite
def programmes(draw: st.DrawFn) -> dict[str, tuple[Action, ...]]:
    return {
        fiche: tuple(
            Action(
                id=f"a{rang}",
                libelle=draw(TEXTES.filter(bool)),
                organisme=draw(st.none() | CODES),
                echeance=draw(TEXTES),
            )
            for rang in range(1, draw(st.integers(2, 3)))
        )
        for fiche in draw(
            st.lists(st.sampled_from(["1.1", "3.5", "plateforme-sante"]), unique=True)
        )
    }


@settings(derandomize=True, max_examples=8, deadline=None)
@given(seance=meetings(), programme=programmes())
def test_an_untouched_workbook_says_the_same(
    dijon: Dossier, seance: Seance, programme: dict[str, tuple[Action, ...]]
) -> None:
    depart = compute_meeting_form(dijon, NOM, EXERCICE)
    cites = dict.fromkeys((*seance.convoques, *seance.presents, *seance.excuses))
    classeur = replace(
        depart, seance=seance, programme=programme, participants=(*cites, "msa"), base=("-", "-")
    )
    retour = read_meeting(read_workbook(render_meeting_form(classeur)), dijon, NOM, "s.xlsx")
    assert retour.anomalies == []
    assert merge_meeting(seance, retour, "copil", seance.date, EXERCICE) == seance
    assert merge_programme(programme, retour, NOM) == programme
