"""Un document en Word : vrais styles, titres et tableaux, mêmes octets deux fois."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path
from struct import unpack_from
from typing import Any
from zipfile import ZipFile

from clsmon.model.texte import clean_text
from clsmon.render.charts import Graphique
from clsmon.render.document import Bloc, Document, Table, Titre
from clsmon.render.word_blocks import TITRE_1, Ecriture
from clsmon.render.word_images import Images
from clsmon.render.word_pages import Page, set_pages
from clsmon.render.word_reference import open_reference, style_ids
from clsmon.render.word_tables import Rangees, spell_rows
from clsmon.render.word_xml import Forme, parse_document, write_paragraph

CREATION = datetime(2024, 1, 1, tzinfo=UTC)
"""Une date fixe : l'heure de fabrication changerait les octets sans rien apprendre à personne."""

_HEURE_LOCALE, _HEURE_CENTRALE = 10, 12
"""Où un zip écrit l'heure d'une partie, devant elle puis dans son répertoire (APPNOTE, 4.3)."""
_FICHE_CENTRALE, _LONGUEURS = 46, 28
"""La taille d'une fiche du répertoire, et où y sont les trois longueurs de ce qui la suit."""
_SANS_HEURE = bytes((0, 0, 33, 0))
"""Le 1er janvier 1980 à minuit, le premier jour qu'un zip sait écrire."""

Morceau = list[Bloc | Rangees]
"""Un titre et ce qu'il annonce : ce qui va sur une même sorte de page."""


def render_word(
    document: Document, gabarits: Sequence[Path], peindre: Callable[[Graphique], bytes]
) -> bytes:
    """
    Les octets du .docx, dans les styles de « document.docx », celui du dossier ou du paquet.

    `peindre` rend le PNG d'un graphique.

    Le même document donne les mêmes octets, sans auteur ni horloge. Lève ClsmonError (GAB006,
    GAB007) si la référence du dossier ne peut pas servir.
    """
    word = open_reference(gabarits, document.accent)
    styles = style_ids(word)
    debout, couchee = set_pages(word, document, styles)
    ecriture = Ecriture(word, document, styles, Images(word, peindre))
    corps = [] if any(map(_is_title, document.blocs)) else [ecriture.title(document.titre)]
    sections = _sections(document, debout, couchee)
    for rang, (page, blocs) in enumerate(sections):
        if rang:
            avant = sections[rang - 1][0]
            fin = Forme(section=avant.suivante if rang > 1 else avant.premiere)
            corps.append(write_paragraph(styles["Après tableau CLS"], "", fin))
        corps += ecriture.write(blocs, page)
    derniere = sections[-1][0]
    corps.append(derniere.suivante if len(sections) > 1 else derniere.premiere)
    _fill_body(word, corps)
    _set_properties(word, document)
    tampon = BytesIO()
    word.save(tampon)
    return undated(tampon.getvalue())


def _is_title(bloc: Bloc) -> bool:
    return isinstance(bloc, Titre) and bloc.niveau == TITRE_1


def _sections(document: Document, debout: Page, couchee: Page) -> list[tuple[Page, Morceau]]:
    """Les blocs, page par page : un tableau trop large se couche, avec le titre qui l'annonce."""
    morceaux = ((_turns(morceau, debout), morceau) for morceau in _pieces(document))
    return [
        (couchee if large else debout, [bloc for _, morceau in groupe for bloc in morceau])
        for large, groupe in groupby(morceaux, key=lambda paire: paire[0])
    ]


def _pieces(document: Document) -> Iterator[Morceau]:
    """Le document coupé à ses titres ; deux titres qui se suivent ne se séparent pas."""
    morceau: Morceau = []
    for bloc in document.blocs:
        if isinstance(bloc, Titre) and not all(isinstance(b, Titre) for b in morceau):
            yield morceau
            morceau = []
        morceau.append(spell_rows(bloc) if isinstance(bloc, Table) else bloc)
    yield morceau


def _turns(morceau: Morceau, debout: Page) -> bool:
    return any(isinstance(bloc, Rangees) and bloc.needs(debout.largeur) for bloc in morceau)


def _fill_body(word: Any, blocs: Sequence[str]) -> None:
    """
    Le document entier à la place de celui de la référence.

    Lu d'un coup : déplacer ses blocs un à un d'un arbre à l'autre coûterait plus que tout le reste.
    """
    word.part._element = parse_document(blocs)  # noqa: SLF001  python-docx opens, and never swaps


def _set_properties(word: Any, document: Document) -> None:
    proprietes = word.core_properties
    proprietes.title, proprietes.subject = clean_text(document.titre), clean_text(document.sujet)
    proprietes.created = proprietes.modified = CREATION
    proprietes.language, proprietes.revision = "fr-FR", 1


def undated(octets: bytes) -> bytes:
    """Le même fichier, dont aucune partie ne dit l'heure où elle a été écrite."""
    corps = bytearray(octets)
    with ZipFile(BytesIO(octets)) as archive:
        place = archive.start_dir
        for info in archive.infolist():
            for debut in (info.header_offset + _HEURE_LOCALE, place + _HEURE_CENTRALE):
                corps[debut : debut + len(_SANS_HEURE)] = _SANS_HEURE
            place += _FICHE_CENTRALE + sum(unpack_from("<3H", corps, place + _LONGUEURS))
    return bytes(corps)
