"""Les travaux mesurés, leurs pairs et leurs budgets : des rapports de médianes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Comparaison, Programme, Travail

EXERCICE, JOUR = 2025, "2026-03-20"
PETITE, MOYENNE, GRANDE = 22, 660, 12_000
"""Les tailles, en fiches : un contrat, une région, un pays."""
CLASSEURS = {PETITE: 40, GRANDE: 2_000}
"""Les classeurs rendus que collecte chaque taille."""
TRAVAUX = ("bilan", "collect", "validate")
"""Ceux qui se mesurent seuls : une grande taille n'écrit alors que leurs données."""
EXTRA_BENCH = {"click", "check_jsonschema", "yamale"}
"""Les bibliothèques de l'extra `bench`, sans lesquelles aucun budget n'est tenu pour vérifié."""

TOUS = "md,xlsx,html,pdf,docx,pptx,json"

_PAIRS = Path(__file__).parent / "peers"


class Jeu:
    """Où sont la roue installée et les données écrites."""

    def __init__(self, racine: Path, programmes: Path) -> None:
        self.racine = racine
        self.python = str(programmes / "python")
        self.clsmon = str(programmes / "clsmon")

    def ours(self, *arguments: object, efface: tuple[Path, ...] = ()) -> Programme:
        """Notre commande, telle qu'elle s'installe."""
        return Programme("clsmon", (self.clsmon, *map(str, arguments)), efface)

    def peer(
        self,
        nom: str,
        script: str,
        *arguments: object,
        bibliotheque: str | None = None,
        efface: tuple[Path, ...] = (),
    ) -> Programme:
        """Un script de `peers/`, lancé par le même Python."""
        commande = (self.python, str(_PAIRS / f"{script}.py"), *map(str, arguments))
        return Programme(nom, commande, efface, bibliotheque=bibliotheque)


def jobs(jeu: Jeu, taille: int, seul: str = "") -> Iterator[Travail]:
    """
    Les travaux jusqu'à `taille` fiches ; au-dessus d'une région, ils ne sont que montrés.

    `seul`, un nom de `TRAVAUX`, n'en garde que les siens.
    """
    if not seul:
        yield from _starting(jeu)
        yield _forms(jeu)
    if seul in {"", "bilan"}:
        yield _bilan(jeu, "bilan, md et xlsx", "md,xlsx", 0.5)
        yield _bilan(jeu, "bilan, tous les formats", TOUS, 1.5)
    if seul in {"", "validate"}:
        yield _validate_contract(jeu)
        if taille >= MOYENNE:
            yield _validate_region(jeu)
        if taille >= GRANDE:
            yield _validate_country(jeu)
    if seul in {"", "collect"}:
        yield _collect(jeu, CLASSEURS[PETITE], secondes=5.0, megaoctets=128.0)
        if taille >= GRANDE:
            yield _collect(jeu, CLASSEURS[GRANDE], au_plus=0.35)


def _starting(jeu: Jeu) -> Iterator[Travail]:
    for option, au_plus in (("--version", 0.35), ("--help", 1.8)):
        click = jeu.peer("click seul", "command_tree", option, bibliotheque="click")
        vide = Programme("python -c pass", (jeu.python, "-c", "pass"))
        comparaisons = (Comparaison(click, au_plus), Comparaison(vide))
        yield Travail(f"clsmon {option}", jeu.ours(option), comparaisons)


def _validate_contract(jeu: Jeu) -> Travail:
    dossier = jeu.racine / "contrat"
    fiches = sorted((dossier / "data" / "fiches").glob("*.yaml"))
    schema = str(jeu.racine / "fiche.json")
    verifie = Programme(
        "check-jsonschema",
        (jeu.python, "-m", "check_jsonschema", "--schemafile", schema, *map(str, fiches)),
        bibliotheque="check_jsonschema",
    )
    comparaisons = (
        Comparaison(verifie, 0.5),
        Comparaison(jeu.peer("import des modèles", "import_models"), 1.6),
    )
    nous = jeu.ours("validate", "--dossier", dossier)
    return Travail(f"validate, {len(fiches)} fiches", nous, comparaisons)


def _validate_region(jeu: Jeu) -> Travail:
    dossier = jeu.racine / f"fiches-{MOYENNE}"
    schema, fiches = str(jeu.racine / "fiche.yamale"), str(dossier / "data" / "fiches")
    yamale = Programme(
        "yamale",
        (jeu.python, "-m", "yamale.command_line", "--schema", schema, "--cpu-num", "1", fiches),
        bibliotheque="yamale",
    )
    nous = jeu.ours("validate", "--dossier", dossier)
    return Travail(
        f"validate, {MOYENNE} fiches", nous, (Comparaison(yamale, 0.3),), megaoctets=200.0
    )


def _validate_country(jeu: Jeu) -> Travail:
    dossier = jeu.racine / f"fiches-{GRANDE}"
    nous = jeu.ours("validate", "--dossier", dossier)
    charge = jeu.peer("yaml.load CSafeLoader", "load_yaml", dossier / "data" / "fiches")
    comparaisons = (Comparaison(charge, 0.8),)
    return Travail(f"validate, {GRANDE} fiches", nous, comparaisons, megaoctets=200.0, exige=False)


def _forms(jeu: Jeu) -> Travail:
    dossier, copies = jeu.racine / "contrat", jeu.racine / "copies"
    formulaires = dossier / "formulaires"
    nous = jeu.ours("forms", "--dossier", dossier, "--exercice", EXERCICE, efface=(formulaires,))
    cellules = jeu.racine / "cellules.json"
    pair = jeu.peer("xlsxwriter seul", "write_cells", cellules, copies, efface=(copies,))
    return Travail("forms, tous les organismes", nous, (Comparaison(pair, 1.5),))


def _collect(
    jeu: Jeu,
    classeurs: int,
    *,
    au_plus: float | None = None,
    secondes: float | None = None,
    megaoctets: float | None = None,
) -> Travail:
    dossier = jeu.racine / f"retours-{classeurs}"
    options = ("--dossier", dossier, "--date", JOUR)
    nous = jeu.ours("collect", *options, efface=(dossier / "data" / "suivi",))
    pair = jeu.peer("openpyxl", "read_cells", dossier / "retours" / str(EXERCICE))
    return Travail(
        f"collect, {classeurs} classeurs",
        nous,
        (Comparaison(pair, au_plus),),
        secondes,
        megaoctets,
        exige=classeurs == CLASSEURS[PETITE],
    )


def _bilan(jeu: Jeu, titre: str, formats: str, au_plus: float) -> Travail:
    dossier, images = jeu.racine / "bilan", jeu.racine / "images"
    options = ("--dossier", dossier, "--date", JOUR, "--format", formats)
    nous = jeu.ours("bilan", *options, efface=(dossier / "bilans",))
    pair = jeu.peer(
        "matplotlib", "draw_charts", images, bibliotheque="matplotlib", efface=(images,)
    )
    return Travail(titre, nous, (Comparaison(pair, au_plus),))
