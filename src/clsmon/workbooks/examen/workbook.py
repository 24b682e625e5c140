"""Le cahier d'examen envoyé à un signataire : mêmes données, mêmes octets."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from clsmon.model.cahier import Cahier
from clsmon.model.collecte import Genre
from clsmon.model.indicateur import TypeMesure
from clsmon.workbooks.examen.avis import write_opinions
from clsmon.workbooks.examen.chiffres import write_figures
from clsmon.workbooks.examen.layout import AVIS_FICHES, CHIFFRES, TITRES_MACHINE, fingerprint
from clsmon.workbooks.examen.notice import write_notice
from clsmon.workbooks.form.checks import Listes
from clsmon.workbooks.form.corrections import write_corrections
from clsmon.workbooks.form.hidden import (
    identity_of,
    open_workbook,
    sign,
    write_lists,
    write_machine,
)
from clsmon.workbooks.form.page import Page
from clsmon.workbooks.form.styles import ACCENT, GRIS, Styles
from clsmon.workbooks.layout import A_CORRIGER, LISEZ_MOI, LISTES, MACHINE

ORANGE = "#B35900"
GARDE = (
    "Ce classeur contient tout ce que vous aviez écrit. Les cases à reprendre sont orange dans les "
    f"feuilles « {AVIS_FICHES} » et « {CHIFFRES} » ; leur note redit la question."
)
FAIRE = (
    "À corriger : complétez ou videz la ligne. Laissée telle quelle, elle est redemandée. "
    "Enregistrez, puis renvoyez ce classeur : il remplacera le premier."
)
PIED = "Examen contradictoire : une case vide n’est pas un avis"


def render_cahier(cahier: Cahier) -> bytes:
    """
    Les octets du classeur .xlsx d'un cahier d'examen.

    Le même cahier donne les mêmes octets : ni horloge, ni auteur, ni machine.
    """
    tampon = BytesIO()
    empreinte = fingerprint(cahier)
    with open_workbook(tampon) as classeur:
        styles = Styles(classeur)
        corrige = None
        if cahier.remarques:
            corrige = Page(classeur.add_worksheet(A_CORRIGER), styles, pied=PIED)
        notice, fiches, chiffres, choix, machine = (
            Page(classeur.add_worksheet(nom), styles, cahier.remarques, PIED)
            for nom in (LISEZ_MOI, AVIS_FICHES, CHIFFRES, LISTES, MACHINE)
        )
        listes = Listes()
        premiers = write_opinions(fiches, cahier, listes), write_figures(chiffres, cahier, listes)
        taux = any(c.situee.mesure.type is TypeMesure.TAUX for c in cahier.chiffres)
        write_notice(notice, cahier, premiers, taux=taux)
        if corrige is not None:
            write_corrections(
                corrige, cahier, {AVIS_FICHES: fiches, CHIFFRES: chiffres}, (GARDE, FAIRE)
            )
        write_lists(choix, listes)
        identite = identity_of(cahier, empreinte, cahier.base, Genre.EXAMEN.value)
        write_machine(machine, identite, TITRES_MACHINE, _rows(cahier))
        premiere = corrige or notice
        premiere.feuille.activate()
        premiere.feuille.set_tab_color(ORANGE if corrige else GRIS)
        for page, rempli in ((fiches, cahier.fiches), (chiffres, cahier.chiffres)):
            page.feuille.set_tab_color(ACCENT)
            if not rempli:
                page.feuille.hide()
        nom = cahier.contrat.nom_court(cahier.organisme)
        sign(classeur, f"Examen contradictoire {cahier.exercice} — {nom}", empreinte)
    return tampon.getvalue()


def _rows(cahier: Cahier) -> Iterator[tuple[str, ...]]:
    """Une ligne par chiffre et par fiche, avec ce que le signataire avait sous les yeux."""
    for chiffre in cahier.chiffres:
        situee, mesure = chiffre.situee, chiffre.situee.mesure
        nommee = (situee.cle, mesure.type.value, mesure.unite, mesure.libelle)
        yield *nommee, chiffre.declare.declarant or "", chiffre.declare.canonique
    for fiche in cahier.fiches:
        avancement = fiche.avancement.value if fiche.avancement else ""
        yield fiche.fiche.id, "fiche", "", fiche.fiche.titre, "", avancement
