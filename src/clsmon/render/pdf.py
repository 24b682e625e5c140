"""Un document en PDF accessible (PDF/UA-1), composé par typst sans réseau ni police du système."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from clsmon.model.anomalie import ClsmonError, Lieu
from clsmon.render.charts.font import POLICE
from clsmon.render.document import Document
from clsmon.render.glyphs import load_glyphs
from clsmon.render.pdf_data import Donnees, document_data
from clsmon.render.pdf_engine import FauteMoteur, compose, compose_apart
from clsmon.render.templates import CODE

GABARIT = "document.typ"
PAQUET = "paquet"
"""Le nom des gabarits du paquet pour celui d'un dossier : « paquet/document.typ »."""

_DISPONIBLE = (
    'Repartez de #import "paquet/document.typ": *, qui donne donnees, mise-en-page et montre ; '
    "les clés de donnees sont à docs/dossier.md."
)
_DITS = {
    r"unknown variable: (.+)": r"« \1 » n’existe pas",
    r"unclosed (?:delimiter|string)": "une parenthèse, un crochet ou un texte n’est pas refermé",
    r"file not found .*": "ce fichier n’existe pas là où un gabarit peut lire",
    r"path .*would escape.*": "ce fichier est hors de ce qu’un gabarit peut lire",
    r"panicked with: (.+)": "le gabarit s’arrête lui-même\u00a0: \\1",
    r"condition is always true|loop seems to be infinite": "une boucle ne finit jamais",
    r"maximum .* depth exceeded|cyclic import": "le gabarit s’appelle ou s’emboîte sans fin",
    r"out of time: (.+)": r"après \1 secondes rien n’est composé : une boucle est trop longue",
    r"out of memory": "la mémoire permise ne suffit pas : une boucle ou un tableau est trop long",
    r"PDF/UA-1 error: missing document title": "le document n’a pas de titre (set document)",
    r"PDF/UA-1 error: (.+)": r"le PDF ne serait pas accessible à tous (PDF/UA-1), « \1 »",
}
"""Ce que le moteur dit le plus souvent, en français."""
_PLACE = re.compile(r"┌─ (.+?):(\d+):(\d+)$", re.MULTILINE)
_IMPORTS = re.compile(r"\b(import|include)\b(?!\s+\"[^\"@\\]*\")|\b(eval|std)\b")
"""Un import dont le fichier n'est pas écrit en toutes lettres, et ce qui en cacherait un."""


@dataclass(frozen=True)
class Maquette:
    """Ce que le moteur va lire : les données du document, et les images qu'elles nomment."""

    donnees: Donnees
    images: Mapping[str, bytes]


def lay_out(document: Document, polices: Path) -> Maquette:
    """La maquette d'un document ; `polices` est leur dossier."""
    return Maquette(*document_data(document, load_glyphs(polices), POLICE))


def own_template(gabarits: Sequence[Path]) -> Path | None:
    """Le gabarit qu'un dossier met à la place de celui du paquet."""
    return next((g / GABARIT for g in gabarits[:-1] if (g / GABARIT).is_file()), None)


def typeset(maquette: Maquette, gabarits: Sequence[Path], polices: Path) -> bytes:
    """
    Les octets du PDF ; presque tout s'y passe hors de Python, qui peut travailler à côté.

    Un gabarit « document.typ » du dossier l'emporte sur celui du paquet. Lève ClsmonError (GAB001)
    s'il est fautif.
    """
    paquet, propre = gabarits[-1], own_template(gabarits)
    try:
        with TemporaryDirectory(prefix="clsmon-") as nom:
            principal = _lay_root(Path(nom), paquet, propre, maquette.images)
            donnees = json.dumps(maquette.donnees)
            (Path(nom) / "donnees.json").write_text(donnees, encoding="utf-8")
            return _compile(principal, Path(nom), polices)
    except OSError as erreur:
        raise ClsmonError(
            f"le PDF n’a pas pu être préparé : « {erreur.filename or erreur.strerror} »",
            None,
            "Vérifiez la place et les droits du dossier temporaire (variable TMPDIR, ou TEMP).",
        ) from erreur


def _lay_root(racine: Path, paquet: Path, propre: Path | None, images: Mapping[str, bytes]) -> Path:
    """Ce que le moteur peut lire : gabarits du paquet et images ; rend le gabarit principal."""
    _lay_templates(racine / PAQUET, paquet)
    for fichier, octets in images.items():
        (racine / fichier).write_bytes(octets)
    if propre is None:
        return racine / PAQUET / GABARIT
    principal = racine / GABARIT
    principal.write_text(_read_template(propre), encoding="utf-8")
    return principal


def _lay_templates(sortie: Path, paquet: Path) -> None:
    """Les gabarits typst du paquet, et rien d'autre : la racine ne donne accès à rien de plus."""
    for source in sorted(paquet.rglob("*.typ")):
        cible = sortie / source.relative_to(paquet)
        cible.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, cible)


def _read_template(chemin: Path) -> str:
    """Le gabarit d'un dossier, qui ne va rien chercher ailleurs."""
    lieu = f"templates/{chemin.name}"
    try:
        texte = chemin.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ClsmonError(
            f"{CODE} : le gabarit n’est pas enregistré en UTF-8.", Lieu(lieu), _DISPONIBLE
        ) from None
    refuse = _IMPORTS.search(texte)
    if refuse:
        ligne = texte.count("\n", 0, refuse.start()) + 1
        raise ClsmonError(
            f"{CODE} : « {refuse.group()} » n’est pas permis ici : un gabarit n’importe que des "
            "fichiers du paquet, nommés en toutes lettres, et rien ne se télécharge.",
            Lieu(lieu, ligne, refuse.start() - texte.rfind("\n", 0, refuse.start())),
            _DISPONIBLE,
        )
    return texte


def _compile(principal: Path, racine: Path, polices: Path) -> bytes:
    """Le PDF ; le gabarit d'un dossier se compose à part : il ne peut ni durer ni tout prendre."""
    du_dossier = principal.parent == racine
    rendu = (compose_apart if du_dossier else compose)(principal, racine, polices)
    if isinstance(rendu, FauteMoteur):
        raise _explain(rendu, racine, du_dossier=du_dossier)
    return rendu


def _explain(faute: FauteMoteur, racine: Path, *, du_dossier: bool) -> ClsmonError:
    """La faute, à sa place dans le gabarit du dossier s'il y en a un."""
    dit = _translate(faute.message)
    if not du_dossier:
        return ClsmonError(
            f"le PDF n’a pas pu être composé : {dit}",
            None,
            "Demandez ce document en html ou en docx (--format), et signalez cette phrase.",
        )
    lieux = _PLACE.findall(faute.trace)
    place = next(
        (
            (int(ligne), int(colonne) + 1)
            for nom, ligne, colonne in lieux
            if Path(nom).parts[-2:] == (racine.name, GABARIT)
        ),
        (0, 0),
    )
    return ClsmonError(
        f"{CODE} : {dit}.",
        Lieu(f"templates/{GABARIT}", *place),
        _DISPONIBLE,
    )


def _translate(dit: str) -> str:
    """Une phrase du moteur en français, ou ses propres mots entre guillemets."""
    for motif, phrase in _DITS.items():
        trouve = re.fullmatch(motif, dit, re.DOTALL)
        if trouve:
            return trouve.expand(phrase)
    return f"le gabarit ne se compose pas, le moteur typst dit « {dit.rstrip('.')} »"
