"""clsmon : le suivi annuel d'un contrat local de santé, des fiches au bilan."""

__version__ = "0.1.0"
