"""Le bilan public : les documents, tous à la fois, et ce qui est noté de ce qu'ils masquent."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.secrecy.public import publish
from clsmon.closing import adopt, check_faithful, write_life
from clsmon.logos import LOGOS, load_logos
from clsmon.model.anomalie import ClsmonError, Lieu
from clsmon.model.bilan import Bilan
from clsmon.model.dossier import Dossier
from clsmon.model.publication import Publication
from clsmon.reporting import render_documents
from clsmon.text.loading import EXERCICES, PUBLICATIONS
from clsmon.text.shape import read_node
from clsmon.text.store import to_yaml
from clsmon.text.yaml_door import load_yaml
from clsmon.writing import write_together

_LISTE = re.compile(r"^masques:.*\n?(?:[ \t-].*\n?|\n)*", re.MULTILINE)
"""La liste des clés masquées, telle qu'elle est écrite dans le fichier."""


def write_public(
    dossier: Dossier, exercice: int, jour: date, *, definitif: bool = False
) -> tuple[Bilan, Bilan, tuple[Path, ...]]:
    """
    Écrit le bilan public dans tous les formats ; rend le bilan interne, le public et les fichiers.

    Tous les documents viennent du seul bilan public. Les clés qu'il masque sont notées dans
    `data/publications/` en même temps : tout est écrit, ou rien. `definitif` fige d'abord le bilan
    adopté. Lève ClsmonError comme `write_bilan`, et si un logo manque à un document définitif.
    """
    if definitif:
        dossier = adopt(dossier, exercice, jour)
        check_logos(dossier)
    logos, _ = load_logos(dossier)
    bilan = replace(compute_bilan(dossier, exercice, jour), logos=logos)
    if definitif:
        check_faithful(bilan)
    public = publish(dossier, bilan)
    documents = render_documents(dossier, public)
    notes = {}
    if octets := write_masks(dossier, public):
        notes[dossier.racine / PUBLICATIONS / f"{exercice}.yaml"] = octets
    if definitif:
        notes[dossier.racine / EXERCICES / f"{exercice}.yaml"] = write_life(dossier, exercice)
    write_together(documents | notes)
    return bilan, public, tuple(documents)


def check_logos(dossier: Dossier) -> None:
    """Lève ClsmonError si un signataire n'a pas de logo utilisable (article 8)."""
    presents = {logo.organisme for logo in load_logos(dossier)[0]}
    manquants = [code for code in dossier.contrat.signataires if code not in presents]
    if not manquants:
        return
    noms = ", ".join(f"{code}.png" for code in manquants)
    raise ClsmonError(
        "un bilan public définitif porte le logo de chaque signataire ; sont absents ou "
        f"illisibles : {noms}",
        Lieu(LOGOS),
        f"Rangez dans {LOGOS}/ le logo en couleur de chacun, au format PNG, sous ce nom (article "
        "8). Rien n'est écrit ; sans --definitif, le projet public se rédige.",
    )


def write_masks(dossier: Dossier, public: Bilan) -> bytes:
    """
    Les octets de `data/publications/<exercice>.yaml`, les clés masquées de ce bilan ajoutées.

    Vides s'il n'y a rien à écrire. Aucune clé n'en est ôtée ; seule la liste « masques » est
    récrite : les remarques écrites à la main au-dessus restent.
    """
    ancienne = dossier.publications.get(public.exercice, Publication())
    masquees = public.secret.masked_in(public.exercice) if public.secret else ()
    nouvelle = Publication(
        fiches=ancienne.fiches, masques=tuple(sorted({*ancienne.masques, *masquees}))
    )
    chemin = dossier.racine / PUBLICATIONS / f"{public.exercice}.yaml"
    if not chemin.is_file():
        return to_yaml(nouvelle)
    avant = chemin.read_bytes()
    if set(nouvelle.masques) == set(ancienne.masques):
        return avant
    gardees = _LISTE.sub("", avant.decode("utf-8")).rstrip().encode("utf-8")
    ajoute = gardees + b"\n" + to_yaml(Publication(masques=nouvelle.masques))
    return ajoute if _read(ajoute) == nouvelle else to_yaml(nouvelle)


def _read(octets: bytes) -> Publication | None:
    brut, anomalies = load_yaml(octets, PUBLICATIONS)
    return None if brut is None or anomalies else read_node(Publication, brut, "SEA")[0]
