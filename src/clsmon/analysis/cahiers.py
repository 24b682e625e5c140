"""Le cahier d'examen de chaque signataire, tiré du projet de bilan (articles 7 et 8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from clsmon.analysis.adopted import end_of_review
from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.constat import compute_declared
from clsmon.analysis.contestations import contested_in, examens_of, standing_answers
from clsmon.analysis.heads import Synthese, compute_heads, compute_syntheses
from clsmon.model.bilan import BilanFiche, LigneMesure
from clsmon.model.cahier import Cahier, ChiffreExamine, FicheExaminee
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.indicateur import Reponses, TypeMesure


def compute_cahiers(dossier: Dossier, exercice: int, organismes: Iterable[str]) -> Iterator[Cahier]:
    """
    Le cahier de chaque signataire nommé : les mêmes fiches et les mêmes chiffres pour tous.

    Chacun est prérempli de ce que son signataire a déjà dit, et `base` nomme d'où cela vient.
    """
    commun = _draft(dossier, exercice)
    for organisme in organismes:
        avis, chiffres = standing_answers(dossier, exercice, organisme)
        yield replace(
            commun,
            organisme=organisme,
            base=tuple(compute_heads(examens_of(dossier, exercice, organisme))),
            fiches=tuple(replace(f, reponse=avis.get(f.fiche.id)) for f in commun.fiches),
            chiffres=tuple(replace(c, reponse=chiffres.get(c.situee.cle)) for c in commun.chiffres),
        )


def compute_cahier(dossier: Dossier, exercice: int, organisme: str) -> Cahier:
    """Le cahier d'un seul signataire."""
    return next(compute_cahiers(dossier, exercice, [organisme]))


def _draft(dossier: Dossier, exercice: int) -> Cahier:
    """Ce que tous les signataires examinent ; le jour ne change rien à ce qui y est montré."""
    bilan = compute_bilan(dossier, exercice, date(exercice + 1, 1, 1))
    syntheses = compute_syntheses(dossier, exercice)
    return Cahier(
        contrat=dossier.contrat,
        exercice=exercice,
        organisme="",
        limite=end_of_review(dossier, exercice),
        fiches=tuple(_examine(dossier, fiche) for fiche in bilan.fiches),
        chiffres=tuple(_figures(dossier, exercice, bilan.lignes, syntheses)),
        fictif=bilan.fictif,
    )


def _examine(dossier: Dossier, bilan: BilanFiche) -> FicheExaminee:
    recits = tuple(
        (dossier.contrat.nom_court(recit.organisme), recit.declaration.faits_marquants)
        for recit in bilan.recits
        if recit.declaration.faits_marquants
    )
    return FicheExaminee(bilan.fiche, bilan.avancement, recits)


def _figures(
    dossier: Dossier,
    exercice: int,
    lignes: Iterable[LigneMesure],
    syntheses: Mapping[str, Synthese],
) -> Iterator[ChiffreExamine]:
    """Les chiffres qui ont une valeur, et ceux déjà contestés qui n'en ont plus."""
    contestes = {chiffre.cle for chiffre in contested_in(dossier, exercice)}
    for ligne in lignes:
        declare = compute_declared(dossier, ligne.situee, exercice, syntheses)
        valeur = declare.nombre is not None or bool(declare.texte)
        if not is_contestable(ligne.situee) or not (valeur or ligne.situee.cle in contestes):
            continue
        annees = {constat.exercice: constat for constat in ligne.serie}
        yield ChiffreExamine(ligne.situee, declare, annees.get(exercice - 1))


def is_contestable(situee: MesureSituee) -> bool:
    """
    Vrai si la mesure a, chaque année, une valeur à laquelle en opposer une autre.

    Un texte se discute par un avis sur sa fiche ; des réponses séparées n'ont pas de valeur
    commune ; une mesure calculée se corrige par les séances et le programme dont elle vient.
    """
    mesure = situee.mesure
    separees = mesure.reponses is Reponses.SEPAREES and len(situee.repondants) > 1
    return mesure.type is not TypeMesure.TEXTE and mesure.calcul is None and not separees
