"""Un taux : ses deux termes, ou des points de % ; jamais une absence à côté d'un nombre."""

from __future__ import annotations

from decimal import Decimal

from clsmon.model.anomalie import Gravite
from clsmon.model.noeud import round_decimal
from clsmon.model.releve import Etat, Valeur
from clsmon.workbooks.returned.answer_cells import (
    Reading,
    check_bounds,
    check_possible,
    number_fields,
    read_cell_number,
    spell,
)
from clsmon.workbooks.returned.grammar import Absent, Illisible, Lu

ECART_MAX = Decimal(1)
"""L'écart, en points, à partir duquel des points et deux termes se contredisent."""

_COLONNES = ("valeur", "numerateur", "denominateur")


def read_rate(lecture: Reading, accompagne: Valeur) -> Valeur:
    """Lit un taux par ses deux termes, ou en points ; les deux en désaccord sont une question."""
    lus = {colonne: read_cell_number(lecture, colonne) for colonne in _COLONNES}
    if lecture.refus is not None:
        return accompagne
    if any(isinstance(lu, Absent) for lu in lus.values()):
        return _read_absent(lecture, accompagne, lus)
    points, haut, bas = (lu.nombre if isinstance(lu, Lu) else None for lu in lus.values())
    if (haut is None) != (bas is None):
        question = "Un taux se donne par ses deux termes : il en manque un."
        manquant = "numerateur" if haut is None else "denominateur"
        lecture.ask(manquant, Illisible("SAI012", question, "taux incomplet"))
        return accompagne
    if haut is not None and bas is not None:
        return _read_terms(lecture, accompagne, haut, bas, points)
    lu = lus["valeur"]
    return _read_points(lecture, accompagne, lu) if isinstance(lu, Lu) else accompagne


def _read_absent(
    lecture: Reading, accompagne: Valeur, lus: dict[str, Lu | Absent | None]
) -> Valeur:
    """Une absence vaut pour le taux entier si rien d'autre n'est écrit, ou la même absence."""
    colonne, absent = next((c, lu) for c, lu in lus.items() if isinstance(lu, Absent))
    if any(lu is not None and lu != absent for lu in lus.values()):
        texte = lecture.ligne.text(colonne).strip()
        question = f"« {texte} » est écrit à côté d'une autre réponse : laquelle garder ?"
        lecture.ask(colonne, Illisible("SAI012", question, "taux en désaccord"))
        return accompagne
    champs = {"etat": absent.etat, "saisi": lecture.ligne.text(colonne), "regle": absent.regle}
    return accompagne.model_copy(update=champs)


def _read_terms(
    lecture: Reading, accompagne: Valeur, haut: Decimal, bas: Decimal, points: Decimal | None
) -> Valeur:
    for colonne, nombre in (("numerateur", haut), ("denominateur", bas)):
        check_possible(lecture, colonne, nombre)
    if bas == 0:
        question = "Le dénominateur est zéro : « sans objet » s'il n'y avait rien à compter ?"
        lecture.ask("denominateur", Illisible("SAI010", question, "valeur impossible"))
        return accompagne
    if haut > bas and lecture.mesure.maximum is None:
        question = f"Le numérateur ({spell(haut)}) dépasse le dénominateur ({spell(bas)})."
        lecture.ask("numerateur", Illisible("SAI010", question, "valeur impossible"))
    if points is not None and abs(points - haut / bas * 100) >= ECART_MAX:
        question = f"{spell(points)} % ne correspond pas à {spell(haut)} sur {spell(bas)}."
        lecture.ask("valeur", Illisible("SAI012", question, "taux en désaccord"))
    check_bounds(lecture, "numerateur", round_decimal(haut / bas * 100))
    return accompagne.model_copy(
        update={"numerateur": haut, "denominateur": bas, "etat": Etat.RENSEIGNE}
    )


def _read_points(lecture: Reading, accompagne: Valeur, points: Lu) -> Valeur:
    if points.nombre < 0 or (points.nombre > 100 and lecture.mesure.maximum is None):
        question = f"{spell(points.nombre)} % est impossible pour ce taux."
        lecture.ask("valeur", Illisible("SAI010", question, "valeur impossible"))
    check_bounds(lecture, "valeur", points.nombre)
    message = "taux donné en points sans ses deux termes : montré, jamais additionné"
    lecture.say("valeur", "SAI019", Gravite.ALERTE, message)
    champs = number_fields(points, lecture.ligne.cell("valeur"))
    return accompagne.model_copy(update=champs | {"etat": Etat.RENSEIGNE})
