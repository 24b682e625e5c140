"""Un .docx comme le lit qui le reçoit : ses tableaux case par case, puis ses paragraphes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn


def read_tables(octets: bytes) -> tuple[list[list[list[str]]], list[str]]:
    """Les tableaux, en lignes de cases, et tous les paragraphes, ceux des cases compris."""
    corps = docx.Document(BytesIO(octets)).element
    tables = [
        [[_words(case) for case in ligne.iter(qn("w:tc"))] for ligne in table.iter(qn("w:tr"))]
        for table in corps.iter(qn("w:tbl"))
    ]
    return tables, [_words(paragraphe) for paragraphe in corps.iter(qn("w:p"))]


def _words(element: Any) -> str:
    return "".join(texte.text or "" for texte in element.iter(qn("w:t")))
