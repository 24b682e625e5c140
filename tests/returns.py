"""Returned workbooks for the tests of the collection: real forms, filled by a partner's hand."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from clsmon.analysis.cahiers import compute_cahier
from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.collecting import collect_all
from clsmon.demonstration.partner import Saisies, fill_form
from clsmon.model.collecte import Collecte
from clsmon.model.dossier import Dossier
from clsmon.model.indicateur import TypeMesure
from clsmon.opening import require_dossier
from clsmon.receiving import find_workbooks
from clsmon.workbooks.examen.workbook import render_cahier
from clsmon.workbooks.form.workbook import render_form
from tests.workbooks.reader.biff.raw_xls import compound

EXERCICE = 2025
Tape = str | int | float


def not_workbooks() -> dict[str, tuple[bytes, str]]:
    """Files that are no workbook one can read, each with the code of its refusal."""
    template = BytesIO()
    with zipfile.ZipFile(template, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet-template")
        archive.writestr("content.xml", "<a/>")
    return {
        "page.xlsx": (b"<!DOCTYPE html><html><body><table></table></body></html>", "FOR001"),
        "liste.csv": (b"cle;valeur\n3.1;12\n", "FOR001"),
        "bilan.pdf": (b"%PDF-1.7\n", "FOR001"),
        "vide.xlsx": (b"", "FOR006"),
        "ancien.xls": (compound({"Book": b"x"}), "FOR003"),
        "modele.ots": (template.getvalue(), "FOR004"),
        "secret.xlsx": (compound({"EncryptedPackage": b"x"}), "FOR002"),
    }


@dataclass(frozen=True)
class Atelier:
    """One dossier on disk, the forms made from it and the returns dropped in it."""

    racine: Path

    @property
    def retours(self) -> Path:
        return self.racine / "retours" / str(EXERCICE)

    def form(self, organisme: str, exercice: int = EXERCICE, *, fictif: bool = False) -> bytes:
        """The form that this dossier sends now, pre-filled with what it holds."""
        dossier = require_dossier(self.racine)
        return render_form(compute_questionnaire(dossier, exercice, organisme, fictif=fictif))

    def cahier(self, organisme: str, exercice: int = EXERCICE) -> bytes:
        """The workbook of the examination that this dossier sends now."""
        return render_cahier(compute_cahier(require_dossier(self.racine), exercice, organisme))

    def examine(self, organisme: str, saisies: Saisies, nom: str = "") -> Path:
        """A workbook of the examination filled by a signatory, dropped among the returns."""
        rempli = fill_form(self.cahier(organisme), saisies)
        return self.drop(nom or f"examen-{organisme}.xlsx", rempli)

    def drop(self, nom: str, octets: bytes) -> Path:
        """One file received for the exercice."""
        self.retours.mkdir(parents=True, exist_ok=True)
        (self.retours / nom).write_bytes(octets)
        return self.retours / nom

    def answer(
        self, organisme: str, reponses: Mapping[str, Tape | None], nom: str = "", **form: int
    ) -> Path:
        """A form of this organisme with these values typed, dropped among the returns."""
        saisies = {(cle, ""): {"valeur": tape} for cle, tape in reponses.items()}
        rempli = fill_form(self.form(organisme, **form), saisies)  # type: ignore[arg-type]
        return self.drop(nom or f"{organisme}.xlsx", rempli)

    def collect(
        self,
        *chemins: Path,
        exercice: int = EXERCICE,
        ecrire: bool = True,
        accepter_ancien: bool = False,
        motif: str = "",
    ) -> list[Collecte]:
        """What `clsmon collect` does, on the returns by default."""
        return list(
            collect_all(
                require_dossier(self.racine),
                find_workbooks(chemins or [self.retours]),
                exercice,
                ecrire=ecrire,
                accepter_ancien=accepter_ancien,
                motif=motif,
            )
        )

    def tree(self) -> dict[str, bytes]:
        """Every file of the dossier and its bytes."""
        return {
            str(chemin.relative_to(self.racine)): chemin.read_bytes()
            for chemin in sorted(self.racine.rglob("*"))
            if chemin.is_file()
        }


def edit_machine(octets: bytes, cle: str, valeur: str) -> bytes:
    """The same workbook, one line of its identity changed."""
    classeur = load_workbook(BytesIO(octets))
    machine = classeur["_clsmon"]
    for rangee in machine.iter_rows(max_row=9):
        if rangee[0].value == cle:
            rangee[1].value = valeur
    tampon = BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


def numbers_for(dossier: Dossier, organisme: str) -> dict[tuple[str, str], dict[str, int]]:
    """A different number for each numeric measure asked of an organisme."""
    saisies: dict[tuple[str, str], dict[str, int]] = {}
    mesures = dossier.demandees(EXERCICE, organisme)
    for rang, situee in enumerate((m for m in mesures if m.mesure.type.chiffre), start=1):
        taux = situee.mesure.type is TypeMesure.TAUX
        tape = {"numerateur": rang, "denominateur": 100} if taux else {"valeur": rang}
        saisies[situee.cle, ""] = tape
    return saisies
