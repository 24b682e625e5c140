"""Les pages des codes du classeur « Séance » rendu : entier, puis case par case."""

from __future__ import annotations

from clsmon.model.anomalie import Gravite
from clsmon.model.page import Page, error_page

_REPRENDRE = "reprenez la case dans le classeur, puis collectez-le de nouveau."

CLASSEUR_SEANCE = (
    error_page(
        "FOR034",
        "Un classeur « Séance » part de ce que le dossier garde.",
        "La séance ou son programme a changé depuis que le classeur a été fait : l'enregistrer "
        "écraserait ce changement. Le même classeur, rempli davantage, est pris tant que rien "
        "d'autre n'a changé.",
        "une décision ajoutée à la main au fichier, puis le classeur collecté",
        "refaites le classeur (clsmon forms --seance) et reportez-y ce qui manque.",
    ),
    error_page(
        "FOR035",
        "Un classeur « Séance » nomme une séance d'une instance du contrat.",
        "Sa feuille cachée dit la séance (AAAA-MM-JJ-instance) et ce dont il part.",
        "objet : 2026-05-12-copill",
        "faites un classeur neuf : clsmon forms --seance 2026-05-12-copil.",
    ),
    Page(
        "FOR036",
        Gravite.ALERTE,
        "Un classeur rempli davantage ne remplace rien sans le dire.",
        "Il part du même classeur qu'un autre déjà collecté, et dit autrement ce que celui-ci "
        "disait. Il est enregistré ; ce qui change est nommé.",
        "deux copies du classeur remplies chacune de leur côté",
        "vérifiez avec « clsmon collect --dry-run », qui montre l'ancien et le nouveau.",
    ),
    Page(
        "FOR037",
        Gravite.ALERTE,
        "Un fichier réécrit n'a pas de commentaire à perdre.",
        "La collecte d'un classeur « Séance » réécrit la séance et le programme : leurs lignes de "
        "commentaire n'y sont plus. Aucune clé n'est perdue.",
        "# à confirmer avec la préfecture",
        "remettez le commentaire s'il sert encore ; le message en donne le texte.",
    ),
    error_page(
        "FOR038",
        "Une décision prise ne s'efface pas.",
        "La séance est tenue et sa décision n'est plus dans le classeur : d'autres fichiers "
        "peuvent la citer, et le bilan suit ce qu'elle devient.",
        "la ligne de D2 vidée",
        "rétablissez la ligne ; si la décision n'a plus cours, son état est « abandonnée ».",
    ),
    Page(
        "FOR039",
        Gravite.ALERTE,
        "Ce que la feuille « Programme » change se dit.",
        "Des actions en sont retirées ; ou la séance est encore prévue, et son programme ne "
        "s'enregistre qu'une fois la séance tenue.",
        "la ligne de l'action a2 vidée",
        "rétablissez la ligne si c'est une erreur ; sinon, rien à faire.",
    ),
)
"""Un classeur « Séance », pris en entier."""

CASES_DE_SEANCE = (
    error_page(
        "SAI036",
        "Une date dit son jour, son mois et son année.",
        "« 12/05/2026 », « 12 mai 2026 » ou une date du tableur ; une année sur deux chiffres, un "
        "mois seul ou un jour qui n'existe pas ne se devinent pas.",
        "« mi-mai », « 31/06/2026 »",
        _REPRENDRE,
    ),
    error_page(
        "SAI037",
        "Une ligne dit tout ce sans quoi elle ne veut rien dire.",
        "Une décision a un numéro et une nature ; une action, un code, une fiche, un libellé et la "
        "décision qui la fixe ; une présence, un organisme.",
        "un texte de décision sur une ligne sans nature",
        _REPRENDRE,
    ),
    error_page(
        "SAI038",
        "Un nom désigne un organisme, une fiche, une mesure ou une décision du dossier.",
        "Un nom de la liste, un sigle ou un code ; le message propose le plus proche.",
        "« Communauté urbaine » comme responsable",
        _REPRENDRE,
    ),
    error_page(
        "SAI039",
        "Un organisme n'a qu'une ligne de présence.",
        "Deux lignes pourraient se contredire : aucune n'est choisie.",
        "l'ARS présente sur une ligne, excusée sur une autre",
        _REPRENDRE,
    ),
)
"""Une case du classeur « Séance »."""
