"""Ce qu'une fiche dit d'elle-même : vigueur, argent, intitulés, textes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clsmon.model.dossier import Dossier
from clsmon.model.fiche import StatutFiche
from clsmon.model.noeud import Noeud
from clsmon.rules.regle import Constat

_SUSPECT = re.compile("[ÏÝ\ufb00-\ufb06\ufffd\u00ad]")
_BRUIT = re.compile("\\w*(?:[a-zß-öø-ÿœ]Ï|Ï[a-zß-öø-ÿœ]|Ý|[\ufb00-\ufb06\ufffd\u00ad])\\w*")


def vigueur_dans_l_ordre(dossier: Dossier) -> Iterator[Constat]:
    """
    Une fiche quitte la vigueur après y être entrée.

    Exemple :

        vigueur: {debut: 2026-01-01, fin: 2025-06-30}

    Remède : intervertissez les deux dates, ou corrigez l'année.
    """
    for fiche in dossier.fiches:
        debut, fin = fiche.vigueur.debut, fiche.vigueur.fin
        if debut and fin and fin < debut:
            yield Constat(
                fiche.lieu("vigueur", "fin"),
                f"la fiche {fiche.id} finit le {fin:%d/%m/%Y}, avant son début le {debut:%d/%m/%Y}",
                "intervertissez debut et fin, ou corrigez l'année",
            )


def vigueur_dans_le_contrat(dossier: Dossier) -> Iterator[Constat]:
    """
    Une fiche n'est en vigueur que pendant le contrat.

    Hors du contrat, elle ne serait jamais demandée, ou le serait trop tard. Une fiche qui suit
    la période du contrat laisse `vigueur` vide.

    Exemple :

        vigueur: {debut: 2031-01-01}

    Remède : corrigez la date, ou la période dans data/contrat.yaml.
    """
    periode = dossier.contrat.periode
    dernier = max(periode.fin, periode.date_fin.year)
    for fiche in dossier.fiches:
        for champ in ("debut", "fin"):
            jour = getattr(fiche.vigueur, champ)
            if jour and not periode.debut <= jour.year <= dernier:
                yield Constat(
                    fiche.lieu("vigueur", champ),
                    f"vigueur.{champ} le {jour:%d/%m/%Y}, hors du contrat "
                    f"({periode.debut}-{periode.fin})",
                    "corrigez la date, ou la période du contrat",
                )


def retrait_date_et_decide(dossier: Dossier) -> Iterator[Constat]:
    """
    Une fiche retirée dit quand et par quelle décision.

    Le retrait d'une fiche est une décision du COPIL (article 6). Sa date dit jusqu'à quel
    exercice elle est demandée et montrée.

    Exemple :

        statut: retiree
        vigueur: {fin: null, decision_fin: null}

    Remède : ajoutez `fin` et `decision_fin` sous `vigueur`.
    """
    for fiche in dossier.fiches:
        if fiche.statut is not StatutFiche.RETIREE:
            continue
        manques = [c for c in ("fin", "decision_fin") if not getattr(fiche.vigueur, c)]
        if manques:
            yield Constat(
                fiche.lieu("statut"),
                f"la fiche {fiche.id} est retirée sans vigueur.{' ni vigueur.'.join(manques)}",
                "ajoutez la date du retrait et le nom de la décision du COPIL",
            )


def fiche_a_programmer_sans_indicateur(dossier: Dossier) -> Iterator[Constat]:
    """
    Une fiche à programmer n'a pas encore d'indicateur.

    Rien n'en est demandé tant que le COPIL ne l'a pas programmée : un indicateur y serait
    oublié sans bruit.

    Exemple :

        statut: a_programmer
        indicateurs: [{id: installations, libelle: Installations, mesures: […]}]

    Remède : passez le statut à `programmee`, ou retirez les indicateurs.
    """
    for fiche in dossier.fiches:
        if fiche.statut is StatutFiche.A_PROGRAMMER and fiche.indicateurs:
            yield Constat(
                fiche.lieu("indicateurs", cle=True),
                f"la fiche {fiche.id} est à programmer : ses indicateurs ne seraient pas demandés",
                "passez le statut à programmee, ou retirez les indicateurs",
            )


def porteur_nomme(dossier: Dossier) -> Iterator[Constat]:
    """
    Un porteur est un organisme du registre, ou un texte quand personne n'est nommé.

    Exemple :

        porteurs: [{pour: Évaluation finale}]

    Remède : ajoutez `organisme: code`, ou `texte: à définir`.
    """
    for fiche in dossier.fiches:
        for porteur in fiche.porteurs:
            if not porteur.organisme and not porteur.texte.strip():
                message = f"la fiche {fiche.id} a un porteur sans organisme ni texte"
                yield Constat(
                    porteur.lieu(), message, "ajoutez « organisme: code » ou « texte: … »"
                )


def fiche_intitulee(dossier: Dossier) -> Iterator[Constat]:
    """
    La fiche, ses indicateurs et ses mesures ont un intitulé.

    C'est par lui qu'un partenaire reconnaît ce qu'on lui demande.

    Exemple :

        - {id: ecoles, libelle: "", type: nombre, unite: écoles}

    Remède : recopiez l'intitulé du contrat.
    """
    for fiche in dossier.fiches:
        intitules = [(fiche.titre, fiche.lieu("titre"))]
        for indicateur in fiche.indicateurs:
            intitules.append((indicateur.libelle, indicateur.lieu("libelle")))
            intitules += [(m.libelle, m.lieu("libelle")) for m in indicateur.mesures]
        for texte, lieu in intitules:
            if not texte.strip():
                yield Constat(lieu, "intitulé vide", "recopiez l'intitulé du contrat")


def montants_positifs(dossier: Dossier) -> Iterator[Constat]:
    """
    Un montant prévisionnel et sa durée ne sont pas négatifs.

    Les montants sont en euros, les durées en années.

    Exemple :

        financement: [{montant: -30000, portee: ars}]

    Remède : ôtez le signe moins.
    """
    for fiche in dossier.fiches:
        for ligne in fiche.financement:
            for champ in ("montant", "duree_ans"):
                valeur = getattr(ligne, champ)
                if valeur is not None and valeur < 0:
                    yield Constat(
                        ligne.lieu(champ), f"{champ} négatif : {valeur}", "ôtez le signe moins"
                    )


def taux_ars_possible(dossier: Dossier) -> Iterator[Constat]:
    """
    Un taux d'intervention de l'ARS va de 0 à 100 %, et ne dépasse pas son maximum.

    Exemple :

        financement: [{montant: 30000, taux_ars: 60, taux_ars_maximum: 50}]

    Remède : recopiez le taux de la fiche, en points de pourcentage.
    """
    for fiche in dossier.fiches:
        for ligne in fiche.financement:
            for champ in ("taux_ars", "taux_ars_maximum"):
                taux = getattr(ligne, champ)
                if taux is not None and not 0 <= taux <= 100:
                    message = f"{champ} impossible : {taux} %"
                    yield Constat(ligne.lieu(champ), message, "écrivez un taux de 0 à 100")
            taux, maximum = ligne.taux_ars, ligne.taux_ars_maximum
            if taux is not None and maximum is not None and taux > maximum:
                yield Constat(
                    ligne.lieu("taux_ars"),
                    f"taux ARS de {taux} %, au-dessus de son maximum de {maximum} %",
                    "recopiez les deux taux de la fiche",
                )


def texte_du_contrat_propre(dossier: Dossier) -> Iterator[Constat]:
    """
    Le texte de data/contrat.yaml ne garde pas de bruit de lecture du PDF.

    Sont cherchés « Ï » au milieu d'un mot en minuscules, « Ý », les ligatures d'imprimerie et
    les caractères de remplacement.

    Exemple :

        titre: AccÏs aux droits et aux soins

    Remède : relisez le passage dans le contrat et corrigez-le.
    """
    yield from _noise(dossier.contrat)


def texte_de_la_fiche_propre(dossier: Dossier) -> Iterator[Constat]:
    """
    Le texte d'une fiche ne garde pas de bruit de lecture du PDF.

    Sont cherchés « Ï » au milieu d'un mot en minuscules, « Ý », les ligatures d'imprimerie et
    les caractères de remplacement.

    Exemple :

        titre: Prévenir les conduites addictives en milieu festÏf

    Remède : relisez le passage dans le contrat et corrigez-le.
    """
    for fiche in dossier.fiches:
        yield from _noise(fiche)


def _noise(noeud: Noeud) -> Iterator[Constat]:
    for chemin, texte in noeud.textes():
        if _SUSPECT.search(texte) and (bruit := _BRUIT.search(texte)):
            message = f"bruit de lecture du PDF : « {bruit.group()} »"
            yield Constat(noeud.lieu(*chemin), message, "relisez ce passage dans le contrat")
