"""Une section de la projection : ce qui se montre, ce qui se dit, et d'où viennent les chiffres."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clsmon.model.bilan import Bilan, LigneMesure
from clsmon.model.contrat import PILOTAGE
from clsmon.render.logos import names_without_logo
from clsmon.render.slides_blocks import BAS, Bloc, Encart, Ligne, Texte
from clsmon.render.spelling import INSECABLE

_COMMANDE = f"«{INSECABLE}clsmon "


@dataclass(frozen=True)
class Section:
    """
    Une ou plusieurs diapositives sous un même titre.

    `parties` : les sections du bilan écrit où tout se lit, ou `ailleurs` s'il ne le dit pas.
    `souhait` : le nombre de diapositives
    au-delà duquel le reste est renvoyé au bilan. `rang` : l'ordre dans lequel les sections
    reçoivent plus d'une diapositive quand toutes n'y ont pas droit. `bas` : où finit le contenu.
    """

    titre: str
    parties: tuple[str, ...]
    blocs: tuple[Bloc, ...]
    dire: str
    sources: tuple[str, ...] = ()
    souhait: int = 1
    rang: int = 9
    ailleurs: str = ""
    bas: float = BAS


def shown_lines(bilan: Bilan) -> tuple[LigneMesure, ...]:
    """Les mesures à montrer d'abord, telles que ce bilan les porte : masquées, elles le restent."""
    lignes = {ligne.situee.cle: ligne for ligne in bilan.lignes}
    return tuple(lignes[cle] for cle in bilan.marquantes if cle in lignes)


def points(textes: tuple[str, ...], *, numerotes: bool = False) -> tuple[Ligne, ...]:
    """Des textes en paragraphes, chacun derrière son rang ou une puce."""
    return tuple(
        Ligne(texte, f"{rang}." if numerotes else "•") for rang, texte in enumerate(textes, 1)
    )


def sentence(*textes: str, gras: bool = False) -> Texte:
    """Des phrases l'une sous l'autre."""
    return Texte(tuple(Ligne(texte, gras=gras) for texte in textes), au_plus=4)


def missing(titre: str, *lignes: str) -> Encart:
    """Ce qui manque, et qui ou quelle commande le remplit."""
    return Encart(titre, lignes)


def missing_logos(bilan: Bilan) -> tuple[Encart, ...]:
    """Les signataires dont le logo manque, et qui le demande."""
    absents = names_without_logo(bilan)
    if not absents:
        return ()
    titre = "Logos à joindre avant toute publication (article 8)"
    suite = "L’animateur santé les demande aux signataires et les range dans data/logos/."
    return (missing(titre, ", ".join(absents), suite),)


def command(texte: str) -> str:
    """Une commande entre guillemets, que rien ne coupe à ses espaces."""
    return f"«{INSECABLE}{texte}{INSECABLE}»"


def without_commands(section: Section) -> Section:
    """La même pour le public : ce qui manque s'y dit, pas la commande qui le remplit."""
    blocs = tuple(
        Encart(_cut(bloc.titre), tuple(ligne for ligne in bloc.lignes if _COMMANDE not in ligne))
        if isinstance(bloc, Encart)
        else bloc
        for bloc in section.blocs
    )
    return replace(section, blocs=blocs, dire=_cut(section.dire), ailleurs=_cut(section.ailleurs))


def _cut(texte: str) -> str:
    """Le texte jusqu'à la commande qu'il donne à la fin."""
    debut, commande, _ = texte.partition(_COMMANDE)
    return debut.removesuffix(f"{INSECABLE}: ") if commande else texte


def meeting_command(bilan: Bilan) -> str:
    """La commande qui prépare le classeur d'une séance de l'instance qui décide."""
    instance = bilan.contrat.pilote or PILOTAGE
    return command(f"clsmon forms --seance AAAA-MM-JJ-{instance}")


def reminder_command(bilan: Bilan) -> str:
    """La commande qui prépare les relances de l'exercice."""
    return command(f"clsmon status --exercice {bilan.exercice} --relances relances")
