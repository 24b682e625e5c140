"""Ce qui autorise un changement : la décision ou l'avenant qui le couvre, sinon ce qui manque."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from clsmon.analysis.revisions.members import signers_of
from clsmon.analysis.revisions.wording import reduce_text
from clsmon.analysis.wording import enumerate_words, of_pilot, short_date
from clsmon.model.dossier import Dossier
from clsmon.model.revision import Besoin, Changement
from clsmon.model.seance import (
    Avenant,
    Decision,
    EtatDecision,
    EtatSeance,
    NatureAvenant,
    NatureDecision,
    Seance,
)


@dataclass(frozen=True)
class Verdict:
    """Ce que vaut une décision ou un avenant pour un changement ; sans faute, il le couvre."""

    nom: str
    code: str = ""
    faute: str = ""
    seance: Seance | None = None
    avenant: Avenant | None = None


def judge(avant: Dossier, apres: Dossier, changement: Changement) -> Changement:
    """Le changement avec ce qui le couvre, ou avec ce qui lui manque."""
    verdict = find_verdict(avant, apres, changement)
    if verdict is None or changement.besoin is None:
        return changement
    if changement.bloque:
        manque = " ; ".join(filter(None, (changement.manque, verdict.faute)))
        return replace(changement, manque=manque)
    if not verdict.code:
        genre = "décision " if verdict.seance else ""
        return replace(changement, couverture=f"{genre}{verdict.nom}")
    return replace(changement, code=verdict.code, manque=verdict.faute)


def find_verdict(avant: Dossier, apres: Dossier, changement: Changement) -> Verdict | None:
    """Le meilleur verdict sur ce que le changement demande ; None s'il ne demande rien."""
    besoin = changement.besoin
    if besoin is None:
        return None
    en_avenant = isinstance(besoin.nature, NatureAvenant)
    verdicts = _avenants(avant, apres, besoin) if en_avenant else _decisions(avant, apres, besoin)
    candidats = list(verdicts)
    absent = Verdict("", changement.code, f"il manque {_wanted(apres, besoin)}")
    return min(candidats, key=_gravity, default=absent)


def _gravity(verdict: Verdict) -> int:
    return ("", "REV004", "REV014", "REV006").index(verdict.code)


def _wanted(apres: Dossier, besoin: Besoin) -> str:
    """« la décision du COPIL (retrait_fiche, article 6) »."""
    source = "article 6" if besoin.article else "exigence de l'outil"
    qui = of_pilot(apres.contrat)
    if isinstance(besoin.nature, NatureAvenant):
        return f"l'avenant « {besoin.nature} » signé par tous les membres {qui} ({source})"
    return f"la décision {qui} « {besoin.nature} » ({source})"


def _decisions(avant: Dossier, apres: Dossier, besoin: Besoin) -> Iterator[Verdict]:
    for nom, (seance, decision) in apres.decisions.items():
        if _bears_on(avant, apres, besoin, nom, decision):
            code, faute = next(_faults(avant, apres, besoin, nom), ("", ""))
            phrase = f"la décision {nom} {faute}" if faute else ""
            yield Verdict(nom, code, phrase, seance)


def _bears_on(avant: Dossier, apres: Dossier, besoin: Besoin, nom: str, decision: Decision) -> bool:
    if decision.nature is not besoin.nature or besoin.nommee not in {None, nom}:
        return False
    if besoin.nature is NatureDecision.PROGRAMME:
        return True
    if besoin.nature is NatureDecision.CIBLE:
        fixee = (apres.cles_actuelles.get(decision.objet), decision.annee, decision.valeur)
        return fixee == (besoin.objet, besoin.annee, besoin.valeur)
    fiche = apres.fiche.get(decision.objet) or avant.fiche.get(decision.objet)
    voulue = apres.fiche.get(besoin.objet) or avant.fiche.get(besoin.objet)
    return fiche is not None and fiche is voulue


def _faults(avant: Dossier, apres: Dossier, besoin: Besoin, nom: str) -> Iterator[tuple[str, str]]:
    """Pourquoi une décision ne vaut pas, la raison la plus grave d'abord : (code, phrase)."""
    seance, decision = apres.decisions[nom]
    pilote, deja = apres.contrat.pilote, avant.decisions.get(nom)
    if pilote is not None and seance.instance != pilote:
        yield "REV006", f"est de l'instance « {seance.instance} », et non de « {pilote} »"
    if decision.etat is EtatDecision.ABANDONNEE:
        yield "REV006", "est abandonnée"
    if seance.etat is not EtatSeance.TENUE:
        yield "REV006", "est d'une séance qui n'est que prévue"
    appliquee = deja is not None and deja[1].etat is EtatDecision.REALISEE
    if appliquee and besoin.nature is NatureDecision.MODIFICATION_FICHE:
        yield "REV006", "était déjà réalisée : elle a servi à un autre changement"
    effet, voulu = decision.effet_le, besoin.effet_le
    if effet and voulu and effet != voulu:
        yield "REV006", f"prend effet le {short_date(effet)}, et non le {short_date(voulu)}"
    if besoin.annonce:
        yield from _agenda_faults(seance)


def _agenda_faults(seance: Seance) -> Iterator[tuple[str, str]]:
    envoi = seance.ordre_du_jour.envoye_le
    if envoi is None:
        yield "REV004", "est prise sans la date d'envoi de l'ordre du jour (article 6)"
    elif envoi >= seance.date:
        yield (
            "REV004",
            (
                f"est à un ordre du jour envoyé le {short_date(envoi)}, et non avant la séance du "
                f"{short_date(seance.date)} (article 6)"
            ),
        )


def find_silent_agendas(
    avant: Dossier, apres: Dossier, changements: Sequence[Changement]
) -> Iterator[Changement]:
    """Les ordres du jour envoyés à temps dont aucun point ne nomme la fiche."""
    for changement in changements:
        besoin = changement.besoin
        if not (besoin and besoin.annonce and changement.couverture):
            continue
        verdict = find_verdict(avant, apres, changement)
        fiche = apres.fiche.get(besoin.objet)
        if verdict is None or verdict.seance is None or fiche is None:
            continue
        points = [reduce_text(point) for point in verdict.seance.ordre_du_jour.points]
        noms = {reduce_text(nom) for nom in (fiche.id, fiche.titre, *fiche.anciens_ids)}
        if points and not any(nom in point for nom in noms for point in points):
            seance = verdict.seance.nom
            message = f"l'ordre du jour de la séance {seance} ne nomme pas la fiche {fiche.nom}"
            lieu = verdict.seance.ordre_du_jour.lieu("points")
            yield Changement("REV005", lieu, message, "", besoin)


def _avenants(avant: Dossier, apres: Dossier, besoin: Besoin) -> Iterator[Verdict]:
    signataires = signers_of(avant, apres)
    for avenant in apres.avenants:
        vise = not avenant.porte_sur or besoin.objet in avenant.porte_sur
        if avenant.nature is not besoin.nature or not vise:
            continue
        faute = _avenant_fault(avant, apres, avenant, signataires)
        sujet = f"avenant n° {avenant.numero}"
        phrase = f"l'{sujet} {faute}" if faute else ""
        yield Verdict(sujet, "REV014" if faute else "", phrase, avenant=avenant)


def _avenant_fault(
    avant: Dossier, apres: Dossier, avenant: Avenant, signataires: Sequence[str]
) -> str:
    absents = [apres.contrat.nom_court(c) for c in signataires if c not in avenant.signataires]
    fautes = []
    if avenant.signe_le is None:
        fautes.append("n'est pas signé : sa date de signature manque")
    if absents:
        fautes.append(f"n'est pas signé par tous : manquent {enumerate_words(absents)}")
    if not fautes and not avenant.porte_sur and _already_signed(avant, avenant):
        fautes.append("était déjà signé et ne dit pas sur quoi il porte (porte_sur)")
    return " ; ".join(fautes)


def _already_signed(avant: Dossier, avenant: Avenant) -> bool:
    return any(a.numero == avenant.numero and a.signe_le is not None for a in avant.avenants)
