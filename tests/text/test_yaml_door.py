"""The one YAML door: what it refuses, and where it says the fault is."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from clsmon.model.fiche import Fiche
from clsmon.model.noeud import Carte, Marque, Nu, Suite, place_of
from clsmon.text.shape import read_node
from clsmon.text.yaml_door import EVENEMENTS_MAX, OCTETS_MAX, PROFONDEUR_MAX, load_yaml


def refuse(texte: str | bytes) -> str:
    """Every anomaly of a document, as « line:column+length code »."""
    octets = texte if isinstance(texte, bytes) else texte.encode()
    _, anomalies = load_yaml(octets, "f.yaml")
    assert all(a.message and a.conseil for a in anomalies)
    return " ".join(
        f"{a.lieu.ligne}:{a.lieu.colonne}+{a.lieu.longueur} {a.code}" for a in anomalies
    )


def read(texte: str | bytes) -> Carte:
    octets = texte if isinstance(texte, bytes) else texte.encode()
    document, anomalies = load_yaml(octets, "f.yaml")
    assert anomalies == ()
    assert isinstance(document, Carte)
    return document


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        pytest.param("a: b: c\n", "1:5+1 YML001", id="colon in a bare text"),
        pytest.param("a: @b\n", "1:4+1 YML001", id="reserved sign"),
        pytest.param('a: "b\n', "2:1+1 YML001", id="open quote"),
        pytest.param("a: [b, c\n", "2:1+1 YML001", id="open bracket"),
        pytest.param('é: "à\\q"\n', "1:6+1 YML001", id="unknown escape"),
        pytest.param("a: x\n- b\n", "2:1+1 YML001", id="list inside a mapping"),
        pytest.param("[a]: x\n", "1:1+1 YML001", id="key that is a list"),
        pytest.param("~: x\n", "1:1+1 YML001", id="null key"),
        pytest.param("suivi:\n\tsource: x\n", "2:1+1 YML002", id="tab as indent"),
        pytest.param("suivi:\n  \tsource: x\n", "2:3+1 YML002", id="tab after spaces"),
        pytest.param("a: x\nb: y\na: z\n", "3:1+1 YML003", id="duplicate key"),
        pytest.param("{é: x, é: y}\n", "1:8+1 YML003", id="duplicate key in a flow mapping"),
        pytest.param("a: x\na: y\na: z\n", "2:1+1 YML003 3:1+1 YML003", id="twice duplicate"),
        pytest.param("a: x\na: y\nb: *c\n", "2:1+1 YML003 3:4+2 YML004", id="both reported"),
        pytest.param("a: &b x\n", "1:4+4 YML004", id="anchor"),
        pytest.param("a: &b {c: d}\n", "1:4+4 YML004", id="anchor on a mapping"),
        pytest.param("a: *b\n", "1:4+2 YML004", id="alias"),
        pytest.param("<<: *b\n", "1:5+2 YML004", id="merge key"),
        pytest.param("a: !!int 5\n", "1:4+7 YML005", id="standard tag"),
        pytest.param("a: !b c\n", "1:4+4 YML005", id="own tag"),
        pytest.param("!!python/object:os.system {}\n", "1:1+27 YML005", id="hostile tag"),
        pytest.param("titre: été\n".encode("latin-1"), "1:8+1 YML006", id="Latin-1"),
        pytest.param("a: é\nb: ".encode() + b"\xe9\n", "2:4+1 YML006", id="Latin-1 on line 2"),
        pytest.param("a: x\n".encode("utf-16"), "1:1+1 YML006", id="UTF-16"),
        pytest.param("a: é\u2028b\n", "1:5+1 YML008", id="line separator"),
        pytest.param("b: c\na: é\x85b\n", "2:5+1 YML008", id="next line"),
        pytest.param("a: \x00\n", "1:4+1 YML008", id="null byte"),
        pytest.param("a: b\ufeff\n", "1:5+1 YML008", id="BOM in the middle"),
        pytest.param("", "1:1+1 YML009", id="empty file"),
        pytest.param("# rien\n", "1:1+1 YML009", id="comment alone"),
        pytest.param("un texte\n", "1:1+1 YML009", id="text alone"),
        pytest.param("null\n", "1:1+1 YML009", id="null alone"),
        pytest.param("a: b\n---\nc: d\n", "2:1+3 YML010", id="two documents"),
    ],
)
def test_refuses_at_the_very_place(texte: str | bytes, attendu: str) -> None:
    assert refuse(texte) == attendu


def test_size_depth_and_length_are_bounded() -> None:
    assert refuse(b"a: " + b"x" * OCTETS_MAX) == "1:1+1 YML007"
    profond = PROFONDEUR_MAX
    assert refuse("[" * profond + "]" * profond) == ""
    assert refuse("[" * (profond + 1)) == f"1:{profond + 1}+1 YML007"
    assert refuse("[" + "a," * EVENEMENTS_MAX + "]").endswith(" YML007")


def test_messages_name_what_was_met() -> None:
    _, (doublon,) = load_yaml(b"titre: a\ntitre: b\n", "data/fiches/1.1.yaml")
    assert str(doublon.lieu) == "data/fiches/1.1.yaml:2:1"
    assert doublon.message == "clé en double : « titre » figure déjà à la ligne 1"
    _, (etiquette,) = load_yaml(b"a: !!int 5\n", "f.yaml")
    assert etiquette.message == "étiquette « !!int » refusée"


def test_a_duplicate_key_keeps_the_first_value_and_the_document() -> None:
    document, _ = load_yaml(b"a: x\na: [y]\nb: z\n", "f.yaml")
    assert document == {"a": "x", "b": "z"}


@pytest.mark.parametrize("nul", ["", "~", "null", "Null", "NULL"])
def test_null_is_absent_unless_quoted(nul: str) -> None:
    assert read(f"a: {nul}\nb: c\n") == {"a": None, "b": "c"}
    assert read(f"a: '{nul}'\n") == {"a": nul}


@pytest.mark.parametrize(
    "mot", ["oui", "non", "no", "yes", "true", "12:30", "1.10", "010", "0x1F", "2024-05-12", "1e3"]
)
def test_every_scalar_stays_the_text_that_was_written(mot: str) -> None:
    valeur = read(f"a: {mot}\n")["a"]
    assert valeur == mot
    assert type(valeur) is Nu
    assert type(read(f'a: "{mot}"\n')["a"]) is str


def test_bom_at_the_start_and_windows_line_ends_are_accepted() -> None:
    document = read(b"\xef\xbb\xbfa: x\r\nb: y\r\n")
    assert document == {"a": "x", "b": "y"}
    assert document.cles["a"] == Marque(1, 1, 1)


def test_columns_count_characters_not_bytes() -> None:
    document = read("é: [à, {ô: ç}, 😀x, fin]\nfin: œ\n")
    assert document.cles["é"] == Marque(1, 1, 1)
    suite = document["é"]
    assert isinstance(suite, Suite)
    assert suite.places == [
        Marque(1, 5, 1),
        Marque(1, 8, 1),
        Marque(1, 16, 2),
        Marque(1, 20, 3),
    ]
    lieu = place_of(document, ("é", 1, "ô"))
    assert (lieu.ligne, lieu.colonne, lieu.longueur) == (1, 12, 1)
    assert document.valeurs["fin"] == Marque(2, 6, 1)


TEXTES = st.text(st.characters(codec="utf-8", exclude_characters="\x85"), max_size=20)
DOCUMENTS = st.dictionaries(
    TEXTES,
    st.recursive(
        st.none() | TEXTES,
        lambda partie: st.lists(partie) | st.dictionaries(TEXTES, partie),
        max_leaves=8,
    ),
    min_size=1,
)


@settings(deadline=None, max_examples=60)
@given(DOCUMENTS, st.booleans(), st.booleans())
def test_what_a_yaml_writer_wrote_comes_back_the_same(
    document: dict[str, object], accents: bool, flux: bool
) -> None:
    octets = yaml.safe_dump(
        document, allow_unicode=accents, default_flow_style=flux, encoding="utf-8", width=60
    )
    relu, anomalies = load_yaml(octets, "f.yaml")
    assert anomalies == ()
    assert relu == document


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda texte: texte.encode()))
def test_no_bytes_ever_raise(octets: bytes) -> None:
    document, anomalies = load_yaml(octets, "f.yaml")
    assert document is not None or anomalies
    if document is not None:
        read_node(Fiche, document, "FIC")


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from([*Fiche.model_fields, "[key]", "zzz"]),
        st.recursive(
            st.none() | st.sampled_from(["x", "1.1", "programmee"]),
            lambda partie: (
                st.lists(partie)
                | st.dictionaries(st.sampled_from(["id", "mesures", "[key]", "fin"]), partie)
            ),
        ),
    )
)
def test_no_shape_ever_raises(document: dict[str, object]) -> None:
    brut, _ = load_yaml(yaml.safe_dump(document, encoding="utf-8"), "f.yaml")
    fiche, anomalies = read_node(Fiche, brut, "FIC")
    assert (fiche is None) == bool(anomalies)
    assert all(a.lieu.ligne > 0 and re.fullmatch("FIC0(0[1-9]|1[0-2])", a.code) for a in anomalies)
