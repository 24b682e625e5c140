"""
Ce qu'un gabarit peut dépenser : un nombre de tours de boucle, d'appels et de signes, pas de temps.

Un compte est le même partout : un gabarit passe ou ne passe pas, quelle que soit la machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, TypeVar

from jinja2 import nodes
from jinja2.exceptions import TemplateRuntimeError, TemplateSyntaxError
from jinja2.runtime import Context, Undefined
from jinja2.utils import pass_context

PAS_MAX, SIGNES_MAX = 1_000_000, 50_000_000
"""Tours et appels ; signes produits. Une démonstration en HTML prend 15 100 et 2,1 millions."""
CHIFFRES_MAX, LOT_MAX = 4_096, 10_000
"""Les bits d'un nombre calculé ; la taille d'un lot de `batch`."""
SIGNES_PAR_PAS = 64
"""Ce qu'un tour de boucle écrit lui-même, en signes, pour un pas de plus."""
PAS = "un pas"
"""Le filtre que la compilation glisse dans chaque boucle ; aucun gabarit ne sait écrire ce nom."""
MARQUE = "clsmon-place"
"""Le langage du bloc de code qui tient la place d'un objet posé : aucun gabarit n'en écrit."""
_GABARIT_LARGE = re.compile(r"%(?:\([^)]*\))?[-+ #0]*(?:\*|\d{4}|\d*\.(?:\*|\d{4}))")
_LARGEUR_MAX = 1_000
_SIMPLES = (str, int, float, Decimal, date, Enum, NoneType, Undefined)
"""Ce qu'un gabarit joint ou met en forme ; une liste y ferait un texte sans mesure."""
_AU_FIL = ("map", "reject", "rejectattr", "select", "selectattr")
"""Les filtres qui passent sur chaque élément, l'un après l'autre."""
_Rendu = TypeVar("_Rendu")


class Budget:
    """Ce qui reste à dépenser dans un rendu."""

    def __init__(self) -> None:
        self._pas, self._signes = PAS_MAX, SIGNES_MAX

    def step(self, combien: int = 1) -> bool:
        """Un tour de boucle ou un appel ; lève TemplateRuntimeError s'il y en a trop."""
        self._pas -= combien
        if self._pas < 0:
            raise TemplateRuntimeError(
                "le gabarit fait trop de tours de boucle ou d’appels, plus d’un million"
            )
        return True

    def spend(self, combien: int) -> None:
        """Des signes ou des éléments qui vont être produits ; lève de même s'il y en a trop."""
        self._signes -= combien
        if self._signes < 0:
            raise TemplateRuntimeError(
                "le gabarit produit un texte ou une liste démesurés, plus de cinquante millions "
                "de signes"
            )

    def kept(self, rendu: _Rendu) -> _Rendu:
        """La même valeur, comptée si elle a une longueur."""
        if isinstance(rendu, str | list | tuple | range):
            self.spend(len(rendu))
        return rendu

    def operate(self, operateur: str, gauche: Any, droite: Any) -> None:
        """Compte une opération avant de la faire."""
        longueurs = [len(v) if isinstance(v, str | list | tuple) else 0 for v in (gauche, droite)]
        if operateur == "+":
            self.spend(sum(longueurs))
        elif operateur == "*" and any(longueurs):
            fois = next((v for v in (gauche, droite) if isinstance(v, int)), 0)
            self.spend(sum(longueurs) * max(fois, 0))
        elif operateur in {"*", "**"}:
            self._count_bits(operateur, gauche, droite)
        elif operateur == "%" and isinstance(gauche, str):
            if _GABARIT_LARGE.search(gauche):
                raise TemplateRuntimeError("une largeur de plus de trois chiffres après « % »")
            termes = droite if isinstance(droite, tuple) else (droite,)
            large = max((len(_plain(terme)) for terme in termes), default=0)
            self.spend(len(gauche) + gauche.count("%") * (_LARGEUR_MAX + large))

    def _count_bits(self, operateur: str, gauche: Any, droite: Any) -> None:
        if not (isinstance(gauche, int) and isinstance(droite, int)):
            return
        bits = gauche.bit_length()
        total = bits + droite.bit_length() if operateur == "*" else bits * max(droite, 0)
        if total > CHIFFRES_MAX:
            raise TemplateRuntimeError("un nombre de plus de mille chiffres")

    def join(self, termes: Iterable[Any]) -> str:
        """Les termes de « ~ », l'un après l'autre."""
        textes = [_plain(terme) for terme in termes]
        self.spend(sum(map(len, textes)))
        return "".join(textes)

    def filters(self, filtres: dict[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
        """Les filtres d'un gabarit, ceux qui multiplient étant comptés."""
        comptes = dict(filtres)
        for nom, compte in (("batch", self._batch), ("join", self._join)):
            if nom in filtres:
                comptes[nom] = compte(filtres[nom])
        comptes |= {nom: self._along(filtres[nom]) for nom in _AU_FIL if nom in filtres}
        comptes["list"] = lambda valeurs: self.kept(list(valeurs))

        # A filter that takes the context is never folded into a constant.
        @pass_context
        def count(_: Context, combien: int) -> bool:
            return self.step(combien)

        comptes[PAS] = count
        return comptes

    def _batch(self, filtre: Callable[..., Any]) -> Callable[..., Any]:
        def batch(valeurs: Iterable[Any], linecount: int, fill_with: Any = None) -> Any:
            if linecount > LOT_MAX:
                raise TemplateRuntimeError("un lot de plus de dix mille éléments")
            return filtre(self._counted(valeurs), linecount, fill_with)

        return batch

    def _along(self, filtre: Callable[..., Any]) -> Callable[..., Any]:
        @pass_context
        def along(contexte: Context, valeurs: Iterable[Any], *reste: Any, **options: Any) -> Any:
            return filtre(contexte, self._counted(valeurs), *reste, **options)

        return along

    def _counted(self, valeurs: Iterable[Any]) -> Iterator[Any]:
        for valeur in valeurs:
            self.step()
            yield valeur

    def _join(self, filtre: Callable[..., Any]) -> Callable[..., Any]:
        def join(valeurs: Iterable[Any], separateur: Any = "", *reste: Any) -> Any:
            toutes = list(valeurs)
            self.spend(sum(len(v) for v in toutes if isinstance(v, str)))
            self.spend(len(toutes) * (1 + len(str(separateur))))
            return filtre(toutes, separateur, *reste)

        return join


def _plain(valeur: Any) -> str:
    """Un texte ou un nombre tel qu'il s'écrit."""
    if not isinstance(valeur, _SIMPLES):
        raise TemplateRuntimeError("« ~ » et « % » ne prennent que des textes et des nombres")
    return str(valeur)


def check_marks(gabarit: nodes.Template, nom: str, fichier: str) -> None:
    """Refuse un gabarit qui écrit lui-même la marque d'un objet posé : rien n'y serait posé."""
    textes = list(gabarit.find_all(nodes.TemplateData))
    if MARQUE in "".join(texte.data for texte in textes):
        ligne = next((texte.lineno for texte in textes if MARQUE in texte.data), 1)
        raise TemplateSyntaxError(
            f"« {MARQUE} » est réservé : un objet se pose par son filtre, {{{{ x|tableau }}}}",
            ligne,
            nom,
            fichier,
        )


def count_loops(gabarit: nodes.Template) -> None:
    """
    Glisse un pas dans chaque tour de chaque boucle, écartée ou non par sa condition.

    Un gabarit inclus et un bloc en prennent un chaque fois qu'ils s'écrivent.
    """
    for boucle in gabarit.find_all(nodes.For):
        pas = _step(boucle)
        if boucle.test is None:
            boucle.body.insert(0, nodes.ExprStmt(pas, lineno=boucle.lineno))
        else:
            boucle.test = nodes.And(pas, boucle.test, lineno=boucle.lineno)
    corps: list[nodes.Template | nodes.Block] = [gabarit, *gabarit.find_all(nodes.Block)]
    for noeud in corps:
        noeud.body.insert(0, nodes.ExprStmt(_step(noeud), lineno=noeud.lineno))


def _step(noeud: nodes.For | nodes.Block | nodes.Template) -> nodes.Filter:
    """Un pas, et de quoi payer ce que ce corps écrit lui-même."""
    signes = sum(len(texte.data) for texte in noeud.find_all(nodes.TemplateData))
    cout = nodes.Const(1 + signes // SIGNES_PAR_PAS)
    return nodes.Filter(cout, PAS, [], [], None, None, lineno=noeud.lineno)
