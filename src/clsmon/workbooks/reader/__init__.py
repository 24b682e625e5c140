"""Lire un classeur reçu : contrôle du contenant, puis lecture stricte de ses cellules."""
