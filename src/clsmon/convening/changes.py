"""Ce qu'un classeur « Séance » change au dossier, en mots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clsmon.analysis.wording import enumerate_words, short_date
from clsmon.model.contrat import Contrat
from clsmon.model.libelles import ETATS_DECISION, ETATS_SEANCE, NATURES_DECISION
from clsmon.model.seance import Decision, Seance
from clsmon.text.edited import Programme
from clsmon.workbooks.reader.refusal import shorten

_MOTS: Mapping[Any, str] = {**NATURES_DECISION, **ETATS_DECISION, **ETATS_SEANCE}
_CHAMPS = {
    "nature": "nature",
    "objet": "objet",
    "texte": "texte",
    "responsable": "responsable",
    "echeance": "échéance",
    "etat": "état",
    "exercice": "exercice",
    "effet_le": "effet",
    "annee": "année de la cible",
    "valeur": "valeur de la cible",
}


@dataclass(frozen=True)
class Ecart:
    """Une chose dite autrement qu'avant ; `avant` est vide si rien n'en était dit."""

    quoi: str
    avant: str
    apres: str

    def __str__(self) -> str:
        return f"{self.quoi} : {self.avant or '(vide)'} → {self.apres or '(vide)'}"


def describe_changes(
    contrat: Contrat,
    seances: tuple[Seance | None, Seance],
    programmes: tuple[Programme, Programme],
) -> tuple[Ecart, ...]:
    """Chaque différence entre ce que le dossier gardait et ce que dit le classeur."""
    avant, apres = (
        dict(_facts(contrat, seance, programme))
        for seance, programme in zip(seances, programmes, strict=True)
    )
    return tuple(
        Ecart(quoi, avant.get(quoi, ""), apres.get(quoi, ""))
        for quoi in dict.fromkeys((*avant, *apres))
        if avant.get(quoi, "") != apres.get(quoi, "")
    )


def _facts(
    contrat: Contrat, seance: Seance | None, programme: Programme
) -> Iterator[tuple[str, str]]:
    if seance is not None:
        yield "état de la séance", _MOTS[seance.etat]
        envoi = seance.ordre_du_jour.envoye_le
        yield "ordre du jour envoyé", short_date(envoi) if envoi else ""
        for rang, point in enumerate(seance.ordre_du_jour.points, start=1):
            yield f"point {rang}", shorten(point)
        for champ, mot in (
            ("convoques", "convoqués"),
            ("presents", "présents"),
            ("excuses", "excusés"),
        ):
            codes = getattr(seance, champ)
            yield mot, enumerate_words([contrat.nom_court(code) for code in codes], entiere=True)
        for decision in seance.decisions:
            yield from _decision_facts(contrat, decision)
    for fiche, actions in programme.items():
        for action in actions:
            qui = contrat.nom_court(action.organisme) if action.organisme else ""
            dits = filter(None, (action.libelle, qui, action.echeance, action.decision))
            yield f"action {action.id} de la fiche {fiche}", shorten(", ".join(dits))


def _decision_facts(contrat: Contrat, decision: Decision) -> Iterator[tuple[str, str]]:
    for champ, mot in _CHAMPS.items():
        valeur = getattr(decision, champ)
        if champ == "responsable" and valeur:
            valeur = contrat.nom_court(valeur)
        elif champ in {"echeance", "effet_le"} and valeur:
            valeur = short_date(valeur)
        texte = _MOTS.get(valeur) or ("" if valeur is None else shorten(str(valeur)))
        yield f"{decision.id}, {mot}", texte
    retient = decision.retient
    qui = contrat.nom_court(retient.organisme) if retient and retient.organisme else ""
    nombre = str(retient.valeur) if retient and retient.valeur is not None else ""
    yield f"{decision.id}, retient", qui or nombre
