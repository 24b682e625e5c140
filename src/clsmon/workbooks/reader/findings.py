"""What a reader tells of a workbook: parts and cells refused, the rest being read."""

from __future__ import annotations

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.workbooks.reader.container import LIMITES
from clsmon.workbooks.reader.grid import Feuille
from clsmon.workbooks.reader.refusal import RENVOYER, ClasseurRefuse, shorten
from clsmon.workbooks.reader.tally import Refusee


class Constats:
    """Les anomalies d'un classeur en cours de lecture ; `fichier` est le nom reçu."""

    def __init__(self, fichier: str) -> None:
        self.fichier = fichier
        self.anomalies: list[Anomalie] = []

    def report(self, message: str) -> None:
        """Une partie du classeur qui n'est pas lue (FOR008)."""
        lieu = Lieu(self.fichier)
        self.anomalies.append(Anomalie(lieu, "FOR008", Gravite.ERREUR, message, RENVOYER))

    def refuse_sheet(self, nom: str, cause: str) -> None:
        """Une feuille qui n'est pas lue (FOR008)."""
        self.report(f"La feuille « {shorten(nom)} » n'est pas lue : {cause}.")

    def report_doubles(self, noms: tuple[str, ...]) -> None:
        """Les noms définis deux fois, qui ne veulent rien dire (FOR008)."""
        for nom in noms:
            self.report(f"Le nom « {shorten(nom)} » est défini deux fois dans le classeur.")

    def report_cells(self, nom: str, refusees: list[Refusee]) -> None:
        """Les cellules refusées d'une feuille (SAI001), comptées au-delà de la limite."""
        for adresse, brut, cause in refusees[: LIMITES.anomalies]:
            lieu = Lieu(self.fichier, feuille=nom, cellule=adresse)
            message = f"La cellule {adresse} {cause} (contenu : « {brut} »)."
            conseil = "Faites retaper la réponse dans cette cellule, puis collectez de nouveau."
            self.anomalies.append(Anomalie(lieu, "SAI001", Gravite.ERREUR, message, conseil))
        others = len(refusees) - LIMITES.anomalies
        if others > 0:
            lieu = Lieu(self.fichier, feuille=nom, cellule=refusees[LIMITES.anomalies].adresse)
            message = f"{others} autres cellules de la feuille « {shorten(nom)} » sont illisibles."
            self.anomalies.append(Anomalie(lieu, "SAI001", Gravite.ERREUR, message, RENVOYER))

    def require(self, feuilles: tuple[Feuille, ...]) -> tuple[Feuille, ...]:
        """Les feuilles lues. Lève `ClasseurRefuse` (FOR008) s'il n'y en a aucune."""
        if not feuilles:
            cause = self.anomalies[0].message if self.anomalies else "Il n'a pas de feuille."
            raise ClasseurRefuse("FOR008", f"Aucune feuille du classeur n'est lisible. {cause}")
        return feuilles
