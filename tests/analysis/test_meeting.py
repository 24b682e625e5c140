"""What a meeting has to deal with, and what it did."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clsmon.analysis.meeting import compute_meeting
from clsmon.analysis.membership import members_of
from clsmon.model.dossier import Dossier
from clsmon.model.reunion import Reunion
from clsmon.opening import require_dossier
from clsmon.render.meeting import draw_agenda

from .builder import CLE, EXERCICE, contest, examen, releve, seance
from .builder import dossier as small


def hold(racine: Path, nom: str, texte: str, programme: str = "") -> Dossier:
    """The dossier with one more meeting."""
    for fichier, contenu in ((f"seances/{nom}", texte), ("programmes/2026", programme)):
        chemin = racine / "data" / f"{fichier}.yaml"
        chemin.parent.mkdir(exist_ok=True)
        if contenu:
            chemin.write_text(textwrap.dedent(contenu), encoding="utf-8")
    return require_dossier(racine)


def compute(dossier: Dossier, nom: str) -> Reunion:
    return compute_meeting(dossier, next(s for s in dossier.seances if s.nom == nom))


PASSEE = """\
    instance: copil
    date: 2025-05-13
    etat: tenue
    decisions:
      - {id: D1, nature: autre, texte: Se revoir, echeance: 2025-09-30}
      - {id: D2, nature: autre, texte: Écrire, echeance: 2026-12-31}
      - {id: D3, nature: autre, texte: Fait, etat: realisee}
"""
PREVUE = "instance: copil\ndate: 2026-05-12\netat: prevue\n"


def test_a_planned_copil_without_points_is_proposed_its_agenda(copie: Path) -> None:
    hold(copie, "2025-05-13-copil", PASSEE)
    reunion = compute(hold(copie, "2026-05-12-copil", PREVUE), "2026-05-12-copil")
    assert reunion.points_proposes
    assert reunion.points[0] == "Adopter le bilan 2025 (article 7)"
    assert reunion.points[1].startswith("Examiner les décisions antérieures\u00a0: 3 décisions")
    assert [s.nom for s in reunion.ouvertes] == ["2025-05-13-copil/D1", "2025-05-13-copil/D2"]
    assert len(reunion.a_programmer) == 6


def test_another_instance_prepares_and_does_not_decide(copie: Path) -> None:
    prevue = PREVUE.replace("copil", "cotech").replace("05-12", "03-10")
    reunion = compute(hold(copie, "2026-03-10-cotech", prevue), "2026-03-10-cotech")
    assert reunion.points == (
        "Avancement des fiches et projet de bilan 2025",
        "Préparer le programme d’actions 2026 (article 3)",
        "Questions diverses",
    )


def test_the_only_instance_of_a_plan_decides() -> None:
    d = small(
        instances={"comite": {"nom": "Comité"}},
        seances=[seance("2026-05-12-comite", etat="prevue", exercice=EXERCICE)],
    )
    assert compute(d, "2026-05-12-comite").points[0].startswith("Adopter le bilan 2025")


def test_its_own_points_win(copie: Path) -> None:
    prevue = f"{PREVUE}ordre_du_jour: {{points: [Un seul point]}}\n"
    reunion = compute(hold(copie, "2026-05-12-copil", prevue), "2026-05-12-copil")
    assert (reunion.points, reunion.points_proposes) == (("Un seul point",), False)


@pytest.mark.parametrize(
    ("presences", "taux", "presents"),
    [
        pytest.param("convoques: [ars, chu, cpam]\npresents: [ars, apo]", "33.33", 1, id="taux"),
        pytest.param("convoques: [ars]\npresents: [ars]", "100.00", 1, id="tous"),
        pytest.param("presents: [ars]", None, 0, id="sans convoqués, aucun taux"),
        pytest.param("convoques: [ars, chu]", "0.00", 0, id="personne"),
        pytest.param(
            "convoques: [ars, ars, chu]\npresents: [ars]", "50.00", 1, id="écrit deux fois"
        ),
    ],
)
def test_attendance_is_those_present_among_those_convened(
    presences: str, taux: str | None, presents: int, copie: Path
) -> None:
    texte = f"instance: copil\ndate: 2026-05-12\netat: tenue\n{presences}\n"
    reunion = compute(hold(copie, "2026-05-12-copil", texte), "2026-05-12-copil")
    assert reunion.assiduite.presents == presents
    exact = reunion.assiduite.taux
    arrondi = None if exact is None else exact.quantize(Decimal("0.01"))
    assert arrondi == (None if taux is None else Decimal(taux))


def test_the_programme_it_sets_is_told_by_its_decisions(copie: Path) -> None:
    tenue = (
        "instance: copil\ndate: 2026-05-12\netat: tenue\n"
        "decisions: [{id: D1, nature: programme, texte: Adopté}]\n"
    )
    programme = """\
        "4.1":
          - {id: a1, libelle: Sienne, decision: 2026-05-12-copil/D1}
          - {id: a2, libelle: D'avant}
    """
    reunion = compute(hold(copie, "2026-05-12-copil", tenue, programme), "2026-05-12-copil")
    assert [(f.exercice, f.fiche, f.action.id) for f in reunion.programme] == [(2026, "4.1", "a1")]


def prepare(*decisions: dict[str, str], **autres: Any) -> Reunion:
    """The next COPIL, when the ARS proposes to modify the fiche and the last one decided."""
    fiches = {"1.1": {"evolution_proposee": "modification", "motif_evolution": "Trop large"}}
    return compute(
        small(
            releves=[releve("ars-1", "ars", 12, fiches=fiches)],
            seances=[
                seance("2026-05-12-copil", *decisions),
                seance(PROCHAINE, etat="prevue", exercice=EXERCICE),
            ],
            **autres,
        ),
        PROCHAINE,
    )


PROCHAINE = "2026-11-10-copil"
TRANCHE = {"id": "D1", "nature": "modification_fiche", "objet": "1.1"}


def test_the_agenda_lists_the_changes_that_are_still_to_decide() -> None:
    (evolution,) = prepare().evolutions
    assert [(p.organisme, p.motif) for p in evolution.propositions] == [("ars", "Trop large")]
    assert prepare(TRANCHE).evolutions == ()


def test_a_contested_figure_is_among_the_arbitrations() -> None:
    reunion = prepare(examens=[examen("cpam-1", "cpam", {CLE: contest(14)})])
    assert [ligne.situee.cle for ligne in reunion.arbitrages] == [CLE]
    (section,) = (s for s in draw_agenda(reunion).sections if s.titre == "Arbitrages à rendre")
    assert section.tableau is not None
    ((_, reponses),) = section.tableau.lignes
    assert str(reponses).replace("\u00a0", " ").startswith("ARS : 12 ; CPAM conteste : 14 au lieu")


@pytest.mark.parametrize(
    ("instance", "compte", "non_nommes"),
    [("copil", 35, ()), ("cotech", 12, ("partenaires",)), ("groupe-travail", 0, ())],
)
def test_members_are_those_the_contract_names(
    dijon: Dossier, instance: str, compte: int, non_nommes: tuple[str, ...]
) -> None:
    membres, autres = members_of(dijon, instance)
    assert (len(membres), len(set(membres)), autres) == (compte, compte, non_nommes)
