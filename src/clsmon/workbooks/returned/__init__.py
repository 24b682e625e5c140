"""Lire un formulaire rendu : ses lignes par leurs clés, ses réponses sans les deviner."""
