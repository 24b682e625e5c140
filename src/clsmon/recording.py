"""Du formulaire rendu au relevé : chaque ligne retrouve sa mesure ou sa fiche, ou le dit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clsmon.analysis.heads import current_codes
from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.dossier import Dossier
from clsmon.model.libelles import simplify
from clsmon.model.questionnaire import QuestionFiche
from clsmon.model.releve import DeclarationFiche, Recu, Releve, Valeur
from clsmon.workbooks.layout import COLONNES_SAISIE, fields_of
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.answers import read_answer
from clsmon.workbooks.returned.locating import Ligne, Retour
from clsmon.workbooks.returned.rubrics import read_declaration

_ECRITES = (*(c.cle for c in COLONNES_SAISIE if c.saisie), "reponse")
"""Toutes les colonnes où un partenaire écrit."""

_INCOMPLETS = {"FOR010", "FOR013", "FOR022", "FOR023"}
"""Ligne ou feuille en double, colonne ou feuille perdue, lignes mêlées ou fusionnées."""


def read_releve(
    dossier: Dossier, retour: Retour, recu: Recu
) -> tuple[Releve, tuple[Anomalie, ...]]:
    """Le relevé d'un formulaire rendu, et les anomalies de ses cellules ; rien n'est écrit."""
    anomalies = list(retour.anomalies)
    valeurs = dict(_read_measures(dossier, retour, anomalies))
    fiches = dict(_read_fiches(dossier, retour, anomalies))
    releve = Releve(
        organisme=retour.organisme,
        exercice=retour.exercice,
        recu=recu,
        fictif=retour.fictif,
        remplace=tuple(_replaced(dossier, retour, anomalies)),
        fiches=fiches,
        valeurs=valeurs,
    )
    return releve, tuple(anomalies)


def releves_of(dossier: Dossier, exercice: int, organisme: str) -> dict[str, Releve]:
    """Les relevés d'un organisme pour un exercice, ceux de ses anciens codes compris."""
    actuels = current_codes(dossier.contrat)
    return {
        nom: releve
        for nom, releve in dossier.releves_de(exercice).items()
        if actuels.get(releve.organisme, releve.organisme) == organisme
    }


def _replaced(dossier: Dossier, retour: Retour, anomalies: list[Anomalie]) -> Iterator[str]:
    """
    Les relevés dont le formulaire était prérempli et que ce retour remplace.

    Un retour où une réponse préremplie n'a pu être relue ne remplace rien : elle serait perdue.
    """
    siens = releves_of(dossier, retour.exercice, retour.organisme)
    presents = [nom for nom in retour.base if nom in siens]
    for nom in retour.base:
        if nom not in siens:
            message = f"le relevé {shorten(nom)} qui a prérempli ce formulaire n'est pas au dossier"
            conseil = "Ce retour s'ajoute aux relevés présents, il n'en remplace aucun."
            anomalies.append(_remark(retour, message, conseil))
    repondues = {cle for nom in presents for cle in siens[nom].valeurs}
    perdues = repondues & retour.definitions.keys() - retour.mesures.keys()
    recits = {
        (fiche, champ)
        for nom in presents
        for fiche, declaration in siens[nom].fiches.items()
        for champ in (*declaration.cellules, *declaration.a_verifier)
    }
    incomplet = perdues or recits - retour.fiches.keys() or not retour.definitions
    if presents and (incomplet or any(a.code in _INCOMPLETS for a in anomalies)):
        message = f"ce retour est incomplet : il ne remplace pas {', '.join(presents)}"
        conseil = "Ses réponses s'ajoutent à celles déjà reçues ; aucune n'est effacée."
        anomalies.append(_remark(retour, message, conseil))
        return
    yield from presents


def _remark(retour: Retour, message: str, conseil: str) -> Anomalie:
    return Anomalie(Lieu(retour.fichier), "FOR019", Gravite.ALERTE, message, conseil)


def _read_measures(
    dossier: Dossier, retour: Retour, anomalies: list[Anomalie]
) -> Iterator[tuple[str, Valeur]]:
    demandees = {s.cle for s in dossier.demandees(retour.exercice, retour.organisme)}
    par_cle = {dossier.cles_actuelles.get(cle, cle): ligne for cle, ligne in retour.mesures.items()}
    for cle, ligne in retour.mesures.items():
        if cle not in dossier.cles_actuelles:
            anomalies.extend(
                _stranger(retour, ligne, f"mesure inconnue du contrat : « {shorten(cle)} »")
            )
    ecartees = {dossier.cles_actuelles.get(cle, cle) for cle, _ in retour.ecartees}
    lisible = retour.mesures or retour.ecartees
    for cle in sorted(demandees - par_cle.keys() - ecartees) if lisible else ():
        message = f"{dossier.mesures[cle].nom} : cette mesure n'est plus dans le formulaire"
        conseil = "Sa ligne a été supprimée ou ajoutée depuis : redemandez-la à l'organisme."
        lieu = Lieu(retour.fichier)
        anomalies.append(Anomalie(lieu, "FOR011", Gravite.ALERTE, message, conseil))
    for cle, situee in dossier.mesures.items():
        if cle not in par_cle or not _same_question(dossier, retour, par_cle[cle], cle, anomalies):
            continue
        valeur, constats = read_answer(par_cle[cle], situee, retour.fichier)
        anomalies.extend(replace(a, message=f"{situee.nom} : {a.message}") for a in constats)
        if valeur is not None:
            yield cle, valeur


def _same_question(
    dossier: Dossier, retour: Retour, ligne: Ligne, cle: str, anomalies: list[Anomalie]
) -> bool:
    """Vrai si la mesure a gardé son type et son unité depuis que le formulaire a été fait."""
    demande = retour.definitions.get(ligne.text("cle").strip())
    situee = dossier.mesures[cle]
    mesure = situee.mesure
    if demande is None and retour.definitions:
        anomalies.extend(_stranger(retour, ligne, f"« {cle} » n'est pas demandé à cet organisme"))
        return False
    montree = simplify(ligne.text("mesure"))
    connues = {simplify(mesure.libelle), simplify(demande.libelle if demande else mesure.libelle)}
    if montree and montree not in connues:
        constat = f"la ligne de « {situee.nom} » montre une autre mesure"
        anomalies.extend(_stranger(retour, ligne, constat, "FOR022"))
        return False
    if demande is None or (demande.type, demande.unite) == (mesure.type, mesure.unite):
        if demande is not None and demande.libelle not in {mesure.libelle, ""}:
            message = f"{situee.nom} : le libellé a changé depuis ce formulaire"
            lieu = Lieu(retour.fichier, feuille=ligne.feuille, cellule=ligne.address("valeur"))
            conseil = "Vérifiez que la réponse porte bien sur le libellé actuel."
            anomalies.append(Anomalie(lieu, "FOR018", Gravite.ALERTE, message, conseil))
        return True
    anomalies.extend(_stranger(retour, ligne, f"« {cle} » a changé de type ou d'unité", "FOR017"))
    return False


def _stranger(
    retour: Retour, ligne: Ligne, constat: str, code: str = "FOR012"
) -> Iterator[Anomalie]:
    """Dit ce qui était écrit sur une ligne dont rien ne peut être pris."""
    for colonne in _ECRITES:
        if ligne.cell(colonne):
            yield Anomalie(
                Lieu(retour.fichier, feuille=ligne.feuille, cellule=ligne.address(colonne)),
                code,
                Gravite.ERREUR,
                f"{constat} ; « {shorten(ligne.text(colonne))} » n'est pas enregistré",
                "Refaites le formulaire avec « clsmon forms » et reportez-y la réponse.",
            )


def _read_fiches(
    dossier: Dossier, retour: Retour, anomalies: list[Anomalie]
) -> Iterator[tuple[str, DeclarationFiche]]:
    par_fiche: dict[str, dict[str, Ligne]] = {}
    for (identifiant, champ), ligne in retour.fiches.items():
        par_fiche.setdefault(identifiant, {})[champ] = ligne
    for identifiant, lignes in par_fiche.items():
        fiche = dossier.fiche.get(identifiant)
        if fiche is None:
            for ligne in lignes.values():
                anomalies.extend(
                    _stranger(retour, ligne, f"fiche inconnue : « {shorten(identifiant)} »")
                )
            continue
        programme = dossier.programmes.get(retour.exercice, {}).get(fiche.id, ())
        champs = {c.cle: c for c in fields_of(QuestionFiche(fiche, programme))}
        for champ in lignes.keys() - champs.keys():
            constat = f"rubrique inconnue : « {shorten(champ)} »"
            anomalies.extend(_stranger(retour, lignes[champ], constat))
        connues = {champ: lignes[champ] for champ in champs if champ in lignes}
        declaration, constats = read_declaration(connues, champs, dossier.contrat, retour.fichier)
        noms = {ligne.address("reponse"): champs[c].libelle for c, ligne in connues.items()}
        anomalies.extend(
            replace(a, message=f"{fiche.id} {noms[a.lieu.cellule]} : {a.message}") for a in constats
        )
        if declaration is not None:
            yield fiche.id, declaration
