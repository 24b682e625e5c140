"""An examination whose every free text holds a given text: opinions, a contested figure, doubts."""

from __future__ import annotations

from dataclasses import replace

from clsmon.model.bilan import Bilan, ContestationSuivie, ExamenContradictoire, LigneMesure
from clsmon.model.contestation import AvisRendu, ChiffreConteste
from clsmon.model.observation import Examen

EXERCICE = 2025


def build_examen(texte: str) -> Examen:
    doute = {"saisi": texte, "nature_cellule": "texte", "regle": texte, "cellule": "Chiffres!I9"}
    return Examen.model_validate(
        {
            "organisme": "ars",
            "exercice": EXERCICE,
            "recu": {
                "fichier": f"examen {texte}.xlsx",
                "sha256": "7a" * 32,
                "formulaire": "7a1",
                "lecteur": "1",
            },
            "fiches": {
                "1.1": {"avis": "desaccord", "texte": texte, "cellules": {"texte": "Fiches!H3"}},
                "2.1": {"a_verifier": {"texte": doute}},
            },
            "mesures": {
                "1.1/i/m0": {
                    "organisme_declarant": "apo",
                    "valeur_declaree": "1234.5",
                    "valeur_proposee": "1300",
                    "saisi": texte,
                    "regle": texte,
                    "motif": texte,
                    "source": texte,
                    "cellule": "Chiffres!I4",
                },
                "1.1/i/m1": {
                    "valeur_declaree": "12/15",
                    "a_verifier": {"motif": doute},
                    "cellule": "Chiffres!L5",
                },
            },
        }
    )


def contested(examen: Examen, cle: str) -> ChiffreConteste:
    return ChiffreConteste(EXERCICE, "ars", cle, examen.mesures[cle], examen)


def told(examen: Examen, lignes: tuple[LigneMesure, ...]) -> ExamenContradictoire:
    """What the bilan keeps of this examination."""
    par_cle = {ligne.situee.cle: ligne for ligne in lignes}
    return ExamenContradictoire(
        rendus=("ars",),
        avis=tuple(
            AvisRendu(EXERCICE, "ars", fiche, avis, examen) for fiche, avis in examen.fiches.items()
        ),
        contestations=tuple(
            ContestationSuivie(contested(examen, cle), par_cle[cle].situee, par_cle[cle].constat)
            for cle in examen.mesures
        ),
    )


def with_first(bilan: Bilan, ligne: LigneMesure) -> Bilan:
    """The same bilan, its first line another."""
    axe, fiche = bilan.axes[0], bilan.fiches[0]
    bloc = fiche.indicateurs[0]
    fiche = replace(
        fiche, indicateurs=(replace(bloc, lignes=(ligne, *bloc.lignes[1:])), *fiche.indicateurs[1:])
    )
    return replace(bilan, axes=(replace(axe, fiches=(fiche,)), *bilan.axes[1:]))


def contest_first(bilan: Bilan, texte: str) -> Bilan:
    """The same bilan, its first figure contested by somebody who writes this text."""
    ligne = bilan.lignes[0]
    chiffre = contested(build_examen(texte), ligne.situee.cle)
    constat = replace(ligne.constat, contestations=(chiffre,), declare=ligne.constat)
    serie = (*ligne.serie[:-1], constat)
    return with_first(bilan, replace(ligne, constat=constat, serie=serie))
