"""The store of relevés: what is written is plain, named by its own bytes, and reads back equal."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clsmon.model.releve import (
    Aide,
    Avancement,
    DeclarationFiche,
    Depenses,
    Etat,
    EtatAction,
    Recu,
    Releve,
    Saisie,
    SaisiPar,
    Valeur,
)
from clsmon.text.loading import load_dossier
from clsmon.text.shape import read_node
from clsmon.text.store import name_of, path_of, reads_back, to_yaml
from clsmon.text.yaml_door import EVENEMENTS_MAX, OCTETS_MAX, load_yaml

LAW = settings(derandomize=True, max_examples=200, deadline=None)
RECU = Recu(fichier="apo.xlsx", sha256="9f" * 32, formulaire="1234567890123456", lecteur="0.1.0")
CLE = "3.1/ecoles-classes/ecoles"


def releve(**champs: Any) -> Releve:
    return Releve.model_validate({"organisme": "apo", "exercice": 2025, "recu": RECU, **champs})


def answer(texte: str) -> Releve:
    return releve(valeurs={CLE: Valeur(valeur=texte, etat=Etat.RENSEIGNE, cellule="Saisie!H12")})


def reread(octets: bytes) -> Releve | None:
    brut, anomalies = load_yaml(octets, "data/suivi/2025/apo.yaml")
    assert anomalies == ()
    assert brut is not None
    lu, anomalies = read_node(Releve, brut, "SUI")
    assert anomalies == ()
    return lu


def test_bytes_of_a_releve() -> None:
    octets = to_yaml(
        releve(
            remplace=("apo-1a2b3c4d",),
            fiches={
                "3.1": DeclarationFiche(
                    avancement=Avancement.EN_COURS,
                    faits_marquants="Trois crèches\nde plus",
                    depenses=Depenses(realise=Decimal("1250.5")),
                )
            },
            valeurs={
                CLE: Valeur(valeur="12", etat=Etat.RENSEIGNE, cellule="Saisie!H12"),
                "5.1/participation/taux": Valeur(
                    numerateur=Decimal(41),
                    denominateur=Decimal(60),
                    etat=Etat.RENSEIGNE,
                    saisi="41",
                    cellule="Saisie!I30",
                ),
            },
        )
    )
    assert octets.decode("utf-8") == (
        "organisme: apo\n"
        "exercice: 2025\n"
        "recu:\n"
        "  fichier: apo.xlsx\n"
        f"  sha256: {'9f' * 32}\n"
        "  formulaire: '1234567890123456'\n"
        "  lecteur: 0.1.0\n"
        "remplace:\n"
        "- apo-1a2b3c4d\n"
        "fiches:\n"
        "  '3.1':\n"
        "    avancement: en_cours\n"
        "    faits_marquants: |-\n"
        "      Trois crèches\n"
        "      de plus\n"
        "    depenses:\n"
        "      realise: 1250.5\n"
        "valeurs:\n"
        "  3.1/ecoles-classes/ecoles:\n"
        "    valeur: 12\n"
        "    etat: renseigne\n"
        "    cellule: Saisie!H12\n"
        "  5.1/participation/taux:\n"
        "    numerateur: 41\n"
        "    denominateur: 60\n"
        "    etat: renseigne\n"
        "    saisi: '41'\n"
        "    cellule: Saisie!I30\n"
    )


@pytest.mark.parametrize(
    "texte",
    [
        "12",
        "-0.5",
        "1.10",
        "007",
        "1e5",
        "1_000",
        "1" + "0" * 40,
        "12:30",
        "2025-04-03",
        "oui",
        "non",
        "yes",
        "true",
        "null",
        "~",
        "",
        "-",
        "- a",
        "a: b",
        "# a",
        "&a",
        "*a",
        "!a",
        "=1+1",
        "[a",
        "{a",
        "%a",
        "@a",
        "`a",
        "'a",
        '"a',
        "\\a",
        " a",
        "a ",
        " ",
        "\n",
        "a\n",
        "\na",
        "a\n\n",
        " a\nb",
        "a\n b\n",
        "a \nb ",
        "a\n\n\nb",
        "a\r\nb",
        "a\rb",
        "a\tb\nc",
        "---",
        "...",
        "a\n---\nb",
        "a\x00b",
        "a\x1b[31mb",
        "a\x85b",
        "a\u2028b",
        "a\nb\u2029c",
        "\ufeffa",
        "a\ufffeb",
        "a\ufffdb",
        "a\u200bb",
        "\u202ea",
        "é\u0301",
        "😀",
        "😀\n😀",
        "\U0010ffff",
        "a" * 20_000,
        "a " * 10_000,
    ],
)
def test_any_text_reads_back_equal(texte: str) -> None:
    ecrit = answer(texte)
    octets = to_yaml(ecrit)
    assert reread(octets) == ecrit
    assert reads_back(ecrit, octets)


TEXTES = st.text(max_size=20) | st.text(" \n\t#:-'\"|>~\r\x85\u2028é1", max_size=8)
NOMBRES = st.builds(
    lambda n, d: Decimal(n).scaleb(-d), st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 6)
)
CODES = st.sampled_from(("apo", "ars", "cpts-centre-21"))
VALEURS = st.builds(
    Valeur,
    valeur=st.none() | TEXTES | NOMBRES.map(lambda n: f"{n:f}"),
    numerateur=st.none() | NOMBRES,
    denominateur=st.none() | NOMBRES,
    etat=st.none() | st.sampled_from(Etat),
    saisi=TEXTES,
    nature_cellule=TEXTES,
    regle=TEXTES,
    commentaire=TEXTES,
    preuve=TEXTES,
    confirme=st.booleans(),
    cellule=TEXTES,
)
DECLARATIONS = st.builds(
    DeclarationFiche,
    avancement=st.none() | st.sampled_from(Avancement),
    programme=st.dictionaries(CODES, st.sampled_from(EtatAction), max_size=2),
    faits_marquants=TEXTES,
    communes=st.lists(CODES, max_size=3).map(tuple),
    qpv=st.lists(TEXTES, max_size=3).map(tuple),
    depenses=st.builds(Depenses, prevu=st.none() | NOMBRES, realise=st.none() | NOMBRES),
    aides=st.lists(
        st.builds(
            Aide,
            financeur=CODES,
            verse=st.none() | NOMBRES,
            compte_rendu_recu_le=st.none() | st.dates(),
        ),
        max_size=2,
    ).map(tuple),
    absents=st.dictionaries(TEXTES, st.sampled_from(Etat), max_size=2),
    a_verifier=st.dictionaries(
        TEXTES, st.builds(Saisie, saisi=TEXTES, nature_cellule=TEXTES, cellule=TEXTES), max_size=2
    ),
)
RELEVES = st.builds(
    Releve,
    organisme=CODES,
    exercice=st.integers(2000, 2100),
    recu=st.builds(Recu, fichier=TEXTES, sha256=TEXTES, formulaire=TEXTES, lecteur=TEXTES),
    motif=st.none() | TEXTES,
    saisi_par=st.sampled_from(SaisiPar),
    remplace=st.lists(TEXTES, max_size=2).map(tuple),
    fictif=st.booleans(),
    fiches=st.dictionaries(st.sampled_from(("3.1", "1.10", "12")), DECLARATIONS, max_size=2),
    valeurs=st.dictionaries(st.sampled_from((CLE, "4.2/a/b")), VALEURS, max_size=2),
)


@given(RELEVES)
@LAW
def test_any_releve_reads_back_equal(ecrit: Releve) -> None:
    octets = to_yaml(ecrit)
    assert reread(octets) == ecrit
    assert to_yaml(ecrit) == octets
    assert b"\r" not in octets


def test_equal_parts_are_written_twice_and_never_aliased() -> None:
    meme = Valeur(valeur="12", etat=Etat.RENSEIGNE, cellule="Saisie!H12")
    octets = to_yaml(releve(valeurs={CLE: meme, "3.1/livres/livres": meme}))
    assert octets.count(b"valeur: 12\n") == 2
    assert b"&" not in octets


def test_name_is_the_hash_of_the_bytes() -> None:
    ecrit = answer("12")
    octets = to_yaml(ecrit)
    nom = f"apo-{sha256(octets).hexdigest()[:8]}"
    assert name_of(ecrit, octets) == nom
    assert path_of(ecrit, to_yaml(ecrit)) == f"data/suivi/2025/{nom}.yaml"


def test_releve_too_large_for_the_door_does_not_read_back() -> None:
    trop = answer("é" * OCTETS_MAX)
    assert not reads_back(trop, to_yaml(trop))


def test_releve_of_too_many_elements_does_not_read_back() -> None:
    cellules = {f"champ-{numero}": "Fiches!E4" for numero in range(EVENEMENTS_MAX // 2)}
    trop = releve(fiches={"3.1": DeclarationFiche(cellules=cellules)})
    octets = to_yaml(trop)
    assert len(octets) < OCTETS_MAX
    assert not reads_back(trop, octets)


def test_long_releve_within_the_limits_reads_back() -> None:
    cellules = {f"champ-{numero}": "Fiches!E4" for numero in range(EVENEMENTS_MAX // 4)}
    long = releve(fiches={"3.1": DeclarationFiche(cellules=cellules)})
    assert reread(to_yaml(long)) == long
    assert reads_back(long, to_yaml(long))


def test_written_releve_is_found_in_its_dossier(copie: Path) -> None:
    ecrit = answer("12")
    chemin = copie / path_of(ecrit, to_yaml(ecrit))
    chemin.parent.mkdir(parents=True)
    chemin.write_bytes(to_yaml(ecrit))
    dossier, anomalies = load_dossier(copie)
    assert anomalies == ()
    assert dossier is not None
    assert dossier.releves == {chemin.stem: ecrit}
