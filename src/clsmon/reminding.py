"""Les relances : un courriel prêt à ouvrir et un texte par organisme ; rien n'est envoyé."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from clsmon.analysis.questionnaire import compute_questionnaire
from clsmon.model.dossier import Dossier
from clsmon.model.suivi import Suivi, SuiviOrganisme
from clsmon.opening import form_path, packaged
from clsmon.render.mail import render_mail
from clsmon.render.reminder import render_reminder
from clsmon.text.contacts import load_contacts
from clsmon.workbooks.form.workbook import render_form
from clsmon.workbooks.reader.cells import read_workbook
from clsmon.workbooks.reader.refusal import ClasseurRefuse
from clsmon.workbooks.returned.identity import identify
from clsmon.writing import write_together

SUFFIXES = (".eml", ".txt")


@dataclass(frozen=True)
class Relances:
    """
    Ce qui vient d'être écrit, et ce qu'il faut en savoir avant d'envoyer, par code d'organisme.

    `depassees` : des relances d'avant, pour qui n'en a plus besoin. `refaits` : ceux dont le
    formulaire préparé, plus ancien que leurs réponses, est joint prérempli de celles-ci.
    `sans_formulaire` : rien à joindre. `sans_adresse` : contacts.yaml ne les connaît pas.
    """

    ecrites: tuple[Path, ...]
    depassees: tuple[Path, ...]
    refaits: tuple[str, ...]
    sans_formulaire: tuple[str, ...]
    sans_adresse: tuple[str, ...]


def prepared_organisms(dossier: Dossier, exercice: int) -> frozenset[str]:
    """Les organismes dont le formulaire de l'exercice est écrit."""
    return frozenset(
        code
        for code in dossier.contrat.organismes
        if form_path(dossier.racine, exercice, code).is_file()
    )


def write_reminders(dossier: Dossier, suivi: Suivi, sortie: Path) -> Relances:
    """
    Écrit dans `sortie` un .eml et un .txt par organisme à relancer, nommés par son code.

    Le formulaire préparé est joint s'il existe. Les mêmes données donnent les mêmes octets. Lève
    ClsmonError si un gabarit ou contacts.yaml est fautif, ou si l'écriture est impossible.
    """
    contacts = load_contacts(dossier.racine, dossier.contrat)
    gabarits = [dossier.racine / "templates", packaged("templates")]
    fichiers: dict[Path, bytes] = {}
    refaits = []
    for organisme in suivi.a_relancer:
        code = organisme.code
        piece, refait = _attachment(dossier, suivi, organisme)
        refaits += [code] if refait else []
        relance = render_reminder(suivi, organisme, gabarits, joint=piece is not None)
        courriel = render_mail(relance.objet, relance.corps, contacts.get(code, ()), piece)
        fichiers[sortie / f"{code}.eml"] = courriel
        fichiers[sortie / f"{code}.txt"] = relance.texte.encode("utf-8")
    write_together(fichiers)
    relances = {organisme.code: organisme for organisme in suivi.a_relancer}
    return Relances(
        ecrites=tuple(fichiers),
        depassees=tuple(_outdated(dossier, relances, sortie)),
        refaits=tuple(refaits),
        sans_formulaire=tuple(code for code, o in relances.items() if not o.prepare),
        sans_adresse=tuple(code for code in relances if code not in contacts),
    )


def _attachment(
    dossier: Dossier, suivi: Suivi, organisme: SuiviOrganisme
) -> tuple[tuple[str, bytes] | None, bool]:
    """
    Le formulaire à joindre, et s'il a fallu le refaire.

    Un formulaire préparé avant les réponses reçues ne les remplacerait pas : son retour ferait
    deux réponses. Le partenaire reçoit alors le sien, prérempli ; `formulaires/` ne change pas.
    """
    exercice, code = suivi.bilan.exercice, organisme.code
    if not organisme.prepare:
        return None, False
    chemin = form_path(dossier.racine, exercice, code)
    octets = chemin.read_bytes()
    if _starts_from(octets, organisme.tetes):
        return (chemin.name, octets), False
    questionnaire = compute_questionnaire(dossier, exercice, code, fictif=suivi.bilan.fictif)
    return (chemin.name, render_form(questionnaire)), True


def _starts_from(octets: bytes, tetes: Sequence[str]) -> bool:
    """Vrai si ce formulaire part de ces relevés : son retour les remplacera."""
    try:
        identite = identify(read_workbook(octets))
    except ClasseurRefuse:
        return False
    return sorted(identite.base) == sorted(tetes)


def _outdated(dossier: Dossier, relances: Collection[str], sortie: Path) -> Iterator[Path]:
    for code in dossier.contrat.organismes:
        if code not in relances:
            chemins = (sortie / f"{code}{suffixe}" for suffixe in SUFFIXES)
            yield from (chemin for chemin in chemins if chemin.is_file())
