"""P10 : des textes hostiles, tapés dans de vrais classeurs, restent du texte dans chaque format."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

from campagnes.compte import Compte
from campagnes.hostile_texts import TEXTES, Encre
from campagnes.inert_cycle import make_model, play, said
from campagnes.inert_reading import LECTEURS, Lu
from clsmon.model.texte import clean_text
from clsmon.opening import packaged, require_dossier
from clsmon.render.glyphs import Dessins, load_glyphs

VERIFIE = (
    f"{len(TEXTES)} textes dans les cases libres des formulaires, d'un cahier d'examen et d'une "
    "séance, remplis et collectés ; puis le bilan, le bilan public, l'évaluation, l'ordre du jour "
    "et le compte rendu dans chaque format : tout s'ouvre, chaque texte y est tel qu'il a été lu, "
    "rien n'y agit, et la charpente est celle des mêmes documents faits de textes anodins"
)


def run(graine: int, nombre: int, dossier: Path) -> Compte:
    """Un essai vaut deux dossiers, l'un hostile, l'autre anodin, et tous leurs documents."""
    compte = Compte(VERIFIE)
    modele = dossier / "modele"
    make_model(modele)
    hasard = Random(graine)
    vus: Counter[str] = Counter()
    for rang in range(nombre):
        compte.essais += 1
        encre, douce = (
            Encre(etat, douce=doux) for etat in [hasard.getrandbits(32)] for doux in (False, True)
        )
        racine = dossier / f"hostile-{rang}"
        hostiles = play(modele, racine, encre)
        anodins = play(modele, dossier / f"anodin-{rang}", douce)
        dits = said(require_dossier(racine))
        fautes = [*_misread(encre.tapes, dits)]
        for nom in sorted(hostiles.keys() | anodins.keys()):
            vus[f"documents {nom.rpartition('.')[2]}"] += 1
            if nom not in hostiles or nom not in anodins:
                fautes.append(f"{nom} n'est que d'un côté")
                continue
            fautes += [f"{nom} : {f}" for f in compare(nom, hostiles[nom], anodins[nom], dits)]
        vus["textes tapés"] += len(encre.tapes)
        compte.fautes += [f"essai {rang}, {faute}" for faute in fautes]
    compte.mesures += [f"{combien} {quoi}" for quoi, combien in vus.items()]
    return compte


def _misread(tapes: Mapping[str, str], dits: Mapping[str, str]) -> Iterator[str]:
    """Les textes qui ne sont pas au dossier tels que tapés, un demi-codet isolé à part."""
    for marque, texte in tapes.items():
        tape = texte.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        lu = dits.get(marque, "")
        if clean_text(lu).strip() != clean_text(tape).strip():
            yield f"tapé {texte[:60]!r} ({marque}), lu {lu[:60]!r}"


def compare(nom: str, hostile: bytes, anodin: bytes, dits: Mapping[str, str]) -> Iterator[str]:
    """Ce qui n'a pas tenu dans un document, une phrase par faute."""
    pdf = nom.endswith(".pdf")
    lu, doux = (LECTEURS[nom.rpartition(".")[2]](octets) for octets in (hostile, anodin))
    yield from (f"actif : {actif[:80]!r}" for actif in lu.actifs)
    if lu.charpente != doux.charpente:
        yield f"charpente : {_first_difference(lu, doux)}"
    dessins = load_glyphs(packaged("polices")) if pdf else None
    dit, tout = bare(clean_text(lu.texte), pdf=pdf), bare(doux.texte, pdf=pdf)
    for marque, texte in dits.items():
        if bare(marque, pdf=pdf) in tout and _expected(texte, dessins) not in dit:
            yield f"perdu : {texte[:60]!r} ({marque})"


def _first_difference(lu: Lu, doux: Lu) -> str:
    for rang, (a, b) in enumerate(zip(lu.charpente, doux.charpente, strict=False)):
        if a != b:
            return f"au rang {rang}, {a[:90]!r} au lieu de {b[:90]!r}"
    return f"{len(lu.charpente)} éléments au lieu de {len(doux.charpente)}"


def bare(texte: str, *, pdf: bool = False) -> str:
    """
    Un texte sans ce que la mise en page change : espaces et façons d'aller à la ligne.

    D'un PDF, les seuls caractères ASCII, décomposés, les répétitions réduites : un signe combinant
    y répète sa lettre, et une écriture composée ne s'extrait pas dans son ordre.
    """
    nu = re.sub(r"[\s\u00a0\u00ad\u200b\u2060/]+", "", texte)
    if not pdf:
        return nu
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^!-~]", "", unicodedata.normalize("NFKD", nu)))


def _expected(texte: str, dessins: Dessins | None) -> str:
    propre = clean_text(texte)
    return bare(propre) if dessins is None else bare(dessins.spell(propre), pdf=True)
