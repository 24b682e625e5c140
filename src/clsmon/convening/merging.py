"""Ce que dit un classeur « Séance », posé sur ce que le dossier garde déjà : aucune clé perdue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from clsmon.model.seance import (
    Action,
    Decision,
    EtatDecision,
    EtatSeance,
    NatureDecision,
    OrdreDuJour,
    Retenue,
    Seance,
)
from clsmon.text.edited import Programme
from clsmon.workbooks.form.inert import inert_text
from clsmon.workbooks.meeting.returned import RetourSeance


def merge_meeting(
    ancienne: Seance | None, retour: RetourSeance, instance: str, jour: date, exercice: int
) -> Seance:
    """
    La séance que dit le classeur.

    Ce que le classeur ne porte pas reste celui de l'ancienne ; un texte que le tableur n'a fait que
    nettoyer aussi, et les organismes qui y étaient déjà gardent leur ordre.
    """
    depart = ancienne or Seance(
        instance=instance, date=jour, etat=EtatSeance.PREVUE, exercice=exercice
    )
    ordre = depart.ordre_du_jour
    points = tuple(
        _keep(point, ordre.points[rang] if rang < len(ordre.points) else "")
        for rang, point in enumerate(retour.points)
    )
    return depart.model_copy(
        update={
            "etat": retour.etat or EtatSeance.PREVUE,
            "ordre_du_jour": OrdreDuJour(envoye_le=retour.envoye_le, points=points),
            "convoques": _in_order(retour.convoques, depart.convoques),
            "presents": _in_order(retour.presents, depart.presents),
            "excuses": _in_order(retour.excuses, depart.excuses),
            "decisions": tuple(_decisions(retour, depart.decisions)),
        }
    )


def _decisions(retour: RetourSeance, anciennes: Iterable[Decision]) -> Iterable[Decision]:
    par_nom = {decision.id: decision for decision in anciennes}
    for lue in retour.decisions:
        ancienne = par_nom.get(lue["id"])
        depart = ancienne or Decision(id=lue["id"], nature=lue["nature"])
        retient = lue["retient"]
        champs = lue | {
            "objet": _keep(lue["objet"], depart.objet),
            "texte": _keep(lue["texte"], depart.texte),
            "etat": lue["etat"] or EtatDecision.OUVERTE,
            "retient": Retenue(**retient) if retient else None,
        }
        yield depart.model_copy(update=champs)


def merge_programme(ancien: Programme, retour: RetourSeance, nom: str) -> Programme:
    """
    Le programme que dit le classeur, fiche par fiche.

    Une action nouvelle sans décision vient de la seule décision « programme annuel » de la séance,
    s'il n'y en a qu'une.
    """
    programmes = [d["id"] for d in retour.decisions if d["nature"] is NatureDecision.PROGRAMME]
    seule = f"{nom}/{programmes[0]}" if len(programmes) == 1 else ""
    programme: dict[str, list[Action]] = {}
    for fiche, lue in retour.actions:
        memes = (action for action in ancien.get(fiche, ()) if action.id == lue["id"])
        deja = next(memes, None)
        depart = deja or Action(id=lue["id"], libelle=lue["libelle"], decision=seule)
        # Set by this very meeting, it was not yet written in the workbook that fixed it.
        acquise = depart.decision if depart.decision.startswith(f"{nom}/") else ""
        champs = lue | {
            "libelle": _keep(lue["libelle"], depart.libelle),
            "echeance": _keep(lue["echeance"], depart.echeance),
            "decision": lue["decision"] or acquise,
        }
        programme.setdefault(fiche, []).append(depart.model_copy(update=champs))
    return {fiche: tuple(actions) for fiche, actions in programme.items()}


def _keep(lu: str, ancien: str) -> str:
    """L'ancien texte, si la cellule le montrait tel quel : ses blancs ne se perdent pas."""
    return ancien if inert_text(ancien).strip() == lu else lu


def _in_order(lus: Sequence[str], anciens: Sequence[str]) -> tuple[str, ...]:
    deja = [code for code in anciens if code in lus]
    return (*deja, *(code for code in lus if code not in deja))
