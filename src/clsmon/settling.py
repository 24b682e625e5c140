"""Départager les relevés d'un organisme : chaque choix s'écrit comme un relevé de plus."""

from __future__ import annotations

from clsmon.analysis.heads import compute_heads, is_withdrawal, releves_of
from clsmon.analysis.narrative import find_conflicts, without
from clsmon.model.anomalie import MauvaisUsageError
from clsmon.model.dossier import Dossier
from clsmon.model.observation import Examen
from clsmon.model.releve import CORRECTION, RETRAIT, DeclarationFiche, Releve, Valeur
from clsmon.model.suggestion import advise
from clsmon.text.store import name_of, path_of, to_yaml
from clsmon.writing import write_once


def keep(dossier: Dossier, nom: str) -> tuple[Releve, ...]:
    """
    Les relevés qui font tenir les réponses de `nom` contre celles de ses voisins.

    Chaque voisin qui en contredit une est remplacé par lui-même, moins ses réponses contredites :
    tout le reste garde sa valeur, son classeur et sa cellule. Lève MauvaisUsageError si `nom` n'est
    pas un relevé en vigueur, ou si rien ne le contredit.
    """
    garde = _standing(dossier, nom)
    choix = []
    for voisin, releve in _heads(dossier, garde).items():
        if voisin == nom:
            continue
        reste = _without_conflicts(dossier, releve, garde)
        if (reste.valeurs, reste.fiches) != (releve.valeurs, releve.fiches):
            motif = f"{CORRECTION} : réponses de {nom} retenues"
            choix.append(reste.model_copy(update={"motif": motif, "remplace": (voisin,)}))
    if not choix:
        raise MauvaisUsageError(
            f"rien à départager : aucun relevé ne contredit « {nom} »",
            None,
            "« clsmon status --historique » montre les relevés et ce qui remplace quoi.",
        )
    return tuple(choix)


def withdraw(dossier: Dossier, nom: str, motif: str) -> Releve | Examen:
    """
    Le relevé, ou l'examen, qui retire `nom` : sans réponse, il le remplace et dit pourquoi.

    Lève MauvaisUsageError si `nom` n'est ni un relevé ni un examen en vigueur.
    """
    if nom in dossier.examens:
        return _withdraw_examen(dossier, nom, motif)
    retire = _standing(dossier, nom)
    return Releve(
        organisme=retire.organisme,
        exercice=retire.exercice,
        recu=retire.recu,
        motif=f"{RETRAIT} : {motif}",
        saisi_par=retire.saisi_par,
        remplace=(nom,),
        fictif=retire.fictif,
    )


def _withdraw_examen(dossier: Dossier, nom: str, motif: str) -> Examen:
    examen = dossier.examens[nom]
    if nom not in compute_heads(dossier.examens) or examen.retrait:
        raise MauvaisUsageError(
            f"l'examen « {nom} » est déjà remplacé ou retiré",
            None,
            f"Les examens de {examen.organisme} sont dans data/observations/{examen.exercice}/.",
        )
    vide = {"fiches": {}, "mesures": {}, "remplace": (nom,)}
    return examen.model_copy(update=vide | {"motif": f"{RETRAIT} : {motif}"})


def record(dossier: Dossier, releve: Releve | Examen) -> str:
    """Écrit un relevé ou un examen et rend son nom. Lève ClsmonError s'il ne peut l'être."""
    octets = to_yaml(releve)
    write_once(dossier.racine / path_of(releve, octets), octets)
    return name_of(releve, octets)


def _standing(dossier: Dossier, nom: str) -> Releve:
    """Le relevé de ce nom, que rien ne remplace ni ne retire."""
    debout = {
        tete: releve
        for tous in dossier.releves.values()
        for tete, releve in _heads(dossier, tous).items()
        if not is_withdrawal(releve)
    }
    if nom in debout:
        return debout[nom]
    if nom in dossier.releves:
        raison = f"le relevé « {nom} » est déjà remplacé ou retiré"
        conseil = "« clsmon status --historique » montre ce qui le remplace."
    else:
        raison = f"relevé inconnu : « {nom} »"
        conseil = (
            advise(nom, debout) or "Son nom est celui d'un fichier de data/suivi/, sans .yaml."
        )
    raise MauvaisUsageError(raison, None, conseil)


def _heads(dossier: Dossier, releve: Releve) -> dict[str, Releve]:
    return compute_heads(releves_of(dossier, releve.exercice, releve.organisme))


def _without_conflicts(dossier: Dossier, releve: Releve, garde: Releve) -> Releve:
    """Le relevé, moins ses réponses à une mesure ou à une rubrique où l'autre dit autrement."""
    tenues = {dossier.cles_actuelles.get(c, c): v for c, v in garde.valeurs.items()}
    recits = {_fiche_id(dossier, i): declaration for i, declaration in garde.fiches.items()}
    valeurs = {
        cle: valeur
        for cle, valeur in releve.valeurs.items()
        if not _contradicts(valeur, tenues.get(dossier.cles_actuelles.get(cle, cle)))
    }
    fiches = {
        identifiant: reste
        for identifiant, declaration in releve.fiches.items()
        if (reste := _agreed(declaration, recits.get(_fiche_id(dossier, identifiant)))) is not None
    }
    return releve.model_copy(update={"valeurs": valeurs, "fiches": fiches})


def _fiche_id(dossier: Dossier, identifiant: str) -> str:
    fiche = dossier.fiche.get(identifiant)
    return fiche.id if fiche else identifiant


def _contradicts(valeur: Valeur, tenue: Valeur | None) -> bool:
    if tenue is None or tenue.etat is None or valeur.etat is None:
        return False
    return valeur.reponse != tenue.reponse


def _agreed(
    declaration: DeclarationFiche, tenue: DeclarationFiche | None
) -> DeclarationFiche | None:
    """La déclaration sans ses rubriques contredites ; None s'il n'en reste rien."""
    conflits = find_conflicts(declaration, tenue) if tenue is not None else ()
    if not conflits:
        return declaration
    reste = without(declaration, conflits)
    return reste if reste != DeclarationFiche() else None
