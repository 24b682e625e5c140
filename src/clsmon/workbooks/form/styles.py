"""L'aspect des classeurs écrits : une couleur d'accent, des gris, lisibles en noir et blanc."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil
from types import MappingProxyType
from typing import Any

from clsmon.model.arial import count_lines

ACCENT, ARDOISE, GRIS, ALERTE = "#0B5FA5", "#1F2D3A", "#5B6472", "#8B1A1A"
POLICE: Mapping[str, Any] = MappingProxyType(
    {"font_name": "Arial", "font_size": 10, "font_scheme": False}
)
"""
Arial a les mêmes chasses que Liberation Sans : un formulaire a partout les mêmes lignes.

Sans `font_scheme` à faux, Excel mettrait à sa place la police du thème.
"""

HAUTEUR_LIGNE = 12.5
"""La hauteur d'une ligne d'Arial 10, en points ; elle suit la taille du caractère."""
HAUTEUR_MAX = 409.0
"""La plus haute ligne qu'accepte Excel, en points."""

RETRAIT = 2.0
"""La largeur, en chiffres, que prennent le retrait et les bords d'une cellule."""
PLACE_DU_GRAS = 0.93
"""La part d'une colonne où compter un texte, pour qu'il y tienne encore en gras."""

TRAITS: Mapping[str, Mapping[str, Any]] = {
    "texte": {"text_wrap": True, "valign": "vcenter", "align": "left", "indent": 1},
    "haut": {"valign": "top"},
    "gras": {"bold": True},
    "gris": {"font_color": GRIS},
    "petit": {"font_size": 9},
    "fixe": {"bottom": 1, "bottom_color": "#C9CFD6"},
    "debut": {"top": 1, "top_color": "#7D8792"},
    "saisie": {"bg_color": "#FFF6D6", "border": 1, "border_color": GRIS, "locked": False},
    "doute": {"bg_color": "#FFD8A8", "border": 2, "border_color": "#B35900", "locked": False},
    "ferme": {"bg_color": "#E1E4E8", "bottom": 1, "bottom_color": "#C9CFD6"},
    "entier": {"num_format": "#,##0"},
    "date": {"num_format": "dd/mm/yyyy"},
    "libre": {"num_format": "@"},
    "colonne": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": GRIS,
        "border": 1,
        "border_color": "#FFFFFF",
        "valign": "vcenter",
        "text_wrap": True,
        "indent": 1,
    },
    "colonne_saisie": {"bg_color": ACCENT},
    "fiche": {
        "bold": True,
        "font_size": 12,
        "font_color": ARDOISE,
        "bg_color": "#D5E3F0",
        "top": 2,
        "top_color": ACCENT,
        "valign": "vcenter",
        "indent": 1,
    },
    "groupe": {
        "bold": True,
        "italic": True,
        "font_color": ACCENT,
        "bottom": 1,
        "bottom_color": ACCENT,
        "valign": "vcenter",
        "indent": 1,
    },
    "sous_titre": {"italic": True, "font_color": GRIS, "valign": "vcenter", "indent": 1},
    "titre": {
        "bold": True,
        "font_size": 18,
        "font_color": "#FFFFFF",
        "bg_color": ACCENT,
        "valign": "vcenter",
        "indent": 1,
    },
    "contrat": {
        "font_size": 11,
        "font_color": "#FFFFFF",
        "bg_color": ACCENT,
        "align": "left",
        "valign": "top",
        "indent": 1,
    },
    "section": {
        "bold": True,
        "font_size": 12,
        "font_color": ACCENT,
        "bottom": 2,
        "bottom_color": ACCENT,
        "valign": "vcenter",
        "indent": 1,
    },
    "etiquette": {"bold": True, "font_color": GRIS},
    "compteur": {
        "bold": True,
        "font_size": 14,
        "font_color": ACCENT,
        "valign": "vcenter",
        "indent": 1,
    },
    "lien": {"font_color": ACCENT, "underline": 1, "valign": "vcenter", "indent": 1},
    "fictif": {
        "bold": True,
        "font_size": 12,
        "font_color": "#FFFFFF",
        "bg_color": ALERTE,
        "valign": "vcenter",
        "indent": 1,
    },
    "verrou": {"locked": True},
    "apostrophe": {"quote_prefix": True},
}
"""Un aspect se compose de traits ; le dernier nommé l'emporte."""


@dataclass
class Styles:
    """Les formats d'un classeur, chacun créé une fois."""

    classeur: Any
    _formats: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def of(self, traits: tuple[str, ...]) -> Any:
        """Le format qui réunit des traits."""
        if traits not in self._formats:
            proprietes: dict[str, Any] = dict(POLICE)
            for trait in traits:
                proprietes |= TRAITS[trait]
            self._formats[traits] = self.classeur.add_format(proprietes)
        return self._formats[traits]


def count_text(texte: str, largeur: float, taille: float = 10) -> int:
    """Le nombre de lignes d'un texte, peut-être gras, dans une colonne de `largeur` chiffres."""
    return count_lines(texte, PLACE_DU_GRAS * (largeur - RETRAIT), taille)


def row_height(
    textes: Iterable[tuple[str, float]], taille: float = 10, minimum: float = 20
) -> float:
    """
    La hauteur, en points, d'une ligne dont chaque texte va avec la largeur de sa colonne.

    Calculée ici parce que LibreOffice et les visionneuses ne la recalculent pas à l'ouverture.
    """
    lignes = max((count_text(texte, largeur, taille) for texte, largeur in textes), default=1)
    return min(HAUTEUR_MAX, max(minimum, ceil(lignes * HAUTEUR_LIGNE * taille / 10) + 5))
