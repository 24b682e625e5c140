"""Les sections de la projection pour le COPIL, tirées du bilan, dans l'ordre de la séance."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.bilan import Bilan
from clsmon.model.libelles import spell_date
from clsmon.render.closing import closing_lines, spell_status
from clsmon.render.overview import advance_table, decisions_table, is_empty, summarize
from clsmon.render.slides_agenda import agenda_sections
from clsmon.render.slides_axes import axis_sections
from clsmon.render.slides_blocks import (
    BAS_COUVERTURE,
    Bloc,
    Grille,
    Ligne,
    Logos,
    Texte,
    Tuiles,
    grid_of,
)
from clsmon.render.slides_graphs import advance_chart, result_tiles
from clsmon.render.slides_life import governance_section, money_section
from clsmon.render.slides_notes import (
    axis_sources,
    decision_source,
    measure_sources,
    rule_source,
)
from clsmon.render.slides_section import (
    Section,
    meeting_command,
    missing,
    missing_logos,
    points,
    reminder_command,
    sentence,
    shown_lines,
    without_commands,
)
from clsmon.render.spelling import ABSENT, INSECABLE, spell_rate

RESULTATS_AU_PLUS = 12
"""Deux diapositives de six graphiques ; tout le reste se lit au bilan."""


def sections_of(bilan: Bilan) -> tuple[Section, ...]:
    """Toutes les sections, de la couverture au calendrier ; aucune n'est ôtée d'une année vide."""
    sections = (
        _cover(bilan),
        _essential(bilan),
        _decisions(bilan),
        _advance(bilan),
        *axis_sections(bilan),
        _results(bilan),
        governance_section(bilan),
        money_section(bilan),
        *agenda_sections(bilan),
    )
    return tuple(map(without_commands, sections)) if bilan.secret else sections


def _cover(bilan: Bilan) -> Section:
    contrat = bilan.contrat
    return Section(
        bas=BAS_COUVERTURE,
        titre=f"{contrat.titre}{INSECABLE}: bilan {bilan.exercice}",
        parties=("couverture",),
        blocs=tuple(_cover_blocks(bilan)),
        dire="Rappeler ce qu’est le document, qui l’a signé et ce que la séance doit décider.",
        sources=("Contrat, signataires et période : data/contrat.yaml.",),
    )


def _cover_blocks(bilan: Bilan) -> Iterator[Bloc]:
    contrat, periode = bilan.contrat, bilan.contrat.periode
    instance = f"{bilan.instance}, " if bilan.instance else ""
    vie = f"{INSECABLE}; ".join(
        f"{titre}{INSECABLE}: {texte}" for titre, texte in closing_lines(bilan)
    )
    dites = (
        f"{contrat.territoire.nom}, contrat {periode.debut} à {periode.fin}",
        f"{instance}document du {spell_date(bilan.date)}",
        vie,
    )
    entete = (Ligne(spell_status(bilan), gras=True), *(Ligne(dite) for dite in dites if dite))
    yield Texte(entete, au_plus=2)
    noms = (
        f"{organisme.nom} (copilote)" if organisme.copilote else organisme.nom
        for organisme in contrat.signataires.values()
    )
    if contrat.signataires:
        textes = (Ligne(f"{INSECABLE}; ".join(noms)),)
        yield Texte(textes, "Signataires du contrat", au_plus=7)
    if bilan.logos:
        organismes = contrat.organismes
        yield Logos(tuple((logo, organismes[logo.organisme].nom) for logo in bilan.logos))
    else:
        # With some logos there is no more room: the rest is among what is missing.
        yield from missing_logos(bilan)


def _essential(bilan: Bilan) -> Section:
    attention = points(tuple(p.texte for p in bilan.attention), numerotes=True)
    regles = tuple(
        dict.fromkeys(f"Point d’attention{INSECABLE}: {p.regle}" for p in bilan.attention)
    )
    return Section(
        titre=f"L’essentiel de l’exercice {bilan.exercice}",
        parties=("page_une",),
        blocs=tuple(
            bloc
            for bloc in (
                _figures(bilan),
                _nothing_yet(bilan) if is_empty(bilan) else None,
                Texte(
                    attention or (Ligne("Aucun point d’attention."),),
                    "Ce qui appelle l’attention",
                    au_plus=2,
                ),
            )
            if bloc is not None
        ),
        dire=summarize(bilan),
        sources=(*regles, rule_source(bilan, "Complétude")),
    )


def _figures(bilan: Bilan) -> Tuiles:
    rendus = sum(bool(organisme.releves) for organisme in bilan.organismes)
    taux, fiches = bilan.completude.taux, len(bilan.fiches)
    decider = len(bilan.a_decider)
    return Tuiles(
        (
            (str(fiches), "fiche suivie" if fiches < 2 else "fiches suivies"),
            (ABSENT if taux is None else spell_rate(taux), "des réponses attendues sont reçues"),
            (f"{rendus} sur {len(bilan.organismes)}", "organismes ont répondu"),
            (str(decider), "point à décider" if decider < 2 else "points à décider"),
        )
    )


def _nothing_yet(bilan: Bilan) -> Bloc:
    limite = bilan.contrat.limite(bilan.exercice)
    pour = f", à rendre avant le {spell_date(limite)}" if limite else ""
    return missing(
        "Aucune réponse n’est encore enregistrée pour cet exercice",
        f"Attendu{INSECABLE}: un formulaire de chaque organisme interrogé{pour}.",
        f"Préparer les relances{INSECABLE}: {reminder_command(bilan)}.",
    )


def _decisions(bilan: Bilan) -> Section:
    return Section(
        titre="Ce que sont devenues les décisions antérieures",
        parties=("decisions",),
        blocs=tuple(_decision_blocks(bilan)),
        dire="Pour chaque décision encore ouverte, demander à qui en répond où elle en est.",
        sources=tuple(decision_source(suivie) for suivie in bilan.decisions),
        souhait=2,
        rang=6,
    )


def _decision_blocks(bilan: Bilan) -> Iterator[Bloc]:
    if not bilan.decisions:
        yield missing(
            "Aucune décision antérieure n’est enregistrée",
            "Le suivi commence avec les décisions de cette séance.",
            f"L’animateur santé les note dans le classeur de la séance{INSECABLE}: "
            f"{meeting_command(bilan)}.",
        )
        return
    if bilan.suivi_decisions:
        yield sentence(bilan.suivi_decisions[0])
    suivi = grid_of(decisions_table(bilan), (4, 5, 6, 7), (50, 20, 16, 14))
    # A decision may be told by what it changes rather than by a text of its own.
    textes = (suivie.texte for suivie in bilan.decisions)
    rangees = tuple((t, *r[1:]) for t, r in zip(textes, suivi.rangees, strict=True))
    yield Grille(suivi.titre, ("Décision", *suivi.entetes[1:]), rangees, suivi.poids)


def _advance(bilan: Bilan) -> Section:
    sources = [texte for axe in bilan.axes for texte in axis_sources(bilan, axe)]
    return Section(
        titre="Où en sont les fiches, axe par axe",
        parties=("actions",),
        blocs=tuple(_advance_blocks(bilan)),
        dire="Commencer par ce qui est réalisé, puis ce qui est reporté, suspendu ou abandonné.",
        sources=(*sources, rule_source(bilan, "Avancement d’une fiche")),
    )


def _advance_blocks(bilan: Bilan) -> Iterator[Bloc]:
    if not bilan.fiches:
        yield missing(
            "Aucune fiche n’est suivie cet exercice",
            "Une fiche se programme par décision du COPIL, puis s’écrit dans data/fiches/.",
        )
        return
    if len(bilan.axes) <= 10:
        yield advance_chart(bilan)
    else:
        yield grid_of(advance_table(bilan), (0, 1, 2, 3, 4, 5, 6, 7), (44, *(12,) * 7))
    muettes = [f.fiche.id for f in bilan.fiches if f.avancement is None]
    if muettes:
        yield missing(
            f"Avancement non déclaré{INSECABLE}: {', '.join(muettes)}",
            "Le premier répondant de chaque fiche le déclare, feuille « Fiches » du formulaire.",
        )


def _results(bilan: Bilan) -> Section:
    choisies = shown_lines(bilan)[:RESULTATS_AU_PLUS]
    sources = [texte for ligne in choisies for texte in measure_sources(bilan, ligne)]
    return Section(
        titre="Les résultats en un coup d’œil",
        parties=("resultats",),
        blocs=tuple(_result_blocks(bilan)),
        dire=(
            f"{len(choisies)} mesures montrées sur {len(bilan.lignes)}. Sans cible, dire le niveau "
            "et l’évolution, sans juger."
        ),
        sources=(*sources, rule_source(bilan, "Mesures montrées en séance")),
        souhait=2,
        rang=3,
    )


def _result_blocks(bilan: Bilan) -> Iterator[Bloc]:
    choisies = shown_lines(bilan)[:RESULTATS_AU_PLUS]
    if choisies:
        yield result_tiles(bilan, choisies)
        return
    yield sentence(
        f"{len(bilan.lignes)} mesures sont suivies. Aucune n’a encore de cible, ni deux années de "
        "valeurs à comparer."
    )
    yield missing(
        "Valeurs à recevoir",
        f"Des organismes interrogés, pour {bilan.exercice}{INSECABLE}: {reminder_command(bilan)}.",
    )
    yield missing(
        "Cible non fixée",
        "Seul le COPIL fixe une cible, par une décision de nature « cible ».",
        f"Elle se note dans le classeur de la séance{INSECABLE}: {meeting_command(bilan)}.",
    )
