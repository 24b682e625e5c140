"""Écrire le cahier d'examen envoyé à un signataire."""
