"""La projection de ce qui vient : perspectives, évolutions, décisions, attendus, calendrier."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.bilan import Bilan, BilanOrganisme
from clsmon.model.echeance import Echeance
from clsmon.model.libelles import spell_date
from clsmon.render.changes import changes_table, group_missing, name_amendment
from clsmon.render.overview import expected_table, is_empty
from clsmon.render.slides_blocks import Bloc, Grille, Ligne, Texte, grid_of
from clsmon.render.slides_notes import rule_source
from clsmon.render.slides_section import (
    Section,
    command,
    meeting_command,
    missing,
    missing_logos,
    points,
    reminder_command,
    sentence,
)
from clsmon.render.spelling import INSECABLE
from clsmon.render.stories import outlook_of, silent_fiches, withheld_fiches


def agenda_sections(bilan: Bilan) -> tuple[Section, ...]:
    """Ce qui se propose, ce qui se décide, ce qui manque et ce qui vient."""
    return (
        _outlook(bilan),
        _changes(bilan),
        _decide(bilan),
        _expected(bilan),
        _calendar(bilan),
    )


def _outlook(bilan: Bilan) -> Section:
    return Section(
        titre=f"Perspectives pour {bilan.exercice + 1} et après",
        parties=("perspectives",),
        blocs=tuple(_outlook_blocks(bilan)),
        dire="Laisser chaque porteur dire la suite de sa fiche en une phrase.",
        sources=("Ce que chaque répondant écrit, rubrique « Perspectives » du formulaire.",),
        souhait=2,
        rang=5,
    )


def _outlook_blocks(bilan: Bilan) -> Iterator[Bloc]:
    dites = tuple(
        (fiche.fiche.nom, f"{qui}{INSECABLE}: {texte}")
        for fiche in bilan.fiches
        for rubrique in outlook_of(bilan, fiche.recits)
        for qui, texte in rubrique.textes[:1]
    )
    if dites:
        yield Grille(
            "Perspectives de chaque fiche",
            ("Fiche", "Perspectives"),
            dites,
            (40, 60),
            au_plus=(2, 2, 1),
        )
    tues = withheld_fiches(bilan)
    if tues:
        yield sentence(f"Perspectives non publiées{INSECABLE}: {', '.join(f.id for f in tues)}.")
    muettes = [fiche.id for fiche in silent_fiches(bilan)]
    if muettes:
        yield missing(
            f"Sans perspective déclarée{INSECABLE}: {', '.join(muettes)}",
            "Les répondants de la fiche l’écrivent dans leur formulaire, rubrique "
            f"«{INSECABLE}Perspectives{INSECABLE}».",
            f"Relancer{INSECABLE}: {reminder_command(bilan)}.",
        )
    if not bilan.fiches:
        yield sentence("Aucune fiche n’est suivie cet exercice.")


def _changes(bilan: Bilan) -> Section:
    return Section(
        titre="Évolutions proposées du contrat, et leur voie",
        parties=("evolutions",),
        blocs=tuple(_change_blocks(bilan)),
        dire="Dire qui propose, pourquoi, et ce que le contrat demande pour le faire.",
        sources=("Propositions : rubrique « Évolution proposée » du formulaire de chaque fiche.",),
        souhait=2,
        rang=5,
    )


def _change_blocks(bilan: Bilan) -> Iterator[Bloc]:
    tableau = changes_table(bilan)
    if tableau.lignes:
        yield grid_of(tableau, (0, 1, 2, 3, 4, 5), (28, 13, 14, 22, 36, 14), au_plus=(5, 4, 4))
    else:
        yield sentence("Aucun répondant ne propose de modifier ou de retirer une fiche.")
    if avenants := tuple(name_amendment(a) for a in bilan.evolutions.avenants):
        yield Texte(points(avenants), "Avenants à préparer")
    titre = f"Fiches à programmer{INSECABLE}: {bilan.evolutions.voie_programmation}"
    for manque in group_missing(bilan):
        yield Texte(
            (
                *points(manque.fiches),
                Ligne(f"Il y manque{INSECABLE}: {manque.texte}."),
            ),
            titre,
            au_plus=2,
        )


def _decide(bilan: Bilan) -> Section:
    objets = bilan.a_decider
    vide = sentence("Rien à décider à ce jour.")
    return Section(
        titre="Ce que le COPIL doit décider",
        parties=("page_une",),
        blocs=(Texte(points(objets, numerotes=True), au_plus=5),) if objets else (vide,),
        dire=(
            "Faire prononcer chaque point, et noter au fur et à mesure la décision, qui en répond "
            f"et pour quand dans le classeur de la séance{INSECABLE}: {meeting_command(bilan)}."
        ),
        sources=("Points tirés du dossier, dans l’ordre du contrat (articles 6 et 7).",),
        souhait=3,
        rang=1,
    )


def _expected(bilan: Bilan) -> Section:
    titre = "Ce qui est attendu, de qui, pour quand" if is_empty(bilan) else "Ce qui manque encore"
    return Section(
        titre=titre,
        parties=("annexes",),
        blocs=tuple(_expected_blocks(bilan)),
        dire="Convenir d’un jour avec chacun de ceux dont il manque quelque chose.",
        sources=(rule_source(bilan, "Complétude"), rule_source(bilan, "Réponse à vérifier")),
        souhait=2,
        rang=2,
    )


def _expected_blocks(bilan: Bilan) -> Iterator[Bloc]:
    muets = [o for o in bilan.organismes if not o.releves]
    if muets:
        noms = ", ".join(bilan.contrat.nom_court(o.code) for o in muets)
        verbe = "n’a pas répondu" if len(muets) < 2 else "n’ont pas répondu"
        yield missing(
            f"{len(muets)} {'organisme' if len(muets) < 2 else 'organismes'} {verbe}"
            f"{INSECABLE}: {reminder_command(bilan)}",
            *(() if is_empty(bilan) else (noms,)),
        )
    chiffrees = [ligne for ligne in bilan.lignes if ligne.situee.mesure.type.chiffre]
    sans_cible = sum(ligne.cible is None for ligne in chiffrees)
    if sans_cible:
        yield missing(
            f"Cible non fixée pour {sans_cible} mesures chiffrées sur {len(chiffrees)}",
            f"Le COPIL en fixe par décision{INSECABLE}: {meeting_command(bilan)}.",
        )
    if bilan.logos:
        yield from missing_logos(bilan)
    grille = _incomplete(bilan)
    if grille.rangees:
        yield grille
    else:
        yield sentence("Toutes les réponses attendues sont reçues et lues.")


def _incomplete(bilan: Bilan) -> Grille:
    """Les organismes dont il manque une réponse, et ce qui en est attendu."""
    attendus = grid_of(expected_table(bilan), (0, 1, 2, 3, 4), (1, 1, 1, 1, 1))
    couples = zip(bilan.organismes, attendus.rangees, strict=True)
    return Grille(
        "Réponses attendues de chaque organisme",
        (
            "Organisme",
            "Fiches",
            "Demandées",
            "Non répondues",
            "À vérifier",
            "Avant le",
            "Formulaire",
        ),
        tuple(
            (nom, fiches, demandees, *_lacking(organisme), limite, recu)
            for organisme, (nom, fiches, demandees, limite, recu) in couples
            if _lacks(organisme)
        ),
        (24, 26, 13, 11, 10, 16, 13),
        frozenset({2, 3, 4}),
        (2, 2, 2),
    )


def _lacks(organisme: BilanOrganisme) -> bool:
    manque = organisme.completude.non_repondues or organisme.completude.a_verifier
    return bool(manque) or not organisme.releves


def _lacking(organisme: BilanOrganisme) -> tuple[str, str]:
    return str(organisme.completude.non_repondues), str(organisme.completude.a_verifier)


def _calendar(bilan: Bilan) -> Section:
    rangees = tuple(_due_row(echeance) for echeance in bilan.echeances)
    vide = missing(
        "Aucune échéance n’est connue",
        f"La date de signature et les dates de campagne se lisent dans data/contrat.yaml"
        f"{INSECABLE}: {command('clsmon calendar')}.",
    )
    grille = Grille(
        "Échéances en retard, puis à venir",
        ("Date", "Échéance", "Qui", "Source"),
        rangees,
        (26, 38, 18, 18),
        au_plus=(2, 2, 2),
    )
    return Section(
        titre="Prochaines étapes",
        parties=("page_une",),
        blocs=(grille,) if rangees else (vide,),
        dire="Convenir des dates, et de qui en répond.",
        sources=tuple(f"{r[1]}{INSECABLE}: {r[3]}" for r in rangees),
        rang=6,
        ailleurs=command("clsmon calendar"),
    )


def _due_row(echeance: Echeance) -> tuple[str, str, str, str]:
    reserves = [
        mot
        for mot, vrai in (("en retard", echeance.en_retard), ("provisoire", echeance.provisoire))
        if vrai
    ]
    suite = f" ({', '.join(reserves)})" if reserves else ""
    return (
        f"{spell_date(echeance.date)}{suite}",
        echeance.titre,
        echeance.responsable,
        echeance.source,
    )
