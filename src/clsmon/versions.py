"""Une autre version du dossier : une révision de git ou un autre dossier, lus sans y toucher."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from clsmon.model.anomalie import Anomalie, ClsmonError, Gravite, Lieu, MauvaisUsageError
from clsmon.model.dossier import Dossier
from clsmon.opening import open_dossier
from clsmon.text.loading import CONTRAT

DELAI = 120
"""Le temps laissé à git, en secondes."""

_AILLEURS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
"""Dans un crochet de git, ces variables désignent un autre dépôt que celui du dossier."""


@contextmanager
def open_version(racine: Path, reference: str) -> Iterator[Dossier]:
    """
    Le dossier tel qu'il est dans un autre dossier, ou tel qu'il était à une révision de git.

    Une révision est relue dans un dossier temporaire, effacé ensuite : ni l'arbre de travail ni
    l'index ne changent. Lève ClsmonError si elle n'existe pas ou ne se lit pas en entier.
    """
    if reference and (Path(reference) / CONTRAT).is_file():
        yield _read(Path(reference).resolve(), reference)
        return
    with tempfile.TemporaryDirectory(prefix="clsmon-version-") as nom:
        depart = Path(nom).resolve()
        _extract(racine, reference, depart)
        yield _read(depart, reference)


def _read(racine: Path, reference: str) -> Dossier:
    dossier, anomalies = open_dossier(racine)
    erreurs = sorted((a for a in anomalies if a.gravite is Gravite.ERREUR), key=Anomalie.order)
    if dossier is None or erreurs:
        raise ClsmonError(
            f"la version « {reference} » ne se lit pas en entier : {erreurs[0].message}",
            erreurs[0].lieu,
            "Comparez à une version plus récente, que « clsmon validate » acceptait.",
        )
    return dossier


def _extract(racine: Path, reference: str, vers: Path) -> None:
    """Écrit le `data/` d'une révision sous `vers`, octet pour octet."""
    revision = _resolve(racine, reference)
    # A listing and raw contents: an archive would obey export-ignore and convert line ends.
    listing = _git(racine, ["ls-tree", "-r", "-z", revision, "--", "data"]).split(b"\0")
    fichiers = []
    for entree in filter(None, listing):
        meta, _, nom = entree.partition(b"\t")
        mode, genre, objet = meta.split(b" ")
        # A link is no ordinary file: « validate » refuses it, and it must not be followed here.
        if genre == b"blob" and mode != b"120000" and nom.endswith(b".yaml"):
            fichiers.append((os.fsdecode(nom), objet))
    if CONTRAT not in dict(fichiers):
        raise MauvaisUsageError(
            f"la révision « {reference} » ne contient pas ce dossier : {CONTRAT} n'y est pas",
            None,
            "Choisissez une révision plus récente : « git log --oneline -- data » les liste.",
        )
    contenus = _read_blobs(racine, [objet for _, objet in fichiers])
    for (chemin, _), octets in zip(fichiers, contenus, strict=True):
        cible = vers / chemin
        if not cible.resolve().is_relative_to(vers):
            raise ClsmonError(f"chemin refusé dans la révision « {reference} » : {chemin}")
        cible.parent.mkdir(parents=True, exist_ok=True)
        cible.write_bytes(octets)


def _read_blobs(racine: Path, objets: Sequence[bytes]) -> Iterator[bytes]:
    """Les contenus demandés, dans l'ordre : « <objet> blob <taille> », puis les octets."""
    sortie = _git(racine, ["cat-file", "--batch"], entree=b"".join(o + b"\n" for o in objets))
    place = 0
    for _ in objets:
        fin = sortie.index(b"\n", place)
        taille = int(sortie[place:fin].split(b" ")[2])
        yield sortie[fin + 1 : fin + 1 + taille]
        place = fin + 1 + taille + 1


def _resolve(racine: Path, reference: str) -> str:
    """L'identifiant d'une révision ; jamais une option, ni une commande."""
    if not reference or reference.startswith("-") or not reference.isprintable():
        raise MauvaisUsageError(
            f"ce n'est pas une révision : « {reference} »",
            None,
            "Donnez une branche, une étiquette, un commit ou un dossier : origin/main, HEAD~3…",
        )
    try:
        trouvee = _run(racine, ["rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}"])
    except subprocess.CalledProcessError as erreur:
        dit = erreur.stderr.decode("utf-8", "replace")
        illisible = "not a git repository" in dit or "dubious ownership" in dit
        raise (_explain(racine, dit) if illisible else _unknown(racine, reference)) from None
    return trouvee.decode("ascii").strip()


def _unknown(racine: Path, reference: str) -> MauvaisUsageError:
    if Path(reference).is_dir():
        return MauvaisUsageError(
            f"« {reference} » n'est ni une révision, ni un dossier clsmon",
            None,
            f"Un dossier à comparer contient {CONTRAT}.",
        )
    if _git(racine, ["rev-parse", "--is-shallow-repository"]).strip() == b"true":
        return MauvaisUsageError(
            f"révision inconnue : « {reference} », dans un clone partiel qui n'a pas tout "
            "l'historique",
            None,
            "Dans GitHub Actions, réglez « fetch-depth: 0 » ; dans GitLab CI, GIT_DEPTH à 0 ; "
            "ailleurs, lancez « git fetch --unshallow ».",
        )
    distante, _, branche = reference.partition("/")
    conseil = "« git branch --all » et « git log --oneline » listent ce qui existe."
    if branche and distante == "origin":
        conseil = f"Si la branche existe au loin : « git fetch origin {branche} »."
    return MauvaisUsageError(f"révision inconnue : « {reference} »", None, conseil)


def _git(racine: Path, arguments: Sequence[str], entree: bytes = b"") -> bytes:
    """Ce que rend une commande git qui doit réussir ; sinon une phrase qui dit pourquoi."""
    try:
        return _run(racine, arguments, entree)
    except subprocess.CalledProcessError as erreur:
        raise _explain(racine, erreur.stderr.decode("utf-8", "replace")) from None


def _explain(racine: Path, dit: str) -> ClsmonError:
    if "not a git repository" in dit:
        return MauvaisUsageError(
            f"« {racine} » n'est pas suivi par git : il n'a pas d'autre version",
            None,
            "Comparez à un autre dossier : clsmon diff CHEMIN, par exemple une sauvegarde.",
        )
    if "dubious ownership" in dit:
        return ClsmonError(
            f"git refuse de lire « {racine} », qui appartient à un autre utilisateur",
            None,
            f'Si ce dépôt est sûr : git config --global --add safe.directory "{racine}"',
        )
    phrase = next((ligne for ligne in dit.splitlines() if ligne.strip()), "sans explication")
    return ClsmonError(
        f"git n'a pas pu lire cette version : {phrase}",
        Lieu(str(racine)),
        "Vérifiez le dépôt : git fsck, puis git status.",
    )


def _run(racine: Path, arguments: Sequence[str], entree: bytes = b"") -> bytes:
    git = shutil.which("git")
    if git is None:
        raise ClsmonError(
            "git est introuvable, et « clsmon diff » en a besoin pour lire une autre version",
            None,
            "Installez-le (https://git-scm.com), ou comparez à un autre dossier : "
            "clsmon diff CHEMIN.",
        )
    environnement = {cle: v for cle, v in os.environ.items() if cle not in _AILLEURS}
    environnement |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        fini = subprocess.run(  # noqa: S603  no shell, a fixed command, a checked reference
            [git, *arguments],
            cwd=racine,
            env=environnement,
            input=entree,
            capture_output=True,
            check=True,
            timeout=DELAI,
        )
    except subprocess.TimeoutExpired:
        raise ClsmonError(f"git n'a pas répondu en {DELAI} secondes") from None
    return fini.stdout
