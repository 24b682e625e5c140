"""La projection de la vie du contrat : instances, participation, programme annuel, argent."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.bilan import Bilan
from clsmon.render import finances, governance, job, programme
from clsmon.render.cells import spell_cell
from clsmon.render.slides_blocks import Bloc, grid_of
from clsmon.render.slides_graphs import money_chart
from clsmon.render.slides_notes import money_sources, rule_source
from clsmon.render.slides_section import (
    Section,
    meeting_command,
    missing,
    reminder_command,
    sentence,
)
from clsmon.render.spelling import INSECABLE


def governance_section(bilan: Bilan) -> Section:
    """Les instances réunies, le minimum du contrat, qui est venu, le programme annuel."""
    seances = (
        f"{instance.nom}{INSECABLE}: {tenue.seance.lieu().fichier}"
        for instance in bilan.gouvernance.instances
        for tenue in instance.tenues
    )
    return Section(
        titre=f"Gouvernance et participation en {bilan.exercice}",
        parties=("gouvernance",),
        blocs=tuple(_governance_blocks(bilan)),
        dire="Dire si le minimum du contrat est tenu, et qui manque souvent.",
        sources=(
            *seances,
            *(rule_source(bilan, nom) for nom in ("Instances", "Participation")),
            rule_source(bilan, "Programme annuel"),
        ),
        souhait=2,
        rang=4,
    )


def _governance_blocks(bilan: Bilan) -> Iterator[Bloc]:
    if not bilan.gouvernance.enregistree:
        yield missing(
            governance.nothing_recorded(bilan),
            "Qui était convoqué, qui est venu, ce qui s’est décidé.",
            f"L’animateur santé les note dans le classeur de chaque séance{INSECABLE}: "
            f"{meeting_command(bilan)}.",
        )
    instances = governance.instances_table(bilan)
    if instances.lignes:
        yield grid_of(instances, (0, 1, 2, 3, 4, 5), (26, 10, 10, 24, 18, 22))
    if bilan.gouvernance.programme.actions:
        yield sentence(*programme.summarize_programme(bilan))
    if bilan.gouvernance.assiduite.convocations:
        yield sentence(governance.summarize_attendance(bilan))
        membres = governance.members_table(bilan)
        dernieres = range(len(membres.colonnes) - 4, len(membres.colonnes))
        yield grid_of(membres, (0, *dernieres), (40, 15, 15, 15, 15), au_plus=(1, 1, 1))


def money_section(bilan: Bilan) -> Section:
    """Dépenses, aides de l'ARS, et la règle du poste d'animateur santé."""
    declares = finances.is_declared(bilan)
    return Section(
        titre=f"L’argent en {bilan.exercice}, tel que chacun le déclare",
        parties=("finances",),
        blocs=tuple(_money_blocks(bilan)),
        dire=(
            "Une dépense et une aide ne s’additionnent pas. Un astérisque suit une somme à "
            "laquelle il manque un montant."
        ),
        sources=tuple(money_sources(bilan)) if declares else (),
        souhait=2,
        rang=8,
    )


def _money_blocks(bilan: Bilan) -> Iterator[Bloc]:
    if finances.is_declared(bilan):
        yield money_chart(bilan)
        yield sentence(_whole(bilan))
    else:
        yield missing(
            finances.nothing_declared(bilan),
            "Attendus de chaque répondant d’une fiche : trois montants de dépense, deux d’aide de "
            "l’ARS (feuille « Fiches » du formulaire).",
            f"Relancer{INSECABLE}: {reminder_command(bilan)}.",
        )
    poste = bilan.finances.poste
    if poste is not None:
        yield sentence(job.job_rule(poste), *job.job_remarks(bilan))


def _whole(bilan: Bilan) -> str:
    """« Ensemble : 12 000 € prévus… », avec l'astérisque de ce qui manque."""
    e = bilan.finances.ensemble
    sommes = (
        ("dépenses prévues", e.prevu),
        ("engagées", e.engage),
        ("réalisées", e.realise),
        ("aide de l’ARS notifiée", e.ars_notifie),
        ("versée", e.ars_verse),
    )
    dites = (f"{mot} {spell_cell(finances.sum_cell(somme))}" for mot, somme in sommes)
    return f"Ensemble{INSECABLE}: {', '.join(dites)} (astérisque{INSECABLE}: somme incomplète)."
