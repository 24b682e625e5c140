"""Ce qu'un partenaire tape au hasard, et ce qui doit en rester : tiré sans notre grammaire."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from campagnes.pen import Brut, Tape
from campagnes.terrain import MODALITES

INSECABLES = (" ", "\u00a0", "\u202f")
DOUTES: tuple[tuple[Tape, str], ...] = (
    ("une dizaine", "texte"),
    ("10-20", "texte"),
    ("> 100", "texte"),
    (Brut(' t="e"', "<v>#N/A</v>"), "erreur"),
    (Brut(' t="e"', "<f>1/0</f><v>#DIV/0!</v>"), "erreur"),
    (Brut("", "<f>SUM(A1:A2)</f>"), "formule_sans_resultat"),
)
"""Ce qui ne se lit pas sans deviner, et la nature de la cellule à en garder."""


@dataclass(frozen=True)
class Frappe:
    """
    Ce qui est tapé sur une ligne, colonne par colonne, et ce qui doit en rester.

    `etat` est vide si rien n'est répondu ; `nombre` est dans l'unité de la mesure, un taux en
    points de % ; `nature` est celle de la cellule mise de côté.
    """

    cases: dict[str, Tape]
    etat: str = ""
    nombre: Decimal | None = None
    texte: str = ""
    nature: str = ""


def draw_answer(hasard: Random, genre: str) -> Frappe:
    """Une ligne au hasard : le plus souvent une vraie réponse, parfois une absence ou un doute."""
    sort = hasard.random()
    if sort < 0.08:
        return Frappe({})
    if sort < 0.14:
        return Frappe({"valeur": hasard.choice(("ND", "non disponible", "-"))}, "non_disponible")
    if sort < 0.20:
        return Frappe({"valeur": hasard.choice(("sans objet", "SO"))}, "sans_objet")
    if sort < 0.30 and genre not in {"texte", "taux"}:
        tape, nature = hasard.choice(DOUTES)
        return Frappe({"valeur": tape}, "a_verifier", nature=nature)
    return _draw_plain(hasard, genre)


def _draw_plain(hasard: Random, genre: str) -> Frappe:
    if genre == "taux":
        bas = hasard.randint(1, 5000)
        haut = hasard.randint(0, bas)
        cases: dict[str, Tape] = {"numerateur": haut, "denominateur": bas}
        return Frappe(cases, "renseigne", Decimal(haut) / Decimal(bas) * 100)
    if genre == "oui_non":
        mot = hasard.choice(("oui", "non"))
        return Frappe({"valeur": mot}, "renseigne", texte=mot)
    if genre == "choix":
        mot = hasard.choice(MODALITES)
        return Frappe({"valeur": mot}, "renseigne", texte=mot)
    if genre == "texte":
        mots = " ".join(hasard.choice(("séances", "Été ’24 ;", "=A1", "« là »")) for _ in range(5))
        return Frappe({"valeur": mots}, "renseigne", texte=mots)
    nombre = _draw_number(hasard, decimal=genre in {"decimal", "montant", "duree"})
    estime = hasard.random() < 0.1
    cases = {"valeur": _type_number(hasard, nombre)} | ({"etat": "estimé"} if estime else {})
    return Frappe(cases, "estime" if estime else "renseigne", nombre)


def _draw_number(hasard: Random, *, decimal: bool) -> Decimal:
    entier = hasard.choice(
        (0, hasard.randint(0, 30), hasard.randint(0, 10 ** hasard.randint(1, 9)))
    )
    if not decimal or hasard.random() < 0.5:
        return Decimal(entier)
    return Decimal(f"{entier}.{hasard.randint(0, 99):02}")


def _type_number(hasard: Random, nombre: Decimal) -> Tape:
    """En nombre dans la cellule, ou en texte à la française."""
    if hasard.random() < 0.7:
        return float(nombre) if nombre % 1 else int(nombre)
    return f"{nombre:,f}".replace(",", hasard.choice(INSECABLES)).replace(".", ",")
