"""Le poste d'animateur santé montré : ce qui est déclaré, la règle, ce qui s'en écarte."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.bilan import Bilan
from clsmon.model.finances import BilanPoste, DeclarationPoste
from clsmon.model.libelles import STATUTS
from clsmon.model.statut import Statut
from clsmon.render.cells import Cellule, Colonne, Montant, Tableau
from clsmon.render.finances import sum_cell
from clsmon.render.spelling import INSECABLE, spell_amount, spell_number, spell_rate


def job_rule(poste: BilanPoste) -> str:
    """La règle du contrat, en une phrase, avec ses nombres."""
    regle = poste.regle
    minimum = regle.etp_minimum
    return (
        f"Règle du contrat{INSECABLE}: l’ARS paie au plus {spell_rate(regle.taux_max)} de la "
        f"dépense réelle éligible d’un ETP, et au plus {spell_amount(regle.plafond_annuel)} par an"
        + (
            f"{INSECABLE}; le territoire y consacre au moins {spell_number(minimum)}{INSECABLE}ETP."
            if minimum is not None
            else "."
        )
    )


def job_table(bilan: Bilan) -> Tableau:
    """Le calcul de l'aide maximale, terme par terme, et l'aide déclarée à côté."""
    poste = bilan.finances.poste
    return Tableau(
        "Poste d’animateur santé",
        (Colonne("Élément", 80), Colonne("Valeur", 24, nombre=True)),
        tuple(_rows(poste)) if poste else (),
    )


def _rows(poste: BilanPoste) -> Iterator[tuple[str, Cellule]]:
    regle, retenue = poste.regle, poste.retenue
    declare = retenue.poste if retenue else None
    yield "Temps déclaré (ETP)", _or_state(retenue, "etp", declare.etp if declare else None)
    yield "Mois occupés", _or_state(retenue, "mois", declare.mois if declare else None)
    cout = declare.cout_eligible if declare else None
    yield (
        "Coût éligible déclaré",
        _or_state(retenue, "cout_eligible", None if cout is None else Montant(cout)),
    )
    if poste.assiette is not None and poste.assiette != cout:
        yield "Coût éligible ramené à un ETP", Montant(poste.assiette)
    if poste.assiette is not None:
        yield (
            f"{spell_rate(regle.taux_max)} de ce coût",
            Montant(poste.assiette * regle.taux_max / 100),
        )
    yield "Plafond annuel du contrat", Montant(regle.plafond_annuel)
    if poste.plafond is not None:
        yield "Aide maximale de l’ARS (le moindre des deux)", Montant(poste.plafond)
    ou = f" pour la fiche {poste.fiche.id}" if poste.fiche else ""
    yield f"Aide de l’ARS notifiée{ou}", sum_cell(poste.notifiee) or STATUTS[Statut.NON_REPONDU]
    yield f"Aide de l’ARS versée{ou}", sum_cell(poste.versee) or STATUTS[Statut.NON_REPONDU]


def _or_state(retenue: DeclarationPoste | None, champ: str, valeur: Cellule) -> Cellule:
    if valeur is not None:
        return valeur
    statuts = dict(retenue.statuts) if retenue else {}
    return STATUTS[statuts.get(f"poste.{champ}", Statut.NON_REPONDU)]


def job_remarks(bilan: Bilan) -> tuple[str, ...]:
    """Ce que le calcul fait dire : qui déclare le poste, et ce qui s'écarte de la règle."""
    poste = bilan.finances.poste
    return tuple(_remarks(bilan, poste)) if poste else ()


def _remarks(bilan: Bilan, poste: BilanPoste) -> Iterator[str]:
    yield from _sources(bilan, poste)
    if poste.plafond is None:
        yield (
            "Le coût éligible n’étant pas déclaré, l’aide maximale n’est pas connue"
            f"{INSECABLE}: elle est d’au plus {spell_amount(poste.regle.plafond_annuel)}."
        )
    for mot, somme, depasse in (
        ("notifiée", poste.notifiee, poste.notifiee_au_dela),
        ("versée", poste.versee, poste.versee_au_dela),
    ):
        if depasse and somme.total is not None:
            ecart = spell_amount(somme.total - poste.maximum)
            yield (
                f"À examiner{INSECABLE}: l’aide {mot} ({spell_amount(somme.total)}) dépasse de "
                f"{ecart} l’aide maximale ({spell_amount(poste.maximum)})."
            )
    if poste.temps_insuffisant and poste.retenue and poste.regle.etp_minimum is not None:
        etp, minimum = poste.retenue.poste.etp, poste.regle.etp_minimum
        if etp is not None:
            yield (
                f"À examiner{INSECABLE}: le temps déclaré ({spell_number(etp)}{INSECABLE}ETP) est "
                f"sous le minimum du contrat ({spell_number(minimum)}{INSECABLE}ETP)."
            )


def _sources(bilan: Bilan, poste: BilanPoste) -> Iterator[str]:
    if poste.retenue is None:
        yield "Personne n’a encore déclaré le poste."
        return
    yield f"Valeurs déclarées par {_where(bilan, poste.retenue)}."
    if poste.autres:
        autres = f"{INSECABLE}; ".join(_where(bilan, autre) for autre in poste.autres)
        verbe = "qui dit" if len(poste.autres) < 2 else "qui disent"
        accord = "la même chose" if poste.concordent else "autre chose"
        yield (
            f"Le même poste est aussi déclaré par {autres}, {verbe} {accord}{INSECABLE}: "
            "c’est un seul poste, il est compté une fois."
        )


def _where(bilan: Bilan, declaration: DeclarationPoste) -> str:
    """« Dijon métropole (fiche 5.1 : 1 ETP, 12 mois, 41 000 €) »."""
    poste = declaration.poste
    termes = [
        spell_number(nombre) + unite
        for nombre, unite in ((poste.etp, f"{INSECABLE}ETP"), (poste.mois, f"{INSECABLE}mois"))
        if nombre is not None
    ]
    if poste.cout_eligible is not None:
        termes.append(spell_amount(poste.cout_eligible))
    detail = f"{INSECABLE}: {', '.join(termes)}" if termes else ""
    nom = bilan.contrat.nom_court(declaration.organisme)
    return f"{nom} (fiche {declaration.fiche.id}{detail})"
