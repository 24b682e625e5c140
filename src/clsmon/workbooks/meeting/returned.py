"""Le classeur « Séance » rendu : ce qu'il dit de la séance, de ses décisions et du programme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clsmon.model.anomalie import Anomalie, Lieu
from clsmon.model.dossier import Dossier
from clsmon.model.libelles import ETATS_DECISION, ETATS_SEANCE, NATURES_DECISION
from clsmon.model.seance import EtatSeance, NatureDecision
from clsmon.workbooks.meeting.answers import Answers
from clsmon.workbooks.meeting.layout import (
    DECISIONS,
    ENVOYE_LE,
    ETAT,
    ORDRE,
    PARTICIPATIONS,
    PRESENCE,
    PROGRAMME,
    SEANCE,
    Participation,
)
from clsmon.workbooks.meeting.naming import Noms
from clsmon.workbooks.meeting.tables import Tables
from clsmon.workbooks.reader.grid import Classeur
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.grammar.expected import TERME, Attendu, expect
from clsmon.workbooks.returned.grammar.outcome import Illisible
from clsmon.workbooks.returned.locating import Ligne

Chemin = tuple[str | int, ...]
"""Le chemin d'une valeur dans le fichier de la séance ; pour une action, après « programme »."""

_SUR_UNE_MESURE = {NatureDecision.CIBLE, NatureDecision.ARBITRAGE}
_SUR_UNE_FICHE = {NatureDecision.RETRAIT_FICHE, NatureDecision.MODIFICATION_FICHE}
_NUMERO = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*", re.ASCII)
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


@dataclass
class RetourSeance:
    """
    Ce qu'un classeur « Séance » contient, codes et dates lus.

    `decisions` et `actions` sont des lignes au format du fichier ; une action est précédée de sa
    fiche. `places` : la cellule de chaque valeur, par son chemin dans le fichier (les organismes
    par leur code).
    """

    etat: EtatSeance | None = None
    envoye_le: date | None = None
    points: list[str] = field(default_factory=list)
    convoques: list[str] = field(default_factory=list)
    presents: list[str] = field(default_factory=list)
    excuses: list[str] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    actions: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    places: dict[Chemin, Lieu] = field(default_factory=dict)
    anomalies: list[Anomalie] = field(default_factory=list)


def read_meeting(classeur: Classeur, dossier: Dossier, nom: str, fichier: str) -> RetourSeance:
    """
    Lit un classeur « Séance » par ses clés de colonne, quel que soit l'ordre des lignes.

    `nom` est celui de la séance. Ce qui ne se lit pas sans deviner est une question.
    """
    tables = Tables(classeur, fichier)
    retour = RetourSeance(anomalies=tables.anomalies)
    lecture = Answers(fichier, Noms(dossier), tables.anomalies)
    _read_facts(lecture, retour, tables.lignes[SEANCE])
    for ligne in tables.lignes[ORDRE]:
        if point := lecture.text(ligne, "point.texte"):
            chemin = ("ordre_du_jour", "points", len(retour.points))
            retour.places[chemin] = lecture.place(ligne, "point.texte")
            retour.points.append(point)
    for ligne in tables.lignes[PRESENCE]:
        _read_presence(lecture, retour, ligne)
    for ligne in tables.lignes[DECISIONS]:
        _read_decision(lecture, retour, ligne)
    propres = {str(decision.get("id", "")) for decision in retour.decisions}
    for ligne in tables.lignes[PROGRAMME]:
        _read_action(lecture, retour, ligne, {d.casefold(): f"{nom}/{d}" for d in propres})
    return retour


def _read_facts(lecture: Answers, retour: RetourSeance, lignes: list[Ligne]) -> None:
    par_champ = {ligne.text("seance.champ").strip(): ligne for ligne in lignes}
    if etat := par_champ.get(ETAT):
        retour.places["etat",] = lecture.place(etat, "seance.reponse")
        retour.etat = lecture.choice(etat, "seance.reponse", ETATS_SEANCE)
    if envoi := par_champ.get(ENVOYE_LE):
        retour.places["ordre_du_jour", ENVOYE_LE] = lecture.place(envoi, "seance.reponse")
        retour.envoye_le = lecture.day(envoi, "seance.reponse")


def _read_presence(lecture: Answers, retour: RetourSeance, ligne: Ligne) -> None:
    convoque = lecture.yes(ligne, "presence.convoque")
    presence = lecture.choice(ligne, "presence.presence", PARTICIPATIONS)
    if not ligne.text("presence.organisme").strip():
        lecture.missing(ligne, "presence.organisme", "de quel organisme est cette ligne ?")
        return
    code = lecture.organisme(ligne, "presence.organisme")
    if code is None:
        return
    if ("lignes", code) in retour.places:
        question = f"« {shorten(ligne.text('presence.organisme'))} » a deux lignes : laquelle ?"
        lecture.ask(ligne, "presence.organisme", Illisible("SAI039", question, "en double"))
        return
    retour.places["lignes", code] = lecture.place(ligne, "presence.organisme")
    cites = {
        "convoques": (convoque, "presence.convoque"),
        "presents": (presence is Participation.PRESENT, "presence.presence"),
        "excuses": (presence is Participation.EXCUSE, "presence.presence"),
    }
    for champ, (cite, colonne) in cites.items():
        if cite:
            getattr(retour, champ).append(code)
            retour.places[champ, code] = lecture.place(ligne, colonne)


def _read_decision(lecture: Answers, retour: RetourSeance, ligne: Ligne) -> None:
    if ligne.cellules.keys() <= {"decision.id"}:
        return
    nature = lecture.choice(ligne, "decision.nature", NATURES_DECISION)
    if not ligne.text("decision.nature").strip():
        lecture.missing(ligne, "decision.nature", "décision sans nature : que change-t-elle ?")
    objet = _read_object(lecture, ligne, nature)
    attendu = _expected(lecture, objet)
    retient = {
        "organisme": lecture.organisme(ligne, "decision.retient_organisme"),
        "valeur": lecture.number(ligne, "decision.retient_valeur", attendu),
    }
    lue: dict[str, Any] = {
        "id": _read_id(lecture, ligne, "decision.id", _NUMERO, "D1"),
        "nature": nature,
        "objet": objet,
        "exercice": lecture.year(ligne, "decision.exercice"),
        "effet_le": lecture.day(ligne, "decision.effet_le"),
        "annee": lecture.year(ligne, "decision.annee"),
        "valeur": lecture.number(ligne, "decision.valeur", attendu),
        "retient": retient if any(v is not None for v in retient.values()) else None,
        "texte": lecture.text(ligne, "decision.texte"),
        "responsable": lecture.organisme(ligne, "decision.responsable"),
        "echeance": lecture.day(ligne, "decision.echeance"),
        "etat": lecture.choice(ligne, "decision.etat", ETATS_DECISION),
    }
    rang = len(retour.decisions)
    retour.places["decisions", rang] = lecture.place(ligne, "decision.id")
    for champ in lue.keys() - {"retient"}:
        retour.places["decisions", rang, champ] = lecture.place(ligne, f"decision.{champ}")
    for champ in retient:
        place = lecture.place(ligne, f"decision.retient_{champ}")
        retour.places["decisions", rang, "retient", champ] = place
    retour.decisions.append(lue)


def _read_object(lecture: Answers, ligne: Ligne, nature: NatureDecision | None) -> str:
    """Une mesure, une fiche, ou un texte ; l'objet d'un ajout peut ne pas encore exister."""
    if nature in _SUR_UNE_MESURE:
        return lecture.mesure(ligne, "decision.objet") or ""
    if nature in _SUR_UNE_FICHE:
        return lecture.fiche(ligne, "decision.objet") or ""
    texte = lecture.identifier(ligne, "decision.objet")
    noms = lecture.noms
    return (noms.read_fiche(texte) or noms.read_mesure(texte) or texte) if texte else ""


def _expected(lecture: Answers, objet: str) -> Attendu:
    """L'unité d'une valeur est celle de la mesure dont parle la décision."""
    dossier = lecture.noms.dossier
    situee = dossier.mesures.get(dossier.cles_actuelles.get(objet, ""))
    return expect(situee.mesure) if situee and situee.mesure.type.chiffre else TERME


def _read_id(
    lecture: Answers, ligne: Ligne, colonne: str, forme: re.Pattern[str], exemple: str
) -> str:
    texte = lecture.text(ligne, colonne)
    if not ligne.text(colonne).strip():
        lecture.missing(ligne, colonne, f"ligne sans numéro : écrivez-en un, comme {exemple}.")
    elif texte and not forme.fullmatch(texte):
        question = f"« {shorten(texte)} » n'est pas un numéro : écrivez-le comme {exemple}."
        lecture.missing(ligne, colonne, question)
    return texte


def _read_action(
    lecture: Answers, retour: RetourSeance, ligne: Ligne, propres: Mapping[str, str]
) -> None:
    if ligne.cellules.keys() <= {"action.id"}:
        return
    fiche = lecture.fiche(ligne, "action.fiche")
    manques = {
        "action.fiche": "action sans fiche : de quelle fiche est-elle ?",
        "action.libelle": "action sans libellé : qu'est-ce qui est attendu ?",
    }
    for colonne, question in manques.items():
        if not ligne.text(colonne).strip():
            lecture.missing(ligne, colonne, question)
    lue: dict[str, Any] = {
        "id": _read_id(lecture, ligne, "action.id", _CODE, "a1"),
        "libelle": lecture.text(ligne, "action.libelle"),
        "organisme": lecture.organisme(ligne, "action.organisme"),
        "echeance": lecture.text(ligne, "action.echeance"),
        "decision": _read_decision_name(lecture, ligne, propres),
    }
    rang = sum(autre == fiche for autre, _ in retour.actions)
    if fiche is None:
        return
    retour.places.setdefault(("programme", fiche), lecture.place(ligne, "action.fiche"))
    retour.places["programme", fiche, rang] = lecture.place(ligne, "action.id")
    for champ in lue:
        place = lecture.place(ligne, f"action.{champ}")
        retour.places["programme", fiche, rang, champ] = place
    retour.actions.append((fiche, lue))


def _read_decision_name(lecture: Answers, ligne: Ligne, propres: Mapping[str, str]) -> str:
    """« D2 » de cette séance, ou le nom entier d'une décision du dossier ; vide si rien."""
    texte = lecture.text(ligne, "action.decision")
    if not texte:
        return ""
    nom = propres.get(texte.casefold(), texte)
    if nom not in propres.values() and nom not in lecture.noms.dossier.decisions:
        constat = f"décision inconnue : « {shorten(texte)} »"
        lecture.unknown(ligne, "action.decision", constat, "écrivez D1, D2… de cette séance")
        return ""
    return nom
