"""Le classeur « Séance » : l'écrire, et le relire."""
