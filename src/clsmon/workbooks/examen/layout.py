"""La disposition du cahier d'examen, décrite une fois : elle guide l'écriture et la lecture."""

from __future__ import annotations

from hashlib import sha256
from json import dumps

from clsmon.model.cahier import Cahier
from clsmon.model.collecte import Genre
from clsmon.model.libelles import AVIS
from clsmon.model.questionnaire import Case
from clsmon.workbooks.disposition import Disposition
from clsmon.workbooks.layout import TERMES, Champ, Colonne
from clsmon.workbooks.layout import Genre as Forme

CHIFFRES, AVIS_FICHES = "Chiffres", "Fiches"
"""Les deux feuilles à remplir."""

OBSERVATION = "observation"
"""La seconde clé de chaque ligne de la feuille des fiches."""

COLONNES_AVIS = (
    Colonne("cle", "Clé", 10, cachee=True),
    Colonne("champ", "Champ", 10, cachee=True),
    Colonne("fiche", "Fiche", 7),
    Colonne("titre", "Titre de la fiche", 36),
    Colonne("avancement", "Avancement déclaré", 15),
    Colonne("faits_marquants", "Faits marquants déclarés", 62),
    Colonne("avis", "Votre avis", 15, saisie=True),
    Colonne("texte", "Votre remarque ou votre désaccord", 62, saisie=True),
)

COLONNES_CHIFFRES = (
    Colonne("cle", "Clé", 10, cachee=True),
    Colonne("fiche", "Fiche", 7),
    Colonne("indicateur", "Indicateur du contrat", 33),
    Colonne("mesure", "Ce qui est mesuré", 26),
    Colonne("unite", "Unité", 17),
    Colonne("valeur_precedente", "Année précédente", 15),
    Colonne("valeur_declaree", "Valeur déclarée", 17),
    Colonne("declarant", "Déclarée par", 16),
    Colonne("valeur_proposee", "Valeur proposée", 15, saisie=True),
    Colonne("numerateur", "Numérateur proposé", 13, saisie=True),
    Colonne("denominateur", "Dénominateur proposé", 14, saisie=True),
    Colonne("motif", "Motif (obligatoire)", 32, saisie=True),
    Colonne("source", "Source (obligatoire)", 28, saisie=True),
)

DISPOSITION_AVIS = Disposition(
    "des avis sur les fiches",
    COLONNES_AVIS,
    frozenset({"Titre de la fiche", "Votre avis"}),
    demande="titre",
    rubriques=frozenset({OBSERVATION}),
)

DISPOSITION_CHIFFRES = Disposition(
    "des chiffres à examiner",
    COLONNES_CHIFFRES,
    frozenset({"Indicateur du contrat", "Ce qui est mesuré"}),
    demande="mesure",
    annee="valeur_declaree",
)

EXAMEN = (DISPOSITION_CHIFFRES, DISPOSITION_AVIS)
"""Les feuilles à remplir d'un cahier d'examen."""

CHAMP_AVIS = Champ(
    "avis",
    "Votre avis",
    Forme.CHOIX,
    "Laissez vide si vous n’avez pas d’avis.",
    {avis.value: mot for avis, mot in AVIS.items()},
)
CHAMP_TEXTE = Champ("texte", "Votre texte", Forme.TEXTE, "Il sera au bilan, sous votre nom.")
CHAMP_MOTIF = Champ("motif", "Motif", Forme.TEXTE, "Pourquoi la valeur déclarée n’est pas juste.")
CHAMP_SOURCE = Champ(
    "source", "Source", Forme.TEXTE, "D’où vient la valeur proposée : rapport, page, système."
)
"""Les cases qui ne sont pas un chiffre."""

TITRES_MACHINE = ("cle", "type", "unite", "libelle", "declarant", "declare")
"""Ce que la feuille cachée garde de chaque ligne, telle que le signataire la voyait."""


def cases_of(cahier: Cahier) -> frozenset[Case]:
    """Les cases à remplir d'un cahier."""
    chiffres = (
        Case(c.situee.cle, "", colonne.cle)
        for c in cahier.chiffres
        for colonne in COLONNES_CHIFFRES
        if colonne.saisie and (colonne.cle not in TERMES or c.situee.mesure.type.value == "taux")
    )
    avis = (
        Case(f.fiche.id, OBSERVATION, colonne.cle)
        for f in cahier.fiches
        for colonne in COLONNES_AVIS
        if colonne.saisie
    )
    return frozenset((*chiffres, *avis))


def fingerprint(cahier: Cahier) -> str:
    """
    L'empreinte d'un cahier : 16 chiffres hexadécimaux du sha256 de ce qui y est examiné.

    Genre, contrat, exercice, organisme, puis clé, type, unité et libellés de chaque chiffre, dans
    l'ordre, et identifiant de chaque fiche.
    """
    examine = [
        Genre.EXAMEN.value,
        cahier.contrat.titre,
        cahier.exercice,
        cahier.organisme,
        [
            [s.cle, m.type, m.unite, s.indicateur.libelle, m.libelle, list(m.modalites)]
            for s, m in ((c.situee, c.situee.mesure) for c in cahier.chiffres)
        ],
        [f.fiche.id for f in cahier.fiches],
    ]
    return sha256(dumps(examine, ensure_ascii=True).encode("ascii")).hexdigest()[:16]
