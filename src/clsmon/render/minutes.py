"""Le compte rendu d'une séance, en un document que chaque format montre."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.echeance import spell_due
from clsmon.model.libelles import ETATS_DECISION, spell_date
from clsmon.model.reunion import Reunion
from clsmon.render.cells import Colonne, Tableau
from clsmon.render.decision_effects import effect_of, name_decision, name_object
from clsmon.render.meeting import (
    build_document,
    full_name,
    open_decisions_of,
    points_of,
    responsible_for,
    signatories_of,
)
from clsmon.render.piece import Piece, Section
from clsmon.render.spelling import spell_rate


def draw_minutes(reunion: Reunion) -> Piece:
    """Le compte rendu : qui était là, ce qui est décidé et ce que cela change. Source : art. 6."""
    sections = (
        _attendance(reunion),
        points_of(reunion),
        *_decisions(reunion),
        *_programme(reunion),
        open_decisions_of(reunion),
        signatories_of(reunion),
    )
    return build_document(reunion, "compte-rendu", "Compte rendu", sections)


def _attendance(reunion: Reunion) -> Section:
    presences = reunion.presences
    if not presences:
        return Section("Présence", paragraphes=("Aucune présence n’est notée.",))
    groupes = (
        ("Présents", [p for p in presences if p.present]),
        ("Excusés", [p for p in presences if p.excuse]),
        ("Ni présents ni excusés", [p for p in presences if not p.present and not p.excuse]),
        ("Venus sans être convoqués", [p for p in presences if p.present and not p.convoque]),
    )
    faits = tuple(
        (f"{titre} ({len(siens)})", " ; ".join(full_name(reunion, p.organisme) for p in siens))
        for titre, siens in groupes
        # Without a list of those convened, nobody came without being convened.
        if siens and (reunion.seance.convoques or titre != groupes[-1][0])
    )
    return Section("Présence", paragraphes=(_rate(reunion),), faits=faits)


def _rate(reunion: Reunion) -> str:
    presents = len(reunion.seance.presents)
    assiduite = reunion.assiduite
    if assiduite.taux is None:
        return (
            f"{_count(presents, 'organisme présent', 'organismes présents')}. Les convoqués ne "
            "sont pas notés : aucun taux de participation n’est calculé."
        )
    convoques = _count(assiduite.convocations, "convoqué", "convoqués")
    dits = _count(assiduite.presents, "organisme présent", "organismes présents")
    return f"{dits} sur {convoques}, soit {spell_rate(assiduite.taux)}."


def _count(nombre: int, singulier: str, pluriel: str) -> str:
    return f"{nombre} {singulier if nombre < 2 else pluriel}"


def _decisions(reunion: Reunion) -> Iterator[Section]:
    decisions = reunion.seance.decisions
    dit = _count(len(decisions), "décision a été prise", "décisions ont été prises")
    yield Section("Décisions", paragraphes=(f"{dit}." if decisions else "Aucune décision.",))
    for decision in decisions:
        echeance, effet = decision.echeance, effect_of(reunion, decision)
        qui = responsible_for(reunion, decision)
        yield Section(
            name_decision(reunion, decision),
            niveau=3,
            paragraphes=(decision.texte,) if decision.texte else (),
            faits=(
                *((("Ce que cela change", effet),) if effet else ()),
                *((("Responsable", qui),) if qui else ()),
                *((("Échéance", spell_date(echeance)),) if echeance else ()),
                ("État", ETATS_DECISION[reunion.etats.get(decision.id, decision.etat)]),
            ),
        )


def _programme(reunion: Reunion) -> Iterator[Section]:
    colonnes = (
        Colonne("Fiche", 30),
        Colonne("Action attendue", 46),
        Colonne("Organisme", 22),
        Colonne("Échéance", 14),
        Colonne("Décision", 13),
    )
    noms = reunion.dossier.contrat
    for annee in dict.fromkeys(a.exercice for a in reunion.programme):
        titre = f"Programme {annee}"
        lignes = tuple(
            (
                name_object(reunion, fixee.fiche),
                fixee.action.libelle,
                noms.nom_court(fixee.action.organisme) if fixee.action.organisme else None,
                spell_due(fixee.action.echeance) or None,
                fixee.action.decision.rpartition("/")[2],
            )
            for fixee in reunion.programme
            if fixee.exercice == annee
        )
        note = "Les actions que cette séance attend de chaque fiche (article 3)."
        yield Section(titre, paragraphes=(note,), tableau=Tableau(titre, colonnes, lignes))
