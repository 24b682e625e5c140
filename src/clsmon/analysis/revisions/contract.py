"""Ce qui change dans `data/contrat.yaml` : axes, orientations, partenaires, durée et le reste."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clsmon.analysis.revisions.wording import describe_gap, quote_pair, same_text
from clsmon.model.anomalie import Lieu
from clsmon.model.contrat import Axe, Contrat, NatureContrat, Objectif
from clsmon.model.noeud import Noeud
from clsmon.model.revision import Besoin, Changement
from clsmon.model.seance import NatureAvenant

RUBRIQUES = {
    "titre": "titre du contrat",
    "nature": "nature du contrat",
    "territoire": "territoire",
    "instances": "instances",
    "regles": "règles",
}
"""Ce que l'article 6 ne nomme pas, et qui se dit."""


def compare_contracts(avant: Contrat, apres: Contrat) -> Iterator[Changement]:
    """Les changements du contrat lui-même ; l'article 6 n'oblige que la version d'un CLS."""
    article = avant.nature is NatureContrat.CLS
    yield from _axes(avant, apres, article)
    yield from _parties(avant, apres, article)
    yield from _duration(avant, apres, article)
    yield from _rest(avant, apres)


def match_axes(avant: Contrat, apres: Contrat) -> dict[str, Axe]:
    """De l'identifiant d'un axe d'avant à l'axe d'après : le même, ou le même titre renuméroté."""
    restants = {axe.id: axe for axe in apres.axes}
    trouves = {axe.id: restants.pop(axe.id) for axe in avant.axes if axe.id in restants}
    for axe in avant.axes:
        memes = [a for a in restants.values() if same_text(a.titre, axe.titre)]
        if axe.id not in trouves and memes:
            trouves[axe.id] = restants.pop(memes[0].id)
    return trouves


def _avenant(nature: NatureAvenant, objet: str, texte: str, *, article: bool) -> Besoin:
    return Besoin(nature, objet, texte, article=article)


def _axes(avant: Contrat, apres: Contrat, article: bool) -> Iterator[Changement]:
    trouves = match_axes(avant, apres)
    anciens = {axe.id: ancien for ancien in avant.axes if (axe := trouves.get(ancien.id))}
    for axe in avant.axes:
        if axe.id not in trouves:
            besoin = _avenant(
                NatureAvenant.AXE, axe.id, f"Suppression de l’axe {axe.id}", article=False
            )
            message = f"axe {axe.id} supprimé : « {axe.titre} »"
            lieu = apres.lieu("axes", cle=True)
            yield Changement("REV010", lieu, message, f"axes/{axe.id}", besoin)
    for axe in apres.axes:
        if axe.id not in anciens:
            texte = f"Nouvel axe {axe.id}, {axe.titre}"
            besoin = _avenant(NatureAvenant.AXE, axe.id, texte, article=article)
            message = f"nouvel axe {axe.id} : « {axe.titre} »"
            yield Changement("REV010", axe.lieu("id"), message, f"axes/{axe.id}", besoin)
        else:
            yield from _one_axis(anciens[axe.id], axe, article)


def _one_axis(avant: Axe, apres: Axe, article: bool) -> Iterator[Changement]:
    if avant.id != apres.id:
        message = f"axe « {apres.titre} » renuméroté : {avant.id} → {apres.id}"
        yield Changement("REV034", apres.lieu("id"), message, f"axes/{apres.id}/id")
    nom = f"axe {apres.id}"
    yield from _orientation(avant, apres, nom, f"axes/{apres.id}", article)
    anciens = {objectif.id: objectif for objectif in avant.objectifs}
    for objectif in apres.objectifs:
        nom = f"objectif {objectif.id} de l'axe {apres.id}"
        chemin = f"axes/{apres.id}/objectifs/{objectif.id}"
        if objectif.id in anciens:
            yield from _orientation(anciens.pop(objectif.id), objectif, nom, chemin, article)
            continue
        texte = f"Nouvel objectif {objectif.id} de l’axe {apres.id}"
        besoin = _avenant(NatureAvenant.ORIENTATION, objectif.id, texte, article=article)
        message = f"nouvel {nom} : « {objectif.titre} »"
        yield Changement("REV011", objectif.lieu("id"), message, chemin, besoin)
    for objectif in anciens.values():
        texte = f"Suppression de l’objectif {objectif.id} de l’axe {apres.id}"
        besoin = _avenant(NatureAvenant.ORIENTATION, objectif.id, texte, article=False)
        message = f"objectif {objectif.id} de l'axe {apres.id} supprimé : « {objectif.titre} »"
        chemin = f"axes/{apres.id}/objectifs/{objectif.id}"
        yield Changement("REV011", apres.lieu("objectifs", cle=True), message, chemin, besoin)


def _orientation(
    avant: Axe | Objectif, apres: Axe | Objectif, nom: str, chemin: str, article: bool
) -> Iterator[Changement]:
    for champ in ("titre", "texte"):
        ancien, nouveau = getattr(avant, champ), getattr(apres, champ)
        if not same_text(ancien, nouveau):
            besoin = _avenant(
                NatureAvenant.ORIENTATION, apres.id, f"Modification de l’{nom}", article=article
            )
            message = f"{champ} de l'{nom} : {quote_pair(ancien, nouveau)}"
            yield Changement("REV011", apres.lieu(champ), message, f"{chemin}/{champ}", besoin)


def _parties(avant: Contrat, apres: Contrat, article: bool) -> Iterator[Changement]:
    """Un partenaire est une partie de l'article 1 : un signataire, non l'organisme cité."""
    actuels = {a: code for code, o in apres.organismes.items() for a in o.anciens_codes}
    anciens = {actuels.get(code, code): (code, o) for code, o in avant.signataires.items()}
    for code, organisme in apres.signataires.items():
        chemin = f"organismes/{code}"
        if code not in anciens:
            besoin = _avenant(
                NatureAvenant.PARTENAIRE, code, f"Entrée de : {organisme.nom}", article=article
            )
            message = f"nouveau partenaire, partie au contrat : {organisme.nom} ({code})"
            yield Changement("REV012", organisme.lieu("signataire"), message, chemin, besoin)
            continue
        ancien_code, ancien = anciens[code]
        if ancien_code != code:
            message = f"organisme « {organisme.nom_court} » recodé : {ancien_code} → {code}"
            lieu = apres.lieu("organismes", code, cle=True)
            yield Changement("REV034", lieu, message, f"{chemin}/code")
        if not same_text(ancien.nom, organisme.nom):
            message = f"nom d'une partie : {quote_pair(ancien.nom, organisme.nom)}"
            yield Changement("REV031", organisme.lieu("nom"), message, f"{chemin}/nom")
    for code, (_, organisme) in anciens.items():
        if code not in apres.signataires:
            besoin = _avenant(
                NatureAvenant.PARTENAIRE, code, f"Départ de : {organisme.nom}", article=False
            )
            message = f"n'est plus partie au contrat : {organisme.nom} ({code})"
            lieu = _party_place(apres, code)
            yield Changement("REV012", lieu, message, f"organismes/{code}", besoin)


def _party_place(contrat: Contrat, code: str) -> Lieu:
    """La ligne de l'organisme s'il est resté au registre, sinon le registre."""
    chemin = ("organismes", code) if code in contrat.organismes else ("organismes",)
    return contrat.lieu(*chemin, cle=True)


def _duration(avant: Contrat, apres: Contrat, article: bool) -> Iterator[Changement]:
    ancienne, nouvelle = avant.periode, apres.periode
    message = f"période du contrat : {_span(avant)} → {_span(apres)}"
    if ancienne == nouvelle:
        return
    completee = (
        (ancienne.debut, ancienne.fin) == (nouvelle.debut, nouvelle.fin)
        and ancienne.duree_ans in {None, nouvelle.duree_ans}
        and ancienne.signature in {None, nouvelle.signature}
    )
    if completee:
        yield Changement("REV031", apres.lieu("periode", cle=True), message, "periode")
        return
    prolonge = (nouvelle.fin, nouvelle.date_fin) > (ancienne.fin, ancienne.date_fin)
    champ = next(
        c
        for c in ("fin", "duree_ans", "debut", "signature")
        if getattr(ancienne, c) != getattr(nouvelle, c)
    )
    texte = f"Durée du contrat portée jusqu’en {nouvelle.fin}"
    besoin = _avenant(NatureAvenant.DUREE, str(nouvelle.fin), texte, article=article and prolonge)
    yield Changement("REV013", apres.lieu("periode", champ), message, f"periode/{champ}", besoin)


def _span(contrat: Contrat) -> str:
    periode = contrat.periode
    precisions = [f"{periode.debut}-{periode.fin}"]
    precisions += [f"{periode.duree_ans} ans"] if periode.duree_ans is not None else []
    precisions += [f"signé le {periode.signature:%d/%m/%Y}"] if periode.signature else []
    return ", ".join(precisions)


def _rest(avant: Contrat, apres: Contrat) -> Iterator[Changement]:
    for champ, nom in RUBRIQUES.items():
        ecart = describe_gap(content_of(getattr(avant, champ)), content_of(getattr(apres, champ)))
        if ecart:
            yield Changement("REV031", apres.lieu(champ), f"{nom} : {ecart}", champ)


def content_of(element: Any) -> Any:
    """Un élément du modèle en textes, nombres, listes et ensembles de clés."""
    if isinstance(element, Noeud):
        return element.model_dump()
    if isinstance(element, dict):
        return {cle: content_of(valeur) for cle, valeur in element.items()}
    if isinstance(element, list | tuple):
        return [content_of(valeur) for valeur in element]
    return element
