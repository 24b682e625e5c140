"""Un classeur déjà lu : ce qu'une nouvelle lecture y change, ou rien."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clsmon.analysis.heads import compute_heads
from clsmon.model.releve import RELECTURE, Releve, SaisiPar, Valeur


@dataclass(frozen=True)
class Lecture:
    """
    Ce que devient une lecture : le relevé qui la dit déjà (`nom`), ou le relevé à écrire.

    `ecartees` : les cellules dont un choix de l'animateur santé a écarté la réponse ; elles ne
    posent plus de question.
    """

    releve: Releve
    nom: str = ""
    ecartees: frozenset[str] = frozenset()


def place_reading(siens: Mapping[str, Releve], releve: Releve) -> Lecture:
    """
    Déjà lu et pareil : rien ; déjà lu et autrement : une relecture ; sinon un relevé de plus.

    `siens` : les relevés de l'organisme pour l'exercice. La relecture d'un classeur dont un retour
    plus récent a pris la place ne change rien, ni celle d'un classeur départagé ou retiré.
    """
    memes = {n: ancien for n, ancien in siens.items() if ancien.recu.sha256 == releve.recu.sha256}
    if not memes:
        return Lecture(releve)
    tetes, derniers = compute_heads(siens), compute_heads(memes)
    debout = [nom for nom in derniers if nom in tetes]
    relus = tuple(nom for nom in debout if not _is_settled(memes, nom))
    pareils = [nom for nom in relus if _says_the_same(memes[nom], releve)]
    if relus and not pareils:
        return Lecture(_read_again(releve, memes[relus[0]], relus))
    nom = (pareils or debout or list(derniers))[0]
    choisi = _is_settled(memes, nom)
    return Lecture(memes[nom], nom, _cells(releve) - _cells(memes[nom]) if choisi else frozenset())


def _read_again(releve: Releve, ancien: Releve, relus: tuple[str, ...]) -> Releve:
    motif = ancien.motif if ancien.saisi_par is SaisiPar.ANIMATEUR else RELECTURE
    relecture = {"motif": motif, "saisi_par": ancien.saisi_par, "remplace": relus}
    return releve.model_copy(update=relecture)


def _is_settled(memes: Mapping[str, Releve], nom: str) -> bool:
    """Vrai si ce relevé n'est pas une lecture du classeur, mais un choix fait après elle."""
    releve = memes[nom]
    return releve.motif != RELECTURE and any(
        autre in memes and memes[autre].motif != releve.motif for autre in releve.remplace
    )


def _says_the_same(ancien: Releve, releve: Releve) -> bool:
    """
    Vrai si deux lectures d'un classeur disent de même, doutes confirmés à part.

    Un doute peut venir de l'an dernier : l'avoir reçu depuis ne fait pas une autre lecture.
    """
    return ancien.fiches == releve.fiches and _answers(ancien) == _answers(releve)


def _answers(releve: Releve) -> dict[str, Valeur]:
    sans_confirmation = {"confirme": False}
    return {cle: v.model_copy(update=sans_confirmation) for cle, v in releve.valeurs.items()}


def _cells(releve: Releve) -> frozenset[str]:
    """Les cellules dont une réponse vient."""
    rubriques = (
        cellule
        for declaration in releve.fiches.values()
        for cellule in (
            *declaration.cellules.values(),
            *(saisie.cellule for saisie in declaration.a_verifier.values()),
        )
    )
    return frozenset((*(valeur.cellule for valeur in releve.valeurs.values()), *rubriques))
