"""La collecte d'un classeur « Séance » : tout s'enregistre, ou rien."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from clsmon.analysis.meeting import programme_for
from clsmon.analysis.wording import count, enumerate_words, short_date
from clsmon.convening.changes import Ecart, describe_changes
from clsmon.convening.merging import merge_meeting, merge_programme
from clsmon.convening.verifying import verify
from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.collecte import Collecte
from clsmon.model.dossier import Dossier
from clsmon.model.seance import EtatSeance, OrigineSeance, Seance
from clsmon.text.edited import (
    Programme,
    comments_of,
    meeting_mark,
    programme_mark,
    programme_path,
    reread_meeting,
    reread_programme,
    seance_path,
    with_meeting,
    with_programme,
)
from clsmon.text.store import to_yaml
from clsmon.workbooks.meeting.returned import RetourSeance, read_meeting
from clsmon.workbooks.reader.grid import Classeur
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.identity import Identite


@dataclass
class Depot:
    """Un classeur « Séance » que l'on enregistre : d'où il part, ce qu'il dit, ce qu'il donne."""

    dossier: Dossier
    identite: Identite
    collecte: Collecte
    jour: date
    retour: RetourSeance = field(default_factory=RetourSeance)

    @property
    def nom(self) -> str:
        """Le nom de la séance : « 2026-05-12-copil »."""
        return self.identite.objet

    @property
    def ancienne(self) -> Seance | None:
        """La séance que le dossier garde, s'il l'a déjà."""
        return next((s for s in self.dossier.seances if s.nom == self.nom), None)

    @property
    def annee(self) -> int | None:
        """L'année du programme que porte le classeur ; None quand elle n'est plus du contrat."""
        suivante = self.identite.exercice + 1
        return suivante if suivante in self.dossier.contrat.periode.exercices else None

    @property
    def ancien_programme(self) -> Programme:
        """Le programme que le dossier garde pour cette année."""
        return programme_for(self.dossier, self.annee)

    @property
    def marques(self) -> tuple[str, str]:
        """Les empreintes de ce que le dossier garde."""
        return meeting_mark(self.ancienne), programme_mark(self.ancien_programme)

    def refuse(self, code: str, message: str, conseil: str, lieu: Lieu | None = None) -> None:
        """Note ce qui empêche d'enregistrer."""
        place = lieu or Lieu(self.collecte.fichier)
        anomalie = Anomalie(place, code, Gravite.ERREUR, message, conseil)
        self.collecte.anomalies.append(anomalie)

    def warn(self, code: str, message: str, conseil: str) -> None:
        """Note ce qui est enregistré, et à confirmer."""
        lieu = Lieu(self.collecte.fichier)
        self.collecte.anomalies.append(Anomalie(lieu, code, Gravite.ALERTE, message, conseil))


def record_meeting(classeur: Classeur, depot: Depot) -> None:
    """
    Pose dans la collecte ce que le classeur fait écrire : la séance, et le programme qu'elle fixe.

    Une seule erreur, et rien n'est écrit : une séance ne s'enregistre pas à moitié. Un classeur
    déjà pris ne change plus rien.
    """
    collecte, ancienne = depot.collecte, depot.ancienne
    empreinte = sha256(collecte.octets).hexdigest()
    if ancienne and ancienne.origine and empreinte in ancienne.origine.classeurs:
        _accept(depot, ancienne)
        return
    depot.retour = read_meeting(classeur, depot.dossier, depot.nom, collecte.fichier)
    collecte.anomalies += depot.retour.anomalies
    if collecte.erreurs:
        return
    seance, programme = _merge(depot)
    marques = (meeting_mark(seance), programme_mark(programme))
    touches = (marques[0] != depot.marques[0], marques[1] != depot.marques[1])
    if not any(touches):
        _accept(depot, seance)
        return
    ecarts = describe_changes(
        depot.dossier.contrat, (ancienne, seance), (depot.ancien_programme, programme)
    )
    _check_base(depot, touches, ecarts)
    if collecte.erreurs:
        return
    _check_losses(depot, seance, programme)
    seance = seance.model_copy(update={"origine": _origin(depot, empreinte, marques, touches)})
    _prepare(depot, seance, programme if touches[1] else None)
    if not collecte.erreurs:
        collecte.ecarts = tuple(map(str, ecarts))
        collecte.nouveau = True
        _accept(depot, seance)


def _origin(
    depot: Depot, empreinte: str, marques: tuple[str, str], touches: tuple[bool, bool]
) -> OrigineSeance:
    """
    L'origine de la séance, ce classeur compris.

    Ce qu'il ne change pas reste tel que les siens l'ont laissé : ce qu'un autre y a écrit depuis
    n'est pas de lui.
    """
    base, avant = depot.identite.base, depot.ancienne.origine if depot.ancienne else None
    laisse = avant.contenu if avant and avant.base == base and len(avant.contenu) == 2 else base
    contenu = (marques[rang] if touches[rang] else laisse[rang] for rang in (0, 1))
    deja = avant.classeurs if avant else ()
    return OrigineSeance(classeurs=(*deja, empreinte), base=base, contenu=tuple(contenu))


def _accept(depot: Depot, seance: Seance) -> None:
    collecte = depot.collecte
    collecte.destination = seance_path(depot.nom)
    collecte.nom = depot.nom
    collecte.resume = summarize(seance)


def summarize(seance: Seance) -> str:
    """« séance du 12/05/2026 : 5 décisions, 20 présents sur 36 convoqués »."""
    dits = [count(len(seance.decisions), "décision")]
    if seance.etat is EtatSeance.PREVUE:
        points = count(len(seance.ordre_du_jour.points), "point")
        dits = ["prévue", f"{points} à l'ordre du jour", *(dits if seance.decisions else [])]
    elif seance.presents or seance.convoques:
        sur = f" sur {count(len(seance.convoques), 'convoqué')}" if seance.convoques else ""
        dits.append(f"{count(len(seance.presents), 'présent')}{sur}")
    return f"séance du {short_date(seance.date)} : {', '.join(dits)}"


def _merge(depot: Depot) -> tuple[Seance, Programme]:
    """La séance et le programme que dit le classeur ; une feuille intacte ne change rien."""
    identite, retour = depot.identite, depot.retour
    seance = merge_meeting(
        depot.ancienne, retour, identite.organisme, depot.jour, identite.exercice
    )
    programme = merge_programme(depot.ancien_programme, retour, depot.nom)
    if depot.annee is None or programme_mark(programme) == depot.identite.base[-1]:
        return seance, depot.ancien_programme
    if seance.etat is EtatSeance.PREVUE:
        if programme != depot.ancien_programme:
            depot.warn(
                "FOR039",
                "la feuille « Programme » n'est pas enregistrée : la séance est encore prévue",
                "Gardez ce classeur : passez la séance à « tenue » quand elle a fixé le programme, "
                "puis collectez-le de nouveau.",
            )
        return seance, depot.ancien_programme
    return seance, programme


def _check_base(depot: Depot, touches: tuple[bool, bool], ecarts: tuple[Ecart, ...]) -> None:
    """
    Ce qui a changé entre-temps n'est pas écrasé.

    `touches` : si le classeur change la séance, le programme. Il part de ce que le dossier garde,
    ou continue le même classeur sans que personne d'autre n'ait rien changé depuis.
    """
    base, marques = depot.identite.base, depot.marques
    anciens = [rang for rang in (0, 1) if touches[rang] and base[rang] != marques[rang]]
    if not anciens:
        return
    origine = depot.ancienne.origine if depot.ancienne else None
    laisse = origine.contenu if origine and origine.base == base else ()
    if len(laisse) == 2 and all(laisse[rang] == marques[rang] for rang in anciens):
        remplaces = [ecart.quoi for ecart in ecarts if ecart.avant]
        if remplaces:
            depot.warn(
                "FOR036",
                f"ce classeur remplace ce que disait le précédent : {enumerate_words(remplaces)}",
                "Vérifiez que c'est bien voulu : --dry-run montre l'ancien et le nouveau.",
            )
        return
    depot.collecte.sans_base = True
    quoi = f"le programme {depot.annee}" if anciens == [1] else "la séance"
    depot.refuse(
        "FOR034",
        f"{quoi} a changé dans le dossier depuis que ce classeur a été fait : rien n'est écrasé",
        f"Refaites le classeur (clsmon forms --seance {depot.nom}) : il contient ce que le dossier "
        "garde ; reportez-y ce qui manque.",
    )


def _check_losses(depot: Depot, seance: Seance, programme: Programme) -> None:
    """Une décision prise ne s'efface pas ; une action retirée, un commentaire perdu se disent."""
    ancienne = depot.ancienne
    if ancienne and ancienne.etat is EtatSeance.TENUE:
        gardees = {decision.id for decision in seance.decisions}
        perdues = [d.id for d in ancienne.decisions if d.id not in gardees]
        if perdues:
            depot.refuse(
                "FOR038",
                f"une décision prise ne s'efface pas : {enumerate_words(perdues)}",
                "Rétablissez sa ligne ; si elle n'a plus cours, son état est « abandonnée ».",
            )
    retirees = [
        f"{action.id} de la fiche {fiche}"
        for fiche, actions in depot.ancien_programme.items()
        for action in actions
        if action.id not in {a.id for a in programme.get(fiche, ())}
    ]
    if retirees:
        depot.warn(
            "FOR039",
            f"du programme {depot.annee} sont retirées les actions {enumerate_words(retirees)}",
            "Si c'est une erreur, rétablissez leur ligne et collectez de nouveau.",
        )


def _prepare(depot: Depot, seance: Seance, programme: Programme | None) -> None:
    """Les fichiers à écrire, relus et vérifiés par les règles comme s'ils étaient au dossier."""
    collecte, annee = depot.collecte, depot.annee
    fichiers = {seance_path(depot.nom): to_yaml(seance)}
    relue = reread_meeting(fichiers[seance_path(depot.nom)], depot.nom)
    if relue != seance:
        depot.refuse("FOR007", "ses textes ne tiennent pas dans un fichier", "Raccourcissez-les.")
        return
    apres = with_meeting(depot.dossier, relue)
    relu: Programme | None = None
    if programme is not None and annee is not None:
        fichiers[programme_path(annee)] = to_yaml(programme)
        relu = reread_programme(fichiers[programme_path(annee)], annee) if programme else {}
        if relu != programme:
            depot.refuse(
                "FOR007", "son programme ne tient pas dans un fichier", "Raccourcissez-le."
            )
            return
        apres = with_programme(apres, annee, relu)
        _require_decisions(depot, programme)
    collecte.anomalies += verify(depot.dossier, apres, depot.retour.places, (relue, relu))
    collecte.fichiers, collecte.apres = fichiers, apres
    for fichier in fichiers:
        _warn_comments(depot, fichier)


def _require_decisions(depot: Depot, programme: Programme) -> None:
    """Une action nouvelle dit la décision qui la fixe (article 3)."""
    for fiche, actions in programme.items():
        deja = {action.id for action in depot.ancien_programme.get(fiche, ())}
        for rang, action in enumerate(actions):
            if action.decision or action.id in deja:
                continue
            depot.refuse(
                "SAI037",
                f"action {action.id} de la fiche {fiche} sans décision : laquelle la fixe ?",
                "Écrivez D1, D2… de cette séance ; vide, c'est sa décision « programme annuel », "
                "si elle n'en a qu'une.",
                depot.retour.places["programme", fiche, rang, "decision"],
            )


def _warn_comments(depot: Depot, fichier: str) -> None:
    """Un fichier réécrit perd ses commentaires : chacun est dit, avec son texte."""
    chemin = depot.dossier.racine / fichier
    lignes = comments_of(chemin.read_bytes()) if chemin.is_file() else ()
    if lignes:
        dits = " ; ".join(f"ligne {numero} « {shorten(texte, 100)} »" for numero, texte in lignes)
        depot.warn(
            "FOR037",
            f"{fichier} est réécrit, ses commentaires n'y sont plus : {dits}",
            "Remettez-les s'ils servent encore ; git garde l'ancien fichier.",
        )
