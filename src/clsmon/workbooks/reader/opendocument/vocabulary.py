"""The walk common to the parts of an .ods: the usual prefixes, declared once, at the root."""

from __future__ import annotations

from abc import abstractmethod

from clsmon.workbooks.reader.markup import Walk
from clsmon.workbooks.reader.signature import refuse_ods

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
PREFIXES = {
    "office": f"{_OASIS}:office:1.0",
    "style": f"{_OASIS}:style:1.0",
    "text": f"{_OASIS}:text:1.0",
    "table": f"{_OASIS}:table:1.0",
    "meta": f"{_OASIS}:meta:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
"""The prefixes every writer uses, and what they stand for (ODF 1.3 part 3, § 1.3)."""

_SPACES = {address: prefix for prefix, address in PREFIXES.items()}


class OdfWalk(Walk):
    """
    A walk where « table:table-cell » is written so, and means the ODF element of that name.

    A part that gives these prefixes another meaning, or these meanings another prefix, is refused:
    a cell could hide there.
    """

    def start_root(self, name: str, attributes: dict[str, str]) -> None:
        """Checks the prefixes declared at the root. Raises `ClasseurRefuse` (FOR004)."""
        _check_spaces(attributes)
        if f"xmlns:{name.partition(':')[0]}" not in attributes:
            raise refuse_ods("n'est pas écrit dans le vocabulaire d'un classeur")
        self.read_on(self._open_checked)
        self.open_part(name)

    def take_prefix(self, prefix: str) -> None:
        """Nothing to learn: the prefixes are those of `PREFIXES`."""

    @abstractmethod
    def open_part(self, name: str) -> None:
        """Called at the root, once its prefixes are checked."""

    def _open_checked(self, name: str, attributes: dict[str, str]) -> None:
        for key in attributes:
            if key.startswith("xmlns"):
                _check_spaces(attributes)
                break
        self.open_element(name, attributes)


def _check_spaces(attributes: dict[str, str]) -> None:
    for key, address in attributes.items():
        head, _, prefix = key.partition(":")
        if head != "xmlns":
            continue
        if PREFIXES.get(prefix, address) != address or _SPACES.get(address, prefix) != prefix:
            raise refuse_ods("est écrit avec des préfixes inhabituels")
