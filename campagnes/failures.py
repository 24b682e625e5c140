"""P5 : chaque appel d'écriture échoue à son tour ; l'ancien contenu reste, une phrase le dit."""

from __future__ import annotations

import errno
import io
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

from campagnes.compte import Compte
from campagnes.pen import Cases, Stylo
from campagnes.terrain import EXERCICE, JOUR, Genres, write_contract
from campagnes.tree import read_tree
from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.cli.running import run as run_command
from clsmon.opening import open_dossier, require_dossier
from clsmon.reporting import write_bilan
from clsmon.workbooks.form.workbook import render_form

GENRES: Genres = {"1.1": ("nombre", "texte"), "1.2": ("taux",)}
APPELS = ("fsync", "replace", "open", "close", "chmod", "mkdir", "write", "mkstemp")
ERREURS = (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.ENAMETOOLONG)
COMMANDES: tuple[tuple[str, ...], ...] = (
    ("collect", "recus"),
    ("bilan", "--format", "md,xlsx"),
    ("forms",),
)
VERIFIE = (
    f"{', '.join(c[0] for c in COMMANDES)} : le n-ième appel de {', '.join(APPELS)} échoue, pour "
    "chaque n : code 0 ou 1 et une phrase française, jamais une trace ; chaque fichier a son "
    "ancien ou son nouveau contenu en entier ; la commande suivante finit, sans fichier temporaire"
)


def run(graine: int, nombre: int, dossier: Path) -> Compte:
    """Fait échouer `nombre` appels au plus, un par un, dans l'ordre où ils viennent."""
    compte = Compte(VERIFIE)
    tours: Counter[str] = Counter()
    terrains = {commande: Terrain(dossier / commande[0], commande) for commande in COMMANDES}
    par_appel = max(1, nombre // (len(COMMANDES) * len(APPELS)))
    for appel, commande in product(APPELS, COMMANDES):
        for rang in range(1, par_appel + 1):
            if compte.essais >= nombre:
                break
            echec = _Echec(appel, rang, ERREURS[(graine + compte.essais) % len(ERREURS)])
            fautes = terrains[commande].play(echec)
            if not echec.venu:
                break
            compte.essais += 1
            tours[f"échecs de {appel}, {commande[0]}"] += 1
            compte.fautes += [f"{commande[0]}, {appel} n° {rang} : {faute}" for faute in fautes]
    compte.mesures += [f"{combien} {quoi}" for quoi, combien in sorted(tours.items())]
    return compte


class _Echec:
    """Le n-ième appel d'une fonction du système, qui échoue."""

    def __init__(self, appel: str, rang: int, erreur: int) -> None:
        self.appel = appel
        self.rang = rang
        self.erreur = erreur
        self.venu = False

    @contextmanager
    def armed(self) -> Iterator[None]:
        """L'appel échoue tant que dure le bloc ; il n'échoue qu'une fois."""
        if self.appel == "write":
            with patch.object(os, "fdopen", self._wrap(os.fdopen, half_written)):
                yield
            return
        module: Any = tempfile if self.appel == "mkstemp" else os
        with patch.object(module, self.appel, self._wrap(getattr(module, self.appel))):
            yield

    def _wrap(
        self, vrai: Callable[..., Any], au_lieu: Callable[..., Any] | None = None
    ) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if self.appel == "open" and not _writes(arguments):
                return vrai(*arguments, **options)
            self.rang -= 1
            if self.rang != 0:
                return vrai(*arguments, **options)
            self.venu = True
            faute = OSError(self.erreur, os.strerror(self.erreur))
            if au_lieu is None:
                raise faute
            return au_lieu(vrai(*arguments, **options), faute)

        return call


def half_written(flux: Any, faute: OSError) -> Any:
    """Le fichier dont l'écriture s'arrête à la moitié."""
    ecrit = flux.write

    class Coupe:
        def __enter__(self) -> Any:
            return self

        def __exit__(self, *_: object) -> None:
            flux.close()

        def write(self, octets: bytes) -> int:
            ecrit(octets[: len(octets) // 2])
            flux.flush()
            raise faute

        def __getattr__(self, nom: str) -> Any:
            return getattr(flux, nom)

    return Coupe()


def _writes(arguments: tuple[Any, ...]) -> bool:
    """Vrai pour un dossier ouvert avant d'être synchronisé, ou un fichier ouvert pour l'écrire."""
    return (
        len(arguments) < 2
        or bool(arguments[1] & (os.O_WRONLY | os.O_RDWR))
        or (Path(arguments[0]).is_dir())
    )


class Terrain:
    """Un dossier avant la commande, et ce que la commande entière y laisse."""

    def __init__(self, dossier: Path, commande: tuple[str, ...]) -> None:
        self.racine = dossier / "dossier"
        write_contract(self.racine, GENRES)
        recus = dossier / "recus"
        recus.mkdir()
        ouvert = require_dossier(self.racine)
        for rang, code in enumerate(("org-a",)):
            stylo = Stylo(render_form(compute_questionnaire(ouvert, EXERCICE, code)))
            cases: Cases = {
                ("1.1/i0/nombre", "valeur"): rang + 1,
                ("1.1/i1/texte", "valeur"): "mot " * 99,
            }
            (recus / f"{code}.xlsx").write_bytes(stylo.fill(cases))
            (recus / f"{code}-2.xlsx").write_bytes(stylo.fill({**cases, _COMMENTAIRE: "encore"}))
        suite = [str(recus) if mot == "recus" else mot for mot in commande[1:]]
        self.commande = [commande[0], *suite, "--dossier", str(self.racine), "--date", JOUR]
        if commande[0] != "collect":
            self._run(["collect", str(recus), "--dossier", str(self.racine), "--date", JOUR])
        if commande[0] == "bilan":
            self._age()
        self.avant = read_tree(self.racine)
        self._run(self.commande)
        self.apres = read_tree(self.racine)

    def _age(self) -> None:
        """Des documents d'un autre jour, que la commande remplace."""
        write_bilan(require_dossier(self.racine), EXERCICE, date(2026, 1, 1), ("md", "xlsx"))

    def play(self, echec: _Echec) -> list[str]:
        """La commande, dont un appel échoue, puis la commande entière ; rend ce qui a manqué."""
        self._restore()
        with echec.armed():
            code, sortie = self._run(self.commande)
        fautes = [] if code in {0, 1} else [f"code {code}"]
        if "Traceback" in sortie or "Panne" in sortie or (code == 1 and not _is_sentence(sortie)):
            fautes.append(f"dit {sortie[-300:]!r}")
        for nom, octets in read_tree(self.racine).items():
            if ".clsmon-" not in nom and octets not in {self.avant.get(nom), self.apres.get(nom)}:
                fautes.append(f"{nom} n'a ni son ancien ni son nouveau contenu")
        fautes += [f"{a.lieu.fichier} : {a.message}" for a in open_dossier(self.racine)[1]]
        if self._run(self.commande)[0] != 0 or read_tree(self.racine) != self.apres:
            fautes.append("la commande suivante ne finit pas le travail")
        return fautes

    def _restore(self) -> None:
        for chemin in sorted(self.racine.rglob("*"), reverse=True):
            nom = chemin.relative_to(self.racine).as_posix()
            if chemin.is_dir():
                if not any(chemin.iterdir()):
                    chemin.rmdir()
            elif nom not in self.avant:
                chemin.unlink()
        for nom, octets in self.avant.items():
            (self.racine / nom).write_bytes(octets)

    @staticmethod
    def _run(commande: list[str]) -> tuple[int, str]:
        sortie = io.StringIO()
        with redirect_stdout(sortie), redirect_stderr(sortie):
            code = run_command(commande)
        return code, sortie.getvalue()


_COMMENTAIRE = ("1.1/i0/nombre", "commentaire")


def _is_sentence(sortie: str) -> bool:
    """Vrai si la sortie dit en français ce qui n'a pas pu s'écrire, et quoi faire."""
    return "impossible d'" in sortie and "→" in sortie
