"""Les séances prévues, et celles qu'il reste à programmer pour tenir le minimum annuel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clsmon.analysis.wording import name_source, short_date
from clsmon.model.contrat import Contrat, Instance
from clsmon.model.dossier import Dossier
from clsmon.model.echeance import Echeance, GenreEcheance
from clsmon.model.seance import EtatSeance, Seance

ANIMATEUR = "animateur santé"
"""Il prépare les instances et tient leur secrétariat (fiche 5.1)."""


def meetings_due(dossier: Dossier, jour: date) -> Iterator[Echeance]:
    """
    Les séances d'une année se comptent par rang : la 1re, la 2e…

    Une séance prévue est à sa date ; passée sans être dite tenue, elle est en retard. L'année du
    jour, les rangs qui manquent au minimum de l'instance sont à programmer avant le 31 décembre.
    Programmer ou déplacer une séance garde son rang, donc son nom. Source : contrat, article 3.
    """
    contrat = dossier.contrat
    for code, instance in contrat.instances.items():
        annees: dict[int, list[Seance]] = {}
        for seance in sorted(dossier.seances, key=lambda s: (s.date, s.nom)):
            if seance.instance == code:
                annees.setdefault(seance.date.year, []).append(seance)
        for annee, seances in sorted(annees.items()):
            for rang, seance in enumerate(seances, 1):
                if seance.etat is EtatSeance.PREVUE:
                    nom = _name(instance, rang, annee)
                    yield _planned(contrat, seance, nom, f"{code}-{annee}-{rang}", jour)
        deja = len(annees.get(jour.year, ()))
        yield from _missing(contrat, code, instance, deja, jour)


def _name(instance: Instance, rang: int, annee: int) -> str:
    return f"{instance.nom}, {'1re' if rang == 1 else f'{rang}e'} séance de {annee}"


def _planned(contrat: Contrat, seance: Seance, nom: str, cle: str, jour: date) -> Echeance:
    passee, envoye = seance.date < jour, seance.ordre_du_jour.envoye_le
    if passee:
        consigne = f"Dire si la séance s’est tenue, dans {seance.lieu().fichier}."
    elif envoye:
        consigne = f"Ordre du jour envoyé le {short_date(envoye)}."
    else:
        consigne = "Envoyer l’ordre du jour avant la séance."
    return Echeance(
        seance.date,
        GenreEcheance.SEANCE,
        f"seance-{cle}",
        f"{nom}, à confirmer" if passee else nom,
        consigne,
        ANIMATEUR,
        name_source(contrat, 3),
        en_retard=passee,
    )


def _missing(
    contrat: Contrat, code: str, instance: Instance, deja: int, jour: date
) -> Iterator[Echeance]:
    periode, annee = contrat.periode, jour.year
    if not periode.debut <= annee <= periode.date_fin.year or jour > periode.date_fin:
        return
    dernier = min(date(annee, 12, 31), periode.date_fin)
    for rang in range(deja + 1, (instance.minimum_annuel or 0) + 1):
        yield Echeance(
            dernier,
            GenreEcheance.SEANCE,
            f"seance-{code}-{annee}-{rang}",
            f"{_name(instance, rang, annee)}, à programmer",
            f"Au moins {instance.minimum_annuel} par an : fixer la date et convoquer.",
            ANIMATEUR,
            name_source(contrat, 3),
        )
