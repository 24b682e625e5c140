"""La relance d'un organisme : ce qui manque et ce qu'il faut préciser, dans ses mots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from clsmon.model.anomalie import ClsmonError, Lieu
from clsmon.model.dossier import MesureSituee
from clsmon.model.indicateur import Mesure, TypeMesure
from clsmon.model.libelles import simplify, spell_date
from clsmon.model.suivi import Doute, Reste, Suivi, SuiviOrganisme
from clsmon.render.escape import spell_any
from clsmon.render.plain import one_line, quote
from clsmon.render.spelling import spell_doubt, spell_number
from clsmon.render.templates import Filtres, render_template

PRINCIPAL = "relance.txt.j2"
OBJET = "Objet : "
FILTRES: Filtres = {"date": spell_date, "mots": spell_any, "nombre": spell_number}

_ATTENDUS = {
    TypeMesure.TAUX: "le numérateur et le dénominateur",
    TypeMesure.MONTANT: "un montant en euros",
    TypeMesure.DUREE: "un nombre seul",
    TypeMesure.OUI_NON: "« oui » ou « non »",
    TypeMesure.TEXTE: "une phrase",
}


_COMPTES = {TypeMesure.NOMBRE, TypeMesure.DUREE}
"""Les mesures dont la réponse doit être dans l'unité demandée."""


@dataclass(frozen=True)
class Relance:
    """Une relance rendue : son objet et son texte."""

    objet: str
    corps: str

    @property
    def texte(self) -> str:
        """Le tout en texte simple, l'objet d'abord."""
        return f"{OBJET}{self.objet}\n\n{self.corps}"


@dataclass(frozen=True)
class Liste:
    """Une fiche et ce qui lui manque, une ligne par point."""

    titre: str
    lignes: tuple[str, ...]


def render_reminder(
    suivi: Suivi, organisme: SuiviOrganisme, gabarits: Sequence[Path], *, joint: bool = False
) -> Relance:
    """
    La relance d'un organisme, par le gabarit « relance.txt.j2 ».

    `joint` : son formulaire accompagne le courriel. Lève ClsmonError : GAB001 si le gabarit est
    fautif, GAB002 s'il ne commence pas par son objet.
    """
    vues = _views(suivi, organisme, joint=joint)
    texte = render_template(PRINCIPAL, gabarits, vues, FILTRES, _finalize).lstrip("\n")
    premiere, _, corps = texte.partition("\n")
    objet = premiere.removeprefix(OBJET).strip()
    if not premiere.startswith(OBJET) or not objet:
        raise ClsmonError(
            "GAB002 : la relance ne commence pas par son objet.",
            Lieu(f"templates/{PRINCIPAL}"),
            f"Commencez le gabarit par une ligne « {OBJET}… ».",
        )
    return Relance(objet, corps.lstrip("\n"))


def _finalize(valeur: Any) -> Markup:
    """Toute expression du gabarit : une ligne propre, dans un texte où rien n'est actif."""
    if isinstance(valeur, Markup):
        return valeur
    return Markup(one_line(spell_any(valeur)))  # noqa: S704 plain text, nothing reads it as HTML


def _views(suivi: Suivi, organisme: SuiviOrganisme, *, joint: bool) -> dict[str, Any]:
    delai, contrat = suivi.delai, suivi.bilan.contrat
    return {
        "contrat": contrat,
        "exercice": suivi.bilan.exercice,
        "organisme": contrat.nom_court(organisme.code),
        "fictif": suivi.bilan.fictif,
        "rendu": bool(organisme.rendus),
        "joint": joint,
        "limite": spell_date(delai.limite) if delai.limite else "",
        "depasse": delai.depasse,
        "manques": tuple(_lists(organisme.reste, _missing)),
        "precisions": tuple(_lists(organisme.reste, _questions)),
    }


def _lists(reste: Sequence[Reste], lines_of: Any) -> Iterator[Liste]:
    for fiche in reste:
        if lignes := tuple(lines_of(fiche)):
            yield Liste(fiche.fiche.nom, lignes)


def _missing(reste: Reste) -> Iterator[str]:
    yield from reste.rubriques
    yield from (name_measure(situee) for situee in reste.mesures)


def name_measure(situee: MesureSituee) -> str:
    """
    « Livres distribués », avec l'unité si le libellé ne la dit pas.

    L'indicateur s'y ajoute quand deux mesures de la fiche ont le même libellé.
    """
    mesure, unite = situee.mesure, situee.mesure.unite_affichee
    dite = not unite or simplify(unite) in simplify(mesure.libelle)
    nom = mesure.libelle if dite else f"{mesure.libelle} ({unite})"
    homonymes = sum(
        autre.libelle == mesure.libelle
        for indicateur in situee.fiche.indicateurs
        for autre in indicateur.mesures
    )
    return nom if homonymes < 2 else f"{situee.indicateur.libelle}, {nom}"


def _questions(reste: Reste) -> Iterator[str]:
    for doute in reste.doutes:
        nom = name_measure(doute.situee) if doute.situee else doute.nom
        yield f"{nom} : {_ask(doute)}"


def _ask(doute: Doute) -> str:
    """La question que pose une réponse non acceptée, et où elle est écrite."""
    if doute.contradiction:
        return f"deux réponses différentes, {quote(doute.saisi)}. Laquelle est la bonne ?"
    ou = f" ({_spell_place(doute.cellule)})" if doute.cellule else ""
    attendu = _expected(doute.situee.mesure) if doute.situee else "une réponse plus précise"
    return f"{spell_doubt(doute.saisi, doute.nature)}{ou}. Merci d’écrire {attendu}."


def _expected(mesure: Mesure) -> str:
    if mesure.modalites:
        return f"l’un de : {', '.join(mesure.modalites)}"
    attendu = _ATTENDUS.get(mesure.type, "une réponse plus précise")
    if mesure.type is TypeMesure.NOMBRE:
        attendu = "un nombre seul" if mesure.decimales else "un nombre entier seul"
    unite = mesure.unite_affichee if mesure.type in _COMPTES else ""
    return f"{attendu}, dans l’unité demandée ({unite})" if unite else attendu


def _spell_place(cellule: str) -> str:
    feuille, _, adresse = cellule.rpartition("!")
    return f"feuille {feuille}, cellule {adresse}" if feuille else cellule
