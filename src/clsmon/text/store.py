"""Le magasin des relevés : chacun est un fichier immuable, nommé par l'empreinte de ses octets."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import yaml

from clsmon.model.noeud import Noeud, read_decimal
from clsmon.model.releve import Releve, Valeur
from clsmon.text.loading import SUIVI, hash_of
from clsmon.text.shape import read_node
from clsmon.text.yaml_door import load_yaml

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_DUMPER):  # type: ignore[misc]  # the base is chosen at run time
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  the signature is PyYAML's
        return True


_INVISIBLES = re.compile(
    "[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]"
)


class _Plain(str):
    """Un nombre en texte canonique, à écrire sans guillemets."""

    __slots__ = ()


def _represent_number(dumper: Any, nombre: str) -> Any:
    return dumper.represent_scalar(
        f"tag:yaml.org,2002:{'float' if '.' in nombre else 'int'}", str(nombre)
    )


def _represent_text(dumper: Any, texte: str) -> Any:
    """Un caractère que la porte YAML refuse s'écrit en échappement, entre guillemets."""
    style = '"' if _INVISIBLES.search(texte) else "|" if "\n" in texte else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(texte), style=style)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(_Plain, _represent_number)


def to_yaml(releve: Releve) -> bytes:
    """Les octets d'un relevé : clés dans l'ordre du modèle, défauts omis, UTF-8, LF."""
    contenu = _content(releve)
    texte: str = yaml.dump(
        contenu, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000
    )
    return texte.encode("utf-8")


def name_of(releve: Releve, octets: bytes) -> str:
    """Le nom d'un relevé : « apo-1a2b3c4d », de l'organisme et de l'empreinte de ses octets."""
    return f"{releve.organisme}-{hash_of(octets)}"


def path_of(releve: Releve, octets: bytes) -> str:
    """Le chemin d'un relevé dans le dossier : `data/suivi/2025/apo-1a2b3c4d.yaml`."""
    return f"{SUIVI}/{releve.exercice}/{name_of(releve, octets)}.yaml"


def reads_back(releve: Releve, octets: bytes) -> bool:
    """Vrai si ces octets, relus par la porte YAML, redonnent le relevé à l'identique."""
    brut, _ = load_yaml(octets, path_of(releve, octets))
    relu = read_node(Releve, brut, "SUI")[0] if brut is not None else None
    return relu == releve


def _content(element: Any) -> Any:
    """Le contenu à écrire : ni défaut, ni vide, les énumérations par leur valeur."""
    if isinstance(element, Valeur) and element.valeur is not None:
        sans = _content(element.model_copy(update={"valeur": None}))
        return {"valeur": _plain_if_number(element.valeur), **sans}
    if isinstance(element, Noeud):
        champs = type(element).model_fields
        return {
            nom: _content(valeur)
            for nom in champs
            if (valeur := getattr(element, nom))
            != champs[nom].get_default(call_default_factory=True)
        }
    if isinstance(element, dict):
        return {str(cle): _content(valeur) for cle, valeur in element.items()}
    if isinstance(element, tuple | list):
        return [_content(valeur) for valeur in element]
    if isinstance(element, Decimal):
        return _Plain(f"{element:f}")
    return element if isinstance(element, bool | int) else str(element)


def _plain_if_number(texte: str) -> str:
    try:
        read_decimal(texte)
    except ValueError:
        return texte
    return _Plain(texte)
