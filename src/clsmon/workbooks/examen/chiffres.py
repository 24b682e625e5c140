"""La feuille « Chiffres » : une ligne par chiffre du projet de bilan, et de quoi le contester."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby

from clsmon.model.cahier import Cahier, ChiffreExamine
from clsmon.model.constat import Constat
from clsmon.model.indicateur import Mesure, TypeMesure
from clsmon.model.questionnaire import Case
from clsmon.model.releve import Etat, Valeur
from clsmon.model.statut import Statut
from clsmon.workbooks.examen.layout import CHAMP_MOTIF, CHAMP_SOURCE, COLONNES_CHIFFRES
from clsmon.workbooks.examen.prefill import figure_answers
from clsmon.workbooks.form.checks import Listes, check_field, check_term, check_value
from clsmon.workbooks.form.inert import inert_text
from clsmon.workbooks.form.page import Contenu, Page
from clsmon.workbooks.form.prefill import previous_answer, spell_number
from clsmon.workbooks.form.styles import row_height
from clsmon.workbooks.layout import TERMES

RANG = {colonne.cle: rang for rang, colonne in enumerate(COLONNES_CHIFFRES)}
"""Le rang, à partir de 0, de chaque colonne de « Chiffres »."""

TOTAL = "total de {} organismes"
SINON = "Laissez vide si vous ne contestez pas."
_VISIBLES = range(RANG["fiche"], len(COLONNES_CHIFFRES))
_HAUTEUR = 30.0
_SANS_VALEUR = frozenset({Statut.NON_DISPONIBLE, Statut.SANS_OBJET, Statut.A_VERIFIER})


def write_figures(page: Page, cahier: Cahier, listes: Listes) -> int:
    """Écrit la feuille « Chiffres » et rend le rang, à partir de 0, de sa première case."""
    ligne = page.open_table(
        COLONNES_CHIFFRES,
        cahier,
        _VISIBLES,
        fige=RANG["mesure"] + 1,
        inutiles=_useless(cahier),
    )
    places: dict[int, ChiffreExamine] = {}
    for nom, chiffres in groupby(cahier.chiffres, lambda c: c.situee.fiche.nom):
        page.write_across(ligne, _VISIBLES, nom, "fiche", hauteur=26)
        ligne += 1
        for chiffre in chiffres:
            _write_figure(page, ligne, cahier, chiffre)
            places[ligne] = chiffre
            ligne += 1
    _check_inputs(page, places, listes)
    premiere = min(places, default=ligne)
    page.feuille.set_selection(premiere, RANG["valeur_proposee"], premiere, RANG["valeur_proposee"])
    return premiere


def _useless(cahier: Cahier) -> frozenset[str]:
    """Les colonnes que rien ne remplira : cachées, pour que les autres se lisent mieux."""
    taux = any(c.situee.mesure.type is TypeMesure.TAUX for c in cahier.chiffres)
    utiles = {
        "valeur_precedente": any(c.precedent is not None for c in cahier.chiffres),
        **dict.fromkeys(TERMES, taux),
    }
    return frozenset(cle for cle, utile in utiles.items() if not utile)


def shown_value(constat: Constat | None, mesure: Mesure) -> Contenu:
    """Une valeur du bilan comme une cellule la montre ; estimée ou incomplète, elle le dit."""
    if constat is None:
        return None
    valeur = Valeur(
        valeur=constat.texte if constat.nombre is None else f"{constat.nombre:f}",
        numerateur=constat.numerateur,
        denominateur=constat.denominateur,
        etat=_state(constat),
        cellule="",
    )
    montre = previous_answer(valeur, mesure)
    if not constat.incomplet or montre is None:
        return montre
    ecrit = spell_number(montre) if isinstance(montre, Decimal) else montre
    return f"{ecrit} (total incomplet)"


def _state(constat: Constat) -> Etat | None:
    """L'état d'une valeur du bilan ; sans valeur, celui des réponses, None si rien n'est dit."""
    if constat.nombre is None and not constat.texte:
        return Etat(constat.statut.value) if constat.statut in _SANS_VALEUR else None
    return Etat.ESTIME if constat.statut is Statut.ESTIME else Etat.RENSEIGNE


def _contents(cahier: Cahier, chiffre: ChiffreExamine) -> Mapping[str, Contenu]:
    situee = chiffre.situee
    noms = [cahier.contrat.nom_court(code) for code in chiffre.declare.sources]
    return {
        "cle": situee.cle,
        "fiche": situee.fiche.id,
        "indicateur": situee.indicateur.libelle,
        "mesure": situee.mesure.libelle,
        "unite": situee.mesure.unite_affichee,
        "valeur_precedente": shown_value(chiffre.precedent, situee.mesure),
        "valeur_declaree": shown_value(chiffre.declare, situee.mesure),
        "declarant": TOTAL.format(len(noms)) if len(noms) > 1 else "".join(noms),
        **figure_answers(chiffre.reponse),
    }


def _write_figure(page: Page, ligne: int, cahier: Cahier, chiffre: ChiffreExamine) -> None:
    contenus = _contents(cahier, chiffre)
    taux = chiffre.situee.mesure.type is TypeMesure.TAUX
    for colonne in COLONNES_CHIFFRES:
        ferme = colonne.cle in TERMES and not taux
        contenu = contenus.get(colonne.cle)
        if ferme:
            page.write(ligne, RANG[colonne.cle], None, "texte", "ferme")
        elif colonne.saisie:
            case = Case(chiffre.situee.cle, "", colonne.cle)
            page.write_input(ligne, RANG[colonne.cle], case, contenu, "texte")
        else:
            gras = ("gras",) if colonne.cle in {"mesure", "valeur_declaree"} else ()
            page.write(ligne, RANG[colonne.cle], contenu, "texte", *gras, "fixe")
    textes = (
        (inert_text(contenu), colonne.largeur)
        for colonne in COLONNES_CHIFFRES[1:]
        if isinstance(contenu := contenus.get(colonne.cle), str)
    )
    page.feuille.set_row(ligne, row_height(textes, minimum=_HAUTEUR))


def _check_inputs(page: Page, places: Mapping[int, ChiffreExamine], listes: Listes) -> None:
    for ligne, chiffre in places.items():
        situee = chiffre.situee
        controle = check_value(situee.mesure, situee.cle, listes, SINON)
        page.check([(ligne, RANG["valeur_proposee"])], controle)
    taux = [lig for lig, c in places.items() if c.situee.mesure.type is TypeMesure.TAUX]
    for rang, terme in enumerate(("numerateur", "denominateur")):
        if taux:
            controle = check_term(denominateur=bool(rang), sinon=SINON)
            page.check([(ligne, RANG[terme]) for ligne in taux], controle)
    for champ in (CHAMP_MOTIF, CHAMP_SOURCE) if places else ():
        page.check([(ligne, RANG[champ.cle]) for ligne in places], check_field(champ, listes))
