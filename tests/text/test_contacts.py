"""The addresses of the respondents: read through the YAML door, refused with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from clsmon.model.anomalie import ClsmonError
from clsmon.model.dossier import Dossier
from clsmon.text.contacts import CONTACTS, load_contacts


def contacts(racine: Path, dijon: Dossier, texte: str | bytes) -> dict[str, tuple[str, ...]]:
    contenu = texte if isinstance(texte, bytes) else texte.encode()
    (racine / CONTACTS).write_bytes(contenu)
    return dict(load_contacts(racine, dijon.contrat))


def test_no_file_is_no_address(tmp_path: Path, dijon: Dossier) -> None:
    assert load_contacts(tmp_path, dijon.contrat) == {}


def test_one_address_or_a_list(tmp_path: Path, dijon: Dossier) -> None:
    texte = "apo: contact@apo.example\nars: [a.b+cls@ars.example, c@ars.example]\n"
    assert contacts(tmp_path, dijon, texte) == {
        "apo": ("contact@apo.example",),
        "ars": ("a.b+cls@ars.example", "c@ars.example"),
    }


@pytest.mark.parametrize(
    ("texte", "place", "phrase"),
    [
        pytest.param("appo: a@b.fr\n", ":1:1", "organisme inconnu : « appo »", id="unknown code"),
        pytest.param("apo: a@b\n", ":1:6", "« a@b » n'est pas une adresse", id="no domain"),
        pytest.param("apo: pas une adresse\n", ":1:6", "n'est pas une adresse", id="words"),
        pytest.param(
            'apo: "a@b.fr\\nBcc: x@y.fr"\n', ":1:6", "n'est pas une adresse", id="a header inside"
        ),
        pytest.param("apo: 'a@b.fr, c@d.fr'\n", ":1:6", "n'est pas une adresse", id="two in one"),
        pytest.param(
            "apo: {a: b}\n",
            ":1:6",
            "« » n'est pas une adresse".replace("« »", "«  »"),
            id="a mapping",
        ),
        pytest.param("apo:\n", ":1:", "n'est pas une adresse", id="nothing"),
        pytest.param("apo: [a@b.fr, x]\n", ":1:6", "« x » n'est pas", id="one bad in a list"),
        pytest.param(f"apo: {'a' * 250}@b.fr\n", ":1:6", "n'est pas une adresse", id="too long"),
        pytest.param("apo: é@b.fr\n", ":1:6", "« é@b.fr » n'est pas", id="not ASCII"),
        pytest.param("- apo\n", ":1:1", "« code: adresse » est attendu", id="a list"),
        pytest.param("apo: a@b.fr\napo: c@d.fr\n", ":2:1", "clé en double", id="twice"),
        pytest.param("apo: *x\n", ":1:6", "alias", id="an alias"),
        pytest.param("é: x".encode("latin-1"), ":1:1", "UTF-8", id="latin 1"),
    ],
)
def test_a_fault_stops_with_its_place(
    tmp_path: Path, dijon: Dossier, texte: str | bytes, place: str, phrase: str
) -> None:
    with pytest.raises(ClsmonError) as refus:
        contacts(tmp_path, dijon, texte)
    assert str(refus.value.lieu).startswith(f"{CONTACTS}{place}")
    assert phrase in refus.value.message
    assert refus.value.conseil


def test_a_link_is_not_followed(tmp_path: Path, dijon: Dossier) -> None:
    (tmp_path / "ailleurs.yaml").write_text("apo: a@b.fr\n", encoding="utf-8")
    (tmp_path / CONTACTS).symlink_to(tmp_path / "ailleurs.yaml")
    with pytest.raises(ClsmonError, match="fichier ordinaire"):
        load_contacts(tmp_path, dijon.contrat)
