"""La matière de l'évaluation finale en Markdown, par un gabarit qu'un dossier peut remplacer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from clsmon.model.evaluation import Evaluation, FicheEvaluee
from clsmon.render import evaluation_series as series
from clsmon.render import evaluation_tables as tables
from clsmon.render import method, overview, stories
from clsmon.render.composing import compose
from clsmon.render.document import Document, split_parts
from clsmon.render.escape import finalize
from clsmon.render.inlays import Places, Texte
from clsmon.render.markdown import Section, filters_of
from clsmon.render.spelling import INSECABLE
from clsmon.render.stories import Rubrique
from clsmon.render.templates import render_template

PRINCIPAL = "evaluation.md.j2"

REGLES: tuple[tuple[str, str], ...] = (
    (
        "Exercices",
        (
            "Un exercice compte dès que sa campagne est ouverte, ou qu’un formulaire est rendu. "
            "Les autres sont dits « à venir » : leurs cases ne sont ni vides ni nulles."
        ),
    ),
    (
        "Chiffres d’une année",
        (
            "Ceux du bilan de cette année, calculés de la même façon. Un chiffre corrigé depuis "
            "est corrigé ici aussi."
        ),
    ),
    (
        "Évolution sur la durée",
        (
            "De la première à la dernière année qui ont une valeur. Une somme incomplète n’est pas "
            "une valeur. Si les deux ne viennent pas des mêmes organismes, le document écrit "
            "« répondant différent » et ne compare pas."
        ),
    ),
    (
        "Cumul",
        (
            "Seules les mesures que le contrat dit être un flux s’additionnent d’une année à "
            "l’autre, jamais un taux, et seulement si toutes viennent des mêmes organismes. Les "
            "années sans valeur sont nommées : le cumul est incomplet. Une année « sans objet » "
            "ne manque pas."
        ),
    ),
    (
        "Rupture de série",
        (
            "Une mesure remplacée garde ses années ; celle qui lui succède commence les siennes. "
            "Rien n’est comparé de l’une à l’autre."
        ),
    ),
    (
        "Jamais renseigné",
        (
            "Une mesure demandée à un organisme, et dont il n’a donné de valeur aucune année. "
            "« Sans objet » est une réponse ; « non disponible » n’en est pas une."
        ),
    ),
    (
        "Chiffre discuté",
        (
            "Deux organismes ont répondu différemment, un signataire conteste la valeur, ou le "
            "COPIL a arbitré. Toutes les lectures restent montrées."
        ),
    ),
    (
        "Fiche non démarrée",
        "Toutes les années où son avancement est déclaré, il est « non démarrée ».",
    ),
    (
        "Séances",
        (
            "Les séances dites tenues, par année civile, à côté du minimum du contrat (article 3). "
            "Une année dont le dossier n’a aucune séance est « non connue ». "
            "L’année en cours est « à ce jour »."
        ),
    ),
)


def evaluation_rules() -> tuple[tuple[str, str], ...]:
    """Les règles propres à ce document, puis celles des bilans dont il tient ses chiffres."""
    propres = {titre for titre, _ in REGLES}
    communes = (regle for regle in method.REGLES if regle[0] not in propres)
    return tuple((titre, method.space_out(mots)) for titre, mots in (*REGLES, *communes))


def sections_of() -> Mapping[str, Section]:
    """Les sections du document."""
    titres = {
        "essentiel": "L’essentiel",
        "completude": "Ce qui a été répondu, par année",
        "vie": "La vie du contrat",
        "fiches": "Les fiches, du début à la fin",
        "series": "Les séries, fiche par fiche",
        "sans_reponse": "Ce qui n’a jamais été renseigné",
        "discutes": "Les chiffres discutés",
        "methode": "Méthode",
    }
    return {cle: Section(rang, titre) for rang, (cle, titre) in enumerate(titres.items(), 1)}


def _stories(evaluation: Evaluation, fiche: FicheEvaluee) -> tuple[tuple[int, Rubrique], ...]:
    """Faits marquants, freins et leviers d'une fiche, année par année."""
    bilans = {bilan.exercice: bilan for bilan in evaluation.bilans}
    return tuple(
        (exercice, rubrique)
        for exercice, dite in fiche.bilans
        for rubrique in stories.stories_of(bilans[exercice], dite.recits)
    )


def views_of(evaluation: Evaluation) -> Mapping[str, Any]:
    """Ce que le gabarit peut montrer."""
    periode = evaluation.contrat.periode
    return {
        "evaluation": evaluation,
        "contrat": evaluation.contrat,
        "periode": f"{periode.debut}-{periode.fin}",
        "sections": sections_of(),
        "annees": tables.years_table(evaluation),
        "axes": tables.axes_table(evaluation),
        "organismes": tables.organisms_table(evaluation),
        "seances": tables.meetings_table(evaluation),
        "decisions": overview.decisions_table(evaluation),
        "avenants": tables.amendments_table(evaluation),
        "programme": tables.programme_table(evaluation),
        "fiches": tables.fiches_table(evaluation),
        "sans_reponse": series.unanswered_table(evaluation),
        "discutes": series.disputed_table(evaluation),
        "series": partial(series.series_table, evaluation),
        "ruptures": series.breaks_of,
        "textes": partial(series.texts_of, evaluation),
        "recits": partial(_stories, evaluation),
        "methode": evaluation_rules(),
    }


def text_of(evaluation: Evaluation, gabarits: Sequence[Path]) -> Texte:
    """
    La matière de l'évaluation finale, rédigée par le gabarit « evaluation.md.j2 ».

    `gabarits` : ceux du dossier d'abord, ceux du paquet en dernier. Lève ClsmonError (GAB001).
    """
    places = Places(evaluation.contrat.organismes)
    filtres = filters_of(evaluation.contrat, places)
    return places.fill(
        render_template(PRINCIPAL, gabarits, views_of(evaluation), filtres, finalize)
    )


def name_of(evaluation: Evaluation) -> str:
    """Le nom de ses fichiers, sans suffixe : « evaluation-2024-2028 »."""
    periode = evaluation.contrat.periode
    return f"evaluation-{periode.debut}-{periode.fin}"


def document_of(evaluation: Evaluation, texte: Texte) -> Document:
    """La même matière en blocs, pour les formats qui se mettent en page."""
    contrat = evaluation.contrat
    periode = f"{contrat.periode.debut}-{contrat.periode.fin}"
    return Document(
        nom=name_of(evaluation),
        titre=f"{contrat.titre}{INSECABLE}: matière de l’évaluation finale {periode}",
        sujet=contrat.titre,
        nature="Document de travail",
        fictif=evaluation.fictif,
        parties=split_parts(compose(texte)),
        accent=contrat.couleurs.principale,
    )
