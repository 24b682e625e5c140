"""
L'unique porte des fichiers YAML : un passage sur les événements de libyaml.

Tout scalaire reste un texte ; seuls `null`, `~` et le vide non cité valent « absent ». Chaque clé
et chaque valeur garde sa place. Clés en double, ancres, alias, étiquettes et documents multiples
sont refusés, et un fichier trop grand ou trop profond l'est avant d'être construit.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.noeud import Carte, Marque, Nu, Place, Suite

OCTETS_MAX = 1_000_000
EVENEMENTS_MAX = 50_000
PROFONDEUR_MAX = 32

_CHARGEUR: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REFUSES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ABSENTS = frozenset({"", "~", "null", "Null", "NULL"})

_DEBUTS = frozenset({ScalarEvent, MappingStartEvent, SequenceStartEvent})
_FINS = frozenset({MappingEndEvent, SequenceEndEvent})

_PHRASES = (
    ("cannot start any token", "ce caractère ne peut pas commencer une valeur", "citez le texte"),
    (
        "mapping values are not allowed",
        "« : » inattendu : deux clés sur la même ligne, ou un texte qui contient « : »",
        "mettez le texte entre guillemets",
    ),
    ("could not find expected ':'", "il manque « : » après la clé", "écrivez « clé: valeur »"),
    (
        "did not find expected key",
        "retrait ou guillemets incorrects : une clé était attendue ici",
        "alignez la ligne sur ses voisines et fermez les guillemets",
    ),
    (
        "did not find expected '-' indicator",
        "retrait incorrect : un élément de liste « - » était attendu ici",
        "alignez la ligne sur les autres éléments de la liste",
    ),
    (
        "found unexpected end of stream",
        "le fichier s'arrête au milieu d'une valeur",
        "fermez les guillemets ou les crochets ouverts",
    ),
    ("did not find expected ',' or", "il manque une virgule ou un crochet", "fermez la liste"),
    ("unknown escape character", "« \\ » inattendu entre guillemets", "doublez le « \\ »"),
)


class _RefuseError(Exception):
    """Ce document ne peut pas être construit : code, place, message, conseil."""

    def __init__(self, code: str, marque: Marque, message: str, conseil: str) -> None:
        super().__init__(message)
        self.code, self.marque, self.message, self.conseil = code, marque, message, conseil


def load_yaml(octets: bytes, fichier: str) -> tuple[Carte | Suite | None, tuple[Anomalie, ...]]:
    """
    Lit un document YAML ; rend (document, anomalies), le document valant None s'il est refusé.

    `fichier` est le nom à montrer. Les anomalies ont les codes YML001 à YML010.
    """
    doublons: list[Anomalie] = []
    try:
        document = _build(_decode(octets), fichier, doublons)
    except _RefuseError as refus:
        anomalie = _anomaly(fichier, refus.code, refus.marque, refus.message, refus.conseil)
        return None, (*doublons, anomalie)
    return document, tuple(doublons)


def _anomaly(fichier: str, code: str, marque: Marque, message: str, conseil: str) -> Anomalie:
    lieu = Lieu(fichier, marque.ligne, marque.colonne, longueur=marque.longueur)
    return Anomalie(lieu, code, Gravite.ERREUR, message, conseil)


def _decode(octets: bytes) -> str:
    if len(octets) > OCTETS_MAX:
        raise _RefuseError(
            "YML007",
            Marque(1, 1, 1),
            f"fichier trop grand : plus de {OCTETS_MAX} octets",
            "répartissez son contenu en plusieurs fichiers",
        )
    try:
        texte = octets.decode("utf-8")
    except UnicodeDecodeError as erreur:
        debut = octets[: erreur.start]
        ligne = debut.count(b"\n") + 1
        colonne = len(debut[debut.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise _RefuseError(
            "YML006",
            Marque(ligne, colonne, 1),
            f"le fichier n'est pas en UTF-8 (octet {octets[erreur.start]:02X} hexadécimal)",
            "réenregistrez-le en choisissant l'encodage UTF-8",
        ) from None
    texte = texte.removeprefix("\ufeff")
    if refuse := _REFUSES.search(texte):
        debut_ligne = texte.rfind("\n", 0, refuse.start()) + 1
        raise _RefuseError(
            "YML008",
            Marque(texte.count("\n", 0, refuse.start()) + 1, refuse.start() - debut_ligne + 1, 1),
            f"caractère invisible refusé : U+{ord(refuse.group()):04X}",
            "supprimez-le ou retapez la ligne",
        )
    return texte


def _build(texte: str, fichier: str, doublons: list[Anomalie]) -> Carte | Suite:
    chargeur = _CHARGEUR(texte)
    try:
        racine = _walk(chargeur.get_event, fichier, doublons)
    except yaml.MarkedYAMLError as erreur:
        raise _syntax(erreur, texte) from None
    finally:
        chargeur.dispose()
    if racine is None:
        raise _RefuseError(
            "YML009",
            Marque(1, 1, 1),
            "le fichier est vide ou ne contient qu'un texte",
            "écrivez des « clé: valeur »",
        )
    return racine


def _walk(read: Any, fichier: str, doublons: list[Anomalie]) -> Carte | Suite | None:
    """Lit tous les événements en un passage, presque sans appel : c'est là qu'est le temps."""
    documents = Suite()
    noeud: Any = documents
    parents: list[Carte | Suite] = []
    cle: str | None = None
    valeur: Any
    for rang, evenement in enumerate(iter(read, None)):
        genre = type(evenement)
        if genre in _FINS:
            noeud = parents.pop()
            continue
        if genre not in _DEBUTS or rang > EVENEMENTS_MAX or evenement.anchor or evenement.tag:
            _check_event(evenement, rang, _first_document(documents) is not None)
            continue
        debut, fin = evenement.start_mark, evenement.end_mark
        longueur = fin.column - debut.column if fin.line == debut.line else 1
        place = (debut.line + 1, debut.column + 1, longueur or 1)
        if genre is ScalarEvent:
            valeur = evenement.value if evenement.style else _plain(evenement.value)
        else:
            valeur = Carte(fichier, place) if genre is MappingStartEvent else Suite()
        if type(noeud) is Suite:
            noeud.append(valeur)
            noeud.places.append(place)
        elif cle is None:
            cle = _open_key(noeud, valeur, place, doublons)
        else:
            noeud.setdefault(cle, valeur)
            noeud.valeurs.setdefault(cle, place)
            cle = None
        if genre is not ScalarEvent:
            parents.append(noeud)
            noeud = valeur
            _check_depth(len(parents), place)
    return _first_document(documents)


def _first_document(documents: Suite) -> Carte | Suite | None:
    return next((d for d in documents if isinstance(d, Carte | Suite)), None)


def _plain(texte: str) -> str | None:
    return None if texte in _ABSENTS else Nu(texte)


def _check_depth(profondeur: int, place: Place) -> None:
    if profondeur > PROFONDEUR_MAX:
        raise _RefuseError(
            "YML007",
            Marque(*place),
            f"plus de {PROFONDEUR_MAX} niveaux emboîtés",
            "aucun fichier du dossier n'en demande autant : simplifiez",
        )


def _mark(evenement: Event) -> Marque:
    debut, fin = evenement.start_mark, evenement.end_mark
    if debut is None or fin is None:
        return Marque(1, 1, 1)
    meme_ligne = debut.line == fin.line
    longueur = fin.column - debut.column if meme_ligne else 1
    return Marque(debut.line + 1, debut.column + 1, max(longueur, 1))


def _check_event(evenement: Event, rang: int, commence: bool) -> None:
    marque = _mark(evenement)
    if rang > EVENEMENTS_MAX:
        raise _RefuseError(
            "YML007",
            marque,
            f"fichier trop long : plus de {EVENEMENTS_MAX} éléments",
            "répartissez son contenu en plusieurs fichiers",
        )
    if isinstance(evenement, AliasEvent) or getattr(evenement, "anchor", None):
        raise _RefuseError(
            "YML004",
            marque,
            f"ancre ou alias « {getattr(evenement, 'anchor', '')} » refusé",
            "recopiez la valeur en toutes lettres, ou citez le texte qui commence par & ou *",
        )
    if etiquette := getattr(evenement, "tag", None):
        raise _RefuseError(
            "YML005",
            marque,
            f"étiquette « {etiquette.replace('tag:yaml.org,2002:', '!!')} » refusée",
            "supprimez-la, ou citez le texte qui commence par « ! »",
        )
    if isinstance(evenement, DocumentStartEvent) and commence:
        raise _RefuseError(
            "YML010",
            marque,
            "plusieurs documents dans un même fichier",
            "supprimez la ligne « --- » et ce qui suit",
        )


def _open_key(noeud: Carte, cle: object, place: Place, doublons: list[Anomalie]) -> str:
    if not isinstance(cle, str):
        conseil = "écrivez « clé: valeur »"
        raise _RefuseError("YML001", Marque(*place), "une clé doit être un texte simple", conseil)
    if cle in noeud:
        premiere = noeud.cles[cle][0]
        message = f"clé en double : « {cle} » figure déjà à la ligne {premiere}"
        conseil = "gardez une seule des deux"
        doublons.append(_anomaly(noeud.fichier, "YML003", Marque(*place), message, conseil))
    else:
        noeud.cles[cle] = place
    return str(cle)


def _syntax(erreur: yaml.MarkedYAMLError, texte: str) -> _RefuseError:
    marque_yaml = erreur.problem_mark or erreur.context_mark
    ligne, colonne = (marque_yaml.line, marque_yaml.column) if marque_yaml else (0, 0)
    lignes = texte.split("\n")
    contenu = lignes[ligne] if ligne < len(lignes) else ""
    retrait = contenu[: len(contenu) - len(contenu.lstrip())]
    if "\t" in retrait or contenu[colonne : colonne + 1] == "\t":
        return _RefuseError(
            "YML002",
            Marque(ligne + 1, (contenu.find("\t") if "\t" in retrait else colonne) + 1, 1),
            "tabulation en retrait : YAML n'accepte que des espaces",
            "remplacez la tabulation par deux espaces",
        )
    probleme = erreur.problem or ""
    message, conseil = next(
        ((m, c) for fragment, m, c in _PHRASES if fragment in probleme),
        (
            "syntaxe YAML incorrecte",
            "comparez avec une fiche voisine : retraits, « : », guillemets",
        ),
    )
    return _RefuseError("YML001", Marque(ligne + 1, colonne + 1, 1), message, conseil)
