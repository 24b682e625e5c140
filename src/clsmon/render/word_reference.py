"""Le document Word de référence, `templates/document.docx` : les styles, les marges, l'en-tête."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

from clsmon.model.anomalie import ClsmonError, Lieu
from clsmon.model.couleur import BLEU
from clsmon.render.word_door import check_inert, open_word

NOM, FRANCAIS = "document.docx", "fr-FR"
AUTRE_GENRE = "GAB007"
_GARDES = {
    RT.STYLES,
    RT.NUMBERING,
    RT.SETTINGS,
    RT.THEME,
    RT.FONT_TABLE,
    RT.WEB_SETTINGS,
    RT.FOOTNOTES,
    RT.ENDNOTES,
    RT.HEADER,
    RT.FOOTER,
}
"""Ce qu'un document prend d'une référence ; ses images, commentaires et liens restent chez elle."""
_REGLAGES_OTES = ("w:updateFields", "w:attachedTemplate", "w:mailMerge", "w:trackRevisions")
_REGLAGES_LIES = ("attachedTemplate", "mailMergeSource", "mailMergeHeaderSource")
"""Le modèle d'où vient la référence, ou son publipostage : rien n'y mène plus."""
_EN_MINUSCULES = ("heading ", "caption", "header", "footer")
_GENRES = {
    "paragraph": "de paragraphe",
    "character": "de caractère",
    "table": "de tableau",
    "numbering": "de liste",
}


def open_reference(gabarits: Sequence[Path], accent: str = BLEU) -> Any:
    """
    La référence du dossier, ou celle du paquet ; son texte est laissé, ses styles complétés.

    Ceux du paquet prennent la couleur `accent` ; ceux du dossier restent tels quels.

    Lève ClsmonError : GAB006 si elle ne se lit pas, GAB007 si un style est d'un autre genre, GAB009
    si elle va chercher ou lancer quelque chose.
    """
    chemin = next(g / NOM for g in gabarits if (g / NOM).exists())
    paquet = open_word(gabarits[-1] / NOM)
    _repaint(paquet.styles.element, accent)
    word = paquet if chemin == gabarits[-1] / NOM else open_word(chemin)
    leave_content(word)
    if word is not paquet:
        check_inert(word, chemin)
        _complete(word, paquet)
    return word


def _repaint(styles: Any, accent: str) -> None:
    """La couleur du paquet devient celle du document, partout où un style la porte."""
    modele, voulue = BLEU[1:].upper(), accent[1:].upper()
    if voulue == modele:
        return
    for element in styles.iter():
        for attribut, valeur in element.attrib.items():
            if valeur == modele:
                element.set(attribut, voulue)


def style_ids(word: Any) -> Mapping[str, str]:
    """Du nom de chaque style à son identifiant, que Word traduit : « Titre1 »."""
    return {_name(style): style.get(qn("w:styleId")) for style in _styles(word)}


def _styles(word: Any) -> list[Any]:
    """Ceux qui ont un nom et un identifiant : les autres ne servent à personne."""
    return [
        style
        for style in word.styles.element.iterchildren(qn("w:style"))
        if style.get(qn("w:styleId")) and style.find(qn("w:name")) is not None
    ]


def _name(style: Any) -> str:
    """Le nom d'un style fourni par Word s'y écrit « heading 1 » ou « Heading 1 »."""
    nom = str(style.find(qn("w:name")).get(qn("w:val")))
    return nom.lower() if nom.lower().startswith(_EN_MINUSCULES) else nom


def _complete(word: Any, paquet: Any) -> None:
    """Les styles qui manquent à une référence viennent de celle du paquet, avec leurs listes."""
    presents = {_name(style): style for style in _styles(word)}
    identifiants: dict[str, str] = {}
    manquants: list[Any] = []
    pris = {style.get(qn("w:styleId")) for style in presents.values()}
    for style in _styles(paquet):
        nom, ancien = _name(style), style.get(qn("w:styleId"))
        if nom in presents:
            _check_kind(presents[nom], style, nom)
            identifiants[ancien] = presents[nom].get(qn("w:styleId"))
        else:
            nouveau = ancien if ancien not in pris else f"{ancien}Clsmon"
            identifiants[ancien] = nouveau
            manquants.append(style)
    numeros = _adopt_lists(word, paquet) if any(_number_of(s) for s in manquants) else {}
    for style in manquants:
        word.styles.element.append(_adopt(style, identifiants, numeros))


def _check_kind(present: Any, attendu: Any, nom: str) -> None:
    genre, voulu = (s.get(qn("w:type"), "paragraph") for s in (present, attendu))
    if genre != voulu:
        raise ClsmonError(
            f"{AUTRE_GENRE} : le style « {nom} » est un style {_GENRES.get(genre, genre)}, il faut "
            f"un style {_GENRES[voulu]}.",
            Lieu(f"templates/{NOM}"),
            "Dans Word, renommez ce style et enregistrez : celui du paquet prendra sa place.",
        )


def _adopt(style: Any, identifiants: Mapping[str, str], numeros: Mapping[str, str]) -> Any:
    copie = deepcopy(style)
    copie.set(qn("w:styleId"), identifiants[style.get(qn("w:styleId"))])
    copie.attrib.pop(qn("w:default"), None)
    for lien in (*copie.findall(qn("w:basedOn")), *copie.findall(qn("w:next"))):
        lien.set(qn("w:val"), identifiants[lien.get(qn("w:val"))])
    for numero in copie.iter(qn("w:numId")):
        numero.set(qn("w:val"), numeros[numero.get(qn("w:val"))])
    return copie


def _number_of(style: Any) -> str:
    numero = next(style.iter(qn("w:numId")), None)
    return "" if numero is None else str(numero.get(qn("w:val")))


def numbering_of(word: Any) -> Any:
    """La définition des listes, ajoutée à un document qui n'en a pas."""
    try:
        return word.part.numbering_part.element
    except NotImplementedError:
        vide = f"<w:numbering {nsdecls('w')}/>".encode()
        partie = NumberingPart.load(
            PackURI("/word/numbering.xml"), CT.WML_NUMBERING, vide, word.part.package
        )
        word.part.relate_to(partie, RT.NUMBERING)
        return partie.element


def _adopt_lists(word: Any, paquet: Any) -> Mapping[str, str]:
    """Les listes du paquet, sous des numéros libres : de l'ancien numéro au nouveau."""
    listes = numbering_of(word)
    modeles = list(listes.iterchildren(qn("w:abstractNum")))
    premier = max((int(m.get(qn("w:abstractNumId"))) for m in modeles), default=0) + 1
    numeros: dict[str, str] = {}
    source = numbering_of(paquet)
    for rang, modele in enumerate(source.iterchildren(qn("w:abstractNum"))):
        copie = deepcopy(modele)
        copie.set(qn("w:abstractNumId"), str(premier + rang))
        for style in list(copie.iter(qn("w:pStyle"))):
            style.getparent().remove(style)
        listes.insert(len(modeles) + rang, copie)
        numeros[modele.get(qn("w:abstractNumId"))] = str(listes.add_num(premier + rang).numId)
    return numeros


def leave_content(word: Any) -> None:
    """La référence ne donne ni son texte, ni ses images, ni ses commentaires, ni ses auteurs."""
    for cle, relation in list(word.part.rels.items()):
        if relation.reltype not in _GARDES:
            del word.part.rels[cle]
    paquet = word.part.package.rels
    for cle, relation in list(paquet.items()):
        if relation.reltype not in {RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES}:
            del paquet[cle]
    reglages = word.part._settings_part.rels  # noqa: SLF001  python-docx shows only its element
    for cle in [c for c, r in reglages.items() if r.reltype.endswith(_REGLAGES_LIES)]:
        del reglages[cle]
    _empty(word.core_properties._element)  # noqa: SLF001  python-docx clears them one by one
    for nom in _REGLAGES_OTES:
        for reglage in list(word.settings.element.iter(qn(nom))):
            reglage.getparent().remove(reglage)
    _speak_french(word.styles.element)


def _empty(element: Any) -> None:
    for enfant in list(element):
        element.remove(enfant)


def _speak_french(styles: Any) -> None:
    """La langue de tout le texte : celle des réglages communs, et de chaque style qui en a une."""
    communs = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if communs is not None and communs.find(qn("w:lang")) is None:
        communs.append(OxmlElement("w:lang"))
        communs[-1].set(qn("w:val"), FRANCAIS)
    for langue in styles.iter(qn("w:lang")):
        for attribut in list(langue.attrib):
            langue.set(attribut, FRANCAIS)
