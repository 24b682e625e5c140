"""Les documents du bilan, écrits dans `bilans/<exercice>/` à partir d'un seul calcul."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from clsmon.analysis.bilan import compute_bilan
from clsmon.closing import UNFAITHFUL_MEND, adopt, check_faithful, send_draft, write_life
from clsmon.logos import load_logos
from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.bilan import Bilan
from clsmon.model.dossier import Dossier
from clsmon.opening import packaged
from clsmon.printing import Fichiers, Redaction, print_text
from clsmon.rules.cloture import warn_too_early
from clsmon.text.loading import EXERCICES
from clsmon.writing import write_together


def _excel(bilan: Bilan) -> Fichiers:
    from clsmon.render.excel import render_excel  # noqa: PLC0415

    return {f"{bilan.nom}.xlsx": render_excel(bilan)}


def _slides(bilan: Bilan) -> Fichiers:
    from clsmon.render.slides import render_slides  # noqa: PLC0415

    return {f"{bilan.nom}.pptx": render_slides(bilan)}


def _json(bilan: Bilan) -> Fichiers:
    from clsmon.render.machine import SCHEMA, render_json, render_schema  # noqa: PLC0415

    return {f"{bilan.nom}.json": render_json(bilan), SCHEMA: render_schema().encode("utf-8")}


DIRECTS: Mapping[str, Callable[[Bilan], Fichiers]] = {
    "xlsx": _excel,
    "pptx": _slides,
    "json": _json,
}
"""Les formats qui se rédigent du bilan même, sans passer par son texte."""
FORMATS = ("md", "xlsx", "html", "pdf", "docx", "pptx", "json")


def write_bilan(  # noqa: PLR0913  what one report is told, each by its name
    dossier: Dossier,
    exercice: int,
    jour: date,
    formats: Sequence[str],
    *,
    definitif: bool = False,
    envoyer: bool = False,
) -> tuple[Bilan, tuple[Path, ...]]:
    """
    Calcule le bilan une fois et l'écrit dans chaque format ; rend le bilan et ses fichiers.

    `envoyer` note d'abord que le projet part ce jour aux signataires ; `definitif` fige d'abord le
    bilan que le COPIL a adopté. Rien n'est écrit si l'un des fichiers ne peut pas l'être : tous les
    formats restent du même jour. Un gabarit du dossier (`templates/`) l'emporte sur celui du
    paquet. Lève ClsmonError si le bilan n'est pas adopté ou ne l'est plus tel quel, si un gabarit
    est fautif ou si l'écriture est impossible.
    """
    if envoyer:
        dossier = send_draft(dossier, exercice, jour)
    if definitif:
        dossier = adopt(dossier, exercice, jour)
    logos, _ = load_logos(dossier)
    bilan = replace(compute_bilan(dossier, exercice, jour), logos=logos)
    if definitif:
        check_faithful(bilan)
    sortie = dossier.racine / "bilans" / str(exercice)
    fichiers = render_documents(dossier, bilan, formats)
    if envoyer or definitif:
        chemin = dossier.racine / EXERCICES / f"{exercice}.yaml"
        fichiers[chemin] = write_life(dossier, exercice)
    write_together(fichiers)
    return bilan, tuple(chemin for chemin in fichiers if chemin.is_relative_to(sortie))


def render_documents(
    dossier: Dossier, bilan: Bilan, formats: Collection[str] = FORMATS
) -> dict[Path, bytes]:
    """Les fichiers d'un bilan dans chaque format, à leur place dans `bilans/<exercice>/`."""
    gabarits = [dossier.racine / "templates", packaged("templates")]
    sortie = dossier.racine / "bilans" / str(bilan.exercice)
    faits = _render(bilan, formats, gabarits)
    return {sortie / fichier: octets for nom in formats for fichier, octets in faits[nom].items()}


def _render(
    bilan: Bilan, formats: Collection[str], gabarits: Sequence[Path]
) -> Mapping[str, Fichiers]:
    directs = {nom: partial(DIRECTS[nom], bilan) for nom in formats if nom in DIRECTS}
    if len(directs) == len(formats):
        return {nom: redige() for nom, redige in directs.items()}
    from clsmon.render.markdown import document_of, text_of  # noqa: PLC0415  Excel needs no text

    texte = text_of(bilan, gabarits)
    composer = partial(document_of, bilan)
    return print_text(
        Redaction(bilan.nom, texte, composer, gabarits, bilan.fictif), formats, directs
    )


def reserves_of(dossier: Dossier, bilan: Bilan) -> Iterator[Anomalie]:
    """Ce qu'il faut savoir avant de diffuser un bilan : adoption, chiffres adoptés, logos."""
    cloture = bilan.cloture
    lieu = Lieu(f"{EXERCICES}/{bilan.exercice}.yaml")
    fin, adoption = cloture.droit_de_regard_fin, cloture.adopte_le
    if fin is not None and adoption is not None and adoption < fin:
        yield Anomalie(lieu, "SEA068", Gravite.ALERTE, *warn_too_early(adoption, fin))
    if not cloture.fidele:
        message = (
            f"les chiffres ne sont plus ceux du bilan {bilan.exercice} adopté par la décision "
            f"{cloture.adoption} : ce document n'est pas le bilan adopté"
        )
        yield Anomalie(lieu, "CON065", Gravite.ALERTE, message, UNFAITHFUL_MEND)
    yield from load_logos(dossier)[1]
