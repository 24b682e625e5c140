"""Les phrases et paragraphes d'un .docx, en WordprocessingML : la seule porte d'un texte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from clsmon.model.texte import clean_text

_ESPACES = nsdecls("w", "r", "wp", "a", "pic")


@lru_cache(maxsize=4096)
def write_text(texte: str) -> str:
    """Un texte nettoyé, qui ne peut rien ouvrir ni fermer ; ses fins de ligne sont des sauts."""
    lignes = escape(clean_text(texte)).split("\n")
    return "<w:br/>".join(f'<w:t xml:space="preserve">{ligne}</w:t>' for ligne in lignes)


def write_attribute(texte: str) -> str:
    """Un texte nettoyé, pour la valeur d'un attribut."""
    return escape(" ".join(clean_text(texte).split("\n")), {'"': "&quot;"})


def write_run(texte: str, forme: str = "") -> str:
    """Un texte d'une même forme, dite par des marques que le programme seul écrit."""
    proprietes = f"<w:rPr>{forme}</w:rPr>" if forme else ""
    return f"<w:r>{proprietes}{write_text(texte)}</w:r>"


def write_style(style: str) -> str:
    """La marque d'un style de caractère, par son identifiant."""
    return f'<w:rStyle w:val="{write_attribute(style)}"/>'


def write_field(champ: str, montre: str) -> str:
    """Un champ que Word calcule, le numéro de page par exemple, et ce qui se lit d'ici là."""
    return open_field(champ) + write_run(montre) + close_field()


def open_field(champ: str) -> str:
    """Le début d'un champ ; ce qu'il montre suit."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(champ)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def close_field() -> str:
    """La fin d'un champ."""
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@dataclass(frozen=True)
class Forme:
    """
    Ce qu'un paragraphe ajoute à son style.

    `numero` : sa liste et son rang dans elle. `serre` : peu de blanc autour d'un titre. `centres` :
    où ses tabulations centrent ce qui les suit, en vingtièmes de point. `section` : celle qu'il
    finit.
    """

    suivi: bool = False
    nouvelle_page: bool = False
    numero: tuple[int, int] | None = None
    a_droite: bool = False
    serre: bool = False
    centres: tuple[int, ...] = ()
    section: str = ""

    @property
    def proprietes(self) -> str:
        """Dans l'ordre du schéma."""
        liste = ""
        if self.numero is not None:
            liste = '<w:numPr><w:ilvl w:val="{1}"/><w:numId w:val="{0}"/></w:numPr>'.format(
                *self.numero
            )
        return (
            ("<w:keepNext/>" if self.suivi else "")
            + ("<w:pageBreakBefore/>" if self.nouvelle_page else "")
            + liste
            + _write_stops(self.centres)
            + ('<w:spacing w:before="100" w:after="40"/>' if self.serre else "")
            + ('<w:jc w:val="right"/>' if self.a_droite else "")
            + self.section
        )


def _write_stops(centres: tuple[int, ...]) -> str:
    arrets = "".join(f'<w:tab w:val="center" w:pos="{centre}"/>' for centre in centres)
    return f"<w:tabs>{arrets}</w:tabs>" if arrets else ""


SANS_FORME = Forme()


def write_paragraph(style: str, contenu: str, forme: Forme = SANS_FORME) -> str:
    """Un paragraphe ; `style` est l'identifiant de son style."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{write_attribute(style)}"/>{forme.proprietes}</w:pPr>'
        f"{contenu}</w:p>"
    )


def parse_blocks(blocs: Sequence[str]) -> list[Any]:
    """Les éléments de ces blocs, à poser dans un corps, un en-tête ou un pied."""
    return list(parse_xml(f"<w:body {_ESPACES}>{''.join(blocs)}</w:body>"))


def parse_document(blocs: Sequence[str]) -> Any:
    """Le document fait de ces blocs."""
    return parse_xml(
        f"<w:document {_ESPACES}><w:body>{''.join(blocs)}</w:body></w:document>".encode()
    )
