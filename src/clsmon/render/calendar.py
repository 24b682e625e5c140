"""Les échéances en calendrier .ics, que l'on importe dans son agenda."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from clsmon.model.contrat import Contrat
from clsmon.model.echeance import Echeance
from clsmon.render.plain import FICTIF, one_line, shorten

RAPPELS = (30, 7)
"""Les jours d'avance des rappels."""
HEURE_DU_RAPPEL = 9
LONGUEUR_TITRE = 120
PROVISOIRE = "Date provisoire : la date de signature du contrat n’est pas connue."


def render_calendar(
    contrat: Contrat, jour: date, echeances: Sequence[Echeance], *, fictif: bool = False
) -> bytes:
    """
    Un calendrier .ics (RFC 5545), les mêmes octets pour les mêmes échéances et le même jour.

    L'identifiant d'un évènement vient du contrat et de la clé de l'échéance, jamais de sa date :
    réimporter met à jour. `jour` date la révision (DTSTAMP, SEQUENCE) : la plus récente l'emporte.
    """
    calendrier = Calendar()
    calendrier.add("prodid", "-//clsmon//Échéances du contrat//FR")
    calendrier.add("version", "2.0")
    calendrier.add("calscale", "GREGORIAN")
    calendrier.add("method", "PUBLISH")
    nom = f"{contrat.titre} : échéances"
    calendrier.add("x-wr-calname", one_line(f"{FICTIF} : {nom}" if fictif else nom))
    for echeance in echeances:
        calendrier.add_component(_event(contrat, jour, echeance, fictif=fictif))
    return bytes(calendrier.to_ical())


def _event(contrat: Contrat, jour: date, echeance: Echeance, *, fictif: bool) -> Event:
    evenement = Event()
    evenement.add("uid", f"{echeance.cle}.{_name_contract(contrat)}@clsmon")
    evenement.add("dtstamp", datetime.combine(jour, time(), UTC))
    evenement.add("sequence", max(0, (jour - date(contrat.periode.debut, 1, 1)).days))
    evenement.add("summary", _summary(echeance, fictif=fictif))
    evenement.add("dtstart", echeance.date)
    if echeance.date < date.max:
        evenement.add("dtend", echeance.date + timedelta(days=1))
    evenement.add("description", "\n".join(_description(echeance, fictif=fictif)))
    evenement.add("categories", [echeance.genre.value])
    evenement.add("status", "TENTATIVE" if echeance.provisoire else "CONFIRMED")
    evenement.add("transp", "TRANSPARENT")
    if echeance.date > jour:
        for jours in RAPPELS:
            evenement.add_component(_alarm(echeance, jours))
    return evenement


def _name_contract(contrat: Contrat) -> str:
    """« cls-dijon-metropole-2024 » : deux contrats importés dans un agenda ne se mêlent pas."""
    brut = f"{contrat.nature}-{contrat.territoire.nom}-{contrat.periode.debut}"
    sans_accent = unicodedata.normalize("NFKD", brut).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", sans_accent).strip("-")


def _summary(echeance: Echeance, *, fictif: bool) -> str:
    prefixe = (FICTIF if fictif else "", "En retard" if echeance.en_retard else "")
    suffixe = " (provisoire)" if echeance.provisoire else ""
    titre = shorten(echeance.titre, LONGUEUR_TITRE) + suffixe
    return " : ".join((*filter(None, prefixe), titre))


def _description(echeance: Echeance, *, fictif: bool) -> Iterator[str]:
    if fictif:
        yield FICTIF
    titre = one_line(echeance.titre)
    if len(titre) > LONGUEUR_TITRE:
        yield titre
    yield one_line(echeance.consigne)
    if echeance.responsable:
        yield f"Qui : {one_line(echeance.responsable)}"
    yield f"Source : {one_line(echeance.source)}"
    if echeance.provisoire:
        yield PROVISOIRE


def _alarm(echeance: Echeance, jours: int) -> Alarm:
    """Un rappel à neuf heures : un évènement d'une journée commence à minuit."""
    rappel = Alarm()
    rappel.add("action", "DISPLAY")
    rappel.add("description", f"Dans {jours} jours : {shorten(echeance.titre, LONGUEUR_TITRE)}")
    rappel.add("trigger", timedelta(days=-jours, hours=HEURE_DU_RAPPEL))
    return rappel
