"""Le formulaire envoyé à un organisme : mêmes questions, mêmes octets."""

from __future__ import annotations

from io import BytesIO

from clsmon.model.questionnaire import Questionnaire
from clsmon.workbooks.form.checks import Listes
from clsmon.workbooks.form.corrections import write_corrections
from clsmon.workbooks.form.fiches import write_fiches
from clsmon.workbooks.form.hidden import (
    identity_of,
    open_workbook,
    sign,
    write_lists,
    write_machine,
)
from clsmon.workbooks.form.measures import write_measures
from clsmon.workbooks.form.notice import write_notice
from clsmon.workbooks.form.page import Page
from clsmon.workbooks.form.styles import ACCENT, Styles
from clsmon.workbooks.layout import (
    A_CORRIGER,
    FICHES,
    LISEZ_MOI,
    LISTES,
    MACHINE,
    SAISIE,
    fingerprint,
)

TITRES_MACHINE = ("cle", "type", "unite", "libelle")


def render_form(questionnaire: Questionnaire) -> bytes:
    """
    Les octets du classeur .xlsx d'un questionnaire.

    Le même questionnaire donne les mêmes octets : ni horloge, ni auteur, ni machine.
    """
    tampon = BytesIO()
    empreinte, remarques = fingerprint(questionnaire), questionnaire.remarques
    with open_workbook(tampon) as classeur:
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
        organisme = questionnaire.contrat.nom_court(questionnaire.organisme)
        titre = f"Formulaire de suivi {questionnaire.exercice} — {organisme}"
        sign(classeur, titre, empreinte)
    return tampon.getvalue()


def _show(premiere: Page, saisie: Page, fiches: Page, questionnaire: Questionnaire) -> None:
    """Ouvre le classeur sur sa première feuille et cache celle où rien n'est demandé."""
    premiere.feuille.activate()
    premiere.feuille.set_tab_color("#B35900" if questionnaire.remarques else "#5B6472")
    for page, demande in ((saisie, questionnaire.mesures), (fiches, questionnaire.fiches)):
        page.feuille.set_tab_color(ACCENT)
        if not demande:
            page.feuille.hide()


def _write_machine(page: Page, questionnaire: Questionnaire, empreinte: str) -> None:
    mesures = (
        (s.cle, s.mesure.type.value, s.mesure.unite, s.mesure.libelle)
        for s in (q.situee for q in questionnaire.mesures)
    )
    identite = identity_of(questionnaire, empreinte, questionnaire.base)
    write_machine(page, identite, TITRES_MACHINE, mesures)
