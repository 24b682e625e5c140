from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from clsmon.model.anomalie import ClsmonError
from clsmon.model.texte import clean_text
from clsmon.render.escape import anchor_of, escape_block, escape_inline, file_link, spell_any

from .hostile import HOSTILES

PASSIFS = {"paragraph_open", "paragraph_close", "inline", "text", "softbreak"}
CITATION = {"blockquote_open", "blockquote_close"}


def tokens_of(texte: str) -> list[Token]:
    blocs = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(texte)
    return [t for bloc in blocs for t in (bloc, *(bloc.children or ()))]


def shown(texte: str) -> str:
    """What a reader sees of a text on one line."""
    propre = re.sub(" {2,}", " ", clean_text(texte)).strip(" \n")
    return re.sub(r" *\n[ \n]*", " / ", propre)


@pytest.mark.parametrize("texte", HOSTILES)
def test_inline_text_is_only_text(texte: str) -> None:
    jetons = tokens_of(str(escape_inline(texte)))
    assert {t.type for t in jetons} <= PASSIFS
    lu = "".join(t.content for t in jetons if t.type == "text")
    assert lu.replace("\u2060", "") == shown(texte)


@pytest.mark.parametrize("texte", HOSTILES)
def test_block_is_only_a_quotation(texte: str) -> None:
    jetons = tokens_of(str(escape_block(texte)))
    assert {t.type for t in jetons} <= PASSIFS | CITATION


@pytest.mark.parametrize("texte", HOSTILES)
def test_a_cell_stays_one_cell(texte: str) -> None:
    table = f"| a | b |\n|---|---|\n| {escape_inline(texte)} | fin |\n"
    types = [t.type for t in tokens_of(table)]
    assert types.count("td_open") == 2
    assert "html_inline" not in types
    assert "link_open" not in types


@pytest.mark.parametrize("texte", ["moi@mal.example", "@equipe", "www.mal.example", "http://x.fr"])
def test_no_address_is_left_whole(texte: str) -> None:
    echappe = str(escape_inline(texte))
    assert not re.search(r"\w@\w|^@\w|www\.|(?<!\\)://|[a-z]\.[a-z]", echappe)


def test_clean_text() -> None:
    assert clean_text("a\x1b\u200b\u202eb\r\nc\x0bd\u202fe\ud800\U000e0041") == "ab\nc\nd\u00a0e"


def test_ordinary_text_stays_readable() -> None:
    phrase = "Fiche 3.1 : 12 séances (dont 4 à Chenôve), soit +25 % ; l’an dernier, 9."
    assert str(escape_inline(phrase)) == phrase


def test_anchor() -> None:
    assert anchor_of("1. L’essentiel en une page") == "1-lessentiel-en-une-page"


def test_an_absent_value_is_never_shown() -> None:
    with pytest.raises(ClsmonError, match="absente"):
        spell_any(None)


def test_only_a_neighbour_file_is_linked() -> None:
    assert str(file_link("bilan-2025-avancement.svg")) == "bilan-2025-avancement.svg"
    with pytest.raises(ClsmonError):
        file_link("http://mal.example/x.svg")
