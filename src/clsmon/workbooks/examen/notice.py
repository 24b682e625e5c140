"""La feuille « Lisez-moi » d'un cahier d'examen : ce que c'est, pour quand, comment répondre."""

from __future__ import annotations

from collections.abc import Sequence

from clsmon.model.cahier import Cahier
from clsmon.model.contrat import NatureContrat
from clsmon.workbooks.examen.layout import AVIS_FICHES, CHIFFRES
from clsmon.workbooks.form.checks import column_letter
from clsmon.workbooks.form.inert import bind_spaces
from clsmon.workbooks.form.leaflet import Leaflet, full_name, long_date
from clsmon.workbooks.form.page import Page
from clsmon.workbooks.form.styles import row_height

LARGEURS = (2, 34, 24, 20, 20, 40, 40)
"""Une marge, puis la grille commune aux textes et à l'exemple, en caractères."""

AVIS = (
    ("accord", "Le bilan de la fiche vous convient. Un texte est facultatif."),
    ("remarque", "Vous ajoutez ou nuancez quelque chose : écrivez-le à côté."),
    ("désaccord", "Vous ne partagez pas ce qui est dit : écrivez pourquoi à côté."),
    ("Une case vide", "Vous n’avez pas d’avis sur cette fiche."),
)
CONTESTER = (
    ("Valeur proposée", "Le nombre seul, dans l’unité de la ligne. Laissez vide sinon."),
    ("Motif et source", "Obligatoires tous les deux : sans eux, la contestation est redemandée."),
    (
        "Ce qui compte",
        "La valeur déclarée, tant que le comité n’a pas arbitré. Les deux restent au bilan.",
    ),
    (
        "Personnes",
        "Ni nom, ni coordonnées, ni situation qui fasse reconnaître quelqu’un.",
    ),
)
UN_TAUX = ("Un taux", "Ses deux termes, numérateur et dénominateur ; à défaut, ses points.")

TITRES_EXEMPLE = (
    "Ce qui est mesuré",
    "Valeur déclarée",
    "Déclarée par",
    "Valeur proposée",
    "Motif (obligatoire)",
    "Source (obligatoire)",
)
EXEMPLE = (
    ("Écoles concernées", "12", "APO", "", "", ""),
    (
        "Livres distribués",
        "400",
        "APO",
        "350",
        "Cinquante livres ont été comptés deux fois",
        "Bordereau de livraison de juin, page 2",
    ),
)


def write_notice(page: Page, cahier: Cahier, premiers: tuple[int, int], *, taux: bool) -> None:
    """Écrit la feuille « Lisez-moi » ; `premiers` : le rang de la première case des feuilles."""
    notice = Leaflet(page, LARGEURS)
    notice.write_heading(
        f"Examen contradictoire — bilan {cahier.exercice}", cahier.contrat, fictif=cahier.fictif
    )
    _write_facts(notice, cahier)
    notice.write_section("Où répondre")
    fiches, chiffres = premiers
    combien = _count(len(cahier.fiches), "fiche")
    notice.write_link(AVIS_FICHES, f"G{fiches + 1}", f"Feuille « {AVIS_FICHES} » : {combien}")
    if cahier.chiffres:
        cible = f"{column_letter(8)}{chiffres + 1}"
        combien = _count(len(cahier.chiffres), "chiffre")
        notice.write_link(CHIFFRES, cible, f"Feuille « {CHIFFRES} » : {combien}")
    notice.write_section(f"Feuille « {AVIS_FICHES} » : donner un avis")
    for etiquette, detail in AVIS:
        notice.write_pair(etiquette, bind_spaces(detail))
    notice.write_section(f"Feuille « {CHIFFRES} » : contester un chiffre")
    for etiquette, detail in (*CONTESTER, UN_TAUX) if taux else CONTESTER:
        notice.write_pair(etiquette, bind_spaces(detail))
    notice.write_swatch("saisie", "350", "À remplir : fond jaune, bord sur les quatre côtés.")
    _write_example(notice)
    page.set_print(cahier, None)
    page.feuille.fit_to_pages(1, 1)


def _count(nombre: int, mot: str) -> str:
    return f"{nombre} {mot}{'s' if nombre > 1 else ''}"


def _write_facts(notice: Leaflet, cahier: Cahier) -> None:
    cls = cahier.contrat.nature is NatureContrat.CLS
    article_7, article_8 = (f" (article {n})" if cls else "" for n in (7, 8))
    quand = f"au plus tard le {long_date(cahier.limite)}" if cahier.limite else "date non fixée"
    notice.write_section("Ce cahier")
    notice.write_pair("Pour", full_name(cahier), "gras")
    notice.write_pair("Bilan examiné", f"exercice {cahier.exercice}, projet soumis aux signataires")
    notice.write_pair(
        "De quoi s’agit-il",
        f"De l’examen contradictoire du bilan{article_7}. Le projet vous est soumis avant sa "
        "publication : vous pouvez dire votre accord, faire une remarque, marquer un désaccord, et "
        "proposer une autre valeur à un chiffre, avec son motif et sa source.",
    )
    notice.write_pair(
        "Votre droit de regard",
        "Chaque signataire relit le document avant qu’il soit publié avec son nom et son "
        f"logo{article_8}.",
    )
    notice.write_pair("À rendre", quand, "gras")
    notice.write_pair(
        "À qui",
        "À l’animateur santé du contrat, qui vous l’a envoyé : enregistrez le fichier au format "
        ".xlsx et joignez-le à votre réponse. Posez-lui aussi vos questions.",
    )
    if cahier.base:
        notice.write_pair(
            "Prérempli",
            "Vos observations déjà reçues y sont. Complétez ou corrigez : ce cahier les "
            "remplacera, et une observation effacée sera retirée.",
        )
    if not cahier.chiffres:
        notice.write_pair("Chiffres", "Aucun chiffre n’est encore déclaré pour cet exercice.")


def _write_example(notice: Leaflet) -> None:
    notice.write_section("Un exemple : le premier chiffre n’est pas contesté, le second l’est")
    saisie = ("colonne", "colonne_saisie")
    _write_row(notice, TITRES_EXEMPLE, [("colonne",)] * 3 + [saisie] * 3)
    case, fixe = ("texte", "saisie", "verrou"), ("texte", "fixe")
    for ligne in EXEMPLE:
        _write_row(notice, ligne, [("texte", "gras", "fixe"), fixe, fixe, case, case, case])


def _write_row(notice: Leaflet, textes: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> None:
    for colonne, texte, aspect in zip(notice.grille, textes, aspects, strict=True):
        notice.page.write(notice.ligne, colonne, bind_spaces(texte), *aspect)
    contenus = zip(textes, notice.largeurs[1:], strict=True)
    notice.page.feuille.set_row(notice.ligne, row_height(contenus, minimum=22))
    notice.ligne += 1
