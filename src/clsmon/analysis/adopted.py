"""Le bilan adopté : par quelle décision, avec quels relevés, et ce qu'un arbitrage y a changé."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from clsmon.analysis.arbitration import find_arbitration
from clsmon.model.anomalie import natural_key
from clsmon.model.dossier import Dossier
from clsmon.model.seance import EtatDecision, EtatSeance, NatureDecision, VieBilan


def find_adoption(dossier: Dossier, exercice: int, jour: date | None = None) -> str:
    """
    Le nom de la décision qui adopte un bilan, prise au plus tard `jour` ; vide s'il n'y en a pas.

    Elle est de nature `adoption_bilan`, d'une séance tenue du COPIL, non abandonnée, et porte sur
    l'exercice qu'elle dit, sinon celui de sa séance, sinon l'année qui précède. De deux, la
    dernière.
    """
    trouvees = [
        (seance.date, natural_key(nom), nom)
        for nom, (seance, decision) in dossier.decisions.items()
        if decision.nature is NatureDecision.ADOPTION_BILAN
        and decision.etat is not EtatDecision.ABANDONNEE
        and seance.etat is EtatSeance.TENUE
        and dossier.contrat.decide(seance.instance)
        and (decision.exercice or seance.exercice_examine) == exercice
        and (jour is None or seance.date <= jour)
    ]
    return max(trouvees)[2] if trouvees else ""


def life_of(dossier: Dossier, exercice: int) -> VieBilan:
    """La vie d'un bilan, vide si le dossier n'en dit rien."""
    return dossier.exercices.get(exercice) or VieBilan()


def end_of_review(dossier: Dossier, exercice: int) -> date | None:
    """Le dernier jour du droit de regard des signataires sur un bilan ; None si rien ne le dit."""
    jours = dossier.contrat.regles.droit_de_regard_jours
    return life_of(dossier, exercice).fin_du_regard(jours)


def adoption_of(dossier: Dossier, exercice: int, jour: date | None = None) -> str:
    """Le nom de la décision d'adoption : celle que dit la vie du bilan, sinon la dernière prise."""
    return life_of(dossier, exercice).adopte or find_adoption(dossier, exercice, jour)


def adoption_day(dossier: Dossier, adoption: str) -> date | None:
    """Le jour de la séance d'une décision d'adoption ; None si la décision est introuvable."""
    prise = dossier.decisions.get(adoption)
    return prise[0].date if prise else None


def is_frozen(dossier: Dossier, exercice: int) -> bool:
    """Vrai si les chiffres de cet exercice sont adoptés et figés."""
    vie = life_of(dossier, exercice)
    return bool(vie.adopte and vie.empreinte)


def adopted_names(dossier: Dossier, exercice: int) -> frozenset[str] | None:
    """Les relevés du bilan adopté ; None tant que ses chiffres ne sont pas figés."""
    vie = life_of(dossier, exercice)
    return frozenset(vie.releves) if is_frozen(dossier, exercice) else None


def adopted_examens(dossier: Dossier, exercice: int, decision: str) -> frozenset[str] | None:
    """
    Les examens dont un arbitrage peut retenir une valeur ; None : tous.

    Tous tant que les chiffres ne sont pas figés, ou s'il est postérieur à l'adoption. Sinon ceux du
    bilan adopté : un examen reçu depuis n'en change aucun chiffre.
    """
    vie = life_of(dossier, exercice)
    adoption = adoption_day(dossier, vie.adopte or "")
    if not is_frozen(dossier, exercice) or adoption is None:
        return None
    return frozenset(vie.examens) if dossier.decisions[decision][0].date <= adoption else None


def later_choices(dossier: Dossier, exercice: int) -> Iterator[tuple[str, str, str]]:
    """
    Les réponses qu'un arbitrage postérieur à l'adoption retient : mesure, organisme, décision.

    Le COPIL peut retenir une réponse reçue après l'adoption ; elle seule entre alors dans le bilan.
    """
    adoption = adoption_day(dossier, life_of(dossier, exercice).adopte or "")
    if adoption is None:
        return
    for cle in dict.fromkeys(d.objet for _, d in dossier.decisions.values()):
        actuelle = dossier.cles_actuelles.get(cle)
        arbitrage = find_arbitration(dossier, actuelle, exercice) if actuelle else None
        if actuelle is None or arbitrage is None:
            continue
        nom, retient = arbitrage
        if retient.organisme and dossier.decisions[nom][0].date > adoption:
            organisme = dossier.codes_actuels.get(retient.organisme, retient.organisme)
            yield actuelle, organisme, nom


def as_of_adoption(dossier: Dossier, exercice: int) -> Dossier:
    """
    Le dossier sans les séances tenues après l'adoption : ses chiffres sont ceux qui sont adoptés.

    Ce qu'une décision change ensuite se voit au bilan, sans faire douter de ce qui a été adopté.
    """
    adoption = adoption_day(dossier, life_of(dossier, exercice).adopte or "")
    if adoption is None:
        return dossier
    return replace(dossier, seances=tuple(s for s in dossier.seances if s.date <= adoption))
