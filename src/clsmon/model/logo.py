"""Le logo d'un signataire (article 8) : une image PNG en couleur."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Logo:
    """
    L'image d'un signataire, telle qu'elle est dans `data/logos/` ; ses côtés en pixels.

    `densite` : ses pixels par mètre, en largeur et en hauteur, si elle les dit.
    """

    organisme: str
    octets: bytes
    largeur: int
    hauteur: int
    en_couleur: bool = True
    densite: tuple[int, int] | None = None

    @property
    def fichier(self) -> str:
        """Le nom de sa copie à côté d'un document."""
        return f"logo-{self.organisme}.png"
