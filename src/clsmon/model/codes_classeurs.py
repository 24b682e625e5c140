"""Les pages FOR : un classeur rendu, pris en entier."""

from __future__ import annotations

from clsmon.model.page import error_page

CLASSEURS = (
    error_page(
        "FOR001",
        "Le fichier rendu est un classeur.",
        "Un document d'un autre genre porte peut-être le suffixe d'un classeur.",
        "apo.xlsx, qui est une page enregistrée depuis un navigateur",
        "demandez au partenaire le classeur lui-même, au format .xlsx.",
    ),
    error_page(
        "FOR002",
        "Le classeur n'est pas protégé par un mot de passe d'ouverture.",
        "Chiffré, il ne peut être lu ; aucun mot de passe n'est demandé ni gardé.",
        "apo.xlsx, qui demande un mot de passe à l'ouverture",
        "faites-le réenregistrer sans mot de passe.",
    ),
    error_page(
        "FOR003",
        "Le classeur n'est pas à l'ancien format .xls.",
        "Ce format d'avant 2007 n'est pas lu par cette version.",
        "apo.xls",
        "ouvrez-le et enregistrez-le sous « Classeur Excel (.xlsx) ».",
    ),
    error_page(
        "FOR004",
        "Le classeur n'est pas au format .ods.",
        "Le format de LibreOffice n'est pas lu par cette version.",
        "apo.ods",
        "dans LibreOffice, enregistrez-le sous « Excel 2007-365 (.xlsx) ».",
    ),
    error_page(
        "FOR005",
        "Le classeur est entier.",
        "Sa fin manque ou ses parties sont abîmées : l'envoi ou la copie s'est interrompu.",
        "apo.xlsx, de 12 Ko au lieu de 48",
        "redemandez-le ; l'original s'ouvre sans doute chez le partenaire.",
    ),
    error_page(
        "FOR006",
        "Le classeur n'est pas un fichier vide.",
        "Le fichier a zéro octet.",
        "apo.xlsx, 0 octet",
        "redemandez-le.",
    ),
    error_page(
        "FOR007",
        "Le classeur reste dans les limites d'un formulaire.",
        "Trop grand, trop de lignes, ou comprimé au-delà du vraisemblable : il est refusé avant"
        " d'être déplié.",
        "apo.xlsx, une feuille de 1 048 576 lignes mises en forme",
        "recopiez les réponses dans le formulaire d'origine et renvoyez-le.",
    ),
    error_page(
        "FOR008",
        "Le classeur a toutes ses parties internes.",
        "Une partie nommée par le classeur manque : un autre programme l'a réécrit à moitié.",
        "apo.xlsx, sans sa feuille « Saisie »",
        "ouvrez-le dans un tableur, enregistrez-le à nouveau en .xlsx, puis relancez collect.",
    ),
)
"""Un classeur rendu, pris en entier."""
