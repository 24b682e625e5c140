"""Ce qu'un formulaire demande, et ce qui n'en est plus dans un retour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.questionnaire import Questionnaire
from clsmon.workbooks.layout import COLONNES_FICHES, fields_of
from clsmon.workbooks.returned.locating import Ligne, Retour
from clsmon.workbooks.returned.shown import Attendue

RUBRIQUES_CITEES = 5
"""Rubriques nommées dans une phrase."""


def expected(
    demande: Questionnaire, lignes: Mapping[str, Ligne], recits: Mapping[tuple[str, str], Ligne]
) -> Iterator[Attendue]:
    """Tout ce que le formulaire demande aujourd'hui à cet organisme, et où c'est dans ce retour."""
    for situee in (question.situee for question in demande.mesures):
        montre = {
            "fiche": situee.fiche.id,
            "indicateur": situee.indicateur.libelle,
            "mesure": situee.mesure.libelle,
        }
        yield Attendue(situee.nom, montre, lignes.get(situee.cle))
    for question in demande.fiches:
        for champ in fields_of(question):
            montre = {"fiche": question.fiche.id, "rubrique": champ.libelle}
            ligne = recits.get((question.fiche.id, champ.cle))
            yield Attendue(f"{question.fiche.id} {champ.libelle}", montre, ligne)


def missing_rubrics(
    retour: Retour, demande: Questionnaire, recits: Mapping[tuple[str, str], Ligne]
) -> Iterator[Anomalie]:
    """Les rubriques dont la ligne n'est plus là, dites en une fois par fiche."""
    vues = recits.keys() | retour.ecartees
    for question in demande.fiches if COLONNES_FICHES in retour.lues else ():
        fiche = question.fiche.id
        absentes = [c.libelle for c in fields_of(question) if (fiche, c.cle) not in vues]
        if not absentes:
            continue
        noms = ", ".join(absentes[:RUBRIQUES_CITEES])
        noms += "…" if len(absentes) > RUBRIQUES_CITEES else ""
        message = f"{fiche} {noms} : cette rubrique n'est plus dans le formulaire"
        if len(absentes) > 1:
            message = f"{fiche} : {len(absentes)} rubriques absentes du formulaire ({noms})"
        conseil = "Leurs lignes ont été supprimées ou ajoutées depuis : redemandez-les."
        yield Anomalie(Lieu(retour.fichier), "FOR011", Gravite.ALERTE, message, conseil)
