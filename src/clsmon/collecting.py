"""La collecte : des classeurs rendus aux relevés, sans rien deviner et sans rien perdre."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from clsmon import __version__
from clsmon.analysis.heads import compute_heads, compute_synthese, current_codes
from clsmon.model.anomalie import Anomalie, ClsmonError, Gravite, Lieu
from clsmon.model.collecte import Changement, Collecte
from clsmon.model.dossier import Dossier
from clsmon.model.libelles import simplify
from clsmon.model.questionnaire import QuestionFiche
from clsmon.model.releve import DeclarationFiche, Recu, Releve, Valeur
from clsmon.text.store import name_of, path_of, to_yaml
from clsmon.workbooks.answers import read_answer
from clsmon.workbooks.cells import read_workbook
from clsmon.workbooks.layout import fields_of
from clsmon.workbooks.refusal import ClasseurRefuse, shorten
from clsmon.workbooks.returned import Ligne, Retour, read_return
from clsmon.workbooks.rubrics import read_declaration
from clsmon.writing import write_file

RELECTURE = "relecture"
"""Le motif d'un relevé qui relit un classeur déjà lu, une règle ou le contrat ayant changé."""

RENVOYER = "Demandez à l'organisme de remplir le formulaire de cet exercice."


@contextmanager
def lock(racine: Path, attendre: Callable[[], None]) -> Iterator[None]:
    """
    Une seule collecte à la fois dans un dossier ; `attendre` est appelé s'il faut patienter.

    Le verrou est rendu même si le programme meurt. Lève ClsmonError si le dossier est protégé.
    """
    verrou = FileLock(racine / ".clsmon.lock")
    try:
        try:
            verrou.acquire(timeout=0)
        except Timeout:
            attendre()
            verrou.acquire()
    except OSError as erreur:
        raise ClsmonError(
            f"impossible d'écrire dans le dossier « {racine.name} »",
            None,
            "Vérifiez vos droits sur ce dossier : la collecte doit pouvoir y écrire.",
        ) from erreur
    try:
        yield
    finally:
        verrou.release()


def find_workbooks(chemins: Iterable[Path]) -> list[Path]:
    """
    Les fichiers à lire, triés par nom : ceux des dossiers, et ceux nommés ; verrous ignorés.

    Lève ClsmonError si un chemin n'existe pas.
    """
    trouves = []
    for chemin in chemins:
        if chemin.is_dir():
            trouves += [c for c in chemin.rglob("*") if c.is_file() and not _is_lock(c)]
        elif chemin.is_file():
            trouves += [] if _is_lock(chemin) else [chemin]
        else:
            raise ClsmonError(
                f"« {chemin} » n'existe pas",
                None,
                "Rangez les classeurs reçus dans ce dossier, ou indiquez où ils sont : "
                "clsmon collect CHEMIN.",
            )
    return sorted(set(trouves), key=lambda c: (c.name.casefold(), str(c)))


def _is_lock(chemin: Path) -> bool:
    return chemin.name.startswith(("~$", ".~lock.", ".")) or chemin.name == "Thumbs.db"


def collect_all(
    dossier: Dossier,
    chemins: Iterable[Path],
    exercice: int,
    *,
    ecrire: bool,
    accepter_ancien: bool = False,
) -> Iterator[Collecte]:
    """
    Collecte des classeurs un à un, chacun tenant compte des relevés que les précédents ont donnés.

    Sans `ecrire`, rien n'est écrit. Lève ClsmonError si une écriture est impossible ; ce qui est
    déjà collecté le reste.
    """
    releves = dict(dossier.releves)
    for chemin in chemins:
        courant = replace(dossier, releves=dict(releves))
        collecte = collect_workbook(courant, chemin, exercice, accepter_ancien=accepter_ancien)
        if ecrire:
            save(courant, collecte, chemin)
        if collecte.releve is not None:
            releves[collecte.nom] = collecte.releve
        yield collecte


def collect_workbook(
    dossier: Dossier, chemin: Path, exercice: int, *, accepter_ancien: bool = False
) -> Collecte:
    """
    Lit un classeur rendu, sans rien écrire.

    `exercice` est celui attendu ; `accepter_ancien` prend un autre exercice pour lui-même.
    """
    collecte = Collecte(chemin.name)
    try:
        collecte.octets = chemin.read_bytes()
        retour = read_return(read_workbook(collecte.octets), chemin.name)
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
    if _belongs(dossier, retour, collecte, exercice, accepter_ancien=accepter_ancien):
        _record(dossier, retour, collecte)
    collecte.anomalies.sort(key=Anomalie.order)
    return collecte


def save(dossier: Dossier, collecte: Collecte, source: Path) -> None:
    """
    Écrit le relevé s'il est nouveau, et range une copie du classeur dans `retours/`.

    Lève ClsmonError si l'écriture est impossible ; rien n'est alors à moitié écrit.
    """
    if collecte.releve is None:
        return
    retours = dossier.racine / "retours" / str(collecte.releve.exercice)
    if retours.resolve() not in source.resolve().parents:
        _keep_evidence(retours, source, collecte.octets)
    if collecte.nouveau:
        write_file(dossier.racine / path_of(collecte.releve), to_yaml(collecte.releve))


def _keep_evidence(retours: Path, source: Path, octets: bytes) -> None:
    """Copie le classeur reçu ; un autre contenu du même nom garde les deux."""
    copie = retours / source.name
    if copie.exists() and copie.read_bytes() != octets:
        copie = copie.with_stem(f"{source.stem}-{sha256(octets).hexdigest()[:8]}")
    write_file(copie, octets)


def _belongs(
    dossier: Dossier, retour: Retour, collecte: Collecte, exercice: int, *, accepter_ancien: bool
) -> bool:
    """Vrai si le classeur est bien de ce contrat, de cet exercice et d'un organisme du registre."""
    contrat = dossier.contrat
    retour.organisme = current_codes(contrat).get(retour.organisme, retour.organisme)
    reels = {r.fictif for r in dossier.releves_de(retour.exercice).values()}
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
    elif retour.exercice != exercice and not accepter_ancien:
        message = f"ce formulaire est de l'exercice {retour.exercice}, {exercice} est attendu"
        conseil = (
            f"{RENVOYER} Pour le prendre pour {retour.exercice} : "
            f"--exercice {retour.exercice} ou --accepter-ancien."
        )
        collecte.refuse("FOR016", message, conseil)
    elif reels and retour.fictif not in reels:
        message = "réponses fictives et réelles ne se mêlent pas dans un même exercice"
        collecte.refuse("FOR020", message, "Faites la démonstration dans un autre dossier.")
    else:
        return True
    return False


def _record(dossier: Dossier, retour: Retour, collecte: Collecte) -> None:
    collecte.anomalies.extend(retour.anomalies)
    collecte.organisme = retour.organisme
    collecte.demandees = len(dossier.demandees(retour.exercice, retour.organisme))
    valeurs = dict(_read_measures(dossier, retour, collecte.anomalies))
    fiches = dict(_read_fiches(dossier, retour, collecte.anomalies))
    releve = Releve(
        organisme=retour.organisme,
        exercice=retour.exercice,
        recu=Recu(
            fichier=collecte.fichier,
            sha256=sha256(collecte.octets).hexdigest(),
            formulaire=retour.empreinte,
            lecteur=__version__,
        ),
        fictif=retour.fictif,
        remplace=tuple(_replaced(dossier, retour, collecte)),
        fiches=fiches,
        valeurs=valeurs,
    )
    _settle(dossier, releve, collecte)


def _settle(dossier: Dossier, releve: Releve, collecte: Collecte) -> None:
    """Déjà lu et pareil : rien ; déjà lu et autrement : une relecture ; sinon un relevé de plus."""
    memes = {
        nom: ancien
        for nom, ancien in dossier.releves_de(releve.exercice, releve.organisme).items()
        if ancien.recu.sha256 == releve.recu.sha256 and ancien.motif in {None, RELECTURE}
    }
    collecte.releve = releve
    for nom, ancien in memes.items():
        if (ancien.valeurs, ancien.fiches) == (releve.valeurs, releve.fiches):
            collecte.releve, collecte.nom = ancien, nom
            return
    tetes = compute_heads(dossier.releves_de(releve.exercice, releve.organisme))
    relus = tuple(nom for nom in memes if nom in tetes)
    if relus:
        releve = releve.model_copy(update={"motif": RELECTURE, "remplace": relus})
    collecte.releve, collecte.nouveau = releve, True
    collecte.nom = name_of(releve, to_yaml(releve))
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


def _replaced(dossier: Dossier, retour: Retour, collecte: Collecte) -> Iterator[str]:
    """Les relevés dont le formulaire était prérempli et que ce retour remplace."""
    siens = dossier.releves_de(retour.exercice, retour.organisme)
    for nom in retour.base:
        if nom in siens:
            yield nom
        else:
            message = f"le relevé {shorten(nom)} qui a prérempli ce formulaire n'est pas au dossier"
            lieu = Lieu(collecte.fichier)
            conseil = "Ce retour s'ajoute aux relevés présents, il n'en remplace aucun."
            collecte.anomalies.append(Anomalie(lieu, "FOR019", Gravite.ALERTE, message, conseil))


def _read_measures(
    dossier: Dossier, retour: Retour, anomalies: list[Anomalie]
) -> Iterator[tuple[str, Valeur]]:
    demandees = {s.cle for s in dossier.demandees(retour.exercice, retour.organisme)}
    par_cle = {dossier.cles_actuelles.get(cle, cle): ligne for cle, ligne in retour.mesures.items()}
    for cle, ligne in retour.mesures.items():
        if cle not in dossier.cles_actuelles:
            anomalies.extend(_stranger(retour, ligne, f"mesure inconnue du contrat : « {cle} »"))
    for cle in demandees - par_cle.keys() - {ecartee for ecartee, _ in retour.ecartees}:
        message = f"la mesure « {cle} » n'est plus dans le formulaire"
        conseil = "Sa ligne a été supprimée ou ajoutée depuis : redemandez-la à l'organisme."
        lieu = Lieu(retour.fichier)
        anomalies.append(Anomalie(lieu, "FOR011", Gravite.ALERTE, message, conseil))
    for cle, situee in dossier.mesures.items():
        if cle not in par_cle or not _same_question(dossier, retour, par_cle[cle], cle, anomalies):
            continue
        valeur, constats = read_answer(par_cle[cle], situee, retour.fichier)
        anomalies.extend(constats)
        if valeur is not None:
            yield cle, valeur


def _same_question(
    dossier: Dossier, retour: Retour, ligne: Ligne, cle: str, anomalies: list[Anomalie]
) -> bool:
    """Vrai si la mesure a gardé son type et son unité depuis que le formulaire a été fait."""
    demande = retour.definitions.get(ligne.text("cle").strip())
    situee = dossier.mesures[cle]
    mesure = situee.mesure
    if demande is None or (demande.type, demande.unite) == (mesure.type, mesure.unite):
        if demande is not None and demande.libelle not in {mesure.libelle, ""}:
            message = f"le libellé de « {cle} » a changé depuis ce formulaire"
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
    for colonne in ("valeur", "numerateur", "denominateur", "etat", "commentaire", "reponse"):
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
                anomalies.extend(_stranger(retour, ligne, f"fiche inconnue : « {identifiant} »"))
            continue
        programme = dossier.programmes.get(retour.exercice, {}).get(fiche.id, ())
        champs = {c.cle: c for c in fields_of(QuestionFiche(fiche, programme))}
        for champ in lignes.keys() - champs.keys():
            constat = f"rubrique inconnue : « {champ} »"
            anomalies.extend(_stranger(retour, lignes[champ], constat))
        connues = {champ: lignes[champ] for champ in champs if champ in lignes}
        declaration, constats = read_declaration(connues, champs, dossier.contrat, retour.fichier)
        anomalies.extend(constats)
        if declaration is not None:
            yield fiche.id, declaration
