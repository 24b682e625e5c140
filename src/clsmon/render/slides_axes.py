"""La projection, axe par axe : ce que sont devenues les fiches, les chiffres qui ont changé."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from clsmon.model.bilan import Bilan, BilanAxe, BilanFiche, LigneMesure
from clsmon.model.libelles import spell_date
from clsmon.render.overview import name_axis
from clsmon.render.slides_blocks import Bloc, Grille
from clsmon.render.slides_notes import axis_sources, measure_sources, rule_source
from clsmon.render.slides_section import (
    Section,
    command,
    missing,
    reminder_command,
    sentence,
    shown_lines,
)
from clsmon.render.spelling import (
    ABSENT,
    INSECABLE,
    spell_advance,
    spell_completeness,
    spell_evolution,
    spell_finding,
    spell_owner,
    spell_rate,
    spell_target,
)
from clsmon.render.stories import is_withheld, stories_of

DIAPOSITIVES_AU_PLUS = 8
"""Celles que prennent les axes ; au-delà, une diapositive en réunit plusieurs."""
CHIFFRES_EN_NOTE = 12
"""Autant que ce que le tableau d'un axe peut montrer."""


def axis_sections(bilan: Bilan) -> Iterator[Section]:
    """Une section par axe ; plusieurs axes ensemble quand le contrat en a beaucoup."""
    pas = -(-len(bilan.axes) // DIAPOSITIVES_AU_PLUS) or 1
    for debut in range(0, len(bilan.axes), pas):
        yield _section(bilan, bilan.axes[debut : debut + pas])


def _section(bilan: Bilan, axes: Sequence[BilanAxe]) -> Section:
    bougees = tuple(_moved(bilan, axes))
    noms = f"{INSECABLE}; ".join(name_axis(axe) for axe in axes)
    sources = [texte for axe in axes for texte in axis_sources(bilan, axe)]
    for ligne in bougees[:CHIFFRES_EN_NOTE]:
        sources += measure_sources(bilan, ligne)
    regles = (rule_source(bilan, nom) for nom in ("Avancement d’une fiche", "Complétude"))
    return Section(
        titre=noms,
        parties=("actions", "resultats"),
        blocs=tuple(_blocks(bilan, axes, bougees)),
        dire=(
            "Dire où en est chaque fiche et pourquoi, puis les chiffres qui ont changé depuis "
            "l’année précédente. Le porteur complète."
        ),
        sources=(*sources, *regles),
        rang=7,
    )


def _blocks(
    bilan: Bilan, axes: Sequence[BilanAxe], bougees: Sequence[LigneMesure]
) -> Iterator[Bloc]:
    for axe in axes:
        texte = f"Complétude{INSECABLE}: {spell_completeness(axe.completude)}."
        yield sentence(f"{name_axis(axe)}. {texte}" if len(axes) > 1 else texte)
    fiches = [fiche for axe in axes for fiche in axe.fiches]
    if fiches:
        yield _fiches_grid(bilan, fiches)
    if muettes := [fiche for fiche in fiches if not fiche.recits]:
        yield _silent(bilan, muettes)
    if bougees:
        yield _moved_grid(bilan, bougees)


def _fiches_grid(bilan: Bilan, fiches: Iterable[BilanFiche]) -> Grille:
    grille = Grille(
        "Avancement des fiches de l’axe",
        ("Fiche", "Avancement", "Réponses", "Faits marquants"),
        tuple(
            (
                fiche.fiche.nom,
                spell_advance(fiche.avancement),
                ABSENT if fiche.completude.taux is None else spell_rate(fiche.completude.taux),
                _key_fact(bilan, fiche),
            )
            for fiche in fiches
        ),
        (34, 12, 9, 45),
        frozenset({2}),
        avancement=1,
    )
    # With many fiches, the room goes to the figures that changed.
    return replace(grille, au_plus=(3, 2, 2 if len(grille.rangees) < 4 else 1))


def _key_fact(bilan: Bilan, fiche: BilanFiche) -> str:
    """Le premier fait marquant déclaré, et par qui."""
    for rubrique in stories_of(bilan, fiche.recits):
        if rubrique.titre == "Faits marquants":
            qui, texte = rubrique.textes[0]
            return f"{qui}{INSECABLE}: {texte}"
    if fiche.recits and is_withheld(bilan, fiche.fiche):
        return "non publié"
    return "aucun fait déclaré" if fiche.recits else "aucune réponse reçue"


def _silent(bilan: Bilan, fiches: Sequence[BilanFiche]) -> Bloc:
    noms = ", ".join(
        f"{f.fiche.id} ({_respondents(bilan, f)})" if f.fiche.suivi.repondants else f.fiche.id
        for f in fiches
    )
    limite = bilan.contrat.limite(bilan.exercice)
    avant = f", à rendre avant le {spell_date(limite)}" if limite else ""
    return missing(
        "Aucune réponse pour " + ("cette fiche" if len(fiches) < 2 else "ces fiches") + avant,
        noms,
        f"Relancer leurs répondants{INSECABLE}: {reminder_command(bilan)}, puis "
        f"{command('clsmon collect')}.",
    )


def _respondents(bilan: Bilan, fiche: BilanFiche) -> str:
    return ", ".join(bilan.contrat.nom_court(code) for code in fiche.fiche.suivi.repondants)


def _moved(bilan: Bilan, axes: Sequence[BilanAxe]) -> Iterator[LigneMesure]:
    """Les mesures de ces axes dont la valeur a changé depuis l'année d'avant."""
    fiches = {fiche.fiche.id for axe in axes for fiche in axe.fiches}
    for ligne in shown_lines(bilan):
        ecart = ligne.depuis_precedent
        if ligne.situee.fiche.id in fiches and ecart is not None and ecart.difference:
            yield ligne


def _moved_grid(bilan: Bilan, lignes: Iterable[LigneMesure]) -> Grille:
    return Grille(
        "Chiffres qui ont changé",
        ("Fiche et mesure", "Unité", "Avant", str(bilan.exercice), "Évolution", "Cible"),
        tuple(_moved_row(bilan, ligne) for ligne in lignes),
        (34, 14, 16, 14, 13, 12),
        frozenset({2, 3, 4}),
        (2, 2, 2),
        visible=True,
    )


def _moved_row(bilan: Bilan, ligne: LigneMesure) -> tuple[str, ...]:
    mesure, avant = ligne.situee.mesure, ligne.serie[-2]
    valeurs = (
        spell_finding(c, mesure, bilan.contrat, spell_owner(c, ligne.situee, bilan.contrat))
        for c in (avant, ligne.constat)
    )
    precedente, actuelle = valeurs
    return (
        ligne.situee.nom,
        mesure.unite_affichee,
        f"{avant.exercice}{INSECABLE}: {precedente}",
        actuelle,
        spell_evolution(ligne),
        spell_target(ligne),
    )
