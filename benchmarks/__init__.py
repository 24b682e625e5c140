"""Combien de temps et de mémoire, à côté d'autres outils : `python -m benchmarks`."""
