"""Un plancher : importer les modèles et en bâtir les validateurs, sans rien lire."""

from clsmon.model.contrat import Contrat, ElementContexte
from clsmon.model.fiche import Fiche
from clsmon.model.releve import Releve
from clsmon.model.seance import Action, Avenant, Seance, VieBilan

MODELES = (Contrat, ElementContexte, Fiche, Releve, Action, Avenant, Seance, VieBilan)
