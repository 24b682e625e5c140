"""
Les pages des codes qui ne sont pas des règles : lecture, forme, classeurs rendus.

Les règles portent leur page dans leur docstring. Un code est pour toujours.
"""

from __future__ import annotations

from clsmon.model.codes_classeurs import CLASSEURS
from clsmon.model.codes_forme import FORMES
from clsmon.model.codes_lecture import LECTURE

PAGES = (*LECTURE, *FORMES, *CLASSEURS)
"""Toutes les pages, par famille."""
