"""Les pages 001 à 012 de chaque famille : la forme de ce qui est lu."""

from __future__ import annotations

from clsmon.model.page import error_page

_FORMES = (
    (
        "001",
        "Toutes les clés sont connues.",
        "Une faute de frappe dans une clé ferait perdre sa valeur sans bruit.",
        "porteur: [{organisme: apo}]",
        "écrivez la clé connue, ici « porteurs ».",
    ),
    (
        "002",
        "Aucune clé obligatoire ne manque.",
        "Une clé laissée vide vaut son absence.",
        'id: "3.1"\ntitre:',
        "ajoutez la clé et sa valeur.",
    ),
    (
        "003",
        "Un nombre s'écrit en chiffres.",
        (
            "Point décimal, sans espace, unité ni exposant, quinze chiffres significatifs au plus :"
            " un tableur n'en garde pas davantage."
        ),
        "montant: 30 000 €",
        "écrivez 30000, ou 1234.5 pour un nombre à décimales.",
    ),
    (
        "004",
        "Une date s'écrit AAAA-MM-JJ, un jour de l'année MM-JJ.",
        "La date doit exister au calendrier.",
        "debut: 31/02/2026",
        "écrivez 2026-02-28.",
    ),
    (
        "005",
        "Un vrai ou faux s'écrit true ou false.",
        (
            "« oui », « non », « yes » et « no » sont ici des textes, pour que « non » reste un"
            " texte là où l'on attend un texte."
        ),
        "signataire: oui",
        "écrivez true (vrai) ou false (faux).",
    ),
    (
        "006",
        "Un texte est attendu ici.",
        "Une liste ou un ensemble de clés se trouve à la place d'un texte.",
        "titre: [Prévenir, les troubles]",
        "écrivez le texte après « : », entre guillemets s'il commence par un signe.",
    ),
    (
        "007",
        "Une liste est attendue ici.",
        "Même un seul élément s'écrit en liste.",
        "partenaires: CPAM",
        "écrivez « partenaires: [CPAM] », ou un élément par ligne, précédé de « - ».",
    ),
    (
        "008",
        "Un ensemble de « clé: valeur » est attendu ici.",
        "Un texte ou une liste se trouve à la place d'un ensemble.",
        "suivi: annuel",
        "ouvrez un niveau de retrait : « frequence: annuelle ».",
    ),
    (
        "009",
        "Un code s'écrit en minuscules sans accent, chiffres et tirets.",
        (
            "Points et majuscules ne sont admis que dans l'identifiant d'un axe ou d'une fiche. Le"
            " fichier d'une année se nomme par elle."
        ),
        "repondants: [CPTS Centre 21]",
        "écrivez le code : « cpts-centre-21 ».",
    ),
    (
        "010",
        "Un identifiant qui ressemble à un nombre est entre guillemets.",
        "Sans eux, d'autres outils liraient 1.1 pour 1.10 et perdraient une fiche.",
        "id: 1.10",
        'écrivez « id: "1.10" ».',
    ),
    (
        "011",
        "Un fichier porte le nom de ce qu'il contient.",
        (
            "Une fiche porte son identifiant ; un relevé, son organisme et l'empreinte de ses"
            " octets, qui change si on le modifie."
        ),
        '# data/fiches/3.2.yaml\nid: "3.1"',
        (
            "renommez le fichier ; un relevé modifié se rétablit depuis une sauvegarde, et une"
            " correction passe par un nouveau relevé."
        ),
    ),
    (
        "012",
        "Le mot est un de ceux de la liste.",
        "Type, statut, état, nature : chaque liste est fermée, et la ligne d'anomalie la donne.",
        "type: nombres",
        "écrivez un mot de la liste, ici « nombre ».",
    ),
)

_FAMILLES = (
    ("CON", "Fichiers data/contrat.yaml et data/contexte.yaml."),
    ("FIC", "Fichiers data/fiches/*.yaml."),
    ("SUI", "Fichiers data/suivi et data/observations, écrits par clsmon collect."),
    ("SEA", "Fichiers data/seances, data/programmes, data/exercices et data/avenants."),
)

FORMES = tuple(
    error_page(famille + numero, titre, f"{texte} {ou}", exemple, remede)
    for famille, ou in _FAMILLES
    for numero, titre, texte, exemple, remede in _FORMES
)
"""La forme de ce qui est lu : les mêmes douze fautes dans chaque famille de fichiers."""
