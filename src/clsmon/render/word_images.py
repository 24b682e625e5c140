"""Les images d'un .docx : graphiques et logos, chacune avec son texte de remplacement."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any

from clsmon.render.charts import Graphique
from clsmon.render.word_xml import write_attribute

UNITES = 635
"""Les unités de mesure d'un dessin dans un vingtième de point."""
LOGO = (2200, 1000)
"""La plus grande place d'un logo sur la couverture : 39 mm sur 18, en vingtièmes de point."""
PART_DE_COLONNE = 0.9
"""Ce qu'un logo prend au plus de sa colonne : deux voisins ne se touchent pas."""
PIXEL = 15
"""Un pixel d'écran, en vingtièmes de point : un logo n'est pas agrandi."""
PART_DE_PAGE = 0.8
"""Ce qu'un graphique prend au plus de la hauteur d'une page."""


class Images:
    """Les images posées dans un document, numérotées dans l'ordre."""

    def __init__(self, word: Any, peindre: Callable[[Graphique], bytes]) -> None:
        self._word = word
        self._peindre = peindre
        self._rang = 0

    def draw_chart(self, graphique: Graphique, place: tuple[int, int]) -> str:
        """Le graphique, aussi large que la page s'il n'en devient pas trop haut."""
        octets = self._peindre(graphique)
        largeur, hauteur = struct.unpack(">II", octets[16:24])
        echelle = min(place[0] / largeur, PART_DE_PAGE * place[1] / hauteur)
        taille = (largeur * echelle, hauteur * echelle)
        return self._draw(octets, graphique.titre, graphique.texte, taille)

    def draw_logos(
        self, logos: Iterable[tuple[str, Any]], colonnes: int, largeur: int
    ) -> Iterator[str]:
        """Les logos, rangée par rangée : chacun après une tabulation, jamais déformé."""
        dessins = []
        place = (min(LOGO[0], PART_DE_COLONNE * largeur / colonnes), LOGO[1])
        for nom, logo in logos:
            echelle = min(PIXEL, place[0] / logo.largeur, place[1] / logo.hauteur)
            taille = (logo.largeur * echelle, logo.hauteur * echelle)
            dessins.append("<w:r><w:tab/></w:r>" + self._draw(logo.octets, nom, nom, taille))
        for premier in range(0, len(dessins), colonnes):
            yield "".join(dessins[premier : premier + colonnes])

    def _draw(self, octets: bytes, titre: str, texte: str, taille: tuple[float, float]) -> str:
        relation, _ = self._word.part.get_or_add_image(BytesIO(octets))
        self._rang += 1
        cotes = 'cx="{}" cy="{}"'.format(*(round(cote * UNITES) for cote in taille))
        return (
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent {cotes}/><wp:docPr id="{self._rang}" name="Image {self._rang}" '
            f'descr="{write_attribute(texte)}" title="{write_attribute(titre)}"/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
            "</wp:cNvGraphicFramePr><a:graphic><a:graphicData "
            'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{self._rang}" name="Image {self._rang}"/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/>'
            "</a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
            f'<a:off x="0" y="0"/><a:ext {cotes}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
            "</w:drawing></w:r>"
        )
