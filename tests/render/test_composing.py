"""From the text of a template to typed blocks: words are read, what was put there is taken back."""

from __future__ import annotations

import pytest

from clsmon.render.cells import Colonne, Tableau
from clsmon.render.composing import compose
from clsmon.render.document import (
    Bloc,
    Citation,
    Liste,
    Morceau,
    Paragraphe,
    Repere,
    Table,
    Titre,
    split_parts,
)
from clsmon.render.escape import escape_block, escape_inline
from clsmon.render.inlays import Places, Texte, write_markdown
from clsmon.render.template_budget import MARQUE

from .hostile import HOSTILES

TABLEAU = Tableau("T", (Colonne("A", 40), Colonne("B", 8, nombre=True)), (("x", 1),))


def read(texte: str) -> tuple[Bloc, ...]:
    return compose(Texte(texte, ()))


def line(texte: str) -> Paragraphe:
    return Paragraphe((Morceau(texte),))


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        pytest.param("# Titre", [Titre(1, "Titre", "titre")], id="titre"),
        pytest.param(
            "deux\nlignes",
            [Paragraphe((Morceau("deux"), Morceau(" "), Morceau("lignes")))],
            id="paragraphe",
        ),
        pytest.param("- a\n- b\n", [Liste(((line("a"),), (line("b"),)))], id="puces"),
        pytest.param("3. a\n4. b\n", [Liste(((line("a"),), (line("b"),)), 3)], id="rangs"),
        pytest.param("> dit", [Citation((line("dit"),))], id="citation"),
        pytest.param(
            "**a** *b* [c](#d)",
            [
                Paragraphe(
                    (
                        Morceau("a", fort=True),
                        Morceau(" "),
                        Morceau("b", italique=True),
                        Morceau(" "),
                        Morceau("c", cible="#d"),
                    )
                )
            ],
            id="mise en forme",
        ),
        pytest.param("```\ncode\n```", [line("code")], id="code d'un gabarit"),
        pytest.param("<b>x</b>", [line("<b>x</b>")], id="HTML d'un gabarit"),
        pytest.param("---", [], id="filet"),
    ],
)
def test_each_kind_of_block(texte: str, attendus: list[Bloc]) -> None:
    assert list(read(texte)) == attendus


def test_what_is_put_comes_back_as_it_is() -> None:
    table = Table(TABLEAU, "Légende")
    places = Places()
    assert compose(places.fill(f"avant{places.put(table)}après")) == (
        line("avant"),
        table,
        line("après"),
    )


def test_two_equal_headings_have_two_anchors() -> None:
    assert [b.ancre for b in read("## A\n\n## A\n\n## a") if isinstance(b, Titre)] == [
        "a",
        "a-1",
        "a-2",
    ]


def test_a_heading_takes_the_mark_put_before_it() -> None:
    places = Places()
    texte = places.fill(f"{places.put(Repere('fiche-1.1'))}## Un long titre\n\n## Un autre")
    assert [b.ancre for b in compose(texte) if isinstance(b, Titre)] == ["fiche-1.1", "un-autre"]


@pytest.mark.parametrize("texte", [*HOSTILES, f"```{MARQUE}\n0\n```"])
def test_a_partner_s_text_takes_no_place_and_comes_back_whole(texte: str) -> None:
    places = Places()
    places.put(Table(TABLEAU))  # there is something to take
    rempli = places.fill(f"{escape_inline(texte)}\n\n{escape_block(texte)}")
    blocs = compose(rempli)
    assert not [b for b in blocs if isinstance(b, Table)]
    assert {type(b) for b in blocs} <= {Paragraphe, Citation}
    assert "| x | 1 |" not in write_markdown(rempli)


def test_a_document_is_cut_at_its_sections() -> None:
    parties = split_parts(read("# T\n\na\n\n## S1\n\n### x\n\nb\n\n## S2"))
    assert [(p.titre and p.titre.texte, len(p.blocs)) for p in parties] == [
        (None, 2),
        ("S1", 2),
        ("S2", 0),
    ]
    assert [t.texte for t in parties[1].sous_titres] == ["x"]
