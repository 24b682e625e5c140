"""
Les gabarits Jinja, en bac à sable : des données, et rien qui agisse.

Un gabarit du dossier l'emporte sur celui du paquet, en entier ou bloc par bloc.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, TemplateError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError
from jinja2.runtime import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from pydantic import BaseModel

from clsmon.model.anomalie import ClsmonError, Lieu
from clsmon.render.template_budget import Budget, check_marks, count_loops

CODE = "GAB001"
_FAUTES = (
    TemplateError,
    ClsmonError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
_FILTRES_GARDES = (
    "batch",
    "count",
    "d",
    "default",
    "first",
    "last",
    "length",
    "list",
    "lower",
    "map",
    "reject",
    "rejectattr",
    "select",
    "selectattr",
    "upper",
)
"""Ceux de Jinja qui ne mêlent pas un texte à un autre et ne le déclarent pas sûr."""


_PARCOURS = frozenset({"items", "keys", "values"})
"""Ce qu'un gabarit peut appeler sur un ensemble de clés."""


class _Absent(StrictUndefined):
    """Un nom de gabarit qui n'existe pas : le message dit ce qui existe."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        nom, objet = self._undefined_name, self._undefined_obj
        if self._undefined_hint:
            return str(self._undefined_hint)
        if type(objet).__name__ == "_MissingType":
            return f"« {nom} » n’existe pas"
        champs = [c for c in dir(objet) if not c.startswith(("_", "model_"))]
        return (
            f"« {nom} » n’existe pas dans {type(objet).__name__} "
            f"(disponible : {', '.join(champs[:40])})"
        )


class _Generateur(CodeGenerator):
    """L'opérateur « ~ » ne garde pas l'innocuité de ses termes : le tout sera échappé."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 Jinja's name
        self.write("environment.budget.join((")
        for terme in node.nodes:
            self.visit(terme, frame)
            self.write(", ")
        self.write("))")


class _Environnement(ImmutableSandboxedEnvironment):
    """
    Des données, et rien qui agisse : ni méthode du modèle, ni texte échappé que l'on modifie.

    Un gabarit lit les champs et parcourt les ensembles ; tout le reste passe par un filtre.
    """

    code_generator_class = _Generateur
    intercepted_binops = frozenset({"+", "%", "*", "**"})

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.budget = Budget()

    def _generate(
        self, source: nodes.Template, name: Any, filename: Any, *autres: Any, **options: Any
    ) -> str:
        check_marks(source, name, filename)
        count_loops(source)
        return super()._generate(source, name, filename, *autres, **options)

    def call(self, context: Any, obj: Any, /, *arguments: Any, **options: Any) -> Any:
        self.budget.step()
        return self.budget.kept(super().call(context, obj, *arguments, **options))

    def wrap_str_format(self, value: Any) -> None:
        """Aucune mise en forme par `format` : une largeur y serait sans limite."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        gauche, droite = (str(v) if isinstance(v, Markup) else v for v in (left, right))
        self.budget.operate(operator, gauche, droite)
        return super().call_binop(context, operator, gauche, droite)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, Markup) or not super().is_safe_attribute(obj, attr, value):
            return False
        if isinstance(obj, BaseModel):
            return not hasattr(BaseModel, attr) and not callable(value)
        if isinstance(obj, Mapping):
            return attr in _PARCOURS
        return not callable(value) or type(obj).__module__.startswith("jinja2.")


Filtres = Mapping[str, Callable[..., Any]]
"""Les filtres d'un gabarit : du nom à la fonction."""


def _open_environment(
    gabarits: Sequence[Path], filtres: Filtres, finalize: Callable[[Any], Markup]
) -> _Environnement:
    dossiers = [str(g) for g in gabarits]
    environnement = _Environnement(
        loader=ChoiceLoader(
            [
                FileSystemLoader(dossiers),
                PrefixLoader({"paquet": FileSystemLoader(dossiers[-1:])}),
            ]
        ),
        undefined=_Absent,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    gardes = {nom: environnement.filters[nom] for nom in _FILTRES_GARDES}
    budget = environnement.budget
    environnement.finalize = lambda valeur: budget.kept(finalize(valeur))
    environnement.filters = budget.filters(gardes | dict(filtres))
    environnement.globals = {"range": environnement.globals["range"]}
    return environnement


def _place(erreur: Exception, principal: str, gabarits: Sequence[Path]) -> Lieu:
    """Le gabarit et la ligne les plus proches de la faute."""
    if isinstance(erreur, TemplateSyntaxError) and erreur.filename:
        return Lieu(_relative(erreur.filename, gabarits), erreur.lineno, 1)
    cadres = [c for c in traceback.extract_tb(erreur.__traceback__) if c.filename.endswith(".j2")]
    if cadres:
        return Lieu(_relative(cadres[-1].filename, gabarits), cadres[-1].lineno or 1, 1)
    return Lieu(principal)


def _relative(fichier: str, gabarits: Sequence[Path]) -> str:
    chemin = Path(fichier)
    for gabarit in gabarits:
        if chemin.is_relative_to(gabarit):
            return f"{gabarit.name}/{chemin.relative_to(gabarit).as_posix()}"
    return chemin.name


def _sentence(erreur: Exception) -> str:
    if isinstance(erreur, TemplateNotFound):
        return f"le gabarit « {erreur.name} » est introuvable"
    if isinstance(erreur, UnicodeDecodeError):
        return "le gabarit n’est pas enregistré en UTF-8"
    if isinstance(erreur, RecursionError | SyntaxError | MemoryError):
        return (
            "le gabarit s’appelle lui-même sans fin, ou emboîte trop de blocs, de boucles ou de "
            "parenthèses"
        )
    return str(erreur).rstrip(".")


def render_template(
    principal: str,
    gabarits: Sequence[Path],
    vues: Mapping[str, Any],
    filtres: Filtres,
    finalize: Callable[[Any], Markup],
) -> str:
    """
    Le texte d'un gabarit ; `finalize` est la seule porte par où une valeur y entre.

    `gabarits` : les dossiers de gabarits, celui du dossier d'abord, celui du paquet en dernier ;
    ce dernier se nomme aussi « paquet/… » pour n'en remplacer qu'un bloc.
    Lève ClsmonError (GAB001) avec le gabarit, sa ligne et ce qui est disponible.
    """
    environnement = _open_environment(gabarits, filtres, finalize)
    try:
        texte = environnement.get_template(principal).render(vues)
    except _FAUTES as erreur:
        raise ClsmonError(
            f"{CODE} : {_sentence(erreur)}.",
            _place(erreur, principal, gabarits),
            f"Disponible dans un gabarit : {', '.join(vues)} ; filtres : {', '.join(filtres)}.",
        ) from erreur
    return tidy(texte)


def tidy(texte: str) -> str:
    """Un texte sans lignes vides qui se suivent, qui finit par une seule fin de ligne."""
    lignes: list[str] = []
    for ligne in texte.splitlines():
        nue = ligne.rstrip(" ")
        if nue or (lignes and lignes[-1]):
            lignes.append(nue)
    return "\n".join(lignes).rstrip("\n") + "\n"
