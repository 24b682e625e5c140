"""L'état d'une mesure au bilan."""

from __future__ import annotations

from enum import StrEnum

from clsmon.model.releve import Etat


class Statut(StrEnum):
    """
    L'état d'une mesure au bilan : cinq états de réponse, et trois qui n'en sont pas.

    Les deux derniers ne sont que d'un document public : effectif masqué, texte non publié.
    """

    RENSEIGNE = "renseigne"
    ESTIME = "estime"
    NON_DISPONIBLE = "non_disponible"
    SANS_OBJET = "sans_objet"
    A_VERIFIER = "a_verifier"
    NON_REPONDU = "non_repondu"
    CALCULE = "calcule"
    NON_CALCULABLE = "non_calculable"
    SECRET = "secret"  # noqa: S105  statistical secrecy, not a password
    NON_PUBLIE = "non_publie"

    @classmethod
    def of(cls, etat: Etat | None) -> Statut:
        """L'état d'une réponse, ou « non répondu »."""
        return cls.NON_REPONDU if etat is None else cls(etat.value)
