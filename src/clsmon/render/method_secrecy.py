"""Les règles du document public, en mots : ce qui est masqué, pourquoi, et ce qui manque."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.bilan import Bilan


def secrecy_of(bilan: Bilan) -> Iterator[tuple[str, str]]:
    """Les règles du secret ; aucune dans un document interne."""
    if bilan.secret is None:
        return
    seuil, masquees = bilan.secret.seuil, len(bilan.secret.masked_in(bilan.exercice))
    yield (
        "Document public : effectifs masqués",
        (
            f"Un effectif de 1 à {seuil - 1} personnes n’est pas publié (seuil de {seuil}, réglage "
            "du contrat). Avec lui sont masqués, pour le même exercice, toutes les mesures de "
            "personnes du même indicateur et du même groupe, le tout et ses parties, les autres "
            "lectures et les chiffres contestés, puis les évolutions et le chemin fait qui s’en "
            "servent. Rien n’est cherché de plus fin : le document masque plutôt trop. Ces valeurs "
            f"portent le mot « secret ». Mesures masquées en {bilan.exercice} : {masquees}."
        ),
    )
    yield (
        "Document public : ce qui compte des personnes",
        (
            "Ce que la fiche dit compter des personnes ; à défaut, une unité qui nomme des "
            "personnes, et tout taux déclaré. D’un taux sont masqués les petits numérateurs, les "
            "petits dénominateurs et les petits restes ; sans ses deux termes, il l’est toujours. "
            "De même quand un tout moins ses parties laisse un petit reste."
        ),
    )
    yield (
        "Document public : années suivantes",
        (
            "Une valeur masquée dans le bilan public d’un exercice le reste dans ceux des années "
            "suivantes, même si elle est corrigée. L’empreinte des chiffres n’est pas publiée : "
            "elle permettrait d’éprouver une supposition."
        ),
    )
    yield (
        "Document public : textes des partenaires",
        (
            "Récits, commentaires, motifs, réponses en mots, noms de classeurs et textes bruts ne "
            "sont pas publiés (mot « non publié »), sauf pour les fiches relues pour publication. "
            "Même là, un texte qui écrit un nombre masqué de sa fiche n’est pas publié."
        ),
    )
