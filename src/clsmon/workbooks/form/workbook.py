"""Le formulaire envoyé à un organisme : mêmes questions, mêmes octets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from clsmon.model.questionnaire import Questionnaire
from clsmon.workbooks.form.checks import Listes
from clsmon.workbooks.form.corrections import write_corrections
from clsmon.workbooks.form.fiches import write_fiches
from clsmon.workbooks.form.inert import inert_text
from clsmon.workbooks.form.measures import write_measures
from clsmon.workbooks.form.notice import write_notice
from clsmon.workbooks.form.page import Page
from clsmon.workbooks.form.styles import ACCENT, POLICE, Styles
from clsmon.workbooks.layout import (
    A_CORRIGER,
    EMPREINTE,
    FICHES,
    LISEZ_MOI,
    LISTES,
    MACHINE,
    SAISIE,
    VERSION,
    fingerprint,
)

CREATION = datetime(2024, 1, 1, tzinfo=UTC)
"""Une date fixe : l'heure de fabrication changerait les octets sans rien apprendre à personne."""

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}

TITRES_MACHINE = ("cle", "type", "unite", "libelle")


def render_form(questionnaire: Questionnaire) -> bytes:
    """
    Les octets du classeur .xlsx d'un questionnaire.

    Le même questionnaire donne les mêmes octets : ni horloge, ni auteur, ni machine.
    """
    tampon = BytesIO()
    empreinte, remarques = fingerprint(questionnaire), questionnaire.remarques
    # xlsxwriter writes into the font's dictionary: each workbook gets its own.
    options = OPTIONS | {"default_format_properties": dict(POLICE)}
    with Workbook(tampon, options) as classeur:
        styles = Styles(classeur)
        corrige = Page(classeur.add_worksheet(A_CORRIGER), styles) if remarques else None
        notice, saisie, fiches, choix, machine = (
            Page(classeur.add_worksheet(nom), styles, remarques)
            for nom in (LISEZ_MOI, SAISIE, FICHES, LISTES, MACHINE)
        )
        listes = Listes()
        etendue = write_measures(saisie, questionnaire, listes)
        premiere_fiche = write_fiches(fiches, questionnaire, listes)
        write_notice(notice, questionnaire, etendue, premiere_fiche)
        if corrige is not None:
            write_corrections(corrige, questionnaire, {SAISIE: saisie, FICHES: fiches})
        write_lists(choix, listes)
        _write_machine(machine, questionnaire, empreinte)
        _show(corrige or notice, saisie, fiches, questionnaire)
        _sign(classeur, questionnaire, empreinte)
    return tampon.getvalue()


def _show(premiere: Page, saisie: Page, fiches: Page, questionnaire: Questionnaire) -> None:
    """Ouvre le classeur sur sa première feuille et cache celle où rien n'est demandé."""
    premiere.feuille.activate()
    premiere.feuille.set_tab_color("#B35900" if questionnaire.remarques else "#5B6472")
    for page, demande in ((saisie, questionnaire.mesures), (fiches, questionnaire.fiches)):
        page.feuille.set_tab_color(ACCENT)
        if not demande:
            page.feuille.hide()


def write_lists(page: Page, listes: Listes) -> None:
    """Écrit la feuille cachée des listes de choix."""
    for colonne, (nom, choix) in enumerate(listes.colonnes):
        page.feuille.set_column(colonne, colonne, 30)
        for ligne, texte in enumerate((nom, *choix)):
            page.write(ligne, colonne, texte)
    page.feuille.protect()
    page.feuille.hide()


def _write_machine(page: Page, questionnaire: Questionnaire, empreinte: str) -> None:
    """Écrit de quoi reconnaître le formulaire : identité, puis une ligne par mesure."""
    identite = {
        "contrat": questionnaire.contrat.titre,
        "exercice": str(questionnaire.exercice),
        "organisme": questionnaire.organisme,
        "version": VERSION,
        "empreinte": empreinte,
        "base": " ".join(questionnaire.base),
        "fictif": "oui" if questionnaire.fictif else "non",
    }
    mesures = (
        (s.cle, s.mesure.type.value, s.mesure.unite, s.mesure.libelle)
        for s in (q.situee for q in questionnaire.mesures)
    )
    write_hidden(page, (*identite.items(), (), TITRES_MACHINE, *mesures))


def write_hidden(page: Page, rangees: Iterable[tuple[str, ...]]) -> None:
    """Écrit les rangées d'une feuille cachée."""
    for ligne, textes in enumerate(rangees):
        for colonne, texte in enumerate(textes):
            page.write(ligne, colonne, texte)
    page.feuille.set_column(0, 3, 40)
    page.feuille.protect()
    page.feuille.hide()


def _sign(classeur: Any, questionnaire: Questionnaire, empreinte: str) -> None:
    organisme = questionnaire.contrat.nom_court(questionnaire.organisme)
    titre = f"Formulaire de suivi {questionnaire.exercice} — {organisme}"
    sign_workbook(classeur, titre, empreinte)


def sign_workbook(classeur: Any, titre: str, empreinte: str) -> None:
    """Pose l'empreinte en nom défini et en propriété, et des propriétés sans auteur ni date."""
    classeur.set_properties({"title": inert_text(titre), "created": CREATION})
    classeur.define_name(EMPREINTE, f'="{empreinte}"')
    classeur.set_custom_property(EMPREINTE, empreinte, "text")
