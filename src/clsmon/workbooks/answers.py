"""La réponse à une mesure : ses cellules deviennent une `Valeur`, ou une question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.dossier import MesureSituee
from clsmon.model.fiche import Mesure, TypeMesure
from clsmon.model.libelles import ETATS, OUI_NON, read_label, simplify
from clsmon.model.releve import Etat, Valeur
from clsmon.model.suggestion import advise
from clsmon.workbooks.grammar import Absent, Illisible, Lu, read_absence, read_number
from clsmon.workbooks.grid import Cellule, Nature
from clsmon.workbooks.refusal import shorten
from clsmon.workbooks.returned import Ligne

REPONSES = ("valeur", "numerateur", "denominateur", "etat")
"""Les colonnes qui font une réponse ; le commentaire et la preuve l'accompagnent."""

_NON_NOMBRES = {
    Nature.DATE: ("SAI004", "est une date : le tableur a-t-il transformé ce que vous avez écrit ?"),
    Nature.BOOLEEN: ("SAI005", "est un vrai ou faux : un nombre est demandé."),
    Nature.FORMULE_SANS_RESULTAT: ("SAI006", "est une formule sans résultat enregistré."),
    Nature.ERREUR: ("SAI007", "est une erreur du tableur."),
}


@dataclass
class _Reading:
    """La lecture d'une ligne : la valeur en cours, et la première question qui l'arrête."""

    ligne: Ligne
    fichier: str
    situee: MesureSituee
    anomalies: list[Anomalie] = field(default_factory=list)
    refus: Illisible | None = None

    @property
    def mesure(self) -> Mesure:
        return self.situee.mesure

    def ask(self, colonne: str, illisible: Illisible) -> None:
        """Pose une question sur une cellule : la réponse ne sera pas enregistrée comme valeur."""
        self.refus = self.refus or illisible
        self.say(colonne, illisible.code, Gravite.ERREUR, illisible.question)

    def say(self, colonne: str, code: str, gravite: Gravite, message: str) -> None:
        lieu = Lieu(self.fichier, feuille=self.ligne.feuille, cellule=self.ligne.address(colonne))
        conseils = {
            Gravite.ERREUR: "Faites préciser la réponse dans cette cellule, puis collectez de "
            "nouveau.",
            Gravite.ALERTE: "Un commentaire sur la ligne confirme la valeur.",
        }
        self.anomalies.append(Anomalie(lieu, code, gravite, message, conseils.get(gravite, "")))


def read_answer(
    ligne: Ligne, situee: MesureSituee, fichier: str
) -> tuple[Valeur | None, tuple[Anomalie, ...]]:
    """
    Lit la réponse d'une ligne ; rend (valeur, anomalies), valeur None si rien n'est saisi.

    Ce qui n'est pas lisible sans deviner donne une valeur à l'état `a_verifier`, qui garde le texte
    brut. Les nombres restent dans l'unité de la mesure, un taux en ses deux termes ou en points.
    """
    remplies = [colonne for colonne in REPONSES if ligne.cell(colonne)]
    if not remplies and not ligne.text("commentaire") and not ligne.text("preuve"):
        return None, ()
    lecture = _Reading(ligne, fichier, situee)
    principale = remplies[0] if remplies else "commentaire"
    accompagne = Valeur(
        commentaire=ligne.text("commentaire").strip(),
        preuve=ligne.text("preuve").strip(),
        cellule=ligne.reference(principale),
    )
    valeur = _combine(lecture, accompagne) if remplies else accompagne
    if lecture.refus is not None:
        valeur = _doubtful(lecture, accompagne, remplies)
    return valeur, tuple(lecture.anomalies)


def _combine(lecture: _Reading, accompagne: Valeur) -> Valeur:
    etat = _read_state(lecture)
    if lecture.mesure.type is TypeMesure.TAUX:
        lu = _read_rate(lecture, accompagne)
    else:
        for colonne in ("numerateur", "denominateur"):
            if cellule := lecture.ligne.cell(colonne):
                lecture.ask(colonne, _unexpected(cellule))
        lu = _READERS[lecture.mesure.type](lecture, accompagne)
    return _with_state(lecture, lu, etat)


def _unexpected(cellule: Cellule) -> Illisible:
    return Illisible(
        "SAI016",
        f"« {shorten(cellule.texte)} » est écrit là où rien n'est demandé : la mesure n'est pas "
        "un taux.",
        "cellule non prévue",
    )


def _read_state(lecture: _Reading) -> Etat | None:
    saisi = lecture.ligne.text("etat").strip()
    if not saisi:
        return None
    etat = read_label(saisi, ETATS)
    if etat is None:
        conseil = advise(saisi, ETATS.values())
        question = f"état inconnu : « {shorten(saisi)} » ({conseil})"
        lecture.ask("etat", Illisible("SAI008", question, "état inconnu"))
    return etat


def _with_state(lecture: _Reading, lu: Valeur, etat: Etat | None) -> Valeur:
    """Accorde ce qui est lu et l'état choisi ; un désaccord est une question."""
    porte_valeur = lu.valeur is not None or lu.numerateur is not None
    if etat is None:
        return lu
    if etat.repond and not porte_valeur:
        dit = lu.etat is not None
        question = f"l'état « {ETATS[etat]} » est choisi mais " + (
            "la valeur dit le contraire." if dit else "aucune valeur n'est écrite."
        )
        lecture.ask("etat", Illisible("SAI009", question, "état et valeur en désaccord"))
    elif not etat.repond and (porte_valeur or lu.etat not in {None, etat}):
        question = f"l'état « {ETATS[etat]} » est choisi mais une valeur est écrite."
        lecture.ask("etat", Illisible("SAI009", question, "état et valeur en désaccord"))
    return lu.model_copy(update={"etat": etat})


def _doubtful(lecture: _Reading, accompagne: Valeur, remplies: list[str]) -> Valeur:
    """Ce qui a été saisi, brut, avec la nature de la première cellule et la règle qui refuse."""
    ligne = lecture.ligne
    cellules = {colonne: ligne.cellules[colonne] for colonne in remplies}
    saisi = (
        next(iter(cellules.values())).texte
        if len(cellules) == 1
        else " ; ".join(f"{colonne} : {c.texte}" for colonne, c in cellules.items())
    )
    nature = next(iter(cellules.values())).nature
    return accompagne.model_copy(
        update={
            "etat": Etat.A_VERIFIER,
            "saisi": saisi,
            "nature_cellule": nature.value,
            "regle": lecture.refus.regle if lecture.refus else "",
        }
    )


def _read_cell_number(lecture: _Reading, colonne: str) -> Lu | Absent | None:
    """Le nombre d'une cellule ; une question est posée pour tout ce qui n'en est pas un."""
    cellule = lecture.ligne.cell(colonne)
    if cellule is None:
        return None
    if cellule.nature in _NON_NOMBRES:
        code, raison = _NON_NOMBRES[cellule.nature]
        texte = f"« {shorten(cellule.texte)} » " if cellule.texte else "La cellule "
        lecture.ask(colonne, Illisible(code, texte + raison, cellule.nature.value))
        return None
    if cellule.nature is Nature.NOMBRE:
        lu: Lu | Absent | Illisible = Lu(Decimal(cellule.texte), "")
    else:
        lu = read_number(cellule.texte)
    if isinstance(lu, Illisible):
        lecture.ask(colonne, lu)
        return None
    if cellule.formule and isinstance(lu, Lu):
        message = f"{cellule.texte} est le résultat d'une formule"
        lecture.say(colonne, "SAI014", Gravite.INFO, message)
        return replace(lu, regle="résultat d'une formule")
    if isinstance(lu, Lu) and lu.regle == "point décimal":
        message = f"« {shorten(cellule.texte)} » est lu {f'{lu.nombre:f}'.replace('.', ',')}"
        lecture.say(colonne, "SAI014", Gravite.INFO, message)
    return lu


def _read_quantity(lecture: _Reading, accompagne: Valeur) -> Valeur:
    lu = _read_cell_number(lecture, "valeur")
    if lu is None:
        return accompagne
    brut = lecture.ligne.text("valeur")
    if isinstance(lu, Absent):
        return accompagne.model_copy(update={"etat": lu.etat, "saisi": brut, "regle": lu.regle})
    _check_possible(lecture, "valeur", lu.nombre)
    _check_bounds(lecture, lu.nombre)
    return accompagne.model_copy(update=_number_fields(lu, brut) | {"etat": Etat.RENSEIGNE})


def _number_fields(lu: Lu, brut: str) -> dict[str, object]:
    texte = f"{lu.nombre:f}"
    ecarts = {"saisi": brut, "regle": lu.regle} if brut != texte or lu.regle else {}
    return {"valeur": texte, **ecarts}


def _check_possible(lecture: _Reading, colonne: str, nombre: Decimal) -> None:
    mesure = lecture.mesure
    affiche = f"{nombre:f}".replace(".", ",")
    if nombre < 0:
        question = f"{affiche} est négatif : impossible pour cette mesure."
        lecture.ask(colonne, Illisible("SAI010", question, "valeur impossible"))
    elif (
        mesure.type is TypeMesure.NOMBRE
        and not mesure.decimales
        and nombre != nombre.to_integral_value()
    ):
        question = f"{affiche} a des décimales : la mesure compte des {mesure.unite} entiers."
        lecture.ask(colonne, Illisible("SAI010", question, "valeur impossible"))


def _check_bounds(lecture: _Reading, nombre: Decimal) -> None:
    mesure = lecture.mesure
    affiche = f"{nombre:f}".replace(".", ",")
    if mesure.maximum is not None and nombre > mesure.maximum:
        message = f"{affiche} dépasse le maximum plausible, {mesure.maximum:f}"
        lecture.say("valeur", "SAI011", Gravite.ALERTE, message)
    if mesure.minimum is not None and nombre < mesure.minimum:
        message = f"{affiche} est sous le minimum plausible, {mesure.minimum:f}"
        lecture.say("valeur", "SAI011", Gravite.ALERTE, message)


def _read_rate(lecture: _Reading, accompagne: Valeur) -> Valeur:
    """Un taux par ses deux termes, ou en points ; les deux en désaccord sont une question."""
    points = _read_cell_number(lecture, "valeur")
    termes = [_read_cell_number(lecture, colonne) for colonne in ("numerateur", "denominateur")]
    if lecture.refus is not None:
        return accompagne
    for lu in (points, *termes):
        if isinstance(lu, Absent):
            return accompagne.model_copy(update={"etat": lu.etat, "regle": lu.regle})
    haut, bas = (lu.nombre if isinstance(lu, Lu) else None for lu in termes)
    if (haut is None) != (bas is None):
        question = "Un taux se donne par ses deux termes : il en manque un."
        manquant = "numerateur" if haut is None else "denominateur"
        lecture.ask(manquant, Illisible("SAI012", question, "taux incomplet"))
        return accompagne
    if haut is not None and bas is not None:
        return _two_terms(lecture, accompagne, haut, bas, points)
    if isinstance(points, Lu):
        _check_percent(lecture, points.nombre)
        message = "taux donné en points sans ses deux termes : montré, jamais additionné"
        lecture.say("valeur", "SAI019", Gravite.ALERTE, message)
        brut = lecture.ligne.text("valeur")
        return accompagne.model_copy(update=_number_fields(points, brut) | {"etat": Etat.RENSEIGNE})
    return accompagne


def _two_terms(
    lecture: _Reading, accompagne: Valeur, haut: Decimal, bas: Decimal, points: Lu | Absent | None
) -> Valeur:
    for colonne, nombre in (("numerateur", haut), ("denominateur", bas)):
        _check_possible(lecture, colonne, nombre)
    if bas == 0:
        question = "Le dénominateur est zéro : « sans objet » s'il n'y avait rien à compter ?"
        lecture.ask("denominateur", Illisible("SAI010", question, "valeur impossible"))
        return accompagne
    if haut > bas and lecture.mesure.maximum is None:
        question = f"Le numérateur ({haut:f}) dépasse le dénominateur ({bas:f})."
        lecture.ask("numerateur", Illisible("SAI010", question, "valeur impossible"))
    if isinstance(points, Lu) and abs(points.nombre - haut / bas * 100) >= 1:
        question = f"{points.nombre:f} % ne correspond pas à {haut:f} sur {bas:f}."
        lecture.ask("valeur", Illisible("SAI012", question, "taux en désaccord"))
    return accompagne.model_copy(
        update={"numerateur": haut, "denominateur": bas, "etat": Etat.RENSEIGNE}
    )


def _check_percent(lecture: _Reading, points: Decimal) -> None:
    if points < 0 or (points > 100 and lecture.mesure.maximum is None):
        question = f"{points:f} % est impossible pour ce taux."
        lecture.ask("valeur", Illisible("SAI010", question, "valeur impossible"))


def _read_words(lecture: _Reading, accompagne: Valeur) -> Valeur:
    cellule = lecture.ligne.cell("valeur")
    if cellule is None:
        return accompagne
    texte = cellule.texte.strip()
    if cellule.nature in {Nature.ERREUR, Nature.FORMULE_SANS_RESULTAT}:
        code, raison = _NON_NOMBRES[cellule.nature]
        lecture.ask("valeur", Illisible(code, f"« {shorten(texte)} » {raison}", cellule.nature))
        return accompagne
    absence = read_absence(texte)
    if isinstance(absence, Illisible):
        lecture.ask("valeur", absence)
        return accompagne
    if isinstance(absence, Absent):
        champs = {"etat": absence.etat, "saisi": texte, "regle": absence.regle}
        return accompagne.model_copy(update=champs)
    return accompagne.model_copy(update={"valeur": texte, "etat": Etat.RENSEIGNE})


def _read_yes_no(lecture: _Reading, accompagne: Valeur) -> Valeur:
    cellule = lecture.ligne.cell("valeur")
    if cellule is not None and cellule.nature is Nature.BOOLEEN:
        mot = OUI_NON[0] if cellule.texte == "VRAI" else OUI_NON[1]
        champs = {"valeur": mot, "saisi": cellule.texte, "regle": "vrai ou faux du tableur"}
        return accompagne.model_copy(update=champs | {"etat": Etat.RENSEIGNE})
    return _read_among(lecture, accompagne, OUI_NON)


def _read_choice(lecture: _Reading, accompagne: Valeur) -> Valeur:
    return _read_among(lecture, accompagne, lecture.mesure.modalites)


def _read_among(lecture: _Reading, accompagne: Valeur, possibles: tuple[str, ...]) -> Valeur:
    lu = _read_words(lecture, accompagne)
    if lu.valeur is None:
        return lu
    mot = next((p for p in possibles if simplify(p) == simplify(lu.valeur or "")), None)
    if mot is None:
        conseil = advise(lu.valeur, possibles)
        question = f"« {shorten(lu.valeur)} » n'est pas une réponse prévue ({conseil})"
        lecture.ask("valeur", Illisible("SAI013", question, "réponse non prévue"))
        return accompagne
    exact = {"saisi": lu.valeur, "regle": "accents et casse pardonnés"} if mot != lu.valeur else {}
    return lu.model_copy(update={"valeur": mot, **exact})


_READERS: Mapping[TypeMesure, Callable[[_Reading, Valeur], Valeur]] = {
    TypeMesure.NOMBRE: _read_quantity,
    TypeMesure.MONTANT: _read_quantity,
    TypeMesure.DUREE: _read_quantity,
    TypeMesure.OUI_NON: _read_yes_no,
    TypeMesure.CHOIX: _read_choice,
    TypeMesure.TEXTE: _read_words,
}
