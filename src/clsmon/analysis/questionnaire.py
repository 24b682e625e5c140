"""Ce qu'il faut demander à un organisme pour un exercice."""

from __future__ import annotations

from clsmon.analysis.heads import Synthese, compute_synthese
from clsmon.analysis.programme import asked_of, programme_of
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche, StatutFiche
from clsmon.model.questionnaire import Question, QuestionFiche, Questionnaire
from clsmon.model.releve import Valeur


def compute_questionnaire(
    dossier: Dossier, exercice: int, organisme: str, fictif: bool = False
) -> Questionnaire:
    """
    Le questionnaire d'un organisme : ses mesures et ses fiches, dans l'ordre du contrat.

    À côté de chaque mesure, la valeur initiale, sa propre réponse de l'exercice précédent et celle
    qu'il a déjà donnée pour celui-ci. `base` nomme toutes ses têtes, dans l'ordre : le retour les
    remplacera. Les perspectives des fiches à programmer se demandent aux copilotes.
    """
    actuelle = compute_synthese(dossier, exercice, organisme)
    passee = compute_synthese(dossier, exercice - 1, organisme)
    return _ask(dossier, exercice, actuelle, passee, fictif=fictif)


def compute_demande(dossier: Dossier, exercice: int, organisme: str) -> Questionnaire:
    """Ce qui est demandé à un organisme, sans rien de ce qui a déjà été répondu."""
    vide = Synthese(organisme)
    return _ask(dossier, exercice, vide, vide, fictif=False)


def _ask(
    dossier: Dossier, exercice: int, actuelle: Synthese, passee: Synthese, *, fictif: bool
) -> Questionnaire:
    organisme = actuelle.organisme
    return Questionnaire(
        contrat=dossier.contrat,
        exercice=exercice,
        organisme=organisme,
        limite=dossier.contrat.limite(exercice),
        mesures=tuple(
            Question(
                situee=situee,
                initiale=initiale.valeur if (initiale := situee.mesure.valeur_initiale) else None,
                precedente=_answer(passee, situee.cle),
                reponse=_answer(actuelle, situee.cle),
            )
            for situee in dossier.demandees(exercice, organisme)
        ),
        fiches=tuple(
            _ask_fiche(dossier, exercice, fiche, actuelle)
            for fiche in asked_fiches(dossier, exercice, organisme)
        ),
        base=actuelle.tetes,
        fictif=fictif,
    )


def asked_fiches(dossier: Dossier, exercice: int, organisme: str) -> tuple[Fiche, ...]:
    """Les fiches dont le récit est demandé, dans l'ordre du contrat."""
    inscrit = dossier.contrat.organismes.get(organisme)
    copilote = inscrit is not None and inscrit.copilote
    siennes = {fiche.id for fiche in dossier.fiches_de(organisme, exercice)}
    return tuple(
        fiche
        for fiche in dossier.fiches
        if fiche.id in siennes
        or (copilote and fiche.statut is StatutFiche.A_PROGRAMMER and fiche.en_vigueur(exercice))
    )


def _ask_fiche(dossier: Dossier, exercice: int, fiche: Fiche, synthese: Synthese) -> QuestionFiche:
    recit = synthese.recits.get(fiche.id)
    return QuestionFiche(
        fiche=fiche,
        programme=tuple(
            action
            for action in programme_of(dossier, exercice, fiche)
            if asked_of(action, fiche, synthese.organisme)
        ),
        reponse=recit.declaration if recit else None,
    )


def _answer(synthese: Synthese, cle: str) -> Valeur | None:
    declaration = synthese.valeurs.get(cle)
    return declaration.valeur if declaration else None
