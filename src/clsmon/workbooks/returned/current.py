"""Les lignes d'un retour par clé d'aujourd'hui : deux clés d'une même mesure n'en font qu'une."""

from __future__ import annotations

from decimal import Decimal

from clsmon.model.anomalie import Anomalie
from clsmon.model.dossier import Dossier
from clsmon.model.noeud import read_decimal
from clsmon.workbooks.reader.grid import Nature
from clsmon.workbooks.returned.locating import Ligne, Retour, report_duplicate


def current_rows(dossier: Dossier, retour: Retour, anomalies: list[Anomalie]) -> dict[str, Ligne]:
    """La ligne de chaque mesure, par clé actuelle ; sous deux clés à la fois, rien n'est pris."""
    lignes: dict[str, list[Ligne]] = {}
    ecartees = {dossier.cles_actuelles.get(cle, cle) for cle, _ in retour.ecartees}
    for cle, ligne in retour.mesures.items():
        lignes.setdefault(dossier.cles_actuelles.get(cle, cle), []).append(ligne)
    for cle, memes in lignes.items():
        if len(memes) > 1 or cle in ecartees:
            retour.ecartees.add((cle, ""))
            report_duplicate(retour, anomalies, (cle, ""), memes)
    return {c: memes[0] for c, memes in lignes.items() if (c, "") not in retour.ecartees}


def rubric_rows(
    dossier: Dossier, retour: Retour, anomalies: list[Anomalie]
) -> dict[tuple[str, str], Ligne]:
    """La ligne de chaque rubrique, par fiche actuelle ; sous deux noms, rien n'est pris."""
    lignes: dict[tuple[str, str], list[Ligne]] = {}
    for (identifiant, champ), ligne in retour.fiches.items():
        fiche = dossier.fiche.get(identifiant)
        if _rounded(dossier, ligne):
            retour.sans_cle.append(ligne)
            continue
        lignes.setdefault((fiche.id if fiche else identifiant, champ), []).append(ligne)
    for cle, memes in lignes.items():
        if len(memes) > 1:
            retour.ecartees.add(cle)
            report_duplicate(retour, anomalies, cle, memes)
    return {cle: memes[0] for cle, memes in lignes.items() if len(memes) == 1}


def _rounded(dossier: Dossier, ligne: Ligne) -> bool:
    """Vrai si la clé est devenue un nombre que plusieurs fiches ont pu donner : 1.10 vaut 1.1."""
    cellule = ligne.cell("cle")
    if cellule is None or cellule.nature is not Nature.NOMBRE:
        return False
    nombre = read_decimal(cellule.texte)
    memes = {f.id for nom, f in dossier.fiche.items() if _number(nom) == nombre}
    return len(memes) > 1


def _number(texte: str) -> Decimal | None:
    try:
        return read_decimal(texte)
    except ValueError:
        return None
