"""Les pages SAI : une cellule saisie par un partenaire."""

from __future__ import annotations

from clsmon.model.anomalie import Gravite
from clsmon.model.page import Page, error_page

_DEMANDER = "demandez la précision à l'organisme, dans la même cellule, puis collectez de nouveau."

SAISIES = (
    error_page(
        "SAI001",
        "La cellule se lit.",
        "Son contenu est abîmé ou hors de ce qu'un tableur écrit.",
        "un nombre enregistré « 1e309 »",
        _DEMANDER,
    ),
    error_page(
        "SAI002",
        "Un nombre est écrit là où un nombre est demandé.",
        "Un nombre approché ou commenté n'est jamais transformé en nombre sûr : la réponse est à "
        "vérifier, et le texte saisi est gardé.",
        "« une dizaine », « 10-15 », « > 20 », « 12e3 »",
        _DEMANDER,
    ),
    error_page(
        "SAI003",
        "Chaque réponse est sur la ligne d'une mesure.",
        "La clé cachée de la ligne manque : on ne sait pas à quelle mesure va la réponse.",
        "une ligne ajoutée au bas de la feuille « Saisie »",
        "reportez la réponse sur la ligne de sa mesure.",
    ),
    error_page(
        "SAI004",
        "Un nombre n'est pas devenu une date.",
        "Le tableur transforme « 3/4 » en 3 avril : le nombre d'origine ne se devine pas.",
        "« 3/4 » affiché « 03/04/2026 »",
        _DEMANDER,
    ),
    error_page(
        "SAI005",
        "Un nombre n'est pas un vrai ou faux.",
        "La cellule contient VRAI ou FAUX là où un nombre est demandé.",
        "VRAI dans un nombre d'ateliers",
        _DEMANDER,
    ),
    error_page(
        "SAI006",
        "Une formule a son résultat.",
        "Le classeur a été enregistré sans calculer : la formule n'a pas de résultat à lire.",
        "=SOMME(B2:B9), sans résultat enregistré",
        "ouvrez le classeur dans le tableur, enregistrez-le, collectez de nouveau.",
    ),
    error_page(
        "SAI007",
        "La cellule n'est pas une erreur du tableur.",
        "Une erreur n'est ni zéro ni vide.",
        "#N/A, #DIV/0!",
        _DEMANDER,
    ),
    error_page(
        "SAI008",
        "L'état est un de ceux de la liste.",
        "Renseigné, estimé, non disponible ou sans objet ; accents et casse sont pardonnés.",
        "« à peu près »",
        "choisissez l'état dans la liste de la cellule.",
    ),
    error_page(
        "SAI009",
        "L'état et la valeur s'accordent.",
        "Un état « non disponible » avec une valeur, ou « estimé » sans valeur, se contredit.",
        "12, état « sans objet »",
        "gardez l'un ou l'autre.",
    ),
    error_page(
        "SAI010",
        "La valeur est possible.",
        "Un décompte n'est ni négatif ni décimal ; une part ne dépasse pas son tout.",
        "-3 ateliers ; 18 présents sur 12",
        _DEMANDER,
    ),
    Page(
        "SAI011",
        Gravite.ALERTE,
        "La valeur est dans les bornes plausibles.",
        "Elle est enregistrée, mais dépasse `maximum` ou reste sous `minimum` de la mesure.",
        "1 200 formations, pour un maximum plausible de 100",
        "un commentaire sur la ligne confirme la valeur.",
    ),
    error_page(
        "SAI012",
        "Un taux est donné par ses deux termes, qui s'accordent avec les points.",
        "Il manque un terme, ou le pourcentage écrit n'est pas celui des deux termes.",
        "41 sur (rien)",
        "écrivez le numérateur et le dénominateur.",
    ),
    error_page(
        "SAI013",
        "La réponse est une de celles prévues.",
        "La mesure attend oui ou non, ou une modalité de sa liste.",
        "« en partie », pour oui ou non",
        "choisissez dans la liste ; précisez en commentaire.",
    ),
    Page(
        "SAI014",
        Gravite.INFO,
        "La lecture d'un nombre est dite quand elle n'est pas évidente.",
        "Un point décimal, un nombre en lettres, une conversion, « aucun », deux termes écrits "
        "ensemble, un résultat de formule ou un pourcentage est lu, et la règle est nommée.",
        "« vingt-cinq » est lu 25, « 45 k€ » 45000",
        "rien à faire si la lecture est juste.",
    ),
    error_page(
        "SAI015",
        "Une absence de réponse est sans ambiguïté.",
        "« NC » veut dire non connu pour les uns, non concerné pour les autres.",
        "« NC », « n/a »",
        "choisissez « non disponible » ou « sans objet » dans la colonne État.",
    ),
    error_page(
        "SAI016",
        "Seules les cellules demandées sont remplies.",
        "Un numérateur ou un dénominateur est écrit pour une mesure qui n'est pas un taux.",
        "15 dans la colonne « Dénominateur » d'un nombre de livres",
        "écrivez la réponse dans la colonne « Valeur », le reste en commentaire.",
    ),
    error_page(
        "SAI017",
        "La rubrique d'une fiche est dans sa liste.",
        "L'avancement, l'évolution proposée ou une commune n'est pas reconnu.",
        "avancement « presque fini »",
        "choisissez dans la liste ; les communes se séparent par des points-virgules.",
    ),
    error_page(
        "SAI018",
        "Un nombre n'a qu'une lecture.",
        "Le point, la virgule ou les espaces peuvent séparer des milliers, des décimales ou deux "
        "nombres ; un signe, un zéro en tête ou un chiffre qui manque font douter aussi.",
        "« 1.234 », « 1 2 », « +12 », « 012 »",
        _DEMANDER,
    ),
    Page(
        "SAI019",
        Gravite.ALERTE,
        "Un taux est donné par ses deux termes.",
        "Donné en points seulement, il est montré mais ne s'additionne jamais.",
        "82 %, sans numérateur ni dénominateur",
        "ajoutez les deux termes si vous les avez.",
    ),
    error_page(
        "SAI020",
        "Un décompte n'est pas un pourcentage.",
        "La cellule est affichée en % alors que la mesure se compte.",
        "0,8 affiché « 80 % » dans un nombre de séances",
        _DEMANDER,
    ),
    error_page(
        "SAI021",
        "Un organisme ne donne qu'une réponse à une mesure ou à une rubrique.",
        "Deux classeurs rendus se contredisent et aucun ne remplace l'autre : "
        "ni la date ni le nom du fichier ne disent lequel est le bon.",
        "12 dans apo.xlsx, 11 dans apo-v2.xlsx",
        "refaites le formulaire avec « clsmon forms », faites-y écrire la bonne réponse et "
        "collectez-le : prérempli, il remplace les précédents. Si vous savez lequel est le bon : "
        "« clsmon collect --garder RELEVÉ ».",
    ),
    error_page(
        "SAI025",
        "Un commentaire ou une source se lit.",
        "La cellule contient une formule sans résultat ou une erreur du tableur : rien n'en est "
        "enregistré. La réponse de la ligne l'est.",
        "#REF! dans la colonne « Commentaire »",
        "faites réécrire le texte dans la même cellule, puis collectez de nouveau.",
    ),
    Page(
        "SAI026",
        Gravite.ALERTE,
        "Un commentaire ou une source n'est pas devenu une date.",
        "La date est enregistrée telle que le tableur la donne ; « 3/4 » y devient le 3 avril.",
        "« 2026-04-03 » dans la colonne « Source ou preuve »",
        "écrivez-la en toutes lettres, ou confirmez-la par un commentaire.",
    ),
    error_page(
        "SAI027",
        "Un texte ne contient pas de données personnelles.",
        "La cellule semble contenir une adresse électronique, un numéro de téléphone ou un numéro "
        "de sécurité sociale. Rien de ce texte n'est enregistré ni montré ; le reste l'est.",
        "un commentaire qui donne le téléphone d'une personne",
        "faites réécrire la cellule sans nommer ni joindre personne, puis collectez.",
    ),
    Page(
        "SAI028",
        Gravite.ALERTE,
        "Un nombre n'est pas une date déguisée.",
        "Il vaut un jour de 2000 à 2049 tel qu'un tableur le compte, et dépasse `maximum` ou le "
        "triple de l'an dernier. Il est enregistré.",
        "46115 écoles, qui était « 3/4 »",
        "corrigez le nombre, ou confirmez-le par un commentaire sur la ligne.",
    ),
    Page(
        "SAI029",
        Gravite.ALERTE,
        "La valeur est proche de celle de l'an dernier.",
        "Elle passe le triple ou tombe sous le tiers de ce que le même organisme a répondu l'an "
        "dernier ; un taux s'en écarte de plus de 30 points. Elle est enregistrée.",
        "120 séances, contre 12 l'an dernier",
        "corrigez la valeur, ou confirmez-la par un commentaire sur la ligne.",
    ),
    Page(
        "SAI030",
        Gravite.ALERTE,
        "Un cumul ne baisse pas.",
        "La mesure est un stock (`nature: stock`) et vaut moins que l'an dernier. La valeur est "
        "enregistrée.",
        "18 communes couvertes, contre 20 l'an dernier",
        "corrigez la valeur, ou dites en commentaire pourquoi elle baisse.",
    ),
    Page(
        "SAI031",
        Gravite.ALERTE,
        "Une partie ne dépasse pas son tout.",
        "La mesure est une part d'une autre (`partie_de`) et vaut plus qu'elle dans le même "
        "formulaire. Les deux sont enregistrées.",
        "15 enfants de moins de 3 ans, sur 12 enfants",
        "corrigez l'une des deux, ou confirmez par un commentaire sur la ligne de la part.",
    ),
    Page(
        "SAI032",
        Gravite.ALERTE,
        "Les réponses chiffrées d'un formulaire diffèrent.",
        "Le même nombre est écrit partout, dans cinq réponses ou plus. Il est enregistré.",
        "12 à chacune des huit mesures",
        "corrigez, ou confirmez par un commentaire sur la ligne de la première.",
    ),
    Page(
        "SAI033",
        Gravite.ALERTE,
        "Un texte répond à une seule mesure.",
        "Le même texte, de vingt caractères ou plus, répond à plusieurs mesures. Il est "
        "enregistré à chacune.",
        "« Voir le rapport d'activité » à trois mesures",
        "faites écrire une réponse propre à chacune, ou confirmez par un commentaire sur la ligne.",
    ),
    error_page(
        "SAI035",
        "Une case redemandée a été reprise.",
        "Le formulaire corrigé est revenu avec cette case telle qu'elle était : la question reste "
        "posée, rien n'en est accepté. Un commentaire sur la ligne dit que la réponse est juste.",
        "« 900 | 950 », deux réponses dont aucune n'a été choisie",
        "faites reprendre la case, ou écrire en commentaire pourquoi elle est juste.",
    ),
    error_page(
        "SAI034",
        "L'unité écrite est celle de la mesure.",
        "Une autre unité, ou une unité qui ne se convertit pas sans hypothèse, ne se devine pas.",
        "« 12 familles » pour une mesure en personnes ; « 2 jours » pour des heures",
        "faites écrire le nombre seul, dans l'unité de la mesure.",
    ),
    error_page(
        "SAI022",
        "Un nombre est montré tel qu'il est enregistré.",
        "Le format de la cellule cache le nombre, l'arrondit au millier ou montre un mot à sa "
        "place : la personne a vu autre chose que ce qui serait enregistré.",
        "12000 montré « 12 » par le format « # ##0, » ; 3 montré « ND »",
        _DEMANDER,
    ),
)
"""Une cellule saisie par un partenaire."""
