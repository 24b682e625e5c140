"""Le récit d'une fiche : les rubriques de la feuille « Fiches » deviennent une déclaration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.contrat import Contrat
from clsmon.model.indicateur import TypeMesure
from clsmon.model.libelles import simplify
from clsmon.model.noeud import spell
from clsmon.model.releve import DeclarationFiche, Saisie
from clsmon.model.suggestion import suggest
from clsmon.workbooks.layout import Champ, Genre
from clsmon.workbooks.reader.grid import Cellule
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.answer_cells import (
    advice_for,
    advised,
    read_number_cell,
    refuse_personal,
    refuse_words,
    tell_reading,
    typed_text,
)
from clsmon.workbooks.returned.grammar.estimates import ESTIMATION
from clsmon.workbooks.returned.grammar.expected import Attendu
from clsmon.workbooks.returned.grammar.outcome import FRANCAIS, Absent, Illisible, Lu
from clsmon.workbooks.returned.locating import Ligne

_UNITES = {"poste.etp": "ETP", "poste.mois": "mois"}
"""L'unité des rubriques chiffrées qui ne sont pas en euros."""


def read_declaration(
    lignes: Mapping[str, Ligne], champs: Mapping[str, Champ], contrat: Contrat, fichier: str
) -> tuple[DeclarationFiche | None, tuple[Anomalie, ...]]:
    """
    Lit les rubriques d'une fiche ; rend (déclaration, anomalies), None si rien n'est rempli.

    `lignes` et `champs` vont de la clé d'une rubrique à sa ligne et à sa description. Ce qui n'est
    pas lisible sans deviner reste dans `a_verifier`, brut ; chaque réponse garde sa cellule.
    """
    contenu: dict[str, Any] = {}
    anomalies: list[Anomalie] = []
    for cle, ligne in lignes.items():
        cellule = ligne.cell("reponse")
        if cellule is None:
            continue
        personnelle = refuse_personal(cellule)
        lu = personnelle or _read(cellule, champs[cle], contrat)
        if isinstance(lu, Illisible):
            saisi = "" if personnelle else typed_text(cellule)
            doute = _keep(ligne, cellule, saisi, lu.regle)
            contenu.setdefault("a_verifier", {})[cle] = doute
            anomalies.append(_say(fichier, ligne, lu.code, Gravite.ERREUR, lu.question))
            continue
        contenu.setdefault("cellules", {})[cle] = ligne.reference("reponse")
        if isinstance(lu, Absent):
            contenu.setdefault("absents", {})[cle] = lu.etat
        elif isinstance(lu, Lu):
            _set(contenu, cle, lu.nombre)
            if lu.regle not in {"", FRANCAIS}:
                lecture = _keep(ligne, cellule, typed_text(cellule), lu.regle)
                contenu.setdefault("lectures", {})[cle] = lecture
            if lu.dite:
                message = tell_reading(cellule, spell(lu.nombre))
                anomalies.append(_say(fichier, ligne, "SAI014", Gravite.INFO, message))
        else:
            _set(contenu, cle, lu)
    return (DeclarationFiche.model_validate(contenu) if contenu else None), tuple(anomalies)


def _keep(ligne: Ligne, cellule: Cellule, saisi: str, regle: str) -> Saisie:
    nature, place = cellule.nature.value, ligne.reference("reponse")
    return Saisie(saisi=saisi, nature_cellule=nature, regle=regle, cellule=place)


def _say(fichier: str, ligne: Ligne, code: str, gravite: Gravite, message: str) -> Anomalie:
    lieu = Lieu(fichier, feuille=ligne.feuille, cellule=ligne.address("reponse"))
    return Anomalie(lieu, code, gravite, message, advice_for(code, gravite))


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
            return _read_amount(cellule, champ)
        case Genre.TEXTE:
            return texte


def _read_choice(texte: str, champ: Champ) -> str | Illisible:
    choix = champ.choix or {}
    trouve = next((v for v, mot in choix.items() if simplify(mot) == simplify(texte)), None)
    if trouve is not None:
        return trouve
    question = advised(f"« {shorten(texte)} » n'est pas dans la liste", texte, choix.values())
    return Illisible("SAI017", question, "hors liste")


def _read_amount(cellule: Cellule, champ: Champ) -> Lu | Absent | Illisible:
    """Un nombre sûr : une rubrique n'a pas d'état où garder qu'il est estimé."""
    montant = champ.genre is Genre.MONTANT
    type_ = TypeMesure.MONTANT if montant else TypeMesure.DUREE
    lu = read_number_cell(cellule, Attendu(type_, "€" if montant else _UNITES.get(champ.cle, "")))
    if not isinstance(lu, Lu):
        return lu
    if lu.estime:
        question = f"« {shorten(cellule.texte)} » est une estimation : écrivez le nombre à retenir."
        return Illisible("SAI002", question, ESTIMATION)
    if lu.nombre < 0:
        return Illisible(
            "SAI010",
            f"{spell(lu.nombre)} est négatif : impossible pour cette rubrique.",
            "valeur impossible",
        )
    return lu


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
