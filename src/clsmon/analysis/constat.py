"""
Ce que l'on sait d'une mesure pour un exercice, à partir des réponses de ses répondants.

Zéro, non répondu, non disponible, sans objet et à vérifier restent cinq choses différentes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from clsmon.analysis.adopted import adopted_examens
from clsmon.analysis.arbitration import find_arbitration, find_proposal
from clsmon.analysis.completeness import read_state
from clsmon.analysis.computed import compute_rule
from clsmon.analysis.contestations import contestations_of
from clsmon.analysis.heads import Synthese
from clsmon.model.constat import Constat, Declaration
from clsmon.model.contestation import ChiffreConteste
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.indicateur import Mesure, Reponses, TypeMesure
from clsmon.model.releve import Etat
from clsmon.model.seance import Retenue
from clsmon.model.statut import Statut

ZERO = Decimal(0)


def declarations_of(
    situee: MesureSituee, syntheses: Mapping[str, Synthese]
) -> tuple[Declaration, ...]:
    """Les réponses à une mesure : ses répondants dans leur ordre, puis les autres organismes."""
    ordre = [*situee.repondants, *(code for code in syntheses if code not in situee.repondants)]
    return tuple(
        syntheses[code].valeurs[situee.cle]
        for code in dict.fromkeys(ordre)
        if code in syntheses and situee.cle in syntheses[code].valeurs
    )


def compute_constat(
    dossier: Dossier,
    situee: MesureSituee,
    exercice: int,
    syntheses: Mapping[str, Synthese],
) -> Constat:
    """
    Le constat d'une mesure pour un exercice.

    Un arbitrage du COPIL l'emporte : la valeur proposée par le signataire qu'il nomme, s'il en a
    contesté le chiffre, sinon la réponse de l'organisme qu'il nomme, sinon la valeur qu'il fixe.
    Sans arbitrage, c'est ce qui est déclaré qui compte, contesté ou non. Une contestation reçue
    après l'adoption ne change rien à un arbitrage d'avant. Une mesure calculée ne se conteste pas.
    """
    if situee.mesure.calcul is not None:
        return compute_rule(dossier, situee, exercice, syntheses)
    declarations = declarations_of(situee, syntheses)
    declare = _declared(dossier, situee, exercice, declarations)
    contestations = contestations_of(dossier, situee.cle, exercice, declare)
    constat, arbitrage = declare, find_arbitration(dossier, situee.cle, exercice)
    if arbitrage is not None:
        nom, retient = arbitrage
        parmi = adopted_examens(dossier, exercice, nom)
        proposees = contestations
        if parmi is not None:
            proposees = contestations_of(dossier, situee.cle, exercice, declare, parmi)
        arbitre = _arbitrated(situee, exercice, declarations, retient, proposees)
        constat = declare if arbitre is None else replace(arbitre, arbitrage=nom)
    return replace(constat, contestations=contestations, declare=declare if contestations else None)


def compute_declared(
    dossier: Dossier, situee: MesureSituee, exercice: int, syntheses: Mapping[str, Synthese]
) -> Constat:
    """Le constat d'une mesure tel qu'il est déclaré, sans arbitrage ni contestation."""
    return _declared(dossier, situee, exercice, declarations_of(situee, syntheses))


def _declared(
    dossier: Dossier, situee: MesureSituee, exercice: int, declarations: Sequence[Declaration]
) -> Constat:
    """
    Les réponses combinées comme la mesure le dit.

    - `lectures` : la première valeur, dans l'ordre des répondants, compte ; les autres sont à
      côté. Si le premier répond « non disponible » et que le deuxième donne un nombre, ce nombre
      compte ; sans aucune valeur, une réponse à vérifier passe devant « non disponible » et
      « sans objet », car elle peut encore en donner une ;
    - `somme` : les nombres des répondants s'ajoutent, un taux par ses deux termes ; la somme est
      incomplète, et nomme ceux qui manquent, tant que l'un d'eux n'a pas de nombre ; estimée si
      l'un est estimé ; qui est sans objet n'y manque pas ;
    - `separees` : les réponses se lisent l'une à côté de l'autre, sans total. Un texte ne
      s'additionne pas : `somme` sur autre chose qu'un nombre se lit de même.
    """
    if situee.mesure.reponses is Reponses.LECTURES:
        return _read_first(situee, exercice, declarations)
    if situee.mesure.reponses is Reponses.SOMME and situee.mesure.type.chiffre:
        return _add(situee, exercice, declarations)
    return _side_by_side(dossier, situee, exercice, declarations)


def _single(
    mesure: Mesure, exercice: int, retenue: Declaration, autres: Sequence[Declaration]
) -> Constat:
    """Le constat d'une seule réponse, les autres à côté."""
    etat = read_state(mesure, retenue.valeur)
    nus = Constat(exercice, Statut.of(etat), declarations=(retenue, *autres), retenues=1)
    if etat is None or not etat.repond:
        return nus
    valeur = retenue.valeur
    if not mesure.type.chiffre:
        return replace(nus, texte=valeur.valeur or "")
    return replace(
        nus,
        nombre=valeur.nombre,
        numerateur=valeur.numerateur,
        denominateur=valeur.denominateur,
    )


def _others(
    retenues: Sequence[Declaration], declarations: Sequence[Declaration]
) -> list[Declaration]:
    return [d for d in declarations if all(d is not retenue for retenue in retenues)]


def _read_first(
    situee: MesureSituee, exercice: int, declarations: Sequence[Declaration]
) -> Constat:
    mesure = situee.mesure
    repondues = [(read_state(mesure, d.valeur), d) for d in declarations]
    ordonnees = [
        *(d for etat, d in repondues if _repond(etat)),
        *(d for etat, d in repondues if etat is Etat.A_VERIFIER),
        *(d for etat, d in repondues if etat is not None),
    ]
    if not ordonnees:
        return Constat(exercice, Statut.NON_REPONDU, declarations=tuple(declarations))
    return _single(mesure, exercice, ordonnees[0], _others(ordonnees[:1], declarations))


def _repond(etat: Etat | None) -> bool:
    return etat is not None and etat.repond


def _arbitrated(
    situee: MesureSituee,
    exercice: int,
    declarations: Sequence[Declaration],
    retient: Retenue,
    contestations: Sequence[ChiffreConteste],
) -> Constat | None:
    """
    Ce que retient le COPIL : une valeur proposée, la réponse d'un organisme, ou une valeur.

    None s'il retient un organisme qui n'a rien dit de la mesure : rien n'est alors tranché.
    """
    proposition = find_proposal(retient, contestations)
    if proposition is not None:
        return _proposed(situee.mesure, exercice, declarations, proposition)
    retenue = next((d for d in declarations if d.organisme == retient.organisme), None)
    if retenue is not None:
        return _single(situee.mesure, exercice, retenue, _others([retenue], declarations))
    if retient.valeur is None:
        return None
    return Constat(exercice, Statut.RENSEIGNE, retient.valeur, declarations=tuple(declarations))


def _proposed(
    mesure: Mesure,
    exercice: int,
    declarations: Sequence[Declaration],
    proposition: ChiffreConteste,
) -> Constat:
    """Le constat d'une valeur proposée ; toutes les réponses déclarées restent à côté."""
    valeur = proposition.contestation.proposee
    chiffre = mesure.type.chiffre
    return Constat(
        exercice,
        Statut.of(valeur.etat),
        valeur.nombre if chiffre else None,
        valeur.numerateur,
        valeur.denominateur,
        "" if chiffre else valeur.valeur or "",
        tuple(declarations),
        proposant=proposition.organisme,
    )


def _add(situee: MesureSituee, exercice: int, declarations: Sequence[Declaration]) -> Constat:
    mesure = situee.mesure
    etats = _expected_states(situee, declarations)
    repondues = [d for d in declarations if _repond(etats.get(d.organisme))]
    ajoutees = [d for d in repondues if _addable(mesure, d)]
    if not ajoutees:
        statut = Statut.NON_CALCULABLE if repondues else _without_value(etats.values())
        return Constat(exercice, statut, declarations=tuple(declarations))
    presents = {d.organisme for d in ajoutees}
    constat = Constat(
        exercice,
        _value_status(etats[code] for code in presents),
        declarations=(*ajoutees, *_others(ajoutees, declarations)),
        incomplet=tuple(
            code
            for code, etat in etats.items()
            if code not in presents and etat is not Etat.SANS_OBJET
        ),
        retenues=len(ajoutees),
    )
    return _with_total(mesure, constat, ajoutees)


def _addable(mesure: Mesure, declaration: Declaration) -> bool:
    """Un taux donné en points seulement ne s'ajoute pas : il lui manque ses deux termes."""
    valeur = declaration.valeur
    if mesure.type is TypeMesure.TAUX:
        return valeur.numerateur is not None and valeur.denominateur is not None
    return valeur.nombre is not None


def _with_total(mesure: Mesure, constat: Constat, ajoutees: Sequence[Declaration]) -> Constat:
    if mesure.type is not TypeMesure.TAUX:
        return replace(constat, nombre=sum((d.valeur.nombre or ZERO for d in ajoutees), ZERO))
    haut = sum((d.valeur.numerateur or ZERO for d in ajoutees), ZERO)
    bas = sum((d.valeur.denominateur or ZERO for d in ajoutees), ZERO)
    taux = haut / bas * 100 if bas else None
    return replace(constat, nombre=taux, numerateur=haut, denominateur=bas)


def _side_by_side(
    dossier: Dossier, situee: MesureSituee, exercice: int, declarations: Sequence[Declaration]
) -> Constat:
    """
    Les réponses l'une à côté de l'autre, une par ligne, « Nom : … » s'il y a plusieurs répondants.

    Des nombres séparés restent dans `declarations` : c'est le document qui les écrit.
    """
    etats = _expected_states(situee, declarations)
    retenues = [d for d in declarations if _repond(etats.get(d.organisme))]
    if not retenues:
        return Constat(exercice, _without_value(etats.values()), declarations=tuple(declarations))
    plusieurs = len(situee.repondants) > 1
    lignes = [
        f"{dossier.contrat.nom_court(d.organisme)} : {d.valeur.valeur}"
        if plusieurs
        else d.valeur.valeur or ""
        for d in retenues
    ]
    return Constat(
        exercice,
        _value_status(etats[d.organisme] for d in retenues),
        texte="" if situee.mesure.type.chiffre else "\n".join(lignes),
        declarations=(*retenues, *_others(retenues, declarations)),
        retenues=len(retenues),
    )


def _expected_states(
    situee: MesureSituee, declarations: Sequence[Declaration]
) -> dict[str, Etat | None]:
    """L'état de la réponse de chaque répondant ; celui qui n'en est pas un ne compte pas."""
    par_code = {d.organisme: d for d in declarations}
    return {
        code: read_state(situee.mesure, par_code[code].valeur if code in par_code else None)
        for code in situee.repondants
    }


def _value_status(etats: Iterable[Etat | None]) -> Statut:
    return Statut.ESTIME if Etat.ESTIME in set(etats) else Statut.RENSEIGNE


def _without_value(etats: Iterable[Etat | None]) -> Statut:
    """Le statut quand personne n'a donné de valeur : d'abord ce qui peut encore en donner."""
    presents = set(etats)
    ordre = (Etat.A_VERIFIER, None, Etat.NON_DISPONIBLE, Etat.SANS_OBJET)
    return Statut.of(next((etat for etat in ordre if etat in presents), None))
