"""P2 : vingt bons classeurs et vingt hostiles ensemble : vingt relevés, vingt phrases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from campagnes import hostile_archives, hostile_files, hostile_parts
from campagnes.compte import Compte
from campagnes.hostile import Fichier, Fin
from campagnes.pen import Cases, Stylo
from campagnes.terrain import EXERCICE, Genres, write_contract
from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.collecting import collect_all
from clsmon.model.collecte import Collecte
from clsmon.opening import require_dossier
from clsmon.receiving import find_workbooks
from clsmon.workbooks.form.workbook import render_form

BONS = HOSTILES = 20
GENRES: Genres = {"1.1": ("nombre", "taux"), "1.2": ("texte",)}
FABRIQUES = (
    hostile_files.renamed,
    hostile_files.noise,
    hostile_files.compound,
    hostile_files.others,
    hostile_archives.names,
    hostile_archives.lies,
    hostile_archives.cuts,
    hostile_parts.entities,
)
VERIFIE = (
    f"une collecte de {BONS} bons classeurs et de {HOSTILES} hostiles au hasard, mêlés : "
    f"{BONS} relevés écrits et relus avec leurs nombres, {HOSTILES} refus, chacun d'une seule "
    "phrase qui nomme son fichier, sa cause et le remède"
)


def run(graine: int, nombre: int, dossier: Path) -> Compte:
    """Un essai vaut une collecte de quarante fichiers."""
    hasard = Random(graine)
    compte = Compte(VERIFIE)
    organismes = tuple(f"org-{rang:02}" for rang in range(BONS))
    modele = dossier / "modele"
    write_contract(modele, GENRES, organismes, BONS)
    ouvert = require_dossier(modele)
    stylos = [
        Stylo(render_form(compute_questionnaire(ouvert, EXERCICE, code))) for code in organismes
    ]
    tous = list(_hostile(stylos[0]))
    for rang in range(nombre):
        compte.essais += 1
        racine = dossier / f"essai-{rang}"
        write_contract(racine, GENRES, organismes, BONS)
        recus = racine / "recus"
        recus.mkdir()
        for fichier, nom in zip(hasard.sample(tous, HOSTILES), _names(hasard), strict=False):
            (recus / f"{nom}{fichier.suffixe}").write_bytes(fichier.octets)
        for code, stylo, nom in zip(organismes, stylos, _names(hasard), strict=False):
            cases: Cases = {
                ("1.1/i0/nombre", "valeur"): int(code[4:]),
                ("1.2/i0/texte", "valeur"): code,
            }
            (recus / f"{nom}-bon.xlsx").write_bytes(stylo.fill(cases))
        ouvert = require_dossier(racine)
        collectes = collect_all(ouvert, find_workbooks([recus]), EXERCICE, ecrire=True)
        compte.fautes += [f"essai {rang} : {faute}" for faute in _check(racine, collectes)]
    compte.mesures.append(f"{len(tous)} fichiers hostiles parmi lesquels tirer")
    return compte


def _hostile(stylo: Stylo) -> Iterator[Fichier]:
    parties = Stylo.unzip(stylo.fill({("1.1/i0/nombre", "valeur"): 1}))
    for fabrique in FABRIQUES:
        yield from (fichier for fichier in fabrique(parties) if fichier.fin is Fin.REFUSE)


def _names(hasard: Random) -> list[str]:
    """Des noms dans un ordre au hasard : la collecte les trie, et bons et mauvais se mêlent."""
    return [f"{nombre:04}" for nombre in hasard.sample(range(10_000), BONS + HOSTILES)]


def _check(racine: Path, collectes: tuple[Collecte, ...]) -> Iterator[str]:
    bons = {r.organisme: r for r in require_dossier(racine).releves_de(EXERCICE).values()}
    if len(bons) != BONS or len(collectes) != BONS + HOSTILES:
        yield f"{len(bons)} relevés, {len(collectes)} classeurs"
    for code, releve in bons.items():
        if releve.valeurs["1.1/i0/nombre"].nombre != int(code[4:]):
            yield f"{code} : {releve.valeurs}"
    for collecte in collectes:
        bon = collecte.fichier.partition(".")[0].endswith("-bon")
        if bon != (collecte.releve is not None) or len(collecte.anomalies) != int(not bon):
            yield f"{collecte.fichier} : {[a.message for a in collecte.anomalies]}"
        for anomalie in collecte.erreurs:
            if anomalie.lieu.fichier != collecte.fichier or not anomalie.conseil.endswith("."):
                yield f"{collecte.fichier} : {anomalie}"
