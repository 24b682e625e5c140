"""What a number format shows instead of the number: nothing for an ordinary one."""

from __future__ import annotations

import pytest

from clsmon.workbooks.reader.appearance import is_dash, quote_shown, read_format, shown_instead


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "Standard",
        "@",
        "0",
        "0.00",
        "#,##0",
        "#,##0.00",
        "#\\ ##0,00\\ €",
        "# ##0,00 €",
        "[Red]0",
        "0;[Red]-0",
        "#,##0 ;[Red](#,##0)",
        '0" écoles"',
        '"n° "0',
        "_-* #,##0.00_-;\\-* #,##0.00_-;_-* \\-??_-;_-@_-",
        '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
        '_-* #,##0\\ [$€-40C]_-;-* #,##0\\ [$€-40C]_-;_-* "-"\\ [$€-40C]_-;_-@_-',
        '#,##0;-#,##0;"-"',
        "0.00E+00",
        "# ?/?",
        "00000",
        "[$-40C]0",
        "0%",
        'General" jours"',
        '0;-0;0;"texte "@',
        "[<=9999999]###\\-####;0",
        "",
    ],
)
@pytest.mark.parametrize("number", ["12", "-12", "0", "12000", "0.5"])
def test_an_ordinary_format_shows_the_number(code: str, number: str) -> None:
    assert shown_instead(number, read_format(code)) == ""


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("#,##0,", "12000", "le nombre divisé par 1 000"),
        ('0.0,,"M€"', "12000000", "le nombre divisé par 1 000 000"),
        ("#,##0,.00", "12000", "le nombre divisé par 1 000"),
        ('"ND"', "12", "« ND »"),
        ("\\N\\D", "12", "« ND »"),
        ('"-"', "12", "« - »"),
        ('"-"', "0", ""),
        ('[Red]"à voir"', "12", "« à voir »"),
        (";;;", "12", "rien"),
        (";;;", "0", "rien"),
        ("0;-0;;@", "0", "rien"),
        ("0;-0;;@", "12", ""),
        ("0;", "-12", "rien"),
        ("0;", "12", ""),
        ('0;"négatif"', "-12", "« négatif »"),
        ('0;-0;"ND"', "0", "« ND »"),
        ('0;"a;b"', "-1", "« a;b »"),
        ('[>10]"beaucoup";0', "12", "« beaucoup »"),
        ('[>10]"beaucoup";0', "9", ""),
        ('[Red][>=10]"beaucoup";[<5]"peu";0', "4", "« peu »"),
        ('[Red][>=10]"beaucoup";[<5]"peu";0', "7", ""),
        ('[<1000]0;[<1000000]0.0,"k";0.0,,"M"', "12000", "le nombre divisé par 1 000"),
        ('[<1000]0;[<1000000]0.0,"k";0.0,,"M"', "12", ""),
        ('[=1]"oui";[=0]"non";"?"', "1", "« oui »"),
        ('[<>1]"pas un";0', "2", "« pas un »"),
        ('[>10]"beaucoup"', "9", ""),
        ('[$€-40C]" payé"', "12", "« € payé »"),
        ('_-* "payé"', "12", "« payé »"),
    ],
)
def test_a_format_that_shows_something_else(code: str, number: str, shown: str) -> None:
    assert shown_instead(number, read_format(code)) == shown


@pytest.mark.parametrize(
    ("texte", "dash"),
    [("-", True), ("–  €", True), ("$-", True), ("-5", False), ("EUR -", False), ("€", False)],
)
def test_a_dash_is_what_accounting_shows_of_zero(texte: str, dash: bool) -> None:
    assert is_dash(texte) is dash


def test_a_shown_text_is_quoted_on_one_line() -> None:
    assert quote_shown(" a\nb ") == "« a b »"
    assert quote_shown("  ") == "rien"
    assert quote_shown("x" * 100) == f"« {'x' * 59}… »"
