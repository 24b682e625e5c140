"""Les règles du dossier, appliquées à ce qui va être écrit, et dites à la cellule du classeur."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.dossier import Dossier
from clsmon.model.noeud import place_of
from clsmon.model.seance import Seance
from clsmon.rules import check
from clsmon.text.edited import Programme
from clsmon.workbooks.meeting.returned import Chemin

Cellules = Mapping[Chemin, Lieu]
"""La cellule de chaque valeur, par son chemin dans la séance."""


def verify(
    avant: Dossier,
    apres: Dossier,
    cellules: Cellules,
    ecrits: tuple[Seance | None, Programme | None],
) -> Iterator[Anomalie]:
    """
    Les anomalies de ce qui va être écrit, et celles que cela fait naître ailleurs.

    `ecrits` : la séance et le programme qui changent, relus à leur place. Une anomalie de leur
    fichier est dite à la cellule d'où elle vient, ou à la plus proche qui la précède.
    """
    connues = {(a.code, a.message, a.lieu.fichier) for a in check(avant)}
    places = sorted(_places(cellules, *ecrits), key=lambda place: place[0])
    fichiers = {fichier for (fichier, _, _), _ in places}
    for a in check(apres):
        if a.gravite is Gravite.INFO:
            continue
        if a.lieu.fichier in fichiers:
            lieu = _nearest(places, a.lieu)
            yield Anomalie(lieu, a.code, a.gravite, a.message, a.conseil)
        elif (a.code, a.message, a.lieu.fichier) not in connues:
            yield a


Placee = tuple[tuple[str, int, int], Lieu]
"""La place d'une valeur dans son fichier, et sa cellule."""


def _places(
    cellules: Cellules, seance: Seance | None, programme: Programme | None
) -> Iterator[Placee]:
    """Les valeurs écrites, et elles seules : une clé absente a la place de ce qui la porte."""
    for chemin, cellule in cellules.items():
        if chemin[0] == "programme" and programme:
            lieu = _action_place(programme, chemin[1:])
        elif chemin[0] in Seance.model_fields and seance is not None:
            pas = _ranked(seance, chemin)
            lieu = seance.lieu(*pas)
            if lieu == seance.lieu(*pas[:-1]) and isinstance(pas[-1], str):
                continue
        else:
            continue
        yield (lieu.fichier, lieu.ligne, lieu.colonne), cellule


def _ranked(seance: Seance, chemin: Chemin) -> Chemin:
    """Un organisme cité se range par son code ; dans le fichier, par son rang."""
    if chemin[0] in {"convoques", "presents", "excuses"}:
        return (chemin[0], getattr(seance, str(chemin[0])).index(chemin[1]))
    return chemin


def _action_place(programme: Programme, chemin: Chemin) -> Lieu:
    fiche, *reste = chemin
    if not reste:
        return place_of(programme, (fiche,), cle=True)
    action = programme[str(fiche)][int(reste[0])]
    return action.lieu(*reste[1:])


def _nearest(places: list[Placee], lieu: Lieu) -> Lieu:
    """La cellule de cette place, ou de la dernière qui la précède ; le classeur seul sinon."""
    memes = [place for place in places if place[0][0] == lieu.fichier]
    avant = [cellule for place, cellule in memes if place[1:] <= (lieu.ligne, lieu.colonne)]
    return avant[-1] if avant else Lieu(memes[0][1].fichier)
