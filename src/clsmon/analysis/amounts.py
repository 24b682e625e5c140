"""Les montants d'un exercice, un à un : ceux qui sont déclarés, et ceux qui étaient attendus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Context, Decimal
from functools import reduce

from clsmon.model.bilan import BilanFiche, Recit
from clsmon.model.dossier import Dossier
from clsmon.model.finances import AIDES, ARS, DEPENSES, MontantDeclare, NatureMontant, Somme, Sommes
from clsmon.model.releve import DeclarationFiche
from clsmon.model.statut import Statut

_VIDE = DeclarationFiche()
_EXACT = Context(prec=60)


def list_amounts(dossier: Dossier, fiches: Iterable[BilanFiche]) -> Iterator[MontantDeclare]:
    """
    Les montants des fiches suivies, organisme par organisme, dans l'ordre du document.

    De chaque répondant d'une fiche sont attendus ses dépenses et l'aide de l'ARS, que son
    formulaire demande ; l'ARS n'attend pas d'aide d'elle-même. Un autre financeur, ou un organisme
    qui n'est pas répondant, ne figure que s'il est déclaré.
    """
    for fiche in fiches:
        recits = {recit.organisme: recit for recit in fiche.recits}
        repondants = fiche.fiche.suivi.repondants
        for organisme in dict.fromkeys([*repondants, *recits]):
            recit = recits.get(organisme)
            attendu = organisme in repondants
            for financeur, champ, nature in _fields(dossier, organisme, recit, attendu=attendu):
                montant = _read_amount(dossier, fiche, organisme, recit, (financeur, champ, nature))
                if attendu or montant.statut is not Statut.NON_REPONDU:
                    yield montant


Rubrique = tuple[str, str, NatureMontant]
"""Le financeur (vide pour une dépense), la rubrique du relevé, la nature."""


def _fields(
    dossier: Dossier, organisme: str, recit: Recit | None, *, attendu: bool
) -> Iterator[Rubrique]:
    for nature in DEPENSES:
        yield "", f"depenses.{nature}", nature
    demandee = attendu and organisme != ARS and ARS in dossier.contrat.organismes
    declares = _funders(recit.declaration) if recit else ()
    for financeur in dict.fromkeys([*((ARS,) if demandee else ()), *declares]):
        for nature in AIDES:
            yield financeur, f"aides.{financeur}.{nature}", nature


def _funders(declaration: DeclarationFiche) -> tuple[str, ...]:
    """Les financeurs déclarés, ceux dont le montant est dit absent ou reste à vérifier compris."""
    champs = (c.split(".") for c in (*declaration.absents, *declaration.a_verifier))
    dits = (champ[1] for champ in champs if champ[0] == "aides" and len(champ) == 3)
    return tuple(dict.fromkeys([*(aide.financeur for aide in declaration.aides), *dits]))


def _read_amount(
    dossier: Dossier, fiche: BilanFiche, organisme: str, recit: Recit | None, rubrique: Rubrique
) -> MontantDeclare:
    financeur, champ, nature = rubrique
    declaration = recit.declaration if recit else _VIDE
    montant = read_field(declaration, champ)
    doute = declaration.a_verifier.get(champ)
    if doute is not None:
        montant = None
    return MontantDeclare(
        axe=fiche.fiche.axe,
        fiche=fiche.fiche,
        organisme=organisme,
        champ=champ,
        nature=nature,
        statut=status_of(declaration, champ, montant),
        montant=montant,
        financeur=dossier.codes_actuels.get(financeur, financeur),
        saisi=doute.saisi if doute else "",
        cellule=doute.cellule if doute else declaration.cellules.get(champ, ""),
        releve=recit.releve if recit else None,
    )


def read_field(declaration: DeclarationFiche, champ: str) -> Decimal | None:
    """Le montant d'une rubrique ; plusieurs aides d'un même financeur s'ajoutent."""
    tete, *reste = champ.split(".")
    if tete == "depenses":
        depense: Decimal | None = getattr(declaration.depenses, reste[0])
        return depense
    financeur, nature = reste
    aides = (a for a in declaration.aides if a.financeur == financeur)
    return _add([montant for a in aides if (montant := getattr(a, nature)) is not None])


def status_of(declaration: DeclarationFiche, champ: str, montant: Decimal | None) -> Statut:
    """L'état d'une rubrique chiffrée : donnée, à vérifier, dite absente, ou non répondue."""
    if champ in declaration.a_verifier:
        return Statut.A_VERIFIER
    if montant is not None:
        return Statut.RENSEIGNE
    return Statut.of(declaration.absents.get(champ))


def _add(montants: Sequence[Decimal]) -> Decimal | None:
    """Une somme sans arrondi, pour que son ordre n'y change rien ; None s'il n'y a rien."""
    return reduce(_EXACT.add, montants) if montants else None


def sum_amounts(montants: Iterable[MontantDeclare]) -> Somme:
    """La somme des montants donnés, exacte, et ceux qui y manquent."""
    liste = tuple(montants)
    return Somme(
        total=_add([m.montant for m in liste if m.montant is not None]),
        manquants=tuple(m for m in liste if m.manque),
        sans_objet=bool(liste) and all(m.statut is Statut.SANS_OBJET for m in liste),
    )


def sum_by_nature(montants: Iterable[MontantDeclare]) -> Sommes:
    """Les sommes d'un groupe de montants, nature par nature, la part de l'ARS à côté."""
    liste = tuple(montants)

    def somme(nature: NatureMontant, financeur: str | None = None) -> Somme:
        return sum_amounts(
            m for m in liste if m.nature is nature and financeur in {None, m.financeur}
        )

    return Sommes(
        prevu=somme(NatureMontant.PREVU),
        engage=somme(NatureMontant.ENGAGE),
        realise=somme(NatureMontant.REALISE),
        notifie=somme(NatureMontant.NOTIFIE),
        verse=somme(NatureMontant.VERSE),
        ars_notifie=somme(NatureMontant.NOTIFIE, ARS),
        ars_verse=somme(NatureMontant.VERSE, ARS),
        attendus=sum(m.statut is not Statut.SANS_OBJET for m in liste),
    )
