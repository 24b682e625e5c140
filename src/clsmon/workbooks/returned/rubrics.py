"""Le récit d'une fiche : les rubriques de la feuille « Fiches » deviennent une déclaration."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.contrat import Contrat
from clsmon.model.libelles import simplify
from clsmon.model.releve import DeclarationFiche, Saisie
from clsmon.model.suggestion import suggest
from clsmon.workbooks.layout import Champ, Genre
from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.answer_cells import (
    REFUSEES,
    advice_for,
    advised,
    refuse_nature,
    refuse_words,
    spell,
    typed_text,
)
from clsmon.workbooks.returned.grammar import Absent, Illisible, Lu, read_number, read_plain
from clsmon.workbooks.returned.locating import Ligne


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
                saisi=typed_text(cellule),
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
    return Anomalie(lieu, lu.code, Gravite.ERREUR, lu.question, advice_for(lu.code))


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
    if refus := refuse_words(cellule):
        return refus
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
    question = advised(f"« {shorten(texte)} » n'est pas dans la liste", texte, choix.values())
    return Illisible("SAI017", question, "hors liste")


def _read_amount(cellule: Cellule) -> Decimal | Absent | Illisible:
    if cellule.nature in REFUSEES:
        return refuse_nature(cellule)
    textuelle = cellule.nature is Nature.TEXTE
    lu = read_number(cellule.texte) if textuelle else read_plain(cellule.texte)
    if isinstance(lu, Illisible) and lu.code == "SAI002":
        question = f"« {shorten(cellule.texte)} » n'est pas un nombre : écrivez-le sans unité."
        return Illisible(lu.code, question, lu.regle)
    if not isinstance(lu, Lu):
        return lu
    if lu.nombre < 0:
        return Illisible(
            "SAI010",
            f"{spell(lu.nombre)} est négatif : impossible pour cette rubrique.",
            "valeur impossible",
        )
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
            question = f"commune inconnue : « {shorten(morceau.strip())} »"
            if proche := suggest(simplify(morceau), noms):
                question += f" (vouliez-vous dire « {contrat.organismes[noms[proche]].nom} » ?)"
            return Illisible("SAI017", question, "commune inconnue")
        codes.append(code)
    return list(dict.fromkeys(codes))
