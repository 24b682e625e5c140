"""
Un texte rédigé, dans chacun des formats qui s'en écrivent : Markdown, HTML, PDF, Word.

Le moteur typst compose le PDF et peint les dessins de Word hors de Python : il travaille dans un
fil à lui pendant que le reste se rédige.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from clsmon.model.anomalie import MauvaisUsageError
from clsmon.model.suggestion import advise
from clsmon.opening import packaged
from clsmon.render.document import Document
from clsmon.render.inlays import Texte, write_markdown

Fichiers = Mapping[str, bytes]
"""Ce qu'un format écrit : du nom de fichier à ses octets."""
Fin = Callable[[], bytes]
"""Ce qui reste à faire d'un document commencé ; lève ClsmonError si son gabarit est fautif."""


@dataclass(frozen=True)
class Redaction:
    """
    Un texte rédigé une fois pour tous ses formats.

    `composer` le met en blocs, si un format le demande ; `fictif` : le Markdown le dit à chaque
    section.
    """

    nom: str
    texte: Texte
    composer: Callable[[Texte], Document]
    gabarits: Sequence[Path]
    fictif: bool = False

    @cached_property
    def document(self) -> Document:
        """Le texte en blocs."""
        return self.composer(self.texte)


def _start_word(redaction: Redaction, moteur: Executor) -> Fin:
    from clsmon.render.charts.png import render_png  # noqa: PLC0415

    polices = packaged("polices")
    peints = {d: moteur.submit(render_png, d, polices) for d in redaction.texte.dessins}

    def finish() -> bytes:
        from clsmon.render.word import render_word  # noqa: PLC0415

        document, gabarits = redaction.document, redaction.gabarits
        return render_word(document, gabarits, lambda dessin: peints[dessin].result())

    return finish


def _start_pdf(redaction: Redaction, moteur: Executor) -> Fin:
    from clsmon.render.pdf import lay_out, own_template, typeset  # noqa: PLC0415

    polices, gabarits = packaged("polices"), redaction.gabarits
    maquette = lay_out(redaction.document, polices)
    if own_template(gabarits):
        # It may last: done last, and by the main thread, where Ctrl-C stops it.
        return partial(typeset, maquette, gabarits, polices)
    return moteur.submit(typeset, maquette, gabarits, polices).result


def _start_html(redaction: Redaction, _moteur: Executor) -> Fin:
    from clsmon.render.html import render_html  # noqa: PLC0415

    return lambda: render_html(redaction.document, redaction.gabarits).encode("utf-8")


def _start_markdown(redaction: Redaction, _moteur: Executor) -> Fin:
    return lambda: write_markdown(redaction.texte, fictif=redaction.fictif).encode("utf-8")


FORMATS: Mapping[str, Callable[[Redaction, Executor], Fin]] = {
    "md": _start_markdown,
    "html": _start_html,
    "docx": _start_word,
    "pdf": _start_pdf,
}
"""Les formats d'un texte, dans l'ordre où les commencer, puis les finir : le moteur en dernier."""


def formats_of(demandes: str, connus: Collection[str]) -> tuple[str, ...]:
    """Les formats demandés, séparés par des virgules ; lève MauvaisUsageError si l'un manque."""
    formats = tuple(dict.fromkeys(f.strip() for f in demandes.split(",") if f.strip()))
    for nom in formats:
        if nom not in connus:
            raise MauvaisUsageError(f"format inconnu : « {nom} »", None, advise(nom, connus))
    return formats


def print_text(
    redaction: Redaction,
    formats: Collection[str],
    entretemps: Mapping[str, Callable[[], Fichiers]] | None = None,
) -> dict[str, Fichiers]:
    """
    Les fichiers de chaque format demandé.

    `entretemps` : les formats qui n'ont pas besoin du texte, rédigés pendant que le moteur
    travaille. Lève ClsmonError (GAB001) si un gabarit est fautif.
    """
    # A second engine thread gains nothing: one composition fills both cores of a small machine.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="typst") as moteur:
        fins = {
            nom: commence(redaction, moteur) for nom, commence in FORMATS.items() if nom in formats
        }
        faits = {nom: redige() for nom, redige in (entretemps or {}).items()}
        faits |= {nom: {f"{redaction.nom}.{nom}": fin()} for nom, fin in fins.items()}
    if "md" in faits:
        faits["md"] = {**faits["md"], **redaction.texte.images}
    return faits
