"""Le financement que le contrat écrit, fiche par fiche, avec ce qu'il laisse dans le doute."""

from __future__ import annotations

from collections.abc import Mapping

from clsmon.model.bilan import Bilan
from clsmon.model.fiche import Fiche, Financement, PorteeMontant
from clsmon.model.finances import MontantPrevu, Reserve
from clsmon.render.cells import Colonne, Montant, Tableau
from clsmon.render.spelling import INSECABLE, spell_amount, spell_rate

PORTEES: Mapping[PorteeMontant, str] = {
    PorteeMontant.ARS: "pour l’ARS",
    PorteeMontant.GLOBALE: "global",
    PorteeMontant.INCONNUE: "portée non dite",
}
RESERVES: Mapping[Reserve, str] = {
    Reserve.SANS_MONTANT: "aucun montant d’ensemble n’est écrit",
    Reserve.PORTEE_NON_DITE: "part de l’ARS ou coût total : non dit",
    Reserve.DUREE_NON_DITE: "par an ou pour toute la durée : non dit",
    Reserve.TAUX_SANS_BASE: (
        "base du taux non dite : le taux et le montant ne sont pas multipliés"
    ),
    Reserve.A_CONFIRMER: "cofinancement à confirmer",
}


def _reserves(prevu: MontantPrevu) -> str:
    """Les doutes d'un financement ; les cofinancements à confirmer sont nommés."""
    noms = ", ".join(c.texte for c in prevu.financement.cofinancements if c.a_confirmer)
    return f"{INSECABLE}; ".join(
        RESERVES[reserve] + (f"{INSECABLE}: {noms}" if reserve is Reserve.A_CONFIRMER else "")
        for reserve in prevu.reserves
    )


def _rate_words(financement: Financement) -> str:
    if financement.taux_ars is not None:
        return spell_rate(financement.taux_ars)
    if financement.taux_ars_maximum is not None:
        return f"au plus {spell_rate(financement.taux_ars_maximum)}"
    return ""


def _duration(financement: Financement) -> str:
    duree = financement.duree_ans
    return "" if duree is None else f"{duree} {'an' if duree < 2 else 'ans'}"


def planned_table(bilan: Bilan) -> Tableau:
    """Ce que le contrat écrit du financement de chaque fiche, et ce qu'il laisse dans le doute."""
    return Tableau(
        "Ce que le contrat écrit (jamais additionné)",
        (
            Colonne("Fiche", 8),
            Colonne("Texte du contrat", 80),
            Colonne("Montant écrit", 14, nombre=True),
            Colonne("Portée", 14),
            Colonne("Durée", 10),
            Colonne("Taux ARS", 16),
            Colonne("Ce que le contrat ne dit pas", 50),
        ),
        tuple(
            (
                prevu.fiche.id,
                prevu.financement.texte,
                None if prevu.financement.montant is None else Montant(prevu.financement.montant),
                None if prevu.financement.montant is None else PORTEES[prevu.financement.portee],
                _duration(prevu.financement),
                _rate_words(prevu.financement),
                _reserves(prevu),
            )
            for prevu in bilan.finances.prevus
        ),
    )


def spell_written(bilan: Bilan, fiche: Fiche) -> str:
    """« 171 350 € (pour l'ARS) » : les montants que le contrat écrit pour une fiche."""
    ecrits = [p.financement for p in bilan.finances.prevus if p.fiche.id == fiche.id]
    return f"{INSECABLE}; ".join(
        f"{spell_amount(f.montant)} ({PORTEES[f.portee]})" for f in ecrits if f.montant is not None
    )
