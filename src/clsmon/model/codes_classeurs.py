"""Les pages FOR : un classeur rendu, pris en entier."""

from __future__ import annotations

from clsmon.model.anomalie import Gravite
from clsmon.model.page import Page, error_page

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
        "Un ancien classeur .xls est de ceux qui se lisent.",
        "Les .xls d'Excel 97 à 2003 sont lus ; ceux d'avant ne le sont pas.",
        "apo.xls, enregistré au format Excel 95",
        "ouvrez-le et enregistrez-le sous « Classeur Excel (.xlsx) ».",
    ),
    error_page(
        "FOR004",
        "Un fichier OpenDocument est un classeur .ods ordinaire.",
        "Un modèle (.ots), un fichier à plat (.fods) ou une écriture inhabituelle ne se lisent pas "
        "sans risque d'y manquer une cellule.",
        "apo.ots",
        "dans LibreOffice, enregistrez-le sous « Classeur ODF (.ods) » ou « Excel 2007-365 "
        "(.xlsx) ».",
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
    error_page(
        "FOR009",
        "Le classeur est un formulaire de clsmon.",
        "Sa feuille d'identité, cachée, dit le contrat, l'exercice et l'organisme. Sans elle, rien "
        "ne peut être attribué sans deviner.",
        "un tableau préparé par le partenaire à sa façon",
        "envoyez le formulaire fait par « clsmon forms » et collectez sa réponse.",
    ),
    error_page(
        "FOR010",
        "Chaque mesure ne figure qu'une fois.",
        "Une feuille ou une ligne a été copiée : on ne sait pas laquelle compte, rien n'est pris.",
        "la feuille « Saisie » et sa copie « Saisie (2) »",
        "gardez une seule ligne par mesure, supprimez la copie, collectez de nouveau.",
    ),
    Page(
        "FOR011",
        Gravite.ALERTE,
        "Toutes les mesures et rubriques demandées sont dans le formulaire.",
        "Leur ligne a été supprimée, ou elles sont demandées depuis peu.",
        "une ligne supprimée de la feuille « Saisie »",
        "refaites le formulaire et demandez-y ce qui manque.",
    ),
    error_page(
        "FOR012",
        "Chaque clé du formulaire est au contrat.",
        "La fiche, la mesure ou la rubrique n'existe plus, ou sa clé a été modifiée.",
        "3.1/livres-distribues/livres, clé absente du contrat",
        "refaites le formulaire et reportez-y la réponse ; si la clé a changé au contrat, ajoutez "
        "l'ancienne à `anciennes_cles`.",
    ),
    error_page(
        "FOR013",
        "Les feuilles et les colonnes à remplir sont toutes là.",
        "Une feuille ou une colonne supprimée emporte ses réponses.",
        "la colonne « État » supprimée",
        "faites remplir un formulaire neuf, sans rien supprimer.",
    ),
    error_page(
        "FOR014",
        "Le formulaire est de ce contrat.",
        "Le titre du contrat qu'il porte n'est pas celui du dossier.",
        "un formulaire du contrat voisin",
        "collectez-le dans le dossier de son contrat.",
    ),
    error_page(
        "FOR015",
        "Le formulaire est celui d'un organisme du contrat.",
        "Le code qu'il porte n'est pas au registre des organismes.",
        "« apo-bourgogne », code absent de data/contrat.yaml",
        "ajoutez l'organisme au registre, ou l'ancien code à ses `anciens_codes`.",
    ),
    error_page(
        "FOR016",
        "Le formulaire est de l'exercice attendu.",
        "C'est souvent le formulaire de l'an dernier, rempli de nouveau.",
        "un formulaire 2024 rendu pendant la campagne 2025",
        "envoyez le bon formulaire ; --accepter-ancien le prend pour son propre exercice.",
    ),
    error_page(
        "FOR017",
        "La mesure demandée a gardé son type et son unité.",
        "Le contrat a changé depuis que le formulaire a été fait : la réponse a un autre sens.",
        "une durée demandée en jours, suivie maintenant en mois",
        "refaites le formulaire et demandez de nouveau cette mesure.",
    ),
    Page(
        "FOR018",
        Gravite.ALERTE,
        "La mesure demandée a gardé son libellé.",
        "Le libellé a été modifié depuis que le formulaire a été fait.",
        "« Livres distribués », devenu « Livres remis aux enfants »",
        "vérifiez que la réponse porte bien sur le libellé actuel.",
    ),
    Page(
        "FOR019",
        Gravite.ALERTE,
        "Le relevé qui a prérempli le formulaire est au dossier.",
        "Le formulaire devait remplacer un relevé absent : il s'ajoute, sans rien remplacer.",
        "un formulaire prérempli sur un autre poste",
        "rétablissez le relevé manquant dans data/suivi/, ou vérifiez les réponses en double.",
    ),
    error_page(
        "FOR020",
        "Réponses fictives et réelles restent séparées.",
        "Un formulaire de démonstration ne se collecte pas avec de vraies réponses.",
        "le formulaire de « clsmon demo » dans le vrai dossier",
        "faites la démonstration dans un autre dossier.",
    ),
    Page(
        "FOR021",
        Gravite.ALERTE,
        "Le formulaire rendu contient des réponses.",
        "Le partenaire a renvoyé le formulaire sans rien y écrire, ou sans l'enregistrer.",
        "apo.xlsx, rendu vide",
        "demandez-lui s'il a bien enregistré ses réponses.",
    ),
    error_page(
        "FOR022",
        "La clé d'une ligne et ce que la ligne montre sont la même mesure.",
        "Les colonnes visibles ont été triées sans la colonne cachée des clés : les réponses ne "
        "sont plus sur la ligne de leur mesure, rien n'en est pris.",
        "un tri des colonnes B à M",
        "refaites le formulaire et faites-y reporter les réponses.",
    ),
    error_page(
        "FOR023",
        "Les cellules à remplir ne sont pas fusionnées.",
        "Le tableur ne montre qu'une réponse pour toute la fusion : on ne sait pas à quelles "
        "lignes ou colonnes elle va. Chaque réponse concernée est à vérifier, rien n'en est pris.",
        "« Valeur » fusionnée sur deux mesures, H12:H13",
        "annulez la fusion, écrivez chaque réponse sur sa ligne, collectez de nouveau.",
    ),
    Page(
        "FOR024",
        Gravite.INFO,
        "Les macros d'un classeur rendu ne sont jamais lancées.",
        "Seules ses valeurs sont lues, telles qu'enregistrées.",
        "apo.xlsm",
        "rien à faire.",
    ),
    error_page(
        "FOR025",
        "Un classeur rendu est d'un genre connu.",
        "Sa feuille cachée dit ce qu'il est ; une version plus récente de l'outil a pu en faire "
        "d'autres.",
        "genre : sondage",
        "mettez clsmon à jour, ou demandez le formulaire d'origine.",
    ),
    error_page(
        "FOR028",
        "Un classeur ne contient qu'un formulaire.",
        "Deux feuilles d'identité y disent deux organismes, deux exercices ou deux versions : on "
        "ne sait pas de quel formulaire viennent les réponses, rien n'en est pris.",
        "les feuilles de l'an dernier glissées dans le formulaire de cette année",
        "demandez le formulaire d'origine, rempli seul dans son classeur.",
    ),
    error_page(
        "FOR029",
        "L'identité du formulaire est la même partout dans le classeur.",
        "L'empreinte est écrite dans la feuille cachée, dans un nom défini et dans une propriété "
        "du document. Quand elles diffèrent, la feuille cachée vient d'un autre formulaire.",
        "la feuille cachée d'un autre formulaire, collée à la place de la première",
        "demandez le formulaire d'origine, rempli seul dans son classeur.",
    ),
    error_page(
        "FOR030",
        "Le formulaire est rempli par l'organisme à qui il a été envoyé.",
        "L'empreinte est celle du formulaire d'un autre organisme ou d'une autre année, ou toutes "
        "les mesures sont demandées à un autre et aucune à celui que nomme le classeur.",
        "le formulaire de l'APO, renommé EMAS dans sa feuille cachée",
        "demandez le formulaire d'origine à qui l'a rempli.",
    ),
    error_page(
        "FOR031",
        "Chaque colonne à remplir porte son titre, celui de cet exercice.",
        "Les clés cachées ont été décalées, ou la feuille d'une autre année a pris la place de "
        "celle-ci : rien n'en est pris.",
        "une feuille qui demande « Valeur 2024 » dans le formulaire de 2025",
        "faites reporter les réponses dans le formulaire de cet exercice.",
    ),
    Page(
        "FOR032",
        Gravite.ALERTE,
        "Les réponses sont dans les colonnes du formulaire.",
        "Une cellule écrite dans une colonne ajoutée, ou à droite du tableau, n'est pas lue.",
        "« voir avec Paul » écrit dans une colonne insérée",
        "relisez-la ; si c'est une réponse, reportez-la dans la colonne prévue.",
    ),
    error_page(
        "FOR033",
        "Une feuille remplie a gardé ses titres et ses clés cachées.",
        "La feuille montre les titres du formulaire sans ses clés, ou quelques-unes de ses lignes "
        "sans ses titres : on ne sait pas ce que dit chaque cellule, rien n'en est pris.",
        "les colonnes visibles de « Saisie » recopiées dans une autre feuille",
        "faites reporter les réponses dans la feuille d'origine.",
    ),
)
"""Un classeur rendu, pris en entier."""
