"""P10 : un dossier où chaque case libre de chaque classeur a reçu un texte, et ses documents."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from campagnes.hostile_texts import MARQUE, Encre
from campagnes.inert_reading import LECTEURS
from campagnes.scribe import find_places, write_texts
from clsmon.collecting import collect_all
from clsmon.demonstration.cycle import make_dossier, run_year
from clsmon.evaluating import FORMATS as FORMATS_EVALUATION
from clsmon.evaluating import write_evaluation
from clsmon.minuting import write_meeting
from clsmon.model.dossier import Dossier
from clsmon.opening import require_dossier
from clsmon.preparing import prepare_cahiers, prepare_meeting
from clsmon.printing import FORMATS as FORMATS_SEANCE
from clsmon.publishing import write_public
from clsmon.reporting import FORMATS, write_bilan

EXERCICE, JOUR = 2025, date(2026, 3, 20)
SEANCE, SIGNATAIRE = "2026-03-10-copil", "ars"
RUBRIQUES = ("faits_marquants", "freins", "leviers", "perspectives", "motif_evolution")
LIBRES = ("commentaire", "preuve", "texte", "motif", "source")
"""Les colonnes qui se remplissent d'un texte, dans un formulaire ou un cahier d'examen."""
EN_TEXTE = "/texte"
"""Ce qui finit la clé d'une mesure dont la réponse est un texte, dans le contrat en exemple."""
CONTESTES = 6
"""Combien de chiffres le signataire conteste."""


def make_model(racine: Path) -> None:
    """La démonstration, ses classeurs remplis et pas encore collectés."""
    make_dossier(racine)
    run_year(racine, EXERCICE)
    shutil.rmtree(racine / "data" / "suivi")


def play(modele: Path, racine: Path, encre: Encre) -> dict[str, bytes]:
    """Tous les classeurs remplis à cette encre, collectés ; rend les documents, par nom."""
    shutil.copytree(modele, racine)
    for chemin in sorted((racine / "retours").rglob("*.xlsx")):
        octets = chemin.read_bytes()
        places = find_places(octets)
        libres = (
            place
            for (cle, champ, colonne), place in places.items()
            if colonne in LIBRES
            or (colonne == "reponse" and champ in RUBRIQUES)
            or (colonne == "valeur" and cle.endswith(EN_TEXTE))
        )
        chemin.write_bytes(write_texts(octets, {place: encre.draw() for place in libres}))
        _collect(racine, chemin)
    (cahier,) = prepare_cahiers(require_dossier(racine), EXERCICE, [SIGNATAIRE])
    cahier.chemin.write_bytes(_examine(cahier.chemin.read_bytes(), encre))
    _collect(racine, cahier.chemin)
    chemin, _ = prepare_meeting(require_dossier(racine), SEANCE, EXERCICE)
    chemin.write_bytes(_hold(chemin.read_bytes(), encre))
    _collect(racine, chemin)
    _allow_texts(racine)
    ecrits = _write_all(require_dossier(racine))
    return {c.name: c.read_bytes() for c in ecrits if c.suffix[1:] in LECTEURS}


def _collect(racine: Path, chemin: Path) -> None:
    collect_all(require_dossier(racine), [chemin], EXERCICE, ecrire=True)


def _examine(octets: bytes, encre: Encre) -> bytes:
    """Une remarque sur chaque fiche, et quelques chiffres contestés."""
    places = find_places(octets)
    cases: dict[str, str] = {}
    contestes = 0
    for (cle, champ, colonne), place in places.items():
        if colonne == "avis":
            cases[place] = "remarque"
        elif colonne == "texte":
            cases[place] = encre.draw()
        elif colonne == "valeur_proposee" and contestes < CONTESTES:
            contestes += 1
            cases[place] = "14"
            cases[places[cle, champ, "motif"]] = encre.draw()
            cases[places[cle, champ, "source"]] = encre.draw()
    return write_texts(octets, cases)


def _hold(octets: bytes, encre: Encre) -> bytes:
    """Une séance tenue : son ordre du jour, ses décisions, son programme."""
    cases: dict[str, str] = {}
    for rang, feuille in enumerate(load_workbook(BytesIO(octets)).worksheets, start=1):
        cles = [str(cellule.value or "").partition(".")[2] for cellule in feuille[1]]
        for ligne in feuille.iter_rows(min_row=4):
            siennes = dict(zip(cles, ligne, strict=True))
            dits = {c: f"{rang}!{cellule.coordinate}" for c, cellule in siennes.items()}
            if siennes.get("champ") is not None and siennes["champ"].value == "etat":
                cases[dits["reponse"]] = "tenue"
            if feuille.title == "Ordre du jour":
                cases[dits["texte"]] = encre.draw()
            elif feuille.title == "Décisions":
                cases |= {dits["nature"]: "autre", dits["texte"]: encre.draw()}
    return write_texts(octets, cases)


def _allow_texts(racine: Path) -> None:
    """Les textes de toutes les fiches peuvent être publiés."""
    fiches = ", ".join(f'"{fiche.id}"' for fiche in require_dossier(racine).fiches)
    chemin = racine / "data" / "publications" / f"{EXERCICE}.yaml"
    chemin.parent.mkdir(exist_ok=True)
    chemin.write_text(f"fiches: [{fiches}]\n", encoding="utf-8")


def _write_all(dossier: Dossier) -> Iterator[Path]:
    yield from write_bilan(dossier, EXERCICE, JOUR, tuple(FORMATS))[1]
    yield from write_public(dossier, EXERCICE, JOUR)[2]
    yield from write_evaluation(dossier, JOUR, tuple(FORMATS_EVALUATION))[1]
    for avant in (False, True):
        formats = tuple(FORMATS_SEANCE)
        yield from write_meeting(dossier, SEANCE, formats, ordre_du_jour=avant)[1]


def said(dossier: Dossier) -> dict[str, str]:
    """Chaque texte enregistré, par sa marque."""
    dits = [
        *(
            getattr(declaration, rubrique)
            for releve in dossier.releves.values()
            for declaration in releve.fiches.values()
            for rubrique in RUBRIQUES
        ),
        *(
            texte
            for releve in dossier.releves.values()
            for valeur in releve.valeurs.values()
            for texte in (valeur.valeur or "", valeur.commentaire, valeur.preuve)
        ),
        *(dit.texte for examen in dossier.examens.values() for dit in examen.fiches.values()),
        *(
            texte
            for examen in dossier.examens.values()
            for dit in examen.mesures.values()
            for texte in (dit.motif, dit.source)
        ),
    ]
    for seance in dossier.seances:
        dits += [*seance.ordre_du_jour.points, *(d.texte for d in seance.decisions)]
    return {trouvee[0]: texte for texte in dits if (trouvee := MARQUE.search(texte))}
