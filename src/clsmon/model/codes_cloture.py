"""Les pages de la clôture et de la publication d'un bilan : adoption, empreinte, logos, images."""

from __future__ import annotations

from clsmon.model.anomalie import Gravite
from clsmon.model.page import Page

CLOTURE = (
    Page(
        "SEA069",
        Gravite.ALERTE,
        "Un relevé, un examen arrivent avant l'adoption du bilan.",
        "Le COPIL a déjà adopté le bilan de cet exercice. Le relevé est enregistré et montré à "
        "part, « reçu après l'adoption », avec ce qu'il changerait ; ce que conteste un examen, à "
        "côté du chiffre : aucun chiffre adopté ne change sans décision.",
        "clsmon collect apo.xlsx          # le bilan 2025 est adopté",
        "si le COPIL veut le prendre en compte, écrivez son arbitrage dans la séance : nature: "
        "arbitrage, objet: la mesure, exercice: 2025, retient: {organisme: apo}.",
    ),
    Page(
        "CON065",
        Gravite.ALERTE,
        "Les chiffres d'un bilan adopté restent ceux que le COPIL a adoptés.",
        "L'empreinte des chiffres, refaite à chaque bilan, n'est plus celle qui a été notée à "
        "l'adoption : une fiche, le programme de l'exercice ou une séance d'alors a été modifié, "
        "ou l'outil calcule autrement. Avec --definitif c'est une erreur, et rien n'est écrit.",
        "repondants: [ars, apo]           # n'était que [ars] à l'adoption",
        "rétablissez ce qui a été modifié. Si le COPIL veut ces nouveaux chiffres, écrivez sa "
        "nouvelle décision d'adoption dans « adopte », ôtez « empreinte », « releves » et "
        "« examens », et relancez clsmon bilan --definitif.",
    ),
    Page(
        "GAB003",
        Gravite.ALERTE,
        "Chaque signataire a son logo.",
        "Article 8 : toute publication porte les noms et les logos, en couleur, des signataires. "
        "Sans le fichier, le document ne montre que le nom.",
        "data/logos/ars.png               # absent",
        "rangez le logo en PNG dans data/logos/, au nom du code de l'organisme.",
    ),
    Page(
        "GAB004",
        Gravite.ALERTE,
        "Un logo est une image PNG entière, de 2 Mo et 10 000 pixels de côté au plus.",
        "Un fichier d'un autre format, coupé ou abîmé, n'est mis dans aucun document. Renommer un "
        ".jpg en .png n'en change pas le format.",
        "data/logos/ars.png               # en réalité un .jpg",
        "enregistrez l'image au format PNG, 300 pixels de large suffisent.",
    ),
    Page(
        "GAB005",
        Gravite.ALERTE,
        "Un logo est en couleur.",
        "Article 8 : les signataires s'engagent à apposer leur logotype en couleur. Une image en "
        "niveaux de gris ne peut pas l'être ; elle est montrée, et signalée.",
        "data/logos/ars.png               # niveaux de gris",
        "demandez au signataire son logo en couleur.",
    ),
    Page(
        "GAB008",
        Gravite.ALERTE,
        "Les images à côté d'un bilan sont les siennes.",
        "Un graphique ou un logo d'un bilan précédent, que le nouveau ne montre plus, est resté "
        "dans bilans/<année>/. clsmon n'efface que ce qu'il récrit : il ne sait pas si vous tenez "
        "à cette image. À côté d'un document public, elle peut montrer un effectif qui y est "
        "masqué.",
        "bilans/2025/bilan-2025-public-mesures-3-1.svg   # d'un bilan d'avant",
        "supprimez-la avant d'envoyer ou de publier le dossier ; si elle est de vous, donnez-lui "
        "un autre nom que celui du bilan.",
    ),
    Page(
        "GAB010",
        Gravite.ALERTE,
        "Tous les formats d'un bilan sont du même calcul.",
        "`clsmon bilan` ne récrit que les formats demandés. Un PDF ou un Word d'un calcul "
        "précédent reste à côté : ses chiffres et sa nature (projet, définitif) peuvent n'être "
        "plus ceux du bilan.",
        "bilans/2025/bilan-2025.pdf       # d'avant l'envoi du projet",
        "refaites-le en même temps que les autres : --format md,xlsx,pdf.",
    ),
)
