"""Another version of the dossier: read from git or from a folder, and nothing is touched."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.revisions.history import BASE, commit, git, start

Lance = Callable[..., tuple[int, str, str]]

FICHE = "data/fiches/1.1.yaml"


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two commits: nothing, then the base dossier."""
    racine = tmp_path_factory.mktemp("depot")
    git(racine, "init", "-q", "-b", "main")
    commit(racine, "rien")
    return start(racine)


@pytest.fixture
def racine(depot: Path, tmp_path: Path) -> Path:
    return shutil.copytree(depot, tmp_path / "Santé & co")


def change(racine: Path) -> None:
    chemin = racine / FICHE
    texte = chemin.read_text(encoding="utf-8")
    chemin.write_text(texte.replace("Enfants de 4", "Enfants de 3"), encoding="utf-8")


def test_nothing_changed_since_the_last_commit(racine: Path, lance: Lance) -> None:
    code, out, err = lance("diff", "--exiger", "--dossier", racine)
    assert (code, out) == (0, "")
    assert err.startswith("Depuis HEAD : aucun changement du contrat.")
    assert "clsmon validate" in err


def test_the_work_tree_is_compared_and_left_alone(racine: Path, lance: Lance) -> None:
    change(racine)
    etat = git(racine, "status", "--porcelain")
    code, out, _ = lance("diff", "--dossier", racine)
    assert code == 0
    assert "population : « Enfants de 4 à 6 ans » → « Enfants de 3 à 6 ans »" in " ".join(
        out.split()
    )
    assert git(racine, "status", "--porcelain") == etat == f" M {FICHE}\n"


def test_a_folder_is_compared_without_git(
    racine: Path, lance: Lance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    change(racine)
    _, out, _ = lance("diff", BASE, "--dossier", racine)
    assert "REV030" in out


@pytest.mark.parametrize(
    ("reference", "phrase", "remede"),
    [
        pytest.param("inconnue", "révision inconnue : « inconnue »", "git log", id="unknown"),
        pytest.param("origin/main", "révision inconnue", "git fetch origin main", id="remote"),
        pytest.param("HEAD~1", "ne contient pas ce dossier", "git log", id="no dossier there"),
        pytest.param("--output=x", "ce n'est pas une révision", "HEAD~3", id="an option"),
        pytest.param("", "ce n'est pas une révision", "HEAD~3", id="empty"),
        pytest.param("HEAD\nx", "ce n'est pas une révision", "HEAD~3", id="two lines"),
        pytest.param("HEAD:data", "révision inconnue", "git log", id="not a commit"),
    ],
)
def test_a_reference_that_leads_nowhere_is_wrong_usage(
    reference: str, phrase: str, remede: str, racine: Path, lance: Lance
) -> None:
    code, out, err = lance("diff", "--dossier", racine, "--", reference)
    assert (code, out) == (2, "")
    assert phrase in err
    assert remede in err
    assert not (racine / "x").exists()


def test_a_folder_that_is_neither_is_said(racine: Path, lance: Lance, tmp_path: Path) -> None:
    code, _, err = lance("diff", tmp_path, "--dossier", racine)
    assert code == 2
    assert "ni une révision, ni un dossier clsmon" in err


def test_a_dossier_out_of_git_can_still_be_compared_to_a_folder(
    tmp_path: Path, lance: Lance
) -> None:
    seul = shutil.copytree(BASE, tmp_path / "seul")
    code, _, err = lance("diff", "--dossier", seul)
    assert code == 2
    assert "n'est pas suivi par git" in err
    assert "clsmon diff CHEMIN" in err


def test_git_absent_is_said(racine: Path, lance: Lance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    code, _, err = lance("diff", "--dossier", racine)
    assert code == 1
    assert "git est introuvable" in err


def test_a_shallow_clone_says_how_to_deepen(racine: Path, tmp_path: Path, lance: Lance) -> None:
    superficiel = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", racine.as_uri(), str(superficiel))
    assert lance("diff", "--dossier", superficiel)[0] == 0
    code, _, err = lance("diff", "HEAD~1", "--dossier", superficiel)
    assert code == 2
    assert "clone partiel" in err
    assert "fetch-depth: 0" in err
    assert "GIT_DEPTH" in err


def test_a_dossier_in_a_subfolder_of_the_repository(
    racine: Path, lance: Lance, monkeypatch: pytest.MonkeyPatch
) -> None:
    (racine / "contrats" / "à Dijon").mkdir(parents=True)
    shutil.move(racine / "data", racine / "contrats" / "à Dijon" / "data")
    commit(racine, "rangé")
    sous = racine / "contrats" / "à Dijon"
    change(sous)
    # inside a hook, git names a repository relative to another folder
    monkeypatch.setenv("GIT_DIR", ".git")
    code, out, _ = lance("diff", "HEAD", "--dossier", sous)
    assert code == 0
    assert out.count("REV030") == 1
    assert lance("diff", "HEAD~1", "--dossier", sous)[0] == 2


def test_what_an_archive_would_leave_out_is_read(racine: Path, lance: Lance) -> None:
    (racine / ".gitattributes").write_text("data/** export-ignore\n", encoding="utf-8")
    commit(racine, "attributs")
    assert lance("diff", "--dossier", racine)[:2] == (0, "")


def test_a_link_in_a_revision_is_not_followed(racine: Path, lance: Lance, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("id: secret", encoding="utf-8")
    lien = racine / "data/fiches/9.9.yaml"
    lien.symlink_to(tmp_path / "secret.yaml")
    commit(racine, "lien")
    lien.unlink()
    assert lance("diff", "--dossier", racine)[:2] == (0, "")


def test_a_revision_that_does_not_load_is_named(racine: Path, lance: Lance) -> None:
    (racine / FICHE).write_text("id: [", encoding="utf-8")
    commit(racine, "fautif")
    git(racine, "checkout", "-q", "HEAD~1", "--", FICHE)
    code, _, err = lance("diff", "--dossier", racine)
    assert code == 1
    assert f"{FICHE}:" in err
    assert "la version « HEAD » ne se lit pas en entier" in err


def test_github_shows_an_annotation_with_the_yaml(
    racine: Path, lance: Lance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    (racine / "data/fiches/2.1.yaml").unlink()
    _, out, _ = lance("diff", "--dossier", racine)
    assert out.startswith("::error file=data/fiches/2.1.yaml,line=1,col=1,title=REV003::")
    assert "%0Astatut: retiree%0A" in out
