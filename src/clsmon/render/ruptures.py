"""La rupture d'une série : ce qui précédait, dit à côté et jamais comparé."""

from __future__ import annotations

from clsmon.model.bilan import LigneMesure
from clsmon.model.contrat import Contrat
from clsmon.render.spelling import INSECABLE, spell_finding


def spell_break(ligne: LigneMesure, contrat: Contrat) -> tuple[str, str]:
    """« Série rompue en 2027 », et à quelle mesure elle succède ; vides sans rupture."""
    if ligne.rupture is None:
        return "", ""
    ancienne, dernier = ligne.rupture.ancienne, ligne.rupture.dernier
    mesure = ancienne.mesure
    unite = f" ({mesure.unite_affichee})" if mesure.unite_affichee else ""
    texte = f"succède à «{INSECABLE}{mesure.libelle}{INSECABLE}»{unite}"
    if dernier is not None:
        valeur = spell_finding(dernier, mesure, contrat)
        texte += f", suivie jusqu’en {dernier.exercice}{INSECABLE}: {valeur}"
    return f"Série rompue en {ligne.serie[0].exercice}", texte
