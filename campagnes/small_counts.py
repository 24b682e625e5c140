"""De petits effectifs tirés au hasard, et tout ce qu'un dossier peut en dire de lié."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from campagnes.attacker import Case, Regles
from clsmon.model.contrat import Contrat
from clsmon.model.dossier import Dossier
from clsmon.model.fiche import Fiche
from clsmon.model.noeud import Carte
from clsmon.model.observation import Examen
from clsmon.model.releve import Releve
from clsmon.model.seance import Seance

ANNEES = (2024, 2025)
SEUIL = 11
ORGANISMES = ("alpha", "beta")
SEULE = "seule"
TAUX = "taux"
TOUT = "tout"


@dataclass
class Terrain:
    """Un dossier, ce que l'attaquant sait des mesures, et les vraies valeurs."""

    dossier: Dossier
    regles: Regles
    vraies: dict[Case, int] = field(default_factory=dict)

    def small_cells(self) -> dict[Case, Fraction]:
        """Les petits effectifs à ne jamais retrouver."""
        return {c: Fraction(v) for c, v in self.vraies.items() if 0 < v < SEUIL}


def draw_terrain(hasard: Random, racine: Path, texte: str) -> Terrain:
    """Un contrat d'une fiche et ses réponses ; `texte` est dans chaque texte de partenaire."""
    parties = tuple(f"partie-{chr(97 + rang)}" for rang in range(hasard.randint(2, 3)))
    somme = hasard.random() < 0.6
    ensemble = hasard.choice(("indicateur", "groupe", "partie"))
    vraies: dict[Case, int] = {}
    dits = {annee: _draw_year(hasard, parties, annee, somme, vraies) for annee in ANNEES}
    initiale, cible = _draw_count(hasard), hasard.randint(300, 400)
    vraies[("initiale", SEULE, 0, "")] = initiale
    examens = _draw_contest(hasard, dits, vraies, texte)
    dossier = Dossier(
        racine=racine,
        contrat=_contract(),
        fiches=(_fiche(parties, somme, ensemble, initiale, cible),),
        releves={
            releve.nom: releve
            for annee, par_code in dits.items()
            for code, valeurs in par_code.items()
            for releve in (_releve(code, annee, valeurs, texte, ensemble),)
        },
        examens={examen.nom: examen for examen in examens},
        seances=_draw_ruling(hasard, vraies, texte),
    )
    return Terrain(dossier, Regles(parties, ORGANISMES, somme, cible), vraies)


def _draw_count(hasard: Random) -> int:
    """Zéro, petit, ou publiable."""
    sort = hasard.random()
    if sort < 0.1:
        return 0
    return hasard.randint(1, SEUIL - 1) if sort < 0.45 else hasard.randint(SEUIL, 200)


def _draw_year(
    hasard: Random, parties: tuple[str, ...], annee: int, somme: bool, vraies: dict[Case, int]
) -> dict[str, dict[str, Any]]:
    """Ce que dit chaque organisme une année, en valeurs de relevé."""
    codes = ORGANISMES if somme else ORGANISMES[:1]
    grande = hasard.random() < 0.3

    def tire() -> int:
        return hasard.randint(60, 300) if grande else _draw_count(hasard)

    dits: dict[str, dict[str, Any]] = {code: {} for code in ORGANISMES}
    totaux: dict[str, int] = dict.fromkeys((*parties, TOUT), 0)
    for code in codes:
        for partie in parties:
            combien = tire()
            vraies[("dit", partie, annee, code)] = combien
            totaux[partie] += combien
            dits[code][partie] = _answer(combien)
        entier = sum(vraies[("dit", partie, annee, code)] for partie in parties)
        vraies[("dit", TOUT, annee, code)] = entier
        totaux[TOUT] += entier
        dits[code][TOUT] = _answer(entier)
    vraies |= {("valeur", nom, annee, ""): combien for nom, combien in totaux.items()}
    seule = tire()
    vraies[("valeur", SEULE, annee, "")] = vraies[("dit", SEULE, annee, "alpha")] = seule
    dits["alpha"][SEULE] = _answer(seule)
    if hasard.random() < 0.3:
        autre = _draw_count(hasard)
        vraies[("dit", SEULE, annee, "beta")] = autre
        dits["beta"][SEULE] = _answer(autre)
    haut, bas = totaux[parties[0]], totaux[TOUT]
    if bas:
        vraies[("reste", TAUX, annee, "")] = bas - haut
        dits["alpha"][TAUX] = {
            "numerateur": str(haut),
            "denominateur": str(bas),
            "etat": "renseigne",
            "cellule": "Saisie!I40",
        }
    return dits


def _answer(nombre: int) -> dict[str, Any]:
    return {"valeur": str(nombre), "etat": "renseigne", "cellule": "Saisie!H12"}


def _draw_contest(
    hasard: Random, dits: dict[int, dict[str, Any]], vraies: dict[Case, int], texte: str
) -> tuple[Examen, ...]:
    if hasard.random() < 0.6:
        return ()
    annee, propose = ANNEES[-1], _draw_count(hasard)
    vraies[("propose", SEULE, annee, "")] = propose
    contestation = {
        "valeur_declaree": dits[annee]["alpha"][SEULE]["valeur"],
        "valeur_proposee": str(propose),
        "motif": texte,
        "source": texte,
        "cellule": "Chiffres!I4",
    }
    rendu = {
        "organisme": "gamma",
        "exercice": annee,
        "recu": _received(texte),
        "fiches": {"1.1": {"avis": "remarque", "texte": texte}},
        "mesures": {_key(SEULE): contestation},
    }
    place = f"data/observations/{annee}/gamma-01234567.yaml"
    return (Examen.model_validate(_placed(place, rendu)),)


def _draw_ruling(hasard: Random, vraies: dict[Case, int], texte: str) -> tuple[Seance, ...]:
    if hasard.random() < 0.7:
        return ()
    annee, retenu = ANNEES[-1], _draw_count(hasard)
    vraies[("valeur", SEULE, annee, "")] = retenu
    seance = {
        "instance": "copil",
        "date": f"{annee + 1}-03-15",
        "etat": "tenue",
        "ordre_du_jour": {"points": [texte]},
        "decisions": [
            {
                "id": "D1",
                "nature": "arbitrage",
                "objet": _key(SEULE),
                "exercice": str(annee),
                "retient": {"valeur": str(retenu)},
                "texte": f"Retenir {retenu} {texte}",
            }
        ],
    }
    place = f"data/seances/{annee + 1}-03-15-copil.yaml"
    return (Seance.model_validate(_placed(place, seance)),)


def _placed(fichier: str, contenu: dict[str, Any]) -> Carte:
    """Ce que la porte YAML donnerait d'un fichier."""
    carte = Carte(fichier, (1, 1, 1))
    carte.update(contenu)
    return carte


def _received(texte: str) -> dict[str, str]:
    return {"fichier": f"{texte}.xlsx", "sha256": "9f" * 32, "formulaire": "4c", "lecteur": "1"}


def _releve(code: str, annee: int, valeurs: dict[str, Any], texte: str, ensemble: str) -> Releve:
    textes = ("faits_marquants", "freins", "leviers", "perspectives", "motif_evolution")
    recit = dict.fromkeys(textes, texte) | {
        "avancement": "en_cours",
        "evolution_proposee": "modification",
    }
    dites = {
        _key(nom, ensemble): {**valeur, "commentaire": texte, "preuve": texte}
        for nom, valeur in valeurs.items()
    }
    contenu = {
        "organisme": code,
        "exercice": annee,
        "recu": _received(texte),
        "motif": texte,
        "fiches": {"1.1": {**recit, "qpv": [texte]}},
        "valeurs": dites,
    }
    place = f"data/suivi/{annee}/{code}-{annee:08}.yaml"
    return Releve.model_validate(_placed(place, contenu))


def _contract() -> Contrat:
    return Contrat.model_validate(
        {
            "titre": "Contrat d'essai",
            "nature": "cls",
            "territoire": {"nom": "Métropole d'essai"},
            "periode": {"debut": str(ANNEES[0]), "fin": "2028"},
            "axes": [{"id": "1", "titre": "Accès aux soins"}],
            "organismes": {
                "alpha": {"nom": "Alpha"},
                "beta": {"nom": "Beta"},
                "gamma": {"nom": "Gamma", "signataire": "true"},
            },
            "instances": {"copil": {"nom": "Comité de pilotage"}},
            "regles": {"secret": {"seuil": str(SEUIL)}},
        }
    )


def _fiche(
    parties: tuple[str, ...], somme: bool, ensemble: str, initiale: int, cible: int
) -> Fiche:
    """`ensemble` : ce qui réunit le tout, ses parties et leur taux, dit de trois façons."""
    combien = {"reponses": "somme"} if somme else {}
    repondants = {"repondants": list(ORGANISMES if somme else ORGANISMES[:1])}
    compte = {"type": "nombre", "unite": "participants", **combien, **repondants}
    dont = {} if ensemble == "groupe" else {"partie_de": _key(TOUT, ensemble)}
    mesures = [
        {"id": TOUT, **compte},
        *({"id": partie, **compte, **dont} for partie in parties),
        {"id": TAUX, "type": "taux", "repondants": ["alpha"]}
        | ({"partie_de": _key(TOUT, ensemble)} if ensemble == "partie" else {}),
    ]
    seule = {
        "id": SEULE,
        "type": "nombre",
        "unite": "personnes",
        "personnes": "true",
        "repondants": list(ORGANISMES),
        "valeur_initiale": {"valeur": str(initiale)},
        "cibles": [{"annee": "2028", "valeur": str(cible)}],
    }
    groupe = {"groupe": "Ensemble"} if ensemble == "groupe" else {}
    nommees = _named(mesures)
    blocs = (
        [{"id": "i", "libelle": "Indicateur", "mesures": nommees}]
        if ensemble == "indicateur"
        else [{"id": m["id"], "libelle": m["libelle"], "mesures": [m], **groupe} for m in nommees]
    )
    return Fiche.model_validate(
        {
            "id": "1.1",
            "titre": "Fiche d'essai",
            "axe": "1",
            "statut": "programmee",
            "indicateurs": [
                *blocs,
                {"id": SEULE, "libelle": "Mesure seule", "mesures": _named([seule])},
            ],
            "suivi": {"repondants": list(ORGANISMES)},
        }
    )


def _named(mesures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**mesure, "libelle": f"Mesure {mesure['id']}"} for mesure in mesures]


def _key(nom: str, ensemble: str = "") -> str:
    """La clé d'une mesure : un indicateur pour toutes, ou chacune le sien."""
    return f"1.1/{'i' if ensemble == 'indicateur' and nom != SEULE else nom}/{nom}"
