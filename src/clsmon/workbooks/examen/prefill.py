"""Ce qui remplit d'avance un cahier d'examen : ce que le signataire a déjà dit."""

from __future__ import annotations

from collections.abc import Mapping

from clsmon.model.libelles import AVIS
from clsmon.model.observation import AvisFiche, Contestation
from clsmon.model.releve import Saisie
from clsmon.workbooks.form.page import Contenu
from clsmon.workbooks.form.prefill import read_typed


def opinion_answers(dit: AvisFiche | None) -> Mapping[str, Contenu]:
    """L'avis et le texte déjà donnés, par clé machine de colonne ; le texte brut s'il est gardé."""
    if dit is None:
        return {}
    avis = AVIS[dit.avis] if dit.avis else None
    return {"avis": avis, "texte": dit.texte, **_raw(dit.a_verifier)}


def figure_answers(dit: Contestation | None) -> Mapping[str, Contenu]:
    """La contestation déjà faite, par clé machine de colonne ; le texte brut s'il est gardé."""
    if dit is None:
        return {}
    valeur = dit.saisi or dit.valeur_proposee
    nature = "texte" if dit.saisi else "nombre"
    return {
        "valeur_proposee": read_typed(valeur, nature) if valeur else None,
        "numerateur": dit.numerateur,
        "denominateur": dit.denominateur,
        "motif": dit.motif,
        "source": dit.source,
        **_raw(dit.a_verifier),
    }


def _raw(doutes: Mapping[str, Saisie]) -> Mapping[str, Contenu]:
    return {champ: read_typed(doute.saisi, doute.nature_cellule) for champ, doute in doutes.items()}
