"""Le chemin d'un chiffre, en texte simple de 80 colonnes."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.contestation import ChiffreConteste
from clsmon.model.contrat import Contrat
from clsmon.model.indicateur import Reponses
from clsmon.model.libelles import TYPES
from clsmon.model.releve import SaisiPar
from clsmon.model.seance import Decision
from clsmon.model.trace import Lecture, Trace, TraceAnnee, TraceOrganisme
from clsmon.render.examen import CHANGEE, spell_declared
from clsmon.render.plain import (
    FICTIF,
    LONGUEUR_EMPREINTE,
    entry,
    fold,
    one_line,
    quote,
    spell_reading,
)
from clsmon.render.spelling import ABSENT, spell_finding, spell_initial, spell_owner, spell_quantity

_PLUSIEURS = {
    Reponses.LECTURES: "la première valeur compte, les autres sont à côté",
    Reponses.SOMME: "les réponses s'ajoutent",
    Reponses.SEPAREES: "les réponses se lisent l'une à côté de l'autre, sans total",
}


def render_trace(trace: Trace, contrat: Contrat) -> str:
    """La mesure, puis chaque année : la valeur du bilan, et d'où elle vient."""
    annees = [_year(trace, annee, contrat) for annee in trace.annees]
    fictif = f"{FICTIF}\n\n" if trace.fictif else ""
    return fictif + "\n".join([_heading(trace, contrat), *annees])


def _heading(trace: Trace, contrat: Contrat) -> str:
    situee = trace.situee
    mesure = situee.mesure
    genre = ", ".join(filter(None, (TYPES[mesure.type], mesure.unite_affichee)))
    noms = ", ".join(contrat.nom_court(code) for code in situee.repondants)
    plusieurs = f" ; {_PLUSIEURS[mesure.reponses]}" if len(situee.repondants) > 1 else ""
    initiale = spell_initial(mesure)
    anciennes = ", ".join(mesure.anciennes_cles)
    return "".join(
        (
            fold(situee.cle),
            entry("fiche", situee.fiche.nom),
            entry("indicateur", situee.indicateur.libelle),
            entry("mesure", f"{mesure.libelle} ({genre})"),
            entry("calculée", trace.calcul),
            "" if trace.calcul else entry("demandée à", f"{noms}{plusieurs}"),
            "" if initiale == ABSENT else entry("au départ", initiale),
            entry("autrefois", anciennes),
            entry("succède à", mesure.succede_a or ""),
        )
    )


def _year(trace: Trace, annee: TraceAnnee, contrat: Contrat) -> str:
    qui = spell_owner(annee.constat, trace.situee, contrat)
    constat = spell_finding(annee.constat, trace.situee.mesure, contrat, qui)
    if trace.situee.separee and sum(organisme.retenu for organisme in annee.organismes) > 1:
        constat = "les réponses ci-dessous, l'une à côté de l'autre"
    if not annee.suivie:
        dite = any(organisme.lectures for organisme in annee.organismes)
        constat = f"pas suivie cette année{' : réponse gardée, non comptée' if dite else ''}"
    return "".join(
        (
            f"{annee.exercice}\n",
            entry("au bilan", constat, 2),
            _arbitration(trace, annee, annee.decision, contrat) if annee.decision else "",
            *(_contested(trace, chiffre, contrat) for chiffre in annee.constat.contestations),
            *(_organism(trace, annee, organisme, contrat) for organisme in annee.organismes),
        )
    )


def _arbitration(trace: Trace, annee: TraceAnnee, decision: Decision, contrat: Contrat) -> str:
    retient = decision.retient
    choix = ""
    if annee.constat.proposant:
        choix = f"retient la valeur proposée par {contrat.nom_court(annee.constat.proposant)}"
    elif retient is not None and retient.organisme is not None:
        choix = f"retient la réponse de {contrat.nom_court(retient.organisme)}"
    elif retient is not None and retient.valeur is not None:
        choix = f"retient {spell_quantity(retient.valeur, trace.situee.mesure)}"
    texte = f" : {one_line(decision.texte)}" if decision.texte else ""
    return entry("arbitrage", f"{annee.constat.arbitrage}, {choix}{texte}", 2)


def _contested(trace: Trace, chiffre: ChiffreConteste, contrat: Contrat) -> str:
    """La valeur qu'un signataire propose, et d'où elle vient."""
    contestation, recu = chiffre.contestation, chiffre.examen.recu
    proposee = spell_reading(contestation.proposee, trace.situee.mesure)
    montree = spell_declared(contestation.valeur_declaree, trace.situee)
    nom = contrat.nom_court(chiffre.organisme)
    titre = f"contestée par {nom} : {proposee} au lieu de {montree}"
    changee = f" ; {CHANGEE}" if chiffre.perimee else ""
    empreinte = one_line(recu.sha256)[:LONGUEUR_EMPREINTE]
    return "".join(
        (
            fold(titre + changee, 2, 4),
            entry("motif", contestation.motif, 4),
            entry("source", contestation.source, 4),
            entry("examen", chiffre.examen.nom, 4),
            entry("classeur", f"{one_line(recu.fichier)} (sha256 {empreinte})", 4),
            entry("cellule", contestation.cellule, 4),
            entry("tapé", quote(contestation.saisi) if contestation.saisi else "", 4),
            entry("règle", contestation.regle, 4),
        )
    )


def _organism(trace: Trace, annee: TraceAnnee, organisme: TraceOrganisme, contrat: Contrat) -> str:
    reponse = organisme.declaration.valeur if organisme.declaration else None
    dit = spell_reading(reponse, trace.situee.mesure)
    if not organisme.lectures:
        dit = "pas de réponse"
    choisie = organisme.retenu and len(annee.organismes) > 1
    marques = [
        "retenue au bilan" if choisie else "",
        "" if organisme.interroge else "organisme non interrogé",
    ]
    marque = ", ".join(filter(None, marques))
    titre = f"{contrat.nom_court(organisme.code)} : {dit}" + (f" ; {marque}" if marque else "")
    return fold(titre, 2, 4) + "".join(_reading(trace, lecture) for lecture in organisme.lectures)


def _reading(trace: Trace, lecture: Lecture) -> str:
    valeur, recu = lecture.valeur, lecture.releve.recu
    classeur = f"{one_line(recu.fichier)} (sha256 {one_line(recu.sha256)[:LONGUEUR_EMPREINTE]})"
    return "".join(_entries(trace, lecture, classeur, valeur.saisi))


def _entries(trace: Trace, lecture: Lecture, classeur: str, saisi: str) -> Iterator[str]:
    valeur, releve = lecture.valeur, lecture.releve
    if lecture.tardive:
        lue = spell_reading(valeur, trace.situee.mesure)
        yield entry("après coup", f"{lue} ; reçue après l'adoption du bilan", 4)
    if lecture.remplacee_par:
        yield entry("remplacée", spell_reading(valeur, trace.situee.mesure), 4)
        yield entry("par", ", ".join(lecture.remplacee_par), 4)
    yield entry("relevé", lecture.nom, 4)
    if releve.saisi_par is SaisiPar.ANIMATEUR:
        yield entry("saisi par", "l'animateur santé, pour l'organisme", 4)
    yield entry("motif", releve.motif or "", 4)
    yield entry("classeur", classeur, 4)
    yield entry("cellule", valeur.cellule, 4)
    yield entry("tapé", quote(saisi) if saisi else "", 4)
    yield entry("règle", valeur.regle, 4)
    if lecture.cle != trace.situee.cle:
        yield entry("clé d'alors", lecture.cle, 4)
    yield entry("commentaire", valeur.commentaire, 4)
    yield entry("source", valeur.preuve, 4)
