"""Les changements du contrat à l'écran : une voie après l'autre, puis le YAML à ajouter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clsmon.model.revision import A_DATER, Changement, Geste, Remede, Revision, Voie
from clsmon.model.texte import clean_text
from clsmon.render.plain import fold

TITRES = {
    Voie.AVENANT: "Avenant signé",
    Voie.COPIL: "Décision du COPIL",
    Voie.INFORMATION: "Information",
}


def render_revision(revision: Revision, *, copil: bool = True) -> str:
    """Chaque voie qui a des changements, puis ce qu'il faut écrire ; vide si rien n'a changé."""
    parties = []
    for voie, titre in TITRES.items():
        siens = [c for c in revision.changements if c.voie is voie]
        if siens:
            nom = titre if copil or voie is not Voie.COPIL else "Décision de l'instance de pilotage"
            parties.append(f"{nom}\n" + "".join(map(_change, siens)))
    if revision.remedes:
        parties.append(render_remedies("À ajouter", revision.remedes))
    return "\n".join(parties)


def render_remedies(titre: str, remedes: Sequence[Remede]) -> str:
    """Le YAML à écrire sous son titre, chaque morceau tel qu'il se colle."""
    a_dater = any(A_DATER in remede.texte for remede in remedes)
    dates = fold(f"{A_DATER} : la vraie date, que vous seuls connaissez.") if a_dater else ""
    return f"{titre}\n{dates}\n" + "\n".join(_pieces(remedes))


def _change(changement: Changement) -> str:
    place = f"{changement.lieu}  {changement.code}"
    return fold(f"- {changement.message}", 2, 4) + fold(place, 4) + fold(_verdict(changement), 4)


def _verdict(changement: Changement) -> str:
    if changement.couverture:
        return f"couvert par : {changement.couverture}"
    return changement.manque if changement.en_defaut else ""


def _pieces(remedes: Sequence[Remede]) -> Iterator[str]:
    """
    Chaque morceau et son titre, tels qu'ils se collent : le YAML ne se replie pas.

    Une décision d'une séance à créer suit les lignes de cette séance, sans autre titre.
    """
    crees = {r.fichier for r in remedes if r.geste is Geste.CREER}
    precedent = None
    for remede in remedes:
        suite = remede.geste is Geste.AJOUTER and remede.fichier in crees
        if precedent is not None and not suite:
            yield ""
        yield ("" if suite else _comment(remede.titre)) + clean_text(remede.yaml)
        precedent = remede
    yield ""


def _comment(titre: str) -> str:
    """Un titre replié, chaque ligne en commentaire : la coller ne gêne pas."""
    return fold(titre, 0, 2).replace("\n  ", "\n# ")
