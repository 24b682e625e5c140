"""
L'argent d'un exercice : ce que chaque organisme déclare, ses sommes, ce qui y manque.

Tous les montants sont en euros. Source : contrat, article 5, rubrique « Financement » des fiches.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clsmon.model.contrat import Axe, RegleAnimateur
from clsmon.model.fiche import Fiche, Financement
from clsmon.model.releve import Poste, Releve
from clsmon.model.statut import Statut

ARS = "ars"
"""Le code de l'organisme dont l'aide se lit à part (article 5)."""


class NatureMontant(StrEnum):
    """Ce qu'est un montant déclaré : une dépense de l'organisme, ou une aide qu'il reçoit."""

    PREVU = "prevu"
    ENGAGE = "engage"
    REALISE = "realise"
    NOTIFIE = "notifie"
    VERSE = "verse"


DEPENSES = (NatureMontant.PREVU, NatureMontant.ENGAGE, NatureMontant.REALISE)
AIDES = (NatureMontant.NOTIFIE, NatureMontant.VERSE)


@dataclass(frozen=True)
class MontantDeclare:
    """
    Un montant déclaré ou attendu d'un organisme, pour une fiche.

    `champ` est sa rubrique (« depenses.realise », « aides.ars.verse »), `financeur` est vide pour
    une dépense. Sans montant, `statut` dit pourquoi : non répondu, non disponible, sans objet ou à
    vérifier. `cellule` est celle du classeur reçu, vide si rien n'y est écrit.
    """

    axe: str | None
    fiche: Fiche
    organisme: str
    champ: str
    nature: NatureMontant
    statut: Statut
    montant: Decimal | None = None
    financeur: str = ""
    saisi: str = ""
    cellule: str = ""
    releve: Releve | None = None

    @property
    def manque(self) -> bool:
        """Vrai s'il manque à une somme : ni donné, ni dit sans objet."""
        return self.montant is None and self.statut is not Statut.SANS_OBJET


@dataclass(frozen=True)
class Somme:
    """
    Une somme de montants déclarés ; `total` est None quand aucun ne l'est, jamais zéro.

    `manquants` sont ceux qu'il faudrait pour qu'elle soit entière.
    """

    total: Decimal | None = None
    manquants: tuple[MontantDeclare, ...] = ()
    sans_objet: bool = False
    """Vrai si tous les montants attendus sont dits sans objet."""

    @property
    def incomplete(self) -> bool:
        """Vrai s'il y a une somme et qu'il y manque au moins un montant."""
        return self.total is not None and bool(self.manquants)


@dataclass(frozen=True)
class Sommes:
    """Les dépenses et les aides d'une fiche, d'un axe, d'un organisme ou de l'ensemble."""

    prevu: Somme = Somme()
    engage: Somme = Somme()
    realise: Somme = Somme()
    notifie: Somme = Somme()
    verse: Somme = Somme()
    ars_notifie: Somme = Somme()
    ars_verse: Somme = Somme()
    attendus: int = 0
    """Le nombre de montants déclarés ou attendus, ceux dits sans objet à part."""

    @property
    def manquants(self) -> tuple[MontantDeclare, ...]:
        """Tous les montants qui manquent, la part de l'ARS comptée une fois."""
        sommes = (self.prevu, self.engage, self.realise, self.notifie, self.verse)
        return tuple(montant for somme in sommes for montant in somme.manquants)


@dataclass(frozen=True)
class SommesFinanceur:
    """Les aides d'un financeur : ses sommes, les fiches et les organismes qu'il aide."""

    financeur: str
    notifie: Somme
    verse: Somme
    fiches: tuple[Fiche, ...]
    organismes: tuple[str, ...]


class Reserve(StrEnum):
    """Ce que le contrat laisse dans le doute d'un montant qu'il écrit."""

    SANS_MONTANT = "sans_montant"
    PORTEE_NON_DITE = "portee_non_dite"
    DUREE_NON_DITE = "duree_non_dite"
    TAUX_SANS_BASE = "taux_sans_base"
    A_CONFIRMER = "a_confirmer"


@dataclass(frozen=True)
class MontantPrevu:
    """Ce qu'une fiche du contrat écrit de son financement, et ses réserves ; jamais additionné."""

    fiche: Fiche
    financement: Financement
    reserves: tuple[Reserve, ...]


@dataclass(frozen=True)
class DeclarationPoste:
    """Ce qu'un organisme déclare du poste d'animateur santé, dans une fiche."""

    fiche: Fiche
    organisme: str
    poste: Poste
    statuts: tuple[tuple[str, Statut], ...] = ()
    """L'état des rubriques du poste sans valeur (« poste.etp »), quand il est dit."""


@dataclass(frozen=True)
class BilanPoste:
    """
    Le poste d'animateur santé, compté une fois, et la règle de l'article 5.

    `retenue` est la déclaration qui compte ; `autres`, celles du même poste, jamais ajoutées.
    `assiette` est le coût éligible ramené à un ETP au plus. `plafond` est None quand le coût
    éligible n'est pas déclaré. `versee` et `notifiee` sont l'aide de l'ARS à la fiche du poste.
    """

    regle: RegleAnimateur
    fiche: Fiche | None = None
    retenue: DeclarationPoste | None = None
    autres: tuple[DeclarationPoste, ...] = ()
    assiette: Decimal | None = None
    plafond: Decimal | None = None
    notifiee: Somme = Somme()
    versee: Somme = Somme()

    @property
    def concordent(self) -> bool:
        """Vrai si toutes les déclarations du poste disent la même chose."""
        postes = [d.poste for d in (self.retenue, *self.autres) if d is not None]
        return all(poste == postes[0] for poste in postes)

    @property
    def maximum(self) -> Decimal:
        """Ce que l'aide ne peut dépasser : le plafond calculé, sinon le plafond annuel."""
        return self.regle.plafond_annuel if self.plafond is None else self.plafond

    @property
    def versee_au_dela(self) -> bool:
        """Vrai si l'aide versée dépasse le maximum."""
        return self.versee.total is not None and self.versee.total > self.maximum

    @property
    def notifiee_au_dela(self) -> bool:
        """Vrai si l'aide notifiée dépasse le maximum."""
        return self.notifiee.total is not None and self.notifiee.total > self.maximum

    @property
    def temps_insuffisant(self) -> bool:
        """Vrai si le temps déclaré est sous le minimum du contrat (fiche 5.1)."""
        etp = self.retenue.poste.etp if self.retenue else None
        minimum = self.regle.etp_minimum
        return etp is not None and minimum is not None and etp < minimum


@dataclass(frozen=True)
class Finances:
    """L'argent d'un exercice : les montants un à un, et les mêmes sommes vues de quatre côtés."""

    montants: tuple[MontantDeclare, ...] = ()
    ensemble: Sommes = Sommes()
    par_axe: tuple[tuple[Axe | None, Sommes], ...] = ()
    par_fiche: tuple[tuple[Fiche, Sommes], ...] = ()
    par_organisme: tuple[tuple[str, Sommes], ...] = ()
    par_financeur: tuple[SommesFinanceur, ...] = ()
    prevus: tuple[MontantPrevu, ...] = ()
    poste: BilanPoste | None = None
    hors_vigueur: tuple[tuple[str, str], ...] = ()
    """(fiche/rubrique, organisme) des montants reçus d'une fiche non suivie : non comptés."""
