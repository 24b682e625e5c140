"""Les formulaires à envoyer : un classeur par organisme, dans `formulaires/<exercice>/`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from clsmon.analysis.cahiers import compute_cahier, compute_cahiers
from clsmon.analysis.contestations import examens_of
from clsmon.analysis.heads import releves_of, spell_raw
from clsmon.analysis.meeting import compute_meeting_form
from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.model.anomalie import Anomalie, Gravite, MauvaisUsageError
from clsmon.model.collecte import Collecte, Rangee
from clsmon.model.dossier import Dossier
from clsmon.model.questionnaire import Case, Remarque
from clsmon.model.releve import DeclarationFiche
from clsmon.model.seance import read_meeting_name
from clsmon.opening import check_exercice, examen_path, form_path
from clsmon.redrawing import redraw
from clsmon.text.edited import meeting_mark, programme_mark
from clsmon.workbooks.examen.layout import cases_of as cahier_cases
from clsmon.workbooks.examen.workbook import render_cahier
from clsmon.workbooks.form.workbook import render_form
from clsmon.workbooks.layout import cases_of
from clsmon.workbooks.meeting.workbook import render_meeting_form
from clsmon.workbooks.reader.grid import parse_address
from clsmon.workbooks.returned.answers import REPONSES
from clsmon.writing import write_file

VIDE = DeclarationFiche()
COPIE = "Cette ligne n'a pas pu être rangée : rien n'en est enregistré."
"""Ce que dit un formulaire corrigé d'une ligne dont une autre pose déjà la question."""


@dataclass(frozen=True)
class Formulaire:
    """
    Un formulaire préparé : pour qui, combien de mesures, où, combien de questions posées.

    `garde` est la copie de celui qu'il remplace, si quelqu'un y avait écrit.
    """

    organisme: str
    mesures: int
    chemin: Path
    questions: int = 0
    garde: Path | None = None


def prepare_forms(
    dossier: Dossier, exercice: int, organismes: Iterable[str], *, fictif: bool = False
) -> Iterator[Formulaire]:
    """
    Écrit le formulaire de chaque organisme ; les mêmes données donnent les mêmes octets.

    Il est fictif dans un exercice qui l'est déjà : sa réponse y serait sinon refusée.
    Lève ClsmonError si un classeur ne peut pas être écrit (ouvert dans Excel, dossier protégé).
    """
    fictif = fictif or dossier.fictif(exercice)
    for organisme in organismes:
        questionnaire = compute_questionnaire(dossier, exercice, organisme, fictif=fictif)
        chemin = form_path(dossier.racine, exercice, organisme)
        garde = redraw(chemin, render_form(questionnaire), dossier.racine / "retours")
        yield Formulaire(organisme, len(questionnaire.mesures), chemin, garde=garde)


def prepare_meeting(dossier: Dossier, nom: str, exercice: int | None) -> tuple[Path, Path | None]:
    """
    Écrit le classeur d'une séance, au dossier ou pas encore, et rend son chemin.

    Rend aussi la copie de celui qu'il remplace, si quelqu'un y avait écrit.

    Lève MauvaisUsageError si `nom` n'est pas « AAAA-MM-JJ-instance », si l'instance est inconnue ou
    l'exercice hors du contrat ; ClsmonError comme `prepare_forms`.
    """
    lu = read_meeting_name(nom)
    instances = dossier.contrat.instances
    if lu is None or lu[1] not in instances:
        possibles = ", ".join(instances)
        raise MauvaisUsageError(
            f"« {nom} » ne nomme pas une séance du contrat",
            None,
            "Écrivez sa date et son instance, par exemple 2026-05-12-copil. "
            f"Instances : {possibles}.",
        )
    classeur = compute_meeting_form(dossier, nom, exercice)
    check_exercice(classeur.exercice, dossier)
    connue = next((s for s in dossier.seances if s.nom == nom), None)
    base = (meeting_mark(connue), programme_mark(classeur.programme))
    chemin = form_path(dossier.racine, classeur.exercice, f"seance-{nom}")
    octets = render_meeting_form(replace(classeur, base=base))
    return chemin, redraw(chemin, octets, dossier.racine / "retours")


def prepare_cahiers(
    dossier: Dossier, exercice: int, organismes: Iterable[str]
) -> Iterator[Formulaire]:
    """
    Écrit le cahier d'examen de chaque signataire ; les mêmes données donnent les mêmes octets.

    `mesures` compte les chiffres à examiner. Lève ClsmonError comme `prepare_forms`.
    """
    for cahier in compute_cahiers(dossier, exercice, organismes):
        chemin = examen_path(dossier.racine, exercice, cahier.organisme)
        garde = redraw(chemin, render_cahier(cahier), dossier.racine / "retours")
        yield Formulaire(cahier.organisme, len(cahier.chiffres), chemin, garde=garde)


def prepare_corrections(
    dossier: Dossier, collectes: Iterable[Collecte], destination: Path
) -> Iterator[Formulaire]:
    """
    Écrit, pour chaque organisme à qui il reste une question, un formulaire corrigé.

    `dossier` contient déjà les relevés collectés : le formulaire est prérempli de tout ce qu'ils
    gardent, et remplacera ceux dont il vient. Son nom compte les relevés : rangé à côté du premier
    retour, il ne prend pas sa place. Lève ClsmonError comme `prepare_forms`.
    """
    siens: dict[tuple[int, str], list[Collecte]] = {}
    for collecte in collectes:
        if collecte.releve is not None and not collecte.remplacee:
            cle = (collecte.releve.exercice, collecte.organisme)
            siens.setdefault(cle, []).append(collecte)
    for (exercice, organisme), rendus in siens.items():
        fictif = any(collecte.releve.fictif for collecte in rendus if collecte.releve)
        questionnaire = compute_questionnaire(dossier, exercice, organisme, fictif=fictif)
        cases = cases_of(questionnaire)
        remarques = tuple(r for collecte in rendus for r in _remarks(collecte, cases))
        if not remarques:
            continue
        questionnaire = replace(questionnaire, remarques=remarques)
        rang = len(releves_of(dossier, exercice, organisme))
        chemin = destination / f"{organisme}-{exercice}-correction-{rang}.xlsx"
        write_file(chemin, render_form(questionnaire))
        yield Formulaire(organisme, len(questionnaire.mesures), chemin, len(remarques))


def prepare_corrected_cahiers(
    dossier: Dossier, collectes: Iterable[Collecte], destination: Path
) -> Iterator[Formulaire]:
    """Écrit un cahier corrigé par signataire à qui il reste une question, comme pour les autres."""
    siens: dict[tuple[int, str], list[Collecte]] = {}
    for collecte in collectes:
        if collecte.examen is not None and not collecte.remplacee:
            siens.setdefault((collecte.exercice, collecte.organisme), []).append(collecte)
    for (exercice, organisme), rendus in siens.items():
        cahier = compute_cahier(dossier, exercice, organisme)
        cases = cahier_cases(cahier)
        remarques = tuple(r for collecte in rendus for r in _remarks(collecte, cases))
        if not remarques:
            continue
        fictif = any(collecte.examen.fictif for collecte in rendus if collecte.examen)
        corrige = replace(cahier, remarques=remarques, fictif=fictif)
        rang = len(examens_of(dossier, exercice, organisme))
        chemin = destination / f"examen-{organisme}-{exercice}-correction-{rang}.xlsx"
        write_file(chemin, render_cahier(corrige))
        yield Formulaire(organisme, len(cahier.chiffres), chemin, len(remarques))


def _remarks(collecte: Collecte, cases: Collection[Case]) -> Iterator[Remarque]:
    """Les questions d'un classeur, puis ses lignes perdues dont aucune question ne dit le texte."""
    perdues = {place for place, rangee in collecte.rangees.items() if not rangee.cle}
    for anomalie in collecte.anomalies:
        if not _concerns_partner(anomalie):
            continue
        place = parse_address(anomalie.lieu.cellule)
        rangee = (anomalie.lieu.feuille, place[0]) if place else ("", 0)
        perdues.discard(rangee)
        colonne = place[1] if place else 0
        yield _remark(collecte, anomalie, collecte.rangees.get(rangee), colonne, cases)
    for feuille, ligne in sorted(perdues):
        lieu = f"{collecte.fichier}, feuille {feuille}, ligne {ligne}"
        yield Remarque(COPIE, lieu, grave=True, saisi=_all(collecte.rangees[feuille, ligne]))


def _concerns_partner(anomalie: Anomalie) -> bool:
    """Une alerte sur le classeur entier ne s'adresse qu'à qui collecte."""
    if anomalie.gravite is Gravite.ALERTE:
        return bool(anomalie.lieu.cellule)
    return anomalie.gravite is Gravite.ERREUR


def _remark(
    collecte: Collecte,
    anomalie: Anomalie,
    rangee: Rangee | None,
    numero: int,
    cases: Collection[Case],
) -> Remarque:
    grave = anomalie.gravite is Gravite.ERREUR
    colonne = rangee.colonnes.get(numero, "") if rangee else ""
    return Remarque(
        question=anomalie.message if grave else _advised(anomalie),
        place=str(anomalie.lieu),
        grave=grave,
        saisi=_typed(collecte, rangee, colonne) if rangee else "",
        case=_case(rangee, colonne, cases) if rangee else None,
    )


def _advised(anomalie: Anomalie) -> str:
    fin = "" if anomalie.message.endswith(("?", ".")) else "."
    return f"{anomalie.message}{fin} {anomalie.conseil}"


def _case(rangee: Rangee, colonne: str, cases: Collection[Case]) -> Case | None:
    """La case du formulaire ; un terme écrit là où il n'est pas demandé se reprend en valeur."""
    demandee = Case(rangee.cle, rangee.champ, colonne)
    if demandee in cases:
        return demandee
    valeur = demandee._replace(colonne="valeur")
    return valeur if colonne and valeur in cases else None


def _typed(collecte: Collecte, rangee: Rangee, colonne: str) -> str:
    """Ce qui était écrit à cette case : ce que le relevé en garde, sinon le classeur."""
    releve = collecte.releve
    if not rangee.cle:
        return _all(rangee)
    if releve is not None and rangee.champ in releve.fiches.get(rangee.cle, VIDE).a_verifier:
        return releve.fiches[rangee.cle].a_verifier[rangee.champ].saisi
    if releve is not None and rangee.cle in releve.valeurs and colonne in REPONSES:
        return spell_raw(releve.valeurs[rangee.cle])
    return rangee.textes.get(colonne, "")


def _all(rangee: Rangee) -> str:
    """Tout ce qui est écrit sur une ligne, colonne par colonne."""
    return " ; ".join(f"{colonne} : {texte}" for colonne, texte in rangee.textes.items())
