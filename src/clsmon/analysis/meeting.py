"""Une séance : ce qu'il faut pour la préparer, et ce qu'elle a fait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from clsmon.analysis.agenda import draft_agenda
from clsmon.analysis.attendance import attendance_of
from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.decisions import decisions_taken, needs_arbitration
from clsmon.analysis.membership import members_of
from clsmon.analysis.revisions.carrying import to_carry
from clsmon.analysis.wording import typeset
from clsmon.model.bilan import Bilan, DecisionSuivie
from clsmon.model.classeur_seance import ClasseurSeance
from clsmon.model.dossier import Dossier
from clsmon.model.reunion import ActionFixee, Presence, Reunion
from clsmon.model.seance import (
    Action,
    EtatDecision,
    EtatSeance,
    OrdreDuJour,
    Seance,
    read_meeting_name,
)


def compute_meeting(dossier: Dossier, seance: Seance) -> Reunion:
    """
    Une séance du dossier, vue le jour où elle se tient.

    Une décision est en retard si son échéance est avant ce jour. Source : contrat, articles 3, 6
    et 7.
    """
    bilan = compute_bilan(dossier, seance.exercice_examine, seance.date)
    points = seance.ordre_du_jour.points
    propose = not points and seance.etat is EtatSeance.PREVUE
    ouvertes = open_before(bilan, seance.nom)
    return Reunion(
        dossier=dossier,
        seance=seance,
        bilan=bilan,
        points=draft_points(dossier, bilan, seance.instance) if propose else points,
        points_proposes=propose,
        evolutions=tuple(e for e in bilan.evolutions.proposees if e.a_decider),
        a_programmer=tuple(
            prevue.fiche for prevue in bilan.evolutions.a_programmer if not prevue.decision
        ),
        arbitrages=tuple(ligne for ligne in bilan.lignes if needs_arbitration(ligne)),
        ouvertes=ouvertes,
        presences=tuple(_presences(seance)),
        assiduite=attendance_of(seance),
        programme=tuple(_set_by(dossier, seance.nom)),
        etats={
            suivie.decision.id: suivie.etat
            for suivie in decisions_taken(dossier, seance.date)
            if suivie.seance.nom == seance.nom
        },
        a_reporter=to_carry(dossier, seance),
    )


def open_before(bilan: Bilan, nom: str) -> tuple[DecisionSuivie, ...]:
    """Les décisions encore ouvertes des séances tenues avant celle-ci."""
    return tuple(
        suivie
        for suivie in bilan.decisions
        if suivie.etat is EtatDecision.OUVERTE and suivie.seance.nom != nom
    )


def draft_points(dossier: Dossier, bilan: Bilan, instance: str) -> tuple[str, ...]:
    """
    L'ordre du jour proposé : qui décide suit l'article 7 ; une autre instance le prépare.

    Une fiche à ajouter ou à retirer y a son point : elle doit figurer à un ordre du jour envoyé
    avant la séance. Source : contrat, articles 3, 6 et 7.
    """
    if dossier.contrat.decide(instance):
        return (*draft_agenda(dossier, bilan), "Questions diverses")
    return tuple(typeset(point) for point in _prepare(dossier, bilan))


def _prepare(dossier: Dossier, bilan: Bilan) -> Iterator[str]:
    if bilan.suivi_decisions:
        yield f"Suites données aux décisions antérieures : {bilan.suivi_decisions[0]}"
    yield f"Avancement des fiches et projet de bilan {bilan.exercice}"
    annee = bilan.exercice + 1
    if annee in dossier.contrat.periode.exercices:
        yield f"Préparer le programme d'actions {annee} (article 3)"
    yield "Questions diverses"


def _presences(seance: Seance) -> Iterator[Presence]:
    """Les convoqués dans leur ordre, puis ceux qui sont venus ou se sont excusés sans l'être."""
    for code in dict.fromkeys((*seance.convoques, *seance.presents, *seance.excuses)):
        yield Presence(
            code,
            convoque=code in seance.convoques,
            present=code in seance.presents,
            excuse=code in seance.excuses and code not in seance.presents,
        )


def _set_by(dossier: Dossier, nom: str) -> Iterator[ActionFixee]:
    for exercice, programme in sorted(dossier.programmes.items()):
        for fiche, actions in programme.items():
            for action in actions:
                if action.decision.rpartition("/")[0] == nom:
                    yield ActionFixee(exercice, fiche, action)


def compute_meeting_form(dossier: Dossier, nom: str, exercice: int | None) -> ClasseurSeance:
    """
    Ce que contient le classeur d'une séance, au dossier ou pas encore ; sans sa base.

    `nom` : « 2026-05-12-copil ». L'exercice est celui que la séance dit examiner, sinon celui
    demandé, sinon l'année d'avant sa date.

    Une séance prévue qui n'a ni points ni convoqués se voit proposer l'ordre du jour que le bilan
    demande, et les membres de l'instance ; celle qui les a, ou qui s'est tenue, garde les siens.
    """
    jour, instance = read_meeting_name(nom) or (date.min, nom)
    membres, non_nommes = members_of(dossier, instance)
    connue = next((s for s in dossier.seances if s.nom == nom), None)
    exercice = (connue and connue.exercice) or exercice or jour.year - 1
    seance = connue or Seance(
        instance=instance, date=jour, etat=EtatSeance.PREVUE, exercice=exercice
    )
    if seance.etat is EtatSeance.PREVUE:
        seance = _propose(dossier, seance, exercice, membres)
    annee = exercice + 1 if exercice + 1 in dossier.contrat.periode.exercices else None
    return ClasseurSeance(
        dossier=dossier,
        nom=nom,
        seance=seance,
        exercice=exercice,
        participants=participants_of(seance, membres),
        non_nommes=non_nommes,
        annee_programme=annee,
        programme=programme_for(dossier, annee),
        base=("", ""),
        fictif=dossier.fictif(exercice),
    )


def _propose(dossier: Dossier, seance: Seance, exercice: int, membres: tuple[str, ...]) -> Seance:
    ordre = seance.ordre_du_jour
    if not ordre.points:
        bilan = compute_bilan(dossier, exercice, seance.date)
        points = draft_points(dossier, bilan, seance.instance)
        ordre = OrdreDuJour(envoye_le=ordre.envoye_le, points=points)
    convoques = seance.convoques or membres
    return seance.model_copy(update={"ordre_du_jour": ordre, "convoques": convoques})


def participants_of(seance: Seance, membres: tuple[str, ...]) -> tuple[str, ...]:
    """Ceux que la séance cite, dans leur ordre, puis les autres membres de l'instance."""
    cites = (*seance.convoques, *seance.presents, *seance.excuses)
    return tuple(dict.fromkeys((*cites, *membres)))


def programme_for(dossier: Dossier, annee: int | None) -> Mapping[str, tuple[Action, ...]]:
    """Le programme d'une année, vide si aucun n'est encore fixé."""
    return {} if annee is None else dossier.programmes.get(annee, {})
