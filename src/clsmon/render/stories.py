"""Les fiches racontées : avancement, récits, argent et perspectives, chacun à son auteur."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from clsmon.model.bilan import Bilan, BilanFiche, Recit
from clsmon.model.echeance import spell_due
from clsmon.model.fiche import Fiche
from clsmon.model.finances import ARS
from clsmon.model.libelles import CONFIANCES, ETATS_ACTION
from clsmon.model.releve import Aide
from clsmon.render.cells import Cellule, Colonne, Montant, Tableau
from clsmon.render.spelling import (
    INSECABLE,
    NON_DECLARE,
    spell_advance,
    spell_amount,
    spell_doubt,
    spell_number,
)

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class Rubrique:
    """Une rubrique de récit : (organisme, texte) de chacun de ceux qui l'ont remplie."""

    titre: str
    textes: tuple[tuple[str, str], ...]


def _rubrics(
    bilan: Bilan, recits: Iterable[Recit], lectures: Mapping[str, Callable[[Recit], str]]
) -> tuple[Rubrique, ...]:
    dits = tuple(recits)
    rubriques = (
        Rubrique(titre, tuple((noms, texte) for texte, noms in _by_answer(bilan, dits, read)))
        for titre, read in lectures.items()
    )
    return tuple(rubrique for rubrique in rubriques if rubrique.textes)


def _by_answer(
    bilan: Bilan, recits: Iterable[Recit], read: Callable[[Recit], T]
) -> tuple[tuple[T, str], ...]:
    """Chaque réponse une fois, avec les noms de tous ceux qui l'ont donnée."""
    auteurs: dict[T, list[str]] = {}
    for recit in recits:
        if reponse := read(recit):
            auteurs.setdefault(reponse, []).append(bilan.contrat.nom_court(recit.organisme))
    return tuple((reponse, ", ".join(noms)) for reponse, noms in auteurs.items())


def stories_of(bilan: Bilan, recits: Iterable[Recit]) -> tuple[Rubrique, ...]:
    """Faits marquants, freins et leviers, organisme par organisme."""
    return _rubrics(
        bilan,
        recits,
        {
            "Faits marquants": lambda recit: recit.declaration.faits_marquants,
            "Freins": lambda recit: recit.declaration.freins,
            "Leviers": lambda recit: recit.declaration.leviers,
        },
    )


def outlook_of(bilan: Bilan, recits: Iterable[Recit]) -> tuple[Rubrique, ...]:
    """Les perspectives, organisme par organisme."""
    return _rubrics(bilan, recits, {"Perspectives": lambda recit: recit.declaration.perspectives})


def silent_fiches(bilan: Bilan) -> tuple[Fiche, ...]:
    """Les fiches dont personne n'a dit les perspectives ; pas celles dont les textes sont tus."""
    return tuple(
        f.fiche
        for f in bilan.fiches
        if not is_withheld(bilan, f.fiche) and not outlook_of(bilan, f.recits)
    )


def withheld_fiches(bilan: Bilan) -> tuple[Fiche, ...]:
    """Les fiches dont le document public tait les textes."""
    return tuple(f.fiche for f in bilan.fiches if is_withheld(bilan, f.fiche))


def is_withheld(bilan: Bilan, fiche: Fiche) -> bool:
    """Vrai si ce document public tait les textes de cette fiche, qu'elle en ait ou non."""
    return bilan.secret is not None and fiche.id not in bilan.secret.fiches


def _amount(nombre: Decimal | None) -> Cellule:
    return None if nombre is None else Montant(nombre)


def _aids(recit: Recit, de_l_ars: bool) -> tuple[Aide, ...]:
    return tuple(a for a in recit.declaration.aides if (a.financeur == ARS) is de_l_ars)


def _has_money(recit: Recit) -> bool:
    d = recit.declaration.depenses
    return any(n is not None for n in (d.prevu, d.engage, d.realise)) or bool(
        recit.declaration.aides
    )


COLONNES_ARGENT = (
    Colonne("Organisme", 24),
    Colonne("Prévu", 14, nombre=True),
    Colonne("Engagé", 14, nombre=True),
    Colonne("Réalisé", 14, nombre=True),
    Colonne("Aide de l’ARS notifiée", 14, nombre=True),
    Colonne("Aide de l’ARS versée", 14, nombre=True),
)


def money_cells(recit: Recit) -> tuple[Cellule, ...]:
    """Prévu, engagé, réalisé, puis l'aide de l'ARS notifiée et versée, en euros."""
    depenses = recit.declaration.depenses
    ars = _aids(recit, de_l_ars=True)
    aide = ars[0] if len(ars) == 1 else None
    return (
        _amount(depenses.prevu),
        _amount(depenses.engage),
        _amount(depenses.realise),
        _amount(aide.notifie) if aide else None,
        _amount(aide.verse) if aide else None,
    )


def money_table(bilan: Bilan, fiche: BilanFiche) -> Tableau:
    """L'argent d'une fiche, organisme par organisme ; jamais additionné ici."""
    return Tableau(
        "Dépenses et aides",
        COLONNES_ARGENT,
        tuple(
            (bilan.contrat.nom_court(recit.organisme), *money_cells(recit))
            for recit in fiche.recits
            if _has_money(recit)
        ),
    )


def programme_table(bilan: Bilan, fiche: BilanFiche) -> Tableau:
    """Les actions du programme annuel de la fiche et leur état déclaré."""
    return Tableau(
        "Programme annuel",
        (
            Colonne("Action programmée", 50),
            Colonne("Organisme", 24),
            Colonne("Échéance", 14),
            Colonne("État", 14),
        ),
        tuple(
            (
                suivie.action.libelle,
                bilan.contrat.nom_court(suivie.organisme) if suivie.organisme else None,
                spell_due(suivie.action.echeance),
                NON_DECLARE if suivie.etat is None else ETATS_ACTION[suivie.etat],
            )
            for suivie in fiche.programme
        ),
    )


def _aid_words(bilan: Bilan, recit: Recit, aide: Aide) -> str:
    montants = [
        f"{mot} {spell_amount(nombre)}"
        for mot, nombre in (("notifiée", aide.notifie), ("versée", aide.verse))
        if nombre is not None
    ]
    if aide.convention:
        montants.append(f"convention {aide.convention}")
    financeur = bilan.contrat.nom_court(aide.financeur)
    nom = bilan.contrat.nom_court(recit.organisme)
    detail = ", ".join(montants)
    return f"Aide de {financeur} à {nom}{INSECABLE}: {detail or 'montant non déclaré'}"


def _job_words(bilan: Bilan, recit: Recit) -> str:
    poste = recit.declaration.poste
    if poste is None:
        return ""
    termes = (
        (poste.etp, f"{INSECABLE}ETP"),
        (poste.mois, f"{INSECABLE}mois"),
        (poste.cout_eligible, f"{INSECABLE}€ de coût éligible"),
    )
    detail = ", ".join(spell_number(n) + unite for n, unite in termes if n is not None)
    nom = bilan.contrat.nom_court(recit.organisme)
    return f"Poste d’animateur santé ({nom}){INSECABLE}: {detail}" if detail else ""


def _position(bilan: Bilan, recit: Recit) -> Iterator[str]:
    dit = recit.declaration
    yield spell_advance(dit.avancement)
    if dit.confiance is not None:
        yield f"confiance dans l’aboutissement{INSECABLE}: {CONFIANCES[dit.confiance]}"
    if dit.communes or dit.qpv:
        lieux = (*(bilan.contrat.nom_court(c) for c in dit.communes), *dit.qpv)
        yield f"lieux{INSECABLE}: {', '.join(lieux)}"


def details_of(bilan: Bilan, fiche: BilanFiche) -> Iterator[str]:
    """Ce que chaque organisme précise d'une fiche : position, lieux, autres aides, doutes."""
    for recit in fiche.recits:
        nom = bilan.contrat.nom_court(recit.organisme)
        yield f"Selon {nom}{INSECABLE}: {f'{INSECABLE}; '.join(_position(bilan, recit))}"
        ars = _aids(recit, de_l_ars=True)
        detaillees = (*(ars if len(ars) > 1 else ()), *_aids(recit, de_l_ars=False))
        yield from (_aid_words(bilan, recit, aide) for aide in detaillees)
        if poste := _job_words(bilan, recit):
            yield poste
        for champ, saisie in recit.declaration.a_verifier.items():
            rubrique = fiche.name_rubric(champ).replace(" :", f"{INSECABLE}:")
            ecrit = spell_doubt(saisie.saisi, saisie.nature_cellule)
            yield f"À vérifier ({nom}, {rubrique}){INSECABLE}: {ecrit}"
