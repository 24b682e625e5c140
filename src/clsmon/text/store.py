"""Le magasin des relevés et des examens : des fichiers immuables, nommés par leur empreinte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import yaml
from yaml.resolver import Resolver

from clsmon.model.noeud import Noeud, read_decimal
from clsmon.model.observation import Contestation, Rendu
from clsmon.model.releve import Releve, Valeur
from clsmon.text.loading import OBSERVATIONS, SUIVI, hash_of
from clsmon.text.shape import read_node
from clsmon.text.yaml_door import EVENEMENTS_MAX, OCTETS_MAX, load_yaml

_RESOLVER: Any = Resolver()
_TEXTE = "tag:yaml.org,2002:str"
_PLAT = (True, False)
"""Un scalaire qui s'écrit nu, sans étiquette."""

_VISIBLES = "\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_INVISIBLES = re.compile(f"[^\n{_VISIBLES}]|[\u2028\u2029]")
_A_ECHAPPER = re.compile(f'[^{_VISIBLES}]|[\u2028\u2029"\\\\]')

_NU = re.compile(r"[^\W_](?:[\w '’.()/!?%€+«»°,;–—-]|:(?=\S)|(?<=\S)#)*(?<![\s:])")
"""Ce qui s'écrit nu sans être pris pour autre chose, sans chercher la dernière limite de YAML."""

LONGUEUR_DE_CLE = 200
"""Jusqu'où un texte revient assez souvent pour que sa lecture soit gardée."""


_VALEURS = frozenset({"valeur_declaree", "valeur_proposee"})
"""Ce qui s'écrit sans guillemets dans une contestation, si c'est un nombre."""


class _Plain(str):
    """Un nombre en texte canonique, à écrire sans guillemets."""

    __slots__ = ()


def to_yaml(noeud: Noeud | Mapping[str, Any]) -> bytes:
    """
    Les octets d'un relevé, ou d'un autre fichier : clés dans l'ordre du modèle, sans défauts.

    UTF-8, LF. Le texte est composé ici, PyYAML demandant dix fois plus de temps : un relevé n'a
    que des ensembles, des listes et des scalaires.
    """
    return "".join(f"{ligne}\n" for ligne in _lines(_content(noeud), "")).encode("utf-8")


def _lines(contenu: dict[str, Any], marge: str) -> Iterator[str]:
    suite = f"{marge}  "
    for cle, valeur in contenu.items():
        tete = f"{marge}{_scalar(cle, '')}:"
        if isinstance(valeur, str):
            yield f"{tete} {_scalar(valeur, suite)}"
        elif valeur and isinstance(valeur, dict):
            yield tete
            yield from _lines(valeur, suite)
        elif valeur and isinstance(valeur, list):
            yield tete
            for element in valeur:
                yield from _item(element, marge)
        else:
            yield f"{tete} {_other(valeur)}"


def _item(element: Any, marge: str) -> Iterator[str]:
    """Un élément de liste ; un ensemble commence sur la ligne du tiret."""
    suite = f"{marge}  "
    if element and isinstance(element, dict):
        premiere, *reste = _lines(element, suite)
        yield f"{marge}- {premiere[len(suite) :]}"
        yield from reste
    else:
        ecrit = _scalar(element, suite) if isinstance(element, str) else _other(element)
        yield f"{marge}- {ecrit}"


def _other(valeur: Any) -> str:
    """Un nombre entier, un booléen, ou ce qui est vide."""
    return str(valeur).lower()


def _scalar(texte: str, marge: str) -> str:
    """
    Un texte nu s'il ne peut se lire autrement, sinon cité ; sur plusieurs lignes, en bloc.

    Un caractère que la porte YAML refuse s'écrit en échappement, entre guillemets.
    """
    if isinstance(texte, _Plain):
        return texte
    nu = _is_plain(texte) if len(texte) <= LONGUEUR_DE_CLE else _reads_as_text(texte)
    if nu:
        return texte
    if _INVISIBLES.search(texte):
        return f'"{_A_ECHAPPER.sub(_escape, texte)}"'
    if "\n" not in texte:
        return "'" + texte.replace("'", "''") + "'"
    lignes = texte.split("\n")
    if (
        not marge
        or not lignes[-1]
        or lignes[0][:1] in {"", " "}
        or any(ligne.endswith(" ") for ligne in lignes)
    ):
        return f'"{_A_ECHAPPER.sub(_escape, texte)}"'
    return "\n".join(["|-", *(f"{marge}{ligne}" if ligne else "" for ligne in lignes)])


def _escape(trouve: re.Match[str]) -> str:
    numero = ord(trouve[0])
    if trouve[0] in '"\\':
        return f"\\{trouve[0]}"
    return f"\\u{numero:04x}" if numero < 0x10000 else f"\\U{numero:08x}"


def _reads_as_text(texte: str) -> bool:
    """Faux pour « 12 », « non », « null » ou « a: b », qui nus seraient autre chose qu'un texte."""
    return bool(_NU.fullmatch(texte) and _RESOLVER.resolve(yaml.ScalarNode, texte, _PLAT) == _TEXTE)


_is_plain = lru_cache(maxsize=4096)(_reads_as_text)


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
    """
    Vrai si ces octets, relus par la porte YAML, redonnent le relevé à l'identique.

    Ce qu'écrit `to_yaml` se relit toujours, tant que la porte ne le trouve pas trop grand : ce qui
    est loin de ses limites n'est pas relu, ce serait un dixième du temps d'une collecte.
    """
    if len(octets) * 4 < OCTETS_MAX and octets.count(b"\n") * 8 < EVENEMENTS_MAX:
        return True
    brut, _ = load_yaml(octets, path_of(rendu, octets))
    relu = read_node(type(rendu), brut, "SUI")[0] if brut is not None else None
    return relu == rendu


def _content(element: Any) -> Any:  # noqa: PLR0911  one return per kind
    """Le contenu à écrire : ni défaut, ni vide, les énumérations par leur valeur."""
    if isinstance(element, str):
        return str(element)
    if isinstance(element, Noeud):
        return _fields(element)
    if isinstance(element, dict):
        return {str(cle): _content(valeur) for cle, valeur in element.items()}
    if isinstance(element, tuple | list):
        return [_content(valeur) for valeur in element]
    if isinstance(element, Decimal):
        return _Plain(f"{element:f}")
    if isinstance(element, date):
        return _Plain(element.isoformat())
    return element if isinstance(element, bool | int) else str(element)


def _fields(element: Noeud) -> dict[str, Any]:
    contenu = {
        nom: _content(valeur)
        for nom, defaut in _defaults(type(element)).items()
        if (valeur := getattr(element, nom)) != defaut
    }
    if isinstance(element, Valeur) and element.valeur is not None:
        contenu["valeur"] = _plain_if_number(element.valeur)
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
