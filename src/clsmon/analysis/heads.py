"""Ce que dit un organisme pour un exercice : ses relevés que rien ne remplace, fusionnés."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from clsmon.analysis.adopted import adopted_names, later_choices
from clsmon.analysis.narrative import merge_narratives
from clsmon.model.bilan import Recit
from clsmon.model.constat import Declaration
from clsmon.model.dossier import Dossier
from clsmon.model.libelles import ETATS
from clsmon.model.observation import Examen
from clsmon.model.releve import RETRAIT, Etat, Releve, Valeur

R = TypeVar("R", bound=Releve | Examen)

DEUX_REPONSES = "deux réponses différentes"
"""La règle d'une réponse à vérifier née de deux relevés qui se contredisent."""


@dataclass(frozen=True)
class Synthese:
    """
    Ce que dit un organisme pour un exercice, toutes têtes fusionnées.

    `tetes` nomme tous les relevés que rien ne remplace ; `rendus`, ceux qui répondent à quelque
    chose : ni retrait, ni formulaire rendu vide.
    `valeurs` va de la clé actuelle d'une mesure à sa réponse, `recits` de la fiche à son récit.
    """

    organisme: str
    tetes: tuple[str, ...] = ()
    rendus: tuple[str, ...] = ()
    valeurs: Mapping[str, Declaration] = field(default_factory=dict)
    recits: Mapping[str, Recit] = field(default_factory=dict)


def compute_heads(releves: Mapping[str, R]) -> dict[str, R]:
    """
    Les têtes parmi des relevés nommés, triées par nom : ceux qu'aucun autre ne remplace.

    L'ordre des relevés n'y change rien. Un retrait est une tête sans réponse : il remplace sans
    rien ajouter.
    """
    remplaces = {nom for releve in releves.values() for nom in releve.remplace}
    return {nom: releves[nom] for nom in sorted(releves) if nom not in remplaces}


def is_withdrawal(releve: Releve) -> bool:
    """Vrai pour un relevé de retrait : son motif le dit et il ne porte aucune réponse."""
    dit = (releve.motif or "").startswith(RETRAIT)
    return dit and not releve.valeurs and not releve.fiches


def merge(dossier: Dossier, releves: Mapping[str, Releve], organisme: str) -> Synthese:
    """
    Fusionne clé par clé les têtes des relevés d'un organisme pour un exercice.

    Une ancienne clé de mesure ou de fiche est suivie jusqu'à l'actuelle. Une réponse l'emporte sur
    un commentaire seul. Deux réponses différentes en donnent une à vérifier, qui garde les deux.
    """
    tetes = compute_heads(releves)
    valeurs: dict[str, list[Declaration]] = {}
    recits: dict[str, list[Recit]] = {}
    for releve in tetes.values():
        for cle, valeur in releve.valeurs.items():
            actuelle = dossier.cles_actuelles.get(cle, cle)
            valeurs.setdefault(actuelle, []).append(Declaration(organisme, valeur, releve))
        for identifiant, declaration in releve.fiches.items():
            fiche = dossier.fiche.get(identifiant)
            actuel = fiche.id if fiche else identifiant
            recits.setdefault(actuel, []).append(Recit(organisme, declaration, releve))
    return Synthese(
        organisme,
        tuple(tetes),
        tuple(nom for nom, releve in tetes.items() if releve.valeurs or releve.fiches),
        {cle: _merge_values(liste) for cle, liste in valeurs.items()},
        {identifiant: _merge_recits(liste) for identifiant, liste in recits.items()},
    )


def compute_syntheses(dossier: Dossier, exercice: int) -> dict[str, Synthese]:
    """
    Ce que dit chaque organisme pour un exercice, dans l'ordre du registre du contrat.

    Un bilan adopté ne garde que ses relevés : ce qui est reçu ensuite n'y entre pas, hors une
    réponse qu'un arbitrage postérieur retient.
    """
    adoptes = adopted_names(dossier, exercice)
    recues = compute_received(dossier, exercice)
    if adoptes is None:
        return recues
    groupes = {
        code: {nom: releve for nom, releve in releves.items() if nom in adoptes}
        for code, releves in group_by_organism(dossier, exercice).items()
    }
    gardees = {code: merge(dossier, groupes[code], code) for code in recues if groupes[code]}
    for cle, code, _ in later_choices(dossier, exercice):
        if code in recues and cle in recues[code].valeurs:
            gardee = gardees.get(code) or Synthese(code)
            valeurs = {**gardee.valeurs, cle: recues[code].valeurs[cle]}
            gardees[code] = replace(gardee, valeurs=valeurs)
    return {code: gardees[code] for code in recues if code in gardees}


def compute_received(dossier: Dossier, exercice: int) -> dict[str, Synthese]:
    """Tout ce que chaque organisme a rendu, même après l'adoption, dans l'ordre du registre."""
    par_organisme = group_by_organism(dossier, exercice)
    connus = [code for code in dossier.contrat.organismes if code in par_organisme]
    inconnus = sorted(par_organisme.keys() - dossier.contrat.organismes.keys())
    return {code: merge(dossier, par_organisme[code], code) for code in [*connus, *inconnus]}


def compute_synthese(dossier: Dossier, exercice: int, organisme: str) -> Synthese:
    """Ce que dit un seul organisme pour un exercice ; vide s'il n'a rien rendu."""
    return merge(dossier, releves_of(dossier, exercice, organisme), organisme)


def releves_of(dossier: Dossier, exercice: int, organisme: str) -> dict[str, Releve]:
    """Les relevés d'un organisme pour un exercice, ceux de ses anciens codes compris."""
    organisme = dossier.codes_actuels.get(organisme, organisme)
    inscrit = dossier.contrat.organismes.get(organisme)
    codes = (organisme, *(inscrit.anciens_codes if inscrit else ()))
    return {
        nom: releve
        for code in codes
        if dossier.codes_actuels.get(code, code) == organisme
        for nom, releve in dossier.releves_de(exercice, code).items()
    }


def group_by_organism(dossier: Dossier, exercice: int) -> dict[str, dict[str, Releve]]:
    """Les relevés par organisme ; ceux d'un ancien code comptent pour l'organisme actuel."""
    groupes: dict[str, dict[str, Releve]] = {}
    for nom, releve in dossier.releves_de(exercice).items():
        code = dossier.codes_actuels.get(releve.organisme, releve.organisme)
        groupes.setdefault(code, {})[nom] = releve
    return groupes


def _merge_values(declarations: list[Declaration]) -> Declaration:
    repondues = [d for d in declarations if d.valeur.etat is not None]
    candidates = sorted(repondues or declarations, key=_preference)
    retenue = candidates[0]
    if len({d.valeur.reponse for d in repondues}) <= 1:
        return retenue
    doute = Valeur(
        etat=Etat.A_VERIFIER,
        saisi=_join(spell_raw(d.valeur) for d in candidates),
        regle=DEUX_REPONSES,
        commentaire=_join(d.valeur.commentaire for d in candidates),
        cellule=_join(d.valeur.cellule for d in candidates),
    )
    return Declaration(retenue.organisme, doute, retenue.releve)


def _preference(declaration: Declaration) -> tuple[bool, bool]:
    """À réponse égale, garder celle qui est confirmée, puis commentée, puis le nom du relevé."""
    return (not declaration.valeur.confirme, not declaration.valeur.commentaire)


def spell_raw(valeur: Valeur) -> str:
    """Ce qui a été tapé pour une réponse, tel que gardé : texte brut, valeur, termes ou état."""
    if valeur.saisi or valeur.valeur is not None:
        return valeur.saisi or valeur.valeur or ""
    if valeur.numerateur is not None or valeur.denominateur is not None:
        return f"{_or_blank(valeur.numerateur)} / {_or_blank(valeur.denominateur)}"
    return ETATS.get(valeur.etat, "") if valeur.etat else ""


def _or_blank(terme: object) -> str:
    return "?" if terme is None else str(terme)


def _merge_recits(recits: list[Recit]) -> Recit:
    fusion = merge_narratives([recit.declaration for recit in recits], DEUX_REPONSES)
    return replace(recits[0], declaration=fusion)


def _join(textes: Iterable[str]) -> str:
    """Des textes côte à côte, chacun une fois, même s'il en réunissait déjà plusieurs."""
    morceaux = (morceau for texte in textes for morceau in texte.split(" | "))
    return " | ".join(dict.fromkeys(filter(None, morceaux)))
