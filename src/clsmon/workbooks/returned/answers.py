"""La réponse à une mesure : ses cellules deviennent une `Valeur`, ou une question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from clsmon.model.anomalie import Anomalie, Gravite
from clsmon.model.dossier import MesureSituee
from clsmon.model.indicateur import TypeMesure
from clsmon.model.libelles import ETATS, OUI_NON, read_label, simplify
from clsmon.model.releve import Etat, Valeur
from clsmon.workbooks.reader.grid import Cellule
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.answer_cells import (
    ACCOMPAGNENT,
    SANS_TEXTE,
    Reading,
    advised,
    check_possible,
    number_fields,
    read_cell_number,
    refuse_nature,
    refuse_personal,
    refuse_words,
    state_of,
    typed_text,
)
from clsmon.workbooks.returned.beside import read_beside
from clsmon.workbooks.returned.grammar.absences import read_absence
from clsmon.workbooks.returned.grammar.outcome import Absent, Illisible
from clsmon.workbooks.returned.locating import Ligne
from clsmon.workbooks.returned.rates import read_rate

REPONSES = ("valeur", "numerateur", "denominateur", "etat")
"""Les colonnes qui font une réponse ; le commentaire et la preuve l'accompagnent."""

_BOOLEENS = {"vrai": OUI_NON[0], "faux": OUI_NON[1]}


def read_answer(
    ligne: Ligne, situee: MesureSituee, fichier: str, noms: Mapping[str, str] = ACCOMPAGNENT
) -> tuple[Valeur | None, tuple[Anomalie, ...]]:
    """
    Lit la réponse d'une ligne ; rend (valeur, anomalies), valeur None si rien n'est saisi.

    Ce qui n'est pas lisible sans deviner donne une valeur à l'état `a_verifier`, qui garde le texte
    brut. Les nombres restent dans l'unité de la mesure, un taux en ses deux termes ou en points.
    `noms` : comment sont nommées les colonnes qui accompagnent la réponse.
    """
    lecture = Reading(ligne, fichier, situee, noms)
    accompagne, remarques = read_beside(lecture)
    remplies = [colonne for colonne in REPONSES if ligne.cell(colonne)]
    if not remplies:
        return accompagne, remarques
    cellule = ligne.reference(remplies[0])
    if accompagne is None:
        accompagne = Valeur(cellule=cellule)
    else:
        accompagne = accompagne.model_copy(update={"cellule": cellule})
    for colonne in remplies:
        if personnelle := refuse_personal(ligne.cellules[colonne]):
            lecture.ask(colonne, personnelle)
    valeur = accompagne if lecture.refus else _combine(lecture, accompagne)
    if lecture.refus is not None:
        doute = _doubtful(lecture, accompagne, lecture.refus, remplies)
        return doute, (*lecture.anomalies, *remarques)
    valeur, anomalies = confirm(valeur, lecture.anomalies)
    return valeur, (*anomalies, *remarques)


def confirm(valeur: Valeur, anomalies: Iterable[Anomalie]) -> tuple[Valeur, tuple[Anomalie, ...]]:
    """Un doute dont la ligne porte un commentaire est confirmé : il n'est plus demandé."""
    constats = tuple(anomalies)
    doute = any(a.gravite is Gravite.ALERTE for a in constats)
    if not (doute and valeur.commentaire):
        return valeur, constats
    confirmees = (
        replace(a, gravite=Gravite.INFO, conseil="") if a.gravite is Gravite.ALERTE else a
        for a in constats
    )
    return valeur.model_copy(update={"confirme": True}), tuple(confirmees)


def _combine(lecture: Reading, accompagne: Valeur) -> Valeur:
    etat = _read_state(lecture)
    if lecture.mesure.type is not TypeMesure.TAUX:
        for colonne in ("numerateur", "denominateur"):
            if cellule := lecture.ligne.cell(colonne):
                lecture.ask(colonne, _unexpected(cellule))
    lu = _READERS[lecture.mesure.type](lecture, accompagne)
    return lu if lecture.refus is not None else _with_state(lecture, lu, etat)


def _unexpected(cellule: Cellule) -> Illisible:
    return Illisible(
        "SAI016",
        f"« {shorten(cellule.texte)} » est écrit là où rien n'est demandé : la mesure n'est pas "
        "un taux.",
        "cellule non prévue",
    )


def _read_state(lecture: Reading) -> Etat | None:
    cellule = lecture.ligne.cell("etat")
    if cellule is None:
        return None
    if cellule.nature in SANS_TEXTE:
        lecture.ask("etat", refuse_nature(cellule))
        return None
    etat = read_label(cellule.texte, ETATS)
    if etat is None:
        constat = f"état inconnu : « {shorten(cellule.texte.strip())} »"
        question = advised(constat, cellule.texte, ETATS.values())
        lecture.ask("etat", Illisible("SAI008", question, "état inconnu"))
    return etat


def _with_state(lecture: Reading, lu: Valeur, etat: Etat | None) -> Valeur:
    """Accorde ce qui est lu et l'état choisi ; un désaccord est une question."""
    porte_valeur = lu.valeur is not None or lu.numerateur is not None
    if etat is None:
        return lu
    raison = ""
    if etat is Etat.RENSEIGNE and lu.etat is Etat.ESTIME:
        raison = "la réponse se dit estimée."
    elif etat.repond and lu.etat is None:
        raison = "aucune valeur n'est écrite."
    elif etat.repond != porte_valeur or (not porte_valeur and lu.etat not in {None, etat}):
        raison = "une valeur est écrite." if porte_valeur else "la valeur dit le contraire."
    if raison:
        question = f"l'état « {ETATS[etat]} » est choisi mais {raison}"
        lecture.ask("etat", Illisible("SAI009", question, "état et valeur en désaccord"))
    return lu.model_copy(update={"etat": etat})


def _doubtful(
    lecture: Reading, accompagne: Valeur, refus: Illisible, remplies: list[str]
) -> Valeur:
    """
    Ce qui a été saisi, brut, avec la nature et la place de la cellule qui pose la question.

    Une cellule qui nomme ou joint quelqu'un n'y laisse rien. Sauf pour la valeur seule, chaque
    texte dit sa colonne : il y retourne dans un formulaire corrigé.
    """
    cellules = {colonne: lecture.ligne.cellules[colonne] for colonne in remplies}
    textes = {c: typed_text(v) for c, v in cellules.items() if not refuse_personal(v)}
    saisi = (
        "".join(textes.values())
        if remplies == ["valeur"]
        else " ; ".join(f"{colonne} : {texte}" for colonne, texte in textes.items())
    )
    colonne = lecture.refusee if lecture.refusee in cellules else remplies[0]
    return accompagne.model_copy(
        update={
            "etat": Etat.A_VERIFIER,
            "saisi": saisi,
            "nature_cellule": cellules[colonne].nature.value,
            "regle": refus.regle,
            "cellule": lecture.ligne.reference(colonne),
        }
    )


def _read_quantity(lecture: Reading, accompagne: Valeur) -> Valeur:
    lu = read_cell_number(lecture, "valeur")
    if lu is None:
        return accompagne
    if isinstance(lu, Absent):
        champs = {"etat": lu.etat, "saisi": lecture.ligne.text("valeur"), "regle": lu.regle}
        return accompagne.model_copy(update=champs)
    check_possible(lecture, "valeur", lu.nombre)
    chiffre = number_fields(lu, lecture.ligne.cell("valeur"))
    return accompagne.model_copy(update=chiffre | {"etat": state_of(lu)})


def _read_words(lecture: Reading, accompagne: Valeur) -> Valeur:
    cellule = lecture.ligne.cell("valeur")
    if cellule is None:
        return accompagne
    if refus := refuse_words(cellule):
        lecture.ask("valeur", refus)
        return accompagne
    texte = cellule.texte.strip()
    absence = read_absence(texte)
    if isinstance(absence, Illisible):
        lecture.ask("valeur", absence)
        return accompagne
    if isinstance(absence, Absent):
        champs = {"etat": absence.etat, "saisi": texte, "regle": absence.regle}
        return accompagne.model_copy(update=champs)
    return accompagne.model_copy(update={"valeur": texte, "etat": Etat.RENSEIGNE})


def _read_yes_no(lecture: Reading, accompagne: Valeur) -> Valeur:
    saisi = lecture.ligne.text("valeur").strip()
    mot = _BOOLEENS.get(simplify(saisi))
    if mot is None:
        return _read_among(lecture, accompagne, OUI_NON)
    champs = {"valeur": mot, "saisi": saisi, "regle": "vrai ou faux du tableur"}
    return accompagne.model_copy(update=champs | {"etat": Etat.RENSEIGNE})


def _read_choice(lecture: Reading, accompagne: Valeur) -> Valeur:
    return _read_among(lecture, accompagne, lecture.mesure.modalites)


def _read_among(lecture: Reading, accompagne: Valeur, possibles: tuple[str, ...]) -> Valeur:
    """Un mot d'une liste ; une modalité nommée « non concerné » n'y est pas une absence."""
    saisi = lecture.ligne.text("valeur").strip()
    mot = next((p for p in possibles if simplify(p) == simplify(saisi)), None)
    if mot is not None:
        exact = {"saisi": saisi, "regle": "accents et casse pardonnés"} if mot != saisi else {}
        return accompagne.model_copy(update={"valeur": mot, "etat": Etat.RENSEIGNE, **exact})
    lu = _read_words(lecture, accompagne)
    if lu.valeur is None:
        return lu
    constat = f"« {shorten(lu.valeur)} » n'est pas une réponse prévue"
    question = advised(constat, lu.valeur, possibles)
    lecture.ask("valeur", Illisible("SAI013", question, "réponse non prévue"))
    return accompagne


_READERS: Mapping[TypeMesure, Callable[[Reading, Valeur], Valeur]] = {
    TypeMesure.NOMBRE: _read_quantity,
    TypeMesure.MONTANT: _read_quantity,
    TypeMesure.DUREE: _read_quantity,
    TypeMesure.TAUX: read_rate,
    TypeMesure.OUI_NON: _read_yes_no,
    TypeMesure.CHOIX: _read_choice,
    TypeMesure.TEXTE: _read_words,
}
