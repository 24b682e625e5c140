"""Le refus d'un classeur entier : une cause, une phrase, un remède."""

from __future__ import annotations

from clsmon.model.anomalie import ClsmonError

ENREGISTRER_XLSX = (
    "Ouvrez-le dans le tableur, choisissez « Fichier > Enregistrer sous > Classeur Excel (.xlsx) » "
    "et collectez ce classeur."
)
RENVOYER = "Demandez à l'organisme de le réenregistrer en .xlsx et de le renvoyer."


class ClasseurRefuse(ClsmonError):  # noqa: N818 - French noun
    """
    Un fichier rendu qui ne peut pas être lu comme classeur ; les autres fichiers restent lisibles.

    `code` : FOR001 pas un classeur, FOR002 chiffré, FOR003 ancien .xls, FOR004 .ods,
    FOR005 coupé ou abîmé, FOR006 vide, FOR007 hors limites, FOR008 partie interne en défaut.
    """

    def __init__(self, code: str, message: str, conseil: str = RENVOYER) -> None:
        super().__init__(message, conseil=conseil)
        self.code = code


def beyond(constat: str, limite: str) -> ClasseurRefuse:
    """Le refus d'un classeur qui dépasse une limite : ce qui est constaté, ce qui est admis."""
    return ClasseurRefuse(
        "FOR007",
        f"{constat} ; la limite est {limite}.",
        "Faites recopier les réponses dans un formulaire neuf.",
    )


def shorten(texte: str, longueur: int = 60) -> str:
    """Un texte étranger rendu citable dans une phrase : imprimable, sur une ligne, coupé."""
    plain = "".join(c if c.isprintable() else " " for c in texte[: longueur + 1])
    return plain if len(plain) <= longueur else plain[: longueur - 1] + "…"
