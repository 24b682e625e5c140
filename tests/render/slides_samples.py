"""The Dijon contract with as many years of answers as asked, and ways to look into a deck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from pptx import Presentation

from clsmon.analysis.bilan import compute_bilan
from clsmon.model.bilan import Bilan
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.indicateur import TypeMesure
from clsmon.model.releve import Releve
from clsmon.render.slides import render_slides

from .bilan_samples import read_node

POINT = 12_700


def answer_of(situee: MesureSituee, annee: int) -> dict[str, Any]:
    """A figure that grows with the year; a text for what is not a figure."""
    commun = {"etat": "renseigne", "cellule": "Saisie!H12"}
    if situee.mesure.type is TypeMesure.TAUX:
        return {"numerateur": str(annee - 2000), "denominateur": "60", **commun}
    if situee.mesure.type.chiffre:
        return {"valeur": str(1_000 + annee), **commun}
    return {"valeur": "oui", **commun}


def answered(dossier: Dossier, *annees: int) -> Dossier:
    """The dossier where every organisation has answered every measure in these years."""
    for annee in annees:
        for code in dossier.repondants(annee):
            nom = f"{code}-{annee:08d}"
            brut = {
                "organisme": code,
                "exercice": annee,
                "recu": {
                    "fichier": f"{code}.xlsx",
                    "sha256": "9f" * 32,
                    "formulaire": "4c1",
                    "lecteur": "1",
                },
                "fiches": {
                    fiche.id: {
                        "avancement": "en_cours",
                        "faits_marquants": "Un fait. " * 20,
                        "perspectives": "Une suite. " * 20,
                        "depenses": {"prevu": "30000", "realise": "29000.5"},
                        "cellules": {"avancement": "Fiches!E8"},
                    }
                    for fiche in dossier.fiches_de(code, annee)
                },
                "valeurs": {s.cle: answer_of(s, annee) for s in dossier.demandees(annee, code)},
            }
            fichier = f"data/suivi/{annee}/{nom}.yaml"
            dossier = dossier.plus(nom, Releve.model_validate(read_node(fichier, brut)))
    return dossier


def bilan_of_years(dossier: Dossier, exercice: int, *annees: int) -> Bilan:
    """The bilan of Dijon, seen the spring after."""
    return compute_bilan(answered(dossier, *annees), exercice, date(exercice + 1, 3, 20))


@dataclass(frozen=True)
class Deck:
    """A deck read again, and the bytes that it was read from."""

    octets: bytes
    presentation: Any

    @property
    def pages(self) -> list[Any]:
        return list(self.presentation.slides)

    @property
    def texte(self) -> str:
        return "\n".join(text for page in self.pages for text in texts_of(page))

    @property
    def notes(self) -> str:
        return "\n".join(page.notes_slide.notes_text_frame.text for page in self.pages)


def read_deck(bilan: Bilan) -> Deck:
    octets = render_slides(bilan)
    return Deck(octets, Presentation(BytesIO(octets)))


def texts_of(page: Any) -> Iterator[str]:
    """Every text of a slide, in reading order, tables and chart categories included."""
    for forme in page.shapes:
        if forme.has_text_frame:
            yield forme.text_frame.text
        elif forme.has_table:
            yield from (cellule.text for ligne in forme.table.rows for cellule in ligne.cells)
        elif forme.has_chart:
            yield from map(str, forme.chart.plots[0].categories)


def charts_of(deck: Deck) -> list[Any]:
    return [f.chart for page in deck.pages for f in page.shapes if f.has_chart]
