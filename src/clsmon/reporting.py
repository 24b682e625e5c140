"""Les documents du bilan, écrits dans `bilans/<exercice>/` à partir d'un seul calcul."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

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

Fichiers = Mapping[str, bytes]
"""Ce qu'un format écrit : du nom de fichier à ses octets."""


def _markdown(bilan: Bilan, gabarits: Sequence[Path]) -> Fichiers:
    from clsmon.render.charts import render_charts  # noqa: PLC0415
    from clsmon.render.markdown import render_markdown  # noqa: PLC0415

    images = {nom: svg.encode("utf-8") for nom, svg in render_charts(bilan).items()}
    logos = {logo.fichier: logo.octets for logo in bilan.logos}
    nom = f"bilan-{bilan.exercice}.md"
    return {nom: render_markdown(bilan, gabarits).encode("utf-8"), **images, **logos}


def _excel(bilan: Bilan, _gabarits: Sequence[Path]) -> Fichiers:
    from clsmon.render.excel import render_excel  # noqa: PLC0415

    return {f"bilan-{bilan.exercice}.xlsx": render_excel(bilan)}


def _slides(bilan: Bilan, _gabarits: Sequence[Path]) -> Fichiers:
    from clsmon.render.slides import render_slides  # noqa: PLC0415

    return {f"bilan-{bilan.exercice}.pptx": render_slides(bilan)}


FORMATS: Mapping[str, Callable[[Bilan, Sequence[Path]], Fichiers]] = {
    "md": _markdown,
    "xlsx": _excel,
    "pptx": _slides,
}


def _markdown_evaluation(evaluation: Evaluation, gabarits: Sequence[Path]) -> bytes:
    from clsmon.render.evaluation import render_evaluation  # noqa: PLC0415

    return render_evaluation(evaluation, gabarits).encode("utf-8")


def _excel_evaluation(evaluation: Evaluation, _gabarits: Sequence[Path]) -> bytes:
    from clsmon.render.evaluation_excel import render_excel_evaluation  # noqa: PLC0415

    return render_excel_evaluation(evaluation)


FORMATS_EVALUATION: Mapping[str, Callable[[Evaluation, Sequence[Path]], bytes]] = {
    "md": _markdown_evaluation,
    "xlsx": _excel_evaluation,
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
    gabarits = [dossier.racine / "templates", packaged("templates")]
    sortie = dossier.racine / "bilans" / str(exercice)
    fichiers = {
        sortie / fichier: octets
        for nom in formats
        for fichier, octets in FORMATS[nom](bilan, gabarits).items()
    }
    if envoyer or definitif:
        chemin = dossier.racine / EXERCICES / f"{exercice}.yaml"
        fichiers[chemin] = write_life(dossier, exercice)
    write_together(fichiers)
    return bilan, tuple(chemin for chemin in fichiers if chemin.is_relative_to(sortie))


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
