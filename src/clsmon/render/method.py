"""Les règles du bilan, en mots : ce qui est compté, comment, et ce qui n'est jamais fait."""

from __future__ import annotations

from clsmon.model.bilan import Bilan
from clsmon.render import finances, governance
from clsmon.render.method_changes import REGLES_EVOLUTIONS, imprint_of
from clsmon.render.method_secrecy import secrecy_of
from clsmon.render.spelling import INSECABLE

REGLES: tuple[tuple[str, str], ...] = (
    (
        "Zéro et absences",
        (
            "Zéro, « non répondu », « non disponible », « sans objet » et « à vérifier » sont "
            "cinq choses différentes. Une case vide n’est jamais lue comme zéro."
        ),
    ),
    (
        "Complétude",
        (
            "Réponses renseignées ou estimées, rapportées aux réponses demandées moins les "
            "réponses « sans objet ». Une mesure demandée à trois organismes compte pour trois "
            "réponses. Une mesure calculée par l’outil n’est demandée à personne."
        ),
    ),
    (
        "Valeur estimée",
        "Une valeur que l’organisme dit approchée est montrée avec le mot « estimé ».",
    ),
    (
        "Réponse à vérifier",
        (
            "Un texte qui n’est pas clairement une réponse est gardé tel quel, n’a pas de valeur "
            "et n’est ni une réponse ni un vide, jusqu’à ce que l’organisme précise."
        ),
    ),
    (
        "Évolution",
        (
            "Différence avec l’année précédente, et avec la valeur initiale du contrat quand elle "
            "existe, puis différence en %. Aucun % n’est calculé à partir de zéro. Un taux évolue "
            "en points. Deux valeurs qui ne viennent pas des mêmes organismes ne se comparent "
            "pas : le document écrit « répondant différent ». Une somme incomplète ne se compare "
            "à rien."
        ),
    ),
    (
        "Rupture de série",
        (
            "Quand la définition d’une mesure change après des réponses, une nouvelle mesure lui "
            "succède. Chaque année garde la définition en vigueur cette année-là. Le document "
            "écrit « série rompue », donne la dernière valeur de l’ancienne mesure, et ne compare "
            "pas les deux."
        ),
    ),
    (
        "Cible et chemin fait",
        (
            "Seul le COPIL fixe une cible. Sans cible, le document écrit « cible non fixée » et "
            "ne juge pas. Le chemin fait est la part parcourue de la valeur initiale à la cible."
        ),
    ),
    (
        "Taux",
        (
            "Un taux se lit en deux termes, numérateur et dénominateur. Un taux de plusieurs "
            "organismes est la somme des numérateurs sur la somme des dénominateurs."
        ),
    ),
    (
        "Plusieurs organismes : lectures",
        (
            "Par défaut, la première valeur, dans l’ordre des répondants de la fiche, est retenue "
            "; le document nomme à côté celui qui l’a donnée. Les autres sont montrées sous le "
            "tableau, jusqu’à un arbitrage du COPIL."
        ),
    ),
    (
        "Plusieurs organismes : somme",
        (
            "Quand la mesure le prévoit, les valeurs s’ajoutent. Tant qu’un organisme manque, la "
            "somme est dite incomplète et le nomme."
        ),
    ),
    (
        "Plusieurs organismes : réponses séparées",
        ("Quand la mesure le prévoit, les réponses se lisent l’une à côté de l’autre, sans total."),
    ),
    (
        "Examen contradictoire",
        (
            "Chaque signataire peut donner un avis sur une fiche et contester un chiffre : il "
            "propose une autre valeur, avec son motif et sa source, obligatoires tous les deux. "
            "Une valeur contestée ne remplace jamais la valeur déclarée : elle compte seulement si "
            "un arbitrage du COPIL la retient. Jusque-là la valeur déclarée compte et le document "
            "écrit « contestée par ». Arbitrées ou non, les deux restent dans ce bilan et dans les "
            "suivants. Si la valeur déclarée change ensuite, le document le dit."
        ),
    ),
    (
        "Années",
        (
            "Chaque année montre sa propre valeur. Une année sans réponse reste vide : rien n’est "
            "prolongé ni interpolé. Une année où aucun formulaire n’est revenu n’est pas montrée."
        ),
    ),
    (
        "Graphiques",
        (
            "Toute échelle part de zéro. Un trait ne relie que deux années qui se suivent, dont "
            "les valeurs sont entières et viennent des mêmes organismes. « ND » tient la place "
            "d’une valeur absente, avec sa raison ; une année où aucun formulaire n’est revenu y "
            "garde sa place, vide. Une valeur estimée ou incomplète est un cercle vide. La cible "
            "est un trait en tirets, seulement quand le COPIL en a fixé une."
        ),
    ),
    (
        "Mesures montrées en séance",
        (
            "Une projection ne montre pas tout. Y viennent les mesures chiffrées qui ont une cible "
            "ou au moins deux années de valeurs : une de chaque fiche, puis une deuxième, dans "
            "l’ordre du contrat, celles qui ont une cible d’abord. L’ordre ne dépend d’aucune "
            "valeur."
        ),
    ),
    (
        "Avancement d’une fiche",
        "Celui que déclare le premier répondant de la fiche ; les autres sont montrés à côté.",
    ),
    (
        "Mesures calculées par l’outil",
        (
            "Participation aux instances : présents parmi les convoqués des séances tenues. "
            "Actions réalisées : actions déclarées réalisées parmi celles du programme annuel. "
            "Suivi annuel réalisé : oui quand le bilan est adopté. Sans matière dans le dossier, "
            "la mesure est « non calculable », jamais zéro."
        ),
    ),
    (
        "Arrondi",
        (
            "Les calculs sont exacts. L’arrondi se fait une fois, à l’écriture : une décimale au "
            "plus pour un taux, au chiffre pair le plus proche à égalité."
        ),
    ),
    (
        "Provenance",
        (
            "Chaque chiffre mène à l’organisme, au classeur reçu, à la feuille, à la cellule et à "
            "l’empreinte sha256 du classeur. Le texte brut est gardé quand il diffère de la "
            "valeur."
        ),
    ),
)


def method_of(bilan: Bilan) -> tuple[tuple[str, str], ...]:
    """Les règles employées, puis celles des points d'attention de ce bilan, en mots."""
    attention = dict.fromkeys(point.regle for point in bilan.attention)
    regles = tuple((f"Point d’attention ({rang})", mots) for rang, mots in enumerate(attention, 1))
    sections = (*REGLES_EVOLUTIONS, *governance.REGLES, *finances.REGLES)
    ecrites = (*secrecy_of(bilan), *REGLES, *sections, *imprint_of(bilan))
    return (*((titre, space_out(mots)) for titre, mots in ecrites), *regles)


def space_out(texte: str) -> str:
    """Les espaces insécables d'une règle écrite avec des espaces simples."""
    for signe in (":", ";"):
        texte = texte.replace(f" {signe}", f"{INSECABLE}{signe}")
    return texte.replace("« ", f"«{INSECABLE}").replace(" »", f"{INSECABLE}»")
