"""La vie fictive du contrat : ses séances de l'année et le programme qu'elles fixent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

ENTETE = "# DONNÉES FICTIVES : démonstration de clsmon, cette séance n'a pas eu lieu.\n"
SIGNATAIRES = (
    *("ars", "dijon-metropole", "prefecture", "conseil-regional", "conseil-departemental"),
    *("ville-dijon", "chu", "chartreuse", "msa", "cpam", "cpts-centre-21", "cpts-pays-dor"),
    "education-nationale",
)
PORTEURS = ("ars", "dijon-metropole", "ville-dijon", "apo", "emas", "clsm", "reppop", "sedap")


@dataclass(frozen=True)
class Reunion:
    """Une séance fictive : qui est convoqué, qui manque, qui s'excuse, ce qui est décidé."""

    date: str
    instance: str
    convoques: tuple[str, ...]
    absents: tuple[str, ...] = ()
    excuses: tuple[str, ...] = ()
    decisions: tuple[tuple[str, str], ...] = ()
    """La nature d'une décision, et ce qui la suit, puis son texte."""
    points: tuple[str, ...] = ("Suivi des actions (fictif)",)
    envoi: str = ""


REUNIONS = (
    Reunion(
        "2025-03-11",
        "cotech",
        PORTEURS,
        absents=("reppop",),
        excuses=("sedap",),
        envoi="2025-02-18",
    ),
    Reunion(
        "2025-05-13",
        "copil",
        (*SIGNATAIRES, "chenove", "longvic", "quetigny", "talant"),
        absents=("msa", "longvic"),
        excuses=("conseil-regional", "chartreuse", "cpts-pays-dor"),
        decisions=(
            ("programme, exercice: 2025, etat: realisee", "Le programme 2025 est adopté"),
            ("autre", "Réunir la conférence CLS avant la fin de 2025"),
        ),
        points=("Programme d'actions 2025 (fictif)", "Conférence CLS (fictif)"),
        envoi="2025-04-22",
    ),
    Reunion("2025-10-07", "cotech", PORTEURS, absents=("clsm",), envoi="2025-09-16"),
    Reunion(
        "2025-12-02",
        "groupe-travail",
        ("ars", "dijon-metropole", "emas", "clsm"),
        points=("Santé mentale (fictif)",),
        envoi="2025-11-18",
    ),
)
"""La conférence CLS n'est pas réunie : le bilan le dit."""

PROGRAMME = (
    ("1.1", "a1", "Réunir les porteurs de maisons de santé", "dijon-metropole", "2025-06"),
    ("2.1", "a1", "Organiser la semaine de la santé mentale", "clsm", "2025-10"),
    ("2.2", "a1", "Tenir deux sessions de premiers secours", "dijon-metropole", "2025-11"),
    ("2.3", "a1", "Étudier l'extension à deux communes", "dijon-metropole", "2025-12"),
    ("3.1", "a1", "Former deux crèches de plus", "apo", "2025-09"),
    ("3.5", "a1", "Préparer la campagne des soirées étudiantes", "ville-dijon", "2025-09"),
    ("4.1", "a1", "Envoyer un questionnaire aux mairies", "dijon-metropole", "2025-05"),
    ("4.4", "a1", "Sensibiliser les équipes de trois crèches", "dijon-metropole", "2025-12"),
    ("5.1", "a1", "Publier deux lettres d'information", "dijon-metropole", "2025-12"),
    ("5.1", "a2", "Ouvrir une page Internet du contrat", "dijon-metropole", "2025-12"),
)


def governance_files() -> Mapping[str, str]:
    """Les fichiers de la gouvernance fictive, par leur nom sous `data/`."""
    seances = {f"seances/{r.date}-{r.instance}.yaml": _write_meeting(r) for r in REUNIONS}
    return seances | {"programmes/2025.yaml": ENTETE + "\n".join(_write_programme()) + "\n"}


def _write_meeting(reunion: Reunion) -> str:
    manquent = {*reunion.absents, *reunion.excuses}
    presents = [code for code in reunion.convoques if code not in manquent]
    lignes = [
        f"instance: {reunion.instance}",
        f"date: {reunion.date}",
        "etat: tenue",
        f"ordre_du_jour: {{envoye_le: {reunion.envoi}, points: [{', '.join(reunion.points)}]}}",
        f"convoques: [{', '.join(reunion.convoques)}]",
        f"presents: [{', '.join(presents)}]",
        f"excuses: [{', '.join(reunion.excuses)}]",
    ]
    if reunion.decisions:
        lignes.append("decisions:")
    for rang, (nature, texte) in enumerate(reunion.decisions, 1):
        lignes.append(
            f"  - {{id: D{rang}, nature: {nature}, texte: {texte} (décision fictive), "
            "responsable: dijon-metropole, echeance: 2025-12-31}"
        )
    return ENTETE + "\n".join(lignes) + "\n"


def _write_programme() -> Iterator[str]:
    fiches = dict.fromkeys(fiche for fiche, *_ in PROGRAMME)
    for fiche in fiches:
        yield f'"{fiche}":'
        for autre, action, libelle, organisme, echeance in PROGRAMME:
            if autre == fiche:
                yield (
                    f"  - {{id: {action}, libelle: {libelle} (fictif), organisme: {organisme}, "
                    f"echeance: {echeance}, decision: 2025-05-13-copil/D1}}"
                )
