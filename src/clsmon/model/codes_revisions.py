"""Les pages REV : ce qui change dans le contrat, et ce que chaque changement demande."""

from __future__ import annotations

from clsmon.model.anomalie import Gravite
from clsmon.model.page import Page, error_page

_COPIL = (
    error_page(
        "REV001",
        "Une fiche s'ajoute par une décision du COPIL.",
        "Article 6 : le COPIL valide l'ajout d'une fiche, à un ordre du jour envoyé avant la "
        "séance. Programmer une fiche qui n'était qu'un titre, en rétablir une, ou changer la date "
        "où elle entre en vigueur, se décide de même.",
        "# data/fiches/3.6.yaml est nouveau, et aucune décision ne porte sur « 3.6 »",
        "ajoutez la décision à la séance qui l'a prise ; le message en donne le YAML.",
    ),
    error_page(
        "REV002",
        "Une fiche se retire par une décision du COPIL.",
        "Article 6 : le COPIL valide le retrait d'une fiche, à un ordre du jour envoyé avant la "
        "séance. En changer la date, ou ramener une fiche à un simple titre, se décide de même.",
        "statut: retiree\nvigueur: {fin: 2026-06-30}",
        "ajoutez la décision retrait_fiche, et nommez-la dans `vigueur.decision_fin`.",
    ),
    error_page(
        "REV003",
        "Une fiche retirée reste dans le dossier.",
        "Elle figure toujours au bilan des années où elle était en vigueur : son fichier ne se "
        "supprime pas. Une fiche renumérotée garde son ancien numéro dans `anciens_ids`.",
        "# data/fiches/3.5.yaml a été supprimé",
        "rétablissez le fichier, avec `statut: retiree` et sa date de fin.",
    ),
    error_page(
        "REV004",
        "L'ordre du jour d'un ajout ou d'un retrait part avant la séance.",
        "Article 6 : chaque membre du COPIL est informé, avant la réunion, de l'ordre du jour qui "
        "porte sur l'ajout ou le retrait. La décision existe ; la date d'envoi manque, ou n'est "
        "pas avant la séance.",
        "date: 2026-05-12\nordre_du_jour: {envoye_le: 2026-05-12}",
        "écrivez la date d'envoi ; s'il est parti trop tard, le COPIL décide à une autre séance.",
    ),
    Page(
        "REV005",
        Gravite.ALERTE,
        "L'ordre du jour nomme la fiche ajoutée ou retirée.",
        "Il a été envoyé à temps, mais aucun de ses points ne porte le numéro ou le titre de la "
        "fiche. Les points sont écrits librement : c'est à vous de dire si l'un d'eux en parle.",
        "ordre_du_jour: {envoye_le: 2026-04-20, points: [Bilan 2025]}",
        "ajoutez à `points` celui qui a été envoyé, avec le numéro de la fiche.",
    ),
    error_page(
        "REV006",
        "La décision du COPIL vaut pour ce changement.",
        "Une décision porte sur le bon objet, mais ne compte pas : elle est abandonnée ou a déjà "
        "été appliquée, sa séance n'est que prévue ou n'est pas celle du COPIL, ou elle prend "
        "effet un autre jour.",
        'etat: prevue\ndecisions:\n  - {id: D1, nature: retrait_fiche, objet: "3.5"}',
        "corrigez la séance ou la date, ou écrivez la décision qui autorise ce changement.",
    ),
)

_AVENANTS = (
    error_page(
        "REV010",
        "Un axe change par un avenant signé.",
        "Article 6 : un nouvel axe stratégique demande un avenant signé par tous les membres du "
        "COPIL. L'article ne dit rien de sa suppression : l'outil demande le même avenant.",
        '- {id: "6", titre: Vieillissement}',
        "écrivez l'avenant de nature « axe » dans data/avenants/.",
    ),
    error_page(
        "REV011",
        "Une orientation change par un avenant signé.",
        "Article 6 : une nouvelle orientation stratégique demande un avenant signé par tous les "
        "membres du COPIL. Le titre et le texte d'un axe, et ses objectifs, sont ses orientations.",
        "titre: Santé mentale et addictions     # et non plus : Santé mentale",
        "écrivez l'avenant de nature « orientation », ou la rectification d'un texte fautif.",
    ),
    error_page(
        "REV012",
        "Un partenaire entre par un avenant signé.",
        "Article 6 : un nouveau partenaire, une partie au contrat (article 1), demande "
        "un avenant signé par tous les membres du COPIL, lui compris. Les partenaires que cite une "
        "fiche n'en sont pas. L'article ne dit rien d'un départ : l'outil demande le même avenant.",
        "caf: {nom: Caisse d’Allocations Familiales, signataire: true}",
        "écrivez l'avenant de nature « partenaire » dans data/avenants/.",
    ),
    error_page(
        "REV013",
        "La durée change par un avenant signé.",
        "Article 6 : prolonger le contrat demande un avenant signé par tous les membres du COPIL. "
        "L'article ne dit rien d'une durée réduite : l'outil demande le même avenant. Écrire la "
        "date de signature, si elle manquait, n'est pas changer la durée.",
        "periode: {debut: 2024, fin: 2029}     # et non plus : 2028",
        "écrivez l'avenant de nature « duree » dans data/avenants/.",
    ),
    error_page(
        "REV014",
        "Un avenant compte une fois signé de tous les membres du COPIL.",
        "Il a sa date de signature, et tous les membres du COPIL (`instances.copil.membres` : "
        "signataires et communes) parmi ses signataires. Un avenant déjà signé dans la version de "
        "départ ne vaut que pour ce que nomme sa clé `porte_sur`.",
        "numero: 1\nobjet: Entrée de la CAF\nnature: partenaire\nsignataires: [ars]",
        "complétez l'avenant quand il est signé ; le message nomme ce qui manque.",
    ),
)

_OUTIL = (
    error_page(
        "REV020",
        "Une série qui a des réponses change par une décision du COPIL.",
        "Exigence de l'outil, non de l'article 6 : une mesure qui a des réponses ne finit, ne "
        "commence, ne change de valeur initiale et n'est remplacée que par une décision "
        "« modification_fiche ». Le bilan montre la rupture de série.",
        "- {id: seances, depuis: 2027, succede_a: 3.1/ateliers/ateliers}",
        "ajoutez la décision à la séance qui l'a prise.",
    ),
    error_page(
        "REV021",
        "Une mesure qui a des réponses n'est ni redéfinie ni supprimée.",
        "Exigence de l'outil : chaque année se juge par la définition en vigueur cette année-là. "
        "Un libellé, un type, une unité ou une modalité qui change fait une nouvelle mesure, qui "
        "succède à l'ancienne. Une faute de transcription se dit dans `rectifications`.",
        "unite: séances     # on a répondu en ateliers",
        "gardez l'ancienne mesure avec `jusqua`, et ajoutez la nouvelle avec `succede_a`.",
    ),
    error_page(
        "REV022",
        "Une cible change par une décision du COPIL.",
        "Exigence de l'outil : une fois la mesure répondue, sa cible vient d'une décision "
        "de nature « cible » qui porte sur cette mesure, cette année et cette valeur.",
        "cibles: [{annee: 2028, valeur: 30}]     # et non plus : 23",
        "ajoutez la décision, et nommez-la dans la cible.",
    ),
    error_page(
        "REV023",
        "Une nouvelle définition ne juge pas une année déjà répondue.",
        "Exigence de l'outil : les réponses de l'année n gardent la définition de l'année n. Une "
        "mesure ne finit pas avant sa dernière année répondue, et celle qui lui succède commence "
        "après.",
        "depuis: 2025     # 2025 a déjà des réponses, selon l'ancienne définition",
        "écrivez `jusqua` à la dernière année répondue, et `depuis` à la suivante.",
    ),
    error_page(
        "REV024",
        "Une action qui nomme sa décision change avec elle.",
        "Exigence de l'outil : le COPIL fixe le programme annuel (article 3). Une action qui "
        "nomme une décision dit ce que celle-ci a fixé : elle est de nature « programme », prise "
        "en séance, et une action changée en nomme une autre. Sans décision, elle change "
        "librement.",
        '"4.1": [{id: a1, libelle: Autre libellé, decision: 2026-05-12-copil/D2}]',
        "nommez la décision qui a changé l'action.",
    ),
)

_EXEMPLE_TEXTE = "population: Enfants de 3 à 6 ans     # et non plus : de 4 à 6 ans"

_INFOS = (
    (
        "REV030",
        "Le texte d'une fiche a changé.",
        (
            "L'article 6 n'en dit rien. Si le contrat dit autre chose que le dossier, c'est une "
            "rectification : ajoutez-la à `rectifications` et le changement n'est plus montré."
        ),
        _EXEMPLE_TEXTE,
    ),
    (
        "REV031",
        "Une autre rubrique du contrat a changé.",
        (
            "Titre, territoire, instances, règles, nom d'une partie, date de signature : "
            "l'article 6 n'en dit rien."
        ),
        "copil: {nom: Comité de pilotage, minimum_annuel: 2}",
    ),
    (
        "REV032",
        "Un indicateur sans réponse a changé.",
        (
            "Une mesure ajoutée, retirée ou modifiée avant toute réponse ne rompt aucune série : "
            "aucune décision n'est demandée."
        ),
        "unite: séances     # personne n'a encore répondu",
    ),
    (
        "REV033",
        "Un choix de calcul d'une mesure a changé.",
        (
            "Fréquence, nature, sens, façon de réunir les réponses : un choix de travail, qui "
            "change pourtant ce que le bilan montre."
        ),
        "nature: flux     # et non plus : stock",
    ),
    (
        "REV034",
        "Une fiche, un axe ou un organisme a changé d'identifiant.",
        "L'ancien est gardé, ou le titre est le même : c'est la même chose sous un autre numéro.",
        'id: "3.6"\nanciens_ids: ["3.5"]',
    ),
    (
        "REV035",
        "Le programme annuel a changé.",
        "Les actions qui ne nomment pas de décision changent librement.",
        '"4.1": [{id: a2, libelle: Réunion d\'information}]',
    ),
    (
        "REV036",
        "Le diagnostic territorial a changé.",
        "Les chiffres de data/contexte.yaml ne sont pas des engagements.",
        "valeurs: {metropole: 12.4}     # et non plus : 12.1",
    ),
    (
        "REV040",
        "Ce changement a sa décision ou son avenant.",
        "Le message nomme la décision du COPIL ou l'avenant signé qui l'autorise.",
        "vigueur: {fin: 2026-06-30, decision_fin: 2026-05-12-copil/D1}",
    ),
)

REVISIONS = (
    *_COPIL,
    *_AVENANTS,
    *_OUTIL,
    *(
        Page(code, Gravite.INFO, titre, texte, exemple, "rien à faire.")
        for code, titre, texte, exemple in _INFOS
    ),
)

GRAVITES = {page.code: page.gravite for page in REVISIONS}
"""La gravité de chaque code."""
