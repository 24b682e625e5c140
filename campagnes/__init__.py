"""Les promesses de confiance, chacune éprouvée en nombre : `python -m campagnes`."""
