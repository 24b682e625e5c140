"""Un cahier d'examen rendu : s'il est d'un signataire d'ici, ce qu'il dit est enregistré."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from clsmon import __version__
from clsmon.analysis.cahiers import compute_cahiers
from clsmon.analysis.contestations import conflicts_of, examens_of
from clsmon.analysis.heads import compute_heads
from clsmon.concluding import silence_replaced
from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.cahier import Cahier
from clsmon.model.collecte import Collecte
from clsmon.model.dossier import Dossier
from clsmon.model.observation import Examen
from clsmon.model.releve import CORRECTION, RELECTURE, Recu
from clsmon.observing import read_examen
from clsmon.recognising import Attente, belongs, report_late
from clsmon.recording import describe_rows
from clsmon.text.store import name_of, path_named, path_of, reads_back, to_yaml
from clsmon.workbooks.examen.layout import EXAMEN, fingerprint
from clsmon.workbooks.reader.grid import Classeur
from clsmon.workbooks.returned.declared import read_declared
from clsmon.workbooks.returned.identity import Identite
from clsmon.workbooks.returned.locating import Retour, read_return


def read_cahier(
    dossier: Dossier, classeur: Classeur, identite: Identite, collecte: Collecte, attente: Attente
) -> None:
    """Un cahier d'examen : s'il est d'un signataire, ce qu'il dit devient un examen à écrire."""
    retour = read_return(classeur, identite, collecte.fichier, EXAMEN)
    signataires = dossier.contrat.signataires
    if not belongs(dossier, retour, collecte, attente, signataires):
        return
    cahiers = {c.organisme: c for c in compute_cahiers(dossier, retour.exercice, signataires)}
    if not _is_its_own(dossier, retour, collecte, cahiers):
        return
    collecte.organisme, collecte.exercice = retour.organisme, retour.exercice
    collecte.sans_base = any(nom not in dossier.examens for nom in retour.base)
    recu = Recu(
        fichier=collecte.fichier,
        sha256=sha256(collecte.octets).hexdigest(),
        formulaire=retour.empreinte,
        lecteur=__version__,
    )
    cahier = cahiers[retour.organisme]
    examen, anomalies = read_examen(dossier, retour, cahier, read_declared(classeur), recu)
    if attente.motif:
        examen = examen.model_copy(update={"motif": f"{CORRECTION} : {attente.motif}"})
    collecte.rangees = dict(describe_rows(dossier, retour, anomalies))
    collecte.anomalies.extend(anomalies)
    if not examen.fiches and not examen.mesures and not collecte.erreurs:
        conseil = "Demandez au signataire s'il a bien enregistré ses observations."
        message = "cahier rendu vide : aucune observation n'y est écrite"
        lieu = Lieu(collecte.fichier)
        collecte.anomalies.append(Anomalie(lieu, "FOR021", Gravite.ALERTE, message, conseil))
    _settle(dossier, examen, collecte)


def _is_its_own(
    dossier: Dossier, retour: Retour, collecte: Collecte, cahiers: Mapping[str, Cahier]
) -> bool:
    """Vrai si l'empreinte n'est pas celle du cahier envoyé à un autre signataire."""
    retour.a_jour = retour.empreinte == fingerprint(cahiers[retour.organisme])
    autre = next(
        (code for code, cahier in cahiers.items() if retour.empreinte == fingerprint(cahier)), None
    )
    if autre in {None, retour.organisme}:
        return True
    vrai, nomme = (dossier.contrat.nom_court(str(code)) for code in (autre, retour.organisme))
    message = f"ce classeur porte le nom de {nomme}, mais semble être le cahier de {vrai}"
    collecte.refuse("FOR030", message, "Demandez le cahier d'origine à qui l'a rempli.")
    return False


def _settle(dossier: Dossier, examen: Examen, collecte: Collecte) -> None:
    """Déjà lu : rien de plus ; lu autrement : une relecture ; sinon un examen de plus."""
    siens = examens_of(dossier, examen.exercice, examen.organisme)
    nom, examen = _place(siens, examen)
    if nom:
        collecte.nom, collecte.examen = nom, examen
        collecte.destination = path_named(examen, nom)
        return
    octets = to_yaml(examen)
    if not reads_back(examen, octets):
        message = "ses observations ne tiennent pas dans un examen : trop longues au total"
        collecte.refuse("FOR007", message, "Faites raccourcir les textes, puis renvoyer.")
        return
    collecte.examen, collecte.nouveau, collecte.contenu = examen, True, octets
    collecte.nom, collecte.destination = name_of(examen, octets), path_of(examen, octets)
    collecte.anomalies.extend(report_late(dossier, examen.exercice, collecte.fichier))


def _place(siens: Mapping[str, Examen], examen: Examen) -> tuple[str, Examen]:
    """
    L'examen qui dit déjà ce classeur et son nom, ou celui à écrire et rien.

    La relecture d'un cahier retiré, ou dont un retour plus récent a pris la place, ne change rien.
    """
    memes = {nom: e for nom, e in siens.items() if e.recu.sha256 == examen.recu.sha256}
    if not memes:
        return "", examen
    tetes, derniers = compute_heads(siens), compute_heads(memes)
    debout = tuple(nom for nom in derniers if nom in tetes)
    pareils = [nom for nom in debout if _says_the_same(memes[nom], examen)]
    retires = [nom for nom in debout if memes[nom].retrait]
    if debout and not pareils and not retires:
        motif = memes[debout[0]].motif
        motif = motif if (motif or "").startswith(CORRECTION) else RELECTURE
        return "", examen.model_copy(update={"motif": motif, "remplace": debout})
    nom = (pareils or retires or debout or tuple(derniers))[0]
    return nom, memes[nom]


def _says_the_same(ancien: Examen, examen: Examen) -> bool:
    return (ancien.fiches, ancien.mesures) == (examen.fiches, examen.mesures)


def close_cahiers(dossier: Dossier, collectes: Iterable[Collecte]) -> None:
    """
    Une fois tout lu : un cahier remplacé ne demande plus rien, deux qui se contredisent demandent.

    Un cahier rendu sous deux noms ne pose ses questions qu'une fois.
    """

    def stands(collecte: Collecte, examen: Examen) -> bool:
        siens = examens_of(dossier, examen.exercice, collecte.organisme)
        return collecte.nom in compute_heads(siens) and not examen.retrait

    debout = ((c, stands(c, c.examen)) for c in collectes if c.examen is not None)
    for (exercice, organisme), collecte in silence_replaced(debout).items():
        for cle, noms in conflicts_of(dossier, exercice, organisme):
            collecte.anomalies.append(_ask_which(dossier, collecte, cle, noms))
        collecte.anomalies.sort(key=Anomalie.order)


def _ask_which(dossier: Dossier, collecte: Collecte, cle: str, noms: str) -> Anomalie:
    nom = dossier.mesures[cle].nom if cle in dossier.mesures else f"fiche {cle}"
    return Anomalie(
        Lieu(collecte.fichier),
        "SAI048",
        Gravite.ERREUR,
        f"{nom} : deux observations différentes, dans {noms}",
        "Refaites le cahier et faites-y écrire la bonne observation : clsmon forms --examen "
        f"--organisme {collecte.organisme}. Il remplacera les deux.",
    )
