"""Ce que le dossier dit de la publication d'un bilan."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.dossier import Dossier
from clsmon.rules.connus import knows_fiche, knows_mesure
from clsmon.rules.regle import Constat, unknown


def publication_connue(dossier: Dossier) -> Iterator[Constat]:
    """
    Un fichier de publication ne nomme que des fiches et des mesures du dossier.

    `fiches` : celles dont les textes des partenaires peuvent paraître dans le bilan public.
    `masques` : les clés qui y sont secrètes, et le restent les années suivantes. Une clé mal
    recopiée ne protégerait rien.

    Exemple :

        # data/publications/2025.yaml
        fiches: ["9.9"]
        masques: [3.1/parents/parent]

    Remède : écrivez l'identifiant d'une fiche, et la clé entière d'une mesure.
    """
    for publication in dossier.publications.values():
        for rang, fiche in enumerate(publication.fiches):
            if not knows_fiche(dossier, fiche):
                lieu = publication.lieu("fiches", rang)
                yield unknown(lieu, "publication d'une fiche inconnue", fiche, dossier.fiche)
        for rang, cle in enumerate(publication.masques):
            if not knows_mesure(dossier, cle):
                lieu = publication.lieu("masques", rang)
                yield unknown(lieu, "mesure masquée inconnue", cle, dossier.mesures)
