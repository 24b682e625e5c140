"""D'un cahier rendu à un examen : chaque ligne retrouve son chiffre ou sa fiche, ou le dit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from clsmon.analysis.contestations import answers_in, examens_of
from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.cahier import Cahier
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche
from clsmon.model.observation import AvisFiche, Contestation, Examen
from clsmon.model.personal_data import hide_personal_data
from clsmon.model.releve import Recu, Saisie
from clsmon.workbooks.examen.layout import OBSERVATION
from clsmon.workbooks.examen.prefill import figure_answers, opinion_answers
from clsmon.workbooks.form.page import Contenu
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.contested import read_contested
from clsmon.workbooks.returned.current import current_rows, rubric_rows
from clsmon.workbooks.returned.declared import Declaree
from clsmon.workbooks.returned.locating import INCOMPLETS, Ligne, Retour
from clsmon.workbooks.returned.matching import mixed_labels, report_unknown, same_question, stranger
from clsmon.workbooks.returned.opinions import read_opinion
from clsmon.workbooks.returned.orphans import report_orphans
from clsmon.workbooks.returned.shown import Attendue, find_disorder, proves, shown_text, shows
from clsmon.workbooks.returned.unsettled import ask_again, same_content

Base = tuple[Mapping[str, AvisFiche], Mapping[str, Contestation]]
"""Ce dont le cahier était prérempli : les avis par fiche, les contestations par mesure."""


def read_examen(
    dossier: Dossier,
    retour: Retour,
    cahier: Cahier,
    declarees: Mapping[str, Declaree],
    recu: Recu,
) -> tuple[Examen, tuple[Anomalie, ...]]:
    """
    L'examen que donne un cahier rendu, et les anomalies de ses cellules ; rien n'est écrit.

    `cahier` est celui que le dossier enverrait aujourd'hui, `declarees` ce que celui-ci montrait.
    """
    anomalies = list(retour.anomalies)
    lignes = current_rows(dossier, retour, anomalies)
    avis = rubric_rows(dossier, retour, anomalies)
    attendues = list(_expected(cahier, lignes, avis))
    retour.desordre |= find_disorder(attendues) | {ligne.feuille for ligne in retour.sans_cle}
    anomalies.extend(report_orphans(retour, attendues))
    siens = examens_of(dossier, retour.exercice, retour.organisme)
    presents = {nom: siens[nom] for nom in retour.base if nom in siens}
    base = answers_in(dossier, presents)
    mesures = dict(_read_figures(dossier, retour, lignes, declarees, base, anomalies))
    anomalies.extend(_changed(dossier, retour, cahier, mesures))
    examen = Examen(
        organisme=retour.organisme,
        exercice=retour.exercice,
        recu=recu,
        fictif=retour.fictif,
        fiches=dict(_read_opinions(dossier, retour, avis, base, anomalies)),
        mesures=mesures,
    )
    remplace = tuple(_replaced(dossier, retour, presents, anomalies))
    examen = examen.model_copy(update={"remplace": remplace})
    return examen, tuple(replace(a, message=hide_personal_data(a.message)) for a in anomalies)


def _expected(
    cahier: Cahier, lignes: Mapping[str, Ligne], avis: Mapping[tuple[str, str], Ligne]
) -> Iterator[Attendue]:
    """Tout ce que le cahier montre aujourd'hui, et où c'est dans ce retour."""
    for situee in (chiffre.situee for chiffre in cahier.chiffres):
        montre = {
            "fiche": situee.fiche.id,
            "indicateur": situee.indicateur.libelle,
            "mesure": situee.mesure.libelle,
        }
        yield Attendue(situee.nom, montre, lignes.get(situee.cle))
    for fiche in (examinee.fiche for examinee in cahier.fiches):
        montre = {"fiche": fiche.id, "titre": fiche.titre}
        yield Attendue(fiche.nom, montre, avis.get((fiche.id, OBSERVATION)))


def _read_figures(  # noqa: PLR0913, PLR0917  what one sheet is read with
    dossier: Dossier,
    retour: Retour,
    lignes: Mapping[str, Ligne],
    declarees: Mapping[str, Declaree],
    base: Base,
    anomalies: list[Anomalie],
) -> Iterator[tuple[str, Contestation]]:
    anomalies.extend(report_unknown(retour, lignes, dossier.mesures))
    melees = mixed_labels(retour, lignes, dossier.mesures)
    for cle, situee in dossier.mesures.items():
        if cle not in lignes or not same_question(retour, lignes[cle], situee, melees, anomalies):
            continue
        ligne = lignes[cle]
        if ligne.text("mesure").strip():
            retour.relues.add((cle, ""))
        declaree = declarees.get(ligne.text("cle").strip(), Declaree("", ""))
        contestation, constats = read_contested(ligne, situee, declaree, retour.fichier)
        ancienne = base[1].get(cle)
        if contestation and contestation.conteste and ancienne and ancienne.a_verifier:
            doutes = _untouched(ligne, ancienne.a_verifier, figure_answers(ancienne))
            if doutes:
                constats = tuple(_again(retour, ligne, doutes))
                contestation = ancienne.model_copy(
                    update={"a_verifier": doutes, "cellule": next(iter(doutes.values())).cellule}
                )
        anomalies.extend(replace(a, message=f"{situee.nom} : {a.message}") for a in constats)
        if contestation is not None:
            yield cle, contestation


def _read_opinions(
    dossier: Dossier,
    retour: Retour,
    lignes: Mapping[tuple[str, str], Ligne],
    base: Base,
    anomalies: list[Anomalie],
) -> Iterator[tuple[str, AvisFiche]]:
    for (identifiant, _), ligne in lignes.items():
        fiche = dossier.fiche.get(identifiant)
        if fiche is None:
            constat = f"fiche inconnue : « {shorten(identifiant)} »"
            anomalies.extend(stranger(retour, ligne, constat))
            continue
        if not _same_fiche(dossier, retour, ligne, fiche):
            constat = f"la ligne de la fiche {fiche.id} montre une autre fiche"
            anomalies.extend(stranger(retour, ligne, constat, "FOR022"))
            continue
        if ligne.text("titre").strip():
            retour.relues.add((fiche.id, ""))
        avis, constats = read_opinion(ligne, retour.fichier)
        ancien = base[0].get(fiche.id)
        if avis and avis.avis and ancien and ancien.a_verifier:
            doutes = _untouched(ligne, ancien.a_verifier, opinion_answers(ancien))
            if doutes:
                avis, constats = (
                    ancien.model_copy(update={"a_verifier": doutes}),
                    tuple(_again(retour, ligne, doutes)),
                )
        anomalies.extend(replace(a, message=f"fiche {fiche.id} : {a.message}") for a in constats)
        if avis is not None:
            yield fiche.id, avis


def _same_fiche(dossier: Dossier, retour: Retour, ligne: Ligne, fiche: Fiche) -> bool:
    """Vrai si la ligne montre la fiche de sa clé, et n'en nomme pas une autre."""
    muette = ligne.feuille in retour.desordre and not shown_text(ligne.text("titre"))
    autres = [autre.titre for autre in dossier.fiches if autre.id != fiche.id]
    nommee = shows(ligne, "titre", [fiche.titre]) or not shows(ligne, "titre", autres)
    return (
        not muette
        and nommee
        and proves(ligne, "fiche", [fiche.id, *fiche.anciens_ids], retour.desordre)
    )


def _untouched(
    ligne: Ligne, anciens: Mapping[str, Saisie], preremplie: Mapping[str, Contenu]
) -> dict[str, Saisie]:
    """Les doutes d'une ligne laissée telle qu'elle était préremplie, à leur place d'aujourd'hui."""
    if not all(same_content(ligne, colonne, preremplie.get(colonne)) for colonne in ligne.typees):
        return {}
    return {
        colonne: doute.model_copy(update={"cellule": ligne.reference(colonne)})
        for colonne, doute in anciens.items()
    }


def _again(retour: Retour, ligne: Ligne, doutes: Mapping[str, Saisie]) -> Iterator[Anomalie]:
    colonne, doute = next(iter(doutes.items()))
    yield ask_again(retour.fichier, ligne, colonne, doute.saisi, doute.regle)


def _changed(
    dossier: Dossier, retour: Retour, cahier: Cahier, mesures: Mapping[str, Contestation]
) -> Iterator[Anomalie]:
    """Les chiffres contestés dont la valeur déclarée a changé depuis que le cahier a été fait."""
    actuelles = {c.situee.cle: c.declare.canonique for c in cahier.chiffres}
    for cle, contestation in mesures.items():
        montree, actuelle = contestation.valeur_declaree, actuelles.get(cle, "")
        if montree == actuelle:
            continue
        feuille, _, cellule = contestation.cellule.rpartition("!")
        message = (
            f"{dossier.mesures[cle].nom} : la valeur déclarée a changé depuis ce cahier, "
            f"« {montree or 'aucune'} » puis « {actuelle or 'aucune'} »"
        )
        conseil = f"Demandez s'il conteste toujours : {retour.refaire} refait son cahier."
        lieu = Lieu(retour.fichier, feuille=feuille, cellule=cellule)
        yield Anomalie(lieu, "SAI047", Gravite.ALERTE, message, conseil)


def _replaced(
    dossier: Dossier, retour: Retour, presents: Mapping[str, Examen], anomalies: list[Anomalie]
) -> Iterator[str]:
    """
    Les examens dont le cahier était prérempli et que ce retour remplace.

    Un retour où une observation préremplie n'a pu être relue ne remplace rien : elle serait perdue.
    """
    for nom in retour.base:
        if nom not in presents:
            message = f"l'examen {shorten(nom)} qui a prérempli ce cahier n'est pas au dossier"
            conseil = "Ce retour s'ajoute aux examens présents, il n'en remplace aucun."
            anomalies.append(_remark(retour, message, conseil))
    dites = {
        (cle, "")
        for examen in presents.values()
        for cle in (
            *(dossier.cles_actuelles.get(c, c) for c in examen.mesures),
            *(dossier.fiche[f].id if f in dossier.fiche else f for f in examen.fiches),
        )
    }
    if presents and (dites - retour.relues or any(a.code in INCOMPLETS for a in anomalies)):
        message = f"ce retour est incomplet : il ne remplace pas {', '.join(presents)}"
        conseil = "Ses observations s'ajoutent à celles déjà reçues ; aucune n'est effacée."
        anomalies.append(_remark(retour, message, conseil))
        return
    yield from presents


def _remark(retour: Retour, message: str, conseil: str) -> Anomalie:
    return Anomalie(Lieu(retour.fichier), "FOR019", Gravite.ALERTE, message, conseil)
