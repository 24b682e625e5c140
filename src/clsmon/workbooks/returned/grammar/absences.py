"""L'absence dite en mots : non disponible, sans objet, ou zéro ; « NC » reste une question."""

from __future__ import annotations

from decimal import Decimal

from clsmon.model.libelles import simplify
from clsmon.model.releve import Etat
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.grammar.outcome import Absent, Illisible, Lu

ABSENCES = {
    **dict.fromkeys(("nd", "n.d.", "n.d"), Etat.NON_DISPONIBLE),
    **dict.fromkeys(
        ("non disponible", "non disponibles", "non connu", "non connue", "non connus"),
        Etat.NON_DISPONIBLE,
    ),
    **dict.fromkeys(("-", "–", "—", "−", "?"), Etat.NON_DISPONIBLE),
    **dict.fromkeys(("so", "s.o.", "s.o", "sans objet"), Etat.SANS_OBJET),
    **dict.fromkeys(("non concerne", "non concernee", "non concernes"), Etat.SANS_OBJET),
}
AMBIGUES = {"nc", "n.c.", "n.c", "n/a", "na", "n.a.", "n.a"}
NULS = {"neant", "aucun", "aucune", "zero"}


def read_absence(texte: str) -> Absent | Illisible | None:
    """« ND », « sans objet », « - »… ; une question pour « NC » ; None si ce n'est pas cela."""
    mot = simplify(texte)
    if mot in ABSENCES:
        return Absent(ABSENCES[mot], "absence dite en mots")
    if mot in AMBIGUES:
        return Illisible(
            "SAI015",
            f"« {shorten(texte.strip())} » : non connu, ou non concerné ? Choisissez « non "
            "disponible » ou « sans objet » dans la colonne État.",
            "absence ambiguë",
        )
    return None


def read_nothing(texte: str) -> Lu | None:
    """« néant », « aucune », « zéro » : compter n'a rien trouvé, c'est 0."""
    return Lu(Decimal(0), "néant vaut zéro", dite=True) if simplify(texte) in NULS else None
