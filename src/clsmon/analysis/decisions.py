"""Les décisions : ce que sont devenues les anciennes, et les lectures qui en demandent une."""

from __future__ import annotations

from datetime import date

from clsmon.analysis.wording import count, enumerate_words, short_date, typeset
from clsmon.model.anomalie import natural_key
from clsmon.model.bilan import DecisionSuivie, LigneMesure
from clsmon.model.contrat import Contrat
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche
from clsmon.model.indicateur import Reponses, TypeMesure
from clsmon.model.seance import EtatDecision, EtatSeance


def decisions_taken(dossier: Dossier, jour: date) -> tuple[DecisionSuivie, ...]:
    """
    Toutes les décisions des séances tenues jusqu'au jour `jour`, par date.

    Une décision est en retard quand elle est ouverte et que son échéance est avant `jour`. Adopter
    un bilan ou arbitrer est fait dès que le COPIL le décide ; une décision que le contrat, son
    programme ou un avenant signé porte déjà est réalisée.
    """
    portees = _carried(dossier)
    suivies = []
    for nom, (seance, decision) in dossier.decisions.items():
        if seance.etat is EtatSeance.TENUE and seance.date <= jour:
            decide = dossier.contrat.decide(seance.instance)
            etat = decision.etat_suivi if decide else decision.etat
            if etat is EtatDecision.OUVERTE and nom in portees:
                etat = EtatDecision.REALISEE
            tardive = decision.echeance is not None and decision.echeance < jour
            en_retard = tardive and etat is EtatDecision.OUVERTE
            objet = dossier.nom_objet(decision.objet)
            suivies.append(DecisionSuivie(nom, seance, decision, en_retard, etat, objet))
    return tuple(sorted(suivies, key=lambda s: (s.seance.date, natural_key(s.nom))))


def _carried(dossier: Dossier) -> frozenset[str]:
    """Les décisions que nomment une fiche, une cible, une action programmée ou un avenant signé."""
    return frozenset(
        (
            *(d for f in dossier.fiches for d in _dated_by(f) if d),
            *(c.decision for s in dossier.mesures.values() for c in s.mesure.cibles if c.decision),
            *(
                a.decision
                for p in dossier.programmes.values()
                for actions in p.values()
                for a in actions
            ),
            *(avenant.decision for avenant in dossier.avenants if avenant.signe_le),
        )
    )


def _dated_by(fiche: Fiche) -> tuple[str | None, str | None]:
    return (fiche.vigueur.decision_debut, fiche.vigueur.decision_fin)


def follow_decisions(dossier: Dossier, exercice: int, jour: date) -> tuple[DecisionSuivie, ...]:
    """
    Les décisions antérieures au COPIL de l'exercice, et celles qui restent ouvertes, par date.

    Une séance examine l'exercice qu'elle dit, sinon l'année qui précède sa date.
    """
    return tuple(
        suivie
        for suivie in decisions_taken(dossier, jour)
        if suivie.seance.exercice_examine < exercice or suivie.etat is EtatDecision.OUVERTE
    )


def tell_decisions(
    decisions: tuple[DecisionSuivie, ...], exercice: int, contrat: Contrat
) -> tuple[str, ...]:
    """
    Ce que sont devenues les décisions antérieures, en phrases : le compte, puis qui est où.

    Sont comptées celles que les séances de l'exercice précédent ont prises, et les plus anciennes
    qui restent ouvertes. Vide s'il n'y en a pas.
    """
    suivies = [
        s
        for s in decisions
        if s.etat is EtatDecision.OUVERTE or s.seance.exercice_examine == exercice - 1
    ]
    groupes = [(nom, [s for s in suivies if _group_of(s) == nom]) for nom in _GROUPES]
    presents = [(nom, groupe) for nom, groupe in groupes if groupe]
    if not presents:
        return ()
    comptes = [count(len(groupe), *_GROUPES[nom]) for nom, groupe in presents]
    total = f"{count(len(suivies), 'décision')}, dont {enumerate_words(comptes)}"
    if len(presents) == 1:
        mots = _GROUPES[presents[0][0]][len(suivies) > 1]
        total = f"{count(len(suivies), 'décision')} {mots}"
    details = (
        f"{_agree(nom, len(groupe))} : {' ; '.join(_name(s, contrat) for s in groupe)}"
        for nom, groupe in presents
    )
    return tuple(typeset(texte) for texte in (total, *details))


_GROUPES = {
    "En retard": ("ouverte en retard", "ouvertes en retard"),
    "Ouvertes": ("ouverte", "ouvertes"),
    "Réalisées": ("réalisée", "réalisées"),
    "Abandonnées": ("abandonnée", "abandonnées"),
}
"""Ce qu'une décision peut être devenue, d'abord ce qui demande encore quelque chose."""


def _agree(titre: str, nombre: int) -> str:
    """« Ouverte » pour une seule décision ; « En retard » ne s'accorde pas."""
    return titre if nombre > 1 else titre.removesuffix("s")


def _group_of(suivie: DecisionSuivie) -> str:
    if suivie.etat is EtatDecision.OUVERTE:
        return "En retard" if suivie.en_retard else "Ouvertes"
    return "Réalisées" if suivie.etat is EtatDecision.REALISEE else "Abandonnées"


def _name(suivie: DecisionSuivie, contrat: Contrat) -> str:
    """Une décision en quelques mots : son texte, sinon sa nature et son objet ; qui, pour quand."""
    decision = suivie.decision
    precisions = [suivie.nom]
    if decision.responsable:
        precisions.append(contrat.nom_court(decision.responsable))
    if decision.echeance:
        precisions.append(f"échéance {short_date(decision.echeance)}")
    return f"{suivie.texte} ({', '.join(precisions)})"


def is_contested(ligne: LigneMesure) -> bool:
    """Vrai si un signataire conteste le chiffre de l'exercice, sans arbitrage."""
    return bool(ligne.constat.contestations) and not ligne.constat.arbitrage


def needs_arbitration(ligne: LigneMesure) -> bool:
    """Vrai si le COPIL a deux valeurs devant lui pour une mesure, et n'a pas encore choisi."""
    return disagrees(ligne) or is_contested(ligne)


def disagrees(ligne: LigneMesure) -> bool:
    """Vrai si deux lectures d'une mesure diffèrent sans arbitrage ; un texte ne diffère pas."""
    mesure = ligne.situee.mesure
    if mesure.reponses is not Reponses.LECTURES or mesure.type is TypeMesure.TEXTE:
        return False
    valeurs = {
        (d.valeur.valeur, d.valeur.numerateur, d.valeur.denominateur)
        for d in ligne.constat.declarations
        if d.valeur.etat is not None and d.valeur.etat.repond
    }
    return len(valeurs) > 1 and not ligne.constat.arbitrage
