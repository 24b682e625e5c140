"""La fusion de plusieurs récits d'un même organisme sur une même fiche, champ par champ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import Any

from clsmon.model.libelles import AVANCEMENTS, CONFIANCES, ETATS, ETATS_ACTION, EVOLUTIONS
from clsmon.model.releve import DeclarationFiche, Etat, Saisie

_MOTS: dict[str, str] = {
    element.value: mot
    for mots in (AVANCEMENTS, CONFIANCES, EVOLUTIONS, ETATS_ACTION, ETATS)
    for element, mot in mots.items()
}


def merge_narratives(declarations: Sequence[DeclarationFiche], regle: str) -> DeclarationFiche:
    """
    Un seul récit à partir de plusieurs, dans l'ordre donné.

    Un champ donné par un seul récit est gardé. Un champ donné deux fois différemment ne garde
    aucune des valeurs : il va dans `a_verifier` avec les deux textes bruts et `regle`. Les montants
    (`depenses.realise`, `aides.ars.verse`), le poste et les actions du programme se comparent un à
    un.
    """
    if len(declarations) == 1:
        return declarations[0]
    plats = [_flatten(declaration) for declaration in declarations]
    cellules = {c: v for d in reversed(declarations) for c, v in d.cellules.items()}
    lectures = {c: v for d in reversed(declarations) for c, v in d.lectures.items()}
    fusion: dict[str, Any] = {}
    doutes: dict[str, Saisie] = {}
    for champ in dict.fromkeys(
        c for p, d in zip(plats, declarations, strict=True) for c in (*p, *d.a_verifier)
    ):
        reponses = _distinct(champ, plats, declarations)
        if len(reponses) > 1:
            doutes[champ] = _doubt(champ, reponses, declarations, regle)
            continue
        valeur, saisie = reponses[0]
        if valeur is not None:
            fusion[champ] = valeur
        if saisie is not None:
            doutes[champ] = saisie
    return DeclarationFiche.model_validate(
        {
            **_unflatten(fusion),
            "a_verifier": doutes,
            "lectures": {c: v for c, v in lectures.items() if c not in doutes},
            "cellules": cellules,
        }
    )


def find_conflicts(une: DeclarationFiche, autre: DeclarationFiche) -> tuple[str, ...]:
    """Les champs, points compris, que les deux récits remplissent différemment."""
    plats = [_flatten(une), _flatten(autre)]
    autres = {*plats[1], *autre.a_verifier}
    communs = dict.fromkeys(champ for champ in (*plats[0], *une.a_verifier) if champ in autres)
    return tuple(c for c in communs if len(_distinct(c, plats, (une, autre))) > 1)


def changed_fields(avant: DeclarationFiche, apres: DeclarationFiche) -> tuple[str, ...]:
    """Les champs, points compris, remplis autrement d'un récit à l'autre, ou dans un seul."""
    dits = [
        {**_flatten(d), **{c: s.saisi for c, s in d.a_verifier.items()}} for d in (avant, apres)
    ]
    champs = dict.fromkeys((*dits[0], *dits[1]))
    return tuple(c for c in champs if dits[0].get(c) != dits[1].get(c))


def spell_field(declaration: DeclarationFiche, champ: str) -> str:
    """Ce qui est écrit dans un champ, dans les mots du formulaire ; vide s'il ne l'est pas."""
    return " | ".join(_raw(_flatten(declaration).get(champ), declaration.a_verifier.get(champ)))


def cell_of(declaration: DeclarationFiche, champ: str) -> str:
    """La cellule où un champ est écrit, ou celle du doute qu'il pose ; vide s'il n'est pas dit."""
    doute = declaration.a_verifier.get(champ)
    return doute.cellule if doute else declaration.cellules.get(champ, "")


def without(declaration: DeclarationFiche, champs: Collection[str]) -> DeclarationFiche:
    """Le même récit sans ces champs, leurs doutes ni leurs cellules."""
    return DeclarationFiche.model_validate(
        {
            **_unflatten({c: v for c, v in _flatten(declaration).items() if c not in champs}),
            "a_verifier": {c: v for c, v in declaration.a_verifier.items() if c not in champs},
            "lectures": {c: v for c, v in declaration.lectures.items() if c not in champs},
            "cellules": {c: v for c, v in declaration.cellules.items() if c not in champs},
        }
    )


def _flatten(declaration: DeclarationFiche) -> dict[str, Any]:
    """
    Les champs remplis, par clé à points : « depenses.realise », « aides.ars.verse ».

    Un champ dit non disponible ou sans objet vaut son état : c'est une réponse comme une autre.
    """
    a_part = {"a_verifier", "lectures", "cellules", "absents", "aides"}
    rempli = declaration.model_dump(exclude_defaults=True, exclude=a_part)
    plat: dict[str, Any] = dict(declaration.absents)
    for champ, valeur in rempli.items():
        if isinstance(valeur, dict):
            plat |= {f"{champ}.{sous}": v for sous, v in valeur.items() if v is not None}
        else:
            plat[champ] = valeur
    for aide in declaration.aides:
        dite = aide.model_dump(exclude_defaults=True, exclude={"financeur"})
        plat |= {f"aides.{aide.financeur}.{sous}": v for sous, v in dite.items()}
    return plat


def _unflatten(plat: dict[str, Any]) -> dict[str, Any]:
    imbrique: dict[str, Any] = {}
    aides: dict[str, dict[str, Any]] = {}
    for champ, valeur in plat.items():
        tete, _, sous = champ.partition(".")
        if isinstance(valeur, Etat):
            imbrique.setdefault("absents", {})[champ] = valeur
        elif tete == "aides":
            financeur, _, nom = sous.partition(".")
            aides.setdefault(financeur, {"financeur": financeur})[nom] = valeur
        elif sous:
            imbrique.setdefault(tete, {})[sous] = valeur
        else:
            imbrique[tete] = valeur
    return imbrique | ({"aides": list(aides.values())} if aides else {})


Reponse = tuple[Any, Saisie | None]


def _distinct(
    champ: str, plats: Sequence[dict[str, Any]], declarations: Sequence[DeclarationFiche]
) -> list[Reponse]:
    """Les réponses différentes à un champ : sa valeur et ce qui y reste à vérifier."""
    reponses: list[Reponse] = []
    textes: list[tuple[Any, str | None]] = []
    for plat, declaration in zip(plats, declarations, strict=True):
        saisie = declaration.a_verifier.get(champ)
        vue = (plat.get(champ), saisie.saisi if saisie else None)
        if vue != (None, None) and vue not in textes:
            textes.append(vue)
            reponses.append((plat.get(champ), saisie))
    return reponses


def _doubt(
    champ: str, reponses: Sequence[Reponse], declarations: Sequence[DeclarationFiche], regle: str
) -> Saisie:
    bruts = [brut for valeur, saisie in reponses for brut in _raw(valeur, saisie) if brut]
    places = [d.cellules[champ] for d in declarations if champ in d.cellules]
    places += [d.a_verifier[champ].cellule for d in declarations if champ in d.a_verifier]
    return Saisie(
        saisi=" | ".join(dict.fromkeys(morceau for b in bruts for morceau in b.split(" | "))),
        nature_cellule="",
        regle=regle,
        cellule=" | ".join(dict.fromkeys(places)),
    )


def _raw(valeur: Any, saisie: Saisie | None) -> Iterator[str]:
    """Le texte brut d'une réponse, dans les mots du formulaire."""
    if valeur is not None:
        yield _spell(valeur)
    if saisie is not None:
        yield saisie.saisi


def _spell(valeur: Any) -> str:
    if isinstance(valeur, tuple | list):
        return " ; ".join(_spell(element) for element in valeur)
    return _MOTS[valeur.value] if isinstance(valeur, StrEnum) else str(valeur)
