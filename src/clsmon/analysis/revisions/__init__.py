"""Deux versions d'un contrat comparées par leur sens, et la voie que demande chaque changement."""
