"""Anomalies on a screen: nothing acts on the terminal, nothing drowns the reader."""

from __future__ import annotations

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.render.anomalies import LIGNE_MAX, PAR_CODE_MAX, condense, render_text


def anomaly(
    message: str = "m", fichier: str = "a.xlsx", code: str = "SAI003", feuille: str = "Saisie"
) -> Anomalie:
    return Anomalie(Lieu(fichier, feuille=feuille, cellule="H5"), code, Gravite.ERREUR, message)


def test_what_comes_from_a_file_never_acts_on_the_terminal() -> None:
    hostile = "\x1b[31m\u202e\r\nrouge\x07"
    texte = render_text([anomaly(hostile, fichier=hostile, feuille=hostile)], lambda _: ())
    assert texte.count("\n") == 1
    assert all(c.isprintable() or c == "\n" for c in texte)
    assert "\u202e" not in texte


def test_a_very_long_message_is_cut() -> None:
    (ligne,) = render_text([anomaly("x" * 40_000)], lambda _: ()).splitlines()
    assert len(ligne) < LIGNE_MAX + 80


def test_a_flood_of_one_kind_is_counted_not_listed() -> None:
    flood = [anomaly(f"n° {rang}") for rang in range(60_000)]
    shown = condense([*flood, anomaly("autre", code="SAI002")])
    assert len(shown) == PAR_CODE_MAX + 2
    assert shown[PAR_CODE_MAX].message == "et 59980 autres du même genre dans ce fichier"
    assert shown[-1].message == "autre"


def test_a_few_are_all_listed() -> None:
    few = [anomaly(f"n° {rang}") for rang in range(PAR_CODE_MAX)]
    assert condense(few) == few


def test_messages_fold_between_words_on_a_terminal() -> None:
    texte = render_text([anomaly("mot " * 60)], lambda _: (), largeur=80)
    assert max(map(len, texte.splitlines())) <= 80
    assert texte.split() == render_text([anomaly("mot " * 60)], lambda _: ()).split()
