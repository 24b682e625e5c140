"""Le chemin d'une mesure : chaque année, chaque organisme, chaque relevé."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clsmon.analysis.closing import late_releves
from clsmon.analysis.computed import describe_rule
from clsmon.analysis.constat import compute_constat
from clsmon.analysis.heads import compute_syntheses, group_by_organism
from clsmon.analysis.history import order_by_replacement
from clsmon.model.constat import Constat
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.indicateur import Reponses
from clsmon.model.releve import Releve
from clsmon.model.statut import Statut
from clsmon.model.trace import Lecture, Trace, TraceAnnee, TraceOrganisme


def compute_trace(dossier: Dossier, cle: str, exercice: int | None = None) -> Trace:
    """
    Le chemin d'une mesure, pour un exercice ou pour tous ceux dont le dossier sait quelque chose.

    `cle` est une clé actuelle ou ancienne ; lève KeyError si le dossier ne la connaît pas.
    """
    situee = dossier.mesures[dossier.cles_actuelles[cle]]
    demandes = dossier.contrat.periode.exercices if exercice is None else (exercice,)
    annees = (_trace_year(dossier, situee, annee) for annee in demandes)
    return Trace(
        demandee=cle,
        situee=situee,
        annees=tuple(a for a in annees if exercice is not None or _has_data(a)),
        calcul=describe_rule(situee.mesure.calcul.regle) if situee.mesure.calcul else "",
    )


def _has_data(annee: TraceAnnee) -> bool:
    sans = {Statut.NON_REPONDU, Statut.NON_CALCULABLE}
    dit = any(organisme.lectures for organisme in annee.organismes)
    conteste = bool(annee.constat.contestations)
    return dit or conteste or annee.decision is not None or annee.constat.statut not in sans


def _trace_year(dossier: Dossier, situee: MesureSituee, exercice: int) -> TraceAnnee:
    syntheses = compute_syntheses(dossier, exercice)
    constat = compute_constat(dossier, situee, exercice, syntheses)
    groupes = group_by_organism(dossier, exercice)
    tardifs = frozenset(late_releves(dossier, exercice))
    suivie = situee.suivie_en(exercice)
    interroges = situee.repondants if situee.demandee_en(exercice) else ()
    retenus = _retained(situee, constat)
    organismes = []
    for code in dict.fromkeys([*interroges, *syntheses]):
        lectures = tuple(_readings(dossier, situee.cle, groupes.get(code, {}), tardifs))
        if not lectures and code not in interroges:
            continue
        declaration = syntheses[code].valeurs.get(situee.cle) if code in syntheses else None
        organismes.append(
            TraceOrganisme(code, code in interroges, code in retenus, declaration, lectures)
        )
    decision = dossier.decisions[constat.arbitrage][1] if constat.arbitrage else None
    return TraceAnnee(exercice, suivie, constat, tuple(organismes), decision)


def _retained(situee: MesureSituee, constat: Constat) -> frozenset[str]:
    """Ceux dont la réponse fait la valeur du bilan ; sans valeur, personne n'est retenu."""
    valeur = constat.nombre is not None or constat.texte
    separees = situee.mesure.reponses is Reponses.SEPAREES
    return frozenset(constat.sources) if valeur or separees else frozenset()


def _readings(
    dossier: Dossier, cle: str, releves: Mapping[str, Releve], tardifs: frozenset[str]
) -> Iterator[Lecture]:
    """Les lectures d'une mesure : celles qui tiennent par nom, puis de la dernière remplacée."""
    par = {
        nom: tuple(sorted(autre for autre, r in releves.items() if nom in r.remplace))
        for nom in releves
    }
    ordre = order_by_replacement(releves)
    tetes = sorted(nom for nom in ordre if not par[nom])
    for nom in [*tetes, *(nom for nom in reversed(ordre) if par[nom])]:
        for ecrite, valeur in releves[nom].valeurs.items():
            if dossier.cles_actuelles.get(ecrite) == cle:
                yield Lecture(nom, releves[nom], ecrite, valeur, par[nom], nom in tardifs)
