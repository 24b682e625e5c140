"""Du formulaire rendu au relevé : chaque ligne retrouve sa mesure ou sa fiche, ou le dit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from clsmon.analysis.consistency import find_doubts
from clsmon.analysis.heads import DEUX_REPONSES, Synthese, merge, releves_of
from clsmon.analysis.narrative import without
from clsmon.analysis.programme import programme_of
from clsmon.analysis.questionnaire import asked_fiches, compute_demande
from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.collecte import Rangee
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.personal_data import find_personal_data, hide_personal_data
from clsmon.model.questionnaire import QuestionFiche
from clsmon.model.releve import DeclarationFiche, Etat, Recu, Releve, Valeur
from clsmon.workbooks.form.prefill import field_answer
from clsmon.workbooks.layout import COLONNES_SAISIE, Champ, fields_of
from clsmon.workbooks.reader.grid import parse_address
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.answer_cells import advice_for, typed_text
from clsmon.workbooks.returned.answers import confirm, read_answer
from clsmon.workbooks.returned.current import current_rows, rubric_rows
from clsmon.workbooks.returned.expected import expected, missing_rubrics
from clsmon.workbooks.returned.locating import INCOMPLETS, Ligne, Retour
from clsmon.workbooks.returned.matching import (
    mixed_labels,
    report_unknown,
    same_question,
    same_rubric,
    stranger,
)
from clsmon.workbooks.returned.orphans import report_orphans
from clsmon.workbooks.returned.rubrics import read_declaration
from clsmon.workbooks.returned.shown import find_disorder
from clsmon.workbooks.returned.unsettled import ask_again, is_untouched, same_content


def read_releve(
    dossier: Dossier, retour: Retour, recu: Recu
) -> tuple[Releve, tuple[Anomalie, ...]]:
    """Le relevé d'un formulaire rendu, et les anomalies de ses cellules ; rien n'est écrit."""
    anomalies = list(retour.anomalies)
    lignes = current_rows(dossier, retour, anomalies)
    recits = rubric_rows(dossier, retour, anomalies)
    demande = compute_demande(dossier, retour.exercice, retour.organisme)
    attendues = list(expected(demande, lignes, recits))
    retour.desordre |= find_disorder(attendues) | {ligne.feuille for ligne in retour.sans_cle}
    anomalies.extend(report_orphans(retour, attendues))
    anomalies.extend(missing_rubrics(retour, demande, recits))
    base = _base_of(dossier, retour)
    valeurs = dict(_read_measures(dossier, retour, lignes, base, anomalies))
    valeurs = dict(_doubt(dossier, retour, valeurs, anomalies))
    fiches = dict(_read_fiches(dossier, retour, recits, base, anomalies))
    releve = Releve(
        organisme=retour.organisme,
        exercice=retour.exercice,
        recu=recu,
        fictif=retour.fictif,
        remplace=tuple(_replaced(dossier, retour, anomalies)),
        fiches=fiches,
        valeurs=valeurs,
    )
    return releve, tuple(replace(a, message=hide_personal_data(a.message)) for a in anomalies)


def _base_of(dossier: Dossier, retour: Retour) -> Synthese:
    """Ce dont le formulaire était prérempli."""
    siens = releves_of(dossier, retour.exercice, retour.organisme)
    presents = {nom: siens[nom] for nom in retour.base if nom in siens}
    return merge(dossier, presents, retour.organisme)


def _doubt(
    dossier: Dossier, retour: Retour, valeurs: dict[str, Valeur], anomalies: list[Anomalie]
) -> Iterator[tuple[str, Valeur]]:
    """Les réponses lues, celles qui étonnent mises à confirmer ou confirmées par leur ligne."""
    doutes: dict[str, list[Anomalie]] = {}
    for cle, doute in find_doubts(dossier, retour.exercice, retour.organisme, valeurs):
        feuille, _, cellule = valeurs[cle].cellule.rpartition("!")
        lieu = Lieu(retour.fichier, feuille=feuille, cellule=cellule)
        message = f"{dossier.mesures[cle].nom} : {doute.message}"
        conseil = advice_for(doute.code, Gravite.ALERTE)
        constat = Anomalie(lieu, doute.code, Gravite.ALERTE, message, conseil)
        doutes.setdefault(cle, []).append(constat)
    for cle, valeur in valeurs.items():
        confirmee, constats = confirm(valeur, doutes.get(cle, ()))
        anomalies.extend(constats)
        yield cle, confirmee


def describe_rows(
    dossier: Dossier, retour: Retour, anomalies: Iterable[Anomalie]
) -> Iterator[tuple[tuple[str, int], Rangee]]:
    """Ce que demande chaque ligne du classeur reçu, pour savoir où redemander une réponse."""
    mesures = ((dossier.cles_actuelles.get(c, c), "", ligne) for c, ligne in retour.mesures.items())
    fiches = (
        (dossier.fiche[f].id if f in dossier.fiche else f, champ, ligne)
        for (f, champ), ligne in retour.fiches.items()
    )
    douteuses = {
        (a.lieu.feuille, place[0]) for a in anomalies if (place := parse_address(a.lieu.cellule))
    }
    perdues = (("", "", ligne) for ligne in (*retour.doubles, *retour.sans_cle))
    vues: dict[int, Mapping[int, str]] = {}
    for cle, champ, ligne in (*mesures, *fiches, *perdues):
        # The rows of one sheet share their columns.
        colonnes = vues.get(id(ligne.colonnes))
        if colonnes is None:
            colonnes = {numero: c for c, numero in ligne.colonnes.items() if c in ligne.typees}
            vues[id(ligne.colonnes)] = colonnes
        textes = {}
        if not cle or (ligne.feuille, ligne.rangee) in douteuses:
            tapes = ((c, typed_text(v)) for c, v in ligne.cellules.items() if c in ligne.typees)
            textes = {c: texte for c, texte in tapes if not find_personal_data(texte)}
        yield (ligne.feuille, ligne.rangee), Rangee(cle, champ, colonnes, textes)


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
    actuelles = dossier.cles_actuelles
    demandees = {(actuelles.get(cle, cle), "") for cle in retour.definitions}
    repondues = {(actuelles.get(c, c), "") for nom in presents for c in siens[nom].valeurs}
    recits = {
        (dossier.fiche[fiche].id if fiche in dossier.fiche else fiche, champ)
        for nom in presents
        for fiche, declaration in siens[nom].fiches.items()
        for champ in (*declaration.cellules, *declaration.a_verifier)
    }
    if retour.a_jour:
        # What this form no longer asks cannot have been lost by it.
        recits &= _rubrics_asked(dossier, retour)
    perdues = (repondues & demandees | recits) - retour.relues
    incomplet = perdues or not retour.definitions
    if presents and (incomplet or any(a.code in INCOMPLETS for a in anomalies)):
        message = f"ce retour est incomplet : il ne remplace pas {', '.join(presents)}"
        conseil = "Ses réponses s'ajoutent à celles déjà reçues ; aucune n'est effacée."
        anomalies.append(_remark(retour, message, conseil))
        return
    yield from presents


def _rubrics_asked(dossier: Dossier, retour: Retour) -> set[tuple[str, str]]:
    fiches = asked_fiches(dossier, retour.exercice, retour.organisme)
    return {(f.id, champ) for f in fiches for champ in _fields(dossier, retour, f)}


def _remark(retour: Retour, message: str, conseil: str) -> Anomalie:
    return Anomalie(Lieu(retour.fichier), "FOR019", Gravite.ALERTE, message, conseil)


def _fields(dossier: Dossier, retour: Retour, fiche: Fiche) -> dict[str, Champ]:
    programme = programme_of(dossier, retour.exercice, fiche)
    return {champ.cle: champ for champ in fields_of(QuestionFiche(fiche, programme))}


def _read_measures(
    dossier: Dossier,
    retour: Retour,
    lignes: Mapping[str, Ligne],
    base: Synthese,
    anomalies: list[Anomalie],
) -> Iterator[tuple[str, Valeur]]:
    anomalies.extend(report_unknown(retour, lignes, dossier.mesures))
    demandees = {s.cle for s in dossier.demandees(retour.exercice, retour.organisme)}
    ecartees = {cle for cle, _ in retour.ecartees}
    lisible = COLONNES_SAISIE in retour.lues
    for cle in sorted(demandees - lignes.keys() - ecartees) if lisible else ():
        message = f"{dossier.mesures[cle].nom} : cette mesure n'est plus dans le formulaire"
        conseil = "Sa ligne a été supprimée ou ajoutée depuis : redemandez-la à l'organisme."
        lieu = Lieu(retour.fichier)
        anomalies.append(Anomalie(lieu, "FOR011", Gravite.ALERTE, message, conseil))
    melees = mixed_labels(retour, lignes, dossier.mesures)
    for cle, situee in dossier.mesures.items():
        if cle not in lignes or not same_question(retour, lignes[cle], situee, melees, anomalies):
            continue
        if lignes[cle].text("mesure").strip():
            retour.relues.add((cle, ""))
        valeur, constats = read_answer(lignes[cle], situee, retour.fichier)
        if cle in base.valeurs:
            ancienne = base.valeurs[cle].valeur
            valeur, constats = _unless_untouched(
                retour.fichier, lignes[cle], situee, ancienne, (valeur, constats)
            )
        anomalies.extend(replace(a, message=f"{situee.nom} : {a.message}") for a in constats)
        if valeur is not None:
            yield cle, valeur


def _unless_untouched(
    fichier: str,
    ligne: Ligne,
    situee: MesureSituee,
    ancienne: Valeur,
    lue: tuple[Valeur | None, tuple[Anomalie, ...]],
) -> tuple[Valeur | None, tuple[Anomalie, ...]]:
    """Une réponse à vérifier, redemandée et laissée telle quelle, reste à vérifier."""
    valeur, _ = lue
    redemandee = valeur is not None and valeur.etat is Etat.A_VERIFIER
    if ancienne.etat is not Etat.A_VERIFIER or not is_untouched(ligne, situee, ancienne):
        return lue
    if redemandee and ancienne.regle != DEUX_REPONSES:
        return lue
    gardee = ancienne.model_copy(update={"cellule": ligne.reference("valeur")})
    return gardee, (ask_again(fichier, ligne, "valeur", ancienne.saisi, ancienne.regle),)


def _narratives_asked(dossier: Dossier, retour: Retour) -> set[str]:
    """Les fiches dont le récit est demandé, ou l'était quand ce formulaire a été fait."""
    demandees = {f.id for f in asked_fiches(dossier, retour.exercice, retour.organisme)}
    anciennes = set() if retour.a_jour else set(retour.definitions)
    actuelles = (dossier.cles_actuelles.get(cle, cle) for cle in anciennes)
    return demandees | {dossier.mesures[c].fiche.id for c in actuelles if c in dossier.mesures}


def _read_fiches(
    dossier: Dossier,
    retour: Retour,
    recits: Mapping[tuple[str, str], Ligne],
    base: Synthese,
    anomalies: list[Anomalie],
) -> Iterator[tuple[str, DeclarationFiche]]:
    demandees = _narratives_asked(dossier, retour)
    par_fiche: dict[str, dict[str, Ligne]] = {}
    for (identifiant, champ), ligne in recits.items():
        par_fiche.setdefault(identifiant, {})[champ] = ligne
    for identifiant, lignes in par_fiche.items():
        fiche = dossier.fiche.get(identifiant)
        if fiche is None or fiche.id not in demandees:
            constat = f"fiche inconnue : « {shorten(identifiant)} »"
            if fiche is not None:
                constat = f"la fiche {fiche.id} n'est pas demandée à cet organisme"
            for ligne in lignes.values():
                anomalies.extend(stranger(retour, ligne, constat))
            continue
        champs = _fields(dossier, retour, fiche)
        connues = {
            champ: ligne
            for champ, ligne in lignes.items()
            if same_rubric(retour, ligne, fiche, champs, anomalies)
        }
        retour.relues.update(
            (fiche.id, c) for c, li in connues.items() if li.text("rubrique").strip()
        )
        ordonnees = {champ: connues[champ] for champ in champs if champ in connues}
        declaration, constats = read_declaration(ordonnees, champs, dossier.contrat, retour.fichier)
        if fiche.id in base.recits:
            question = QuestionFiche(fiche, reponse=base.recits[fiche.id].declaration)
            declaration, constats = _unless_untouched_fields(
                dossier, retour.fichier, question, ordonnees, champs, (declaration, constats)
            )
        noms = {ligne.reference("reponse"): champs[c].libelle for c, ligne in connues.items()}
        for a in constats:
            nom = noms[f"{a.lieu.feuille}!{a.lieu.cellule}"]
            anomalies.append(replace(a, message=f"{fiche.id} {nom} : {a.message}"))
        if declaration is not None:
            yield fiche.id, declaration


def _unless_untouched_fields(  # noqa: PLR0913, PLR0917  what one narrative is read with
    dossier: Dossier,
    fichier: str,
    question: QuestionFiche,
    lignes: Mapping[str, Ligne],
    champs: Mapping[str, Champ],
    lue: tuple[DeclarationFiche | None, tuple[Anomalie, ...]],
) -> tuple[DeclarationFiche | None, tuple[Anomalie, ...]]:
    """Une rubrique à vérifier, redemandée et laissée telle quelle, reste à vérifier."""
    declaration, constats = lue[0] or DeclarationFiche(), list(lue[1])
    anciens = question.reponse.a_verifier if question.reponse else {}
    for champ, doute in anciens.items():
        ligne = lignes.get(champ)
        if ligne is None or (champ in declaration.a_verifier and doute.regle != DEUX_REPONSES):
            continue
        contenu = field_answer(question, champs[champ], dossier.contrat)
        if not same_content(ligne, "reponse", contenu):
            continue
        garde = doute.model_copy(update={"cellule": ligne.reference("reponse")})
        reste = without(declaration, [champ])
        doutes = {**reste.a_verifier, champ: garde}
        declaration = reste.model_copy(update={"a_verifier": doutes})
        place = (ligne.feuille, ligne.address("reponse"))
        constats = [a for a in constats if (a.lieu.feuille, a.lieu.cellule) != place]
        constats.append(ask_again(fichier, ligne, "reponse", doute.saisi, doute.regle))
    return (declaration if declaration != DeclarationFiche() else None), tuple(constats)
