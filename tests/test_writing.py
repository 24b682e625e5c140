"""A file is written whole or not at all, and a failure is one French sentence."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from clsmon.model.anomalie import ClsmonError
from clsmon.writing import PREFIXE_TEMPORAIRE, sweep, write_file


def fail(monkeypatch: pytest.MonkeyPatch, erreur: OSError) -> None:
    """Every rename fails, as a full disk or a workbook open in Excel makes it fail."""

    def refuse(*_: object) -> None:
        raise erreur

    monkeypatch.setattr(Path, "replace", refuse)


def names(dossier: Path) -> list[str]:
    return sorted(p.name for p in dossier.iterdir())


def test_new_file_and_its_folders(tmp_path: Path) -> None:
    chemin = tmp_path / "data" / "suivi" / "a.yaml"
    assert write_file(chemin, b"a: 1\n") is True
    assert chemin.read_bytes() == b"a: 1\n"
    assert names(chemin.parent) == ["a.yaml"]


def test_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    chemin = tmp_path / "a.yaml"
    write_file(chemin, b"a: 1\n")
    avant = chemin.stat()
    assert write_file(chemin, b"a: 1\n") is False
    assert (chemin.stat().st_ino, chemin.stat().st_mtime_ns) == (avant.st_ino, avant.st_mtime_ns)


def test_other_bytes_replace(tmp_path: Path) -> None:
    chemin = tmp_path / "a.yaml"
    write_file(chemin, b"a: 1\n")
    assert write_file(chemin, b"a: 2\n") is True
    assert chemin.read_bytes() == b"a: 2\n"


@pytest.mark.parametrize(
    ("erreur", "message"),
    [
        pytest.param(
            PermissionError(errno.EACCES, "denied"),
            "impossible d'écrire « apo.xlsx » : fichier ouvert ou dossier protégé",
            id="ouvert dans Excel",
        ),
        pytest.param(
            OSError(errno.ENOSPC, "no space"),
            "impossible d'écrire « apo.xlsx » : le disque est plein",
            id="disque plein",
        ),
        pytest.param(
            OSError(errno.EROFS, "read only"),
            "impossible d'écrire « apo.xlsx » : le disque est en lecture seule",
            id="lecture seule",
        ),
        pytest.param(
            OSError(errno.EIO, "i/o"),
            "impossible d'écrire « apo.xlsx » : le système a refusé l'écriture",
            id="autre",
        ),
    ],
)
def test_failed_rename_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, erreur: OSError, message: str
) -> None:
    chemin = tmp_path / "apo.xlsx"
    chemin.write_bytes(b"ancien")
    fail(monkeypatch, erreur)
    with pytest.raises(ClsmonError) as refus:
        write_file(chemin, b"nouveau")
    assert refus.value.message == message
    assert refus.value.conseil.endswith("puis recommencez.")
    assert chemin.read_bytes() == b"ancien"
    assert names(tmp_path) == ["apo.xlsx"]


def test_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "a.yaml", b"a: 1\n")
    assert names(tmp_path) == []


def test_protected_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(ClsmonError, match="dossier protégé") as refus:
        write_file(tmp_path / "a.yaml", b"a: 1\n")
    assert str(tmp_path) in refus.value.conseil


def test_a_file_where_a_folder_is_wanted_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")
    with pytest.raises(ClsmonError, match="un fichier porte le nom d'un dossier"):
        write_file(tmp_path / "data" / "a.yaml", b"")


def test_a_folder_where_a_file_is_wanted_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    with pytest.raises(ClsmonError, match=r"impossible d'écrire « a\.yaml »"):
        write_file(tmp_path / "a.yaml", b"")
    assert names(tmp_path) == ["a.yaml"]


def test_sweep_removes_orphans_and_nothing_else(tmp_path: Path) -> None:
    for nom in ("a.yaml", ".clsmon.lock", f"{PREFIXE_TEMPORAIRE}x1"):
        (tmp_path / nom).write_bytes(b"")
    sous = tmp_path / "2025"
    sous.mkdir()
    (sous / f"{PREFIXE_TEMPORAIRE}x2").write_bytes(b"")
    sweep(tmp_path)
    assert names(tmp_path) == [".clsmon.lock", "2025", "a.yaml"]
    assert names(sous) == []


def test_sweep_of_a_missing_folder_does_nothing(tmp_path: Path) -> None:
    sweep(tmp_path / "absent")
    assert names(tmp_path) == []
