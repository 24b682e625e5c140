"""La gouvernance montrée : instances, séances, participation, programme annuel et lieux."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from clsmon.model.bilan import Bilan
from clsmon.model.gouvernance import (
    Assiduite,
    BilanInstance,
    Minimum,
)
from clsmon.model.libelles import spell_date
from clsmon.render.cells import Cellule, Colonne, Tableau, Taux
from clsmon.render.spelling import INSECABLE, spell_ratio

VERDICTS: Mapping[Minimum, str] = {
    Minimum.ATTEINT: "atteint",
    Minimum.EN_COURS: "pas encore atteint, année en cours",
    Minimum.NON_ATTEINT: "non atteint",
    Minimum.SANS_MINIMUM: "le contrat n’en fixe pas",
    Minimum.INCONNU: "non connu",
}
REGLES: tuple[tuple[str, str], ...] = (
    (
        "Instances",
        (
            "Les séances comptées sont celles qui se sont tenues dans l’année civile de "
            "l’exercice. Une séance prévue ne compte pas. Quand aucune séance de l’année n’est "
            "enregistrée, le document ne dit pas que l’instance ne s’est pas réunie : il ne le "
            "sait pas."
        ),
    ),
    (
        "Participation",
        (
            "Présents parmi les convoqués. Une séance sans liste de convoqués ne compte pas ; un "
            "organisme venu sans être convoqué non plus. Un excusé est un absent : il est nommé à "
            "part. Les chiffres de la gouvernance et l’indicateur du contrat viennent des mêmes "
            "séances."
        ),
    ),
    (
        "Programme annuel",
        (
            "Le contrat ne définit pas la réalisation d’une action ; la définition est celle de "
            "cet outil : actions déclarées « réalisée » parmi toutes celles du programme, les "
            "actions prévues, reportées ou abandonnées restant au dénominateur. L’état est celui "
            "que déclare l’organisme qui porte l’action. Une action dont personne ne dit l’état "
            "est comptée à part ; sans aucun état, il n’y a pas de taux."
        ),
    ),
    (
        "Lieux",
        (
            "Une fiche est dans une commune ou un quartier quand un organisme l’y déclare. Une "
            "fiche dont personne ne dit le lieu n’est placée nulle part, pas même d’après son "
            "titre."
        ),
    ),
)
"""Les règles de cette section, en mots."""


def spell_attendance(assiduite: Assiduite) -> str:
    """« 34 sur 52, soit 65,4 % », ou vide si personne n'est convoqué."""
    if assiduite.taux is None:
        return ""
    return spell_ratio(Decimal(assiduite.presents), Decimal(assiduite.convocations), assiduite.taux)


def _dates(bilan: Bilan, instance: BilanInstance) -> tuple[str, str]:
    """Les dates tenues, puis les prévues ; d'une date passée, on ne sait si elle s'est tenue."""
    tenues = ", ".join(spell_date(t.seance.date) for t in instance.tenues)
    prevues = (
        spell_date(s.date) + (" (date passée)" if s.date < bilan.date else "")
        for s in instance.prevues
    )
    return tenues, ", ".join(prevues)


def instances_table(bilan: Bilan) -> Tableau:
    """Chaque instance, son minimum annuel, ce qui s'est tenu et ce qui est prévu."""
    connues = bilan.gouvernance.enregistree
    return Tableau(
        f"Instances réunies en {bilan.exercice}",
        (
            Colonne("Instance", 32),
            Colonne("Minimum par an", 12, nombre=True),
            Colonne("Séances tenues", 12, nombre=True),
            Colonne("Dates", 40),
            Colonne("Séances prévues", 32),
            Colonne("Minimum du contrat", 32),
        ),
        tuple(
            (
                instance.nom,
                instance.minimum,
                len(instance.tenues) if connues else None,
                *_dates(bilan, instance),
                VERDICTS[instance.verdict],
            )
            for instance in bilan.gouvernance.instances
        ),
    )


def _rate(assiduite: Assiduite) -> Cellule:
    return None if assiduite.taux is None else Taux(assiduite.taux)


def meetings_table(bilan: Bilan) -> Tableau:
    """Une ligne par séance tenue : convoqués, présents, participation, excusés nommés."""
    return Tableau(
        "Séances tenues",
        (
            Colonne("Séance", 32),
            Colonne("Date", 24),
            Colonne("Convoqués", 12, nombre=True),
            Colonne("Présents", 12, nombre=True),
            Colonne("Participation", 16, nombre=True),
            Colonne("Excusés", 64),
        ),
        tuple(
            (
                instance.nom,
                tenue.seance.date,
                tenue.assiduite.convocations or "liste non enregistrée",
                tenue.assiduite.presents if tenue.assiduite.convocations else None,
                _rate(tenue.assiduite),
                ", ".join(bilan.contrat.nom_court(code) for code in tenue.excuses),
            )
            for instance in bilan.gouvernance.instances
            for tenue in instance.tenues
        ),
    )


def members_table(bilan: Bilan) -> Tableau:
    """Les présences de chaque signataire et de chaque convoqué, par instance et ensemble."""
    g = bilan.gouvernance
    reunies = [rang for rang, instance in enumerate(g.instances) if instance.tenues]
    return Tableau(
        "Participation de chaque signataire et organisme convoqué",
        (
            Colonne("Organisme", 40),
            Colonne("Signataire", 12),
            *(Colonne(g.instances[rang].nom, 16) for rang in reunies),
            Colonne("Convocations", 14, nombre=True),
            Colonne("Présences", 12, nombre=True),
            Colonne("Excusé", 10, nombre=True),
            Colonne("Participation", 14, nombre=True),
        ),
        (
            *(
                (
                    bilan.contrat.nom_court(membre.organisme),
                    "oui" if membre.signataire else None,
                    *(_share(membre.par_instance[rang]) for rang in reunies),
                    *_totals(membre.ensemble),
                )
                for membre in g.membres
            ),
            *(
                (
                    (
                        "Ensemble",
                        None,
                        *(_share(g.instances[rang].assiduite) for rang in reunies),
                        *_totals(g.assiduite),
                    ),
                )
                if g.membres
                else ()
            ),
        ),
    )


def nothing_recorded(bilan: Bilan) -> str:
    """Ce qui se dit quand aucune séance de l'année n'est enregistrée."""
    return (
        f"Aucune séance de {bilan.exercice} n’est enregistrée dans le dossier{INSECABLE}: ce "
        "document ne sait pas lesquelles se sont tenues."
    )


def summarize_attendance(bilan: Bilan) -> str:
    """« Participation aux instances : 34 présents parmi les convoqués… »."""
    return (
        f"Participation aux instances en {bilan.exercice}, présents parmi les convoqués"
        f"{INSECABLE}: {spell_attendance(bilan.gouvernance.assiduite)}."
    )


def _share(assiduite: Assiduite) -> str:
    """« 2 sur 3 », ou vide si l'organisme n'était pas convoqué."""
    return f"{assiduite.presents} sur {assiduite.convocations}" if assiduite.convocations else ""


def _totals(assiduite: Assiduite) -> tuple[Cellule, ...]:
    if not assiduite.convocations:
        return ("jamais convoqué", None, None, None)
    return (assiduite.convocations, assiduite.presents, assiduite.excuses, _rate(assiduite))
