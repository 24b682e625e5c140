"""Le support d'une projection : format 16:9, thème sobre, mentions de chaque diapositive."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from clsmon.model.couleur import tints_of
from clsmon.render.slides_blocks import HAUTEUR, LARGEUR, MARGE, UTILE

CREATION = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Une date fixe : l'heure de fabrication changerait les octets sans rien apprendre à personne."""
POLICE = "Arial"
ACCENT, CLAIR = MSO_THEME_COLOR.ACCENT_1, MSO_THEME_COLOR.BACKGROUND_2
"""Celles du thème, que le dossier choisit et que PowerPoint sait changer partout à la fois."""
BLEU, ENCRE, ORANGE, ROUGE, GRIS, BLANC = (
    RGBColor.from_string(code)
    for code in ("0B5FA5", "1F2D3A", "B35900", "8B1A1A", "5B6472", "FFFFFF")
)
"""Celles qui ont un sens, les mêmes dans tous les dossiers."""
HAUT_TITRE, HAUTEUR_TITRE = 22.0, 62.0
HAUT_PIED, HAUTEUR_PIED, LARGEUR_PIED, LARGEUR_NUMERO = 504.0, 26.0, 610.0, 60.0
TAILLE_PIED = 12
COUVERTURE, ORDINAIRE = "Couverture", "Titre et contenu"
_GARDEES = {"Title Slide": COUVERTURE, "Title Only": ORDINAIRE}
_MOTS = {
    "Click to edit Master title style": "Titre de la diapositive",
    "Click to edit Master subtitle style": "Sous-titre",
    "Click to edit Master text styles": "Texte",
    "Second level": "Deuxième niveau",
    "Third level": "Troisième niveau",
    "Fourth level": "Quatrième niveau",
    "Fifth level": "Cinquième niveau",
}
_COULEURS = {"accent2": str(ORANGE), "accent3": str(GRIS), "accent4": str(ROUGE)}
_ANGLAIS = rb'(<a:(?:rPr|endParaRPr|defRPr)\b[^<>]*?) lang="en-US"'
"""Dans une balise seulement : un texte reçu qui dirait « lang="en-US" » n'est pas touché."""
_PALE = r'<a:schemeClr val="tx1"><a:tint val="75000"/></a:schemeClr>'
_NOMS = {"title": "Titre", "ctrTitle": "Titre", "ftr": "Pied de page", "sldNum": "Numéro"}


def open_deck() -> Any:
    """Une présentation vide, 16:9, dont le masque porte la police, les couleurs et les places."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(LARGEUR), Pt(HAUTEUR)
    for layout in list(deck.slide_layouts):
        if layout.name not in _GARDEES:
            deck.slide_layouts.remove(layout)
    _drop_parts(deck)
    masque = deck.slide_master
    _place(masque)
    masque.shapes._spTree.insert(2, _band(masque))  # noqa: SLF001  python-pptx adds no shape to a master
    for layout in deck.slide_layouts:
        layout.name = _GARDEES[layout.name]
        _place(layout)
    return deck


def _drop_parts(deck: Any) -> None:
    """Ôte la vignette, les réglages d'imprimante et les statistiques du modèle de la librairie."""
    for holder in (deck.part.package, deck.part):
        relations = holder._rels  # noqa: SLF001  no public door for relationships
        for rid, relation in list(relations.items()):
            if relation.reltype.endswith(
                ("/thumbnail", "/extended-properties", "/printerSettings")
            ):
                relations.pop(rid)


def _place(support: Any) -> None:
    """La place du titre, du pied et du numéro ; ni date ni autre zone."""
    for forme in list(support.placeholders):
        genre = place_of(forme)
        forme.name = _NOMS.get(genre, forme.name)
        if genre in {"title", "ctrTitle"}:
            _frame(forme, MARGE, HAUT_TITRE, UTILE, HAUTEUR_TITRE)
        elif genre == "ftr":
            _frame(forme, MARGE, HAUT_PIED, LARGEUR_PIED, HAUTEUR_PIED)
        elif genre == "sldNum":
            gauche = LARGEUR - MARGE - LARGEUR_NUMERO
            _frame(forme, gauche, HAUT_PIED, LARGEUR_NUMERO, HAUTEUR_PIED)
        elif genre != "body":
            forme.element.getparent().remove(forme.element)


def _frame(forme: Any, gauche: float, haut: float, largeur: float, hauteur: float) -> None:
    forme.left, forme.top, forme.width, forme.height = map(Pt, (gauche, haut, largeur, hauteur))


def _band(masque: Any) -> Any:
    """Un filet de la couleur d'accent en haut de chaque diapositive, qui ne dit rien à lire."""
    modele = Presentation()
    page = modele.slides.add_slide(modele.slide_layouts[6])
    filet = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Pt(LARGEUR), Pt(10))
    filet.fill.solid()
    paint(filet.fill.fore_color, ACCENT)
    filet.line.fill.background()
    filet.name = "Filet"
    undress(filet)
    element = deepcopy(filet._element)  # noqa: SLF001  idem
    element.find(f".//{qn('p:cNvPr')}").set("id", str(100 + len(masque.placeholders)))
    return element


def add_page(deck: Any, titre: str, pied: str, *, couverture: bool) -> Any:
    """Une diapositive, son vrai titre, son pied et son numéro."""
    layout = deck.slide_layouts.get_by_name(COUVERTURE if couverture else ORDINAIRE)
    page = deck.slides.add_slide(layout)
    page.shapes.title.text_frame.text = titre
    page.shapes.title.name = "Titre"
    for zone in layout.placeholders:
        if place_of(zone) in {"ftr", "sldNum"}:
            page.shapes._spTree.append(deepcopy(zone.element))  # noqa: SLF001  never copied by add_slide
    for forme in page.placeholders:
        if place_of(forme) == "ftr":
            forme.text_frame.text = pied
    return page


def place_of(forme: Any) -> str:
    """Le genre d'une zone réservée : « title », « ftr », « sldNum »…"""
    return str(forme.element.find(f".//{qn('p:ph')}").get("type"))


def undress(forme: Any) -> None:
    """Ôte le style d'une forme : ni ombre ni effet, quel que soit le logiciel."""
    for style in forme._element.findall(qn("p:style")):  # noqa: SLF001  no public door for styles
        forme._element.remove(style)  # noqa: SLF001  idem


def close_page(page: Any) -> None:
    """Met le pied et le numéro à la fin de l'ordre de lecture."""
    arbre = page.shapes._spTree  # noqa: SLF001  idem
    for rang, forme in enumerate(list(page.shapes), 2):
        forme.element.find(f".//{qn('p:cNvPr')}").set("id", str(rang))
    for forme in list(page.placeholders):
        if place_of(forme) in {"ftr", "sldNum"}:
            arbre.remove(forme.element)
            arbre.append(forme.element)


def set_properties(deck: Any, titre: str, sujet: str) -> None:
    """Le titre, la langue, des dates fixes, et personne."""
    proprietes = deck.core_properties
    proprietes.title, proprietes.subject, proprietes.language = titre, sujet, "fr-FR"
    proprietes.author = proprietes.last_modified_by = proprietes.keywords = ""
    proprietes.comments = proprietes.category = ""
    proprietes.created = proprietes.modified = CREATION
    proprietes.revision = 1


def paint(place: Any, couleur: Any) -> None:
    """Donne à un texte, un fond ou un trait une couleur du thème, ou une couleur fixe."""
    if isinstance(couleur, MSO_THEME_COLOR):
        place.theme_color = couleur
    else:
        place.rgb = couleur


def finish(octets: bytes, accent: str) -> bytes:
    """Le même fichier en français et en Arial, dont aucune partie ne dit quand elle fut écrite."""
    sortie = BytesIO()
    with ZipFile(BytesIO(octets)) as source, ZipFile(sortie, "w", ZIP_DEFLATED) as copie:
        for nom in source.namelist():
            copie.writestr(ZipInfo(nom), _finish_part(nom, source.read(nom), accent), ZIP_DEFLATED)
    return sortie.getvalue()


def _finish_part(nom: str, contenu: bytes, accent: str) -> bytes:
    if nom.endswith(".xlsx"):
        return finish(contenu, accent)
    if nom == "docProps/core.xml" and b"dcterms" in contenu:
        jour = f"{CREATION:%Y-%m-%dT%H:%M:%SZ}"
        return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", jour.encode(), contenu)
    if nom.startswith("ppt/theme/"):
        return _finish_theme(contenu.decode("utf-8"), accent).encode("utf-8")
    if nom.startswith("ppt/") and nom.endswith(".xml"):
        contenu = re.sub(_ANGLAIS, rb'\1 lang="fr-FR"', contenu)
    if re.match(r"ppt/(slideMasters|slideLayouts|notesMasters)", nom):
        texte = contenu.decode("utf-8")
        for anglais, francais in _MOTS.items():
            texte = texte.replace(anglais, francais)
        # A tint of the ink would be too pale for the footer and the number.
        return re.sub(_PALE, '<a:srgbClr val="5B6472"/>', texte).encode("utf-8")
    return contenu


def _finish_theme(texte: str, accent: str) -> str:
    """Arial pour les titres et le texte, et les couleurs de la projection."""
    texte = re.sub(r'(<a:latin typeface=")(?!\+)[^"]*"', rf'\g<1>{POLICE}"', texte)
    choisies = {"accent1": accent, "lt2": tints_of(accent).pale}
    codes = {nom: couleur[1:].upper() for nom, couleur in choisies.items()}
    for nom, code in (codes | _COULEURS).items():
        couleur = rf'\g<1><a:srgbClr val="{code}"/>\2'
        texte = re.sub(rf"(<a:{nom}>).*?(</a:{nom}>)", couleur, texte, flags=re.DOTALL)
    return texte
