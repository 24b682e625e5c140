"""La couverture du classeur et le projet d'ordre du jour : des phrases, et les logos en couleur."""

from __future__ import annotations

from io import BytesIO

from clsmon.model.bilan import Bilan
from clsmon.model.libelles import spell_date
from clsmon.model.logo import Logo
from clsmon.model.texte import clean_text
from clsmon.render.cells import Tableau
from clsmon.render.changes import name_amendment
from clsmon.render.closing import closing_lines, spell_status
from clsmon.render.excel_sheet import Feuille
from clsmon.render.logos import HAUTEUR, LARGEUR, names_without_logo, scale_of

LOGOS_PAR_RANGEE = 4
MARGE, ECART = 8, 12
"""En pixels : autour d'une case, et entre deux cases d'une même rangée."""
_POINTS_PAR_PIXEL = 0.75
_METRES_PAR_POUCE, _PIXELS_PAR_POUCE = 0.0254, 96


def write_cover(feuille: Feuille, bilan: Bilan) -> None:
    """Contrat, nature du document, dates, signataires par leur nom et leur logo."""
    contrat = bilan.contrat
    feuille.feuille.set_column(0, 0, 110)
    feuille.feuille.fit_to_pages(1, 1)
    feuille.write_title(f"{contrat.titre} : bilan {bilan.exercice}", 20)
    feuille.write_line(spell_status(bilan), bold=True, font_size=12)
    feuille.ligne += 1
    feuille.write_line(f"Territoire : {contrat.territoire.nom}")
    feuille.write_line(f"Durée du contrat : {contrat.periode.debut} à {contrat.periode.fin}")
    feuille.write_line(f"Exercice examiné : {bilan.exercice}")
    feuille.write_line(f"Date du document : {spell_date(bilan.date)}")
    if bilan.instance:
        feuille.write_line(f"Instance : {bilan.instance}")
    for titre, texte in closing_lines(bilan):
        feuille.write_line(f"{titre} : {texte}")
    feuille.ligne += 1
    feuille.write_title("Signataires du contrat")
    for organisme in contrat.signataires.values():
        copilote = " (copilote)" if organisme.copilote else ""
        feuille.write_line(f"{organisme.nom}{copilote}")
    feuille.ligne += 1
    _insert_logos(feuille, bilan)
    if manquants := names_without_logo(bilan):
        noms = ", ".join(manquants)
        note = f"Logos à joindre avant toute publication (article 8) : {noms}."
        feuille.write_line(note, italic=True, text_wrap=True)


def _insert_logos(feuille: Feuille, bilan: Bilan) -> None:
    """Les logos en rangées, au milieu d'une même case ; le nom du signataire les remplace."""
    for rang, logo in enumerate(bilan.logos):
        place = rang % LOGOS_PAR_RANGEE
        if rang and not place:
            feuille.ligne += 1
        feuille.feuille.set_row(feuille.ligne, (HAUTEUR + 2 * MARGE) * _POINTS_PAR_PIXEL)
        echelle = scale_of(logo)
        options = {
            "image_data": BytesIO(logo.octets),
            "x_offset": MARGE + place * (LARGEUR + ECART) + (LARGEUR - logo.largeur * echelle) / 2,
            "y_offset": MARGE + (HAUTEUR - logo.hauteur * echelle) / 2,
            "x_scale": echelle * _resolution(logo, 0),
            "y_scale": echelle * _resolution(logo, 1),
            "object_position": 1,
            "description": clean_text(bilan.contrat.organismes[logo.organisme].nom),
        }
        feuille.feuille.insert_image(feuille.ligne, 0, logo.fichier, options)
    if bilan.logos:
        feuille.ligne += 2


def _resolution(logo: Logo, cote: int) -> float:
    """Ce qui rend leur taille à des pixels que la librairie réduit selon leur densité."""
    return logo.densite[cote] * _METRES_PAR_POUCE / _PIXELS_PAR_POUCE if logo.densite else 1


def write_agenda(feuille: Feuille, bilan: Bilan, tableau: Tableau) -> None:
    """Sous le tableau des évolutions : les avenants, puis le projet d'ordre du jour."""
    evolutions = bilan.evolutions
    avenants = [name_amendment(avenant) for avenant in evolutions.avenants]
    points = [f"{rang}. {point}" for rang, point in enumerate(evolutions.ordre_du_jour, 1)]
    for titre, lignes, vide in (
        ("Avenants à préparer", avenants, "Aucun avenant n’est à préparer."),
        ("Projet d’ordre du jour du prochain COPIL", points, "Rien n’est à inscrire à ce jour."),
    ):
        feuille.ligne += 1
        feuille.write_title(titre, 12)
        for texte in lignes or [vide]:
            feuille.write_wide(texte, tableau.colonnes)
    feuille.feuille.print_area(0, 0, feuille.ligne - 1, len(tableau.colonnes) - 1)
