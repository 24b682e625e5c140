"""Les échéances d'un contrat, vues un jour donné : ce qui vient, et ce qui est en retard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from clsmon.analysis.adopted import end_of_review
from clsmon.analysis.decisions import decisions_taken
from clsmon.analysis.final_evaluation import final_deadlines
from clsmon.analysis.heads import compute_syntheses
from clsmon.analysis.meetings_due import ANIMATEUR, meetings_due
from clsmon.analysis.programme import follow_actions
from clsmon.analysis.wording import name_source, typeset
from clsmon.model.bilan import ActionSuivie
from clsmon.model.dossier import Dossier
from clsmon.model.echeance import Echeance, GenreEcheance, read_due
from clsmon.model.fiche import Fiche
from clsmon.model.releve import EtatAction
from clsmon.model.seance import EtatDecision

_TERMINEES = (EtatAction.REALISEE, EtatAction.ABANDONNEE)


def compute_deadlines(dossier: Dossier, jour: date) -> tuple[Echeance, ...]:
    """
    Les échéances à venir et celles qui sont en retard, vues le jour `jour`.

    D'abord les retards, puis par date, dans l'ordre du contrat le même jour. Une obligation dont
    rien ne dit qu'elle reste à remplir (campagne close, droit de regard fini) n'est plus listée.
    Source : contrat, articles 3, 6, 7 et 8, fiche 5.2.
    """
    echeances = (
        *_campaigns(dossier, jour),
        *_reviews(dossier, jour),
        *meetings_due(dossier, jour),
        *_decisions(dossier, jour),
        *_actions(dossier, jour),
        *final_deadlines(dossier.contrat, jour),
    )
    return tuple(sorted(echeances, key=lambda e: (not e.en_retard, e.date)))


def _campaigns(dossier: Dossier, jour: date) -> Iterator[Echeance]:
    """L'ouverture et la limite de chaque exercice dont la campagne n'est pas close."""
    contrat = dossier.contrat
    for exercice in contrat.periode.exercices:
        ouverture, limite = contrat.ouverture(exercice), contrat.limite(exercice)
        if ouverture is not None and ouverture >= jour:
            yield Echeance(
                ouverture,
                GenreEcheance.CAMPAGNE,
                f"campagne-{exercice}-ouverture",
                f"Ouvrir la campagne {exercice}",
                f"Préparer les formulaires (clsmon forms --exercice {exercice}) et les envoyer.",
                ANIMATEUR,
                "campagne",
            )
        if limite is not None and limite >= jour:
            yield Echeance(
                limite,
                GenreEcheance.CAMPAGNE,
                f"campagne-{exercice}-limite",
                f"Rendre les formulaires {exercice}",
                typeset(
                    "Relancer avant ce jour qui n'a pas répondu "
                    f"(clsmon status --exercice {exercice} --relances relances)."
                ),
                "organismes interrogés",
                "campagne",
            )


def _reviews(dossier: Dossier, jour: date) -> Iterator[Echeance]:
    """La fin du droit de regard des signataires sur chaque projet envoyé et non adopté."""
    for exercice, vie in sorted(dossier.exercices.items()):
        fin = end_of_review(dossier, exercice)
        if fin is not None and fin >= jour and vie.adopte is None:
            yield Echeance(
                fin,
                GenreEcheance.DROIT_DE_REGARD,
                f"droit-de-regard-{exercice}",
                f"Fin du droit de regard sur le bilan {exercice}",
                "Recueillir les remarques des signataires ; rien ne se publie avant.",
                "signataires",
                name_source(dossier.contrat, 8),
            )


def _decisions(dossier: Dossier, jour: date) -> Iterator[Echeance]:
    """Les décisions ouvertes qui ont une échéance."""
    for suivie in decisions_taken(dossier, jour):
        decision, fichier = suivie.decision, suivie.seance.lieu().fichier
        if suivie.etat is EtatDecision.OUVERTE and decision.echeance is not None:
            responsable = decision.responsable
            yield Echeance(
                decision.echeance,
                GenreEcheance.DECISION,
                f"decision-{suivie.nom}",
                suivie.texte,
                f"Réaliser la décision, puis écrire ce qu’elle est devenue dans {fichier}.",
                dossier.contrat.nom_court(responsable) if responsable else "",
                suivie.nom,
                en_retard=suivie.en_retard,
            )


def _actions(dossier: Dossier, jour: date) -> Iterator[Echeance]:
    """Les actions datées des programmes dont le bilan n'est pas adopté, et non terminées."""
    for exercice in sorted(dossier.programmes):
        vie = dossier.exercices.get(exercice)
        if vie is not None and vie.adopte is not None:
            continue
        syntheses = compute_syntheses(dossier, exercice)
        for fiche in dossier.fiches:
            for suivie in follow_actions(dossier, exercice, fiche, syntheses):
                due = read_due(suivie.action.echeance)
                if due is not None and suivie.etat not in _TERMINEES and _in_force(fiche, due):
                    echeance = _action(dossier, exercice, fiche, suivie, due)
                    yield replace(echeance, en_retard=due < jour)


def _in_force(fiche: Fiche, due: date) -> bool:
    """Faux si la fiche est retirée avant l'échéance : l'action n'est plus due."""
    return fiche.vigueur.fin is None or fiche.vigueur.fin >= due


def _action(
    dossier: Dossier, exercice: int, fiche: Fiche, suivie: ActionSuivie, due: date
) -> Echeance:
    action, porteur = suivie.action, suivie.organisme
    reportee = " Elle est dite reportée." if suivie.etat is EtatAction.REPORTEE else ""
    return Echeance(
        due,
        GenreEcheance.ACTION,
        f"action-{exercice}-{fiche.id}-{action.id}",
        f"{action.libelle} (fiche {fiche.id})",
        f"Réaliser cette action de la fiche {fiche.nom}.{reportee}",
        dossier.contrat.nom_court(porteur) if porteur else "",
        action.decision or f"programme {exercice}",
    )
