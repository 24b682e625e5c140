"""Ce que tout classeur de l'outil porte sans le montrer : listes, identité, empreinte."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from xlsxwriter import Workbook

from clsmon.model.questionnaire import Envoi
from clsmon.workbooks.form.checks import Listes
from clsmon.workbooks.form.inert import inert_text
from clsmon.workbooks.form.page import Page
from clsmon.workbooks.form.styles import POLICE
from clsmon.workbooks.layout import EMPREINTE, VERSION

CREATION = datetime(2024, 1, 1, tzinfo=UTC)
"""Une date fixe : l'heure de fabrication changerait les octets sans rien apprendre à personne."""

TAILLE_PROPRIETES = 65_536
"""Les propriétés d'un classeur d'ici n'en font pas le dixième."""

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}


def open_workbook(tampon: BytesIO) -> Workbook:
    """Un classeur neuf, où aucun texte ne devient formule, nombre ou lien."""
    # xlsxwriter writes into the font's dictionary: each workbook gets its own.
    return Workbook(tampon, OPTIONS | {"default_format_properties": dict(POLICE)})


def write_lists(page: Page, listes: Listes) -> None:
    """Écrit la feuille cachée des listes de choix."""
    for colonne, (nom, choix) in enumerate(listes.colonnes):
        page.feuille.set_column(colonne, colonne, 30)
        for ligne, texte in enumerate((nom, *choix)):
            page.write(ligne, colonne, texte)
    page.feuille.protect()
    page.feuille.hide()


def identity_of(
    envoi: Envoi, empreinte: str, base: Sequence[str], genre: str = ""
) -> Mapping[str, str]:
    """L'identité d'un classeur ; `genre` est vide pour un formulaire de suivi."""
    return {
        "contrat": envoi.contrat.titre,
        "exercice": str(envoi.exercice),
        "organisme": envoi.organisme,
        "version": VERSION,
        "empreinte": empreinte,
        **({"genre": genre} if genre else {}),
        "base": " ".join(base),
        "fictif": "oui" if envoi.fictif else "non",
    }


def write_machine(
    page: Page,
    identite: Mapping[str, str],
    titres: Sequence[str] = (),
    lignes: Iterable[Sequence[str]] = (),
) -> None:
    """Écrit de quoi reconnaître le classeur : identité, puis une ligne par réponse s'il le faut."""
    for ligne, textes in enumerate((*identite.items(), (), titres, *lignes)):
        for colonne, texte in enumerate(textes):
            page.write(ligne, colonne, texte)
    page.feuille.set_column(0, max(1, len(titres) - 1), 40)
    page.feuille.protect()
    page.feuille.hide()


def sign(classeur: Any, titre: str, empreinte: str) -> None:
    """Pose l'empreinte en nom défini et en propriété, et des propriétés sans auteur ni date."""
    classeur.set_properties({"title": inert_text(titre), "created": CREATION})
    classeur.define_name(EMPREINTE, f'="{empreinte}"')
    classeur.set_custom_property(EMPREINTE, empreinte, "text")


def is_as_made(octets: bytes) -> bool:
    """
    Vrai si personne n'a enregistré ce classeur depuis qu'il a été fait.

    Un tableur écrit la date de l'enregistrement dans les propriétés ; ce qui ne se lit pas n'est
    pas de nous.
    """
    try:
        with ZipFile(BytesIO(octets)) as archive, archive.open("docProps/core.xml") as proprietes:
            texte = proprietes.read(TAILLE_PROPRIETES)
    except (
        BadZipFile,
        KeyError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
        zlib.error,
    ):
        return False
    fait = CREATION.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return b">" + fait + b"</dcterms:modified>" in texte
