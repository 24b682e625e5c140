"""P3 : formulaire, remplissage, collecte, bilan : chaque nombre tapé se retrouve au bilan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from campagnes.compte import Compte
from campagnes.pen import Stylo
from campagnes.terrain import EXERCICE, JOUR, draw_contract
from campagnes.typing_hand import Frappe, draw_answer
from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.collecting import collect_workbook
from clsmon.model.bilan import Bilan
from clsmon.model.collecte import Collecte
from clsmon.model.constat import Constat
from clsmon.model.dossier import MesureSituee
from clsmon.model.releve import Releve, Valeur
from clsmon.opening import require_dossier
from clsmon.text.shape import read_node
from clsmon.text.store import path_of
from clsmon.text.yaml_door import load_yaml
from clsmon.workbooks.form.workbook import render_form

TOURS_PAR_CONTRAT = 25
VERIFIE = (
    "un classeur par tour et par organisme ; chaque nombre, mot, absence et doute tapé est au "
    "relevé relu de son YAML, à sa clé et à sa cellule, rien d'autre n'y est, et le bilan en a "
    f"l'état et la valeur (un contrat au hasard tous les {TOURS_PAR_CONTRAT} tours)"
)


def run(graine: int, nombre: int, dossier: Path) -> Compte:
    """Joue `nombre` tours ; un tour vaut un bilan de tous les classeurs d'un contrat."""
    hasard = Random(graine)
    compte = Compte(VERIFIE)
    frappes = classeurs = 0
    terrain: Terrain | None = None
    for tour in range(nombre):
        if terrain is None or tour % TOURS_PAR_CONTRAT == 0:
            terrain = Terrain(hasard, dossier / f"contrat-{tour}")
        compte.essais += 1
        tapees = terrain.draw(hasard)
        compte.fautes += [f"tour {tour} : {faute}" for faute in terrain.play(tapees)]
        classeurs += len(tapees)
        frappes += sum(bool(f.cases) for siennes in tapees.values() for f in siennes.values())
    compte.mesures += [f"{classeurs} classeurs", f"{frappes} réponses tapées"]
    return compte


Frappes = dict[str, dict[str, Frappe]]
"""De chaque organisme à ce qu'il tape, par clé de mesure."""


class Terrain:
    """Un contrat, ses formulaires vierges, et le bilan de ce qu'on y tape."""

    def __init__(self, hasard: Random, racine: Path) -> None:
        self.genres = draw_contract(hasard, racine)
        self.dossier = require_dossier(racine)
        self.stylos = {
            code: Stylo(render_form(compute_questionnaire(self.dossier, EXERCICE, code)))
            for code in self.dossier.repondants(EXERCICE)
        }
        self.recu = racine / "recu.xlsx"

    def draw(self, hasard: Random) -> Frappes:
        """Ce que chacun tape ce tour-ci."""
        return {
            code: {cle: draw_answer(hasard, self.genres[cle]) for cle in stylo.cles}
            for code, stylo in self.stylos.items()
        }

    def play(self, tapees: Frappes) -> Iterator[str]:
        """Un tour ; rend une phrase par différence."""
        releves: dict[str, Releve] = {}
        for code, siennes in tapees.items():
            stylo = self.stylos[code]
            cases = {(cle, c): t for cle, f in siennes.items() for c, t in f.cases.items()}
            self.recu.write_bytes(stylo.fill(cases))
            courant = replace(self.dossier, releves=dict(releves))
            collecte = collect_workbook(courant, self.recu, EXERCICE)
            releve = read_stored(collecte)
            if releve is None:
                yield f"{code} : aucun relevé, {[a.message for a in collecte.anomalies]}"
                return
            releves[collecte.nom] = releve
            yield from _compare_releve(releve, siennes, stylo)
        ouvert = replace(self.dossier, releves=releves)
        bilan = compute_bilan(ouvert, EXERCICE, date.fromisoformat(JOUR))
        yield from _compare_bilan(bilan, tapees)


def read_stored(collecte: Collecte) -> Releve | None:
    """Le relevé tel qu'il serait relu du dossier, depuis les octets à écrire."""
    if collecte.releve is None:
        return None
    brut, _ = load_yaml(collecte.contenu, path_of(collecte.releve, collecte.contenu))
    return read_node(Releve, brut, "SUI")[0] if brut is not None else None


def _compare_releve(releve: Releve, tapees: dict[str, Frappe], stylo: Stylo) -> Iterator[str]:
    attendues = {cle for cle, frappe in tapees.items() if frappe.cases}
    if releve.valeurs.keys() != attendues:
        yield f"clés {sorted(releve.valeurs.keys() ^ attendues)} en trop ou perdues"
    for cle in attendues & releve.valeurs.keys():
        frappe, valeur = tapees[cle], releve.valeurs[cle]
        cellules = {f"Saisie!{stylo.places[cle, colonne]}" for colonne in frappe.cases}
        if _differs(valeur, frappe) or valeur.cellule not in cellules:
            yield f"{cle} : tapé {frappe}, au relevé {valeur}"


def _differs(valeur: Valeur, frappe: Frappe) -> bool:
    if valeur.etat != frappe.etat:
        return True
    if frappe.nature:
        return valeur.nature_cellule != frappe.nature or valeur.valeur is not None
    if frappe.nombre is not None:
        return valeur.nombre != frappe.nombre
    return (valeur.valeur or "") != frappe.texte


def _compare_bilan(bilan: Bilan, tapees: Frappes) -> Iterator[str]:
    for ligne in bilan.lignes:
        cle, constat = ligne.situee.cle, ligne.constat
        frappes = [siennes[cle] for siennes in tapees.values() if cle in siennes]
        tapes = [f.nombre for f in frappes if f.nombre is not None]
        dits = [d.valeur.nombre for d in constat.declarations if _counts(d.valeur, ligne.situee)]
        if dits != tapes or not _is_right(constat, frappes):
            yield f"{cle} : tapé {frappes}, au bilan {constat}"


def _counts(valeur: Valeur, situee: MesureSituee) -> bool:
    repond = valeur.etat is not None and valeur.etat.repond
    return repond and situee.mesure.type.chiffre


def _is_right(constat: Constat, frappes: list[Frappe]) -> bool:
    if len(frappes) > 1:
        connus = [f.nombre for f in frappes if f.nombre is not None]
        return constat.nombre == (sum(connus) if connus else None)
    (frappe,) = frappes
    statut = frappe.etat or "non_repondu"
    return (constat.statut, constat.nombre, constat.texte) == (statut, frappe.nombre, frappe.texte)
