"""P1 : du XML hostile dans un vrai formulaire : entités, encodages, profondeur, démesure."""

from __future__ import annotations

from collections.abc import Iterator

from campagnes.hostile import Fichier, Fin, Parties
from campagnes.hostile_archives import pack_zip

SAISIE, TEXTES = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"
STYLES, PLAN = "xl/styles.xml", "xl/workbook.xml"
LIENS, TYPES, PROPRES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "docProps/custom.xml"
LUES = (SAISIE, TEXTES, STYLES, PLAN, LIENS, PROPRES)

_TETE = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RIRES = b"".join(
    b'<!ENTITY e%d "%s">' % (rang, b"&e%d;" % (rang - 1) * 10 if rang else b"ha" * 10)
    for rang in range(10)
)
DOCTYPES = {
    "rires": b"<!DOCTYPE a [" + _RIRES + b"]>",
    "quadratique": b'<!DOCTYPE a [<!ENTITY e0 "' + b"a" * 100_000 + b'">]>',
    "fichier": b'<!DOCTYPE a [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>',
    "reseau": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
    "parametre": b'<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
}
ENCODAGES = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037")


def entities(parties: Parties) -> Iterator[Fichier]:
    """Des DOCTYPE dans chaque partie lue, et des textes qui les appellent."""
    for partie in LUES:
        for nom, doctype in DOCTYPES.items():
            corps = _body(parties[partie]).replace(b"</", b"&e9;</", 1)
            xml = _TETE + doctype + corps
            yield Fichier(f"doctype-{nom}-{partie}", pack_zip({**parties, partie: xml}))


def encodings(parties: Parties) -> Iterator[Fichier]:
    """Des parties qui ne sont pas en UTF-8, ou qui le prétendent."""
    for partie in (SAISIE, TEXTES, PLAN):
        texte = parties[partie].decode("utf-8")
        for encodage in ENCODAGES:
            change = {partie: texte.encode(encodage, "replace")}
            yield Fichier(f"{encodage}-{partie}", pack_zip({**parties, **change}), Fin.QUESTION)
        for nom, octets in (("nul", b"\0"), ("utf-8-faux", b"\xff\xfe\xc0"), ("controle", b"\1")):
            change = {partie: parties[partie].replace(b"</", octets + b"</", 1)}
            yield Fichier(f"{nom}-{partie}", pack_zip({**parties, **change}), Fin.QUESTION)


def shapes(parties: Parties) -> Iterator[Fichier]:
    """Des parties vides, coupées, mal formées, trop profondes, aux noms démesurés."""
    for partie in LUES:
        entiere = parties[partie]
        fonde = _open(entiere)
        for nom, xml in (
            ("vide", b""),
            ("blanche", b" \n" * 1000),
            ("coupee", entiere[: len(entiere) // 2]),
            ("croisee", entiere.replace(b"</", b"</z", 1)),
            ("profonde", fonde + b"<a>" * 100_000),
            ("un-million-d-attributs", fonde + b"<a " + _attributes(10_000) + b"/>"),
            ("attribut-de-5-mo", fonde + b'<a b="' + _letters(5_000_000) + b'"/>'),
            ("commentaire-de-5-mo", fonde + b"<!--" + _letters(5_000_000) + b"-->"),
            ("nom-de-200-ko", fonde + b"<" + b"a" * 200_000 + b"/>"),
            ("mille-noms", fonde + b"".join(b"<a%d/>" % r for r in range(50_000))),
            ("autre-vocabulaire", b'<a xmlns="http://example.org/">' + b"<b/>" * 5 + b"</a>"),
        ):
            yield Fichier(f"{nom}-{partie}", pack_zip({**parties, partie: xml}), Fin.QUESTION)


def absences(parties: Parties) -> Iterator[Fichier]:
    """Une partie retirée, un lien rompu, en boucle, vers l'extérieur ou en double."""
    for partie in (*LUES, TYPES, "_rels/.rels"):
        reste = {nom: octets for nom, octets in parties.items() if nom != partie}
        yield Fichier(f"sans-{partie}", pack_zip(reste), Fin.QUESTION)
    liens = parties[LIENS]
    for nom, cible in (
        ("lien-rompu", b"worksheets/absente.xml"),
        ("lien-vers-soi", b"workbook.xml"),
        ("lien-vers-les-liens", b"_rels/workbook.xml.rels"),
        ("lien-vers-la-racine", b"/"),
        ("lien-qui-sort", b"../../../../../../etc/passwd"),
        ("lien-vers-le-reseau", b"http://127.0.0.1:9/feuille.xml"),
        ("lien-vers-une-autre-feuille", b"worksheets/sheet1.xml"),
    ):
        change = {LIENS: liens.replace(b"worksheets/sheet2.xml", cible)}
        yield Fichier(nom, pack_zip({**parties, **change}), Fin.QUESTION)
    double = liens.replace(b"</Relationships>", _links(liens) + b"</Relationships>")
    yield Fichier("liens-en-double", pack_zip({**parties, LIENS: double}))
    plan = parties[PLAN].replace(
        b"<sheets>", b"<sheets>" + b'<sheet name="a" r:id="rId1"/>' * 1_001
    )
    yield Fichier("mille-feuilles", pack_zip({**parties, PLAN: plan}))
    jumelle = parties[PLAN].replace(b'name="Saisie"', b'name="Fiches"')
    yield Fichier("feuilles-du-meme-nom", pack_zip({**parties, PLAN: jumelle}), Fin.QUESTION)


def _body(xml: bytes) -> bytes:
    return xml.partition(b"?>")[2].lstrip()


def _open(xml: bytes) -> bytes:
    """La partie jusqu'à sa racine ouverte, comprise."""
    tete, fin, corps = xml.partition(b"?>")
    return tete + fin + corps[: corps.index(b">") + 1]


def _links(liens: bytes) -> bytes:
    debut = liens.index(b"<Relationship ")
    return liens[debut : liens.index(b"/>", debut) + 2]


def _attributes(nombre: int) -> bytes:
    return b" ".join(b'a%d="1"' % rang for rang in range(nombre))


def _letters(taille: int) -> bytes:
    """Des lettres qui se compressent assez peu pour passer sous le taux."""
    return b"".join(b"%08x" % (r * 2_654_435_761 % 2**32) for r in range(taille // 8))
