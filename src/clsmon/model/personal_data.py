"""
Ce qui, dans un texte libre, ressemble à une donnée personnelle : courriel, téléphone, NIR.

Sources : plan national de numérotation (Arcep) pour les formes du téléphone ; Insee, numéro
d'inscription au répertoire, pour celle du NIR et sa clé, 97 moins le reste de la division par 97.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from clsmon.model.texte import clean_text

REGLE = "données personnelles"
"""La règle d'une saisie qui n'est pas gardée parce qu'elle nomme ou joint quelqu'un."""

COURRIEL, TELEPHONE, NIR = (
    "une adresse électronique",
    "un numéro de téléphone",
    "un numéro de sécurité sociale",
)

_ARROBE = re.compile(r"@|[(\[{]at[)\]}]|aroba", re.IGNORECASE)
_CHIFFRE = re.compile(r"\d")
_COURRIEL = re.compile(
    r"[\w.+%'\-]{1,64} ?(?:@|[\[({](?:@|at)[\])}]|arobase?) ?"
    r"(?:[\w\-]{1,63}(?:\.| ?[\[({](?:dot|point)[\])}] ?| point )){1,6}[^\W\d_]{2,24}(?!\w)",
    re.IGNORECASE,
)
_S = r"[ .\-‐‑–/·_]{1,3}"
"""Ce qui sépare les groupes d'un numéro."""
_AVANT, _APRES = r"(?<![\w+])(?<![0-9][ .,/\-])", r"(?![0-9])(?![.,/\-][0-9])"
_PAR_GROUPES = "|".join(
    (
        r"0[1-9][0-9]{8}",
        rf"\(?0[1-9]\)?(?:{_S}[0-9]{{2}}){{4}}",
        rf"0[1-9][0-9]{{2}}(?:{_S}[0-9]{{2}}){{3}}",
        rf"0[1-9]{_S}[0-9]{{2}}(?:{_S}[0-9]{{3}}){{2}}",
        rf"0{_S}?[1-9][0-9]{{2}}(?:{_S}[0-9]{{3}}){{2}}",
        rf"0[1-9](?:{_S})?[0-9]{{2}}{_S}[0-9]{{6}}",
        rf"0[1-9]{_S}[0-9]{{8}}",
    )
)
_TELEPHONE = re.compile(
    rf"(?:(?<![\w+])(?:\+|00 ?)(?:33|262|508|590|594|596|687|689)(?:{_S})?"
    rf"(?:\(0\)|0)?(?:{_S})?[1-9](?:(?:{_S})?[0-9]){{8}}|{_AVANT}(?:{_PAR_GROUPES})){_APRES}",
    re.ASCII,
)
_ENTRE = f"(?:{_S})?"
_NIR = re.compile(
    rf"(?<!\w)([1-478]){_ENTRE}([0-9]{{2}}){_ENTRE}(0[1-9]|1[0-2]|[2-9][0-9]){_ENTRE}"
    rf"([0-9]{{2}}|2[AB]){_ENTRE}([0-9]{{3}}){_ENTRE}([0-9]{{3}}){_ENTRE}([0-9]{{2}})(?![0-9])",
    re.ASCII | re.IGNORECASE,
)
_CORSE = {"2A": "19", "2B": "18"}


def find_personal_data(texte: str) -> str:
    """Ce qu'un texte semble contenir, en mots : « une adresse électronique » ; vide sinon."""
    return next((genre for genre, _, _ in _find(_normalize(texte))), "")


def hide_personal_data(texte: str) -> str:
    """Le texte, où chaque donnée personnelle est remplacée par « […] »."""
    propre = _normalize(texte)
    trouvees = sorted((debut, fin) for _, debut, fin in _find(propre))
    if not trouvees:
        return texte
    morceaux, place = [], 0
    for debut, fin in trouvees:
        if debut >= place:
            morceaux += [propre[place:debut], "[…]"]
            place = fin
    return "".join([*morceaux, propre[place:]])


def _normalize(texte: str) -> str:
    """Chiffres pleine chasse, espaces insécables et caractères invisibles ne cachent rien."""
    if texte.isascii() and texte.isprintable():
        return texte
    return re.sub(r"[^\S\n]", " ", unicodedata.normalize("NFKC", clean_text(texte)))


def _find(texte: str) -> Iterator[tuple[str, int, int]]:
    if _ARROBE.search(texte):
        yield from ((COURRIEL, *m.span()) for m in _COURRIEL.finditer(texte))
    if len(_CHIFFRE.findall(texte)) < 10:
        return
    yield from ((NIR, *m.span()) for m in _NIR.finditer(texte) if _has_its_key(m))
    yield from ((TELEPHONE, *m.span()) for m in _TELEPHONE.finditer(texte))


def _has_its_key(nir: re.Match[str]) -> bool:
    sexe, annee, mois, departement, commune, ordre, cle = nir.groups()
    lieu = _CORSE.get(departement.upper(), departement)
    numero = int(f"{sexe}{annee}{mois}{lieu}{commune}{ordre}")
    return 97 - numero % 97 == int(cle)
