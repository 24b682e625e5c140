"""Ce qu'il faut pour que l'échéancier soit juste et complet."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.dossier import Dossier
from clsmon.model.echeance import read_due
from clsmon.rules.regle import Constat


def delais_de_l_evaluation_tenables(dossier: Dossier) -> Iterator[Constat]:
    """
    Le marché de l'évaluation finale se lance avant que le prestataire ne doive commencer.

    Les trois délais sont en mois avant la fin du contrat, et tiennent dans sa durée.

    Exemple :

        evaluation_finale:
          {lancement_mois_avant_fin: 3, delai_prestataire_mois: 6, fenetre_mois: 6}

    Remède : recopiez les délais du contrat.
    """
    regle, periode = dossier.contrat.regles.evaluation_finale, dossier.contrat.periode
    if regle is None:
        return
    duree = 12 * (periode.duree_ans or len(periode.exercices))
    for champ in ("lancement_mois_avant_fin", "delai_prestataire_mois", "fenetre_mois"):
        mois = getattr(regle, champ)
        if mois > duree:
            yield Constat(
                regle.lieu(champ),
                f"{mois} mois avant la fin d'un contrat qui en dure {duree}",
                "recopiez le délai du contrat, en mois",
            )
    if regle.delai_prestataire_mois > regle.lancement_mois_avant_fin:
        yield Constat(
            regle.lieu("delai_prestataire_mois"),
            f"le prestataire commence {regle.delai_prestataire_mois} mois avant la fin, et le "
            f"marché se lance {regle.lancement_mois_avant_fin} mois avant",
            "lancez le marché avant que le prestataire ne doive commencer",
        )


def echeance_de_l_action_datee(dossier: Dossier) -> Iterator[Constat]:
    """
    L'échéance d'une action du programme désigne un jour, un mois ou une année.

    Sinon l'action est suivie, mais n'entre pas dans `clsmon calendar`. Se lisent : « 2025-06-30 »,
    « 30/06/2025 », « 2025-06 », « juin 2025 », « 2025 » ; un mois ou une année vaut son dernier
    jour. Ce n'est qu'une information.

    Exemple :

        "4.1": [{id: a1, libelle: Questionnaire, echeance: à la rentrée}]

    Remède : écrivez la date ou le mois.
    """
    for programme in dossier.programmes.values():
        for actions in programme.values():
            for action in actions:
                if action.echeance.strip() and read_due(action.echeance) is None:
                    yield Constat(
                        action.lieu("echeance"),
                        f"échéance sans date : « {action.echeance} »",
                        "écrivez la date ou le mois, par exemple 2025-06",
                    )
