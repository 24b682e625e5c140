"""Les références d'une fiche existent : axe, objectif, organismes, parcours, décisions, mesures."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.anomalie import Lieu
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche
from clsmon.rules.connus import (
    knows_mesure,
    repeated,
    unknown_decisions,
    unknown_organismes,
)
from clsmon.rules.regle import Constat, unknown


def axe_connu(dossier: Dossier) -> Iterator[Constat]:
    """
    L'axe d'une fiche est un axe du contrat.

    Une fiche sans `axe` est admise : certains contrats n'en ont pas.

    Exemple :

        id: "3.1"
        axe: "33"

    Remède : écrivez l'identifiant d'un axe de data/contrat.yaml.
    """
    axes = [axe.id for axe in dossier.contrat.axes]
    for fiche in dossier.fiches:
        if fiche.axe is not None and fiche.axe not in axes:
            yield unknown(fiche.lieu("axe"), "axe inconnu du contrat", fiche.axe, axes)


def objectif_connu(dossier: Dossier) -> Iterator[Constat]:
    """
    L'objectif d'une fiche est un objectif de son axe.

    Exemple :

        axe: "1"
        objectif: "2.1"

    Remède : écrivez l'identifiant d'un objectif de l'axe, ou corrigez l'axe.
    """
    for fiche in dossier.fiches:
        objectifs = [
            objectif.id
            for axe in dossier.contrat.axes
            if fiche.axe in {None, axe.id}
            for objectif in axe.objectifs
        ]
        if fiche.objectif is not None and fiche.objectif not in objectifs:
            lieu = fiche.lieu("objectif")
            yield unknown(lieu, "objectif inconnu de cet axe", fiche.objectif, objectifs)


def organismes_de_la_fiche_connus(dossier: Dossier) -> Iterator[Constat]:
    """
    Tout organisme nommé par une fiche figure au registre du contrat.

    Sont regardés les porteurs, les répondants de la fiche et de ses mesures, et les
    cofinanceurs : ces codes décident de qui reçoit un formulaire.

    Exemple :

        suivi: {repondants: [apoo]}

    Remède : corrigez le code, ou ajoutez l'organisme dans data/contrat.yaml.
    """
    for fiche in dossier.fiches:
        yield from unknown_organismes(dossier, _named_by(fiche))


def _named_by(fiche: Fiche) -> Iterator[tuple[str, Lieu]]:
    for porteur in fiche.porteurs:
        if porteur.organisme:
            yield porteur.organisme, porteur.lieu("organisme")
    for ligne in fiche.financement:
        for cofinancement in ligne.cofinancements:
            if cofinancement.organisme:
                yield cofinancement.organisme, cofinancement.lieu("organisme")
    for rang, code in enumerate(fiche.suivi.repondants):
        yield code, fiche.lieu("suivi", "repondants", rang)
    for indicateur in fiche.indicateurs:
        for mesure in indicateur.mesures:
            for rang, code in enumerate(mesure.repondants):
                yield code, mesure.lieu("repondants", rang)


def parcours_connu(dossier: Dossier) -> Iterator[Constat]:
    """
    Le code d'un parcours figure au registre `parcours:` du contrat.

    Le registre réunit les graphies : « Santé mentale », « santé mentale et psychiatrie ».

    Exemple :

        liens:
          parcours: [{texte: Parcours Précarité, code: precarites}]

    Remède : corrigez le code, ou ajoutez le parcours dans data/contrat.yaml.
    """
    registre = dossier.contrat.parcours
    for fiche in dossier.fiches:
        for lien in fiche.liens.parcours:
            if lien.code and lien.code not in registre:
                yield unknown(lien.lieu("code"), "parcours inconnu du contrat", lien.code, registre)


def decisions_de_la_fiche_connues(dossier: Dossier) -> Iterator[Constat]:
    """
    Une décision nommée par une fiche a été prise dans une séance du dossier.

    L'ajout ou le retrait d'une fiche et chaque cible viennent d'une décision du COPIL
    (article 6), nommée « 2026-05-12-copil/D1 ».

    Exemple :

        cibles: [{annee: 2028, valeur: 23, decision: 2026-05-12-copil/D9}]

    Remède : corrigez le nom, ou écrivez la séance dans data/seances/.
    """
    for fiche in dossier.fiches:
        citees = [
            (getattr(fiche.vigueur, champ) or "", fiche.lieu("vigueur", champ))
            for champ in ("decision_debut", "decision_fin")
        ]
        citees += [
            (cible.decision, cible.lieu("decision"))
            for indicateur in fiche.indicateurs
            for mesure in indicateur.mesures
            for cible in mesure.cibles
        ]
        yield from unknown_decisions(dossier, citees)


def mesures_citees_connues(dossier: Dossier) -> Iterator[Constat]:
    """
    `partie_de` et `succede_a` nomment une mesure du dossier.

    Une mesure se nomme fiche/indicateur/mesure.

    Exemple :

        partie_de: 3.1/ecoles-classes/ecole

    Remède : recopiez la clé entière de la mesure visée.
    """
    for situee in dossier.mesures.values():
        for champ in ("partie_de", "succede_a"):
            cle = getattr(situee.mesure, champ)
            if cle is not None and not knows_mesure(dossier, cle):
                lieu = situee.mesure.lieu(champ)
                yield unknown(lieu, f"{champ} : mesure inconnue", cle, dossier.mesures)


def fiches_uniques(dossier: Dossier) -> Iterator[Constat]:
    """
    Un identifiant de fiche, actuel ou ancien, ne désigne qu'une fiche.

    Majuscules et minuscules ne comptent pas : « A3 » et « a3 » seraient un même fichier sous
    Windows.

    Exemple :

        # data/fiches/A3.yaml et data/fiches/a3.yaml

    Remède : changez l'un des identifiants, ou retirez l'ancien de trop.
    """
    cites = [(fiche.id, fiche.lieu("id")) for fiche in dossier.fiches]
    cites += [
        (ancien, fiche.lieu("anciens_ids", rang))
        for fiche in dossier.fiches
        for rang, ancien in enumerate(fiche.anciens_ids)
    ]
    for nom, lieu, premier in repeated(cites):
        message = f"identifiant de fiche en double : « {nom} », déjà dans {premier}"
        yield Constat(lieu, message, "donnez à chaque fiche son identifiant")


def indicateurs_uniques(dossier: Dossier) -> Iterator[Constat]:
    """
    Dans une fiche, chaque indicateur a son propre identifiant.

    Exemple :

        indicateurs:
          - {id: ecoles, libelle: Nombre d'écoles, mesures: […]}
          - {id: ecoles, libelle: Nombre de classes, mesures: […]}

    Remède : renommez l'un des deux avant qu'un formulaire ne parte.
    """
    for fiche in dossier.fiches:
        cites = [(i.id, i.lieu("id")) for i in fiche.indicateurs]
        for nom, lieu, premier in repeated(cites):
            message = f"indicateur en double : « {nom} », déjà à la ligne {premier.ligne}"
            yield Constat(lieu, message, "renommez l'un des deux")


def mesures_uniques(dossier: Dossier) -> Iterator[Constat]:
    """
    Dans un indicateur, chaque mesure a son propre identifiant.

    La clé fiche/indicateur/mesure ne doit désigner qu'une ligne du formulaire.

    Exemple :

        mesures:
          - {id: ecoles, libelle: Écoles, type: nombre, unite: écoles}
          - {id: ecoles, libelle: Classes, type: nombre, unite: classes}

    Remède : renommez l'une des deux avant qu'un formulaire ne parte.
    """
    for fiche in dossier.fiches:
        for indicateur in fiche.indicateurs:
            cites = [(m.id, m.lieu("id")) for m in indicateur.mesures]
            for nom, lieu, premier in repeated(cites):
                message = f"mesure en double : « {nom} », déjà à la ligne {premier.ligne}"
                yield Constat(lieu, message, "renommez l'une des deux")


def anciennes_cles_libres(dossier: Dossier) -> Iterator[Constat]:
    """
    Une ancienne clé ne désigne qu'une mesure, et n'est plus la clé d'aucune.

    Les relevés d'avant un renommage se lisent par elle : elle ne peut mener à deux mesures.

    Exemple :

        - {id: classes, anciennes_cles: [3.1/ecoles-classes/ecoles]}
        # alors que 3.1/ecoles-classes/ecoles existe toujours

    Remède : retirez l'ancienne clé de trop.
    """
    cites = [(cle, s.mesure.lieu("id")) for cle, s in dossier.mesures.items()]
    cites += [
        (ancienne, situee.mesure.lieu("anciennes_cles", rang))
        for situee in dossier.mesures.values()
        for rang, ancienne in enumerate(situee.mesure.anciennes_cles)
    ]
    for nom, lieu, premier in repeated(cites):
        message = f"ancienne clé « {nom} » déjà prise par la mesure de {premier}"
        yield Constat(lieu, message, "retirez-la de l'une des deux mesures")
