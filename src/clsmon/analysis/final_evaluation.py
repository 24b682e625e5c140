"""Les échéances de l'évaluation finale, comptées à rebours de la fin du contrat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clsmon.analysis.wording import count, name_source
from clsmon.model.contrat import Contrat, RegleEvaluation
from clsmon.model.echeance import DatesFinales, Echeance, GenreEcheance
from clsmon.model.mois import add_months


def compute_final_dates(contrat: Contrat) -> DatesFinales:
    """
    La fin du contrat, et les trois dates de `regles.evaluation_finale`, en mois avant elle.

    Le marché se lance `lancement_mois_avant_fin` mois avant, le prestataire garde
    `delai_prestataire_mois` mois, l'évaluation se mène dans les `fenetre_mois` derniers.
    Source : contrat, fiche 5.2 et article 6.
    """
    fin, provisoire = contrat.periode.date_fin, contrat.periode.fin_provisoire
    regle = contrat.regles.evaluation_finale
    if regle is None:
        return DatesFinales(fin, provisoire)
    return DatesFinales(
        fin,
        provisoire,
        marche=add_months(fin, -regle.lancement_mois_avant_fin),
        prestataire=add_months(fin, -regle.delai_prestataire_mois),
        fenetre=add_months(fin, -regle.fenetre_mois),
    )


def final_deadlines(contrat: Contrat, jour: date) -> Iterator[Echeance]:
    """Ce qui reste à venir de l'évaluation finale, puis la fin du contrat."""
    dates, regle = compute_final_dates(contrat), contrat.regles.evaluation_finale
    if regle is not None:
        yield from _evaluation(contrat, regle, dates, jour)
    if dates.fin >= jour:
        yield Echeance(
            dates.fin,
            GenreEcheance.CONTRAT,
            "contrat-fin",
            "Fin du contrat",
            "Décider de la suite avant ce jour. Prolonger la durée demande un avenant signé.",
            "signataires",
            name_source(contrat, 6),
            dates.provisoire,
        )


def tender_is_late(dates: DatesFinales, jour: date) -> bool:
    """
    Vrai quand la date du marché est passée et que le prestataire peut encore commencer à temps.

    Le dossier ne sait pas si le marché est lancé : au-delà, le rappel ne servirait plus.
    """
    if dates.marche is None or dates.prestataire is None:
        return False
    return dates.marche < jour <= dates.prestataire


def _evaluation(
    contrat: Contrat, regle: RegleEvaluation, dates: DatesFinales, jour: date
) -> Iterator[Echeance]:
    tard = tender_is_late(dates, jour)
    for cle, quand, titre, consigne in (
        ("marche", dates.marche, _name_tender(tard), _MARCHE),
        ("prestataire", dates.prestataire, _PRESTATAIRE, _give_time(regle)),
        ("fenetre", dates.fenetre, _FENETRE, _MATIERE),
        ("rendu", dates.fin, "Rendre l’évaluation finale", _RENDU),
    ):
        en_retard = tard and cle == "marche"
        if quand is not None and (quand >= jour or en_retard):
            yield Echeance(
                quand,
                GenreEcheance.EVALUATION,
                f"evaluation-{cle}",
                titre,
                consigne,
                contrat.nom_court(regle.responsable) if regle.responsable else "",
                regle.reference or "évaluation finale",
                dates.provisoire,
                en_retard,
            )


_MARCHE = "Choisir les questions évaluatives, rédiger les cahiers des clauses, publier le marché."
_PRESTATAIRE = "Dernier jour pour que le prestataire commence l’évaluation finale"
_FENETRE = "Début de l’évaluation finale"
_MATIERE = "En réunir la matière : clsmon evaluation."
_RENDU = "Présenter les constats et les recommandations avant la fin du contrat."


def _name_tender(tard: bool) -> str:
    condition = ", si ce n’est fait," if tard else ""
    return f"Lancer{condition} le marché de l’évaluation finale"


def _give_time(regle: RegleEvaluation) -> str:
    return f"Le contrat lui donne au moins {count(regle.delai_prestataire_mois, 'mois', 'mois')}."
