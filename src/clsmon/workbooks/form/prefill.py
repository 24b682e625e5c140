"""Ce qui remplit d'avance un formulaire : réponses déjà reçues, valeurs des années passées."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter

from clsmon.model.contrat import Contrat
from clsmon.model.indicateur import Mesure, TypeMesure
from clsmon.model.libelles import ETATS, ETATS_ACTION, STATUTS
from clsmon.model.noeud import read_decimal
from clsmon.model.questionnaire import Question, QuestionFiche
from clsmon.model.releve import DeclarationFiche, Etat, Valeur
from clsmon.model.statut import Statut
from clsmon.model.tableur import cut_units
from clsmon.workbooks.form.inert import INSECABLE, inert_text
from clsmon.workbooks.form.page import Contenu
from clsmon.workbooks.layout import TERMES, Champ

_COLONNES = re.compile("(?:^| ; )(valeur|numerateur|denominateur|etat) : ")
"""Comment un relevé garde ensemble les cellules d'une réponse refusée."""

TEXTE_PRECEDENT_MAX = 100
"""Le rappel d'un texte de l'an dernier tient dans une colonne étroite, en caractères."""


def measure_answers(question: Question) -> Mapping[str, Contenu]:
    """
    Ce qui est déjà répondu à une mesure, par clé machine de colonne.

    Le texte brut l'emporte sur la valeur qui en a été lue : relu, il donne la même réponse.
    """
    reponse = question.reponse
    if reponse is None:
        return {}
    mesure = question.situee.mesure
    if separees := _split(reponse, mesure):
        return separees | {"commentaire": reponse.commentaire, "preuve": reponse.preuve}
    etat = ETATS.get(reponse.etat, "") if reponse.etat else ""
    return {
        "valeur": _typed(reponse, mesure),
        "numerateur": reponse.numerateur,
        "denominateur": reponse.denominateur,
        "etat": None if reponse.etat is Etat.RENSEIGNE else etat,
        "commentaire": reponse.commentaire,
        "preuve": reponse.preuve,
    }


def _split(reponse: Valeur, mesure: Mesure) -> dict[str, Contenu]:
    """Une réponse refusée qui tenait sur plusieurs colonnes, si chacune lui est ouverte."""
    morceaux = _COLONNES.split(reponse.saisi) if reponse.etat is Etat.A_VERIFIER else [""]
    saisies = dict(zip(morceaux[1::2], morceaux[2::2], strict=True))
    fermees = TERMES if mesure.type is not TypeMesure.TAUX else frozenset()
    if morceaux[0] or not saisies or saisies.keys() & fermees:
        return {}
    return {colonne: read_typed(saisi, "nombre") for colonne, saisi in saisies.items()}


def _typed(reponse: Valeur, mesure: Mesure) -> Contenu:
    if reponse.saisi:
        return read_typed(reponse.saisi, reponse.nature_cellule)
    if reponse.valeur is None or not mesure.type.chiffre:
        return reponse.valeur
    return read_decimal(reponse.valeur)


def read_typed(saisi: str, nature: str) -> Contenu:
    """Ce qui a été tapé : un nombre reste un nombre, tout le reste est du texte."""
    if nature != "nombre":
        return saisi
    try:
        return read_decimal(saisi)
    except ValueError:
        return saisi


def is_answered(reponses: Mapping[str, Contenu]) -> bool:
    """Vrai si une mesure compte comme renseignée : valeur, état, ou les deux termes d'un taux."""
    termes = (reponses.get("numerateur"), reponses.get("denominateur"))
    return bool(
        _filled(reponses.get("valeur"))
        or _filled(reponses.get("etat"))
        or all(terme is not None for terme in termes)
    )


def _filled(contenu: Contenu) -> bool:
    return contenu is not None and contenu != ""


def previous_answer(precedente: Valeur | None, mesure: Mesure) -> Contenu:
    """La réponse de l'an dernier, avec son état en toutes lettres s'il n'est pas « renseigné »."""
    if precedente is None or precedente.etat is None:
        return STATUTS[Statut.NON_REPONDU]
    if not precedente.etat.repond:
        return STATUTS[Statut(precedente.etat.value)]
    valeur = _previous_value(precedente, mesure)
    if precedente.etat is Etat.RENSEIGNE:
        return valeur
    texte = spell_number(valeur) if isinstance(valeur, Decimal) else valeur
    return f"{texte} ({ETATS[Etat.ESTIME]})"


def _previous_value(precedente: Valeur, mesure: Mesure) -> Decimal | str:
    nombre = precedente.nombre if mesure.type.chiffre else None
    if nombre is None:
        texte = inert_text(precedente.valeur or "").replace("\n", " ")
        return cut_units(texte, TEXTE_PRECEDENT_MAX)
    if mesure.type is not TypeMesure.TAUX:
        return nombre
    points = f"{spell_number(nombre.quantize(Decimal('0.1'), ROUND_HALF_UP))}{INSECABLE}%"
    if precedente.numerateur is None or precedente.denominateur is None:
        return points
    termes = (precedente.numerateur, precedente.denominateur)
    return f"{points} ({' / '.join(map(spell_number, termes))})"


def spell_number(nombre: Decimal) -> str:
    """Un nombre en toutes lettres de tableur : « 1 234,5 », espaces insécables."""
    texte = f"{nombre.normalize():,f}"
    return texte.replace(",", INSECABLE).replace(".", ",")


def field_answer(question: QuestionFiche, champ: Champ, contrat: Contrat) -> Contenu:
    """Ce qui est déjà répondu à une rubrique d'une fiche ; son texte brut s'il a été gardé."""
    declaration = question.reponse
    if declaration is None:
        return None
    tapee = declaration.a_verifier.get(champ.cle) or declaration.lectures.get(champ.cle)
    if tapee is not None:
        return read_typed(tapee.saisi, tapee.nature_cellule)
    if champ.cle in declaration.absents:
        return ETATS[declaration.absents[champ.cle]]
    return _declared(declaration, champ, contrat)


def _declared(declaration: DeclarationFiche, champ: Champ, contrat: Contrat) -> Contenu:
    famille, _, reste = champ.cle.partition(".")
    match famille:
        case "communes":
            noms = (contrat.organismes.get(code) for code in declaration.communes)
            return " ; ".join(
                o.nom if o else code for code, o in zip(declaration.communes, noms, strict=True)
            )
        case "programme":
            etat = declaration.programme.get(reste)
            return ETATS_ACTION[etat] if etat else None
        case "aides":
            financeur, _, montant = reste.partition(".")
            aides = (a for a in declaration.aides if a.financeur == financeur)
            return next((getattr(aide, montant) for aide in aides), None)
        case "poste" if declaration.poste is None:
            return None
    contenu = attrgetter(champ.cle)(declaration)
    return champ.choix[contenu.value] if champ.choix and contenu else contenu
