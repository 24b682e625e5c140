"""Ce qui change dans les fiches : ajout, retrait, vigueur, et leur texte."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clsmon.analysis.revisions.contract import content_of, match_axes
from clsmon.analysis.revisions.wording import describe_gap
from clsmon.model.anomalie import Lieu
from clsmon.model.contrat import NatureContrat
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche, StatutFiche
from clsmon.model.revision import Besoin, Changement
from clsmon.model.seance import NatureDecision

TEXTES = {
    "titre": "titre",
    "sous_titre": "sous-titre",
    "objectif": "objectif",
    "objectifs": "objectifs",
    "porteurs": "porteurs",
    "porteurs_texte": "porteurs",
    "partenaires": "partenaires",
    "population": "population",
    "territoire": "territoire",
    "resultats_attendus": "résultats attendus",
    "calendrier": "calendrier",
    "financement": "financement",
    "liens": "liens",
}
"""Le texte du contrat, verbatim : il se dit. Résumés, notes et choix de travail, non."""

RETABLIR = "rétablissez-le, avec statut: retiree et sa date de fin"
_SUIVI = ("valeur_initiale_texte", "frequence", "source", "responsable")


def match_fiches(avant: Dossier, apres: Dossier) -> list[tuple[Fiche, Fiche]]:
    """Chaque fiche d'après avec celle d'avant : le même identifiant, ou un ancien."""
    couples = []
    for fiche in apres.fiches:
        anciens = (avant.fiche.get(nom) for nom in (fiche.id, *fiche.anciens_ids))
        if ancienne := next(filter(None, anciens), None):
            couples.append((ancienne, fiche))
    return couples


def compare_fiches(avant: Dossier, apres: Dossier) -> Iterator[Changement]:
    """Les changements des fiches, hors de leurs indicateurs."""
    couples = match_fiches(avant, apres)
    article = avant.contrat.nature is NatureContrat.CLS
    gardees = {ancienne.id for ancienne, _ in couples}
    nouvelles = {fiche.id for _, fiche in couples}
    for fiche in avant.fiches:
        # A file that does not load is the business of « validate », not a withdrawal.
        if fiche.id not in gardees and f"data/fiches/{fiche.id}.yaml" not in apres.illisibles:
            besoin = _withdrawal(fiche, None, article)
            message = f"le fichier de la fiche {fiche.nom} est supprimé"
            lieu = Lieu(fiche.lieu().fichier, 1, 1)
            yield Changement(
                "REV003", lieu, message, f"fiches/{fiche.id}", besoin, True, manque=RETABLIR
            )
    for fiche in apres.fiches:
        if fiche.id not in nouvelles:
            message = f"fiche {fiche.nom} ajoutée"
            besoin = _addition(fiche, f"Ajout de la fiche {fiche.nom}", article)
            yield Changement("REV001", fiche.lieu("id"), message, f"fiches/{fiche.id}", besoin)
    axes = {ancien: axe.id for ancien, axe in match_axes(avant.contrat, apres.contrat).items()}
    for ancienne, fiche in couples:
        yield from _standing(ancienne, fiche, article)
        yield from _texts(ancienne, fiche, axes)


def _addition(fiche: Fiche, texte: str, article: bool) -> Besoin:
    return Besoin(
        NatureDecision.AJOUT_FICHE,
        fiche.id,
        texte,
        article=article,
        annonce=article,
        effet_le=fiche.vigueur.debut,
    )


def _withdrawal(fiche: Fiche, fin: date | None, article: bool) -> Besoin:
    return Besoin(
        NatureDecision.RETRAIT_FICHE,
        fiche.id,
        f"Retrait de la fiche {fiche.nom}",
        article=article,
        annonce=article,
        effet_le=fin,
    )


def _standing(avant: Fiche, apres: Fiche, article: bool) -> Iterator[Changement]:
    """Le statut et la vigueur : au plus une entrée et une sortie."""
    fin, debut = apres.vigueur.fin, apres.vigueur.debut
    if _leaves(apres) and (not _leaves(avant) or avant.vigueur.fin != fin):
        quand = f" le {fin:%d/%m/%Y}" if fin else ""
        depuis = avant.vigueur.fin
        au_lieu = f", et non plus le {depuis:%d/%m/%Y}" if depuis else ""
        message = f"fiche {apres.nom} retirée{quand}{au_lieu}"
        champ = "fin" if fin else "statut"
        lieu = apres.lieu("vigueur", "fin") if fin else apres.lieu("statut")
        yield Changement("REV002", lieu, message, champ, _withdrawal(apres, fin, article))
    elif _leaves(avant) and not _leaves(apres):
        yield _entry(apres, "statut", "rétablie", "Rétablissement", article)
    elif (avant.statut, apres.statut) == (StatutFiche.A_PROGRAMMER, StatutFiche.PROGRAMMEE):
        yield _entry(apres, "statut", "programmée, qui n'était qu'un titre", "Ajout", article)
    elif (avant.statut, apres.statut) == (StatutFiche.PROGRAMMEE, StatutFiche.A_PROGRAMMER):
        message = f"fiche {apres.nom} ramenée à un titre, à programmer"
        besoin = _withdrawal(apres, None, article)
        yield Changement("REV002", apres.lieu("statut"), message, "statut", besoin)
    if avant.vigueur.debut != debut:
        quand = f"le {debut:%d/%m/%Y}" if debut else "avec le contrat"
        yield _entry(apres, "vigueur", f"en vigueur {quand}", "Entrée en vigueur", article)


def _entry(fiche: Fiche, champ: str, etat: str, texte: str, article: bool) -> Changement:
    besoin = _addition(fiche, f"{texte} de la fiche {fiche.nom}", article)
    message = f"fiche {fiche.nom} {etat}"
    return Changement("REV001", fiche.lieu(champ), message, champ, besoin)


def _leaves(fiche: Fiche) -> bool:
    return fiche.statut is StatutFiche.RETIREE or fiche.vigueur.fin is not None


def _texts(avant: Fiche, apres: Fiche, axes: dict[str, str]) -> Iterator[Changement]:
    if avant.id != apres.id:
        message = f"fiche « {apres.titre} » renumérotée : {avant.id} → {apres.id}"
        yield Changement("REV034", apres.lieu("id"), message, "id")
    if axes.get(avant.axe or "", avant.axe) != apres.axe:
        message = f"fiche {apres.id}, axe : {avant.axe or 'aucun'} → {apres.axe or 'aucun'}"
        yield Changement("REV030", apres.lieu("axe"), message, "axe")
    for champ, nom in TEXTES.items():
        ecart = describe_gap(content_of(getattr(avant, champ)), content_of(getattr(apres, champ)))
        if ecart:
            message = f"fiche {apres.id}, {nom} : {ecart}"
            yield Changement("REV030", apres.lieu(champ), message, champ)
    ancien, nouveau = ({c: getattr(f.suivi, c) for c in _SUIVI} for f in (avant, apres))
    if ecart := describe_gap(ancien, nouveau):
        message = f"fiche {apres.id}, rubrique de suivi : {ecart}"
        yield Changement("REV030", apres.lieu("suivi"), message, "suivi")
