"""Ce que chaque décision d'une séance change, en une phrase."""

from __future__ import annotations

from clsmon.model.libelles import NATURES_DECISION, spell_date
from clsmon.model.reunion import Reunion
from clsmon.model.seance import Decision, NatureDecision
from clsmon.render.spelling import INSECABLE, spell_number, spell_quantity


def name_object(reunion: Reunion, objet: str) -> str:
    """Le nom de la fiche ou de la mesure dont parle une décision, sinon le texte de son objet."""
    return reunion.dossier.nom_objet(objet)


def name_decision(reunion: Reunion, decision: Decision) -> str:
    """« D1 : retrait d’une fiche, 3.5 Titre »."""
    objet = name_object(reunion, decision.objet)
    nature = NATURES_DECISION[decision.nature]
    return f"{decision.id}{INSECABLE}: {nature}{f', {objet}' if objet else ''}"


def effect_of(reunion: Reunion, decision: Decision) -> str:  # noqa: PLR0911  one per nature
    """Ce que change une décision ; vide quand son texte dit tout."""
    quoi = name_object(reunion, decision.objet)
    match decision.nature:
        case NatureDecision.AJOUT_FICHE:
            return (
                f"La fiche {quoi} entre au contrat{_from(decision)}. Elle est suivie et demandée "
                "dès l’exercice où elle prend effet."
            )
        case NatureDecision.RETRAIT_FICHE:
            return (
                f"La fiche {quoi} sort du contrat{_from(decision)}. Elle reste aux bilans des "
                "années où elle était en vigueur, et n’est plus demandée ensuite."
            )
        case NatureDecision.MODIFICATION_FICHE:
            return f"La fiche {quoi} est modifiée{_from(decision)}."
        case NatureDecision.CIBLE:
            return _target(reunion, decision, quoi)
        case NatureDecision.ARBITRAGE:
            return _arbitration(reunion, decision, quoi)
        case NatureDecision.PROGRAMME:
            return _programme(reunion, decision)
        case NatureDecision.ADOPTION_BILAN:
            return f"Le bilan {decision.exercice or reunion.exercice} est adopté (article 7)."
        case NatureDecision.AVENANT:
            return (
                "Un avenant est à préparer : il doit être signé par tous les membres du COPIL "
                "(article 6)."
            )
        case _:
            return ""


def _from(decision: Decision) -> str:
    if decision.effet_le is None:
        return ", à une date qui reste à fixer"
    return f" le {spell_date(decision.effet_le)}"


def _quantity(reunion: Reunion, decision: Decision, valeur: str) -> str:
    """Un nombre et son unité, « 23 communes »."""
    dossier = reunion.dossier
    situee = dossier.mesures.get(dossier.cles_actuelles.get(decision.objet, ""))
    dite = situee is not None and not valeur.endswith(("%", "€"))
    unite = situee.mesure.unite_affichee if situee and dite else ""
    return f"{valeur}{INSECABLE}{unite}" if unite else valeur


def _spell(reunion: Reunion, decision: Decision, retenue: bool) -> str:
    retient = decision.retient
    nombre = (retient.valeur if retient else None) if retenue else decision.valeur
    if nombre is None:
        return ""
    dossier = reunion.dossier
    situee = dossier.mesures.get(dossier.cles_actuelles.get(decision.objet, ""))
    ecrit = spell_quantity(nombre, situee.mesure) if situee else spell_number(nombre)
    return _quantity(reunion, decision, ecrit)


def _target(reunion: Reunion, decision: Decision, quoi: str) -> str:
    valeur = _spell(reunion, decision, retenue=False) or "à préciser"
    annee = f" en {decision.annee}" if decision.annee else ""
    return f"La cible de « {quoi} » est fixée : {valeur}{annee}."


def _arbitration(reunion: Reunion, decision: Decision, quoi: str) -> str:
    retient = decision.retient
    annee = decision.exercice or reunion.exercice
    if retient is not None and retient.organisme:
        choix = f"réponse retenue, {reunion.dossier.contrat.nom_court(retient.organisme)}"
    else:
        choix = f"valeur retenue, {_spell(reunion, decision, retenue=True) or 'à préciser'}"
    return f"Pour {annee}, « {quoi} » : {choix}. Les autres réponses restent montrées à côté."


def _programme(reunion: Reunion, decision: Decision) -> str:
    """Les actions que fixe cette décision, comptées par année de programme."""
    nom = f"{reunion.seance.nom}/{decision.id}"
    annees = [a.exercice for a in reunion.programme if a.action.decision == nom]
    if not annees:
        return "Aucune action n’est encore inscrite au programme par cette décision."
    dits = [
        f"{(n := annees.count(annee))} action{'s' * (n > 1)} au programme {annee}"
        for annee in dict.fromkeys(annees)
    ]
    return f"Elle fixe {', '.join(dits)} (article 3) ; les formulaires en demandent l’état."
