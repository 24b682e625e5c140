"""
Les pages des codes qui ne sont pas des règles : lecture, forme, classeurs, changements.

Les règles portent leur page dans leur docstring. Un code est pour toujours.
"""

from __future__ import annotations

from clsmon.model.codes_classeurs import CLASSEURS
from clsmon.model.codes_cloture import CLOTURE
from clsmon.model.codes_forme import FORMES
from clsmon.model.codes_lecture import LECTURE
from clsmon.model.codes_observations import OBSERVATIONS
from clsmon.model.codes_revisions import REVISIONS
from clsmon.model.codes_saisies import SAISIES
from clsmon.model.codes_seances import CASES_DE_SEANCE, CLASSEUR_SEANCE
from clsmon.model.page import error_page

GABARITS = (
    error_page(
        "GAB001",
        "Un gabarit se rend sans faute.",
        "Un gabarit du dossier (templates/) nomme une variable ou un filtre qui n'existe pas, sa "
        "syntaxe est fautive, il s'emboîte sans fin, ou il fait plus d'un million de tours de "
        "boucle ou écrit plus de cinquante millions de signes (en PDF : une minute ou 2 Go). "
        "Le message donne le fichier, la ligne et ce qui est disponible.",
        "{{ bilan.exercise }}",
        "corrigez la ligne, ou retirez le gabarit du dossier : celui du paquet le remplace.",
    ),
    error_page(
        "GAB002",
        "Une relance commence par son objet.",
        "Le texte que rend templates/relance.txt.j2 a pour première ligne « Objet : … » : elle "
        "devient l'objet du courriel.",
        "{% block objet %}Bonjour,{% endblock %}",
        "rétablissez la ligne « Objet : … », ou le bloc « objet » du gabarit du paquet.",
    ),
    error_page(
        "GAB006",
        "La référence Word est un document Word.",
        "Les .docx prennent leurs styles, leurs marges, leur en-tête et leur pied dans "
        "templates/document.docx. Celui du dossier est un autre format, est abîmé, protégé par un "
        "mot de passe, ou dépasse 10 Mo. Renommer un .doc ou un .dotx n'en change pas le format.",
        "templates/document.docx          # en réalité un .doc",
        "dans Word, « Enregistrer sous », « Document Word (.docx) » ; ou retirez-le du dossier : "
        "celui du paquet le remplace.",
    ),
    error_page(
        "GAB007",
        "Un style de la référence Word est du genre attendu.",
        "Un style qui manque à la référence du dossier est pris à celle du paquet. Mais un style "
        "de caractère ne peut pas tenir la place d'un style de paragraphe du même nom, ni de "
        "tableau : le message nomme le style et les deux genres.",
        "« Cellule CLS », créé comme style de caractère",
        "dans Word, renommez ou supprimez ce style : celui du paquet prend sa place.",
    ),
    error_page(
        "GAB009",
        "La référence Word ne va rien chercher ni lancer hors d'elle.",
        "Son en-tête, son pied, ses notes et ses réglages passent dans chaque .docx envoyé. Une "
        "image liée à une adresse, un objet incorporé, un champ qui lit un fichier ou lance un "
        "programme y agirait chez chaque lecteur. Un lien vers une page (http, https, mailto) est "
        "permis.",
        "une image d'en-tête « liée au fichier », un champ INCLUDEPICTURE ou DDE",
        "dans Word, retirez cet objet ou ce champ ; une image se colle, elle ne se lie pas.",
    ),
)

PAGES = (
    *LECTURE,
    *FORMES,
    *CLASSEURS,
    *CLASSEUR_SEANCE,
    *SAISIES,
    *CASES_DE_SEANCE,
    *OBSERVATIONS,
    *REVISIONS,
    *GABARITS,
    *CLOTURE,
)
"""Toutes les pages, par famille."""
