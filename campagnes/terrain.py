"""Le terrain des campagnes : un petit contrat tiré au hasard, écrit comme n'importe quel autre."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

EXERCICE, JOUR = 2025, "2026-03-20"
ORGANISMES = ("org-a", "org-b")
MODALITES = ("faible", "moyen", "élevé")
FICHES = ("1.1", "1.2")

_CONTRAT = """\
titre: Contrat local de santé d'essai
nature: cls
territoire: {nom: Métropole d'essai, communes: [ville]}
periode: {debut: 2024, fin: 2028, duree_ans: 5}
axes:
  - {id: "1", titre: Accès aux soins}
organismes:
  ville: {nom: Ville, commune: true}
instances:
  copil: {nom: Comité de pilotage, minimum_annuel: 1, membres: [ville]}
regles:
  secret: {seuil: 11}
campagne: {ouverture: "02-01", limite: "03-15"}
"""

GENRES = {
    "nombre": "type: nombre, unite: séances",
    "decimal": "type: nombre, unite: heures, decimales: true",
    "montant": "type: montant",
    "duree": "type: duree, unite: jours",
    "taux": "type: taux",
    "oui_non": "type: oui_non",
    "choix": f"type: choix, modalites: [{', '.join(MODALITES)}]",
    "texte": "type: texte",
    "somme": "type: nombre, unite: personnes, personnes: true, reponses: somme",
}
"""De chaque genre de mesure à son écriture dans une fiche."""


Genres = dict[str, tuple[str, ...]]
"""De chaque fiche aux genres de ses mesures, dans l'ordre."""


def write_contract(
    racine: Path, genres: Genres, organismes: tuple[str, ...] = ORGANISMES, demandes: int = 1
) -> None:
    """
    Écrit le contrat d'essai.

    La clé d'une mesure est « fiche/i<rang>/<genre> ». Une mesure de genre « somme » est demandée à
    tous les organismes ; les autres, aux `demandes` premiers.
    """
    fiches = racine / "data" / "fiches"
    fiches.mkdir(parents=True)
    registre = "".join(f"  {code}: {{nom: Organisme {code}}}\n" for code in organismes)
    contrat = _CONTRAT.replace("organismes:\n", f"organismes:\n{registre}")
    (racine / "data" / "contrat.yaml").write_text(contrat, encoding="utf-8")
    for fiche, siens in genres.items():
        texte = "".join(_spell_fiche(fiche, siens, organismes, organismes[:demandes]))
        (fiches / f"{fiche}.yaml").write_text(texte, encoding="utf-8")


def _spell_fiche(
    fiche: str, genres: tuple[str, ...], tous: tuple[str, ...], demandes: tuple[str, ...]
) -> Iterator[str]:
    yield f'id: "{fiche}"\ntitre: Action {fiche}\naxe: "1"\nstatut: programmee\n'
    yield f"porteurs: [{{organisme: {tous[0]}}}]\nindicateurs:\n"
    for rang, genre in enumerate(genres):
        yield f"  - id: i{rang}\n    libelle: Indicateur {rang} de la fiche {fiche}\n"
        repondants = f", repondants: [{', '.join(tous)}]" if genre == "somme" else ""
        yield f"    mesures:\n      - {{id: {genre.replace('_', '-')}, "
        yield f"libelle: Mesure {rang}, {GENRES[genre]}{repondants}}}\n"
    yield "suivi: {frequence: annuelle, source: essai, responsable: essai, "
    yield f"repondants: [{', '.join(demandes)}]}}\n"


def draw_contract(hasard: Random, racine: Path) -> dict[str, str]:
    """Écrit un contrat au hasard ; rend le genre de chaque mesure par clé."""
    genres = {
        fiche: tuple(hasard.choice(tuple(GENRES)) for _ in range(hasard.randint(1, 6)))
        for fiche in FICHES
    }
    write_contract(racine, genres)
    return genres_of(genres)


def genres_of(genres: Genres) -> dict[str, str]:
    """Le genre de chaque mesure, par clé."""
    return {
        f"{fiche}/i{rang}/{genre.replace('_', '-')}": genre
        for fiche, siens in genres.items()
        for rang, genre in enumerate(siens)
    }
