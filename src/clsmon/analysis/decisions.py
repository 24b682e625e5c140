"""Les décisions : ce que sont devenues les anciennes, et ce que le COPIL doit décider."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clsmon.analysis.wording import count, enumerate_words, spell_date, typeset
from clsmon.model.anomalie import natural_key
from clsmon.model.bilan import Bilan, BilanFiche, DecisionSuivie, LigneMesure, Recit
from clsmon.model.contrat import Contrat, NatureContrat
from clsmon.model.dossier import Dossier
from clsmon.model.indicateur import Reponses, TypeMesure
from clsmon.model.releve import Evolution
from clsmon.model.seance import EtatDecision, EtatSeance


def follow_decisions(dossier: Dossier, exercice: int, jour: date) -> tuple[DecisionSuivie, ...]:
    """
    Les décisions antérieures au COPIL de l'exercice, et celles qui restent ouvertes, par date.

    Une séance examine l'exercice qu'elle dit, sinon l'année qui précède sa date. Une décision est
    en retard quand elle est ouverte et que son échéance est avant `jour`.
    """
    suivies = [
        DecisionSuivie(
            nom,
            seance,
            decision,
            decision.etat is EtatDecision.OUVERTE
            and decision.echeance is not None
            and decision.echeance < jour,
        )
        for nom, (seance, decision) in dossier.decisions.items()
        if seance.etat is EtatSeance.TENUE
        and seance.date <= jour
        and (
            (seance.exercice or seance.date.year - 1) < exercice
            or decision.etat is EtatDecision.OUVERTE
        )
    ]
    return tuple(sorted(suivies, key=lambda s: (s.seance.date, natural_key(s.nom))))


def compute_to_decide(dossier: Dossier, bilan: Bilan) -> tuple[str, ...]:
    """
    Ce que l'instance de pilotage doit décider, chaque point avec sa voie.

    Dans l'ordre : l'adoption du bilan, sauf s'il est définitif, les évolutions proposées fiche par
    fiche, les arbitrages, les décisions en retard, les fiches à programmer. Source : contrat,
    articles 6 et 7.
    """
    return tuple(
        typeset(texte)
        for texte in (
            *_adoption(dossier, bilan),
            *_proposed_changes(bilan),
            *_arbitrations(bilan),
            *_late_decisions(bilan),
            *_fiches_to_plan(bilan),
        )
    )


def _adoption(dossier: Dossier, bilan: Bilan) -> Iterator[str]:
    vie = dossier.exercices.get(bilan.exercice)
    if not bilan.definitif and (vie is None or vie.adopte is None):
        yield f"Adopter le bilan {bilan.exercice}{_article(bilan.contrat, 7)}"


def _proposed_changes(bilan: Bilan) -> Iterator[str]:
    """Une ligne par fiche et par évolution demandée ; un retrait déjà daté n'est plus à décider."""
    voie = (
        f"décision {_of_instance(bilan.contrat)}, inscrite à un ordre du jour envoyé avant la "
        f"séance{_article(bilan.contrat, 6)}"
    )
    for fiche in bilan.fiches:
        retraits = _asking(fiche, Evolution.RETRAIT)
        if retraits and fiche.fiche.vigueur.fin is None:
            yield f"{_proposal(bilan, 'Retirer', fiche, retraits)} : {voie}"
        modifications = _asking(fiche, Evolution.MODIFICATION)
        if modifications:
            yield (
                f"{_proposal(bilan, 'Modifier', fiche, modifications)} : {voie} ; un nouvel axe, "
                "une nouvelle orientation ou un nouveau partenaire demande un avenant"
            )


def _asking(fiche: BilanFiche, evolution: Evolution) -> list[Recit]:
    return [r for r in fiche.recits if r.declaration.evolution_proposee is evolution]


def _proposal(bilan: Bilan, verbe: str, fiche: BilanFiche, recits: list[Recit]) -> str:
    dits = [
        f"{bilan.contrat.nom_court(recit.organisme)}"
        + (f", « {motif} »" if (motif := recit.declaration.motif_evolution) else "")
        for recit in recits
    ]
    return f"{verbe} la fiche {fiche.fiche.nom} (proposé par {' ; '.join(dits)})"


def _arbitrations(bilan: Bilan) -> Iterator[str]:
    lignes = [ligne for ligne in bilan.lignes if disagrees(ligne) or is_contested(ligne)]
    if not lignes:
        return
    noms = enumerate_words([_name_disputed(bilan, ligne) for ligne in lignes], entiere=True)
    contestees = sum(is_contested(ligne) for ligne in lignes)
    if not contestees:
        pourquoi = "où les organismes répondent différemment, la première réponse donnée comptant"
    elif contestees == len(lignes):
        pourquoi = "dont le chiffre est contesté, la valeur déclarée comptant"
    else:
        pourquoi = (
            "où les organismes répondent différemment ou dont le chiffre est contesté, la première "
            "réponse donnée comptant"
        )
    yield f"Arbitrer {count(len(lignes), 'mesure')} {pourquoi} jusque-là : {noms}"


def _name_disputed(bilan: Bilan, ligne: LigneMesure) -> str:
    codes = dict.fromkeys(c.organisme for c in ligne.constat.contestations)
    if not codes or not is_contested(ligne):
        return ligne.situee.nom
    noms = enumerate_words([bilan.contrat.nom_court(code) for code in codes])
    return f"{ligne.situee.nom} (contestée par {noms})"


def is_contested(ligne: LigneMesure) -> bool:
    """Vrai si un signataire conteste le chiffre de l'exercice, sans arbitrage."""
    return bool(ligne.constat.contestations) and not ligne.constat.arbitrage


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


def _late_decisions(bilan: Bilan) -> Iterator[str]:
    for suivie in bilan.decisions:
        decision = suivie.decision
        if suivie.en_retard and decision.echeance is not None:
            qui = bilan.contrat.nom_court(decision.responsable) if decision.responsable else ""
            precisions = [qui] if qui else []
            precisions.append(f"échéance {spell_date(decision.echeance)}")
            quoi = decision.texte or decision.objet or suivie.nom
            yield f"Relancer ou clore la décision {suivie.nom} : {quoi} ({', '.join(precisions)})"


def _fiches_to_plan(bilan: Bilan) -> Iterator[str]:
    titres = [f"« {fiche.titre} »" for axe in bilan.axes for fiche in axe.a_programmer]
    if titres:
        quoi = count(len(titres), "fiche prévue", "fiches prévues")
        yield f"Programmer ou non {quoi} : {enumerate_words(titres)}"


def _article(contrat: Contrat, numero: int) -> str:
    """Les numéros d'articles sont ceux d'un CLS ; un autre plan a les siens."""
    return f" (article {numero})" if contrat.nature is NatureContrat.CLS else ""


def _of_instance(contrat: Contrat) -> str:
    return "du COPIL" if "copil" in contrat.instances else "de l’instance de pilotage"
