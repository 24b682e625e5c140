"""La feuille « Lisez-moi » du classeur « Séance » : à quoi il sert et comment le remplir."""

from __future__ import annotations

from collections.abc import Mapping

from clsmon.model.classeur_seance import ClasseurSeance
from clsmon.workbooks.form.inert import bind_spaces
from clsmon.workbooks.form.leaflet import Leaflet
from clsmon.workbooks.form.page import Page
from clsmon.workbooks.meeting.layout import DECISIONS, ORDRE, PRESENCE, PROGRAMME, SEANCE
from clsmon.workbooks.meeting.sheets import set_print, title_of

LARGEURS = (2.0, 30.0, 120.0)
"""Une marge, les étiquettes, les textes, en caractères."""

ETAPES = (
    (
        "Avant",
        (
            "Relisez l’ordre du jour proposé et les convoqués. Enregistrez, collectez, puis "
            "« clsmon seance » écrit l’ordre du jour à envoyer. Notez ici le jour de l’envoi."
        ),
    ),
    ("Pendant", "Notez les présents, les excusés, chaque décision sur sa ligne."),
    (
        "Après",
        (
            "Passez l’état à « tenue », enregistrez, rangez le classeur dans retours/{annee} et "
            "lancez « clsmon collect » ; « clsmon seance » écrit le compte rendu."
        ),
    ),
)
FEUILLES: Mapping[str, str] = {
    SEANCE: "État de la séance et date d’envoi de l’ordre du jour.",
    ORDRE: "Un point par ligne ; l’ordre des lignes est celui de la séance.",
    PRESENCE: "Une ligne par membre ; les lignes vides servent aux autres organismes.",
    DECISIONS: "Une ligne par décision. Les six dernières colonnes ne servent qu’à certaines.",
    PROGRAMME: "Les actions attendues de chaque fiche ; les formulaires en demanderont l’état.",
}
NATURES = (
    ("Ajout ou retrait d’une fiche", "L’objet, et le jour où il prend effet."),
    ("Modification d’une fiche", "L’objet : la fiche."),
    ("Cible", "L’objet : la mesure ; l’année à atteindre et la valeur."),
    (
        "Arbitrage",
        (
            "L’objet : la mesure ; l’exercice, puis l’organisme dont la réponse compte, ou la "
            "valeur retenue. Les autres réponses restent montrées."
        ),
    ),
    ("Programme annuel", "Ses actions vont dans la feuille « Programme »."),
    ("Adoption du bilan", "L’exercice du bilan adopté."),
    ("Avenant, autre", "Ce qui est décidé, en une phrase."),
)
REGLES = (
    ("Une case vide", "Rien n’est dit. Un état vide est « ouverte » pour une décision."),
    ("Une date", "Le jour entier : 12/05/2026, ou 12 mai 2026."),
    ("Un nom", "Celui de la liste ; un sigle suffit."),
    ("Une décision prise", "Ne s’efface pas : si elle est abandonnée, son état le dit."),
    ("Personnes", "N’écrivez ni nom, ni coordonnées : un organisme suffit partout."),
    (
        "Tout ou rien",
        "Si une case ne se lit pas, rien n’est enregistré : la question dit laquelle.",
    ),
)


def write_notice(page: Page, classeur: ClasseurSeance, premieres: Mapping[str, str]) -> None:
    """Écrit la feuille « Lisez-moi » ; `premieres` : la première case à remplir des feuilles."""
    notice = Leaflet(page, LARGEURS)
    notice.write_heading(title_of(classeur), classeur.dossier.contrat, fictif=classeur.fictif)
    notice.write_section("Ce classeur")
    for etiquette, detail in ETAPES:
        notice.write_pair(etiquette, bind_spaces(detail.format(annee=classeur.exercice)))
    if classeur.non_nommes:
        noms = ", ".join(classeur.non_nommes)
        ou = f"Ajoutez-les sur les lignes vides de la feuille « {PRESENCE} »."
        detail = f"Le contrat cite aussi : {noms}, sans dire lesquels. {ou}"
        notice.write_pair("Membres à ajouter", bind_spaces(detail))
    notice.write_section("Les feuilles")
    for feuille, adresse in premieres.items():
        notice.write_link(feuille, adresse, feuille, FEUILLES[feuille])
    notice.write_section("Ce que chaque nature de décision demande")
    for etiquette, detail in NATURES:
        notice.write_pair(etiquette, bind_spaces(detail))
    notice.write_section("Comment remplir")
    for etiquette, detail in REGLES:
        notice.write_pair(etiquette, bind_spaces(detail))
    set_print(page, classeur, None)
    page.feuille.fit_to_pages(1, 1)
