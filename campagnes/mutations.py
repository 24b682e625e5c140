"""P3 : des classeurs abîmés au hasard ; rien d'autre n'en sort qu'un refus qui se lit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from struct import pack
from zlib import crc32

from campagnes.compte import Compte
from campagnes.pen import Stylo
from campagnes.terrain import EXERCICE, genres_of, write_contract
from campagnes.typing_hand import draw_answer
from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.collecting import collect_workbook
from clsmon.model.dossier import Dossier
from clsmon.opening import require_dossier
from clsmon.workbooks.form.workbook import render_form

VERIFIE = (
    "de l'ouverture du fichier au relevé relu de son YAML, aucune exception ne s'échappe ; un "
    "classeur est lu, ou refusé en une phrase qui s'imprime"
)
MONTREES = 20

_POISONS = (
    *("0", "-1", "1e309", "NaN", "1,5", "99999999999999999999", "A0", "XFD1048576", "ZZZZ9", ""),
    *("\u0660", "&#0;", "&#xD800;", "_x0000_", "../../a", "_xD83D_", "'", "&lt;", "1_000", "true"),
)
_BALISE = re.compile(rb"<[^<>]*>")
_VALEUR = re.compile(rb'"[^"<>]*"|>[^<>]+<')

Parties = dict[str, bytes]


def run(graine: int, nombre: int, dossier: Path) -> Compte:
    """Abîme `nombre` fois un formulaire rempli : dans ses octets, ou dans le XML d'une partie."""
    hasard = Random(graine)
    compte = Compte(VERIFIE)
    genres = {"1.1": ("nombre", "taux", "decimal", "choix"), "1.2": ("texte", "somme", "oui_non")}
    write_contract(dossier / "contrat", genres)
    ouvert = require_dossier(dossier / "contrat")
    stylo = Stylo(render_form(compute_questionnaire(ouvert, EXERCICE, "org-a")))
    connus = genres_of(genres)
    recu = dossier / "abime.xlsx"
    sorts: Counter[str] = Counter()
    parties: Parties = {}
    for rang in range(nombre):
        if rang % 100 == 0:
            tapees = {cle: draw_answer(hasard, connus[cle]) for cle in stylo.cles}
            cases = {(cle, c): t for cle, f in tapees.items() for c, t in f.cases.items()}
            parties = stylo.unzip(stylo.fill(cases))
        compte.essais += 1
        recu.write_bytes(mutate(hasard, parties))
        try:
            sorts[_collect(ouvert, recu)] += 1
        except Exception as erreur:  # noqa: BLE001  any foreign exception is a fault
            if len(compte.fautes) < MONTREES:
                compte.fautes.append(f"n° {rang} : {type(erreur).__name__} : {erreur}")
    compte.mesures += [f"{combien} {sort}" for sort, combien in sorted(sorts.items())]
    return compte


def mutate(hasard: Random, parties: Parties) -> bytes:
    """Le classeur abîmé : une fois sur quatre dans l'archive, sinon dans le XML d'une partie."""
    if hasard.random() < 0.25:
        octets = bytearray(store(parties))
        for _ in range(hasard.randint(1, 4)):
            hasard.choice(_ARCHIVE)(hasard, octets)
        return bytes(octets)
    abimees = dict(parties)
    for _ in range(hasard.choice((1, 1, 1, 2, 5))):
        nom = hasard.choice(tuple(abimees))
        abimees[nom] = hasard.choice(_XML)(hasard, abimees[nom])
    if hasard.random() < 0.1:
        del abimees[hasard.choice(tuple(abimees))]
    return store(abimees)


def store(parties: Parties) -> bytes:
    """L'archive de ces parties, sans compression : la faire coûte moins que la lire."""
    corps, table = bytearray(), bytearray()
    for nom, octets in parties.items():
        ecrit = nom.encode("utf-8")
        tete = pack(
            "<HHHHHIIIHH",
            20,
            0x800,
            0,
            0,
            33,
            crc32(octets),
            len(octets),
            len(octets),
            len(ecrit),
            0,
        )
        table += (
            b"PK\x01\x02" + pack("<H", 20) + tete + pack("<HHHII", 0, 0, 0, 0, len(corps)) + ecrit
        )
        corps += b"PK\x03\x04" + tete + ecrit + octets
    fin = pack("<HHHHIIH", 0, 0, len(parties), len(parties), len(table), len(corps), 0)
    return bytes(corps + table + b"PK\x05\x06" + fin)


def _collect(dossier: Dossier, recu: Path) -> str:
    """Ce qu'il en advient, en un mot ; laisse passer toute exception."""
    collecte = collect_workbook(dossier, recu, EXERCICE)
    for anomalie in collecte.anomalies:
        if not anomalie.message.strip() or not anomalie.message.isprintable():
            raise ValueError(f"la phrase n'en est pas une : {anomalie.message!r}")
    if collecte.releve is None:
        return f"refusés ({collecte.erreurs[0].code})"
    return "lus avec questions" if collecte.erreurs else "lus"


def _flip(hasard: Random, octets: bytearray) -> None:
    octets[hasard.randrange(len(octets))] ^= 1 << hasard.randrange(8)


def _overwrite(hasard: Random, octets: bytearray) -> None:
    debut = hasard.randrange(len(octets))
    octets[debut : debut + hasard.randint(1, 8)] = hasard.choice(
        (b"\0", b"\xff", b"PK", b"\x7f\xff")
    )


def _cut(hasard: Random, octets: bytearray) -> None:
    del octets[hasard.randrange(1, len(octets)) :]
    if not octets:
        octets += b"P"


def _repeat(hasard: Random, octets: bytearray) -> None:
    debut = hasard.randrange(len(octets))
    octets[debut:debut] = octets[debut : debut + hasard.randint(1, 200)]


def _poison_table(hasard: Random, octets: bytearray) -> None:
    """Un champ d'un en-tête de l'archive : tailles, places, drapeaux, compression."""
    entetes = [m.start() for m in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", octets)]
    if entetes:
        debut = hasard.choice(entetes) + hasard.randint(4, 45)
        octets[debut : debut + 2] = pack("<H", hasard.choice((0, 1, 8, 9, 0x7FFF, 0xFFFF)))


def _drop_tag(hasard: Random, partie: bytes) -> bytes:
    return _on(hasard, _BALISE, partie, lambda _: b"")


def _double_tag(hasard: Random, partie: bytes) -> bytes:
    return _on(hasard, _BALISE, partie, lambda m: m * 2)


def _swap_tag(hasard: Random, partie: bytes) -> bytes:
    autres = _BALISE.findall(partie) or [b"<a>"]
    return _on(hasard, _BALISE, partie, lambda _: hasard.choice(autres))


def _poison_value(hasard: Random, partie: bytes) -> bytes:
    poison = hasard.choice(_POISONS).encode("utf-8")
    return _on(hasard, _VALEUR, partie, lambda m: m[:1] + poison + m[-1:])


def _swap_value(hasard: Random, partie: bytes) -> bytes:
    autres = [v for v in _VALEUR.findall(partie) if v.startswith(b'"')] or [b'""']
    autre = hasard.choice(autres)[1:-1]
    return _on(hasard, _VALEUR, partie, lambda m: m[:1] + autre + m[-1:])


def _scar(hasard: Random, partie: bytes) -> bytes:
    octets = bytearray(partie or b" ")
    hasard.choice((_flip, _overwrite, _cut, _repeat))(hasard, octets)
    return bytes(octets)


def _on(
    hasard: Random, motif: re.Pattern[bytes], partie: bytes, change: Callable[[bytes], bytes]
) -> bytes:
    """La partie dont un morceau pris au hasard parmi ceux du motif est changé."""
    trouves = list(motif.finditer(partie))
    if not trouves:
        return partie
    choisi = hasard.choice(trouves)
    return partie[: choisi.start()] + change(choisi[0]) + partie[choisi.end() :]


_ARCHIVE = (_flip, _overwrite, _cut, _repeat, _poison_table)
_XML = (_drop_tag, _double_tag, _swap_tag, _poison_value, _poison_value, _swap_value, _scar)
