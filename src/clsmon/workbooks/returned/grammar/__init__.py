"""
La grammaire des valeurs saisies : chaque règle lit un texte, ou dit pourquoi elle ne le lit pas.

Un texte qu'aucune règle ne lit est une question, jamais un nombre deviné.
"""
