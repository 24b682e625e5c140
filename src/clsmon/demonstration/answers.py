"""
Des réponses fictives, plausibles et toujours les mêmes.

Le hasard n'y a pas de part : chaque réponse vient de l'empreinte de sa clé. Tout texte inventé dit
qu'il est fictif.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from clsmon.model.dossier import MesureSituee
from clsmon.model.indicateur import Mesure, NatureMesure, TypeMesure

EXERCICES = (2024, 2025)
SANS_REPONSE = {2024: {"sedap", "cpts-pays-dor"}, 2025: {"reppop"}}
"""Ceux qui n'ont pas rendu leur formulaire à temps."""

AVANCEMENTS = (*["en cours"] * 6, *["réalisée"] * 3, "non démarrée", "non démarrée", "reportée")
CONFIANCES = ("sécurisé", "atteignable", "atteignable", "appuis nécessaires")
FAITS = (
    "Deux réunions de coordination ont lancé l’année ; les partenaires se sont réparti les sites.",
    "Les premières séances ont eu lieu au printemps ; l’automne a permis d’ouvrir d’autres sites.",
    "Le partenariat s’est élargi et un calendrier commun est maintenant tenu à jour.",
    "L’action a été présentée aux équipes de terrain, qui ont proposé de nouveaux lieux.",
)
FREINS = (
    "Le poste resté vacant pendant trois mois a décalé une partie des séances.",
    "Les salles manquent en fin de journée dans deux quartiers.",
    "Le public visé reste difficile à joindre pendant l’été.",
    "",
)
LEVIERS = (
    "L’appui des centres sociaux a facilité la mobilisation.",
    "La mutualisation des outils entre partenaires a fait gagner du temps.",
    "",
)
PERSPECTIVES = (
    "Consolider les sites ouverts, puis en proposer deux autres.",
    "Former de nouveaux relais et partager les outils à l’échelle de la métropole.",
    "Préparer un point d’étape avec les communes volontaires.",
)
PROPOSITIONS = {
    ("2.2", "dijon-metropole", 2025): ("modification", "Ouvrir l’action à une commune de plus"),
    ("4.3", "dijon-metropole", 2025): ("retrait", "Action reportée deux années de suite"),
}
"""Par fiche, organisme et exercice : l'évolution proposée et son motif ; ailleurs, le maintien."""
TEXTES = (
    ("satisf", "Retours favorables dans l’ensemble, recueillis par un court questionnaire."),
    ("type d’action", "Ateliers, stands et réunions, dans trois quartiers."),
    ("types d’action", "Ateliers, stands et réunions, dans trois quartiers."),
    ("type", "Trois types principaux, décrits dans le compte rendu de l’action."),
    ("profil", "Surtout des adultes de 30 à 55 ans vivant seuls."),
    ("caract", "Habitants des quartiers prioritaires et étudiants, en parts voisines."),
    ("origine", "Bailleurs sociaux et communes, puis services hospitaliers."),
    ("", "Situation décrite dans le compte rendu de l’action."),
)
"""Du fragment d'un libellé au texte répondu ; le premier fragment trouvé l'emporte."""
FICTIF = " (réponse fictive)"


@dataclass(frozen=True)
class Reponse:
    """Ce qu'un partenaire tape sur une ligne, colonne par colonne ; vide : il ne répond pas."""

    cellules: dict[str, str | int | float]


def draw(graine: str, modulo: int) -> int:
    """Un entier de 0 à modulo - 1, toujours le même pour une même graine."""
    return int.from_bytes(sha256(graine.encode("utf-8")).digest()[:6], "big") % modulo


def answer_measure(situee: MesureSituee, organisme: str, exercice: int) -> Reponse:
    """La réponse d'un organisme à une mesure, absences et doutes compris."""
    graine = f"{organisme} {situee.cle} {exercice}"
    habitude = draw(graine, 20)
    if habitude == 0:
        return Reponse({})
    if habitude == 1:
        return Reponse(
            {"etat": "non disponible", "commentaire": "Recueil à mettre en place" + FICTIF}
        )
    if habitude == 2 and situee.mesure.type is not TypeMesure.OUI_NON:
        return Reponse({"valeur": "sans objet"})
    if habitude in {3, 6} and situee.mesure.type is TypeMesure.NOMBRE:
        return Reponse({"valeur": ("une dizaine", "10-15", "> 20")[draw(graine + "?", 3)]})
    reponse = _plain(situee, f"{organisme} {situee.cle}", exercice)
    if habitude in {4, 5} and situee.mesure.type is TypeMesure.NOMBRE:
        reponse |= {"etat": "estimé", "commentaire": "Estimation d’après les inscriptions" + FICTIF}
    return Reponse(reponse)


def _plain(situee: MesureSituee, graine: str, exercice: int) -> dict[str, str | int | float]:
    mesure = situee.mesure
    rang = exercice - EXERCICES[0]
    if mesure.type is TypeMesure.TAUX:
        bas = 20 + draw(graine + " sur", 30)
        return {"numerateur": bas * (50 + draw(graine, 40)) // 100, "denominateur": bas}
    possibles: dict[TypeMesure, str | int] = {
        TypeMesure.NOMBRE: _count(mesure, graine, rang),
        TypeMesure.DUREE: 6 + draw(graine, 12) + rang,
        TypeMesure.MONTANT: 1000 * (2 + draw(graine, 20)),
        TypeMesure.OUI_NON: "oui" if rang or draw(graine, 2) else "non",
        TypeMesure.CHOIX: (*mesure.modalites, "")[draw(graine, max(1, len(mesure.modalites)))],
        TypeMesure.TEXTE: _text(situee) + FICTIF,
    }
    return {"valeur": possibles[mesure.type]}


def _text(situee: MesureSituee) -> str:
    """Un texte propre à la mesure : le même partout serait une réponse recopiée, à confirmer."""
    libelle = situee.mesure.libelle.casefold()
    texte = next(texte for fragment, texte in TEXTES if fragment in libelle)
    return f"{situee.nom} : {texte[:1].lower()}{texte[1:]}"


def _count(mesure: Mesure, graine: str, rang: int) -> int:
    """Un effectif ou un décompte : un stock monte doucement, un flux varie selon l'année."""
    base = 18 + draw(graine, 150) if mesure.personnes else 2 + draw(graine, 11)
    if mesure.nature is NatureMesure.STOCK:
        return base + rang * (1 + draw(graine + " de plus", 3))
    return max(0, base + rang * (draw(graine + " variation", 2 + base // 2) - base // 6))


def answer_rubrics(
    fiche: str, organisme: str, exercice: int, *, financee: bool
) -> dict[str, str | int | float]:
    """Le récit fictif d'une fiche, par clé de rubrique."""
    graine = f"{organisme} {fiche} {exercice}"

    def pick(choix: tuple[str, ...], quoi: str) -> str:
        return choix[draw(f"{graine} {quoi}", len(choix))]

    textes = {
        "faits_marquants": pick(FAITS, "faits"),
        "freins": pick(FREINS, "freins"),
        "leviers": pick(LEVIERS, "leviers"),
        "perspectives": pick(PERSPECTIVES, "perspectives"),
    }
    reponses: dict[str, str | int | float] = {
        "avancement": pick(AVANCEMENTS, "avancement"),
        "confiance": pick(CONFIANCES, "confiance"),
        **{cle: texte + FICTIF for cle, texte in textes.items() if texte},
        "evolution_proposee": "maintien",
    }
    if proposee := PROPOSITIONS.get((fiche, organisme, exercice)):
        reponses["evolution_proposee"], motif = proposee
        reponses["motif_evolution"] = motif + FICTIF
    if financee:
        prevu = 1000 * (4 + draw(graine + " prévu", 12))
        reponses |= {"depenses.prevu": prevu, "depenses.realise": prevu * 85 // 100}
        reponses |= _aid(graine, prevu)
    return reponses


def _aid(graine: str, prevu: int) -> dict[str, str | int | float]:
    """L'engagé et l'aide de l'ARS, parfois laissés vides ou dits non disponibles."""
    engage = (prevu * 95 // 100, prevu, "non disponible")[draw(graine + " engagé", 3)]
    notifie = prevu * 6 // 10
    verse: dict[str, str | int | float] = {"aides.ars.verse": notifie * 8 // 10}
    paye = verse if draw(graine + " versé", 3) else {}
    return {"depenses.engage": engage, "aides.ars.notifie": notifie, **paye}


def answer_places(
    fiche: str, organisme: str, exercice: int, communes: Sequence[str]
) -> dict[str, str]:
    """Une à trois communes du territoire, ou rien : tout le monde ne dit pas où."""
    graine = f"{organisme} {fiche} {exercice} lieux"
    combien = draw(graine, 4)
    noms = {communes[draw(f"{graine} {rang}", len(communes))]: None for rang in range(combien)}
    return {"communes": " ; ".join(noms)} if noms else {}


def answer_programme(
    fiche: str, organisme: str, exercice: int, actions: Sequence[str]
) -> dict[str, str]:
    """L'état de chaque action du programme ; une sur six reste sans réponse."""
    etats = ("réalisée", "réalisée", "réalisée", "prévue", "reportée", "")
    graine = f"{organisme} {fiche} {exercice}"
    dits = {f"programme.{a}": etats[draw(f"{graine} {a}", len(etats))] for a in actions}
    return {champ: etat for champ, etat in dits.items() if etat}


def answer_job(exercice: int) -> dict[str, int | float]:
    """Le poste d'animateur santé : un temps plein, son coût, l'aide de l'ARS."""
    cout = 57_000 + 600 * (exercice - EXERCICES[0])
    return {
        "poste.etp": 1,
        "poste.mois": 12,
        "poste.cout_eligible": cout,
        "depenses.prevu": cout,
        "depenses.realise": cout,
        "aides.ars.notifie": 29_000,
        "aides.ars.verse": 23_200,
    }
