"""Où en est la collecte : ce que chaque organisme a rendu, ce qu'il lui reste à dire."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.completeness import read_state
from clsmon.analysis.heads import DEUX_REPONSES, Synthese, compute_received
from clsmon.analysis.programme import asked_of, programme_of
from clsmon.analysis.questionnaire import asked_fiches
from clsmon.model.bilan import BilanOrganisme
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.fiche import Fiche, StatutFiche
from clsmon.model.libelles import RUBRIQUES
from clsmon.model.releve import DeclarationFiche, Etat, Valeur
from clsmon.model.suivi import Delai, Doute, Reste, Suivi, SuiviOrganisme

AVANCEMENT = "avancement"


def compute_follow_up(
    dossier: Dossier, exercice: int, jour: date, prepares: Collection[str] = ()
) -> Suivi:
    """
    Où en est la collecte d'un exercice, vue le jour `jour`.

    `prepares` : les codes dont le formulaire existe. Les complétudes sont celles du bilan. Ce qui
    reste : les mesures sans réponse, l'avancement de chaque fiche et de chaque action programmée,
    et ce qui a été écrit sans pouvoir être accepté. Le récit, lui, n'est pas exigé.
    """
    bilan = compute_bilan(dossier, exercice, jour)
    contrat, interroges = dossier.contrat, dossier.repondants(exercice)
    syntheses = compute_received(dossier, exercice)
    return Suivi(
        bilan=bilan,
        delai=Delai(jour, contrat.ouverture(exercice), contrat.limite(exercice)),
        organismes=tuple(
            replace(
                _follow_organism(dossier, exercice, organisme, syntheses.get(organisme.code)),
                interroge=organisme.code in interroges,
                prepare=organisme.code in prepares,
            )
            for organisme in bilan.organismes
        ),
    )


def _follow_organism(
    dossier: Dossier, exercice: int, organisme: BilanOrganisme, rendu: Synthese | None
) -> SuiviOrganisme:
    code = organisme.code
    synthese = rendu or Synthese(code)
    suivies = dossier.fiches_de(code, exercice)
    return SuiviOrganisme(
        code=code,
        tetes=synthese.tetes,
        rendus=organisme.releves,
        completude=organisme.completude,
        fiches=len(suivies),
        avancements=sum(_told(synthese, fiche).avancement is not None for fiche in suivies),
        reste=tuple(_remaining(dossier, exercice, synthese)),
    )


def _told(synthese: Synthese, fiche: Fiche) -> DeclarationFiche:
    recit = synthese.recits.get(fiche.id)
    return recit.declaration if recit else DeclarationFiche()


def _remaining(dossier: Dossier, exercice: int, synthese: Synthese) -> Iterator[Reste]:
    """Ce qui reste, fiche par fiche, dans l'ordre du contrat ; une fiche complète n'y est pas."""
    code = synthese.organisme
    mesures: dict[str, list[MesureSituee]] = {}
    for situee in dossier.demandees(exercice, code):
        mesures.setdefault(situee.fiche.id, []).append(situee)
    racontees = {fiche.id for fiche in asked_fiches(dossier, exercice, code)}
    for fiche in dossier.fiches:
        etats = [(situee, *_answer(synthese, situee)) for situee in mesures.get(fiche.id, ())]
        declaration = _told(synthese, fiche)
        racontee = fiche.id in racontees
        reste = Reste(
            fiche,
            tuple(situee for situee, etat, _ in etats if etat is None),
            tuple(_missing_rubrics(dossier, exercice, fiche, synthese)) if racontee else (),
            (
                *(_doubt(s, valeur) for s, etat, valeur in etats if etat is Etat.A_VERIFIER),
                *(_rubric_doubts(dossier, exercice, fiche, declaration) if racontee else ()),
            ),
        )
        if reste != Reste(fiche):
            yield reste


def _answer(synthese: Synthese, situee: MesureSituee) -> tuple[Etat | None, Valeur]:
    declaration = synthese.valeurs.get(situee.cle)
    valeur = declaration.valeur if declaration else Valeur(cellule="")
    return read_state(situee.mesure, valeur), valeur


def _doubt(situee: MesureSituee, valeur: Valeur) -> Doute:
    return Doute(
        situee.mesure.libelle,
        valeur.saisi or valeur.valeur or "",
        valeur.nature_cellule,
        valeur.cellule,
        situee,
        contradiction=valeur.regle == DEUX_REPONSES,
    )


def _missing_rubrics(
    dossier: Dossier, exercice: int, fiche: Fiche, synthese: Synthese
) -> Iterator[str]:
    """L'avancement de la fiche et de ses actions programmées, s'il n'en est rien dit du tout."""
    if fiche.statut is StatutFiche.A_PROGRAMMER:
        return
    declaration = _told(synthese, fiche)
    dites = {*declaration.absents, *declaration.a_verifier}
    if declaration.avancement is None and AVANCEMENT not in dites:
        yield RUBRIQUES[AVANCEMENT]
    for action in programme_of(dossier, exercice, fiche):
        tue = action.id not in declaration.programme and f"programme.{action.id}" not in dites
        if tue and asked_of(action, fiche, synthese.organisme):
            yield f"Action programmée : {action.libelle}"


def _rubric_doubts(
    dossier: Dossier, exercice: int, fiche: Fiche, declaration: DeclarationFiche
) -> Iterator[Doute]:
    actions = {f"programme.{a.id}": a.libelle for a in programme_of(dossier, exercice, fiche)}
    for champ, saisie in declaration.a_verifier.items():
        yield Doute(
            RUBRIQUES.get(champ) or actions.get(champ, champ),
            saisie.saisi,
            saisie.nature_cellule,
            saisie.cellule,
            contradiction=saisie.regle == DEUX_REPONSES,
        )
