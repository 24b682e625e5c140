"""Le récit d'une fiche : les rubriques de la feuille « Fiches » deviennent une déclaration."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.contrat import Contrat
from clsmon.model.libelles import simplify
from clsmon.model.releve import DeclarationFiche, Saisie
from clsmon.model.suggestion import advise
from clsmon.workbooks.grammar import Absent, Illisible, Lu, read_number
from clsmon.workbooks.grid import Cellule, Nature
from clsmon.workbooks.layout import Champ, Genre
from clsmon.workbooks.refusal import shorten
from clsmon.workbooks.returned import Ligne


def read_declaration(
    lignes: Mapping[str, Ligne], champs: Mapping[str, Champ], contrat: Contrat, fichier: str
) -> tuple[DeclarationFiche | None, tuple[Anomalie, ...]]:
    """
    Lit les rubriques d'une fiche ; rend (déclaration, anomalies), None si rien n'est rempli.

    `lignes` et `champs` vont de la clé d'une rubrique à sa ligne et à sa description. Ce qui n'est
    pas lisible sans deviner reste dans `a_verifier`, brut ; chaque réponse garde sa cellule.
    """
    contenu: dict[str, Any] = {}
    anomalies = []
    for cle, ligne in lignes.items():
        cellule = ligne.cell("reponse")
        if cellule is None:
            continue
        lu = _read(cellule, champs[cle], contrat)
        if isinstance(lu, Absent):
            contenu.setdefault("absents", {})[cle] = lu.etat
            contenu.setdefault("cellules", {})[cle] = ligne.reference("reponse")
            continue
        if isinstance(lu, Illisible):
            doute = Saisie(
                saisi=cellule.texte,
                nature_cellule=cellule.nature.value,
                regle=lu.regle,
                cellule=ligne.reference("reponse"),
            )
            contenu.setdefault("a_verifier", {})[cle] = doute
            anomalies.append(_question(fichier, ligne, lu))
        else:
            _set(contenu, cle, lu)
            contenu.setdefault("cellules", {})[cle] = ligne.reference("reponse")
    return (DeclarationFiche.model_validate(contenu) if contenu else None), tuple(anomalies)


def _question(fichier: str, ligne: Ligne, lu: Illisible) -> Anomalie:
    lieu = Lieu(fichier, feuille=ligne.feuille, cellule=ligne.address("reponse"))
    conseil = "Faites préciser la réponse dans cette cellule, puis collectez de nouveau."
    return Anomalie(lieu, lu.code, Gravite.ERREUR, lu.question, conseil)


def _set(contenu: dict[str, Any], cle: str, valeur: Any) -> None:
    """Place une réponse à sa clé pointée ; une aide (`aides.ars.verse`) se range par financeur."""
    chemin = cle.split(".")
    if chemin[0] == "aides":
        aides = contenu.setdefault("aides", [])
        aide = next((a for a in aides if a["financeur"] == chemin[1]), None)
        if aide is None:
            aide = {"financeur": chemin[1]}
            aides.append(aide)
        aide[chemin[2]] = valeur
    elif len(chemin) == 2:
        contenu.setdefault(chemin[0], {})[chemin[1]] = valeur
    else:
        contenu[cle] = valeur


def _read(cellule: Cellule, champ: Champ, contrat: Contrat) -> Any:
    texte = cellule.texte.strip()
    if cellule.nature in {Nature.ERREUR, Nature.FORMULE_SANS_RESULTAT}:
        question = f"« {shorten(texte)} » est une erreur ou une formule sans résultat."
        return Illisible("SAI007", question, cellule.nature.value)
    match champ.genre:
        case Genre.CHOIX:
            return _read_choice(texte, champ)
        case Genre.COMMUNES:
            return _read_communes(texte, contrat)
        case Genre.MONTANT | Genre.NOMBRE:
            return _read_amount(cellule)
        case Genre.TEXTE:
            return texte


def _read_choice(texte: str, champ: Champ) -> str | Illisible:
    choix = champ.choix or {}
    trouve = next((v for v, mot in choix.items() if simplify(mot) == simplify(texte)), None)
    if trouve is not None:
        return trouve
    conseil = advise(texte, choix.values())
    question = f"« {shorten(texte)} » n'est pas dans la liste ({conseil})"
    return Illisible("SAI017", question, "hors liste")


def _read_amount(cellule: Cellule) -> Decimal | Absent | Illisible:
    if cellule.nature is Nature.NOMBRE:
        lu: Lu | Absent | Illisible = Lu(Decimal(cellule.texte), "")
    elif cellule.nature is Nature.TEXTE:
        lu = read_number(cellule.texte)
    else:
        question = f"« {shorten(cellule.texte)} » n'est pas un nombre."
        return Illisible("SAI002", question, cellule.nature.value)
    if not isinstance(lu, Lu):
        return lu
    if lu.nombre < 0:
        return Illisible("SAI010", f"{lu.nombre:f} est négatif.", "valeur impossible")
    return lu.nombre


def _read_communes(texte: str, contrat: Contrat) -> list[str] | Illisible:
    """Des noms de communes séparés par des points-virgules, des virgules ou des retours."""
    noms = {
        simplify(nom): code
        for code in contrat.territoire.communes
        if (organisme := contrat.organismes.get(code))
        for nom in (code, organisme.nom, organisme.sigle, *organisme.autres_noms)
        if nom
    }
    codes = []
    for morceau in texte.replace("\n", ";").replace(",", ";").split(";"):
        if not morceau.strip():
            continue
        code = noms.get(simplify(morceau))
        if code is None:
            conseil = advise(simplify(morceau), noms)
            question = f"commune inconnue : « {shorten(morceau.strip())} » ({conseil})"
            return Illisible("SAI017", question, "commune inconnue")
        codes.append(code)
    return codes
