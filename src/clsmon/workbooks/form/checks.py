"""Les contrôles de saisie : une aide, dans les limites d'Excel, jamais une garantie."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from clsmon.model.indicateur import Mesure, TypeMesure
from clsmon.model.libelles import ETATS, OUI_NON
from clsmon.model.tableur import cut_units
from clsmon.workbooks.form.inert import bind_spaces, inert_text
from clsmon.workbooks.layout import LISTES, Champ, Genre

TITRE_MAX, MESSAGE_MAX, LISTE_MAX = 32, 255, 255
"""Au-delà, Excel « répare » le fichier : titre, message, liste écrite dans le contrôle."""

Controle = dict[str, Any]

SINON = "Pas de chiffre : « non disponible » ou « sans objet », colonne État."


class Listes:
    """Les listes de choix ; celles qu'un contrôle ne peut contenir vont dans une feuille cachée."""

    def __init__(self) -> None:
        self.colonnes: list[tuple[str, tuple[str, ...]]] = []

    def add(self, nom: str, choix: Iterable[str]) -> str:
        """Range une liste dans la feuille cachée et rend la plage où elle se trouve."""
        liste = (nom, tuple(choix))
        if liste not in self.colonnes:
            self.colonnes.append(liste)
        lettre = column_letter(self.colonnes.index(liste))
        return f"={LISTES}!${lettre}$2:${lettre}${len(liste[1]) + 1}"

    def source(self, nom: str, choix: Iterable[str]) -> list[str] | str:
        """La liste elle-même si elle tient dans le contrôle, sinon la plage où elle est rangée."""
        mots = [inert_text(mot) for mot in choix]
        tient = len(",".join(mots)) <= LISTE_MAX
        return mots if tient and all(map(_is_plain, mots)) else self.add(nom, mots)


def column_letter(rang: int) -> str:
    """Les lettres d'une colonne comptée à partir de 0 : « A », « Z », « AA »."""
    lettres = ""
    while rang >= 0:
        lettres = chr(ord("A") + rang % 26) + lettres
        rang = rang // 26 - 1
    return lettres


def _is_plain(mot: str) -> bool:
    return mot.strip() == mot and mot[:1].isalnum() and not set(mot) & set(',"\n')


def check_input(titre: str, aide: str, **options: Any) -> Controle:
    """L'aide d'une cellule à remplir, et le contrôle que disent les options."""
    aide = cut_units(bind_spaces(inert_text(aide)), MESSAGE_MAX)
    return {
        "validate": "any",
        "ignore_blank": True,
        "input_title": cut_units(bind_spaces(inert_text(titre)).replace("\n", " "), TITRE_MAX),
        "input_message": aide,
        **options,
    }


def warn(titre: str, message: str) -> Controle:
    """Un avertissement qui n'empêche pas de garder ce qui est écrit."""
    return {
        "error_type": "warning",
        "error_title": titre,
        "error_message": cut_units(bind_spaces(inert_text(message)), MESSAGE_MAX),
    }


def _number(
    minimum: Decimal = Decimal(0), maximum: Decimal | None = None, entier: bool = False
) -> Controle:
    genre: Controle = {"validate": "integer" if entier else "decimal"}
    if maximum is None:
        return genre | {"criteria": ">=", "value": f"{minimum:f}"}
    return genre | {"criteria": "between", "minimum": f"{minimum:f}", "maximum": f"{maximum:f}"}


def _check_number(titre: str, attendu: str, sinon: str = SINON, **bornes: Any) -> Controle:
    message = f"On attend ici {attendu} {sinon} Vous pouvez garder votre saisie : elle sera relue."
    aide = f"{attendu[:1].upper()}{attendu[1:]} {sinon}"
    return check_input(titre, aide) | _number(**bornes) | warn("Nombre attendu", message)


def _expected(mesure: Mesure) -> str:
    unite = cut_units(mesure.unite_affichee, 60)
    match mesure.type:
        case TypeMesure.TAUX:
            return "un taux en points, par exemple 68,3 pour 68,3 %."
        case TypeMesure.MONTANT:
            return f"un montant en {unite}, par exemple 30000."
        case TypeMesure.NOMBRE if not mesure.decimales:
            compte = f" ({unite})" if unite else ""
            return f"un nombre entier{compte}, par exemple 12."
        case _:
            return f"un nombre ({unite}), par exemple 4,5." if unite else "un nombre, comme 4,5."


def check_value(mesure: Mesure, cle: str, listes: Listes, sinon: str = SINON) -> Controle:
    """Le contrôle de la cellule « valeur » d'une mesure ; `sinon` dit quoi faire sans valeur."""
    if mesure.type is TypeMesure.TEXTE:
        aide = "Quelques mots suffisent, par exemple : « surtout des parents, deux enseignants »."
        return check_input(
            mesure.libelle, f"{aide} Alt+Entrée passe à la ligne. Ne nommez personne."
        )
    if mesure.type in {TypeMesure.OUI_NON, TypeMesure.CHOIX}:
        choix = OUI_NON if mesure.type is TypeMesure.OUI_NON else mesure.modalites
        return check_choice(mesure.libelle, choix, listes.source(cle, choix), sinon)
    return _check_number(
        mesure.libelle,
        _expected(mesure),
        sinon,
        minimum=mesure.minimum or Decimal(0),
        maximum=mesure.maximum,
        entier=mesure.type is TypeMesure.NOMBRE and not mesure.decimales,
    )


def check_choice(titre: str, choix: Iterable[str], source: list[str] | str, aide: str) -> Controle:
    """Le contrôle d'un choix dans une liste."""
    exemple = cut_units(next(iter(choix), ""), 60)
    return check_input(
        titre,
        f"Choisissez dans la liste, par exemple « {exemple} ». {aide}",
        validate="list",
        source=source,
    ) | warn(
        "Choix hors de la liste",
        f"Choisissez un mot de la liste, par exemple « {exemple} ». Vous pouvez garder votre "
        "saisie : elle sera relue.",
    )


def check_term(denominateur: bool, sinon: str = SINON) -> Controle:
    """Le contrôle d'un des deux termes d'un taux."""
    if denominateur:
        return _check_number("Dénominateur", "le total, par exemple 60.", sinon)
    return _check_number("Numérateur", "la partie du total, par exemple 41.", sinon)


def check_state(listes: Listes) -> Controle:
    """Le contrôle de la colonne « État »."""
    aide = "Laissez vide quand vous donnez un chiffre sûr. « estimé » : chiffre approché."
    etats = listes.add("etat", ETATS.values())
    return check_choice("État de la réponse", ["non disponible"], etats, aide)


def check_comment() -> Controle:
    """L'aide de la colonne « Commentaire »."""
    return check_input(
        "Commentaire",
        "Facultatif. Par exemple : « en baisse, local fermé l’été ». Il confirme aussi un chiffre "
        "surprenant. N’écrivez ni nom ni coordonnées de personnes.",
    )


def check_source(exercice: int) -> Controle:
    """L'aide de la colonne « Source ou preuve »."""
    return check_input(
        "Source ou preuve",
        f"Facultatif. D’où vient la réponse ? Par exemple : « rapport d’activité {exercice}, "
        "page 12 ».",
    )


def check_field(champ: Champ, listes: Listes) -> Controle:
    """Le contrôle de la réponse à une rubrique de fiche."""
    match champ.genre:
        case Genre.CHOIX:
            choix = tuple((champ.choix or {}).values())
            return check_choice(champ.libelle, choix, listes.source(champ.cle, choix), "")
        case Genre.MONTANT | Genre.NOMBRE:
            exemple = "30000" if champ.genre is Genre.MONTANT else "0,5"
            attendu = f"Un nombre seul, par exemple {exemple}. Laissez vide si vous l’ignorez."
            refus = warn("Nombre attendu", f"{attendu} Vous pouvez garder votre saisie.")
            return check_input(champ.libelle, attendu) | _number() | refus
        case Genre.COMMUNES:
            exemple = "Par exemple : Chenôve ; Longvic ; Talant."
            return check_input(champ.libelle, f"{champ.aide} {exemple}")
        case _:
            aide = f"{champ.aide} Alt+Entrée passe à la ligne. Ne nommez personne."
            return check_input(champ.libelle, aide)
