"""De qui est ce classeur ? Son identité, comparée à ce que le dossier connaît et demande."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from typing import NamedTuple

from clsmon.analysis.adopted import adoption_of, is_frozen
from clsmon.analysis.questionnaire import compute_demande
from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.collecte import Collecte, Genre
from clsmon.model.dossier import Dossier
from clsmon.model.libelles import simplify
from clsmon.workbooks.layout import fingerprint
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.locating import Retour

Destinataire = tuple[str, int]
"""Un organisme, par son code, et l'exercice demandé."""

RENVOYER = "Demandez à l'organisme de remplir le formulaire de cet exercice."


class Attente(NamedTuple):
    """
    Ce que la collecte attend : un exercice ; `accepter_ancien` prend un autre pour lui-même.

    `motif` : pourquoi l'animateur santé a rempli les classeurs lui-même ; vide sinon.
    """

    exercice: int
    accepter_ancien: bool = False
    motif: str = ""


def belongs(
    dossier: Dossier,
    retour: Retour,
    collecte: Collecte,
    attente: Attente,
    interroges: Collection[str],
) -> bool:
    """
    Vrai si le classeur est de ce contrat, de cet exercice et d'un organisme interrogé.

    Sinon son refus est noté dans `collecte`. Un ancien code d'organisme devient l'actuel.
    """
    contrat = dossier.contrat
    retour.organisme = dossier.codes_actuels.get(retour.organisme, retour.organisme)
    if simplify(retour.contrat) != simplify(contrat.titre):
        message = f"ce formulaire est d'un autre contrat : « {shorten(retour.contrat)} »"
        collecte.refuse("FOR014", message, "Collectez-le dans le dossier de ce contrat.")
    elif retour.organisme not in contrat.organismes:
        message = f"organisme inconnu du contrat : « {shorten(retour.organisme)} »"
        collecte.refuse(
            "FOR015", message, "Ajoutez-le à data/contrat.yaml, ou vérifiez le fichier."
        )
    elif retour.exercice not in contrat.periode.exercices:
        message = f"exercice {retour.exercice} hors de la période du contrat"
        collecte.refuse("FOR016", message, RENVOYER)
    elif retour.organisme not in interroges:
        _refuse_uninvited(contrat.nom_court(retour.organisme), collecte)
    elif retour.exercice != attente.exercice and not attente.accepter_ancien:
        message = (
            f"ce formulaire est de l'exercice {retour.exercice}, {attente.exercice} est attendu"
        )
        conseil = (
            f"{RENVOYER} Pour le prendre pour {retour.exercice} : "
            f"--exercice {retour.exercice} ou --accepter-ancien."
        )
        collecte.refuse("FOR016", message, conseil)
    elif _mixes(dossier, retour):
        message = "réponses fictives et réelles ne se mêlent pas dans un même exercice"
        collecte.refuse("FOR020", message, "Faites la démonstration dans un autre dossier.")
    else:
        return True
    return False


def _refuse_uninvited(nom: str, collecte: Collecte) -> None:
    if collecte.genre is Genre.EXAMEN:
        message = f"{nom} n'est pas signataire : l'examen du bilan ne lui est pas demandé"
        collecte.refuse("FOR040", message, "Vérifiez de qui vient ce cahier.")
        return
    message = f"{nom} n'est pas interrogé pour cet exercice"
    collecte.refuse("FOR015", message, "Vérifiez de qui vient ce classeur.")


def _mixes(dossier: Dossier, retour: Retour) -> bool:
    """Vrai si l'exercice ne contient que du fictif et le classeur du réel, ou l'inverse."""
    releves = dossier.releves_de(retour.exercice)
    examens = [e for e in dossier.examens.values() if e.exercice == retour.exercice]
    # The first one of the same kind settles it: thousands are not looked at for each workbook.
    marques = chain((r.fictif for r in releves.values()), (e.fictif for e in examens))
    return bool(releves or examens) and all(fictif != retour.fictif for fictif in marques)


def is_its_own(dossier: Dossier, retour: Retour, collecte: Collecte) -> bool:
    """Vrai si rien ne montre que le formulaire a été envoyé à un autre que celui qu'il nomme."""
    retour.a_jour = is_current(dossier, retour)
    autre = None if retour.a_jour else find_other_owner(dossier, retour)
    if autre is None:
        return True
    vrai, nomme = (
        f"{dossier.contrat.nom_court(code)} pour {annee}"
        for code, annee in (autre, (retour.organisme, retour.exercice))
    )
    message = f"ce classeur porte le nom de {nomme}, mais semble être le formulaire de {vrai}"
    collecte.refuse("FOR030", message, "Demandez le formulaire d'origine à qui l'a rempli.")
    return False


def is_current(dossier: Dossier, retour: Retour) -> bool:
    """Vrai si c'est le formulaire que le dossier enverrait aujourd'hui, à ses réponses près."""
    return _is_form_of(dossier, retour, (retour.organisme, retour.exercice))


def find_other_owner(dossier: Dossier, retour: Retour) -> Destinataire | None:
    """
    À qui ce formulaire a été envoyé, si ce n'est pas à l'organisme dont il porte le nom.

    Son empreinte est celle d'un autre formulaire, ou aucune de ses clés n'est demandée à cet
    organisme alors qu'elles le sont toutes à un autre. None si rien ne le contredit.
    """
    cles = {dossier.cles_actuelles[c] for c in retour.definitions if c in dossier.cles_actuelles}
    siennes = {s.cle for s in dossier.demandees(retour.exercice, retour.organisme)}
    autres = [
        (code, retour.exercice)
        for code in dossier.repondants(retour.exercice)
        if code != retour.organisme and _asks_all(dossier, cles, code, retour.exercice)
    ]
    for destinataire in (*autres, (retour.organisme, retour.exercice - 1)):
        if _is_form_of(dossier, retour, destinataire):
            return destinataire
    return autres[0] if autres and cles and not cles & siennes else None


def _asks_all(dossier: Dossier, cles: set[str], organisme: str, exercice: int) -> bool:
    situees = (dossier.mesures[cle] for cle in cles)
    return all(organisme in s.repondants and s.demandee_en(exercice) for s in situees)


def _is_form_of(dossier: Dossier, retour: Retour, destinataire: Destinataire) -> bool:
    organisme, exercice = destinataire
    return retour.empreinte == fingerprint(compute_demande(dossier, exercice, organisme))


def report_late(dossier: Dossier, annee: int, fichier: str) -> Iterator[Anomalie]:
    """Ce qui est reçu après l'adoption est enregistré, sans changer aucun chiffre adopté."""
    if adoption := adoption_of(dossier, annee):
        conseil = (
            "Il est montré sans rien changer. Pour qu'il compte : un arbitrage du COPIL "
            f"(exercice: {annee})."
            if is_frozen(dossier, annee)
            else f"Figez les chiffres adoptés : clsmon bilan --exercice {annee} --definitif."
        )
        message = f"reçu après l'adoption du bilan {annee} (décision {adoption})"
        yield Anomalie(Lieu(fichier), "SEA069", Gravite.ALERTE, message, conseil)
