"""Un plancher : chaque fiche chargée par PyYAML avec libyaml, sans place ni vérification."""

import sys
from pathlib import Path

import yaml

for chemin in sorted(Path(sys.argv[1]).glob("*.yaml")):
    yaml.load(chemin.read_bytes(), Loader=yaml.CSafeLoader)
