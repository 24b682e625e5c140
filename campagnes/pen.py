"""Le stylo du partenaire : remplit un formulaire sans rien savoir de notre lecteur, et vite."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import load_workbook

_SAISIE = "xl/worksheets/sheet2.xml"
"""La feuille « Saisie », deuxième du formulaire."""


@dataclass(frozen=True)
class Brut:
    """Une cellule telle qu'un tableur l'écrit : le reste de ses attributs et son contenu XML."""

    attributs: str
    contenu: str


Tape = int | float | str | Brut
Cases = Mapping[tuple[str, str], Tape]
"""De (clé, colonne) à ce qui y est tapé."""


class Stylo:
    """
    Un formulaire vierge et la place de chaque case.

    Les places viennent d'openpyxl et le remplissage d'un remplacement dans le XML de la feuille :
    ni l'écriture ni la lecture de clsmon n'y prennent part.
    """

    def __init__(self, formulaire: bytes) -> None:
        self._parties = self.unzip(formulaire)
        self._feuille = self._parties[_SAISIE].decode("utf-8")
        feuille = load_workbook(BytesIO(formulaire)).worksheets[1]
        colonnes = {str(c.value): c.column_letter for c in feuille[1] if c.value}
        self.places = {
            (str(cle), colonne): f"{lettre}{rangee}"
            for rangee in range(3, feuille.max_row + 1)
            if (cle := feuille.cell(rangee, 1).value)
            for colonne, lettre in colonnes.items()
        }

    @property
    def cles(self) -> tuple[str, ...]:
        """Les clés des mesures demandées."""
        return tuple(dict.fromkeys(cle for cle, _ in self.places))

    def fill(self, saisies: Cases) -> bytes:
        """Le classeur rempli ; `saisies` va de (clé, colonne) à ce qui est tapé."""
        tapes = {self.places[case]: tape for case, tape in saisies.items()}

        def write(trouvee: re.Match[str]) -> str:
            tape = tapes.get(trouvee[1])
            if tape is None:
                return trouvee[0]
            attributs, contenu = _spell(tape)
            return f'<c r="{trouvee[1]}" s="{trouvee[2]}"{attributs}>{contenu}</c>'

        feuille = re.sub(
            r'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"(?:/>|[^>]*>.*?</c>)', write, self._feuille
        )
        return self.seal({_SAISIE: feuille.encode("utf-8")})

    def seal(self, changees: Mapping[str, bytes]) -> bytes:
        """Le classeur aux parties changées ; les mêmes parties donnent les mêmes octets."""
        sortie = BytesIO()
        with ZipFile(sortie, "w") as archive:
            for nom, octets in {**self._parties, **changees}.items():
                archive.writestr(ZipInfo(nom), octets, ZIP_DEFLATED, compresslevel=1)
        return sortie.getvalue()

    @staticmethod
    def unzip(classeur: bytes) -> dict[str, bytes]:
        """Les parties d'un classeur, par nom."""
        with ZipFile(BytesIO(classeur)) as archive:
            return {nom: archive.read(nom) for nom in archive.namelist()}


def _spell(tape: Tape) -> tuple[str, str]:
    if isinstance(tape, Brut):
        return tape.attributs, tape.contenu
    if isinstance(tape, int | float):
        return "", f"<v>{tape!r}</v>"
    return ' t="inlineStr"', f'<is><t xml:space="preserve">{escape(tape)}</t></is>'
