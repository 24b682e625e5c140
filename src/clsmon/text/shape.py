"""Du YAML lu au modèle : les fautes de forme deviennent des anomalies en français."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from clsmon.model.anomalie import Anomalie, Gravite
from clsmon.model.noeud import Noeud, place_of
from clsmon.model.suggestion import advise, suggest

N = TypeVar("N", bound=Noeud)

MOTS_INCONNUS = {
    "type": "type de mesure inconnu",
    "nature": "nature inconnue",
    "statut": "statut inconnu",
    "etat": "état inconnu",
    "portee": "portée du montant inconnue",
    "sens": "sens inconnu",
    "reponses": "règle de réponses multiples inconnue",
    "avancement": "avancement inconnu",
}

_FAUTES_D_UNE_CLE = {"string_pattern_mismatch", "string_too_long", "too_long"}

_Fault = tuple[str, str, str]


def read_node(modele: type[N], brut: Any, famille: str) -> tuple[N | None, tuple[Anomalie, ...]]:
    """
    Construit un élément du modèle ; rend (élément, anomalies), l'élément valant None s'il y en a.

    `famille` est celle des codes : CON, FIC, SUI ou SEA, suivie de 001 à 012.
    """
    try:
        return modele.model_validate(brut), ()
    except ValidationError as fautes:
        listees = [dict(faute) for faute in fautes.errors(include_url=False)]
        inconnues = _unknown_keys(listees)
        return None, tuple(
            _to_anomaly(modele, brut, famille, faute)
            for faute in listees
            if not _is_misspelt(faute, inconnues)
        )


def _unknown_keys(fautes: Iterable[dict[str, Any]]) -> Mapping[tuple[Any, ...], Sequence[str]]:
    """Les clés inconnues de chaque ensemble fautif, par son chemin."""
    inconnues = defaultdict(list)
    for faute in fautes:
        if faute["type"] == "extra_forbidden":
            *parents, cle = faute["loc"]
            inconnues[tuple(parents)].append(str(cle))
    return inconnues


def _is_misspelt(faute: dict[str, Any], inconnues: Mapping[tuple[Any, ...], Sequence[str]]) -> bool:
    """Vrai pour une clé absente qu'une clé inconnue, voisine et proche, veut sans doute écrire."""
    if faute["type"] != "missing":
        return False
    *parents, cle = faute["loc"]
    return any(suggest(autre, [str(cle)]) for autre in inconnues.get(tuple(parents), ()))


def _to_anomaly(modele: type[Noeud], brut: Any, famille: str, faute: dict[str, Any]) -> Anomalie:
    chemin, genre = tuple(faute["loc"]), str(faute["type"])
    cle_refusee = genre in _FAUTES_D_UNE_CLE and chemin[-1] == "[key]"
    chemin = chemin[:-1] if cle_refusee else chemin
    numero, message, conseil = _FORMES.get(genre, _unexpected)(modele, chemin, faute)
    lieu = place_of(brut, chemin, cle=cle_refusee or genre == "extra_forbidden")
    return Anomalie(lieu, famille + numero, Gravite.ERREUR, message, conseil)


def _model_at(modele: type[Noeud], chemin: tuple[Any, ...]) -> type[Noeud]:
    """Le modèle de l'ensemble que désigne `chemin` (rangs et clés libres passés)."""
    for pas in chemin:
        champ = modele.model_fields.get(pas) if isinstance(pas, str) else None
        if champ is not None and (interne := _inner_model(champ.annotation)):
            modele = interne
    return modele


def _inner_model(annotation: Any) -> type[Noeud] | None:
    if isinstance(annotation, type) and issubclass(annotation, Noeud):
        return annotation
    return next((m for a in get_args(annotation) if (m := _inner_model(a))), None)


def _unknown_key(modele: type[Noeud], chemin: tuple[Any, ...], _: dict[str, Any]) -> _Fault:
    connues = _model_at(modele, chemin[:-1]).model_fields
    return "001", f"clé inconnue : « {chemin[-1]} »", advise(str(chemin[-1]), connues)


def _missing_key(_: type[Noeud], chemin: tuple[Any, ...], __: dict[str, Any]) -> _Fault:
    return (
        "002",
        f"clé obligatoire absente ou vide : « {chemin[-1]} »",
        f"ajoutez « {chemin[-1]}: … »",
    )


def _unknown_choice(_: type[Noeud], chemin: tuple[Any, ...], faute: dict[str, Any]) -> _Fault:
    possibles = [mot.strip().strip("'") for mot in _expected(faute).split(",")]
    saisi = str(faute["input"])
    champ = next((str(pas) for pas in reversed(chemin) if isinstance(pas, str)), "")
    constat = MOTS_INCONNUS.get(champ, f"« {champ} » : mot inconnu")
    return "012", f"{constat} : « {saisi} »", advise(saisi, possibles)


def _expected(faute: Mapping[str, Any]) -> str:
    return str(faute.get("ctx", {}).get("expected", "")).replace(" or ", ", ")


def _simple(
    numero: str, attendu: str, conseil: str
) -> Callable[[type[Noeud], tuple[Any, ...], dict[str, Any]], _Fault]:
    def describe(_: type[Noeud], chemin: tuple[Any, ...], faute: dict[str, Any]) -> _Fault:
        nom = next((f"« {pas} »" for pas in reversed(chemin) if isinstance(pas, str)), "le fichier")
        return numero, f"{nom} : {attendu}, lu {_shown(faute['input'])}", conseil

    return describe


def _shown(saisi: Any) -> str:
    if saisi is None:
        return "rien"
    if isinstance(saisi, dict):
        return "un ensemble de clés"
    if isinstance(saisi, list):
        return "une liste"
    texte = str(saisi)
    return f"« {texte[:60]}… »" if len(texte) > 60 else f"« {texte} »"


def _unexpected(_: type[Noeud], chemin: tuple[Any, ...], faute: dict[str, Any]) -> _Fault:
    return "006", f"« {chemin[-1] if chemin else ''} » : valeur refusée", str(faute["msg"])


_IDENTIFIANT = _simple(
    "009",
    "un code en minuscules sans accent, chiffres et tirets est attendu",
    "par exemple « cpts-centre-21 » ; un identifiant de fiche admet aussi points et majuscules",
)
_NOMBRE = _simple(
    "003",
    "un nombre est attendu, en chiffres, point décimal, quinze chiffres significatifs au plus",
    "par exemple 12 ou 1234.5, sans espace ni unité",
)
_ENSEMBLE = _simple(
    "008", "un ensemble de « clé: valeur » est attendu", "ouvrez un niveau de retrait"
)
_FORMES = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "enum": _unknown_choice,
    "nombre": _NOMBRE,
    "entier": _simple("003", "un nombre entier est attendu", "par exemple 2024"),
    "annee": _simple("003", "une année de quatre chiffres est attendue", "par exemple 2028"),
    "date": _simple("004", "une date AAAA-MM-JJ est attendue", "par exemple 2026-05-12"),
    "jour": _simple("004", "un jour MM-JJ est attendu", 'par exemple "03-15"'),
    "booleen": _simple("005", "true ou false est attendu", "écrivez true (vrai) ou false (faux)"),
    "string_type": _simple("006", "un texte est attendu", "écrivez le texte après « : »"),
    "tuple_type": _simple("007", "une liste est attendue", "un élément par ligne, après « - »"),
    "model_type": _ENSEMBLE,
    "model_attributes_type": _ENSEMBLE,
    "dict_type": _ENSEMBLE,
    "string_pattern_mismatch": _IDENTIFIANT,
    "string_too_long": _IDENTIFIANT,
    "too_long": _IDENTIFIANT,
    "identifiant_nu": _simple(
        "010",
        "cet identifiant ressemble à un nombre et doit être cité",
        "mettez-le entre guillemets : d'autres outils liraient 1.1 pour 1.10",
    ),
}


def read_list(
    modele: type[N], brut: Any, famille: str
) -> tuple[tuple[N, ...], tuple[Anomalie, ...]]:
    """Une liste d'éléments du modèle ; un élément fautif n'en cache aucun autre."""
    lus = [read_node(modele, element, famille) for element in brut]
    return (
        tuple(noeud for noeud, _ in lus if noeud is not None),
        tuple(anomalie for _, anomalies in lus for anomalie in anomalies),
    )
