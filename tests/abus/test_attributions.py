"""Random abuses on filled forms: every typed thing is at its own key, or told. Never elsewhere."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from clsmon.collecting import collect_all, collect_workbook
from clsmon.model.anomalie import Anomalie
from clsmon.model.collecte import Collecte
from clsmon.model.dossier import Dossier
from clsmon.workbooks.layout import CHAMPS, COLONNES_FICHES, COLONNES_SAISIE, heading
from clsmon.workbooks.reader.grid import address
from tests.abus.atelier import EXERCICE, ORGANISME, copy_small, form_of, open_small
from tests.abus.grids import Copie, Jeton, blank_copy, fill, open_copy
from tests.abus.mutations import abuse, push_row_right

JETON = re.compile(r"(?<![0-9a-z])[tcpr]?[0-9]{4,5}(?![0-9])")
TITRES = {c.cle: heading(c, EXERCICE) for c in (*COLONNES_SAISIE, *COLONNES_FICHES)}
LIBELLES = {champ.cle: champ.libelle for champ in CHAMPS}


DEPART = int(os.environ.get("CLSMON_GRAINE", "100"))
"""The first seed of the campaigns."""


def tokens_in(texte: object) -> set[str]:
    return set(JETON.findall(str(texte)))


def recorded(collecte: Collecte) -> Iterator[tuple[str, str, str, str]]:
    """Everything a relevé holds: (key, rubrique, field, text)."""
    assert collecte.releve is not None
    for cle, valeur in collecte.releve.valeurs.items():
        for champ, texte in valeur.model_dump(exclude={"cellule"}).items():
            yield cle, "", champ, str(texte)
    for fiche, declaration in collecte.releve.fiches.items():
        contenu = declaration.model_dump(exclude={"cellules", "aides"})
        doutes = contenu.pop("a_verifier")
        yield from ((fiche, champ, "reponse", str(doute)) for champ, doute in doutes.items())
        yield from ((fiche, champ, "reponse", texte) for champ, texte in flatten(contenu))
        for aide in declaration.aides:
            for montant in ("notifie", "verse"):
                nom = f"aides.{aide.financeur}.{montant}"
                yield fiche, nom, "reponse", str(getattr(aide, montant))


def flatten(contenu: Mapping[str, Any], devant: str = "") -> Iterator[tuple[str, str]]:
    for cle, valeur in contenu.items():
        if isinstance(valeur, dict):
            yield from flatten(valeur, f"{devant}{cle}.")
        else:
            yield f"{devant}{cle}", str(valeur)


def at_home(jeton: Jeton, cle: str, champ: str, colonne: str) -> bool:
    """A number stays in its column, or in words; what is doubtful is kept raw, on its own key."""
    if (jeton.cle, jeton.champ) != (cle, champ):
        return False
    return colonne in {jeton.colonne, "saisi", *TEXTES} or jeton.colonne in TEXTES


TEXTES = {"commentaire", "preuve", "reponse"}


def names(
    anomalie: Anomalie, jeton: Jeton, texte: str, nom: str, place: tuple[str, int, int]
) -> bool:
    """Whether an anomaly tells of a typed thing: its text, its key, or where it stands."""
    feuille, rangee, colonne = place
    message = anomalie.message
    if texte in tokens_in(message) or f"« {nom} »" in message or message.startswith(f"{nom} :"):
        return True
    if anomalie.code == "FOR010":
        cle = f"{jeton.cle} {jeton.champ}".strip()
        return f"« {cle} »" in message or bool(
            re.search(rf"{re.escape(feuille)}![A-Z]+{rangee}\b", message)
        )
    if anomalie.code == "FOR011" and message.startswith(f"{jeton.cle} : "):
        return LIBELLES.get(jeton.champ, "?") in message or "…" in message
    lieu = anomalie.lieu.feuille
    if anomalie.code == "FOR013":
        recit = "récit" in message
        la = anomalie.lieu.cellule.rstrip("0123456789") == address((1, colonne))[:-1]
        perdue = la or f"« {TITRES[jeton.colonne]} »" in message or "« Champ »" in message
        return (perdue and lieu == feuille) or (not lieu and recit == bool(jeton.champ))
    return anomalie.code in {"FOR031", "FOR032", "FOR033"} and lieu == feuille


def check(copie: Copie, collecte: Collecte, dossier: Dossier) -> Counter[str]:
    """Counts where each typed thing ended; fails on the first that is elsewhere or lost."""
    compte: Counter[str] = Counter(classeurs=1)
    if collecte.releve is None:
        assert collecte.anomalies
        return Counter(classeurs=1, refuses=1, dits=len(copie.jetons))
    pris: set[str] = set()
    for cle, champ, colonne, contenu in recorded(collecte):
        for texte in tokens_in(contenu):
            jeton = copie.jetons[texte]
            assert at_home(jeton, cle, champ, colonne), (copie.gestes, texte, jeton, cle, champ)
            pris.add(texte)
    presents: dict[str, list[tuple[str, int, int]]] = {}
    for texte, feuille, place in copie.places():
        presents.setdefault(texte, []).append((feuille, *place))
    for texte, jeton in copie.jetons.items():
        situee = dossier.mesures.get(jeton.cle)
        nom = situee.nom if situee else f"{jeton.cle} {LIBELLES.get(jeton.champ)}"
        dit = any(
            names(a, jeton, texte, nom, place)
            for a in collecte.anomalies
            for place in presents.get(texte, [])
        )
        assert texte in pris or dit or texte not in presents, (copie.gestes, texte, jeton)
        ou = "a_leur_cle" if texte in pris else "dits" if dit else "effaces"
        compte[ou] += 1
    return compte


def draw(envoyes: Dossier, dossier: Dossier, alea: Random, recu: Path) -> Counter[str]:
    """One form of a dossier as it was, filled, abused, and collected in the dossier as it is."""
    copie = blank_copy(envoyes, ORGANISME)
    fill(copie, envoyes)
    abuse(copie, alea)
    recu.write_bytes(copie.to_bytes())
    actuelles = {
        t: replace(j, cle=dossier.cles_actuelles.get(j.cle, j.cle)) for t, j in copie.jetons.items()
    }
    copie.jetons = actuelles
    return check(copie, collect_workbook(dossier, recu, EXERCICE), dossier)


MODIFICATIONS = {
    "1.1": [
        ("libelle: Livres distribués,", "libelle: Livres remis,"),
        ("libelle: Nombre d’ateliers et de participants", "libelle: Ateliers et participants"),
        ("unite: livres", "unite: cartons"),
        ("{id: livres, ", "{id: ouvrages, anciennes_cles: [1.1/livres/livres], "),
    ],
    "1.10": [
        (
            "libelle: Nombre de sorties et de participants",
            "libelle: Nombre d’ateliers et de participants",
        ),
        ("      - {id: sorties, libelle: Sorties, type: nombre, unite: sorties}\n", ""),
        ("repondants: [asso]", "repondants: [maison]"),
    ],
    "2.1": [("libelle: Réunions communes,", "libelle: Participants,")],
}
"""What may change in the contract once the forms are sent."""


def edited(racine: Path, alea: Random) -> Dossier:
    """The small dossier, some of its fiches edited since."""
    copy_small(racine)
    for fiche, modifications in MODIFICATIONS.items():
        chemin = racine / "data" / "fiches" / f"{fiche}.yaml"
        texte = chemin.read_text(encoding="utf-8")
        for avant, apres in modifications:
            assert avant in texte
            texte = texte.replace(avant, apres) if alea.random() < 0.4 else texte
        chemin.write_text(texte, encoding="utf-8")
    return open_small(racine)


def campaign(travail: Path, graine: int, tirages: int) -> Counter[str]:
    """Half of the forms are of this very dossier, half older than some of its fiches."""
    total: Counter[str] = Counter()
    envoyes = open_small()
    dossiers = [envoyes, edited(travail / "modifié", Random(graine))]
    for rang in range(tirages):
        dossier = dossiers[rang % 2]
        total += draw(envoyes, dossier, Random(f"{graine}-{rang}"), travail / "asso.xlsx")
    return total


@pytest.mark.parametrize("graine", range(4))
def test_every_typed_value_is_at_its_own_key_or_told(tmp_path: Path, graine: int) -> None:
    total = campaign(tmp_path, graine, 15)
    assert total["a_leur_cle"] > 200
    assert total["dits"] > 200


def second_round(travail: Path, alea: Random) -> Counter[str]:
    """
    A form returned intact, then the form that holds its answers, abused and returned.

    No gesture blanks an answer alone, but the one that pushes it under another heading: a return
    that replaces the first one holds all of it.
    """
    premier, second = travail / "a.xlsx", travail / "b.xlsx"
    dossier = open_small()
    copie = blank_copy(dossier, ORGANISME)
    fill(copie, dossier)
    premier.write_bytes(copie.to_bytes())
    (avant,) = collect_all(dossier, [premier], EXERCICE, ecrire=False)
    assert avant.releve is not None
    dossier = replace(dossier, releves={avant.nom: avant.releve})
    suite = open_copy(form_of(dossier))
    assert sum(1 for _ in suite.places()) == 0
    abuse(suite, alea, sauf=(push_row_right,))
    second.write_bytes(suite.to_bytes())
    apres = collect_workbook(dossier, second, EXERCICE)
    if apres.releve is None or not apres.releve.remplace:
        return Counter(seconds=1)
    dits = {(cle, champ, colonne): texte for cle, champ, colonne, texte in recorded(apres)}
    for cle, champ, colonne, texte in recorded(avant):
        if tokens_in(texte):
            assert dits.get((cle, champ, colonne)) == texte, (suite.gestes, cle, champ, colonne)
    return Counter(seconds=1, remplacent=1)


@pytest.mark.parametrize("graine", range(2))
def test_return_that_replaces_another_holds_all_of_it(tmp_path: Path, graine: int) -> None:
    total = sum((second_round(tmp_path, Random(f"{graine}-{n}")) for n in range(8)), Counter[str]())
    assert total["seconds"] == 8


@pytest.mark.campagne
@pytest.mark.parametrize("graine", range(4))
def test_campaign_of_second_rounds(
    tmp_path: Path, graine: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Idem, on CLSMON_TIRAGES corrected forms."""
    tirages = int(os.environ.get("CLSMON_TIRAGES", "500"))
    total: Counter[str] = Counter()
    for rang in range(tirages):
        total += second_round(tmp_path, Random(f"{DEPART + graine}-{rang}"))
    assert total["seconds"] == tirages > 0
    with capsys.disabled():
        sys.stdout.write(f"\ngraine {DEPART + graine} : {dict(sorted(total.items()))}\n")


@pytest.mark.campagne
@pytest.mark.parametrize("graine", range(8))
def test_campaign_of_abuses(
    tmp_path: Path, graine: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """CLSMON_GRAINE shifts the seeds, CLSMON_TIRAGES is the number of workbooks of each."""
    tirages = int(os.environ.get("CLSMON_TIRAGES", "1000"))
    total = campaign(tmp_path, DEPART + graine, tirages)
    assert total["classeurs"] == tirages > 0
    with capsys.disabled():
        sys.stdout.write(f"\ngraine {DEPART + graine} : {dict(sorted(total.items()))}\n")
