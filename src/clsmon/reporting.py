"""Les documents du bilan, écrits dans `bilans/<exercice>/` à partir d'un seul calcul."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.evaluation import compute_evaluation
from clsmon.closing import UNFAITHFUL_MEND, adopt, check_faithful, send_draft, write_life
from clsmon.logos import load_logos
from clsmon.model.anomalie import Anomalie, Gravite, Lieu, MauvaisUsageError
from clsmon.model.bilan import Bilan
from clsmon.model.dossier import Dossier
from clsmon.model.evaluation import Evaluation
from clsmon.model.suggestion import advise
from clsmon.opening import packaged
from clsmon.rules.cloture import warn_too_early
from clsmon.text.loading import EXERCICES
from clsmon.writing import write_together

if TYPE_CHECKING:
    from clsmon.render.document import Document

Fichiers = Mapping[str, bytes]
"""Ce qu'un format écrit : du nom de fichier à ses octets."""


@dataclass(frozen=True)
class Redaction:
    """Un bilan à écrire et ses gabarits ; mis en blocs une fois pour tous les formats en pages."""

    bilan: Bilan
    gabarits: Sequence[Path]

    @cached_property
    def document(self) -> Document:
        """Le bilan en blocs ; lève ClsmonError si un gabarit est fautif."""
        from clsmon.render.markdown import compose_bilan  # noqa: PLC0415

        return compose_bilan(self.bilan, self.gabarits)

    def files(self, suffixe: str, octets: bytes) -> Fichiers:
        """Un seul fichier, au nom du bilan."""
        return {f"{self.bilan.nom}.{suffixe}": octets}


def _markdown(redaction: Redaction) -> Fichiers:
    from clsmon.render.charts import render_charts  # noqa: PLC0415
    from clsmon.render.markdown import render_markdown  # noqa: PLC0415

    bilan = redaction.bilan
    texte = render_markdown(bilan, redaction.gabarits)
    images = {nom: svg.encode("utf-8") for nom, svg in render_charts(bilan).items()}
    logos = {logo.fichier: logo.octets for logo in bilan.logos}
    return {**redaction.files("md", texte.encode("utf-8")), **images, **logos}


def _excel(redaction: Redaction) -> Fichiers:
    from clsmon.render.excel import render_excel  # noqa: PLC0415

    return redaction.files("xlsx", render_excel(redaction.bilan))


def _html(redaction: Redaction) -> Fichiers:
    from clsmon.render.html import render_html  # noqa: PLC0415

    page = render_html(redaction.document, redaction.gabarits)
    return redaction.files("html", page.encode("utf-8"))


def _pdf(redaction: Redaction) -> Fichiers:
    from clsmon.render.pdf import render_pdf  # noqa: PLC0415

    octets = render_pdf(redaction.document, redaction.gabarits, packaged("polices"))
    return redaction.files("pdf", octets)


def _word(redaction: Redaction) -> Fichiers:
    from clsmon.render.word import render_word  # noqa: PLC0415

    return redaction.files(
        "docx", render_word(redaction.document, redaction.gabarits, packaged("polices"))
    )


def _slides(redaction: Redaction) -> Fichiers:
    from clsmon.render.slides import render_slides  # noqa: PLC0415

    return redaction.files("pptx", render_slides(redaction.bilan))


def _json(redaction: Redaction) -> Fichiers:
    from clsmon.render.machine import SCHEMA, render_json, render_schema  # noqa: PLC0415

    octets = render_json(redaction.bilan).encode("utf-8")
    return {**redaction.files("json", octets), SCHEMA: render_schema().encode("utf-8")}


FORMATS: Mapping[str, Callable[[Redaction], Fichiers]] = {
    "md": _markdown,
    "xlsx": _excel,
    "html": _html,
    "pdf": _pdf,
    "docx": _word,
    "pptx": _slides,
    "json": _json,
}


def _markdown_evaluation(evaluation: Evaluation, gabarits: Sequence[Path]) -> bytes:
    from clsmon.render.evaluation import render_evaluation  # noqa: PLC0415

    return render_evaluation(evaluation, gabarits).encode("utf-8")


def _excel_evaluation(evaluation: Evaluation, _gabarits: Sequence[Path]) -> bytes:
    from clsmon.render.evaluation_excel import render_excel_evaluation  # noqa: PLC0415

    return render_excel_evaluation(evaluation)


def _word_evaluation(evaluation: Evaluation, gabarits: Sequence[Path]) -> bytes:
    from clsmon.render.evaluation import compose_evaluation  # noqa: PLC0415
    from clsmon.render.word import render_word  # noqa: PLC0415

    return render_word(compose_evaluation(evaluation, gabarits), gabarits, packaged("polices"))


def _html_evaluation(evaluation: Evaluation, gabarits: Sequence[Path]) -> bytes:
    from clsmon.render.evaluation import compose_evaluation  # noqa: PLC0415
    from clsmon.render.html import render_html  # noqa: PLC0415

    return render_html(compose_evaluation(evaluation, gabarits), gabarits).encode("utf-8")


def _pdf_evaluation(evaluation: Evaluation, gabarits: Sequence[Path]) -> bytes:
    from clsmon.render.evaluation import compose_evaluation  # noqa: PLC0415
    from clsmon.render.pdf import render_pdf  # noqa: PLC0415

    return render_pdf(compose_evaluation(evaluation, gabarits), gabarits, packaged("polices"))


FORMATS_EVALUATION: Mapping[str, Callable[[Evaluation, Sequence[Path]], bytes]] = {
    "md": _markdown_evaluation,
    "xlsx": _excel_evaluation,
    "html": _html_evaluation,
    "pdf": _pdf_evaluation,
    "docx": _word_evaluation,
}


def formats_of(demandes: str, connus: Collection[str] = FORMATS) -> tuple[str, ...]:
    """Les formats demandés, séparés par des virgules ; lève MauvaisUsageError si l'un manque."""
    formats = tuple(dict.fromkeys(f.strip() for f in demandes.split(",") if f.strip()))
    for nom in formats:
        if nom not in connus:
            raise MauvaisUsageError(f"format inconnu : « {nom} »", None, advise(nom, connus))
    return formats


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
    redaction = Redaction(bilan, gabarits)
    sortie = dossier.racine / "bilans" / str(bilan.exercice)
    return {
        sortie / fichier: octets
        for nom in formats
        for fichier, octets in FORMATS[nom](redaction).items()
    }


def write_evaluation(
    dossier: Dossier, jour: date, formats: Sequence[str]
) -> tuple[Evaluation, tuple[Path, ...]]:
    """
    Réunit tous les exercices et les écrit dans chaque format ; rend l'évaluation et ses fichiers.

    Comme `write_bilan` : tout est écrit, ou rien. Lève ClsmonError.
    """
    evaluation = compute_evaluation(dossier, jour)
    gabarits = [dossier.racine / "templates", packaged("templates")]
    periode = dossier.contrat.periode
    nom = f"evaluation-{periode.debut}-{periode.fin}"
    fichiers = {
        dossier.racine / "bilans" / f"{nom}.{format_}": FORMATS_EVALUATION[format_](
            evaluation, gabarits
        )
        for format_ in formats
    }
    write_together(fichiers)
    return evaluation, tuple(fichiers)


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
