"""Le bilan en Markdown, par des gabarits Jinja qu'un dossier peut remplacer bloc par bloc."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
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
from clsmon.model.bilan import Bilan
from clsmon.model.libelles import spell_date
from clsmon.render import method, overview, provenance, results, spelling, stories
from clsmon.render.cells import Cellule, spell_cell
from clsmon.render.charts import draw_charts
from clsmon.render.escape import (
    anchor_of,
    escape_block,
    escape_inline,
    file_link,
    finalize,
    spell_any,
)

PRINCIPAL = "bilan.md.j2"
CODE = "GAB001"
_FAUTES = (
    TemplateError,
    ClsmonError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
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


@dataclass(frozen=True)
class Section:
    """Une section du document, numérotée comme le plan du bilan."""

    numero: int
    titre: str


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
        self.write("str_join((")
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
    intercepted_binops = frozenset({"+", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        gauche, droite = (str(v) if isinstance(v, Markup) else v for v in (left, right))
        return super().call_binop(context, operator, gauche, droite)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, Markup) or not super().is_safe_attribute(obj, attr, value):
            return False
        if isinstance(obj, BaseModel):
            return not hasattr(BaseModel, attr) and not callable(value)
        if isinstance(obj, Mapping):
            return attr in _PARCOURS
        return not callable(value) or type(obj).__module__.startswith("jinja2.")


def _join(morceaux: Iterable[Any], separateur: str = "") -> Markup:
    echappes = (str(finalize(morceau)) for morceau in morceaux)
    lien = separateur if separateur.strip() in {"", ",", ";", "·"} else escape_inline(separateur)
    return Markup(str(lien).join(echappes))  # noqa: S704 every piece is escaped


def _cell(cellule: Cellule) -> Markup:
    return escape_inline(spell_cell(cellule))


def _filters(bilan: Bilan) -> Mapping[str, Callable[..., Any]]:
    return {
        "ancre": anchor_of,
        "axe": overview.name_axis,
        "cellule": _cell,
        "citation": escape_block,
        "completude": spelling.spell_completeness,
        "court": bilan.contrat.nom_court,
        "date": spell_date,
        "avancement": spelling.spell_advance,
        "e": finalize,
        "escape": finalize,
        "fichier": file_link,
        "join": _join,
        "mots": spell_any,
        "nombre": spelling.spell_number,
        "taux": spelling.spell_rate,
    }


def _views(bilan: Bilan) -> Mapping[str, Any]:
    """Ce que les gabarits peuvent montrer, en plus du bilan lui-même."""
    themes = dict.fromkeys(element.theme for element in bilan.contexte)
    return {
        "bilan": bilan,
        "contrat": bilan.contrat,
        "exercice": bilan.exercice,
        "sections": sections_of(bilan),
        "resume": overview.summarize(bilan),
        "vide": overview.is_empty(bilan),
        "graphiques": draw_charts(bilan),
        "avancements": overview.advance_table(bilan),
        "completudes": overview.completeness_table(bilan),
        "attendus": overview.expected_table(bilan),
        "decisions": overview.decisions_table(bilan),
        "qualite": overview.quality_table(bilan),
        "provenance": provenance.provenance_table(bilan),
        "contextes": tuple(
            (theme, overview.context_table(bilan, theme), overview.sources_of(bilan, theme))
            for theme in themes
        ),
        "glossaire": overview.glossary_table(bilan),
        "methode": method.method_of(bilan),
        "recits": partial(stories.stories_of, bilan),
        "precisions": lambda fiche: tuple(stories.details_of(bilan, fiche)),
        "argent": partial(stories.money_table, bilan),
        "programme": partial(stories.programme_table, bilan),
        "perspectives": partial(stories.outlook_of, bilan),
        "evolutions": partial(stories.proposals_of, bilan),
        "sans_perspective": tuple(
            f.fiche
            for f in bilan.fiches
            if not stories.outlook_of(bilan, f.recits) + stories.proposals_of(bilan, f.recits)
        ),
        "a_programmer": tuple((axe, f) for axe in bilan.axes for f in axe.a_programmer),
        "recits_a_programmer": tuple(
            paire for axe in bilan.axes for paire in axe.recits_a_programmer
        ),
        "resultats": partial(results.results_of, bilan),
    }


def sections_of(bilan: Bilan) -> Mapping[str, Section]:
    """Les sections produites, numérotées comme le plan type du bilan."""
    annee = bilan.exercice
    return {
        "couverture": Section(0, "Couverture"),
        "page_une": Section(1, "L’essentiel en une page"),
        "decisions": Section(2, "Suivi des décisions antérieures"),
        "actions": Section(3, f"Bilan des actions {annee}"),
        "resultats": Section(4, "Résultats des indicateurs du contrat"),
        "perspectives": Section(5, f"Perspectives pour {annee + 1} et après"),
        "annexes": Section(9, "Annexes"),
    }


def _open_environment(bilan: Bilan, gabarits: Sequence[Path]) -> _Environnement:
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
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    gardes = {nom: environnement.filters[nom] for nom in _FILTRES_GARDES}
    environnement.filters = gardes | dict(_filters(bilan))
    environnement.globals = {"range": environnement.globals["range"]}
    return environnement


def _place(erreur: Exception, gabarits: Sequence[Path]) -> Lieu:
    """Le gabarit et la ligne les plus proches de la faute."""
    if isinstance(erreur, TemplateSyntaxError) and erreur.filename:
        return Lieu(_relative(erreur.filename, gabarits), erreur.lineno, 1)
    cadres = [c for c in traceback.extract_tb(erreur.__traceback__) if c.filename.endswith(".j2")]
    if cadres:
        return Lieu(_relative(cadres[-1].filename, gabarits), cadres[-1].lineno or 1, 1)
    return Lieu(PRINCIPAL)


def _relative(fichier: str, gabarits: Sequence[Path]) -> str:
    chemin = Path(fichier)
    for gabarit in gabarits:
        if chemin.is_relative_to(gabarit):
            return f"{gabarit.name}/{chemin.relative_to(gabarit).as_posix()}"
    return chemin.name


def _sentence(erreur: Exception) -> str:
    if isinstance(erreur, TemplateNotFound):
        return f"le gabarit « {erreur.name} » est introuvable"
    if isinstance(erreur, RecursionError):
        return "le gabarit s’appelle lui-même sans fin"
    return str(erreur).rstrip(".")


def render_markdown(bilan: Bilan, gabarits: Sequence[Path]) -> str:
    """
    Le bilan en Markdown (tableaux GFM), par le gabarit « bilan.md.j2 ».

    `gabarits` : les dossiers de gabarits, celui du dossier d'abord, celui du paquet en dernier ;
    ce dernier se nomme aussi « paquet/… » pour n'en remplacer qu'un bloc.
    Lève ClsmonError (GAB001) avec le gabarit, sa ligne et ce qui est disponible.
    """
    environnement = _open_environment(bilan, gabarits)
    vues = _views(bilan)
    try:
        texte = environnement.get_template(PRINCIPAL).render(vues)
    except _FAUTES as erreur:
        raise ClsmonError(
            f"{CODE} : {_sentence(erreur)}.",
            _place(erreur, gabarits),
            f"Disponible dans un gabarit : {', '.join(vues)} ; "
            f"filtres : {', '.join(_filters(bilan))}.",
        ) from erreur
    return _tidy(texte)


def _tidy(texte: str) -> str:
    """Deux lignes vides de suite au plus deviennent une, et le document finit par une seule."""
    lignes: list[str] = []
    for ligne in texte.splitlines():
        nue = ligne.rstrip(" ")
        if nue or (lignes and lignes[-1]):
            lignes.append(nue)
    return "\n".join(lignes).rstrip("\n") + "\n"
