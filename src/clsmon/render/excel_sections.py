"""Les feuilles « Gouvernance » et « Finances » du classeur, bloc par bloc."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.bilan import Bilan
from clsmon.render import finances, governance, job, planned, programme
from clsmon.render.excel_blocks import Bloc, NouvellePage


def governance_blocks(bilan: Bilan) -> Iterator[Bloc]:
    """Instances, participation, programme annuel."""
    g = bilan.gouvernance
    if not g.enregistree:
        yield governance.nothing_recorded(bilan)
    yield governance.instances_table(bilan)
    yield governance.meetings_table(bilan)
    if g.assiduite.convocations:
        yield governance.summarize_attendance(bilan)
    yield governance.members_table(bilan)
    yield NouvellePage.ICI
    yield from programme.summarize_programme(bilan)
    yield programme.completion_table(bilan)
    yield programme.actions_table(bilan)


def finances_blocks(bilan: Bilan) -> Iterator[Bloc]:
    """Sommes par axe et financeur, poste, sommes par fiche et organisme, texte du contrat."""
    if finances.is_declared(bilan):
        yield finances.axes_table(bilan)
        yield finances.funders_table(bilan)
    else:
        yield finances.nothing_declared(bilan)
    poste = bilan.finances.poste
    if poste is not None:
        yield job.job_table(bilan)
        yield job.job_rule(poste)
        yield from job.job_remarks(bilan)
    if finances.is_declared(bilan):
        yield NouvellePage.ICI
        yield finances.fiches_table(bilan)
        yield finances.organisms_table(bilan)
    yield NouvellePage.ICI
    yield planned.planned_table(bilan)
    if bilan.finances.hors_vigueur:
        yield finances.uncounted_words(bilan)
