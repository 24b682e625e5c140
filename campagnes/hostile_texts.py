"""P10 : des textes qu'un document imprudent rendrait actifs, illisibles ou démesurés."""

from __future__ import annotations

import re
from random import Random

from clsmon.model.texte import clean_text

FORMULES = (
    *("=1+1", '=HYPERLINK("http://mal.example";"x")', "+1+1", "-1+1", "@SUM(A1)", "\t=1+1"),
    *("\r=1+1", "＝1+1", "\n=1+1", "=cmd|'/c calc'!A0", '=DDE("cmd";"/c calc";"x")', "'=1"),
    *("{=1+1}", '=WEBSERVICE("http://mal.example")', "%0A=1", " =1+1", "﹦1+1", "−1+1"),
)
BALISES = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</td></tr></table><h1>x</h1>"),
    *("<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>", "</style><b>x"),
    *("<iframe src=http://mal.example>", "&lt;script&gt;", "&#60;b&#62;", "&amp;amp;", "&nbsp"),
    *("<!-- x", "-->", "<![CDATA[x]]>", "]]>", "<?php x ?>", "<?xml version='1.0'?>", "&x;"),
    *("<!DOCTYPE x [<!ENTITY a 'b'>]>", "</w:t></w:r></w:p><w:p>", "</a:t></a:r>", "</t></si>"),
    *('" onclick="x', "' onclick='x", "`x`", "javascript:alert(1)", "file:///etc/passwd"),
    *("data:text/html,x", "vbscript:x", "<math><mi>x</mi></math>", "<base href='//mal.example'>"),
)
MARKDOWN = (
    *("# Titre", "texte\n# Titre", "texte\n===", "texte\n---", "a | b | c", "|", "\\|", "\\"),
    *("| a | b |\n|---|---|\n| 1 | 2 |", "```clsmon-place\n0\n```", "~~~clsmon-place\n0\n~~~"),
    *("[lien](http://mal.example)", "![image](http://mal.example/x.png)", "![image][ref]"),
    *("[ref]: http://mal.example", "<http://mal.example>", "http://mal.example", "www.mal.example"),
    *(
        "[^1]",
        "[^1]: note",
        "- liste",
        "1. liste",
        "> citation",
        "    code",
        "\tcode",
        "***",
        "---",
    ),
    *("**gras** *it* ~~rayé~~", "__gras__", "ligne\n\nparagraphe", "fin  \nsuite", "- [x] case"),
    *("$x$ $$y$$", ":smile:", "@equipe #12", "[x](javascript:alert(1))", "[x](#fiche-1-1)"),
)
GABARITS = (
    *("{{ bilan }}", "{% include 'x' %}", "{# x #}", "{{ ''.__class__ }}", "${7*7}", "#{7*7}"),
    *('#import "@preview/cetz:0.3.1"', '#read("/etc/passwd")', "$ sum $", "\\ \\u{41}", "<x> @x"),
    *('#eval("1")', "*gras* _it_ `x`", "= Titre", "== Titre", "/ terme: x", "#panic()", "~--.."),
    *("_x0041_", "_x005F_", "_xD83D_", "_x0000_", "_x000A_", "{ PAGE }", "{ DDEAUTO c:\\x }", "^p"),
    *(
        "---",
        "--- !!python/object:x",
        "&a [*a]",
        "!!binary x",
        "? x\n: y",
        "%YAML 1.2",
        "x: {y",
        "~",
    ),
    *("null", "yes", "2026-01-01", "0x1F", "1e400", "'", '"', "\\", "on: x #y", "- - -"),
)
CONTROLES = (
    *("\x1b[2Ja", "\x1b]8;;http://mal.example\x07x\x1b]8;;\x07", "a\x07b", "a\x00b", "\x9b31mc"),
    "".join(map(chr, range(1, 32))) + "a" + "".join(map(chr, range(127, 160))),
    *("\ud83dx", "x\udc00", "a\ufffeb\uffffc", "\ufdd0a", "\U0001ffffa", "\ufeffa\u200bb\u200dc"),
    *(
        "\u202etxet",
        "\u2066a\u2067b\u2068c",
        "\u202b\u202a\u202d",
        "\u200f\u200ea\u061c",
        "\u00ada",
    ),
    *("\U000e0061\U000e007fa", "\ufff9a\ufffab\ufffb", "a\u034fb", "\ufe0fa", "\U000e0100a"),
    *("a\rb", "a\r\nb", "a\u2028b\u2029c", "a\x85b", "a\x0bb\x0cc", "a\x1cb\x1dc", "\n\n\na"),
    *("   a   ", "\u00a0a\u00a0", "\u3000a", "\u2003a\u2003", "a\tb\t\tc"),
)
ECRITURES = (
    *(
        "a" + "\u0301" * 300,
        "Z̷͓̈a̶l̴g̵o̸",
        "👩‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 🇫🇷",
        "مرحبا بالعالم",
        "中文测试",
        "สวัสดีชาวโลก",
    ),
    *("שלום עולם", "हिन्दी", "\ue000\uf8ff", "ﬃ ǆ ẞ", "e\u0301 é", "«\u202fx\u202f»", "Ω≠∑√"),
    *("𝕏𝟙", "« » ‹ › “ ” ‘ ’ „ ‚ \" ' ` ´ ′ ″", "\U0001f600" * 200, "\u0600\u06dd", "ꙮ𒐫﷽"),
)
NOTRES = (
    *(
        "DONNÉES FICTIVES",
        "« DONNÉES FICTIVES »",
        "—",
        "–",
        "ND",
        "secret",
        "#fiche-1.1",
        "…",
        "· ",
    ),
    *("non répondu", "à vérifier", "(vide)", "[U+4E2D]", "réponse de l’ARS :", "Annexe A", "Total"),
    *("non renseigné", "0", "12", "Page 1 / 2", "Sommaire", "GAB001 : x", "clsmon-place"),
)
LONGS = (
    "mot " * 7_400,
    "anticonstitutionnellement" * 200,
    "ligne\n" * 400,
    "<b>" * 2_000,
    "[" * 500 + "]" * 500,
    "*_" * 700,
    "> " * 400,
    "|" * 900,
    "a\u0301" * 2_000,
    "𝕏" * 3_000,
)
RICHES = (
    "<r>{}</r>",
    "<r><t>& {}</t></r>",
    "<r/>{}</r>",
    "{}",
    "  {}  ",
    "\n{}\n",
    "<{}>",
    "{{{}}}",
)
"""La marque y est dedans : le texte doit finir comme il finit."""
TEXTES = (
    tuple(
        dict.fromkeys(
            texte.replace("{", "{{").replace("}", "}}") + " {}"
            for texte in (
                *(*FORMULES, *BALISES, *MARKDOWN, *GABARITS),
                *(*CONTROLES, *ECRITURES, *NOTRES, *LONGS),
            )
        )
    )
    + RICHES
)
LETTRES = "bcdfghjklm"
"""Une lettre par chiffre : un nombre ferait taire le texte dans un document public."""
MARQUE = re.compile(f"z[{LETTRES}]q[{LETTRES}]z[{LETTRES}]q[{LETTRES}]")


class Encre:
    """
    Les textes à taper, l'un après l'autre, chacun avec une marque qui n'est qu'à lui.

    Pour une même graine, l'encre douce donne des textes anodins de même longueur et de mêmes
    lignes : une fois nettoyés, des lettres à la place de tout ce qui n'est pas espace ou nombre.
    """

    def __init__(self, graine: int, *, douce: bool) -> None:
        self._hasard = Random(graine)
        self._douce = douce
        self._file: list[str] = []
        self.tapes: dict[str, str] = {}

    def draw(self) -> str:
        """Le texte suivant."""
        if not self._file:
            self._file = self._hasard.sample(TEXTES, len(TEXTES))
        marque = "z{}q{}z{}q{}".format(*(LETTRES[int(c)] for c in f"{len(self.tapes):04d}"))
        texte = self._file.pop().format(marque)
        if self._douce:
            avant, _, apres = texte.partition(marque)
            texte = f"{_soften(avant)}{marque}{_soften(apres)}"
        self.tapes[marque] = texte
        return texte


def _soften(texte: str) -> str:
    return re.sub(r"(?<!\d)[.,]|[.,](?!\d)|[^\s\d.,]", "a", clean_text(texte))
