"""Ce que le dossier connaît ; ce qu'un fichier illisible contient n'est pas dit inconnu."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from clsmon.model.anomalie import Lieu
from clsmon.model.dossier import Dossier
from clsmon.model.observation import Rendu
from clsmon.rules.regle import Constat, unknown


def is_unread(dossier: Dossier, fichier: str) -> bool:
    """Vrai si ce fichier, ou le dossier qui devrait le tenir, n'a pu être lu."""
    lieux = (fichier, *map(str, PurePosixPath(fichier).parents))
    return not dossier.illisibles.isdisjoint(lieux)


def knows_fiche(dossier: Dossier, fiche: str) -> bool:
    """Vrai si la fiche existe, ou si son fichier n'a pu être lu."""
    return fiche in dossier.fiche or is_unread(dossier, f"data/fiches/{fiche}.yaml")


def knows_mesure(dossier: Dossier, cle: str) -> bool:
    """Vrai si la clé désigne une mesure, actuelle ou ancienne, ou une fiche illisible."""
    fiche = cle.partition("/")[0]
    return cle in dossier.cles_actuelles or is_unread(dossier, f"data/fiches/{fiche}.yaml")


def knows_decision(dossier: Dossier, nom: str) -> bool:
    """Vrai si la décision existe, ou si le fichier de sa séance n'a pu être lu."""
    seance = nom.rpartition("/")[0]
    return nom in dossier.decisions or is_unread(dossier, f"data/seances/{seance}.yaml")


def unknown_organismes(dossier: Dossier, cites: Iterable[tuple[str, Lieu]]) -> Iterator[Constat]:
    """Un constat par code d'organisme absent du registre du contrat."""
    registre = dossier.contrat.organismes
    for code, lieu in cites:
        if code not in registre:
            yield unknown(lieu, "organisme absent du registre du contrat", code, registre)


def unknown_decisions(dossier: Dossier, citees: Iterable[tuple[str, Lieu]]) -> Iterator[Constat]:
    """Un constat par décision qu'aucune séance ne porte."""
    for nom, lieu in citees:
        if nom and not knows_decision(dossier, nom):
            yield unknown(lieu, "décision introuvable", nom, dossier.decisions)


def check_replacements(
    dossier: Dossier, rendus: Mapping[str, Rendu], mots: tuple[str, str, str], racine: str
) -> Iterator[Constat]:
    """
    Ce qu'un rendu remplace est un autre du même organisme et du même exercice, présent.

    `mots` nomme ce qu'il est, avec « un » devant, puis celui qui l'a rendu : (« relevé »,
    « le relevé », « organisme »). `racine` : le dossier qui les garde.
    """
    nom_seul, nomme, auteur = mots
    for rendu in rendus.values():
        for rang, nom in enumerate(rendu.remplace):
            cible, lieu = rendus.get(nom), rendu.lieu("remplace", rang)
            fichier = f"{racine}/{rendu.exercice}/{nom}.yaml"
            if cible is None and not is_unread(dossier, fichier):
                yield unknown(lieu, f"{nom_seul} remplacé introuvable", nom, rendus)
            elif cible and (cible.organisme, cible.exercice) != (rendu.organisme, rendu.exercice):
                yield Constat(
                    lieu,
                    f"« {nom} » est {nomme} de {cible.organisme}, pour {cible.exercice}",
                    f"un {nom_seul} n'en remplace un que du même {auteur} et du même exercice",
                )


def repeated(cites: Iterable[tuple[str, Lieu]]) -> Iterator[tuple[str, Lieu, Lieu]]:
    """Les noms déjà vus, majuscules et minuscules confondues : nom, place, première place."""
    premiers: dict[str, Lieu] = {}
    for nom, lieu in cites:
        premier = premiers.setdefault(nom.casefold(), lieu)
        if premier is not lieu:
            yield nom, lieu, premier
