"""Un pair : le même arbre de commandes et d'options, en click seul."""

import click

DOSSIER = click.option("--dossier", metavar="CHEMIN", help="Dossier du contrat.")
EXERCICE = click.option("--exercice", type=int, metavar="ANNÉE", help="Année examinée.")
JOUR = click.option("--date", metavar="AAAA-MM-JJ", help="Jour de référence.")
SILENCE = click.option("--quiet", is_flag=True, help="N'affiche que les erreurs.")


@click.group(context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 80})
@click.version_option("0", prog_name="clsmon")
def clsmon() -> None:
    """Le suivi annuel d'un contrat local de santé : fiches, formulaires, relevés, bilan."""


@clsmon.command()
@click.argument("chemins", nargs=-1)
@DOSSIER
@click.option("--format", type=click.Choice(["texte", "json", "github"]), help="Format.")
@click.option("--strict", is_flag=True, help="Une alerte fait échouer.")
@click.option("--infos", is_flag=True, help="Montre aussi les infos.")
@SILENCE
def validate(**_: object) -> None:
    """Vérifie le contrat, les fiches et le suivi, sans rien écrire."""


@clsmon.command()
@DOSSIER
@EXERCICE
@click.option("--organisme", multiple=True, metavar="CODE", help="Seulement celui-ci.")
@JOUR
@SILENCE
def forms(**_: object) -> None:
    """Prépare les formulaires à envoyer, un classeur par organisme."""


@clsmon.command()
@click.argument("fichiers", nargs=-1)
@DOSSIER
@EXERCICE
@click.option("--dry-run", is_flag=True, help="Montre sans rien écrire.")
@click.option("--accepter-ancien", is_flag=True, help="Prend un autre exercice pour lui-même.")
@JOUR
@SILENCE
def collect(**_: object) -> None:
    """Lit les classeurs rendus et enregistre les réponses avec leur cellule."""


@clsmon.command()
@DOSSIER
@EXERCICE
@click.option("--format", default="md,xlsx", help="Formats, séparés par des virgules.")
@click.option("--definitif", is_flag=True, help="Document adopté, et non plus un projet.")
@JOUR
@SILENCE
def bilan(**_: object) -> None:
    """Rédige le bilan de l'exercice pour le COPIL, en Markdown et en Excel."""


@clsmon.command()
@click.argument("dossier", default="demo")
@SILENCE
def demo(**_: object) -> None:
    """Joue toute une année sur le contrat de Dijon, avec des réponses fictives."""


@clsmon.command()
@click.argument("code")
def explain(**_: object) -> None:
    """Explique une anomalie : ce qu'elle veut dire, un exemple, le remède."""


clsmon()
