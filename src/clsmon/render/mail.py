"""Un courriel prêt à ouvrir, qui ne part pas : les mêmes octets pour le même contenu."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP

XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
FRONTIERE = "=_clsmon_relance"
"""« =_ » ne s'écrit ni en base64 ni en quoted-printable : elle ne peut être dans un contenu."""


def render_mail(
    objet: str,
    corps: str,
    destinataires: Sequence[str] = (),
    piece: tuple[str, bytes] | None = None,
) -> bytes:
    """
    Un brouillon (.eml) que la messagerie ouvre à relire et à envoyer.

    Ni date ni identifiant : la messagerie les met à l'envoi. `piece` : le nom et les octets du
    classeur joint. Sans destinataire, il n'y a pas de champ « À ».
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = objet
    if destinataires:
        message["To"] = ", ".join(destinataires)
    message["X-Unsent"] = "1"
    message.set_content(corps, charset="utf-8", cte="quoted-printable")
    if piece is not None:
        nom, octets = piece
        message.add_attachment(octets, *XLSX, filename=nom)
        message.set_boundary(FRONTIERE)
    return message.as_bytes()
