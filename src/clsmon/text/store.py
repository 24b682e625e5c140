"""Le magasin des relevés et des examens : des fichiers immuables, nommés par leur empreinte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import yaml
from yaml.resolver import Resolver

from clsmon.model.noeud import Noeud, read_decimal
from clsmon.model.observation import Contestation, Examen
from clsmon.model.releve import Releve, Valeur
from clsmon.text.loading import OBSERVATIONS, SUIVI, hash_of
from clsmon.text.shape import read_node
from clsmon.text.yaml_door import load_yaml

_EMITTER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_RESOLVER: Any = Resolver()
_TEXTE = "tag:yaml.org,2002:str"
_PLAT, _ENTRE_GUILLEMETS = (True, False), (False, True)
"""Un scalaire qui s'écrit nu, ou seulement entre guillemets, sans étiquette."""

_INVISIBLES = re.compile(
    "[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]"
)


LONGUEUR_DE_CLE = 200
"""Jusqu'où un texte revient assez souvent pour que sa lecture soit gardée."""


_VALEURS = frozenset({"valeur_declaree", "valeur_proposee"})
"""Ce qui s'écrit sans guillemets dans une contestation, si c'est un nombre."""


class _Plain(str):
    """Un nombre en texte canonique, à écrire sans guillemets."""

    __slots__ = ()


def to_yaml(noeud: Noeud) -> bytes:
    """
    Les octets d'un relevé, ou d'un autre fichier : clés dans l'ordre du modèle, sans défauts.

    Les événements YAML sont écrits sans passer par des nœuds : c'est moitié moins de temps.
    """
    texte: str = yaml.emit(
        _events(_content(noeud)), Dumper=_EMITTER, allow_unicode=True, width=10_000
    )
    return texte.encode("utf-8")


def _events(contenu: Any) -> Iterator[yaml.Event]:
    yield yaml.StreamStartEvent()
    yield yaml.DocumentStartEvent(explicit=False)
    yield from _spell(contenu)
    yield yaml.DocumentEndEvent(explicit=False)
    yield yaml.StreamEndEvent()


def _spell(contenu: Any) -> Iterator[yaml.Event]:
    if isinstance(contenu, dict):
        yield yaml.MappingStartEvent(None, None, implicit=True, flow_style=False)
        for cle, valeur in contenu.items():
            yield _scalar(cle)
            if isinstance(valeur, str):
                yield _scalar(valeur)
            else:
                yield from _spell(valeur)
        yield yaml.MappingEndEvent()
    elif isinstance(contenu, list):
        yield yaml.SequenceStartEvent(None, None, implicit=True, flow_style=False)
        for valeur in contenu:
            yield from _spell(valeur)
        yield yaml.SequenceEndEvent()
    elif isinstance(contenu, bool):
        yield yaml.ScalarEvent(None, None, _PLAT, "true" if contenu else "false")
    else:
        yield _scalar(contenu if isinstance(contenu, str) else _Plain(contenu))


def _scalar(texte: str) -> yaml.ScalarEvent:
    """Un caractère que la porte YAML refuse s'écrit en échappement, entre guillemets."""
    if isinstance(texte, _Plain):
        return yaml.ScalarEvent(None, None, _PLAT, str(texte))
    style = '"' if _INVISIBLES.search(texte) else "|" if "\n" in texte else None
    nu = _is_plain(texte) if len(texte) <= LONGUEUR_DE_CLE else _reads_as_text(texte)
    return yaml.ScalarEvent(None, None, (nu, True), texte, style=style)


def _reads_as_text(texte: str) -> bool:
    """Faux pour « 12 », « non » ou « null », qui nus seraient autre chose qu'un texte."""
    return bool(_RESOLVER.resolve(yaml.ScalarNode, texte, _PLAT) == _TEXTE)


_is_plain = lru_cache(maxsize=4096)(_reads_as_text)


Rendu = Releve | Examen
"""Ce que donne un classeur rendu, gardé dans un fichier qui ne change plus."""


def name_of(rendu: Rendu, octets: bytes) -> str:
    """Le nom d'un relevé : « apo-1a2b3c4d », de l'organisme et de l'empreinte de ses octets."""
    return f"{rendu.organisme}-{hash_of(octets)}"


def path_of(rendu: Rendu, octets: bytes) -> str:
    """Le chemin d'un relevé dans le dossier : `data/suivi/2025/apo-1a2b3c4d.yaml`."""
    return path_named(rendu, name_of(rendu, octets))


def path_named(rendu: Rendu, nom: str) -> str:
    """Le chemin d'un relevé, ou d'un examen, dont on sait le nom."""
    return f"{dossier_of(rendu)}/{nom}.yaml"


def dossier_of(rendu: Rendu) -> str:
    """Le dossier où il se garde : `data/suivi/2025`, ou `data/observations/2025`."""
    racine = SUIVI if isinstance(rendu, Releve) else OBSERVATIONS
    return f"{racine}/{rendu.exercice}"


def reads_back(rendu: Rendu, octets: bytes) -> bool:
    """Vrai si ces octets, relus par la porte YAML, redonnent le relevé à l'identique."""
    brut, _ = load_yaml(octets, path_of(rendu, octets))
    relu = read_node(type(rendu), brut, "SUI")[0] if brut is not None else None
    return relu == rendu


def _content(element: Any) -> Any:
    """Le contenu à écrire : ni défaut, ni vide, les énumérations par leur valeur."""
    if isinstance(element, Valeur) and element.valeur is not None:
        sans = _content(element.model_copy(update={"valeur": None}))
        return {"valeur": _plain_if_number(element.valeur), **sans}
    if isinstance(element, Noeud):
        return _fields(element)
    if isinstance(element, dict):
        return {str(cle): _content(valeur) for cle, valeur in element.items()}
    if isinstance(element, tuple | list):
        return [_content(valeur) for valeur in element]
    if isinstance(element, Decimal):
        return _Plain(f"{element:f}")
    return element if isinstance(element, bool | int) else str(element)


def _fields(element: Noeud) -> dict[str, Any]:
    contenu = {
        nom: _content(valeur)
        for nom, defaut in _defaults(type(element)).items()
        if (valeur := getattr(element, nom)) != defaut
    }
    if isinstance(element, Contestation):
        return {c: _plain_if_number(v) if c in _VALEURS else v for c, v in contenu.items()}
    return contenu


@cache
def _defaults(modele: type[Noeud]) -> dict[str, Any]:
    """La valeur par défaut de chaque champ, dans l'ordre du modèle."""
    champs = modele.model_fields.items()
    return {nom: champ.get_default(call_default_factory=True) for nom, champ in champs}


def _plain_if_number(texte: str) -> str:
    try:
        read_decimal(texte)
    except ValueError:
        return texte
    return _Plain(texte)
