"""A draft of e-mail: it reads back as written, it is never dated, it is the same twice."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from clsmon.render.mail import FRONTIERE, render_mail

from .hostile import HOSTILES

CORPS = "Bonjour,\n\nIl manque : « Écoles concernées ».\n"


def read(octets: bytes) -> EmailMessage:
    message = message_from_bytes(octets, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def body_of(message: EmailMessage) -> str:
    corps = message.get_body(("plain",))
    assert isinstance(corps, EmailMessage)
    return str(corps.get_content()).replace("\r\n", "\n")


def test_it_reads_back_as_written() -> None:
    octets = render_mail("Vos réponses", CORPS, ("a@b.fr", "c@d.fr"), ("apo.xlsx", b"PK\x00\xff"))
    message = read(octets)
    assert (message["Subject"], message["To"]) == ("Vos réponses", "a@b.fr, c@d.fr")
    assert message["X-Unsent"] == "1"
    assert body_of(message) == CORPS
    (piece,) = message.iter_attachments()
    assert piece.get_filename() == "apo.xlsx"
    assert piece.get_content() == b"PK\x00\xff"


def test_nothing_in_it_depends_on_the_moment_or_the_machine() -> None:
    seul = read(render_mail("Objet", CORPS))
    assert {"Date", "Message-ID", "From", "To"}.isdisjoint(seul.keys())
    piece = ("apo.xlsx", bytes(range(256)) * 40)
    assert render_mail("Objet", CORPS, (), piece) == render_mail("Objet", CORPS, (), piece)


def test_lines_end_as_mail_wants() -> None:
    octets = render_mail("Objet", CORPS, (), ("apo.xlsx", b"x" * 1000))
    assert octets.count(b"\n") == octets.count(b"\r\n")
    assert max(map(len, octets.split(b"\r\n"))) <= 80


@pytest.mark.parametrize("texte", [*HOSTILES, f"--{FRONTIERE}--", "From moi", ".", "é" * 500])
def test_no_text_leaves_the_body(texte: str) -> None:
    propre = texte.replace("\r\n", "\n").replace("\r", "\n")
    corps = f"Bonjour,\n{propre}\n"
    message = read(render_mail("Objet", corps, ("a@b.fr",), ("apo.xlsx", b"x")))
    assert message["To"] == "a@b.fr"
    assert len(list(message.iter_attachments())) == 1
    assert body_of(message).startswith("Bonjour,\n")
