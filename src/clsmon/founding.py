"""Ce que l'outil copie pour commencer : un contrat en exemple, les gabarits à relire."""

from __future__ import annotations

from pathlib import Path

from clsmon.model.anomalie import ClsmonError, Lieu, MauvaisUsageError
from clsmon.model.suggestion import advise
from clsmon.opening import packaged
from clsmon.writing import write_file

EXEMPLES = ("dijon",)
"""Les contrats livrés avec l'outil."""

IGNORES = """\
# Refait à l'identique par clsmon, ou reçu des partenaires.
/formulaires/
/retours/
/bilans/
# Données personnelles : jamais dans git.
/contacts.yaml
/relances/
/a-renvoyer/
.clsmon.lock
*.log
"""

ORIGINE = "templates/origine"
"""Où se lisent les gabarits livrés : là, ils ne remplacent rien."""

LISEZMOI = """\
# Gabarits livrés avec clsmon

Ces copies se lisent, et ne remplacent rien. Pour changer un document, écrivez dans `templates/`
un gabarit du même nom, qui ne remplace que le bloc voulu :

    {% extends "paquet/bilan.md.j2" %}
    {% block page_une %} … {% endblock %}

Les blocs sont nommés en commentaire dans chaque gabarit. « document.html.j2 » met en page le HTML.
Ce que l'on peut y montrer est à la page « Gabarits » de la documentation de clsmon.
"""


def copy_contract(nom: str, cible: Path) -> None:
    """
    Copie un contrat livré dans un dossier neuf.

    Lève MauvaisUsageError si l'exemple est inconnu, ClsmonError si la cible contient quelque chose.
    """
    if nom not in EXEMPLES:
        raise MauvaisUsageError(
            f"exemple inconnu : « {nom} »",
            None,
            advise(nom, EXEMPLES) or f"Exemples : {', '.join(EXEMPLES)}.",
        )
    if cible.exists() and (not cible.is_dir() or any(cible.iterdir())):
        raise ClsmonError(
            f"« {cible} » n'est pas un dossier vide : rien n'est copié",
            Lieu(str(cible)),
            "Indiquez un dossier neuf, par exemple : clsmon init mon-contrat --exemple dijon.",
        )
    write_contract(nom, cible)


def write_contract(nom: str, cible: Path) -> None:
    """Écrit les fichiers d'un contrat livré dans un dossier, et ce que git doit y ignorer."""
    write_file(cible / ".gitignore", IGNORES.encode("utf-8"))
    source = packaged(nom)
    for fichier in _files(source / "data"):
        write_file(cible / fichier.relative_to(source), fichier.read_bytes())


def copy_templates(racine: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """
    Copie les gabarits livrés dans `templates/origine/` ; rend (copiés, gardés).

    Un fichier qui y a été modifié est gardé tel quel. Lève ClsmonError si l'écriture échoue.
    """
    source = packaged("templates")
    contenus = {f.relative_to(source): f.read_bytes() for f in _files(source)}
    contenus[Path("LISEZ-MOI.md")] = LISEZMOI.encode("utf-8")
    copies, gardes = [], []
    for nom, octets in sorted(contenus.items()):
        chemin = racine / ORIGINE / nom
        if chemin.is_file() and chemin.read_bytes() != octets:
            gardes.append(chemin)
            continue
        write_file(chemin, octets)
        copies.append(chemin)
    return tuple(copies), tuple(gardes)


def _files(dossier: Path) -> list[Path]:
    return sorted(f for f in dossier.rglob("*") if f.is_file())
