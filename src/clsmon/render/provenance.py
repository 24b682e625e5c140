"""La provenance de chaque chiffre : organisme, classeur reçu, feuille, cellule, empreinte."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.bilan import Bilan, LigneMesure
from clsmon.model.constat import Constat
from clsmon.model.releve import DeclarationFiche, Releve
from clsmon.render.cells import Annee, Cellule, Colonne, Montant, Tableau
from clsmon.render.spelling import spell_answer

LONGUEUR_EMPREINTE = 12
COLONNES = (
    Colonne("Clé", 34),
    Colonne("Exercice", 9, nombre=True),
    Colonne("Organisme", 20),
    Colonne("Réponse lue", 30),
    Colonne("Texte brut", 24),
    Colonne("Règle de lecture", 18),
    Colonne("Preuve citée", 24),
    Colonne("Classeur reçu", 24),
    Colonne("Cellule", 16),
    Colonne("sha256 (début)", 16),
    Colonne("Relevé", 28),
)


def series_of(ligne: LigneMesure) -> tuple[Constat, ...]:
    """Les constats d'une mesure, une fois par année, celui de l'exercice compris."""
    autres = (c for c in ligne.serie if c.exercice != ligne.constat.exercice)
    return tuple(sorted((*autres, ligne.constat), key=lambda c: c.exercice))


def _place(releve: Releve, cellule: str) -> tuple[Cellule, ...]:
    recu = releve.recu
    return (recu.fichier, cellule, recu.sha256[:LONGUEUR_EMPREINTE], releve.nom)


def _answers(bilan: Bilan) -> Iterator[tuple[Cellule, ...]]:
    for ligne in bilan.lignes:
        for constat in series_of(ligne):
            for d in constat.declarations:
                yield (
                    ligne.situee.cle,
                    Annee(constat.exercice),
                    bilan.contrat.nom_court(d.organisme),
                    spell_answer(d.valeur, ligne.situee.mesure),
                    d.valeur.saisi,
                    d.valeur.regle,
                    d.valeur.preuve,
                    *_place(d.releve, d.valeur.cellule),
                )


def _amounts(declaration: DeclarationFiche) -> Iterator[tuple[str, Cellule]]:
    depenses, poste = declaration.depenses, declaration.poste
    for champ in ("prevu", "engage", "realise"):
        if (nombre := getattr(depenses, champ)) is not None:
            yield f"depenses.{champ}", Montant(nombre)
    for aide in declaration.aides:
        for champ in ("notifie", "verse"):
            if (nombre := getattr(aide, champ)) is not None:
                yield f"aides.{aide.financeur}.{champ}", Montant(nombre)
    if poste is not None:
        for champ, nombre in (("etp", poste.etp), ("mois", poste.mois)):
            if nombre is not None:
                yield f"poste.{champ}", nombre
        if poste.cout_eligible is not None:
            yield "poste.cout_eligible", Montant(poste.cout_eligible)


def _money(bilan: Bilan) -> Iterator[tuple[Cellule, ...]]:
    for fiche in bilan.fiches:
        for recit in fiche.recits:
            for champ, nombre in _amounts(recit.declaration):
                lecture = recit.declaration.lectures.get(champ)
                yield (
                    f"{fiche.fiche.id}/{champ}",
                    Annee(bilan.exercice),
                    bilan.contrat.nom_court(recit.organisme),
                    nombre,
                    lecture.saisi if lecture else None,
                    lecture.regle if lecture else None,
                    None,
                    *_place(recit.releve, recit.declaration.cellules.get(champ, "")),
                )


def provenance_table(bilan: Bilan) -> Tableau:
    """Une ligne par réponse d'un organisme et par montant déclaré, toutes années montrées."""
    lignes = (*_answers(bilan), *_money(bilan))
    vues: set[str] = set()
    reperes: list[str] = []
    for cle, *_ in lignes:
        reperes.append("" if cle in vues else f"provenance-{cle}")
        vues.add(str(cle))
    mesures = {ligne.situee.cle for ligne in bilan.lignes}
    liens = tuple(f"mesure-{cle}" if cle in mesures else "" for cle, *_ in lignes)
    return Tableau("Provenance de chaque chiffre", COLONNES, lignes, tuple(reperes), liens)


def provenance_of(ligne: LigneMesure) -> str:
    """Le repère de la provenance d'une mesure ; vide si personne ne l'a renseignée."""
    dites = any(constat.declarations for constat in series_of(ligne))
    return f"provenance-{ligne.situee.cle}" if dites else ""
