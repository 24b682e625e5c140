"""Les montants montrés un à un : ce que chaque organisme déclare, ce qui manque, sa cellule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clsmon.model.bilan import Bilan
from clsmon.model.fiche import Fiche
from clsmon.model.finances import AIDES, ARS, DEPENSES, MontantDeclare, NatureMontant
from clsmon.model.libelles import STATUTS
from clsmon.model.statut import Statut
from clsmon.render.cells import Cellule, Colonne, Montant, Tableau
from clsmon.render.overview import name_axis_of
from clsmon.render.spelling import INSECABLE

NATURES: Mapping[NatureMontant, str] = {
    NatureMontant.PREVU: "dépense prévue",
    NatureMontant.ENGAGE: "dépense engagée",
    NatureMontant.REALISE: "dépense réalisée",
    NatureMontant.NOTIFIE: "aide notifiée",
    NatureMontant.VERSE: "aide versée",
}
ETAT_MONTANT = 5
"""Le rang de la colonne « État » de la feuille « Montants »."""
_DETAIL = (*((nature, "") for nature in DEPENSES), *((nature, ARS) for nature in AIDES))


def detail_table(bilan: Bilan) -> Tableau:
    """Les montants de chaque organisme fiche par fiche, quand il en déclare au moins un."""
    montants = bilan.finances.montants
    donnes = dict.fromkeys((m.fiche.id, m.organisme) for m in montants if m.montant is not None)
    return Tableau(
        "Par fiche et organisme",
        (
            Colonne("Fiche", 8),
            Colonne("Organisme", 26),
            *(Colonne(NATURES[nature].capitalize(), 14, nombre=True) for nature in DEPENSES),
            Colonne("Aide de l’ARS notifiée", 14, nombre=True),
            Colonne("Aide de l’ARS versée", 14, nombre=True),
        ),
        tuple(
            (
                fiche,
                bilan.contrat.nom_court(organisme),
                *(
                    _amount_cell(_amount(montants, (fiche, organisme), nature, financeur))
                    for nature, financeur in _DETAIL
                ),
            )
            for fiche, organisme in donnes
        ),
    )


def _amount(
    montants: Sequence[MontantDeclare],
    place: tuple[str, str],
    nature: NatureMontant,
    financeur: str,
) -> MontantDeclare | None:
    """Le montant de cette fiche et de cet organisme ; None s'il n'est ni déclaré ni attendu."""
    return next(
        (
            m
            for m in montants
            if (m.fiche.id, m.organisme) == place and (m.nature, m.financeur) == (nature, financeur)
        ),
        None,
    )


def _amount_cell(montant: MontantDeclare | None) -> Cellule:
    if montant is None:
        return None
    return STATUTS[montant.statut] if montant.montant is None else Montant(montant.montant)


def aids_table(bilan: Bilan) -> Tableau:
    """Une ligne par financeur, fiche et organisme aidé, quand un montant est déclaré."""
    aides = [m for m in bilan.finances.montants if m.nature in AIDES]
    ordre = [s.financeur for s in bilan.finances.par_financeur]
    donnees = dict.fromkeys(
        (m.financeur, m.fiche.id, m.organisme) for m in aides if m.montant is not None
    )
    nom = bilan.contrat.nom_court
    return Tableau(
        "Aides déclarées, une ligne par financeur et fiche",
        (
            Colonne("Financeur", 30),
            Colonne("Fiche", 8),
            Colonne("Organisme aidé", 30),
            Colonne("Notifiée", 14, nombre=True),
            Colonne("Versée", 14, nombre=True),
        ),
        tuple(
            (
                nom(financeur),
                fiche,
                nom(organisme),
                *(
                    _amount_cell(_amount(aides, (fiche, organisme), nature, financeur))
                    for nature in AIDES
                ),
            )
            for financeur, fiche, organisme in sorted(donnees, key=lambda a: ordre.index(a[0]))
        ),
    )


def spell_missing(bilan: Bilan, fiche: Fiche) -> str:
    """« rien de déclaré : Sedap, MUSSP ; APO : dépense engagée (à vérifier) »."""
    attendus: dict[str, list[MontantDeclare]] = {}
    for m in bilan.finances.montants:
        if m.fiche.id == fiche.id and m.statut is not Statut.SANS_OBJET:
            attendus.setdefault(m.organisme, []).append(m)
    muets = [code for code, siens in attendus.items() if _is_silent(siens)]
    noms = ", ".join(bilan.contrat.nom_court(code) for code in muets)
    morceaux = [f"rien de déclaré{INSECABLE}: {noms}"] if muets else []
    for code, siens in attendus.items():
        manquants = [m for m in siens if m.manque]
        if manquants and code not in muets:
            nom = bilan.contrat.nom_court(code)
            morceaux.append(f"{nom}{INSECABLE}: {_missing_words(bilan, manquants)}")
    return f"{INSECABLE}; ".join(morceaux)


def _is_silent(montants: Sequence[MontantDeclare]) -> bool:
    return all(m.statut is Statut.NON_REPONDU for m in montants)


def _missing_words(bilan: Bilan, manquants: Sequence[MontantDeclare]) -> str:
    """« dépense engagée, aide versée par l’ARS (non répondu), dépense prévue (à vérifier) »."""
    par_statut: dict[Statut, list[str]] = {}
    for m in manquants:
        par_statut.setdefault(m.statut, []).append(name_amount(bilan, m))
    return ", ".join(f"{', '.join(noms)} ({STATUTS[s]})" for s, noms in par_statut.items())


def name_amount(bilan: Bilan, montant: MontantDeclare) -> str:
    """« dépense réalisée », « aide versée par l’ARS »."""
    nature = NATURES[montant.nature]
    article = "l’" if montant.financeur == ARS else ""
    par = f" par {article}{bilan.contrat.nom_court(montant.financeur)}"
    return nature + par if montant.financeur else nature


def amounts_table(bilan: Bilan) -> Tableau:
    """Une ligne par montant déclaré ou attendu, avec sa cellule : pour filtrer et recouper."""
    axes = {axe.axe.id: name_axis_of(axe.axe) for axe in bilan.axes if axe.axe}
    nom = bilan.contrat.nom_court
    return Tableau(
        "Montants : une ligne par fiche, organisme et nature",
        (
            Colonne("Fiche", 8),
            Colonne("Organisme", 26),
            Colonne("Nature", 20),
            Colonne("Financeur", 26),
            Colonne("Montant", 14, nombre=True),
            Colonne("État", 16),
            Colonne("Écrit dans la cellule", 26),
            Colonne("Classeur reçu", 28),
            Colonne("Cellule", 14),
            Colonne("Clé", 28, technique=True),
            Colonne("Axe", 30, technique=True),
            Colonne("Titre de la fiche", 40, technique=True),
            Colonne("Relevé", 26, technique=True),
        ),
        tuple(
            (
                m.fiche.id,
                nom(m.organisme),
                NATURES[m.nature],
                nom(m.financeur) if m.financeur else None,
                None if m.montant is None else Montant(m.montant),
                STATUTS[m.statut],
                m.saisi,
                m.releve.recu.fichier if m.releve and m.cellule else None,
                m.cellule,
                f"{m.fiche.id}/{m.champ}",
                axes.get(m.axe or "", name_axis_of(None)),
                m.fiche.titre,
                m.releve.nom if m.releve and m.cellule else None,
            )
            for m in bilan.finances.montants
        ),
    )
