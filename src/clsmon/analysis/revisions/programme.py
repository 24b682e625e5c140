"""Ce qui change dans le programme annuel et le diagnostic : hors du contrat, et pourtant suivi."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clsmon.analysis.revisions.contract import content_of
from clsmon.analysis.revisions.wording import describe_gap
from clsmon.model.anomalie import Lieu
from clsmon.model.dossier import Dossier
from clsmon.model.revision import Besoin, Changement
from clsmon.model.seance import Action, NatureDecision

CHAMPS = ("libelle", "organisme", "echeance")


def compare_programmes(avant: Dossier, apres: Dossier) -> Iterator[Changement]:
    """Les actions ajoutées, changées ou ôtées, année par année et fiche par fiche."""
    for annee in sorted({*avant.programmes, *apres.programmes}):
        anciennes, nouvelles = (_actions(d.programmes.get(annee, {})) for d in (avant, apres))
        for (fiche, identifiant), action in nouvelles.items():
            ancienne = anciennes.pop((fiche, identifiant), None)
            if ecart := _gap(ancienne, action):
                quoi = f"programme {annee}, fiche {fiche}, action {identifiant} : {ecart}"
                yield _change(ancienne, action, fiche, annee, quoi)
        for (fiche, identifiant), action in anciennes.items():
            quoi = f"programme {annee}, fiche {fiche}, action {identifiant} ôtée : {action.libelle}"
            lieu = Lieu(f"data/programmes/{annee}.yaml", 1, 1)
            yield Changement("REV035", lieu, quoi, f"programmes/{annee}")


def _actions(programme: Mapping[str, tuple[Action, ...]]) -> dict[tuple[str, str], Action]:
    return {(fiche, a.id): a for fiche, actions in programme.items() for a in actions}


def _gap(avant: Action | None, apres: Action) -> str:
    if avant is None:
        return f"ajoutée, « {apres.libelle} »"
    return describe_gap(*({c: getattr(a, c) for c in CHAMPS} for a in (avant, apres)))


def _change(
    ancienne: Action | None, action: Action, fiche: str, annee: int, message: str
) -> Changement:
    """Une action qui nomme une décision la suit ; changée, elle en nomme une autre."""
    chemin = f"programmes/{annee}"
    if not action.decision:
        return Changement("REV035", action.lieu("id"), message, chemin)
    meme = ancienne is not None and ancienne.decision == action.decision
    besoin = Besoin(
        NatureDecision.PROGRAMME,
        fiche,
        f"Programme {annee} de la fiche {fiche} : {action.libelle}",
        exercice=annee,
        nommee="" if meme else action.decision,
    )
    return Changement("REV024", action.lieu("decision"), message, chemin, besoin)


def compare_contexts(avant: Dossier, apres: Dossier) -> Iterator[Changement]:
    """Les chiffres du diagnostic, en une ligne."""
    if ecart := describe_gap(content_of(avant.contexte), content_of(apres.contexte)):
        lieu = Lieu("data/contexte.yaml", 1, 1)
        yield Changement("REV036", lieu, f"diagnostic territorial : {ecart}", "contexte")
