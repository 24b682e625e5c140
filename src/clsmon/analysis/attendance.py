"""Les présences aux séances : qui est venu parmi ceux qui étaient convoqués."""

from __future__ import annotations

from collections.abc import Iterable

from clsmon.model.dossier import Dossier
from clsmon.model.gouvernance import Assiduite
from clsmon.model.seance import EtatSeance, Seance


def meetings_held(dossier: Dossier, exercice: int) -> tuple[Seance, ...]:
    """Les séances tenues dans l'année civile de l'exercice, par date."""
    return _meetings(dossier, exercice, EtatSeance.TENUE)


def meetings_planned(dossier: Dossier, exercice: int) -> tuple[Seance, ...]:
    """Les séances de cette année civile qui sont encore dites prévues, par date."""
    return _meetings(dossier, exercice, EtatSeance.PREVUE)


def _meetings(dossier: Dossier, exercice: int, etat: EtatSeance) -> tuple[Seance, ...]:
    seances = (s for s in dossier.seances if s.etat is etat and s.date.year == exercice)
    return tuple(sorted(seances, key=lambda s: (s.date, s.nom)))


def attendance_of(seance: Seance, organisme: str | None = None) -> Assiduite:
    """
    Les présences d'une séance, de tous ou d'un seul organisme.

    Sans liste de convoqués, rien ne se compte ; une personne venue sans être convoquée non plus.
    """
    convoques = set(seance.convoques)
    if organisme is not None:
        convoques &= {organisme}
    return Assiduite(
        len(convoques),
        len(convoques & set(seance.presents)),
        len(convoques & set(seance.excuses)),
    )


def sum_attendance(seances: Iterable[Seance], organisme: str | None = None) -> Assiduite:
    """Les présences de plusieurs séances."""
    return sum((attendance_of(seance, organisme) for seance in seances), Assiduite())
