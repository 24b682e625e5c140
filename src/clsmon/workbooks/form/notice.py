"""La feuille « Lisez-moi » : pour qui, pour quand, comment répondre, un exemple."""

from __future__ import annotations

from collections.abc import Sequence

from clsmon.model.indicateur import TypeMesure
from clsmon.model.questionnaire import Questionnaire
from clsmon.workbooks.form.checks import column_letter
from clsmon.workbooks.form.inert import bind_spaces
from clsmon.workbooks.form.leaflet import ETIQUETTE, Leaflet, full_name, long_date
from clsmon.workbooks.form.measures import RANG, Etendue
from clsmon.workbooks.form.page import Page
from clsmon.workbooks.form.styles import row_height
from clsmon.workbooks.layout import FICHES, SAISIE

LARGEURS = (2, 32, 13, 24, 12, 14, 16, 34, 24)
"""Une marge, puis la grille commune aux textes et à l'exemple, en caractères."""

UN_TAUX = (
    "Un taux",
    "Ses deux termes, numérateur et dénominateur ; à défaut, ses points : 68,3 pour 68,3 %.",
)
REPONSES = (
    ("Un chiffre", "Le nombre seul, sans unité : 12 ; 1234,5 ; 30000."),
    ("Zéro", "Écrivez 0 : il n’y en a pas eu. Une case vide n’est jamais lue comme un zéro."),
    ("Un chiffre approché", "Écrivez le nombre, puis « estimé » dans la colonne État."),
    ("Pas de chiffre", "« non disponible » dans la colonne État : le chiffre n’est pas connu."),
    ("Pas concerné", "« sans objet » dans la colonne État : la question ne se pose pas."),
    ("Un texte", "Quelques phrases. Alt+Entrée passe à la ligne dans la case."),
    ("Une case vide", "Pas encore répondu : la mesure vous sera redemandée."),
    (
        "Personnes",
        "N’écrivez ni nom, ni coordonnées, ni situation qui fasse reconnaître quelqu’un.",
    ),
)

COULEURS = (
    ("saisie", "12", "À remplir : fond jaune, bord sur les quatre côtés."),
    ("fixe", "écoles", "Pour information : la question, son unité, l’an dernier. Protégé."),
    ("ferme", "", "Ne se remplit pas pour cette ligne."),
)

TITRES_EXEMPLE = (
    "Ce qui est demandé",
    "Unité",
    "Valeur",
    "Numérateur",
    "Dénominateur",
    "État",
    "Commentaire",
    "Source ou preuve",
)
EXEMPLE = (
    ("Écoles concernées", "écoles", "12", "", "", "", "", "bilan annuel, page 4"),
    ("Familles rencontrées", "familles", "40", "", "", "estimé", "d’après 3 écoles sur 4", ""),
    ("Livres distribués", "livres", "", "", "", "non disponible", "compté l’an prochain", ""),
    ("Types de public", "texte", "surtout des parents, deux enseignants", "", "", "", "", ""),
)
EXEMPLE_TAUX = ("Parents satisfaits", "%", "", "41", "60", "", "", "questionnaire de juin")
_VALEUR, _DERNIER_TERME = 3, 5


class Notice(Leaflet):
    """Écrit la feuille de haut en bas."""

    def __init__(self, page: Page, questionnaire: Questionnaire) -> None:
        super().__init__(page, LARGEURS)
        self.questionnaire = questionnaire
        self.taux = any(q.situee.mesure.type is TypeMesure.TAUX for q in questionnaire.mesures)

    def write_example(self, textes: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> None:
        """Écrit une ligne de l'exemple ; sans taux demandé, la valeur prend la place des termes."""
        cellules = list(zip(self.grille, textes, aspects, strict=True))
        largeurs = dict(enumerate(self.largeurs))
        if not self.taux:
            cellules = [c for c in cellules if not _VALEUR < c[0] <= _DERNIER_TERME]
            largeurs[_VALEUR] = float(sum(LARGEURS[_VALEUR : _DERNIER_TERME + 1]))
            valeur = self.page.styles.of(aspects[_VALEUR - 1])
            self.page.feuille.merge_range(
                self.ligne, _VALEUR, self.ligne, _DERNIER_TERME, "", valeur
            )
        for colonne, texte, aspect in cellules:
            self.page.write(self.ligne, colonne, bind_spaces(texte), *aspect)
        contenus = ((texte, largeurs[colonne]) for colonne, texte, _ in cellules)
        self.page.feuille.set_row(self.ligne, row_height(contenus, minimum=22))
        self.ligne += 1


def write_notice(
    page: Page, questionnaire: Questionnaire, etendue: Etendue, premiere_fiche: int
) -> None:
    """Écrit la feuille « Lisez-moi »."""
    notice = Notice(page, questionnaire)
    titre = f"Formulaire de suivi — exercice {questionnaire.exercice}"
    notice.write_heading(titre, questionnaire.contrat, fictif=questionnaire.fictif)
    _write_facts(notice)
    _write_progress(notice, etendue, premiere_fiche)
    _write_rules(notice)
    _write_example(notice)
    page.set_print(questionnaire, None)
    page.feuille.fit_to_pages(1, 1)


def _write_facts(notice: Notice) -> None:
    questionnaire = notice.questionnaire
    exercice, limite = questionnaire.exercice, questionnaire.limite
    notice.write_section("Ce formulaire")
    notice.write_pair("Pour", full_name(questionnaire), "gras")
    notice.write_pair("Exercice", f"du 1er janvier au 31 décembre {exercice}")
    quand = f"au plus tard le {long_date(limite)}" if limite else "date non fixée"
    notice.write_pair("À rendre", quand, "gras")
    notice.write_pair(
        "À qui",
        "À l’animateur santé du contrat, qui vous l’a envoyé : enregistrez le fichier au format "
        ".xlsx et joignez-le à votre réponse. Posez-lui aussi vos questions.",
    )
    if questionnaire.base:
        notice.write_pair(
            "Prérempli",
            "Vos réponses déjà reçues y sont. Complétez ou corrigez : ce formulaire les "
            "remplacera, et une réponse effacée sera retirée.",
        )


def _write_progress(notice: Notice, etendue: Etendue, premiere_fiche: int) -> None:
    questionnaire, feuille = notice.questionnaire, notice.page.feuille
    mesures, fiches = len(questionnaire.mesures), len(questionnaire.fiches)
    notice.write_section("Où en êtes-vous ?")
    if mesures:
        suite = f" / {mesures} {_plural(mesures, 'mesure')} {_plural(mesures, 'renseignée')}"
        feuille.set_row(notice.ligne, 26)
        feuille.write_formula(
            notice.ligne,
            ETIQUETTE,
            f'={_count_formula(etendue)}&"{suite}"',
            notice.page.styles.of(("compteur",)),
            f"{etendue.renseignees}{suite}",
        )
        notice.ligne += 1
        adresse = f"{column_letter(RANG['valeur'])}{etendue.premiere + 1}"
        texte = f"Feuille « {SAISIE} » : {mesures} {_plural(mesures, 'mesure')}"
        notice.write_link(SAISIE, adresse, texte)
    if fiches:
        nombre = f"{fiches} {_plural(fiches, 'fiche')} {_plural(fiches, 'action')}"
        texte = f"Feuille « {FICHES} » : {nombre}"
        notice.write_link(FICHES, f"E{premiere_fiche + 1}", texte)


def _plural(nombre: int, mot: str) -> str:
    return f"{mot}s" if nombre > 1 else mot


def _count_formula(etendue: Etendue) -> str:
    """Le nombre de mesures qui ont une valeur, un état, ou les deux termes d'un taux."""

    def filled(cle: str) -> str:
        lettre = column_letter(RANG[cle])
        plage = f"${lettre}${etendue.premiere + 1}:${lettre}${etendue.derniere + 1}"
        return f'({SAISIE}!{plage}<>"")'

    termes = f"{filled('numerateur')}*{filled('denominateur')}"
    repondu = f"{filled('valeur')}+{filled('etat')}+{termes}"
    return f"SUMPRODUCT({filled('cle')}*(({repondu})>0))"


def _write_rules(notice: Notice) -> None:
    notice.write_section("Comment répondre")
    for etiquette, detail in (*REPONSES, UN_TAUX) if notice.taux else REPONSES:
        notice.write_pair(etiquette, bind_spaces(detail))
    notice.write_section("Les cases")
    for couleur in COULEURS if notice.taux else COULEURS[:-1]:
        notice.write_swatch(*couleur)


def _write_example(notice: Notice) -> None:
    notice.write_section("Un exemple de réponses")
    saisie = ("colonne", "colonne_saisie")
    notice.write_example(TITRES_EXEMPLE, [("colonne",), ("colonne",), *[saisie] * 6])
    for ligne in (*EXEMPLE, EXEMPLE_TAUX) if notice.taux else EXEMPLE:
        case = ("texte", "saisie", "verrou")
        terme = case if ligne is EXEMPLE_TAUX else ("texte", "ferme")
        question = [("texte", "gras", "fixe"), ("texte", "fixe")]
        notice.write_example(ligne, [*question, case, terme, terme, case, case, case])
