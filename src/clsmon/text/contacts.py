"""Les adresses des répondants : `contacts.yaml`, à la racine, hors de git et hors de `data/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from clsmon.model.anomalie import ClsmonError, Lieu
from clsmon.model.contrat import Contrat
from clsmon.model.noeud import Carte, Suite
from clsmon.model.suggestion import advise
from clsmon.text.loading import load_file

CONTACTS = "contacts.yaml"
LONGUEUR_MAX = 254
"""Celle d'une adresse qui voyage (RFC 5321, 4.5.3.1.3)."""

_ADRESSE = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+",
    re.ASCII,
)


def load_contacts(racine: Path, contrat: Contrat) -> Mapping[str, tuple[str, ...]]:
    """
    Les adresses de chaque organisme, par code actuel ; vide si le fichier n'existe pas.

    Chaque code y va à une adresse ou à une liste d'adresses. Lève ClsmonError avec la place du
    premier code inconnu, ou de la première adresse qui n'en est pas une.
    """
    brut, anomalies = load_file(racine, CONTACTS)
    if anomalies:
        premiere = anomalies[0]
        raise ClsmonError(premiere.message, premiere.lieu, premiere.conseil)
    if brut is None:
        return {}
    if not isinstance(brut, Carte):
        raise _fault(Lieu(CONTACTS, 1, 1), "un ensemble de « code: adresse » est attendu")
    actuels = {
        ancien: code
        for code, organisme in contrat.organismes.items()
        for ancien in (code, *organisme.anciens_codes)
    }
    contacts: dict[str, tuple[str, ...]] = {}
    for code, valeur in brut.items():
        if code not in actuels:
            lieu = Lieu(CONTACTS, *brut.cles[code][:2])
            conseil = advise(code, actuels) or "Les codes sont dans data/contrat.yaml."
            raise ClsmonError(f"organisme inconnu : « {code} »", lieu, conseil)
        adresses = tuple(valeur) if isinstance(valeur, Suite) else (valeur,)
        _check(adresses, Lieu(CONTACTS, *brut.valeurs[code][:2]))
        contacts[actuels[code]] = (*contacts.get(actuels[code], ()), *adresses)
    return contacts


def _check(adresses: tuple[object, ...], lieu: Lieu) -> None:
    for adresse in adresses:
        texte = adresse if isinstance(adresse, str) else ""
        if len(texte) > LONGUEUR_MAX or not _ADRESSE.fullmatch(texte):
            raise _fault(lieu, f"« {texte[:60]} » n'est pas une adresse électronique")


def _fault(lieu: Lieu, message: str) -> ClsmonError:
    return ClsmonError(message, lieu, "Écrivez par exemple « apo: contact@apo.example ».")
