"""A template may not last nor swell: its turns, its calls and its signs are counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clsmon.model.anomalie import ClsmonError
from clsmon.render import template_budget
from clsmon.render.composing import compose
from clsmon.render.escape import finalize
from clsmon.render.inlays import Places, write_markdown
from clsmon.render.markdown import filters_of
from clsmon.render.templates import render_template
from tests.render.bilan_samples import build_bilan

PAS, SIGNES, NOMBRE = "trop de tours de boucle", "démesurés", "mille chiffres"
DOUBLE = "{% set a = a ~ a %}" * 30
LISTE = "{% set a = a + a %}" * 30


@pytest.fixture(autouse=True)
def small_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of the real one, so that each test is quick."""
    monkeypatch.setattr(template_budget, "PAS_MAX", 10_000)
    monkeypatch.setattr(template_budget, "SIGNES_MAX", 500_000)


def write(tmp_path: Path, texte: str, **vues: Any) -> str:
    (tmp_path / "essai.md.j2").write_text(texte, encoding="utf-8")
    (tmp_path / "long.md.j2").write_text("mot " * 1_000, encoding="utf-8")
    filtres = filters_of(build_bilan().contrat, Places())
    return render_template("essai.md.j2", [tmp_path], vues, filtres, finalize)


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        pytest.param(
            "{% for i in range(9000) %}{% for j in range(9000) %}a{% endfor %}{% endfor %}",
            PAS,
            id="loop in a loop",
        ),
        pytest.param(
            "{% for i in range(9000) %}{% for j in range(9000) %}{% endfor %}{% endfor %}",
            PAS,
            id="empty loops",
        ),
        pytest.param(
            "{% for i in range(9000) %}{% for j in range(9000) if false %}{% endfor %}{% endfor %}",
            PAS,
            id="nothing is kept",
        ),
        pytest.param(
            "{% for i in [1, 2] recursive %}"
            "{% if loop.depth < 40 %}{{ loop([1, 2]) }}{% endif %}{% endfor %}",
            PAS,
            id="a loop that calls itself",
        ),
        pytest.param(
            "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}"
            "{{ f(40) }}",
            PAS,
            id="a macro that calls itself twice",
        ),
        pytest.param(
            "{% for i in range(9000) %}" + "mot " * 1_000 + "{% endfor %}", PAS, id="long turns"
        ),
        pytest.param("{{ 'a' * 10**10 }}", SIGNES, id="a text times"),
        pytest.param("{{ ([1] * 10**10)|length }}", SIGNES, id="a list times"),
        pytest.param("{% set a = 'aaaaaaaa' %}" + DOUBLE, SIGNES, id="a text and itself"),
        pytest.param("{% set a = [1, 2, 3, 4] %}" + LISTE, SIGNES, id="a list and itself"),
        pytest.param("{{ range(9000)|join('a' * 9000) }}", SIGNES, id="a wide separator"),
        pytest.param(
            "{% set a = 'aaaaaaaa' %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 30,
            SIGNES,
            id="a block that holds itself",
        ),
        pytest.param("{{ 2 ** 10000000000 }}", NOMBRE, id="a power"),
        pytest.param("{% set a = 2 ** 4000 %}{{ a * a }}", NOMBRE, id="a product"),
        pytest.param("{{ '%1000000000d' % 1 }}", "largeur", id="a width"),
        pytest.param("{{ '%*d' % (1000000000, 1) }}", "largeur", id="a width given apart"),
        pytest.param("{{ '{:>1000000000}'.format(1) }}", "unsafe", id="format"),
        pytest.param("{{ [1]|batch(10**9, 1)|list|length }}", "un lot", id="a batch"),
        pytest.param("{% set a = 'a' * 9000 %}{{ '%s' * 800 % ((a,) * 800) }}", SIGNES, id="%"),
        pytest.param("{{ '%(a)s' * 800 % {'a': 'a' * 9000} }}", "« % »", id="% of a mapping"),
        pytest.param("{{ [[1] * 9000] * 9 ~ '' }}", "« ~ »", id="~ of a list"),
        pytest.param("{{ [[1] * 9000] * 9 }}", "telle quelle", id="a list shown"),
        pytest.param(
            "{% for i in range(900) %}{{ range(900)|select('gt', 999)|list|length }}{% endfor %}",
            PAS,
            id="a filter on each element",
        ),
        pytest.param(
            "{% for i in range(900) %}{{ range(900)|batch(2)|list|length }}{% endfor %}",
            PAS,
            id="batches",
        ),
        pytest.param(
            "{% for i in range(900) %}{% include 'long.md.j2' %}{% endfor %}", PAS, id="included"
        ),
        pytest.param("{{ (0 - 9999)|un_pas }}", "un_pas", id="no name for the count"),
    ],
)
def test_what_lasts_or_swells_stops_with_a_sentence(tmp_path: Path, texte: str, dit: str) -> None:
    with pytest.raises(ClsmonError, match="GAB001") as faute:
        write(tmp_path, texte)
    assert dit in faute.value.message
    assert faute.value.lieu is not None
    assert faute.value.lieu.fichier.endswith(".md.j2")


@pytest.mark.parametrize(
    ("texte", "ecrit"),
    [
        ("{% for i in range(5) if i > 2 %}{{ loop.index }}-{{ loop.last }} {% endfor %}", None),
        ("{% for i in [] %}x{% else %}rien{% endfor %}", "rien\n"),
        (
            "{% macro f(obj, context) %}{{ obj }}{% endmacro %}{{ f(obj=12, context=2) }}",
            "12\n",
        ),
        ("{{ [1, 2, 3]|batch(2)|list|length }}", "2\n"),
        ("{{ ([1, 2, 3]|batch(2, fill_with=0)|list)[1][1] }}", "0\n"),
        ("{{ 'En 2025, %d fiches' % 3 }}", "En 2025, 3 fiches\n"),
        ("{{ ['a', 'b']|join(', ') }}", "a, b\n"),
        ("{{ 2 ** 10 }} {{ 'ab' * 2 }} {{ '%03d' % 7 }}", "1024 abab 007\n"),
        ("{{ (1, 2)|map('lower')|list|length }}", "2\n"),
    ],
    ids=[
        "condition",
        "else",
        "named arguments",
        "batch",
        "filled batch",
        "a year in a format",
        "join",
        "operations",
        "map",
    ],
)
def test_an_ordinary_template_is_written_as_before(
    tmp_path: Path, texte: str, ecrit: str | None
) -> None:
    assert write(tmp_path, texte) == (ecrit or "1-non 2-oui\n")


@pytest.mark.parametrize("marque", ["clsmon-place", "clsmon-{{ '' }}place", "clsmon-{# x #}place"])
def test_a_template_does_not_write_the_mark_of_what_is_put(tmp_path: Path, marque: str) -> None:
    with pytest.raises(ClsmonError, match="GAB001") as faute:
        write(tmp_path, f"Titre\n\n```{marque}\n99\n```\n")
    assert "« clsmon-place » est réservé" in faute.value.message
    assert faute.value.lieu is not None


@pytest.mark.parametrize(
    "texte",
    [
        "{% filter lower %}\n```CLSMON-PLACE\n7\n```\n{% endfilter %}",
        "{% set b %}place\n7\n```\n{% endset %}{% set a %}\n```clsmon-{% endset %}{{ a }}{{ b }}",
    ],
    ids=["filter", "in two parts"],
)
def test_a_mark_made_otherwise_puts_nothing(tmp_path: Path, texte: str) -> None:
    rempli = Places().fill(write(tmp_path, texte))
    assert "clsmon-place" in rempli.source
    assert "clsmon-place" in write_markdown(rempli)
    assert compose(rempli) == ()


@pytest.mark.parametrize("filtre", ["tableau", "illustration"])
@pytest.mark.parametrize(
    ("valeur", "dit"), [("absent", "« absent » n’existe pas"), ("'texte'", "attend un")]
)
def test_a_value_that_cannot_be_put_is_told_where_it_is_written(
    tmp_path: Path, filtre: str, valeur: str, dit: str
) -> None:
    with pytest.raises(ClsmonError, match="GAB001") as faute:
        write(tmp_path, f"Titre\n\n{{{{ {valeur}|{filtre} }}}}")
    assert dit in faute.value.message
    assert faute.value.lieu is not None
    assert faute.value.lieu.ligne == 3
