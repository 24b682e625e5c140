"""Lire un ancien classeur Excel (.xls), au format BIFF8."""
