"""Écrire le formulaire envoyé à un organisme."""
