"""Un classeur « Séance » rendu devient la séance et le programme du dossier, ou pose question."""
