from __future__ import annotations

from dataclasses import replace

from clsmon.model.bilan import Bilan
from clsmon.model.finances import Finances, Sommes
from clsmon.render.cells import spell_cell
from clsmon.render.charts.money import draw_money
from clsmon.render.finances import axes_table

from .samples import texts_of


def test_each_sum_is_the_one_of_the_table_and_is_never_added(bilan: Bilan) -> None:
    (image,) = draw_money(bilan)
    axe, prevu, engage, realise, *_ = map(spell_cell, axes_table(bilan).lignes[0])
    assert (prevu, engage, realise) == ("30\u00a0000\u00a0€\u00a0*", "—", "0\u00a0€")
    assert f"{axe}\u00a0: prévues {prevu}, engagées non déclaré, réalisées {realise}" in image.texte
    assert {prevu, realise} <= set(texts_of(image))
    assert texts_of(image).count("non déclaré") == 4
    assert image.texte.endswith("Un astérisque suit une somme incomplète.")


def test_zero_has_an_amount_and_what_is_not_declared_has_none(bilan: Bilan) -> None:
    (image,) = draw_money(bilan)
    assert image.svg.count('height="16.0"') == 2
    assert 'width="0.0" height="16.0"' in image.svg


def test_nothing_declared_draws_nothing(bilan: Bilan) -> None:
    assert draw_money(replace(bilan, finances=Finances())) == ()
    muet = Finances(par_axe=((bilan.axes[0].axe, Sommes()),))
    assert draw_money(replace(bilan, finances=muet)) == ()
