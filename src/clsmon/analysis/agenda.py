"""
Ce que l'instance de pilotage doit décider, et le projet d'ordre du jour de sa prochaine séance.

Les mêmes points servent à la première page du bilan et à l'ordre du jour.
"""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.analysis.adopted import adoption_of
from clsmon.analysis.decisions import is_contested, needs_arbitration
from clsmon.analysis.evolutions import article
from clsmon.analysis.governance import REGLE_REALISATION
from clsmon.analysis.wording import count, enumerate_words, short_date, typeset
from clsmon.model.bilan import Bilan, DecisionSuivie, LigneMesure
from clsmon.model.dossier import Dossier
from clsmon.model.evolutions import EvolutionProposee
from clsmon.model.releve import Evolution

RELANCES_AU_PLUS = 3
"""Au-delà, les décisions en retard font un seul point ; qui et quand sont à leur suivi."""
_VERBES = {Evolution.RETRAIT: "Retirer", Evolution.MODIFICATION: "Modifier"}


def compute_to_decide(dossier: Dossier, bilan: Bilan) -> tuple[str, ...]:
    """
    Ce que l'instance de pilotage doit décider, en peu de mots ; la voie est à l'ordre du jour.

    Dans l'ordre : l'adoption du bilan, sauf si elle est prise, les évolutions proposées fiche par
    fiche, les arbitrages, les décisions en retard, les fiches à programmer, le programme de l'année
    qui suit, les avenants. Source : contrat, articles 6 et 7.
    """
    return tuple(
        typeset(texte)
        for texte in (
            *_adoption(dossier, bilan),
            *_proposed_changes(bilan),
            *_arbitrations(bilan),
            *_late_decisions(bilan),
            *_fiches_to_plan(bilan),
            *_programme(dossier, bilan),
            *_amendments(bilan),
        )
    )


def draft_agenda(dossier: Dossier, bilan: Bilan) -> tuple[str, ...]:
    """
    Les points d'un projet d'ordre du jour, dans l'ordre de l'article 7, déjà mis en forme.

    Ceux de `compute_to_decide`, et l'examen des décisions antérieures. L'article 6 veut que l'ajout
    et le retrait d'une fiche y soient, et qu'il soit envoyé avant la séance. Le bilan porte déjà
    ses évolutions.
    """
    return tuple(
        typeset(texte)
        for texte in (
            *_adoption(dossier, bilan),
            *_follow_up(bilan),
            *_late_decisions(bilan),
            *_arbitrations(bilan),
            *_proposed_changes(bilan, route=True),
            *_fiches_to_plan(bilan, route=True),
            *_programme(dossier, bilan),
            *_amendments(bilan),
        )
    )


def _adoption(dossier: Dossier, bilan: Bilan) -> Iterator[str]:
    if adoption_of(dossier, bilan.exercice, bilan.date):
        return
    fin = bilan.cloture.droit_de_regard_fin
    regard = f", droit de regard des signataires jusqu'au {short_date(fin)}" if fin else ""
    yield f"Adopter le bilan {bilan.exercice}{article(bilan.contrat, 7)}{regard}"


def _follow_up(bilan: Bilan) -> Iterator[str]:
    if bilan.suivi_decisions:
        yield f"Examiner les décisions antérieures : {bilan.suivi_decisions[0]}"


def _proposed_changes(bilan: Bilan, *, route: bool = False) -> Iterator[str]:
    """Une ligne par fiche et par évolution demandée, sauf ce qui est déjà tranché."""
    for evolution in bilan.evolutions.proposees:
        if evolution.a_decider:
            voie = f" : {evolution.voie}" if route else ""
            yield f"{_proposal(bilan, evolution)}{voie}"


def _proposal(bilan: Bilan, evolution: EvolutionProposee) -> str:
    dits = [
        bilan.contrat.nom_court(p.organisme) + (f", « {p.motif} »" if p.motif else "")
        for p in evolution.propositions
    ]
    verbe = _VERBES[evolution.nature]
    return f"{verbe} la fiche {evolution.fiche.nom} (proposé par {' ; '.join(dits)})"


def _arbitrations(bilan: Bilan) -> Iterator[str]:
    lignes = [ligne for ligne in bilan.lignes if needs_arbitration(ligne)]
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


def _late_decisions(bilan: Bilan) -> Iterator[str]:
    """Une ligne par décision en retard, ou une seule s'il y en a trop ; un avenant a la sienne."""
    avenants = {avenant.decision for avenant in bilan.evolutions.avenants}
    tardives = [s for s in bilan.decisions if s.en_retard and s.nom not in avenants]
    if len(tardives) > RELANCES_AU_PLUS:
        dites = " ; ".join(f"« {s.texte} » ({s.nom})" for s in tardives)
        yield f"Relancer ou clore {len(tardives)} décisions en retard : {dites}"
        return
    for suivie in tardives:
        precisions = ", ".join(_who_and_when(bilan, suivie))
        yield f"Relancer ou clore la décision {suivie.nom} : {suivie.texte} ({precisions})"


def _who_and_when(bilan: Bilan, suivie: DecisionSuivie) -> Iterator[str]:
    decision = suivie.decision
    if decision.responsable:
        yield bilan.contrat.nom_court(decision.responsable)
    if decision.echeance is not None:
        yield f"échéance {short_date(decision.echeance)}"


def _fiches_to_plan(bilan: Bilan, *, route: bool = False) -> Iterator[str]:
    titres = [f"« {p.fiche.titre} »" for p in bilan.evolutions.a_programmer if not p.decision]
    if titres:
        quoi = count(len(titres), "fiche prévue", "fiches prévues")
        voie = f" : {bilan.evolutions.voie_programmation}" if route else ""
        yield f"Programmer ou non {quoi} : {enumerate_words(titres, entiere=route)}{voie}"


def _programme(dossier: Dossier, bilan: Bilan) -> Iterator[str]:
    """Le programme de l'année qui suit, quand le dossier en suit un et qu'il n'est pas décidé."""
    annee = bilan.exercice + 1
    calculees = (s.mesure.calcul.regle for s in dossier.mesures.values() if s.mesure.calcul)
    suivi = any(dossier.programmes.values()) or REGLE_REALISATION in calculees
    if not suivi or annee not in dossier.contrat.periode.exercices:
        return
    actions = [a for fixees in dossier.programmes.get(annee, {}).values() for a in fixees]
    a_decider = [action for action in actions if not action.decision]
    if not actions:
        yield f"Fixer le programme d'actions {annee}"
    elif a_decider:
        proposees = count(len(a_decider), "action proposée", "actions proposées")
        yield f"Fixer le programme d'actions {annee} : {proposees}"


def _amendments(bilan: Bilan) -> Iterator[str]:
    suivies = {suivie.nom: suivie for suivie in bilan.decisions}
    for avenant in bilan.evolutions.avenants:
        suivie = suivies.get(avenant.decision)
        precisions = [f"décision {avenant.decision}"] if avenant.decision else []
        precisions += _who_and_when(bilan, suivie) if suivie else ()
        origine = f" ({', '.join(precisions)})" if precisions else ""
        faire = "Préparer un avenant"
        if avenant.numero is not None:
            faire = f"Faire signer l'avenant n° {avenant.numero}"
        yield f"{faire} : « {avenant.objet} »{origine} : {bilan.evolutions.voie_avenant}"
