"""Les cellules d'une réponse : leur nombre, ou la question qu'elles posent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.dossier import MesureSituee
from clsmon.model.indicateur import Mesure, TypeMesure
from clsmon.model.noeud import round_decimal, spell
from clsmon.model.personal_data import REGLE as PERSONNELLES
from clsmon.model.personal_data import find_personal_data
from clsmon.model.releve import Etat
from clsmon.model.suggestion import advise
from clsmon.workbooks.reader.grid import Cellule, Nature
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.grammar.digits import read_plain
from clsmon.workbooks.returned.grammar.expected import TERME, Attendu, expect
from clsmon.workbooks.returned.grammar.numbers import read_number
from clsmon.workbooks.returned.grammar.outcome import Absent, Illisible, Lu
from clsmon.workbooks.returned.locating import Ligne

EN_POURCENTAGE = "cellule en pourcentage"
"""La règle d'un nombre que le tableur affiche en % : « 80 % » y est enregistré 0,8."""

AUTREMENT_MONTRE = "nombre montré autrement"
"""La règle d'un nombre que son format cache ou remplace : « ND », rien, des milliers."""

REFUSEES = {
    Nature.DATE: ("SAI004", "est une date : le tableur a-t-il transformé ce que vous avez écrit ?"),
    Nature.BOOLEEN: ("SAI005", "est un vrai ou faux : un nombre est demandé."),
    Nature.FORMULE_SANS_RESULTAT: ("SAI006", "est une formule sans résultat enregistré."),
    Nature.ERREUR: ("SAI007", "est une erreur du tableur."),
    Nature.FUSIONNEE: (
        "FOR023",
        "est sous une fusion de cellules : de quelle ligne ou colonne est-ce la réponse ?",
    ),
}
"""Les natures qui ne sont pas un nombre : le code de la question et ce qu'elle dit."""

SANS_TEXTE = frozenset({Nature.ERREUR, Nature.FORMULE_SANS_RESULTAT, Nature.FUSIONNEE})
"""Les natures qui ne sont pas non plus un texte."""

_CONSEILS = {
    Gravite.ERREUR: "Faites préciser la réponse dans cette cellule, puis collectez de nouveau.",
    Gravite.ALERTE: "Un commentaire sur la ligne confirme la valeur.",
    Gravite.INFO: "",
}


def advice_for(code: str, gravite: Gravite = Gravite.ERREUR) -> str:
    """Le remède d'une anomalie de cellule : celui de son code, sinon celui de sa gravité."""
    if code == "SAI006":
        return "Ouvrez le classeur dans le tableur, enregistrez-le, puis collectez de nouveau."
    if code == "SAI027":
        return "Faites réécrire cette cellule sans nommer ni joindre personne, puis collectez."
    return _CONSEILS[gravite]


ACCOMPAGNENT = {"commentaire": "le commentaire", "preuve": "la source"}
"""Les colonnes qui accompagnent une réponse, et comment on les nomme."""


@dataclass
class Reading:
    """
    La lecture d'une ligne : ce qui s'y trouve, et la première question qui l'arrête.

    `refusee` est la colonne de la cellule qui pose cette question ; `noms` : comment sont nommées
    celles qui accompagnent la réponse.
    """

    ligne: Ligne
    fichier: str
    situee: MesureSituee
    noms: Mapping[str, str] = field(default_factory=lambda: ACCOMPAGNENT)
    anomalies: list[Anomalie] = field(default_factory=list)
    refus: Illisible | None = None
    refusee: str = ""

    @property
    def mesure(self) -> Mesure:
        """La mesure à laquelle la ligne répond."""
        return self.situee.mesure

    def ask(self, colonne: str, illisible: Illisible) -> None:
        """Pose une question sur une cellule : la réponse ne sera pas enregistrée comme valeur."""
        if self.refus is None:
            self.refus, self.refusee = illisible, colonne
        self.say(colonne, illisible.code, Gravite.ERREUR, illisible.question)

    def say(self, colonne: str, code: str, gravite: Gravite, message: str) -> None:
        """Note une anomalie sur une cellule de la ligne, avec le conseil de sa gravité."""
        lieu = Lieu(self.fichier, feuille=self.ligne.feuille, cellule=self.ligne.address(colonne))
        self.anomalies.append(Anomalie(lieu, code, gravite, message, advice_for(code, gravite)))


def typed_text(cellule: Cellule) -> str:
    """Ce que la personne a tapé : « 80 % » dans une cellule en pourcentage, qui contient 0,8."""
    if cellule.pourcentage:
        return f"{spell(round_decimal(Decimal(cellule.texte) * 100))} %"
    return cellule.texte


def advised(constat: str, saisi: str, possibles: Iterable[str]) -> str:
    """Un constat sur un mot inconnu, suivi de la suggestion ou de la liste s'il y en a une."""
    conseil = advise(saisi, possibles)
    return f"{constat} ({conseil})" if conseil else constat


def refuse_nature(cellule: Cellule) -> Illisible:
    """La question que pose une date, un vrai ou faux, une erreur, une formule sans résultat."""
    code, raison = REFUSEES[cellule.nature]
    sujet = f"« {shorten(cellule.texte)} »" if cellule.texte.strip() else "La cellule"
    return Illisible(code, f"{sujet} {raison}", cellule.nature.value)


def refuse_percent(cellule: Cellule) -> Illisible:
    """La question que pose un nombre affiché en % là où rien n'est demandé en %."""
    lu, tape = spell(Decimal(cellule.texte)), typed_text(cellule)
    question = f"{lu} est affiché en % dans le tableur : est-ce {tape} ou {lu} ?"
    return Illisible("SAI020", question, EN_POURCENTAGE)


def refuse_personal(cellule: Cellule) -> Illisible | None:
    """La question que pose ce qui nomme ou joint quelqu'un, sans le citer ; None sinon."""
    genre = find_personal_data(cellule.texte)
    if not genre:
        return None
    question = f"la cellule semble contenir {genre} : son texte n'est pas enregistré."
    return Illisible("SAI027", question, PERSONNELLES)


def refuse_shown(cellule: Cellule) -> Illisible:
    """La question que pose un nombre à la place duquel le tableur montre autre chose."""
    question = (
        f"{spell(Decimal(cellule.texte))} est enregistré mais la cellule montre {cellule.montre} : "
        "quelle est la réponse ?"
    )
    return Illisible("SAI022", question, AUTREMENT_MONTRE)


def refuse_words(cellule: Cellule) -> Illisible | None:
    """La question que pose une cellule là où des mots sont attendus ; None si elle se lit."""
    if cellule.nature in SANS_TEXTE:
        return refuse_nature(cellule)
    if cellule.montre:
        return refuse_shown(cellule)
    return refuse_percent(cellule) if cellule.pourcentage else None


def read_cell_number(lecture: Reading, colonne: str) -> Lu | Absent | None:
    """Le nombre d'une cellule, dans l'unité de la mesure ; None si vide, ou si elle interroge."""
    cellule = lecture.ligne.cell(colonne)
    if cellule is None:
        return None
    lu = read_number_cell(cellule, expect(lecture.mesure) if colonne == "valeur" else TERME)
    if isinstance(lu, Illisible):
        lecture.ask(colonne, lu)
        return None
    if cellule.formule and isinstance(lu, Lu):
        message = f"{typed_text(cellule)} est le résultat d'une formule"
        lecture.say(colonne, "SAI014", Gravite.INFO, message)
        return replace(lu, regle=lu.regle or "résultat d'une formule")
    if isinstance(lu, Lu) and lu.dite:
        lecture.say(colonne, "SAI014", Gravite.INFO, tell_reading(cellule, spell(lu.nombre)))
    return lu


def tell_reading(cellule: Cellule, lu: str) -> str:
    """Ce qu'une lecture qui n'est pas évidente a compris : « « vingt-cinq » est lu 25 »."""
    return f"« {shorten(typed_text(cellule).strip())} » est lu {lu}"


def read_number_cell(cellule: Cellule, attendu: Attendu) -> Lu | Absent | Illisible:
    """Lit une cellule de nombre selon sa nature ; « 80 % » affiché n'est lu que pour un taux."""
    if cellule.nature in REFUSEES:
        return refuse_nature(cellule)
    if cellule.nature is Nature.TEXTE:
        return read_number(cellule.texte, attendu)
    if cellule.montre:
        return refuse_shown(cellule)
    lu = read_plain(cellule.texte)
    if not cellule.pourcentage or isinstance(lu, Illisible):
        return lu
    if attendu.type is not TypeMesure.TAUX:
        return refuse_percent(cellule)
    return Lu(round_decimal(lu.nombre * 100), EN_POURCENTAGE, dite=True)


def state_of(*lus: Lu) -> Etat:
    """L'état que disent les nombres eux-mêmes : un seul estimé rend la réponse estimée."""
    return Etat.ESTIME if any(lu.estime for lu in lus) else Etat.RENSEIGNE


def number_fields(lu: Lu, cellule: Cellule | None) -> dict[str, object]:
    """Les champs d'une valeur chiffrée ; le texte brut s'il diffère du nombre, et sa règle."""
    texte = f"{lu.nombre:f}"
    brut = cellule.texte if cellule and cellule.nature is Nature.TEXTE else texte
    return {
        "valeur": texte,
        **({"saisi": brut} if brut != texte else {}),
        **({"regle": lu.regle} if lu.regle else {}),
    }


def check_possible(lecture: Reading, colonne: str, nombre: Decimal) -> None:
    """Un négatif est impossible, et des décimales le sont dans ce qui se compte."""
    mesure = lecture.mesure
    if nombre < 0:
        question = f"{spell(nombre)} est négatif : impossible pour cette mesure."
        lecture.ask(colonne, Illisible("SAI010", question, "valeur impossible"))
    elif (
        mesure.type is TypeMesure.NOMBRE
        and not mesure.decimales
        and nombre != nombre.to_integral_value()
    ):
        question = f"{spell(nombre)} a des décimales : la mesure se compte en nombres entiers."
        lecture.ask(colonne, Illisible("SAI010", question, "valeur impossible"))
