"""P12 : les documents publics donnés à un attaquant qui connaît les règles : rien n'en sort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from campagnes.attacker import Attaquant
from campagnes.compte import Compte
from campagnes.extracts import read_document
from campagnes.small_counts import ANNEES, Terrain, draw_terrain
from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.secrecy.public import publish
from clsmon.model.dossier import Dossier
from clsmon.model.publication import Publication
from clsmon.reporting import FORMATS, render_documents

VERIFIE = (
    "un contrat au hasard (tout et parties, lectures et sommes de deux organismes, taux, valeur "
    "initiale, cible, contestation, arbitrage), deux années publiées l'une après l'autre dans "
    f"chaque format ({', '.join(FORMATS)}) ; l'attaquant lit tout, connaît les règles et le seuil, "
    "et résout : aucun effectif de 1 à 10 n'est retrouvé ; aucun texte de partenaire ne paraît"
)
TEXTE = "confidencetypique"


def run(graine: int, nombre: int, dossier: Path) -> Compte:
    """Un essai vaut un contrat et ses deux années de documents publics."""
    hasard = Random(graine)
    compte = Compte(VERIFIE)
    vus: Counter[str] = Counter()
    for rang in range(nombre):
        compte.essais += 1
        terrain = draw_terrain(hasard, dossier, TEXTE)
        attaquant, tout = attack(terrain)
        petites = terrain.small_cells()
        trouvees = attaquant.solve()
        retrouvees = [case for case, vrai in petites.items() if trouvees.get(case) == vrai]
        vus["petits effectifs"] += len(petites)
        vus["nombres lus"] += len(attaquant.lus)
        vus["nombres déduits"] += len(trouvees) - len(attaquant.lus)
        for case in retrouvees:
            compte.fautes.append(f"essai {rang} : {case} = {petites[case]} retrouvé")
        compte.expect(TEXTE not in tout, f"essai {rang} : un texte de partenaire est publié")
    compte.mesures += [f"{combien} {quoi}" for quoi, combien in vus.items()]
    return compte


def attack(terrain: Terrain) -> tuple[Attaquant, str]:
    """Un attaquant qui a lu les documents publics de toutes les années, et leur texte entier."""
    attaquant = Attaquant(terrain.regles)
    tout = []
    for nom, octets in publish_years(terrain.dossier):
        tables = read_document(nom, octets)
        attaquant.read(tables)
        tout += [case for table in tables for ligne in table for case in ligne]
    return attaquant, "\n".join(tout)


def publish_years(dossier: Dossier) -> Iterator[tuple[str, bytes]]:
    """Les documents publics de chaque année, chacune notant ce qu'elle masque pour la suivante."""
    for annee in ANNEES:
        bilan = compute_bilan(dossier, annee, date(annee + 1, 4, 2))
        public = publish(dossier, bilan)
        if public.secret is not None:
            notee = Publication(masques=public.secret.masked_in(annee))
            dossier = replace(dossier, publications={**dossier.publications, annee: notee})
        for chemin, octets in render_documents(dossier, public, FORMATS).items():
            yield chemin.name, octets
