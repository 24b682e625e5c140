"""An HTML page as a test reads it: elements, attributes and words, in order."""

from __future__ import annotations

from html.parser import HTMLParser


class Page(HTMLParser):
    """The elements of a page and those of its drawings, apart; its words without its style."""

    def __init__(self, texte: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.dessins: list[tuple[str, dict[str, str | None]]] = []
        self.mots: list[str] = []
        self._muet = False
        self._dessin = False
        self.feed(texte)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._dessin:
            self.elements.append((tag, dict(attrs)))
        else:
            self.dessins.append((tag, dict(attrs)))
        self._dessin = self._dessin or tag == "svg"
        self._muet = tag in {"style", "script"}

    def handle_endtag(self, tag: str) -> None:
        self._dessin = self._dessin and tag != "svg"
        self._muet = self._muet and tag not in {"style", "script"}

    def handle_data(self, data: str) -> None:
        if not self._muet and data.strip():
            self.mots.append(data.strip())

    @property
    def genres(self) -> list[str]:
        """The names of the elements, in order."""
        return [nom for nom, _ in self.elements]

    def all_of(self, attribut: str) -> list[str]:
        """Every value of an attribute, in order, those of the drawings at the end."""
        elements = (*self.elements, *self.dessins)
        return [str(a[attribut]) for _, a in elements if attribut in a]
