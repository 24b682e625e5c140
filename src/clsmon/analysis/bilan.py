"""Le bilan d'un exercice, calculé une fois pour tous les formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from clsmon.analysis.adopted import as_of_adoption, life_of
from clsmon.analysis.agenda import compute_to_decide, draft_agenda
from clsmon.analysis.attention import compute_attention
from clsmon.analysis.closing import compute_closing
from clsmon.analysis.completeness import (
    Attendue,
    compute_completeness,
    expected_answers,
    sum_completeness,
)
from clsmon.analysis.deadlines import compute_deadlines
from clsmon.analysis.decisions import follow_decisions, tell_decisions
from clsmon.analysis.evolutions import compute_evolutions
from clsmon.analysis.examen import compute_examen
from clsmon.analysis.finances import compute_finances
from clsmon.analysis.glossary import acronyms_of, compute_glossary
from clsmon.analysis.governance import compute_governance
from clsmon.analysis.heads import Synthese, compute_syntheses
from clsmon.analysis.highlights import rank_measures
from clsmon.analysis.imprint import compute_imprint
from clsmon.analysis.programme import follow_actions
from clsmon.analysis.series import Annees, compute_indicators
from clsmon.analysis.texts import texts_of
from clsmon.model.anomalie import natural_key
from clsmon.model.bilan import Bilan, BilanAxe, BilanFiche, BilanOrganisme, Recit
from clsmon.model.cloture import Cloture
from clsmon.model.contrat import Axe
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche, StatutFiche
from clsmon.model.releve import Avancement


def compute_bilan(dossier: Dossier, exercice: int, jour: date) -> Bilan:
    """
    Le bilan d'un exercice tel que le dossier le donne, vu le jour `jour`.

    Les séries vont de la première année du contrat à l'exercice, sans les années où rien n'est
    rendu : elles n'ont pas été suivies par le dossier. Le jour ne sert qu'aux décisions
    (tenues jusque-là, en retard) et à la date du document. Le bilan est définitif quand ses
    chiffres sont bien ceux que le COPIL a adoptés. Source : contrat, article 7.
    """
    annees = _compute_years(dossier, exercice)
    syntheses = annees[exercice]
    axes = tuple(_compute_axes(dossier, annees))
    cloture = _compute_closing(dossier, exercice, jour)
    decisions = follow_decisions(dossier, exercice, jour)
    bilan = Bilan(
        contrat=dossier.contrat,
        exercice=exercice,
        date=jour,
        definitif=cloture.fige and cloture.fidele,
        fictif=dossier.fictif(exercice),
        instance=name_instance(dossier, jour),
        completude=sum_completeness(axe.completude for axe in axes),
        axes=axes,
        organismes=tuple(_compute_organisms(dossier, exercice, syntheses)),
        decisions=decisions,
        attention=(),
        a_decider=(),
        hors_vigueur=uncounted_keys(dossier, exercice, syntheses),
        contexte=dossier.contexte,
        glossaire=(),
        annees=tuple(annees),
        gouvernance=compute_governance(
            dossier, exercice, jour, syntheses, [fiche for axe in axes for fiche in axe.fiches]
        ),
        finances=compute_finances(dossier, axes, syntheses),
        suivi_decisions=tell_decisions(decisions, exercice, dossier.contrat),
        cloture=cloture,
        marquantes=rank_measures(fiche for axe in axes for fiche in axe.fiches),
        echeances=compute_deadlines(dossier, jour),
    )
    bilan = replace(bilan, examen=compute_examen(dossier, exercice, bilan.lignes))
    bilan = replace(bilan, attention=compute_attention(bilan))
    bilan = _with_changes(dossier, bilan)
    return replace(bilan, glossaire=compute_glossary(acronyms_of(dossier.contrat), texts_of(bilan)))


def _with_changes(dossier: Dossier, bilan: Bilan) -> Bilan:
    """Le bilan et ce qui est proposé pour le contrat ; l'ordre du jour en dépend."""
    bilan = replace(bilan, evolutions=compute_evolutions(dossier, bilan))
    points = draft_agenda(dossier, bilan)
    evolutions = replace(bilan.evolutions, ordre_du_jour=points)
    return replace(bilan, evolutions=evolutions, a_decider=compute_to_decide(dossier, bilan))


def _compute_years(dossier: Dossier, exercice: int) -> dict[int, dict[str, Synthese]]:
    premiere = min(dossier.contrat.periode.debut, exercice)
    return {
        annee: compute_syntheses(dossier, annee)
        for annee in range(premiere, exercice + 1)
        if annee == exercice or dossier.releves_de(annee)
    }


def _compute_closing(dossier: Dossier, exercice: int, jour: date) -> Cloture:
    """La clôture ; l'empreinte n'est refaite que pour un bilan adopté, telle qu'à l'adoption."""
    cloture = compute_closing(dossier, exercice, jour)
    if not life_of(dossier, exercice).adopte:
        return cloture
    alors = as_of_adoption(dossier, exercice)
    annees = {exercice: compute_syntheses(alors, exercice)}
    return replace(cloture, calculee=compute_imprint(_compute_axes(alors, annees)))


def name_instance(dossier: Dossier, jour: date) -> str:
    """Le nom de l'instance réunie ce jour, sinon du COPIL ; vide si le contrat n'en nomme pas."""
    instances = dossier.contrat.instances
    codes = [*(s.instance for s in dossier.seances if s.date == jour), dossier.contrat.pilote]
    return next((instances[code].nom for code in codes if code in instances), "")


def uncounted_keys(
    dossier: Dossier, exercice: int, syntheses: Mapping[str, Synthese]
) -> tuple[str, ...]:
    """
    Les clés répondues mais non demandées cet exercice, en ordre naturel.

    Fiche hors vigueur, mesure non due ou disparue : les réponses sont gardées et listées, jamais
    comptées.
    """
    demandees = {situee.cle for situee in dossier.demandees(exercice)}
    repondues = {
        cle
        for synthese in syntheses.values()
        for cle, declaration in synthese.valeurs.items()
        if declaration.valeur.etat is not None
    }
    return tuple(sorted(repondues - demandees, key=natural_key))


def _compute_axes(dossier: Dossier, annees: Annees) -> Iterator[BilanAxe]:
    """Les axes dans l'ordre du contrat, puis les fiches qui n'en ont pas, s'il y en a."""
    exercice = max(annees)
    connus = {axe.id for axe in dossier.contrat.axes}
    vigueur = [fiche for fiche in dossier.fiches if fiche.en_vigueur(exercice)]
    for axe in dossier.contrat.axes:
        yield _compute_axis(dossier, annees, axe, [f for f in vigueur if f.axe == axe.id])
    sans_axe = [fiche for fiche in vigueur if fiche.axe not in connus]
    if sans_axe:
        yield _compute_axis(dossier, annees, None, sans_axe)


def _compute_axis(
    dossier: Dossier, annees: Annees, axe: Axe | None, fiches: list[Fiche]
) -> BilanAxe:
    syntheses = annees[max(annees)]
    a_programmer = [f for f in fiches if f.statut is StatutFiche.A_PROGRAMMER]
    suivies = tuple(
        _compute_fiche(dossier, annees, f)
        for f in fiches
        if f.statut is not StatutFiche.A_PROGRAMMER
    )
    return BilanAxe(
        axe=axe,
        fiches=suivies,
        a_programmer=tuple(a_programmer),
        completude=sum_completeness(f.completude for f in suivies),
        recits_a_programmer=tuple(
            (fiche, recit) for fiche in a_programmer for recit in recits_of(fiche, syntheses)
        ),
    )


def _compute_fiche(dossier: Dossier, annees: Annees, fiche: Fiche) -> BilanFiche:
    exercice = max(annees)
    syntheses = annees[exercice]
    recits = recits_of(fiche, syntheses)
    indicateurs = compute_indicators(dossier, fiche, annees)
    attendues = [
        (ligne.situee, code)
        for bloc in indicateurs
        for ligne in bloc.lignes
        if ligne.situee.demandee_en(exercice)
        for code in ligne.situee.repondants
    ]
    return BilanFiche(
        fiche=fiche,
        avancement=_advance_of(recits),
        recits=recits,
        indicateurs=indicateurs,
        completude=compute_completeness(attendues, syntheses),
        programme=follow_actions(dossier, exercice, fiche, syntheses),
        anterieurs=tuple(
            (annee, _advance_of(recits_of(fiche, dites)))
            for annee, dites in annees.items()
            if annee != exercice and fiche.en_vigueur(annee)
        ),
    )


def _advance_of(recits: Iterable[Recit]) -> Avancement | None:
    """L'avancement déclaré par le premier qui en dit un."""
    return next((a for r in recits if (a := r.declaration.avancement)), None)


def recits_of(fiche: Fiche, syntheses: Mapping[str, Synthese]) -> tuple[Recit, ...]:
    """Les récits d'une fiche : ses répondants dans leur ordre, puis les autres organismes."""
    return tuple(
        syntheses[code].recits[fiche.id]
        for code in dict.fromkeys([*fiche.suivi.repondants, *syntheses])
        if code in syntheses and fiche.id in syntheses[code].recits
    )


def _compute_organisms(
    dossier: Dossier, exercice: int, syntheses: Mapping[str, Synthese]
) -> Iterator[BilanOrganisme]:
    """Les organismes interrogés, dans l'ordre du registre, puis les autres qui ont répondu."""
    attendues: dict[str, list[Attendue]] = {}
    for situee, code in expected_answers(dossier, exercice):
        attendues.setdefault(code, []).append((situee, code))
    for code in dict.fromkeys([*dossier.repondants(exercice), *syntheses]):
        rendus = syntheses[code].rendus if code in syntheses else ()
        yield BilanOrganisme(code, rendus, compute_completeness(attendues.get(code, ()), syntheses))
