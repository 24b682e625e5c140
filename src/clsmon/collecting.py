"""La collecte : des classeurs rendus aux relevés, sans rien deviner et sans rien perdre."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from clsmon import __version__
from clsmon.analysis.heads import compute_synthese, releves_of
from clsmon.concluding import close_collection
from clsmon.convening.admitting import read_meeting_form
from clsmon.examining import close_cahiers, read_cahier
from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.collecte import Changement, Collecte, Genre
from clsmon.model.dossier import Dossier
from clsmon.model.releve import CORRECTION, Recu, Releve, SaisiPar
from clsmon.receiving import keep_evidence
from clsmon.recognising import Attente, belongs, is_its_own, report_late
from clsmon.recording import describe_rows, read_releve
from clsmon.rereading import place_reading
from clsmon.text.store import name_of, path_named, path_of, reads_back, to_yaml
from clsmon.workbooks.reader.cells import read_workbook
from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.grid import Classeur
from clsmon.workbooks.reader.refusal import ClasseurRefuse
from clsmon.workbooks.returned.identity import Identite, identify
from clsmon.workbooks.returned.locating import Retour, read_return
from clsmon.writing import write_once, write_together


def collect_all(  # noqa: PLR0913  what one collection is told, each by its name
    dossier: Dossier,
    chemins: Iterable[Path],
    exercice: int,
    *,
    ecrire: bool,
    accepter_ancien: bool = False,
    motif: str = "",
) -> tuple[Collecte, ...]:
    """
    Collecte des classeurs un à un, chacun tenant compte des relevés que les précédents ont donnés.

    `motif` dit pourquoi l'animateur santé les a remplis lui-même ; vide, les organismes l'ont fait.
    Les questions d'un classeur qu'un retour plus récent remplace ne sont plus posées ; deux
    réponses différentes qui tiennent ensemble en posent une. Sans `ecrire`, rien n'est écrit. Lève
    ClsmonError si une écriture est impossible ; ce qui est déjà collecté le reste.
    """
    chemins = list(chemins)
    attente, reportes = deque(chemins), set[Path]()
    faites: dict[Path, Collecte] = {}
    while attente:
        chemin = attente.popleft()
        collecte = collect_workbook(
            dossier, chemin, exercice, accepter_ancien=accepter_ancien, motif=motif
        )
        if collecte.sans_base and attente and chemin not in reportes:
            # The return that its form was pre-filled from may be further down the list.
            reportes.add(chemin)
            attente.append(chemin)
            continue
        if ecrire:
            save(dossier, collecte, chemin)
        # What thousands of workbooks weigh is not kept once each has been dealt with.
        collecte.octets = collecte.contenu = b""
        if collecte.nouveau:
            dossier = _with(dossier, collecte)
        faites[chemin] = collecte
    collectes = tuple(faites[chemin] for chemin in chemins)
    close_collection(dossier, collectes)
    close_cahiers(dossier, collectes)
    return collectes


def _with(dossier: Dossier, collecte: Collecte) -> Dossier:
    """Ce dossier et ce que dit un classeur de plus."""
    if collecte.releve is not None:
        return dossier.plus(collecte.nom, collecte.releve)
    if collecte.examen is not None:
        return dossier.plus_examen(collecte.nom, collecte.examen)
    apres, collecte.apres = collecte.apres, None
    return apres or dossier


def collect_workbook(
    dossier: Dossier,
    chemin: Path,
    exercice: int,
    *,
    accepter_ancien: bool = False,
    motif: str = "",
) -> Collecte:
    """
    Lit un classeur rendu, sans rien écrire.

    `exercice` est celui attendu ; `accepter_ancien` prend un autre exercice pour lui-même.
    `motif` : pourquoi l'animateur santé l'a rempli lui-même.
    """
    collecte = Collecte(chemin.name.encode("utf-8", "replace").decode("utf-8"))
    try:
        with chemin.open("rb") as source:
            collecte.octets = source.read(LIMITES.fichier + 1)
        classeur = read_workbook(collecte.octets)
        identite = identify(classeur)
    except ClasseurRefuse as refus:
        collecte.refuse(refus.code, refus.message, refus.conseil)
        return collecte
    except OSError:
        collecte.refuse(
            "FOR005",
            "ce fichier n'a pas pu être ouvert",
            f"Fermez « {chemin.name} » s'il est ouvert ailleurs, ou vérifiez vos droits.",
        )
        return collecte
    collecte.genre = identite.genre
    attente = Attente(exercice, accepter_ancien=accepter_ancien, motif=motif)
    LECTEURS[identite.genre](dossier, classeur, identite, collecte, attente)
    collecte.anomalies.sort(key=Anomalie.order)
    return collecte


def _read_form(
    dossier: Dossier, classeur: Classeur, identite: Identite, collecte: Collecte, attente: Attente
) -> None:
    """Un formulaire de suivi : s'il est d'ici, il devient un relevé."""
    retour = read_return(classeur, identite, collecte.fichier)
    interroges = dossier.repondants(retour.exercice)
    if belongs(dossier, retour, collecte, attente, interroges) and is_its_own(
        dossier, retour, collecte
    ):
        _record(dossier, retour, collecte, attente.motif)


def _read_meeting(
    dossier: Dossier, classeur: Classeur, identite: Identite, collecte: Collecte, attente: Attente
) -> None:
    read_meeting_form(
        dossier,
        classeur,
        identite,
        collecte,
        exercice=attente.exercice,
        accepter_ancien=attente.accepter_ancien,
    )


LECTEURS: Mapping[Genre, Callable[[Dossier, Classeur, Identite, Collecte, Attente], None]] = {
    Genre.FORMULAIRE: _read_form,
    Genre.EXAMEN: read_cahier,
    Genre.SEANCE: _read_meeting,
}
"""Un lecteur par genre de classeur : sa feuille cachée dit lequel."""


def save(dossier: Dossier, collecte: Collecte, source: Path) -> None:
    """
    Écrit ce qui est nouveau, et range une copie du classeur dans `retours/`.

    Lève ClsmonError si l'écriture est impossible ; rien n'est alors à moitié écrit.
    """
    if collecte.refusee:
        return
    retours = dossier.racine / "retours" / str(collecte.exercice)
    if retours.resolve() not in source.resolve().parents:
        keep_evidence(retours, source, collecte.octets)
    if collecte.fichiers:
        write_together({dossier.racine / f: o for f, o in collecte.fichiers.items()})
    elif collecte.nouveau:
        write_once(dossier.racine / collecte.destination, collecte.contenu)


def _record(dossier: Dossier, retour: Retour, collecte: Collecte, motif: str) -> None:
    collecte.organisme, collecte.exercice = retour.organisme, retour.exercice
    collecte.sans_base = any(nom not in dossier.releves for nom in retour.base)
    collecte.demandees = len(dossier.demandees(retour.exercice, retour.organisme))
    recu = Recu(
        fichier=collecte.fichier,
        sha256=sha256(collecte.octets).hexdigest(),
        formulaire=retour.empreinte,
        lecteur=__version__,
    )
    releve, anomalies = read_releve(dossier, retour, recu)
    collecte.rangees = dict(describe_rows(dossier, retour, anomalies))
    if motif:
        saisie = {"saisi_par": SaisiPar.ANIMATEUR, "motif": f"{CORRECTION} : {motif}"}
        releve = releve.model_copy(update=saisie)
    collecte.anomalies.extend(anomalies)
    if not releve.valeurs and not releve.fiches and not collecte.erreurs:
        lieu = Lieu(collecte.fichier)
        conseil = "Demandez à l'organisme s'il a bien enregistré ses réponses."
        message = "formulaire rendu vide : aucune réponse n'y est écrite"
        collecte.anomalies.append(Anomalie(lieu, "FOR021", Gravite.ALERTE, message, conseil))
    _settle(dossier, releve, collecte)


def _settle(dossier: Dossier, releve: Releve, collecte: Collecte) -> None:
    """Déjà lu : rien de plus ; sinon un relevé de plus, s'il se relit à l'identique."""
    lecture = place_reading(releves_of(dossier, releve.exercice, releve.organisme), releve)
    if lecture.nom:
        collecte.nom, collecte.releve = lecture.nom, lecture.releve
        collecte.destination = path_named(lecture.releve, lecture.nom)
        collecte.anomalies = [
            a
            for a in collecte.anomalies
            if f"{a.lieu.feuille}!{a.lieu.cellule}" not in lecture.ecartees
        ]
        return
    releve, octets = lecture.releve, to_yaml(lecture.releve)
    if not reads_back(releve, octets):
        message = "ses réponses ne tiennent pas dans un relevé : trop longues au total"
        collecte.refuse("FOR007", message, "Faites raccourcir les textes, puis renvoyer.")
        return
    collecte.releve, collecte.nouveau, collecte.contenu = releve, True, octets
    collecte.nom, collecte.destination = name_of(releve, octets), path_of(releve, octets)
    collecte.anomalies.extend(report_late(dossier, releve.exercice, collecte.fichier))
    collecte.changements = tuple(_changes(dossier, releve))


def _changes(dossier: Dossier, releve: Releve) -> Iterator[Changement]:
    avant = compute_synthese(dossier, releve.exercice, releve.organisme).valeurs
    cles = [
        *releve.valeurs,
        *(cle for cle in avant if releve.remplace and cle not in releve.valeurs),
    ]
    for cle in cles:
        ancienne = avant[cle].valeur if cle in avant else None
        nouvelle = releve.valeurs.get(cle)
        if (ancienne.reponse if ancienne else None) != (nouvelle.reponse if nouvelle else None):
            yield Changement(cle, ancienne, nouvelle)
