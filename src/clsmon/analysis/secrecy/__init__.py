"""Le bilan public : ce qui en est masqué, et rien d'autre qui le laisse retrouver."""
