"""Ce que les fiches retiennent des décisions : qui les a prises, et ce qu'elles disent vraiment."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.indicateur import Cible
from clsmon.model.seance import EtatSeance, NatureDecision
from clsmon.rules.regle import Constat

_DATES = (
    ("decision_debut", NatureDecision.AJOUT_FICHE, "n'ajoute pas"),
    ("decision_fin", NatureDecision.RETRAIT_FICHE, "ne retire pas"),
)
"""Ce qui date une fiche, la nature de la décision qu'il faut, et ce qu'une autre ne fait pas."""


def decision_conforme(dossier: Dossier) -> Iterator[Constat]:
    """
    La décision nommée dit bien ce que la fiche en retient, et le COPIL l'a prise.

    Une cible vient d'une décision de nature « cible » qui porte sur cette mesure, cette année et
    cette valeur ; un début de vigueur, d'un « ajout_fiche » de cette fiche ; une fin, d'un
    « retrait_fiche ». La séance est tenue, et c'est celle de l'instance qui décide (article 6).

    Exemple :

        # décision D3 : {nature: cible, annee: 2028, valeur: 20}
        cibles: [{annee: 2028, valeur: 23, decision: 2026-05-12-copil/D3}]

    Remède : recopiez la décision, ou nommez celle qui convient.
    """
    for situee in dossier.mesures.values():
        for cible in situee.mesure.cibles:
            yield from _check_target(dossier, situee, cible)
    for fiche in dossier.fiches:
        for champ, nature, non in _DATES:
            yield from _check_date(dossier, fiche, champ, nature, non)


def _check_target(dossier: Dossier, situee: MesureSituee, cible: Cible) -> Iterator[Constat]:
    if cible.decision is None or cible.decision not in dossier.decisions:
        return
    _, decision = dossier.decisions[cible.decision]
    dit = (dossier.cles_actuelles.get(decision.objet), decision.annee, decision.valeur)
    lieu = cible.lieu("decision")
    if decision.nature is not NatureDecision.CIBLE or dit != (
        situee.cle,
        cible.annee,
        cible.valeur,
    ):
        yield Constat(
            lieu,
            f"« {cible.decision} » ne fixe pas cette cible : {cible.valeur} en {cible.annee}",
            "recopiez la cible de la décision, ou nommez la bonne décision",
        )
    elif faute := _not_taken(dossier, cible.decision):
        yield Constat(lieu, f"« {cible.decision} » ne fixe aucune cible : {faute}", _SOUMETTRE)


def _check_date(
    dossier: Dossier, fiche: Fiche, champ: str, nature: NatureDecision, non: str
) -> Iterator[Constat]:
    nom = getattr(fiche.vigueur, champ)
    if nom is None or nom not in dossier.decisions:
        return
    _, decision = dossier.decisions[nom]
    lieu = fiche.lieu("vigueur", champ)
    if decision.nature is not nature or dossier.fiche.get(decision.objet) is not fiche:
        conseil = f"nommez la décision de nature {nature} qui porte sur cette fiche"
        yield Constat(lieu, f"« {nom} » {non} la fiche {fiche.id}", conseil)
    elif faute := _not_taken(dossier, nom):
        yield Constat(lieu, f"« {nom} » {non} la fiche {fiche.id} : {faute}", _SOUMETTRE)


_SOUMETTRE = "nommez la décision prise par l'instance qui décide, ou soumettez-la-lui"


def _not_taken(dossier: Dossier, nom: str) -> str:
    """Pourquoi une décision n'est pas prise ; vide si elle l'est."""
    seance, _ = dossier.decisions[nom]
    if seance.etat is not EtatSeance.TENUE:
        return "elle est d'une séance qui n'est pas encore tenue"
    if not dossier.contrat.decide(seance.instance):
        return f"l'instance « {seance.instance} » ne décide pas"
    return ""
