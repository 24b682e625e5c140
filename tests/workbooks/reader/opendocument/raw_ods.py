"""Minimal .ods archives written by hand, so that a test says exactly which XML it reads."""

from __future__ import annotations

from tests.workbooks.reader.raw_workbook import zip_parts

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = {
    prefix: f"urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"
    for prefix in ("office", "table", "text", "style", "meta", "manifest")
} | {"calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"}
DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in SPACES.items())


def content(body: str, styles: str = "", declared: str = DECLARED) -> str:
    """The content part around the XML of its spreadsheet."""
    return (
        f"<office:document-content {declared}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def table(rows: str, name: str = "Saisie", more: str = "") -> str:
    """One sheet around the XML of its rows."""
    return f'<table:table table:name="{name}"{more}>{rows}</table:table>'


def row(*cells: str, times: str = "") -> str:
    """One row around the XML of its cells."""
    repeated = f' table:number-rows-repeated="{times}"' if times else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def cell(inner: str = "", **attributes: str) -> str:
    """One cell; `value_type="float"` is `office:value-type`, `columns_repeated` the table's own."""
    written = "".join(f' {_name(key)}="{value}"' for key, value in attributes.items())
    return f"<table:table-cell{written}>{inner}</table:table-cell>"


def _name(key: str) -> str:
    word = key.replace("_", "-")
    if key == "formula":
        return "table:formula"
    if key == "told":
        return "calcext:value-type"
    if key.endswith(("repeated", "spanned")):
        return f"table:number-{word}"
    return f"office:{word}"


def number(value: str, shown: str | None = None, **attributes: str) -> str:
    """A cell of a number, with the text that it shows."""
    inner = "" if shown is None else f"<text:p>{shown}</text:p>"
    return cell(inner, **{"value_type": "float", "value": value, **attributes})


def parts(content_xml: str | bytes, **changed: str | bytes) -> dict[str, str | bytes]:
    """The parts of an .ods; `meta` and `manifest` add theirs."""
    found: dict[str, str | bytes] = {"mimetype": MIMETYPE, "content.xml": content_xml}
    names = {"meta": "meta.xml", "manifest": "META-INF/manifest.xml", "mimetype": "mimetype"}
    for word, added in changed.items():
        found[names[word]] = added
    return found


def ods(*rows: str, **changed: str | bytes) -> bytes:
    """An .ods of one sheet « Saisie » with these rows."""
    return zip_parts(parts(content(table("".join(rows))), **changed))
