"""P9 : rien ne disparaît : l'histoire rejouée, un octet changé, des branches qui corrigent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from random import Random

from campagnes.compte import Compte
from campagnes.pen import Brut, Stylo, Tape
from campagnes.terrain import EXERCICE, Genres, write_contract
from campagnes.tree import read_tree
from clsmon.analysis.heads import compute_synthese
from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.collecting import collect_all
from clsmon.model.anomalie import Gravite
from clsmon.model.dossier import Dossier
from clsmon.opening import open_dossier, require_dossier
from clsmon.workbooks.form.workbook import render_form

GENRES: Genres = {"1.1": ("nombre",) * 4}
VIDE = Brut("", "")
Reponses = dict[str, int]
"""De la clé d'une mesure au nombre répondu ; sans entrée, rien n'est répondu."""

VERIFIE_REJEU = (
    "une histoire au hasard de retours, corrections, effacements et renvois ; après chacun, têtes "
    "et réponses sont celles d'un modèle tenu à part, quel que soit l'ordre des relevés ; les "
    "classeurs de retours/ recollectés dans un dossier neuf rendent les mêmes relevés à l'octet"
)
VERIFIE_OCTET = (
    "un octet d'un relevé changé, à chaque place : l'ouverture le dit, en erreur sur ce fichier, "
    "et le relevé ne compte plus"
)
VERIFIE_FUSION = (
    "deux branches corrigent chacune le même relevé, une à trois fois : réunies dans n'importe "
    "quel ordre, les têtes sont la dernière correction de chaque côté, et une réponse que les deux "
    "donnent autrement est à vérifier"
)


@dataclass
class Modele:
    """Ce qu'un organisme dit, tenu sans notre code : ses têtes et leurs réponses."""

    tetes: dict[str, Reponses] = field(default_factory=dict)

    def expected(self, cle: str) -> set[int]:
        """Les nombres différents que ses têtes donnent à une mesure."""
        return {tete[cle] for tete in self.tetes.values() if cle in tete}


class Terrain:
    """Un dossier sur le disque, où un seul organisme répond."""

    def __init__(self, racine: Path) -> None:
        """Reprend le dossier s'il existe, l'écrit sinon."""
        self.racine = racine
        if not racine.exists():
            write_contract(racine, GENRES)
        self.ordre: list[str] = []

    @cached_property
    def vierge(self) -> Stylo:
        """Le formulaire d'un dossier où rien n'est encore répondu : à demander d'abord."""
        return self.stylo()

    def stylo(self) -> Stylo:
        """Le formulaire que ce dossier enverrait maintenant."""
        ouvert = require_dossier(self.racine)
        return Stylo(render_form(compute_questionnaire(ouvert, EXERCICE, "org-a")))

    def collect(self, octets: bytes, nom: str) -> str:
        """Collecte un classeur reçu sous ce nom ; rend le nom de son relevé."""
        recu = self.racine.parent / nom
        recu.write_bytes(octets)
        (collecte,) = collect_all(require_dossier(self.racine), [recu], EXERCICE, ecrire=True)
        recu.unlink()
        if nom not in self.ordre:
            self.ordre.append(nom)
        return collecte.nom


def run_replay(graine: int, nombre: int, dossier: Path) -> Compte:
    """Un essai vaut une histoire entière, vérifiée à chaque pas, puis rejouée."""
    hasard = Random(graine)
    compte = Compte(VERIFIE_REJEU)
    pas = 0
    for rang in range(nombre):
        compte.essais += 1
        terrain = Terrain(dossier / f"histoire-{rang}" / "dossier")
        modele = Modele()
        envoyes: list[tuple[str, bytes]] = []
        for etape in range(hasard.randint(2, 7)):
            pas += 1
            _step(hasard, terrain, modele, envoyes, f"r{etape}.xlsx")
            fautes = _compare(hasard, require_dossier(terrain.racine), modele)
            compte.fautes += [f"histoire {rang}, pas {etape} : {faute}" for faute in fautes]
        compte.expect(_replays(terrain), f"histoire {rang} : rejouée, elle rend d'autres relevés")
    compte.mesures.append(f"{pas} retours")
    return compte


def _step(
    hasard: Random,
    terrain: Terrain,
    modele: Modele,
    envoyes: list[tuple[str, bytes]],
    nom: str,
) -> None:
    sort = hasard.random()
    if envoyes and sort < 0.2:
        nom, octets = hasard.choice(envoyes)
        terrain.collect(octets, nom)
        return
    corrige = bool(modele.tetes) and sort < 0.6
    stylo = terrain.stylo() if corrige else terrain.vierge
    reponses = {cle: hasard.randint(0, 3) for cle in stylo.cles if hasard.random() < 0.7}
    if not reponses:
        return
    octets = stylo.fill(_type_all(stylo, reponses))
    nom_releve = terrain.collect(octets, nom)
    if octets in dict(envoyes).values():
        return  # the same workbook again, by chance: it says nothing new, even once replaced
    if nom_releve not in modele.tetes:
        if corrige:
            modele.tetes.clear()
        modele.tetes[nom_releve] = reponses
    envoyes.append((nom, octets))


def _type_all(stylo: Stylo, reponses: Reponses) -> dict[tuple[str, str], Tape]:
    """Chaque case est écrite ou effacée, l'état et le commentaire préremplis le sont aussi."""
    cases: dict[tuple[str, str], Tape] = {}
    for cle in stylo.cles:
        cases[cle, "valeur"] = reponses.get(cle, VIDE)
        cases[cle, "etat"] = cases[cle, "commentaire"] = VIDE
    return cases


def _compare(hasard: Random, dossier: Dossier, modele: Modele) -> Iterator[str]:
    noms = list(dossier.releves)
    hasard.shuffle(noms)
    battu = replace(dossier, releves={nom: dossier.releves[nom] for nom in noms})
    synthese = compute_synthese(battu, EXERCICE, "org-a")
    if synthese.tetes != tuple(sorted(modele.tetes)):
        yield f"têtes {synthese.tetes}, attendues {sorted(modele.tetes)}"
        return
    for cle in dossier.mesures:
        attendus = modele.expected(cle)
        declaration = synthese.valeurs.get(cle)
        valeur = declaration.valeur if declaration else None
        if len(attendus) > 1:
            tenu = valeur is not None and valeur.etat == "a_verifier"
        elif attendus:
            tenu = valeur is not None and valeur.nombre in attendus
        else:
            tenu = valeur is None
        if not tenu:
            yield f"{cle} : {valeur}, attendu {attendus or 'rien'}"


def _replays(terrain: Terrain) -> bool:
    """Vrai si les classeurs gardés, recollectés dans leur ordre, rendent les mêmes relevés."""
    neuf = terrain.racine.parent / "neuf"
    write_contract(neuf, GENRES)
    for nom in terrain.ordre:
        recu = terrain.racine / "retours" / str(EXERCICE) / nom
        collect_all(require_dossier(neuf), [recu], EXERCICE, ecrire=True)
    return read_tree(neuf, "data/suivi") == read_tree(terrain.racine, "data/suivi")


def run_bytes(graine: int, nombre: int, dossier: Path) -> Compte:
    """`nombre` octets d'un relevé au plus, répartis sur toute sa longueur."""
    hasard = Random(graine)
    compte = Compte(VERIFIE_OCTET)
    terrain = Terrain(dossier / "dossier")
    reponses = dict(zip(terrain.vierge.cles, (12, 0, 345), strict=False))
    terrain.collect(terrain.vierge.fill(_type_all(terrain.vierge, reponses)), "r.xlsx")
    (nom,) = read_tree(terrain.racine, "data/suivi")
    chemin = terrain.racine / nom
    entier = chemin.read_bytes()
    places = (
        range(len(entier)) if nombre >= len(entier) else hasard.sample(range(len(entier)), nombre)
    )
    for place in places:
        compte.essais += 1
        change = bytearray(entier)
        change[place] = hasard.choice([o for o in range(256) if o != entier[place]])
        chemin.write_bytes(change)
        ouvert, anomalies = open_dossier(terrain.racine)
        vues = [a for a in anomalies if a.lieu.fichier == nom and a.gravite is Gravite.ERREUR]
        perdu = ouvert is not None and not ouvert.releves
        compte.expect(bool(vues) and perdu, f"octet {place} : {entier[place]} → {change[place]}")
    chemin.write_bytes(entier)
    compte.expect(not open_dossier(terrain.racine)[1], "le relevé entier n'est pas reconnu")
    compte.mesures.append(f"un relevé de {len(entier)} octets")
    return compte


def run_merges(graine: int, nombre: int, dossier: Path) -> Compte:
    """Un essai vaut deux branches, leur réunion, et cinq ordres de ses relevés."""
    hasard = Random(graine)
    compte = Compte(VERIFIE_FUSION)
    for rang in range(nombre):
        compte.essais += 1
        base = Terrain(dossier / f"fusion-{rang}" / "base")
        depart = {cle: hasard.randint(0, 9) for cle in base.vierge.cles}
        base.collect(base.vierge.fill(_type_all(base.vierge, depart)), "base.xlsx")
        modele = Modele()
        for cote in ("gauche", "droite"):
            shutil.copytree(base.racine, base.racine.parent / cote)
            nom, reponses = _correct(hasard, Terrain(base.racine.parent / cote), cote)
            modele.tetes[nom] = reponses
        for cote in ("gauche", "droite"):
            suivi = base.racine.parent / cote / "data" / "suivi"
            shutil.copytree(suivi, base.racine / "data" / "suivi", dirs_exist_ok=True)
        reuni = require_dossier(base.racine)
        fautes = [faute for _ in range(5) for faute in _compare(hasard, reuni, modele)]
        compte.fautes += [f"essai {rang} : {faute}" for faute in fautes]
    return compte


def _correct(hasard: Random, terrain: Terrain, cote: str) -> tuple[str, Reponses]:
    """Une à trois corrections de suite ; rend le dernier relevé et ses réponses."""
    nom, reponses = "", {}
    for numero in range(hasard.randint(1, 3)):
        stylo = terrain.stylo()
        reponses = {cle: hasard.randint(0, 3) for cle in stylo.cles}
        nom = terrain.collect(stylo.fill(_type_all(stylo, reponses)), f"{cote}-{numero}.xlsx")
    return nom, reponses
