"""Lire un classeur OpenDocument (.ods)."""
