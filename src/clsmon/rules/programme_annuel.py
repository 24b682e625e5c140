"""Le programme annuel : décidé par le COPIL, suivi dans les formulaires (article 3)."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.contrat import PILOTAGE, NatureContrat
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import StatutFiche
from clsmon.model.noeud import place_of
from clsmon.model.seance import Action, Decision, EtatSeance, NatureDecision, Seance
from clsmon.rules.regle import Constat


def _decided(dossier: Dossier) -> Iterator[tuple[int, Action, Seance, Decision]]:
    """Chaque action dont la décision est connue, avec l'exercice de son programme."""
    for exercice, programme in dossier.programmes.items():
        for actions in programme.values():
            for action in actions:
                if action.decision in dossier.decisions:
                    yield exercice, action, *dossier.decisions[action.decision]


def actions_decidees(dossier: Dossier) -> Iterator[Constat]:
    """
    Chaque action du programme annuel nomme la décision qui l'a fixée.

    Article 3 : le COPIL définit la programmation annuelle des actions. Une action sans décision
    est suivie et comptée ; le bilan dit qu'elle n'en a pas.

    Exemple :

        "4.1": [{id: a1, libelle: Questionnaire aux mairies}]

    Remède : ajoutez `decision: 2025-05-13-copil/D2`.
    """
    for programme in dossier.programmes.values():
        for actions in programme.values():
            for action in actions:
                if not action.decision.strip():
                    yield Constat(
                        action.lieu("id"),
                        f"action « {action.id} » du programme sans décision",
                        "nommez la décision qui l'a fixée : decision: 2025-05-13-copil/D2",
                    )


def decision_du_programme_conforme(dossier: Dossier) -> Iterator[Constat]:
    """
    La décision qui fixe une action est de nature « programme », prise, et pour cet exercice.

    Une séance encore prévue n'a rien décidé. Une décision qui ne dit pas son exercice vaut pour
    celui du programme qui la nomme.

    Exemple :

        # data/programmes/2025.yaml, quand D2 est de nature « autre »
        "4.1": [{id: a1, libelle: Questionnaire, decision: 2025-05-13-copil/D2}]

    Remède : nommez la décision qui convient, ou corrigez sa nature, son exercice ou sa séance.
    """
    for exercice, action, seance, decision in _decided(dossier):
        if decision.nature is not NatureDecision.PROGRAMME:
            faute = f"est de nature « {decision.nature} »"
        elif seance.etat is EtatSeance.PREVUE:
            faute = "est d'une séance qui n'est pas encore tenue"
        elif decision.exercice not in {None, exercice}:
            faute = f"porte sur {decision.exercice}"
        else:
            continue
        yield Constat(
            action.lieu("decision"),
            f"« {action.decision} » ne fixe pas le programme {exercice} : elle {faute}",
            "nommez la décision de nature programme qui l'a fixé",
        )


def programme_du_copil(dossier: Dossier) -> Iterator[Constat]:
    """
    Dans un CLS, le programme annuel est fixé par le COPIL (article 3).

    Exemple :

        "4.1": [{id: a1, libelle: Questionnaire, decision: 2025-03-04-cotech/D1}]

    Remède : nommez la décision du COPIL, ou soumettez-lui ce programme.
    """
    contrat = dossier.contrat
    if contrat.nature is not NatureContrat.CLS or contrat.pilote != PILOTAGE:
        return
    for _, action, seance, _ in _decided(dossier):
        if not contrat.decide(seance.instance):
            yield Constat(
                action.lieu("decision"),
                f"action « {action.id} » décidée par une autre instance : « {seance.instance} »",
                "nommez la décision du COPIL, ou soumettez-lui ce programme",
            )


def actions_demandees(dossier: Dossier) -> Iterator[Constat]:
    """
    Une action du programme est celle d'une fiche que quelqu'un suit cette année-là.

    Son état se demande dans le formulaire de la fiche : une fiche à programmer, hors vigueur ou
    sans répondant n'en a pas, et l'action resterait sans réponse.

    Exemple :

        # data/programmes/2025.yaml, quand plateforme-sante est à programmer
        plateforme-sante: [{id: a1, libelle: Étude de faisabilité}]

    Remède : programmez la fiche ou nommez son répondant, ou rattachez l'action à une autre fiche.
    """
    for exercice, programme in dossier.programmes.items():
        for identifiant in programme:
            fiche = dossier.fiche.get(identifiant)
            if fiche is None or not programme[identifiant]:
                continue
            if fiche.statut is StatutFiche.A_PROGRAMMER:
                faute = "est à programmer"
            elif not fiche.en_vigueur(exercice):
                faute = f"n'est pas en vigueur en {exercice}"
            elif not fiche.suivi.repondants:
                faute = "n'a pas de répondant"
            else:
                continue
            yield Constat(
                place_of(programme, (identifiant,), cle=True),
                f"programme {exercice} : la fiche « {identifiant} » {faute}, "
                "ses actions ne seront demandées à personne",
                "rattachez-les à une fiche suivie cette année-là",
            )
