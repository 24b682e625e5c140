"""Minimal .xlsx archives written by hand, so that a test says exactly which XML it reads."""

from __future__ import annotations

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def relations(*links: tuple[str, str, str]) -> str:
    """A .rels part of (Id, last word of the type, target)."""
    rows = "".join(
        f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for identifier, kind, target in links
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def sheet(rows: str, after: str = "") -> str:
    """A worksheet part around the XML of its rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def cells(*written: str) -> str:
    """A worksheet of one first row around the XML of its cells."""
    return sheet(f'<row r="1">{"".join(written)}</row>')


def workbook(sheets: str, properties: str = "", after: str = "") -> str:
    """The workbook part around the XML of its sheet list."""
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}'
        f"<sheets>{sheets}</sheets>{after}</workbook>"
    )


def minimal_parts(sheet_xml: str) -> dict[str, str | bytes]:
    """The parts of a workbook of one sheet « Saisie »."""
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook('<sheet name="Saisie" sheetId="1" r:id="rId1"/>'),
        "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet_xml,
    }


def zip_parts(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The archive of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def minimal(sheet_xml: str, **changed: str | bytes) -> bytes:
    """The archive of `minimal_parts`; `strings` and `styles` add these parts and their links."""
    parts = minimal_parts(sheet_xml)
    links = [("rId1", "worksheet", "worksheets/sheet1.xml")]
    kinds = {"strings": "sharedStrings", "styles": "styles"}
    for word, content in changed.items():
        links.append((f"rId-{word}", kinds[word], f"{word}.xml"))
        parts[f"xl/{word}.xml"] = content
    parts["xl/_rels/workbook.xml.rels"] = relations(*links)
    return zip_parts(parts)
