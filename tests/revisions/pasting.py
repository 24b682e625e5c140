"""
Paste the YAML of `clsmon diff` where it says to, as a person would, and fill in the dates.

Everything is read from the screen: the title of a piece (a YAML comment) tells the file and the
place; what follows is copied as it stands.
"""

from __future__ import annotations

import re
from pathlib import Path

DATES = (
    ("envoye_le: AAAA-MM-JJ", "envoye_le: 2027-04-20"),
    ("signe_le: AAAA-MM-JJ", "signe_le: 2027-03-01"),
    ("{fin: AAAA-MM-JJ", "{fin: 2027-12-31"),
    ("AAAA-MM-JJ", "2027-05-11"),
)
TITRE = re.compile(r"# (?P<fichier>\S+?)(?: \(nouveau fichier\)|, (?P<ou>à la (?:fin|place) .*))")


def paste(racine: Path, ecran: str) -> int:
    """Pastes every piece of the section « À ajouter »; how many there were."""
    section = ecran.partition("\nÀ ajouter\n")[2] or ecran.partition("À ajouter\n")[2]
    morceaux = re.split(r"\n(?=# data/)", section)[1:]
    for morceau in morceaux:
        lignes = morceau.rstrip("\n").split("\n")
        titre = " ".join(ligne.removeprefix("# ") for ligne in lignes if ligne.startswith("# "))
        yaml = "\n".join(ligne for ligne in lignes if not ligne.startswith("# "))
        for avant, apres in DATES:
            titre, yaml = titre.replace(avant, apres), yaml.replace(avant, apres)
        _paste_piece(racine, f"# {titre}", yaml)
    return len(morceaux)


def _paste_piece(racine: Path, titre: str, yaml: str) -> None:
    trouve = TITRE.match(titre)
    assert trouve, titre
    chemin, ou = racine / trouve["fichier"], trouve["ou"] or ""
    if not ou:
        chemin.parent.mkdir(exist_ok=True)
        assert not chemin.exists(), chemin
        chemin.write_text(f"{yaml}\n", encoding="utf-8")
        return
    lignes = chemin.read_text(encoding="utf-8").rstrip("\n").split("\n")
    ajoute = yaml.split("\n")
    if ou.startswith("à la fin"):
        fin = _span(lignes, ou)[1]
        lignes[fin:fin] = ajoute
    elif ligne := re.search(r"« decision » \(ligne (\d+)\)", ou):
        rang = int(ligne[1]) - 1
        lignes[rang] = re.sub(r"decision: [^,}]+", yaml, lignes[rang])
    elif "la mesure" in ou.split(" de ")[1] or "l'indicateur" in ou.split(" de ")[1]:
        debut, fin = _span(lignes, ou)
        lignes[debut:fin] = ajoute
    else:
        lignes = _replace_keys(lignes, re.findall(r"« (\w+): »", ou), ajoute)
    chemin.write_text("\n".join(lignes) + "\n", encoding="utf-8")


def _replace_keys(lignes: list[str], cles: list[str], ajoute: list[str]) -> list[str]:
    place, marge = len(lignes), ""
    for cle in cles:
        for rang, ligne in enumerate(lignes):
            if re.match(rf" *{cle}:", ligne):
                fin = _end(lignes, rang)
                place, marge = min(place, rang), ligne[: len(ligne) - len(ligne.lstrip())]
                del lignes[rang:fin]
                break
    place = min(place, len(lignes))
    return [*lignes[:place], *(marge + ligne for ligne in ajoute), *lignes[place:]]


def _span(lignes: list[str], ou: str) -> tuple[int, int]:
    """The lines of what a title names: a measure, an indicator, a list, or the whole file."""
    if "ce fichier" in ou:
        return 0, len(lignes)
    debut, fin = 0, len(lignes)
    if indicateur := re.search(r"l'indicateur « ([^»]+) »", ou):
        debut, fin = _item(lignes, indicateur[1], 0, len(lignes))
    if mesure := re.search(r"la mesure « ([^»]+) »", ou):
        return _item(lignes, mesure[1], debut + 1, fin)
    if cle := re.search(r"« (\w+): »", ou):
        debut = next(r for r in range(debut, fin) if re.match(rf" *{cle[1]}:", lignes[r]))
        return debut, _end(lignes, debut)
    return debut, fin


def _item(lignes: list[str], nom: str, debut: int, fin: int) -> tuple[int, int]:
    motif = rf' *- \{{?id: "?{re.escape(nom)}"?\b(?!-)'
    rang = next(r for r in range(debut, fin) if re.match(motif, lignes[r]))
    return rang, _end(lignes, rang)


def _end(lignes: list[str], debut: int) -> int:
    """The first line after `debut` that is not deeper."""
    retrait = len(lignes[debut]) - len(lignes[debut].lstrip())
    for rang in range(debut + 1, len(lignes)):
        ligne = lignes[rang]
        tiret = ligne.lstrip().startswith("- ")
        dedans = len(ligne) - len(ligne.lstrip())
        # a list may stand at the indent of its own key
        suite = tiret and not lignes[debut].lstrip().startswith("- ")
        if ligne.strip() and (dedans < retrait or (dedans == retrait and not suite)):
            return rang
    return len(lignes)
