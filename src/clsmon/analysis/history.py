"""L'histoire des relevés : lequel remplace lequel, pourquoi, et ce que chacun a changé."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clsmon.analysis.heads import (
    Synthese,
    compute_heads,
    group_by_organism,
    is_withdrawal,
    merge,
)
from clsmon.analysis.narrative import cell_of, changed_fields, spell_field
from clsmon.model.constat import Declaration
from clsmon.model.dossier import Dossier
from clsmon.model.releve import RELECTURE, DeclarationFiche, Releve, SaisiPar
from clsmon.model.suivi import (
    EtapeReleve,
    GenreReleve,
    HistoriqueOrganisme,
    Remplacement,
    RubriqueRemplacee,
)


def compute_history(dossier: Dossier, exercice: int) -> tuple[HistoriqueOrganisme, ...]:
    """
    Ce que chaque organisme a rendu pour un exercice, relevé après relevé, dans l'ordre du registre.

    L'ordre ne vient que des remplacements, puis du nom : ni date ni heure n'y entrent. Une
    ancienne clé de mesure est suivie jusqu'à l'actuelle.
    """
    groupes = group_by_organism(dossier, exercice)
    connus = [code for code in dossier.contrat.organismes if code in groupes]
    inconnus = sorted(groupes.keys() - dossier.contrat.organismes.keys())
    return tuple(
        HistoriqueOrganisme(code, tuple(_steps(dossier, groupes[code], code)))
        for code in [*connus, *inconnus]
    )


def order_by_replacement(releves: Mapping[str, Releve]) -> tuple[str, ...]:
    """Les noms des relevés, chacun après ceux qu'il remplace, par nom à rang égal."""
    ordre: list[str] = []
    restants = set(releves)
    while restants:
        prets = [nom for nom in restants if restants.isdisjoint(releves[nom].remplace)]
        # Two relevés that replace each other cannot be written, but nothing here may loop.
        suivants = sorted(prets or restants)
        ordre += suivants
        restants.difference_update(suivants)
    return tuple(ordre)


def name_kind(releve: Releve) -> GenreReleve:
    """Pourquoi un relevé a été écrit, d'après son motif et qui l'a saisi."""
    if is_withdrawal(releve):
        return GenreReleve.RETRAIT
    if releve.motif == RELECTURE:
        return GenreReleve.RELECTURE
    if releve.motif or releve.saisi_par is SaisiPar.ANIMATEUR:
        return GenreReleve.CORRECTION
    return GenreReleve.RETOUR


def _steps(
    dossier: Dossier, releves: Mapping[str, Releve], organisme: str
) -> Iterator[EtapeReleve]:
    tetes = compute_heads(releves)
    for nom in order_by_replacement(releves):
        releve = releves[nom]
        remplaces = {ancien: releves[ancien] for ancien in releve.remplace if ancien in releves}
        genre, tete = name_kind(releve), nom in tetes
        if not remplaces:
            yield EtapeReleve(nom, releve, genre, tete, ())
            continue
        avant = merge(dossier, remplaces, organisme)
        apres = merge(dossier, {nom: releve}, organisme)
        mesures = tuple(compare_answers(dossier, avant, apres))
        rubriques = tuple(_rubric_changes(dossier, avant, apres))
        yield EtapeReleve(nom, releve, genre, tete, mesures, rubriques)


def compare_answers(dossier: Dossier, avant: Synthese, apres: Synthese) -> Iterator[Remplacement]:
    """Les réponses qui changent, dans l'ordre du contrat, puis celles de mesures disparues."""
    cles = {*avant.valeurs, *apres.valeurs}
    connues = [cle for cle in dossier.mesures if cle in cles]
    for cle in [*connues, *sorted(cles - dossier.mesures.keys())]:
        ancienne, nouvelle = _answered(avant, cle), _answered(apres, cle)
        if _answer(ancienne) != _answer(nouvelle):
            yield Remplacement(cle, ancienne, nouvelle)


def _rubric_changes(
    dossier: Dossier, avant: Synthese, apres: Synthese
) -> Iterator[RubriqueRemplacee]:
    """Les rubriques dont le texte change, fiche par fiche, dans l'ordre du formulaire."""
    for fiche in dossier.fiches:
        ancien, nouveau = (s.recits.get(fiche.id) for s in (avant, apres))
        dits = [recit.declaration if recit else DeclarationFiche() for recit in (ancien, nouveau)]
        for champ in changed_fields(*dits):
            avant_apres = [(spell_field(dit, champ), cell_of(dit, champ)) for dit in dits]
            (texte, place), (autre, cellule) = avant_apres
            source = ancien.releve if ancien else None
            yield RubriqueRemplacee(fiche.id, champ, texte, autre, place, cellule, source)


def _answered(synthese: Synthese, cle: str) -> Declaration | None:
    """La réponse à une mesure ; un commentaire seul n'en est pas une."""
    declaration = synthese.valeurs.get(cle)
    return declaration if declaration and declaration.valeur.etat is not None else None


def _answer(declaration: Declaration | None) -> tuple[object, ...] | None:
    return declaration.valeur.reponse if declaration else None
