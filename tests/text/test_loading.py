"""A whole dossier is read file by file: one bad file hides no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clsmon.model.anomalie import Gravite
from clsmon.rules import check
from clsmon.text.loading import hash_of, load_dossier
from clsmon.text.store import to_yaml

BASE = Path(__file__).parents[1] / "cas" / "_base"
RELEVE = next(BASE.glob("data/suivi/2025/apo-*.yaml")).name


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    return tmp_path


def write(racine: Path, fichier: str, contenu: str | bytes) -> None:
    chemin = racine / fichier
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode())


def faults(racine: Path) -> list[str]:
    _, anomalies = load_dossier(racine)
    return sorted(f"{a.lieu} {a.code}" for a in anomalies)


def test_a_sound_dossier_is_wholly_read(racine: Path) -> None:
    dossier, anomalies = load_dossier(racine)
    assert anomalies == ()
    assert dossier is not None
    assert [f.id for f in dossier.fiches] == ["1.1", "2.1", "plateforme"]
    assert list(dossier.releves) == [RELEVE.removesuffix(".yaml")]
    assert list(dossier.decisions) == ["2025-05-13-copil/D1", "2025-05-13-copil/D2"]
    assert dossier.programmes[2025]["1.1"][0].organisme == "apo"
    assert dossier.illisibles == frozenset()


def test_fiches_are_in_natural_order(racine: Path) -> None:
    fiche = (racine / "data/fiches/1.1.yaml").read_text(encoding="utf-8")
    for numero in ("1.10", "1.2"):
        write(racine, f"data/fiches/{numero}.yaml", fiche.replace('"1.1"', f'"{numero}"'))
    dossier, anomalies = load_dossier(racine)
    assert anomalies == ()
    assert dossier is not None
    assert [f.id for f in dossier.fiches] == ["1.1", "1.2", "1.10", "2.1", "plateforme"]


def test_two_wrong_files_are_both_reported_and_the_others_read(racine: Path) -> None:
    write(racine, "data/fiches/1.1.yaml", 'id: "1.1"\ntitre: é\nstatut: fini\n')
    write(racine, "data/fiches/2.1.yaml", "titre: été\n".encode("latin-1"))
    dossier, _ = load_dossier(racine)
    assert dossier is not None
    assert [f.id for f in dossier.fiches] == ["plateforme"]
    assert dossier.illisibles == {"data/fiches/1.1.yaml", "data/fiches/2.1.yaml"}
    assert faults(racine) == [
        "data/fiches/1.1.yaml:3:9 FIC012",
        "data/fiches/2.1.yaml:1:8 YML006",
    ]


@pytest.mark.parametrize(
    ("fichier", "contenu", "attendu"),
    [
        pytest.param(
            "data/fiches/3.1.yaml",
            'id: "3.2"\ntitre: é\nstatut: programmee\n',
            "data/fiches/3.1.yaml:1:5 FIC011",
            id="fiche under another name",
        ),
        pytest.param(
            "data/fiches/3.1.yml", "x", "data/fiches/3.1.yml:1:1 YML012", id="other extension"
        ),
        pytest.param(
            "data/fiches/3.1.YAML", "x", "data/fiches/3.1.YAML:1:1 YML012", id="capital extension"
        ),
        pytest.param(
            "data/fiches/3.1.Yaml", "x", "data/fiches/3.1.Yaml:1:1 YML012", id="mixed extension"
        ),
        pytest.param(
            "data/contexte.yaml", "a: b\n", "data/contexte.yaml:1:1 CON007", id="contexte: no list"
        ),
        pytest.param(
            "data/contexte.yaml",
            "- {theme: é, libelle: é, unite: é, valeurs: {bfc: beaucoup}}\n",
            "data/contexte.yaml:1:51 CON003",
            id="contexte: a word for a number",
        ),
        pytest.param(
            "data/programmes/2026.yaml",
            "- a\n",
            "data/programmes/2026.yaml:1:1 SEA008",
            id="programme: a list",
        ),
        pytest.param(
            "data/programmes/2026.yaml",
            '"1.1": a1\n',
            "data/programmes/2026.yaml:1:8 SEA007",
            id="programme: no list of actions",
        ),
        pytest.param(
            "data/programmes/2026.yaml",
            '"1.1": [{id: a1}]\n',
            "data/programmes/2026.yaml:1:9 SEA002",
            id="programme: action without label",
        ),
        pytest.param(
            "data/programmes/prochain.yaml",
            '"1.1": []\n',
            "data/programmes/prochain.yaml:1:1 SEA009",
            id="programme: no year",
        ),
        pytest.param(
            "data/exercices/25.yaml",
            "adopte: null\n",
            "data/exercices/25.yaml:1:1 SEA009",
            id="exercice: no year",
        ),
        pytest.param(
            "data/seances/2026-01-01-copil.yaml",
            "instance: copil\ndate: 1/1/2026\netat: prevue\n",
            "data/seances/2026-01-01-copil.yaml:2:7 SEA004",
            id="séance: date",
        ),
        pytest.param(
            "data/avenants/1.yaml",
            "numero: un\nobjet: é\nnature: axe\n",
            "data/avenants/1.yaml:1:9 SEA003",
            id="avenant: number",
        ),
        pytest.param(
            "data/suivi/2025/apo-1a2b3c4d.yaml",
            "organisme: apo\n",
            "data/suivi/2025/apo-1a2b3c4d.yaml:1:1 SUI002",
            id="relevé without its keys",
        ),
    ],
)
def test_fault_of_one_file(racine: Path, fichier: str, contenu: str, attendu: str) -> None:
    write(racine, fichier, contenu)
    assert sorted(set(faults(racine))) == [attendu]


def test_a_releve_changed_after_its_writing_is_refused(racine: Path) -> None:
    fichier = racine / "data/suivi/2025" / RELEVE
    fichier.write_bytes(fichier.read_bytes().replace(b"valeur: 12", b"valeur: 99"))
    dossier, (faute,) = load_dossier(racine)
    assert (str(faute.lieu), faute.code) == (f"data/suivi/2025/{RELEVE}:1:1", "SUI011")
    assert f"apo-{hash_of(fichier.read_bytes())}.yaml" in faute.message
    assert dossier is not None
    assert dossier.releves == {}
    assert f"data/suivi/2025/{RELEVE}" in dossier.illisibles


def test_a_releve_in_another_folder_or_under_another_organisme_is_refused(racine: Path) -> None:
    source = racine / "data/suivi/2025" / RELEVE
    write(racine, f"data/suivi/2024/{RELEVE}", source.read_bytes())
    write(racine, f"data/suivi/2025/emas-{RELEVE[4:]}", source.read_bytes())
    write(racine, f"data/suivi/{RELEVE}", source.read_bytes())
    assert faults(racine) == [
        f"data/suivi/2024/{RELEVE}:1:1 SUI011",
        f"data/suivi/2025/emas-{RELEVE[4:]}:1:1 SUI011",
        f"data/suivi/{RELEVE}:1:1 SUI011",
    ]


EXAMEN = """organisme: apo
exercice: 2025
recu:
  fichier: examen-apo.xlsx
  sha256: 7a
  formulaire: 7a1
  lecteur: 0.1.0
fiches:
  '3.1':
    avis: accord
"""


def test_an_examination_is_read_and_one_changed_afterwards_is_refused(racine: Path) -> None:
    octets = EXAMEN.encode()
    nom = f"apo-{hash_of(octets)}"
    write(racine, f"data/observations/2025/{nom}.yaml", octets)
    dossier, anomalies = load_dossier(racine)
    assert anomalies == ()
    assert dossier is not None
    assert list(dossier.examens) == [nom]
    assert to_yaml(dossier.examens[nom]) == octets
    write(racine, f"data/observations/2025/{nom}.yaml", octets.replace(b"accord", b"remarque"))
    assert faults(racine) == [f"data/observations/2025/{nom}.yaml:1:1 SUI039"]


def test_symlink_and_folder_are_no_files(racine: Path) -> None:
    (racine / "ailleurs.yaml").write_text('id: "3.1"\n', encoding="utf-8")
    (racine / "data/fiches/3.1.yaml").symlink_to(racine / "ailleurs.yaml")
    (racine / "data/fiches/3.2.yaml").mkdir()
    assert faults(racine) == [
        "data/fiches/3.1.yaml:1:1 YML011",
        "data/fiches/3.2.yaml:1:1 YML011",
    ]


def test_without_a_contract_there_is_no_dossier_but_all_is_said(racine: Path) -> None:
    (racine / "data/contrat.yaml").unlink()
    write(racine, "data/fiches/1.1.yaml", "id: 1.1\ntitre: é\nstatut: programmee\n")
    dossier, _ = load_dossier(racine)
    assert dossier is None
    assert faults(racine) == ["data/contrat.yaml:1:1 YML013", "data/fiches/1.1.yaml:1:5 FIC010"]


def test_an_empty_folder_is_said_in_one_line(tmp_path: Path) -> None:
    assert load_dossier(tmp_path)[0] is None
    assert faults(tmp_path) == ["data/contrat.yaml:1:1 YML013"]


def test_a_folder_without_rights_is_one_anomaly(
    racine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lire = Path.iterdir

    def refuse(self: Path) -> object:
        if self.name == "fiches":
            raise PermissionError
        return lire(self)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert faults(racine) == ["data/fiches:1:1 YML013"]


def test_a_file_too_big_is_refused_without_being_read(racine: Path) -> None:
    with (racine / "data/fiches/3.1.yaml").open("wb") as fichier:
        fichier.truncate(10_000_000_000)
    assert faults(racine) == ["data/fiches/3.1.yaml:1:1 YML007"]


@pytest.mark.parametrize(
    "dossier",
    [
        "data/fiches",
        "data/suivi",
        "data/suivi/2025",
        "data/seances",
        "data/avenants",
        "data/programmes",
        "data/exercices",
    ],
)
def test_a_file_where_a_folder_is_expected_is_one_fault(racine: Path, dossier: str) -> None:
    shutil.rmtree(racine / dossier, ignore_errors=True)
    write(racine, dossier, "x")
    ouvert, _ = load_dossier(racine)
    assert ouvert is not None
    assert faults(racine) == [f"{dossier}:1:1 YML011"]


def test_what_a_lost_folder_held_is_not_said_unknown_as_well(racine: Path) -> None:
    shutil.rmtree(racine / "data/fiches")
    write(racine, "data/fiches", "x")
    ouvert, _ = load_dossier(racine)
    assert ouvert is not None
    assert [a for a in check(ouvert) if a.gravite is Gravite.ERREUR] == []


def test_a_folder_where_the_contexte_is_expected_is_a_fault(racine: Path) -> None:
    (racine / "data/contexte.yaml").mkdir()
    assert faults(racine) == ["data/contexte.yaml:1:1 YML011"]
