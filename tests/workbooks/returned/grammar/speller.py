"""French cardinals in words, written by another way than the reader reads them."""

from __future__ import annotations

from dataclasses import dataclass

UNITS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
LOW = (*UNITS.split(), "seize", "dix-sept", "dix-huit", "dix-neuf")
TENS = ("vingt", "trente", "quarante", "cinquante", "soixante")
SWISS = {7: "septante", 8: "huitante", 9: "nonante"}


@dataclass(frozen=True)
class Style:
    """`reform`: hyphens everywhere (1990). `swiss`: septante, huitante, nonante."""

    reform: bool = False
    swiss: bool = False


def spell_cardinal(n: int, style: Style = Style()) -> str:
    """The words for 1 to 999 999."""
    thousands, rest = divmod(n, 1000)
    words = []
    if thousands > 1:
        words += _below_thousand(thousands, style, final=False)
    if thousands:
        words.append("mille")
    if rest or not thousands:
        words += _below_thousand(rest, style, final=True)
    return ("-" if style.reform else " ").join(words)


def _below_thousand(n: int, style: Style, *, final: bool) -> list[str]:
    hundreds, rest = divmod(n, 100)
    words = [LOW[hundreds]] if hundreds > 1 else []
    if hundreds:
        words.append("cents" if hundreds > 1 and not rest and final else "cent")
    if rest or not hundreds:
        words.append(_below_hundred(rest, style, final=final))
    return words


def _below_hundred(n: int, style: Style, *, final: bool) -> str:
    if n < 20:
        return LOW[n]
    ten, unit = divmod(n, 10)
    link = "-et-" if style.reform else " et "
    if ten < 7 or style.swiss:
        base = SWISS[ten] if ten >= 7 else TENS[ten - 2]
        return base + ("" if not unit else f"{link}un" if unit == 1 else f"-{LOW[unit]}")
    if ten == 7:
        return "soixante" + (f"{link}onze" if unit == 1 else f"-{LOW[10 + unit]}")
    rest = n - 80
    plural = "s" if final else ""
    return "quatre-vingt" + (f"-{LOW[rest]}" if rest else plural)
