"""Les tableaux d'ensemble : avancement, complétude, attendus, décisions, contexte, glossaire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from clsmon.model.bilan import Bilan, BilanAxe, DecisionSuivie
from clsmon.model.completude import Completude
from clsmon.model.contrat import Axe
from clsmon.model.libelles import (
    AVANCEMENTS,
    ETATS_DECISION,
    NATURES_DECISION,
    TERRITOIRES,
    spell_date,
)
from clsmon.model.releve import Avancement
from clsmon.render.cells import Annee, Cellule, Colonne, Tableau, Taux
from clsmon.render.spelling import (
    INSECABLE,
    NON_DECLARE,
    spell_advance,
    spell_completeness,
)

if TYPE_CHECKING:
    from clsmon.model.evaluation import AxeEvalue, Evaluation

AVANCEMENTS_MONTRES: tuple[Avancement | None, ...] = (
    Avancement.REALISEE,
    Avancement.EN_COURS,
    Avancement.NON_DEMARREE,
    Avancement.REPORTEE,
    Avancement.SUSPENDUE,
    Avancement.ABANDONNEE,
    None,
)
"""L'ordre des avancements dans un tableau ou un graphique ; None : non déclaré."""

COLONNES_COMPLETUDE = (
    Colonne("Réponses demandées", 12, nombre=True),
    Colonne("Renseignées", 12, nombre=True),
    Colonne("Estimées", 12, nombre=True),
    Colonne("Non disponibles", 12, nombre=True),
    Colonne("Sans objet", 12, nombre=True),
    Colonne("À vérifier", 12, nombre=True),
    Colonne("Non répondues", 12, nombre=True),
    Colonne("Taux de réponse", 12, nombre=True),
)


def name_axis(axe: BilanAxe | AxeEvalue) -> str:
    """« Axe 1 – Accès aux droits et aux soins »."""
    return name_axis_of(axe.axe)


def name_axis_of(axe: Axe | None) -> str:
    """Le même nom, de l'axe seul."""
    return f"Axe {axe.id} – {axe.titre}" if axe else "Fiches sans axe"


def completeness_cells(completude: Completude) -> tuple[Cellule, ...]:
    """Les comptes et le taux, dans l'ordre de COLONNES_COMPLETUDE."""
    return (
        completude.demandees,
        completude.renseignees,
        completude.estimees,
        completude.non_disponibles,
        completude.sans_objet,
        completude.a_verifier,
        completude.non_repondues,
        None if completude.taux is None else Taux(completude.taux),
    )


def advance_table(bilan: Bilan) -> Tableau:
    """Le nombre de fiches par axe et par avancement."""
    titres = tuple(
        Colonne((NON_DECLARE if a is None else AVANCEMENTS[a]).capitalize(), 12, nombre=True)
        for a in AVANCEMENTS_MONTRES
    )
    suivies = Colonne("Fiches suivies", 12, nombre=True)
    programmer = Colonne("À programmer", 12, nombre=True)
    return Tableau(
        "Nombre de fiches par axe et par avancement",
        (Colonne("Axe", 44), *titres, suivies, programmer),
        tuple(
            (
                name_axis(axe),
                *(axe.compte(a) for a in AVANCEMENTS_MONTRES),
                len(axe.fiches),
                len(axe.a_programmer),
            )
            for axe in bilan.axes
        ),
    )


def completeness_table(bilan: Bilan) -> Tableau:
    """Les réponses demandées et reçues, par axe puis ensemble."""
    return Tableau(
        "Complétude par axe",
        (Colonne("Axe", 44), *COLONNES_COMPLETUDE),
        (
            *((name_axis(a), *completeness_cells(a.completude)) for a in bilan.axes),
            ("Ensemble", *completeness_cells(bilan.completude)),
        ),
    )


def quality_table(bilan: Bilan) -> Tableau:
    """La qualité des données par organisme."""
    return Tableau(
        "Qualité des données par organisme",
        (Colonne("Organisme", 34), *COLONNES_COMPLETUDE),
        tuple(
            (bilan.contrat.nom_court(o.code), *completeness_cells(o.completude))
            for o in bilan.organismes
        ),
    )


def _fiches_of(bilan: Bilan, code: str) -> str:
    concernees = (
        f.fiche.id
        for f in bilan.fiches
        if code in f.fiche.suivi.repondants
        or any(
            code in ligne.situee.repondants
            for indicateur in f.indicateurs
            for ligne in indicateur.lignes
        )
    )
    return ", ".join(concernees)


def expected_table(bilan: Bilan) -> Tableau:
    """Qui doit répondre, sur quelles fiches, pour quand, et ce qui est arrivé."""
    limite = bilan.contrat.limite(bilan.exercice)
    return Tableau(
        "Réponses attendues de chaque organisme",
        (
            Colonne("Organisme", 34),
            Colonne("Fiches", 24),
            Colonne("Réponses demandées", 12, nombre=True),
            Colonne("À rendre avant le", 18),
            Colonne("Formulaire", 14),
        ),
        tuple(
            (
                bilan.contrat.nom_court(o.code),
                _fiches_of(bilan, o.code),
                o.completude.demandees,
                limite,
                "reçu" if o.releves else "non reçu",
            )
            for o in bilan.organismes
        ),
    )


def _decision_state(suivie: DecisionSuivie) -> str:
    etat = ETATS_DECISION[suivie.etat]
    return f"{etat}, en retard" if suivie.en_retard else etat


def decisions_table(bilan: Bilan | Evaluation) -> Tableau:
    """Les décisions antérieures et ce qu'elles sont devenues."""
    instances = bilan.contrat.instances
    return Tableau(
        "Suivi des décisions",
        (
            Colonne("Décision", 24),
            Colonne("Séance", 26),
            Colonne("Nature", 22),
            Colonne("Objet", 30),
            Colonne("Texte", 54),
            Colonne("Responsable", 20),
            Colonne("Échéance", 18),
            Colonne("État", 18),
        ),
        tuple(
            (
                d.nom,
                instances[d.seance.instance].nom
                if d.seance.instance in instances
                else d.seance.instance,
                NATURES_DECISION[d.decision.nature],
                d.objet,
                d.decision.texte,
                bilan.contrat.nom_court(d.decision.responsable) if d.decision.responsable else None,
                d.decision.echeance,
                _decision_state(d),
            )
            for d in bilan.decisions
        ),
    )


def name_territory(bilan: Bilan, code: str) -> str:
    """Le nom d'un territoire de comparaison ; la métropole porte le nom du contrat."""
    nom = bilan.contrat.territoire.nom
    return nom if code == "metropole" else TERRITOIRES.get(code, code)


def sources_of(bilan: Bilan, theme: str) -> tuple[str, ...]:
    """Les sources des chiffres d'un thème, une fois chacune."""
    return tuple(dict.fromkeys(e.source for e in bilan.contexte if e.theme == theme and e.source))


def context_table(bilan: Bilan, theme: str | None = None) -> Tableau:
    """
    Les chiffres du diagnostic territorial, d'un thème ou de tous, territoires côte à côte.

    La source est une colonne, sauf quand elle est commune à tout le thème.
    """
    elements = [e for e in bilan.contexte if theme in {None, e.theme}]
    avec_source = theme is None or len(sources_of(bilan, theme)) > 1
    codes = tuple(dict.fromkeys(code for e in elements for code in e.valeurs))
    territoires = (Colonne(name_territory(bilan, code), 11, nombre=True) for code in codes)
    return Tableau(
        "Chiffres de contexte",
        (
            *((Colonne("Thème", 22),) if theme is None else ()),
            Colonne("Chiffre", 38),
            Colonne("Unité", 20),
            *territoires,
            Colonne("Année", 8, nombre=True),
            *((Colonne("Source", 58),) if avec_source else ()),
        ),
        tuple(
            (
                *((e.theme,) if theme is None else ()),
                e.libelle,
                e.unite,
                *(e.valeurs.get(code) for code in codes),
                None if e.annee is None else Annee(e.annee),
                *((e.source,) if avec_source else ()),
            )
            for e in elements
        ),
    )


def glossary_table(bilan: Bilan) -> Tableau:
    """Les sigles employés et leur sens."""
    return Tableau("Glossaire", (Colonne("Sigle", 16), Colonne("Sens", 80)), bilan.glossaire)


def _count_words(bilan: Bilan) -> Iterator[str]:
    for avancement in AVANCEMENTS_MONTRES:
        compte = sum(f.avancement is avancement for f in bilan.fiches)
        if compte:
            yield f"{spell_advance(avancement)}{INSECABLE}: {compte}"


def summarize(bilan: Bilan) -> str:
    """Le bilan en une phrase ou deux."""
    fiches = len(bilan.fiches)
    mot = "fiche suivie" if fiches < 2 else "fiches suivies"
    comptes = ", ".join(_count_words(bilan))
    avancement = f"{fiches} {mot} ({comptes})" if fiches else "aucune fiche suivie"
    organismes = len(bilan.organismes)
    rendus = sum(bool(o.releves) for o in bilan.organismes)
    return (
        f"Au {spell_date(bilan.date)}, pour l’exercice {bilan.exercice}{INSECABLE}: {avancement}. "
        f"Complétude{INSECABLE}: {spell_completeness(bilan.completude)}. "
        f"{rendus} {'organisme' if rendus < 2 else 'organismes'} sur {organismes} "
        f"{'a' if rendus < 2 else 'ont'} rendu un formulaire."
    )


def is_empty(bilan: Bilan) -> bool:
    """Vrai si aucun relevé n'est encore enregistré pour l'exercice."""
    return not any(o.releves for o in bilan.organismes)
