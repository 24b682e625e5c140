"""Les pages de l'examen contradictoire : cahiers rendus, avis et chiffres contestés."""

from __future__ import annotations

from clsmon.model.anomalie import Gravite
from clsmon.model.page import Page, error_page

OBSERVATIONS = (
    error_page(
        "SUI039",
        "Un examen est tel qu'il a été écrit.",
        "Son nom porte l'empreinte de ses octets, son dossier l'exercice : un fichier de "
        "data/observations modifié ou déplacé n'est pas lu.",
        "data/observations/2025/ars-1a2b3c4d.yaml, corrigé à la main",
        "rétablissez-le depuis une sauvegarde ; une correction passe par un nouveau cahier rendu.",
    ),
    error_page(
        "FOR040",
        "Un cahier d'examen vient d'un signataire du contrat.",
        "L'examen contradictoire du bilan est celui des signataires.",
        "un cahier rempli par l'APO, qui n'a pas signé le contrat",
        "vérifiez de qui vient le cahier, ou « signataire: true » dans data/contrat.yaml.",
    ),
    error_page(
        "SAI040",
        "Un chiffre contesté l'est avec son motif.",
        "Sans motif, la contestation n'est pas prise en compte ; ce qui est écrit est gardé.",
        "14 proposé au lieu de 12, la case du motif vide",
        "faites écrire pourquoi la valeur déclarée n'est pas juste, ou vider la ligne.",
    ),
    error_page(
        "SAI041",
        "Un chiffre contesté l'est avec sa source.",
        "Sans source, la contestation n'est pas prise en compte ; ce qui est écrit est gardé.",
        "14 proposé au lieu de 12, la case de la source vide",
        "faites écrire d'où vient la valeur proposée, ou vider la ligne.",
    ),
    error_page(
        "SAI042",
        "Contester un chiffre, c'est en proposer un autre.",
        "Un motif, une source ou « non disponible » ne sont pas une valeur.",
        "« doute sur ce comptage » en motif, sans valeur proposée",
        "faites écrire une valeur ; une simple remarque va dans la feuille des fiches.",
    ),
    error_page(
        "SAI043",
        "La valeur proposée n'est pas celle qui est déclarée.",
        "On ne sait pas ce qui est contesté ; rien n'en est pris, ce qui est écrit est gardé.",
        "12 proposé quand 12 est déclaré",
        "faites corriger la valeur, ou vider la ligne.",
    ),
    error_page(
        "SAI044",
        "Un avis est de la liste : accord, remarque ou désaccord.",
        "Un autre mot ne se traduit pas : l'avis d'un signataire ne se devine pas.",
        "« d'accord sauf un point »",
        "faites choisir dans la liste, le reste en texte.",
    ),
    error_page(
        "SAI045",
        "Un texte sur une fiche accompagne un avis.",
        "Sans avis, on ne sait pas si c'est une remarque ou un désaccord. Le texte est gardé.",
        "« à revoir », la case de l'avis vide",
        "faites choisir l'avis dans la liste.",
    ),
    Page(
        "SAI046",
        Gravite.ALERTE,
        "Une remarque ou un désaccord s'explique.",
        "L'avis est enregistré ; sans un mot, le comité ne saura pas de quoi parler.",
        "« désaccord », la case du texte vide",
        "demandez pourquoi, et faites-le écrire.",
    ),
    Page(
        "SAI047",
        Gravite.ALERTE,
        "La valeur déclarée n'a pas changé depuis que le cahier a été fait.",
        "Le signataire conteste une valeur que l'organisme a corrigée entre-temps. Sa contestation "
        "est enregistrée, avec la valeur qu'il avait sous les yeux.",
        "14 contre 12, alors que l'organisme déclare maintenant 14",
        "refaites son cahier et demandez-lui s'il conteste toujours.",
    ),
    error_page(
        "SAI048",
        "Un signataire ne dit qu'une chose d'une fiche ou d'un chiffre.",
        "Deux cahiers qui tiennent ensemble disent autrement. Les deux sont gardés ; un arbitrage "
        "qui retient ce signataire n'en fait compter aucun.",
        "14 dans un cahier, 15 dans l'autre",
        "refaites le cahier, prérempli, et faites-y écrire la bonne observation.",
    ),
)
"""L'examen contradictoire."""
