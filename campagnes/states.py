"""P4 : zéro, non répondu, non disponible, sans objet, à vérifier restent cinq partout."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random

from lxml import html
from openpyxl import load_workbook

from campagnes.compte import Compte
from campagnes.docx_cells import read_tables
from campagnes.pdf_cells import read_rows
from campagnes.pen import Brut, Stylo, Tape
from campagnes.terrain import EXERCICE, JOUR, Genres, write_contract
from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.collecting import collect_all
from clsmon.model.libelles import STATUTS
from clsmon.model.statut import Statut
from clsmon.opening import require_dossier
from clsmon.reporting import FORMATS, write_bilan
from clsmon.workbooks.form.workbook import render_form

COMPLETS = tuple(nom for nom in FORMATS if nom != "pptx")
"""Une projection choisit ce qu'elle montre ; les autres formats montrent chaque mesure."""
VERIFIE = (
    "un formulaire aux états tirés au hasard, collecté, puis son bilan écrit et relu dans chaque "
    f"format ({', '.join(COMPLETS)}) : chaque mesure y porte le mot de son état et de lui seul, et "
    "une réponse à vérifier y dit ce qui était dans la cellule"
)
GENRES: Genres = {"1.1": ("nombre", "decimal", "montant", "duree") * 3, "1.2": ("nombre",) * 12}


class _Etat:
    """Ce qui est tapé, le mot attendu au bilan, et ce qui doit être dit de la cellule."""

    def __init__(self, tape: Tape | None, mot: str, dit: str = "") -> None:
        self.tape = tape
        self.mot = mot
        self.dit = dit


ETATS = (
    _Etat(0, "0"),
    _Etat(None, "non répondu"),
    _Etat("ND", "non disponible"),
    _Etat("sans objet", "sans objet"),
    _Etat("une dizaine", "à vérifier", "une dizaine"),
    _Etat(Brut(' t="e"', "<v>#N/A</v>"), "à vérifier", "#N/A"),
    _Etat(Brut(' t="b"', "<v>1</v>"), "à vérifier", "VRAI"),
    _Etat(Brut(' t="d"', "<v>2025-04-03</v>"), "à vérifier", "2025-04-03"),
    _Etat(Brut("", "<f>SUM(A1:A2)</f>"), "à vérifier", "une formule sans résultat"),
)

Montrees = Mapping[str, tuple[str, str]]
"""De chaque indicateur à ce que montre un document : sa valeur ou son état, et ce qu'il en dit."""


def run(graine: int, nombre: int, dossier: Path) -> Compte:
    """Un essai vaut un bilan dans tous les formats ; chaque mesure y est comparée."""
    hasard = Random(graine)
    compte = Compte(VERIFIE)
    modele = dossier / "modele"
    write_contract(modele, GENRES)
    ouvert = require_dossier(modele)
    stylo = Stylo(render_form(compute_questionnaire(ouvert, EXERCICE, "org-a")))
    vus: Counter[str] = Counter()
    for rang in range(nombre):
        compte.essais += 1
        racine = dossier / f"essai-{rang}"
        write_contract(racine, GENRES)
        etats = {cle: hasard.choice(ETATS) for cle in stylo.cles}
        tapes = {(cle, "valeur"): e.tape for cle, e in etats.items() if e.tape is not None}
        (racine / "recu.xlsx").write_bytes(stylo.fill(tapes))
        collect_all(require_dossier(racine), [racine / "recu.xlsx"], EXERCICE, ecrire=True)
        relu = require_dossier(racine)
        jour = date.fromisoformat(JOUR)
        _, chemins = write_bilan(relu, EXERCICE, jour, COMPLETS)
        for nom in COMPLETS:
            fautes = list(_compare(etats, _show(nom, chemins)))
            compte.fautes += [f"essai {rang}, {nom} : {faute}" for faute in fautes]
            vus[nom] += len(etats)
    compte.mesures += [f"{combien} états relus en {nom}" for nom, combien in vus.items()]
    return compte


def _compare(etats: Mapping[str, _Etat], montrees: Montrees) -> Iterator[str]:
    for cle, etat in etats.items():
        fiche, indicateur, _ = cle.split("/")
        nom = f"Indicateur {indicateur[1:]} de la fiche {fiche}"
        valeur, dit = montrees.get(nom, ("", ""))
        if valeur.removesuffix("\u00a0€") != etat.mot or etat.dit not in dit:
            yield f"{cle} : tapé {etat.tape}, montré « {valeur} », dit « {dit} »"


def _show(nom: str, chemins: tuple[Path, ...]) -> Montrees:
    """Ce qu'un format montre ; un format sans lecteur ici ne montre rien, et cela se voit."""
    lecteur = LECTEURS.get(nom)
    documents = [chemin for chemin in chemins if chemin.suffix == f".{nom}"]
    return lecteur(documents[0].read_bytes()) if lecteur and documents else {}


def read_markdown(octets: bytes) -> Montrees:
    """La troisième colonne des tableaux de résultats, et les remarques sous chacun."""
    montrees: dict[str, tuple[str, str]] = {}
    nom = ""
    for ligne in octets.decode("utf-8").replace("\\", "").split("\n"):
        if ligne.startswith("| Indicateur ") and " de la fiche " in ligne:
            cases = [case.strip() for case in ligne.strip("|").split(" | ")]
            montrees[cases[0]] = (cases[2], "")
        elif ligne.startswith("- **Indicateur "):
            nom = ligne.removeprefix("- **").removesuffix("**")
        elif ligne.startswith("  - ") and nom in montrees:
            montrees[nom] = (montrees[nom][0], montrees[nom][1] + ligne)
    return montrees


def read_excel(octets: bytes) -> Montrees:
    """La feuille « Indicateurs » : la valeur, sinon l'état, et tout le texte de la ligne."""
    lignes = list(load_workbook(BytesIO(octets))["Indicateurs"].iter_rows(values_only=True))
    rang = next(r for r, ligne in enumerate(lignes) if "État" in ligne)
    titres = [str(titre) for titre in lignes[rang]]
    montrees = {}
    for ligne in lignes[rang + 1 :]:
        cases = dict(zip(titres, ligne, strict=True))
        valeur = cases["Valeur"]
        montre = str(cases["État"]) if valeur is None else f"{valeur:g}"
        nom = str(cases["Indicateur"])
        montrees[nom] = (montre, " ".join(str(case) for case in ligne if case is not None))
    return montrees


def read_pdf(octets: bytes) -> Montrees:
    """Les mêmes cellules et les mêmes remarques que dans le Markdown, par les balises."""
    return _read_rows(*read_rows(octets))


def read_page(octets: bytes) -> Montrees:
    """Les mêmes, dans les tableaux et les listes de la page."""
    page = html.document_fromstring(octets.decode("utf-8"))
    rangees = [[_words(case.itertext()) for case in ligne] for ligne in page.iter("tr")]
    return _read_rows(rangees, [_own_words(point) for point in page.iter("li")])


def _own_words(point: html.HtmlElement) -> str:
    """Les mots d'un point de liste, sans ceux de la liste qu'il contient."""
    rang = point.xpath("count(ancestor-or-self::li)")
    return _words(point.xpath(".//text()[count(ancestor::li) = $rang]", rang=rang))


def read_word(octets: bytes) -> Montrees:
    """Les mêmes, dans les tableaux et les paragraphes du document."""
    tables, paragraphes = read_tables(octets)
    rangees = [[case.strip() for case in rangee] for table in tables for rangee in table]
    return _read_rows(rangees, [paragraphe.strip() for paragraphe in paragraphes])


def _words(textes: Iterable[str]) -> str:
    return "".join(textes).strip()


def read_json(octets: bytes) -> Montrees:
    """Le constat de chaque mesure et ce que disent ses déclarations."""
    contenu = json.loads(octets)
    lignes = [
        ligne
        for axe in contenu["axes"]
        for fiche in axe["fiches"]
        for indicateur in fiche["indicateurs"]
        for ligne in indicateur["lignes"]
    ]
    montrees = {}
    for ligne in lignes:
        constat = ligne["constat"]
        mot = constat["nombre"] or STATUTS[Statut(constat["statut"])]
        nom = contenu["mesures"][ligne["situee"]]["indicateur"]
        dit = json.dumps(constat["declarations"], ensure_ascii=False)
        # A machine reads the kind of the cell, where a person reads its words.
        montrees[nom] = (mot, dit.replace("formule_sans_resultat", "une formule sans résultat"))
    return montrees


def _read_rows(rangees: Iterable[Sequence[str]], points: Iterable[str]) -> Montrees:
    montrees: dict[str, tuple[str, str]] = {}
    for rangee in rangees:
        if rangee and rangee[0].startswith("Indicateur ") and " de la fiche " in rangee[0]:
            montrees[rangee[0]] = (rangee[2], "")
    nom = ""
    for point in points:
        if point.startswith("Indicateur "):
            nom = point
        elif nom in montrees:
            montrees[nom] = (montrees[nom][0], montrees[nom][1] + point)
    return montrees


LECTEURS: Mapping[str, Callable[[bytes], Montrees]] = {
    "md": read_markdown,
    "xlsx": read_excel,
    "html": read_page,
    "docx": read_word,
    "pdf": read_pdf,
    "json": read_json,
}
"""Un lecteur par format : un format nouveau doit avoir le sien pour que la promesse tienne."""
