"""Un taux : ses deux termes, ou des points de % ; jamais une absence à côté d'un nombre."""

from __future__ import annotations

from clsmon.model.anomalie import Gravite
from clsmon.model.noeud import round_decimal, spell
from clsmon.model.releve import Valeur
from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.answer_cells import (
    Reading,
    check_possible,
    number_fields,
    read_cell_number,
    state_of,
    tell_reading,
)
from clsmon.workbooks.returned.grammar.numbers import read_terms
from clsmon.workbooks.returned.grammar.outcome import FRANCAIS, Absent, Illisible, Lu

ECART_MAX = 1
"""L'écart, en points, à partir duquel des points et deux termes se contredisent."""

DEUX_TERMES = "deux termes en texte"
"""La règle de « 12/15 », écrit dans la cellule de la valeur."""

_TERMES = ("numerateur", "denominateur")


def read_rate(lecture: Reading, accompagne: Valeur) -> Valeur:
    """Lit un taux par ses deux termes, ou en points ; les deux en désaccord sont une question."""
    cellule = lecture.ligne.cell("valeur")
    ecrits = read_terms(cellule.texte) if cellule and cellule.nature is Nature.TEXTE else None
    points = None if ecrits else read_cell_number(lecture, "valeur")
    haut, bas = (read_cell_number(lecture, colonne) for colonne in _TERMES)
    if lecture.refus is not None:
        return accompagne
    if cellule and ecrits:
        return _read_written_terms(lecture, accompagne, cellule, ecrits, (haut, bas))
    lus = {"valeur": points, "numerateur": haut, "denominateur": bas}
    if any(isinstance(lu, Absent) for lu in lus.values()):
        return _read_absent(lecture, accompagne, lus)
    if isinstance(haut, Lu) and isinstance(bas, Lu):
        valeur = _read_terms(lecture, accompagne, haut, bas)
        if isinstance(points, Lu):
            _compare(lecture, points, haut, bas)
        return valeur.model_copy(update=_raw_terms(lecture, haut, bas))
    if haut is not None or bas is not None:
        question = "Un taux se donne par ses deux termes : il en manque un."
        manquant = "numerateur" if haut is None else "denominateur"
        lecture.ask(manquant, Illisible("SAI012", question, "taux incomplet"))
        return accompagne
    return _read_points(lecture, accompagne, points) if isinstance(points, Lu) else accompagne


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


def _read_written_terms(
    lecture: Reading,
    accompagne: Valeur,
    cellule: Cellule,
    ecrits: tuple[Lu, Lu],
    voisins: tuple[Lu | Absent | None, Lu | Absent | None],
) -> Valeur:
    """« 12/15 » dans la cellule de la valeur ; les deux colonnes sont vides, ou disent de même."""
    haut, bas = ecrits
    remplis = any(voisin is not None for voisin in voisins)
    nombres = [voisin.nombre for voisin in voisins if isinstance(voisin, Lu)]
    if remplis and nombres != [haut.nombre, bas.nombre]:
        question = f"« {shorten(cellule.texte.strip())} » n'est pas ce que disent les deux termes."
        lecture.ask("valeur", Illisible("SAI012", question, "taux en désaccord"))
        return accompagne
    lu = f"{spell(haut.nombre)} sur {spell(bas.nombre)}"
    lecture.say("valeur", "SAI014", Gravite.INFO, tell_reading(cellule, lu))
    valeur = _read_terms(lecture, accompagne, haut, bas, ("valeur", "valeur"))
    return valeur.model_copy(update={"saisi": cellule.texte, "regle": _rules(haut, bas)})


def _rules(*lus: Lu) -> str:
    """Les règles qui ont lu les deux termes écrits ensemble, chacune une fois."""
    autres = (lu.regle for lu in lus if lu.regle != FRANCAIS)
    return ", ".join(dict.fromkeys([DEUX_TERMES, *autres]))


def _raw_terms(lecture: Reading, haut: Lu, bas: Lu) -> dict[str, str]:
    """Le texte brut de deux termes dont l'un n'est pas qu'un nombre, et les règles qui l'ont lu."""
    bruts, regles = [], []
    for colonne, lu in zip(_TERMES, (haut, bas), strict=True):
        cellule = lecture.ligne.cellules[colonne]
        en_texte = cellule.nature is Nature.TEXTE
        bruts.append(cellule.texte.strip() if en_texte else spell(lu.nombre))
        if en_texte and lu.regle != FRANCAIS:
            regles.append(lu.regle)
    if not regles:
        return {}
    return {"saisi": " / ".join(bruts), "regle": ", ".join(dict.fromkeys(regles))}


def _read_terms(
    lecture: Reading,
    accompagne: Valeur,
    haut: Lu,
    bas: Lu,
    places: tuple[str, str] = ("numerateur", "denominateur"),
) -> Valeur:
    """Un taux par ses deux termes, écrits dans les colonnes `places`."""
    for colonne, lu in zip(places, (haut, bas), strict=True):
        check_possible(lecture, colonne, lu.nombre)
    if bas.nombre == 0:
        question = "Le dénominateur est zéro : « sans objet » s'il n'y avait rien à compter ?"
        lecture.ask(places[1], Illisible("SAI010", question, "valeur impossible"))
        return accompagne
    if haut.nombre > bas.nombre and lecture.mesure.maximum is None:
        question = (
            f"Le numérateur ({spell(haut.nombre)}) dépasse le dénominateur ({spell(bas.nombre)})."
        )
        lecture.ask(places[0], Illisible("SAI010", question, "valeur impossible"))
    termes = {"numerateur": haut.nombre, "denominateur": bas.nombre, "etat": state_of(haut, bas)}
    return accompagne.model_copy(update=termes)


def _compare(lecture: Reading, points: Lu, haut: Lu, bas: Lu) -> None:
    """Des points écrits à côté des deux termes disent la même chose, à un point près."""
    if not bas.nombre:
        return
    if abs(points.nombre - round_decimal(haut.nombre / bas.nombre * 100)) >= ECART_MAX:
        question = (
            f"{spell(points.nombre)} % ne correspond pas à {spell(haut.nombre)} "
            f"sur {spell(bas.nombre)}."
        )
        lecture.ask("valeur", Illisible("SAI012", question, "taux en désaccord"))


def _read_points(lecture: Reading, accompagne: Valeur, points: Lu) -> Valeur:
    if points.nombre < 0 or (points.nombre > 100 and lecture.mesure.maximum is None):
        question = f"{spell(points.nombre)} % est impossible pour ce taux."
        lecture.ask("valeur", Illisible("SAI010", question, "valeur impossible"))
    message = "taux donné en points sans ses deux termes : montré, jamais additionné"
    lecture.say("valeur", "SAI019", Gravite.ALERTE, message)
    champs = number_fields(points, lecture.ligne.cell("valeur"))
    return accompagne.model_copy(update=champs | {"etat": state_of(points)})
