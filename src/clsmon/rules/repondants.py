"""Qui répond à une mesure, et comment plusieurs réponses se combinent."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.dossier import Dossier
from clsmon.model.fiche import StatutFiche
from clsmon.model.indicateur import Reponses
from clsmon.rules.regle import Constat


def mesure_avec_repondant(dossier: Dossier) -> Iterator[Constat]:
    """
    Chaque mesure demandée a quelqu'un qui y répond.

    Les répondants sont ceux de la mesure, sinon ceux de la fiche (`suivi.repondants`). Une
    mesure calculée n'en demande pas.

    Exemple :

        suivi: {frequence: annuelle, repondants: []}

    Remède : ajoutez le code d'un organisme à `suivi.repondants`.
    """
    for situee in dossier.mesures.values():
        programmee = situee.fiche.statut is not StatutFiche.A_PROGRAMMER
        if programmee and situee.mesure.calcul is None and not situee.repondants:
            yield Constat(
                situee.mesure.lieu("id"),
                f"personne ne répond à la mesure « {situee.cle} »",
                "ajoutez un organisme à suivi.repondants de la fiche, ou à la mesure",
            )


def repondants_avec_formulaire(dossier: Dossier) -> Iterator[Constat]:
    """
    Un répondant est un organisme qui reçoit un formulaire.

    Un organisme `collectif` (« Communes », « Bailleurs sociaux ») en réunit plusieurs et n'en
    reçoit pas.

    Exemple :

        suivi: {repondants: [communes]}

    Remède : nommez les organismes eux-mêmes.
    """
    organismes = dossier.contrat.organismes
    for fiche in dossier.fiches:
        cites = [
            (c, fiche.lieu("suivi", "repondants", r)) for r, c in enumerate(fiche.suivi.repondants)
        ]
        cites += [
            (code, mesure.lieu("repondants", rang))
            for indicateur in fiche.indicateurs
            for mesure in indicateur.mesures
            for rang, code in enumerate(mesure.repondants)
        ]
        for code, lieu in cites:
            if code in organismes and organismes[code].collectif:
                message = f"« {code} » est collectif et ne reçoit pas de formulaire"
                yield Constat(lieu, message, "nommez les organismes eux-mêmes")


def reponses_de_plusieurs(dossier: Dossier) -> Iterator[Constat]:
    """
    `reponses: somme` ou `separees` va à une mesure qui a plusieurs répondants.

    Avec un seul répondant, la clé ne fait rien : sans doute en manque-t-il un.

    Exemple :

        suivi: {repondants: [apo]}
        # … et sur une mesure :
        reponses: somme

    Remède : ajoutez les autres répondants, ou ôtez `reponses`.
    """
    for situee in dossier.mesures.values():
        mesure = situee.mesure
        if mesure.reponses is not Reponses.LECTURES and len(set(situee.repondants)) == 1:
            yield Constat(
                mesure.lieu("reponses"),
                f"reponses: {mesure.reponses}, mais un seul répondant : {situee.repondants[0]}",
                "ajoutez les autres répondants, ou ôtez reponses",
            )


def somme_de_quantites(dossier: Dossier) -> Iterator[Constat]:
    """
    Seules des quantités s'additionnent.

    Les textes, les choix et les oui ou non de plusieurs répondants se lisent l'un à côté de
    l'autre.

    Exemple :

        {id: types, libelle: Types d'actions, type: texte, reponses: somme}

    Remède : écrivez `reponses: separees`.
    """
    for situee in dossier.mesures.values():
        mesure = situee.mesure
        if mesure.reponses is Reponses.SOMME and not mesure.type.chiffre:
            yield Constat(
                mesure.lieu("reponses"),
                f"reponses: somme sur une mesure de type {mesure.type}",
                "écrivez reponses: separees",
            )
