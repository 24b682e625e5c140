"""Les nombres et les années d'une mesure : bornes, cibles, période."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from clsmon.model.anomalie import Lieu
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.indicateur import Sens
from clsmon.rules.connus import repeated
from clsmon.rules.regle import Constat


def bornes_dans_l_ordre(dossier: Dossier) -> Iterator[Constat]:
    """
    Le minimum plausible d'une mesure ne dépasse pas son maximum.

    Au-delà de ces bornes, une réponse est mise en doute, non refusée.

    Exemple :

        {id: ecoles, type: nombre, unite: écoles, minimum: 50, maximum: 5}

    Remède : intervertissez les deux bornes.
    """
    for situee in dossier.mesures.values():
        mesure = situee.mesure
        minimum, maximum = mesure.minimum, mesure.maximum
        if minimum is not None and maximum is not None and minimum > maximum:
            yield Constat(
                mesure.lieu("minimum"),
                f"minimum {minimum}, au-dessus du maximum {maximum}",
                "intervertissez les deux bornes",
            )


def cible_dans_les_bornes(dossier: Dossier) -> Iterator[Constat]:
    """
    Une cible et la valeur initiale sont dans les bornes plausibles de leur mesure.

    Sinon, atteindre la cible serait mis en doute à chaque formulaire.

    Exemple :

        maximum: 20
        cibles: [{annee: 2028, valeur: 23, decision: 2026-05-12-copil/D3}]

    Remède : élargissez la borne, ou corrigez la valeur.
    """
    for situee in dossier.mesures.values():
        mesure = situee.mesure
        valeurs = [("cible", c.valeur, c.lieu("valeur")) for c in mesure.cibles]
        if mesure.valeur_initiale:
            depart = mesure.valeur_initiale
            valeurs.append(("valeur initiale", depart.valeur, depart.lieu("valeur")))
        for quoi, valeur, lieu in valeurs:
            trop_bas = mesure.minimum is not None and valeur < mesure.minimum
            trop_haut = mesure.maximum is not None and valeur > mesure.maximum
            if trop_bas or trop_haut:
                borne = f"minimum {mesure.minimum}" if trop_bas else f"maximum {mesure.maximum}"
                message = f"{quoi} {valeur}, au-delà du {borne} de la mesure"
                yield Constat(lieu, message, "élargissez la borne, ou corrigez la valeur")


def cible_du_bon_cote(dossier: Dossier) -> Iterator[Constat]:
    """
    La cible est au-dessus de la valeur initiale si l'on vise une hausse, au-dessous sinon.

    `sens` dit ce qui est souhaité : hausse, baisse, ou stable (la cible vaut alors la valeur
    initiale). Sans `sens` ou sans valeur initiale, rien n'est vérifié.

    Exemple :

        sens: hausse
        valeur_initiale: {valeur: 12}
        cibles: [{annee: 2028, valeur: 10, decision: 2026-05-12-copil/D3}]

    Remède : corrigez `sens`, la cible ou la valeur initiale.
    """
    for situee in dossier.mesures.values():
        mesure, depart = situee.mesure, situee.mesure.valeur_initiale
        if mesure.sens is None or depart is None:
            continue
        for cible in mesure.cibles:
            if not _agrees(mesure.sens, cible.valeur - depart.valeur):
                yield Constat(
                    cible.lieu("valeur"),
                    f"cible {cible.valeur} pour une valeur initiale de {depart.valeur}, "
                    f"alors que le sens souhaité est « {mesure.sens} »",
                    "corrigez le sens, la cible ou la valeur initiale",
                )


def _agrees(sens: Sens, ecart: Decimal) -> bool:
    return {Sens.HAUSSE: ecart > 0, Sens.BAISSE: ecart < 0, Sens.STABLE: ecart == 0}[sens]


def cible_decidee(dossier: Dossier) -> Iterator[Constat]:
    """
    Chaque cible vient d'une décision du COPIL.

    Le contrat ne fixe pas de cible ; seul le COPIL peut en ajouter une, datée.

    Exemple :

        cibles: [{annee: 2028, valeur: 23}]

    Remède : ajoutez `decision: 2026-05-12-copil/D3`.
    """
    for situee in dossier.mesures.values():
        for cible in situee.mesure.cibles:
            if not cible.decision.strip():
                message = f"cible {cible.valeur} en {cible.annee} sans décision"
                yield Constat(cible.lieu(), message, "ajoutez « decision: séance/décision »")


def cibles_une_par_an(dossier: Dossier) -> Iterator[Constat]:
    """
    Une mesure n'a qu'une cible par année.

    Exemple :

        cibles: [{annee: 2028, valeur: 20}, {annee: 2028, valeur: 23}]

    Remède : gardez la dernière décidée.
    """
    for situee in dossier.mesures.values():
        cites = [(str(c.annee), c.lieu("annee")) for c in situee.mesure.cibles]
        for annee, lieu, _ in repeated(cites):
            yield Constat(lieu, f"deux cibles pour {annee}", "gardez la dernière décidée")


def annees_dans_le_contrat(dossier: Dossier) -> Iterator[Constat]:
    """
    Les années d'une mesure sont des exercices du contrat.

    Sont regardés `frequence.exercices`, `cibles.annee`, `depuis` et `jusqua` ; la valeur
    initiale peut être plus ancienne que le contrat, jamais postérieure à sa fin.

    Exemple :

        frequence: {exercices: [2027, 2082]}

    Remède : corrigez l'année, ou la période dans data/contrat.yaml.
    """
    periode = dossier.contrat.periode
    for situee in dossier.mesures.values():
        mesure = situee.mesure
        for nom, annee, lieu in _years(situee):
            if annee not in periode.exercices:
                yield Constat(
                    lieu,
                    f"{nom} : {annee}, hors du contrat ({periode.debut}-{periode.fin})",
                    "corrigez l'année, ou la période du contrat",
                )
        depart = mesure.valeur_initiale
        if depart and depart.annee is not None and depart.annee > periode.fin:
            yield Constat(
                depart.lieu("annee"),
                f"valeur initiale de {depart.annee}, après la fin du contrat ({periode.fin})",
                "corrigez l'année",
            )


def _years(situee: MesureSituee) -> Iterator[tuple[str, int, Lieu]]:
    mesure = situee.mesure
    for rang, annee in enumerate(mesure.frequence.exercices):
        yield "frequence.exercices", annee, mesure.lieu("frequence", "exercices", rang)
    for cible in mesure.cibles:
        yield "cibles.annee", cible.annee, cible.lieu("annee")
    for champ in ("depuis", "jusqua"):
        annee = getattr(mesure, champ)
        if annee is not None:
            yield champ, annee, mesure.lieu(champ)


def depuis_avant_jusqua(dossier: Dossier) -> Iterator[Constat]:
    """
    Une mesure finit après avoir commencé.

    Exemple :

        {id: livres, type: nombre, unite: livres, depuis: 2027, jusqua: 2025}

    Remède : intervertissez les deux années.
    """
    for situee in dossier.mesures.values():
        depuis, jusqua = situee.mesure.depuis, situee.mesure.jusqua
        if depuis is not None and jusqua is not None and jusqua < depuis:
            yield Constat(
                situee.mesure.lieu("jusqua"),
                f"mesure suivie jusqu'en {jusqua}, avant son début en {depuis}",
                "intervertissez depuis et jusqua",
            )


def mesure_due_un_jour(dossier: Dossier) -> Iterator[Constat]:
    """
    Une mesure est due au moins un exercice où sa fiche est en vigueur.

    Sinon elle n'est jamais demandée, sans que rien ne le dise.

    Exemple :

        frequence: {exercices: [2025]}
        depuis: 2026

    Remède : ajoutez un exercice, ou corrigez `depuis`, `jusqua` ou la vigueur de la fiche.
    """
    exercices = dossier.contrat.periode.exercices
    for situee in dossier.mesures.values():
        mesure = situee.mesure
        en_vigueur = [e for e in exercices if situee.fiche.en_vigueur(e)]
        annees_justes = all(annee in exercices for _, annee, _ in _years(situee))
        annees_justes = annees_justes and (mesure.depuis or 0) <= (mesure.jusqua or math.inf)
        if en_vigueur and annees_justes and not any(mesure.due_en(e) for e in en_vigueur):
            yield Constat(
                mesure.lieu("id"),
                f"la mesure « {mesure.id} » n'est due aucun exercice du contrat",
                "corrigez frequence, depuis, jusqua, ou la vigueur de la fiche",
            )


def succession_datee(dossier: Dossier) -> Iterator[Constat]:
    """
    Une mesure qui succède à une autre commence quand l'autre finit.

    Sinon les deux sont demandées la même année et la rupture de série ne se voit pas.

    Exemple :

        - {id: livres, type: nombre}
        - {id: ouvrages, type: nombre, succede_a: 3.1/livres/livres}

    Remède : écrivez `jusqua` sur l'ancienne et `depuis` sur la nouvelle.
    """
    for situee in dossier.mesures.values():
        cle = dossier.cles_actuelles.get(situee.mesure.succede_a or "")
        if cle is None or cle == situee.cle:
            continue
        jusqua, depuis = dossier.mesures[cle].mesure.jusqua, situee.mesure.depuis
        if jusqua is None or depuis is None or depuis <= jusqua:
            yield Constat(
                situee.mesure.lieu("succede_a"),
                f"« {situee.mesure.id} » (depuis : {depuis or 'le début'}) et « {cle} » "
                f"(jusqu'à : {jusqua or 'la fin'}) se recouvrent",
                "écrivez jusqua sur l'ancienne et depuis sur la nouvelle",
            )
