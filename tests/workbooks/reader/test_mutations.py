"""Workbooks changed at random: a refusal or a workbook, never another exception."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from clsmon.workbooks.reader.biff.compound import Compound
from clsmon.workbooks.reader.cells import ClasseurRefuse, read_workbook
from tests.workbooks.reader.biff.raw_xls import compound
from tests.workbooks.reader.raw_workbook import zip_parts

FIXTURES = Path(__file__).parent / "fixtures"
Mutation = Callable[[random.Random], bytes]

PIECES = (
    b"<table:table-cell>",
    b"</table:table-cell>",
    b"<table:table-row>",
    b"<text:p>",
    b"</text:p>",
    b'table:number-columns-repeated="99999"',
    b"office:value=",
    b'"float"',
    b'"date"',
    b"]]>",
    b"\xff",
    b"&#0;",
    b"&x;",
)


def change(octets: bytes, chance: random.Random, pieces: tuple[bytes, ...]) -> bytes:
    """One to four small changes: a flipped bit, a piece cut, moved, doubled or put in."""
    changed = bytearray(octets)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(changed))
        length = chance.choice((1, 2, 4, 8, 60))
        match chance.randrange(5):
            case 0:
                changed[place] ^= 1 << chance.randrange(8)
            case 1:
                del changed[place : place + length]
            case 2:
                changed[place:place] = changed[place : place + length]
            case 3:
                there = chance.randrange(len(changed))
                changed[place : place + length] = changed[there : there + length]
            case _:
                changed[place:place] = chance.choice(pieces)
    return bytes(changed)


def mutate_ods() -> Mutation:
    """Changes in the XML of an .ods, whose archive stays sound."""
    with zipfile.ZipFile(io.BytesIO((FIXTURES / "natures.ods").read_bytes())) as archive:
        parts = {name: archive.read(name) for name in ("mimetype", "content.xml", "meta.xml")}
    body = parts["content.xml"].index(b"<office:body>")

    def mutate(chance: random.Random) -> bytes:
        head, tail = parts["content.xml"][:body], parts["content.xml"][body:]
        if chance.random() < 0.05:
            head = change(head, chance, PIECES)
        changed = head + change(tail, chance, PIECES)
        return zip_parts({**parts, "content.xml": changed})

    return mutate


def mutate_xls() -> Mutation:
    """Changes in the records of an .xls, or in the sectors around them."""
    whole = (FIXTURES / "natures.xls").read_bytes()
    flux = Compound(whole).stream("Workbook")
    assert flux is not None
    pieces = (b"\x0a\0\0\0", b"\x09\x08", b"\x3c\0\0\0", b"\xff\xff\xff\xff", b"\xfd\0\x0a\0")

    def mutate(chance: random.Random) -> bytes:
        if chance.random() < 0.3:
            return change(whole, chance, pieces)
        return compound({"Workbook": change(flux, chance, pieces)})

    return mutate


def run(mutate: Mutation, seed: int, count: int) -> Counter[str]:
    """How many ended in each way; an exception that is not a refusal goes up."""
    ends: Counter[str] = Counter()
    for number in range(count):
        octets = mutate(random.Random(seed * 1_000_003 + number))
        try:
            classeur = read_workbook(octets, "mute")
        except ClasseurRefuse as refus:
            ends[refus.code] += 1
        else:
            ends["lu, une anomalie" if classeur.anomalies else "lu"] += 1
    return ends


FAMILIES = pytest.mark.parametrize("family", [mutate_ods, mutate_xls], ids=["ods", "xls"])


@FAMILIES
def test_mutated_workbooks_end_in_a_refusal_or_a_workbook(family: Callable[[], Mutation]) -> None:
    ends = run(family(), seed=1, count=150)
    assert ends.total() == 150
    assert len(ends) >= 3, "the changes reach the reader"


@pytest.mark.campagne
@FAMILIES
def test_campaign_of_mutations(
    family: Callable[[], Mutation], capsys: pytest.CaptureFixture[str]
) -> None:
    """`CLSMON_GRAINE=2 CLSMON_NOMBRE=20000 python -m pytest -m campagne tests/workbooks/reader`."""
    seed = int(os.environ.get("CLSMON_GRAINE", "2"))
    count = int(os.environ.get("CLSMON_NOMBRE", "5000"))
    ends = run(family(), seed, count)
    with capsys.disabled():
        print(f"\n{family.__name__}, graine {seed} : {count} classeurs, {dict(ends)}")  # noqa: T201
    assert ends.total() == count
