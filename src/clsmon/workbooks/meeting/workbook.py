"""Écrire le classeur « Séance » : mêmes données, mêmes octets."""

from __future__ import annotations

from io import BytesIO

from clsmon.model.classeur_seance import ClasseurSeance
from clsmon.model.collecte import Genre
from clsmon.workbooks.form.checks import Listes, column_letter
from clsmon.workbooks.form.hidden import open_workbook, sign, write_lists, write_machine
from clsmon.workbooks.form.page import Page
from clsmon.workbooks.form.styles import ACCENT, GRIS, Styles
from clsmon.workbooks.layout import LISEZ_MOI, LISTES, MACHINE
from clsmon.workbooks.meeting.layout import COLONNES, PROGRAMME, VERSION, meeting_fingerprint
from clsmon.workbooks.meeting.naming import Noms
from clsmon.workbooks.meeting.notice import write_notice
from clsmon.workbooks.meeting.sheets import Atelier, title_of, write_sheet


def render_meeting_form(classeur: ClasseurSeance) -> bytes:
    """
    Les octets du classeur .xlsx d'une séance.

    Les mêmes données donnent les mêmes octets : ni horloge, ni auteur, ni machine.
    """
    tampon = BytesIO()
    empreinte = meeting_fingerprint(classeur)
    with open_workbook(tampon) as ouvert:
        styles = Styles(ouvert)
        atelier = Atelier(classeur, Noms(classeur.dossier), Listes())
        notice, *pages, choix, machine = (
            Page(ouvert.add_worksheet(nom), styles)
            for nom in (LISEZ_MOI, *COLONNES, LISTES, MACHINE)
        )
        premieres: dict[str, str] = {}
        for nom, page in zip(COLONNES, pages, strict=True):
            ligne = write_sheet(page, nom, atelier)
            page.feuille.set_tab_color(ACCENT)
            if nom == PROGRAMME and classeur.annee_programme is None:
                page.feuille.hide()
                continue
            place = next(r for r, colonne in enumerate(COLONNES[nom]) if colonne.saisie)
            premieres[nom] = f"{column_letter(place)}{ligne + 1}"
        write_notice(notice, classeur, premieres)
        write_lists(choix, atelier.listes)
        write_machine(machine, _identity(classeur, empreinte))
        notice.feuille.activate()
        notice.feuille.set_tab_color(GRIS)
        sign(ouvert, title_of(classeur), empreinte)
    return tampon.getvalue()


def _identity(classeur: ClasseurSeance, empreinte: str) -> dict[str, str]:
    """De quoi reconnaître le classeur au retour."""
    return {
        "contrat": classeur.dossier.contrat.titre,
        "genre": Genre.SEANCE.value,
        "objet": classeur.nom,
        "exercice": str(classeur.exercice),
        "organisme": classeur.seance.instance,
        "version": VERSION,
        "empreinte": empreinte,
        "base": " ".join(classeur.base),
        "fictif": "oui" if classeur.fictif else "non",
    }
