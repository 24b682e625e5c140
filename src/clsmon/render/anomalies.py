"""Les anomalies dans chaque format de sortie : un format est une fonction."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from textwrap import fill

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.texte import clean_text

Lignes = Callable[[str], Sequence[str]]
"""Du nom d'un fichier à ses lignes ; vide si elles ne sont pas à montrer."""

ANNOTATIONS_MAX = 10
"""GitHub n'affiche pas plus d'annotations de chaque genre."""

LIGNE_MAX = 400
"""Longueur d'un message à l'écran, en caractères."""

PAR_CODE_MAX = 20
"""Anomalies d'un même code montrées par classeur : au-delà, la liste ne se lit plus."""

_EXTRAIT = re.compile(r" *[0-9]* \|")

_COULEURS = {Gravite.ERREUR: "31", Gravite.ALERTE: "33", Gravite.INFO: "36"}
_NIVEAUX_GITHUB = {Gravite.ERREUR: "error", Gravite.ALERTE: "warning", Gravite.INFO: "notice"}


def render_text(
    anomalies: Iterable[Anomalie], lignes: Lignes, *, couleur: bool = False, largeur: int = 0
) -> str:
    """
    Une anomalie par bloc : place, code, gravité, message, puis la ligne et le conseil.

    Avec `largeur`, en colonnes, les phrases sont repliées sans couper de mot.
    """
    blocs = "".join(_block(a, lignes, couleur=couleur) for a in anomalies)
    return "".join(f"{_fold(ligne, largeur)}\n" for ligne in blocs.splitlines())


def _fold(ligne: str, largeur: int) -> str:
    if not largeur or len(ligne) <= largeur or _EXTRAIT.match(ligne):
        return ligne
    retrait = " " * (len(ligne) - len(ligne.lstrip()) + 4)
    return fill(ligne, largeur, subsequent_indent=retrait, break_on_hyphens=False)


def _block(anomalie: Anomalie, lignes: Lignes, *, couleur: bool) -> str:
    gravite: str = anomalie.gravite.value
    if couleur:
        gravite = f"\x1b[{_COULEURS[anomalie.gravite]}m{gravite}\x1b[0m"
    lieu, message = _one_line(str(anomalie.lieu)), _one_line(anomalie.message)
    entete = f"{lieu}  {anomalie.code} {gravite}  {message}\n"
    return entete + "".join(f"{ligne}\n" for ligne in _excerpt(anomalie, lignes))


def _one_line(texte: str) -> str:
    """Un texte venu d'ailleurs : sur une ligne, sans rien qui agisse sur l'écran, coupé."""
    ligne = " ".join(clean_text(texte).split("\n"))
    return ligne if len(ligne) <= LIGNE_MAX else f"{ligne[: LIGNE_MAX - 1]}…"


def condense(anomalies: Iterable[Anomalie]) -> list[Anomalie]:
    """Au plus vingt anomalies d'un même code par fichier, puis le compte de celles qui restent."""
    par_genre: dict[tuple[str, str], list[Anomalie]] = {}
    for anomalie in anomalies:
        par_genre.setdefault((anomalie.lieu.fichier, anomalie.code), []).append(anomalie)
    montrees = []
    for (fichier, code), toutes in par_genre.items():
        montrees += toutes[:PAR_CODE_MAX]
        if (reste := len(toutes) - PAR_CODE_MAX) > 0:
            message = f"et {reste} autres du même genre dans ce fichier"
            montrees.append(Anomalie(Lieu(fichier), code, toutes[0].gravite, message))
    return montrees


def _excerpt(anomalie: Anomalie, lignes: Lignes) -> Iterable[str]:
    lieu, conseil = anomalie.lieu, clean_text(anomalie.conseil)
    texte = lignes(lieu.fichier) if lieu.ligne else ()
    if not lieu.ligne or lieu.ligne > len(texte):
        return [f"  → {conseil}"] if conseil else []
    debut = max(0, lieu.colonne - 40)
    extrait = clean_text(texte[lieu.ligne - 1].replace("\t", "→"))[debut : debut + 70].rstrip()
    marge = " " * (lieu.colonne - 1 - debut)
    souligne = "^" * max(1, min(lieu.longueur, 70 - len(marge)))
    page = f"clsmon explain {anomalie.code}"
    return [f"{lieu.ligne:>5} | {extrait}", f"      | {marge}{souligne}"] + (
        [f"      → {conseil}  ({page})"] if conseil else [f"      → {page}"]
    )


def render_json(anomalies: Iterable[Anomalie]) -> str:
    """Un tableau JSON ; clés : fichier, ligne, colonne, feuille, cellule, code, gravite…"""
    return json.dumps([_record(a) for a in anomalies], ensure_ascii=False, indent=2) + "\n"


def _record(anomalie: Anomalie) -> dict[str, object]:
    lieu = anomalie.lieu
    return {
        "fichier": lieu.fichier,
        "ligne": lieu.ligne or None,
        "colonne": lieu.colonne or None,
        "feuille": lieu.feuille or None,
        "cellule": lieu.cellule or None,
        "code": anomalie.code,
        "gravite": anomalie.gravite.value,
        "message": anomalie.message,
        "conseil": anomalie.conseil or None,
    }


def render_github(anomalies: Sequence[Anomalie]) -> str:
    """Des annotations GitHub : dix au plus par genre, puis le compte de ce qui n'est pas montré."""
    montrees: Counter[Gravite] = Counter()
    sortie = []
    for anomalie in anomalies:
        if montrees[anomalie.gravite] < ANNOTATIONS_MAX:
            montrees[anomalie.gravite] += 1
            sortie.append(_annotation(anomalie))
    if reste := len(anomalies) - len(sortie):
        sortie.append(f"{reste} autres anomalies : voir le résumé de la tâche.")
    return "".join(f"{ligne}\n" for ligne in sortie)


def _annotation(anomalie: Anomalie) -> str:
    lieu = anomalie.lieu
    place = {"file": lieu.fichier}
    if lieu.ligne:
        place |= {"line": str(lieu.ligne), "col": str(lieu.colonne)}
    place["title"] = anomalie.code
    proprietes = ",".join(f"{cle}={_escape(valeur, ':,')}" for cle, valeur in place.items())
    message = " — ".join(filter(None, (anomalie.message, anomalie.conseil)))
    return f"::{_NIVEAUX_GITHUB[anomalie.gravite]} {proprietes}::{_escape(message)}"


def _escape(texte: str, autres: str = "") -> str:
    """Les caractères réservés des commandes de flux, en pourcentage."""
    for caractere in "%\r\n" + autres:
        texte = texte.replace(caractere, f"%{ord(caractere):02X}")
    return texte


def render_github_summary(anomalies: Iterable[Anomalie]) -> str:
    """La liste entière en Markdown, pour le résumé de la tâche GitHub."""
    lignes = ["| Place | Code | Gravité | Anomalie |", "|---|---|---|---|"]
    lignes += [
        f"| {_cell(str(a.lieu))} | {a.code} | {a.gravite} | {_cell(f'{a.message} {a.conseil}')} |"
        for a in anomalies
    ]
    return "\n".join(lignes) + "\n"


def _cell(texte: str) -> str:
    simple = clean_text(texte).replace("\n", " ").replace("&", "&amp;").replace("<", "&lt;")
    return simple.replace("\\", "\\\\").replace("|", "\\|")


def count_sentence(anomalies: Iterable[Anomalie]) -> str:
    """« 2 erreurs, 1 alerte, 3 infos », sans ce qui est nul ; « aucune anomalie »."""
    compte = Counter(a.gravite for a in anomalies)
    parties = [
        f"{compte[gravite]} {gravite.value}{'s' if compte[gravite] > 1 else ''}"
        for gravite in Gravite
        if compte[gravite]
    ]
    return ", ".join(parties) or "aucune anomalie"
