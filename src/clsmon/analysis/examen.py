"""L'examen contradictoire au bilan : tout ce que les signataires ont dit, et ce qui compte."""

from __future__ import annotations

from collections.abc import Iterable

from clsmon.analysis.contestations import contested_in, examined_by, opinions_of
from clsmon.model.bilan import ContestationSuivie, ExamenContradictoire, LigneMesure
from clsmon.model.dossier import Dossier


def compute_examen(
    dossier: Dossier, exercice: int, lignes: Iterable[LigneMesure]
) -> ExamenContradictoire:
    """
    Les avis et les chiffres contestés de l'exercice, puis de ceux d'avant.

    Une contestation y reste pour toujours, arbitrée ou non, même si sa mesure n'est plus suivie.
    """
    annees = sorted({e.exercice for e in dossier.examens.values() if e.exercice <= exercice})[::-1]
    constats = {
        (ligne.situee.cle, constat.exercice): constat
        for ligne in lignes
        for constat in (*ligne.serie, ligne.constat)
    }
    rangs = {cle: rang for rang, cle in enumerate(dossier.mesures)}
    fiches = {fiche.id: rang for rang, fiche in enumerate(dossier.fiches)}
    return ExamenContradictoire(
        rendus=examined_by(dossier, exercice),
        avis=tuple(
            avis
            for annee in annees
            for avis in sorted(
                opinions_of(dossier, annee), key=lambda a: fiches.get(a.fiche, len(fiches))
            )
        ),
        contestations=tuple(
            ContestationSuivie(
                chiffre, dossier.mesures.get(chiffre.cle), constats.get((chiffre.cle, annee))
            )
            for annee in annees
            for chiffre in sorted(
                contested_in(dossier, annee), key=lambda c: rangs.get(c.cle, len(rangs))
            )
        ),
    )
