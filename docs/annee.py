"""A whole year of the contract, played with the real commands: the page « annee-type.md »."""

from __future__ import annotations

import io
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from clsmon.cli.running import run
from clsmon.demonstration.cycle import run_year
from clsmon.demonstration.partner import Saisies, fill_form, save_workbook

COPIL = "2026-05-12-copil"
CONTESTEE, AUTRE = "2.3/sorties/sorties", "2.2/secouristes/secouristes"
"""What the ARS and the CPAM contest; the COPIL settles only the first."""

RETIREE = "data/fiches/4.3.yaml"
CIBLEE = "data/fiches/2.3.yaml"

PREMIERE = 4
"""The first row to fill of a sheet: under its keys, its titles and the fictitious banner."""

Tape = str | int | date
DECISIONS: tuple[Mapping[str, Tape], ...] = (
    {"nature": "adoption du bilan", "exercice": 2025, "texte": "Le bilan 2025 est adopté."},
    {
        "nature": "retrait d'une fiche",
        "objet": "4.3",
        "effet_le": date(2026, 6, 30),
        "texte": "La fiche 4.3 est retirée.",
    },
    {
        "nature": "cible",
        "objet": CONTESTEE,
        "annee": 2028,
        "valeur": 20,
        "texte": "Vingt sorties par an en 2028.",
    },
    {
        "nature": "arbitrage",
        "objet": CONTESTEE,
        "exercice": 2025,
        "retient_organisme": "ARS",
        "texte": "Le registre de l'ARS fait foi.",
    },
    {
        "nature": "avenant",
        "objet": "partenaire",
        "texte": "Préparer l'avenant qui fait entrer la CAF au contrat.",
        "responsable": "ARS",
        "echeance": date(2026, 12, 31),
    },
    {
        "nature": "autre",
        "texte": "Réunir la conférence CLS.",
        "responsable": "Dijon métropole",
        "echeance": date(2026, 10, 31),
    },
)


class Recit:
    """The page being written: what is done, and what is seen on the screen."""

    def __init__(self) -> None:
        self.texte: list[str] = []
        self.codes: list[tuple[str, int]] = []

    def say(self, texte: str) -> None:
        self.texte.append(texte.strip("\n"))

    def command(self, ligne: str, jour: str) -> int:
        """Runs a command of the given day, and shows it with all that it prints."""
        ecran = io.StringIO()
        with redirect_stdout(ecran), redirect_stderr(ecran), _day(jour):
            code = run(ligne.split()[1:])
        lignes = "\n".join(li.rstrip() for li in ecran.getvalue().strip("\n").split("\n"))
        self.codes.append((ligne, code))
        fin = f"\n[code de sortie {code}]" if code else ""
        self.say(f"```console\n$ {ligne}\n{lignes}{fin}\n```")
        return code

    def quote(self, fichier: str, debut: str, fin: str) -> None:
        """Shows one part of a document, from a heading to the next."""
        texte = Path(fichier).read_text(encoding="utf-8")
        partie = texte[texte.index(debut) : texte.index(fin)]
        partie = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"*Graphique :* \1", partie).rstrip("\n")
        self.say("\n".join(f"> {ligne}".rstrip() for ligne in partie.split("\n")))


@contextmanager
def _day(jour: str) -> Iterator[None]:
    avant = os.environ.get("CLSMON_DATE")
    os.environ["CLSMON_DATE"] = jour
    try:
        yield
    finally:
        del os.environ["CLSMON_DATE"]
        if avant is not None:
            os.environ["CLSMON_DATE"] = avant


def convene_meeting(octets: bytes) -> bytes:
    """The workbook of the COPIL before it: its agenda was sent on 20 April 2026."""
    classeur = load_workbook(io.BytesIO(octets))
    _tell(classeur, "envoye_le", date(2026, 4, 20))
    return save_workbook(classeur)


def fill_meeting(octets: bytes) -> bytes:
    """The workbook of the COPIL after it: held, who came, what was decided."""
    classeur = load_workbook(io.BytesIO(octets))
    _tell(classeur, "etat", "Tenue")
    presences = classeur["Présence"]
    presence = _columns(presences)["presence"]
    for rang in range(13):
        absente = rang in {6, 10}
        presences.cell(PREMIERE + rang, presence).value = "excusé" if absente else "présent"
    decisions = classeur["Décisions"]
    colonnes = _columns(decisions)
    for rang, decision in enumerate(DECISIONS):
        for champ, tape in decision.items():
            decisions.cell(PREMIERE + rang, colonnes[champ]).value = tape
    return save_workbook(classeur)


def _tell(classeur: Workbook, fait: str, tape: Tape) -> None:
    ligne = next(ligne for ligne in classeur["Séance"].iter_rows() if ligne[0].value == fait)
    ligne[2].value = tape


def _columns(feuille: Worksheet) -> Mapping[str, int]:
    """The number of each column, by its machine key without its family."""
    cles = (str(cellule.value).partition(".")[2] for cellule in feuille[1])
    return {cle: rang for rang, cle in enumerate(cles, 1)}


def _return_meeting(remplir: Callable[[bytes], bytes]) -> str:
    """The workbook of the COPIL, filled and put with the returns; where it stands."""
    classeur = Path(f"formulaires/2025/seance-{COPIL}.xlsx")
    rendu = Path(f"retours/2025/{classeur.name}")
    rendu.write_bytes(remplir(classeur.read_bytes()))
    return rendu.as_posix()


def _contest(organisme: str, saisies: Saisies) -> None:
    """A signatory fills its workbook and sends it back."""
    cahier = Path(f"formulaires/2025/examen-{organisme}.xlsx")
    rempli = fill_form(cahier.read_bytes(), saisies)
    Path(f"retours/2025/{cahier.name}").write_bytes(rempli)


def _edit(fichier: str, avant: str, apres: str) -> None:
    texte = Path(fichier).read_text(encoding="utf-8")
    if texte.count(avant) != 1:
        raise ValueError(f"{fichier} : « {avant} » n'y est pas une fois")
    Path(fichier).write_text(texte.replace(avant, apres), encoding="utf-8", newline="\n")


def _git(*arguments: str) -> None:
    identite = ("-c", "user.name=clsmon", "-c", "user.email=clsmon@example.org")
    subprocess.run(["git", *identite, *arguments], check=True, capture_output=True)  # noqa: S603, S607


def play(racine: Path) -> Recit:
    """The whole year in a new folder `racine`; what was said and seen, in order."""
    recit = Recit()
    recit.say(INTRODUCTION)
    with chdir(racine):
        recit.command("clsmon demo .", "2026-03-20")
        _git("init", "--quiet")
        _git("add", "--all")
        _git("commit", "--quiet", "--message", "Le contrat et ses relevés")
        _convene(recit)
        _examine(recit)
        _change(recit)
        _decide(recit)
        _close(recit)
        _next_year(recit)
    return recit


def _convene(recit: Recit) -> None:
    recit.say(ENVOI)
    recit.command("clsmon bilan --envoyer --exercice 2025", "2026-04-20")
    recit.command("clsmon forms --examen --exercice 2025", "2026-04-20")
    recit.say(SEANCE)
    recit.command(f"clsmon forms --seance {COPIL}", "2026-04-20")
    recit.say(CONVOCATION)
    recit.command(f"clsmon collect {_return_meeting(convene_meeting)}", "2026-04-20")
    recit.command(f"clsmon seance {COPIL}", "2026-04-20")
    ordre = f"bilans/seances/{COPIL}-ordre-du-jour.md"
    recit.quote(ordre, "## Ordre du jour", "## Points d’attention")


def _examine(recit: Recit) -> None:
    recit.say(EXAMEN)
    _contest(
        "ars",
        {
            (CONTESTEE, ""): {
                "valeur_proposee": 11,
                "motif": "Deux sorties de décembre manquent (fictif)",
                "source": "Registre de l'ARS (fictif)",
            },
            ("3.1", "observation"): {"avis": "accord"},
        },
    )
    _contest(
        "cpam",
        {
            (AUTRE, ""): {
                "valeur_proposee": 141,
                "motif": "Sept inscrits ne sont pas venus (fictif)",
                "source": "Feuilles d'émargement (fictif)",
            },
        },
    )
    recit.command(
        "clsmon collect retours/2025/examen-ars.xlsx retours/2025/examen-cpam.xlsx", "2026-05-04"
    )


def _change(recit: Recit) -> None:
    recit.say(CHANGEMENT)
    _edit(RETIREE, "statut: programmee\n", "statut: programmee\nvigueur: {fin: 2026-06-30}\n")
    recit.command("clsmon diff --exiger", "2026-05-05")
    recit.say(REFUS)
    _git("checkout", "--quiet", "--", RETIREE)


def _decide(recit: Recit) -> None:
    recit.say(TENUE)
    recit.command(f"clsmon forms --seance {COPIL}", "2026-05-13")
    recit.say(REMPLIE)
    recit.command(f"clsmon collect {_return_meeting(fill_meeting)}", "2026-05-13")
    recit.command(f"clsmon seance {COPIL}", "2026-05-13")
    recit.quote(
        f"bilans/seances/{COPIL}-compte-rendu.md", "## Décisions (", "## Décisions antérieures"
    )
    recit.say(APPLICATION)
    fin = f"vigueur: {{fin: 2026-06-30, decision_fin: {COPIL}/D2}}"
    _edit(RETIREE, "statut: programmee\n", f"statut: programmee\n{fin}\n")
    mesure = "unite: sorties, personnes: true, nature: flux"
    cible = f"cibles: [{{annee: 2028, valeur: 20, decision: {COPIL}/D3}}]"
    _edit(CIBLEE, mesure, f"{mesure}, {cible}")
    recit.command("clsmon validate", "2026-05-13")
    recit.command("clsmon diff --exiger", "2026-05-13")


def _close(recit: Recit) -> None:
    recit.say(ADOPTION)
    recit.command("clsmon bilan --definitif --exercice 2025", "2026-05-20")
    recit.command(f"clsmon trace {CONTESTEE} --exercice 2025", "2026-05-20")
    recit.command("clsmon calendar", "2026-05-20")


def _next_year(recit: Recit) -> None:
    recit.say(SUITE)
    run_year(Path.cwd(), 2026)
    recit.command("clsmon status --exercice 2026", "2027-03-20")
    recit.command("clsmon bilan --exercice 2026", "2027-03-20")
    recit.quote("bilans/2026/bilan-2026.md", "## 1. ", "## 3. ")
    recit.say(FIN)


def year_page() -> str:
    """The page of the typical year, made by living it."""
    with tempfile.TemporaryDirectory() as dossier:
        racine = Path(dossier) / "annee"
        racine.mkdir()
        return "\n\n".join(play(racine).texte) + "\n"


INTRODUCTION = """
# Une année type

Une année du contrat de Dijon métropole, jouée avec les vraies commandes : tout ce qui est dans un
cadre est ce que l'écran a montré. Le contrat est réel ; les réponses, les contestations et les
décisions sont **fictives**. Cette page se refait par `python -m docs`.

## Février et mars : les formulaires, les réponses, le projet de bilan

`clsmon demo` tient lieu des partenaires : il prépare les formulaires, les remplit, les collecte et
écrit le projet de bilan. Chez vous : `clsmon forms`, puis `clsmon collect` et `clsmon status`.
"""
ENVOI = """
## 20 avril : le projet part aux signataires

`--envoyer` note le jour et calcule la fin du droit de regard (article 8). Chaque signataire reçoit
aussi un cahier d'examen, pour dire son accord ou contester un chiffre (article 7).
"""
SEANCE = """
Le COPIL se tiendra le 12 mai. Son classeur porte déjà le projet d'ordre du jour et ses membres :
"""
CONVOCATION = """
L'animateur santé y écrit le jour de l'envoi et le range dans `retours/2025/`. `collect` en fait une
séance prévue, et `clsmon seance` l'ordre du jour à joindre à la convocation :
"""
EXAMEN = """
## 4 mai : l'examen contradictoire

L'ARS et la CPAM renvoient leur cahier : chacune conteste un chiffre, avec son motif et sa source.
Le chiffre déclaré ne bouge pas.
"""
CHANGEMENT = """
## 5 mai : un retrait sans décision est refusé

Dijon métropole propose de retirer la fiche 4.3. Quelqu'un écrit déjà sa fin dans la fiche
(`vigueur: {fin: 2026-06-30}`) ; l'intégration continue compare avec la version d'avant :
"""
REFUS = "L'article 6 veut une décision du COPIL : la fiche est remise comme avant."
TENUE = """
## 12 mai : le COPIL

Le lendemain, l'animateur santé reprend le classeur de la séance, refait avec ce que le dossier en
sait :
"""
REMPLIE = """
Il y note qui est venu et ce qui est décidé : l'adoption du bilan, un retrait, une cible, un
arbitrage, un avenant à préparer et une autre décision. `collect` le change en données, et
`clsmon seance` en compte rendu :
"""
APPLICATION = """
## 13 mai : le contrat suit les décisions

La fin de la fiche 4.3 et la cible s'écrivent dans les fiches, chacune avec sa décision. Cette fois,
la comparaison passe :
"""
ADOPTION = """
## 20 mai : le bilan définitif
"""
SUITE = """
## Mars 2027 : ce que les décisions sont devenues

Les partenaires ont répondu pour 2026 (réponses fictives). La première page du bilan suivant s'ouvre
sur les décisions de 2026 : le retrait est fait, la conférence est en retard, l'avenant aussi.
"""
FIN = """
La fiche 4.3 a encore sa place au bilan 2026, année où elle était en vigueur, et n'est plus
demandée en 2027. Le chiffre déclaré, celui que l'ARS proposait et l'arbitrage restent visibles dans
tous les bilans qui suivent.
"""
