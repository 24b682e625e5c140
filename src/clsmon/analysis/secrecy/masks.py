"""
Ce qui se masque dans un bilan public : les petits effectifs, et tout ce qui leur est lié.

La règle est simple et sûre : dès qu'une valeur d'une famille est petite, aucune valeur de la
famille n'est publiée pour cet exercice. Rien n'est cherché de moins coûteux.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from clsmon.analysis.constat import compute_constat
from clsmon.analysis.heads import compute_syntheses
from clsmon.analysis.secrecy.persons import Familles, families_of, find_whole
from clsmon.model.anomalie import natural_key
from clsmon.model.bilan import Bilan
from clsmon.model.constat import Constat
from clsmon.model.contestation import ChiffreConteste
from clsmon.model.dossier import Dossier
from clsmon.model.indicateur import TypeMesure
from clsmon.model.noeud import read_decimal
from clsmon.model.publication import Secret
from clsmon.model.releve import Valeur

Case = tuple[str, int]
"""La valeur d'une mesure pour un exercice : sa clé et l'année."""
Termes = tuple[Decimal | None, Decimal | None, Decimal | None]
"""Nombre, numérateur, dénominateur."""
Constats = dict[Case, Constat]


def compute_secret(dossier: Dossier, bilan: Bilan) -> Secret:
    """
    Ce qui est masqué d'un bilan : chaque petit effectif, sa famille, et ce qui l'était déjà.

    Ce que les fichiers de publication disent masqué le reste, avec sa famille.
    """
    familles = families_of(dossier)
    seuil = dossier.contrat.regles.secret.seuil
    cas = {*_small_cells(dossier, bilan, familles, seuil), *_already_masked(dossier)}
    masques = spread(familles, cas)
    publication = dossier.publications.get(bilan.exercice)
    listees = publication.fiches if publication else ()
    return Secret(
        seuil,
        tuple(sorted(masques)),
        tuple(sorted(_initials(dossier, familles, masques, seuil))),
        tuple(
            sorted({dossier.fiche[f].id for f in listees if f in dossier.fiche}, key=natural_key)
        ),
    )


def spread(familles: Familles, cases: set[Case]) -> frozenset[Case]:
    """Ces cases, et pour le même exercice toutes celles de leurs familles."""
    return frozenset(
        (autre, annee) for cle, annee in cases for autre in familles.get(cle, frozenset({cle}))
    )


def _already_masked(dossier: Dossier) -> Iterator[Case]:
    for annee, publication in dossier.publications.items():
        for cle in publication.masques:
            yield dossier.cles_actuelles.get(cle, cle), annee


def _small_cells(dossier: Dossier, bilan: Bilan, familles: Familles, seuil: int) -> Iterator[Case]:
    """Les cases dont un nombre, quel que soit celui qui le dit, est un petit effectif."""
    constats = _all_findings(dossier, bilan, familles)
    for case, constat in constats.items():
        dits = any(_reveals(termes, seuil, _is_rate(dossier, case)) for termes in _said(constat))
        if dits or _small_rest(dossier, constats, case, seuil):
            yield case
    for cle, annee, termes in _said_elsewhere(bilan):
        if cle in familles and _reveals(termes, seuil, _is_rate(dossier, (cle, annee))):
            yield cle, annee


def _is_rate(dossier: Dossier, case: Case) -> bool:
    return dossier.mesures[case[0]].mesure.type is TypeMesure.TAUX


def _all_findings(dossier: Dossier, bilan: Bilan, familles: Familles) -> Constats:
    """Tout ce qui se sait des mesures de personnes, même de celles que ce bilan ne montre pas."""
    return {
        (cle, annee): compute_constat(dossier, dossier.mesures[cle], annee, syntheses)
        for annee in bilan.annees
        for syntheses in (compute_syntheses(dossier, annee),)
        for cle in familles
    } | {
        (r.ancienne.cle, r.dernier.exercice): r.dernier
        for ligne in bilan.lignes
        if (r := ligne.rupture) and r.dernier and r.ancienne.cle in familles
    }


def numbers_of(constat: Constat) -> frozenset[Decimal]:
    """Tous les nombres que porte un constat."""
    return frozenset(n for termes in _said(constat) for n in termes if n is not None)


def _said(constat: Constat | None) -> Iterator[Termes]:
    """Tout nombre que porte un constat : retenu, déclaré, proposé, montré à qui conteste."""
    if constat is None:
        return
    yield constat.nombre, constat.numerateur, constat.denominateur
    yield from (terms_of(d.valeur) for d in constat.declarations)
    for chiffre in constat.contestations:
        yield from _contested(chiffre)
    yield from _said(constat.declare)


def terms_of(valeur: Valeur) -> Termes:
    """Les nombres d'une réponse ; aucun si ce n'en est pas un."""
    try:
        return valeur.nombre, valeur.numerateur, valeur.denominateur
    except ValueError:
        return None, None, None


def _contested(chiffre: ChiffreConteste) -> Iterator[Termes]:
    yield terms_of(chiffre.contestation.proposee)
    yield _canonical(chiffre.contestation.valeur_declaree)


def _canonical(texte: str) -> Termes:
    """Les nombres d'une valeur en texte canonique, « 12 » ou « 41/60 »."""
    haut, _, bas = texte.partition("/")
    try:
        if bas:
            return None, read_decimal(haut), read_decimal(bas)
        return read_decimal(haut), None, None
    except ValueError:
        return None, None, None


def _said_elsewhere(bilan: Bilan) -> Iterator[tuple[str, int, Termes]]:
    """Ce qui se dit d'une mesure à côté de sa ligne : l'examen, les retours après l'adoption."""
    for suivie in bilan.examen.contestations:
        for termes in (*_contested(suivie.chiffre), *_said(suivie.constat)):
            yield suivie.chiffre.cle, suivie.chiffre.exercice, termes
    for retour in bilan.cloture.tardifs:
        for mesure in retour.mesures:
            for dite in filter(None, (mesure.adoptee, mesure.recue)):
                yield mesure.situee.cle, bilan.exercice, terms_of(dite.valeur)


def _reveals(termes: Termes, seuil: int, taux: bool) -> bool:
    """
    Vrai si ces nombres disent un petit effectif.

    Un taux en dit trois : ceux qui y sont, tous, et ceux qui n'y sont pas. Sans ses termes, il
    peut en dire un : il se masque.
    """
    nombre, haut, bas = termes
    if haut is None or bas is None:
        return bool(nombre) if taux else nombre is not None and is_small(nombre, seuil)
    return any(is_small(n, seuil) for n in (haut, bas, bas - haut))


def is_small(nombre: Decimal, seuil: int) -> bool:
    """Vrai de 1 à `seuil` - 1 personnes, et de ce qui n'est pas un compte rond avant 1."""
    return 0 < nombre < seuil


def _small_rest(dossier: Dossier, constats: Constats, case: Case, seuil: int) -> bool:
    """Vrai si le tout, moins cette partie ou moins toutes ses parties, laisse un petit effectif."""
    cle, annee = case
    tout = find_whole(dossier, dossier.mesures[cle])
    entier = constats.get((tout.cle, annee)) if tout else None
    if tout is None or entier is None:
        return False
    parties = [
        constat
        for (autre, an), constat in constats.items()
        if an == annee and find_whole(dossier, dossier.mesures[autre]) is tout
    ]
    restes = (
        (totalite - partie)
        for totalite in _numbers(entier)
        for partie in (*_numbers(constats[case]), _sum_numbers(parties))
    )
    return any(is_small(reste, seuil) for reste in restes)


def _numbers(constat: Constat) -> tuple[Decimal, ...]:
    return tuple(n for nombre, *_ in _said(constat) if (n := nombre) is not None)


def _sum_numbers(constats: list[Constat]) -> Decimal:
    return sum((c.nombre for c in constats if c.nombre is not None), Decimal(0))


def _initials(
    dossier: Dossier, familles: Familles, masques: frozenset[Case], seuil: int
) -> Iterator[str]:
    """Les clés dont la valeur initiale se masque : petite, de la même famille, ou d'une case."""
    for cle, famille in familles.items():
        for autre in famille:
            initiale = dossier.mesures[autre].mesure.valeur_initiale
            if initiale and (
                is_small(initiale.valeur, seuil) or (autre, initiale.annee) in masques
            ):
                yield cle
                break
