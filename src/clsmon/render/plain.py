"""Le texte simple de l'écran : replié à 80 colonnes, sans rien qui agisse sur un terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import wrap

from clsmon.model.contrat import Contrat
from clsmon.model.indicateur import Mesure
from clsmon.model.libelles import NATURES_CELLULE, STATUTS, spell_date
from clsmon.model.releve import Etat, Releve, Valeur
from clsmon.model.statut import Statut
from clsmon.model.suivi import Delai
from clsmon.model.texte import clean_text
from clsmon.render.spelling import INSECABLE, spell_answer

LARGEUR = 80
LONGUEUR_EMPREINTE = 12
VIDE = "(vide)"
_ESPACES = re.compile(" {2,}")
FICTIF = "DONNÉES FICTIVES"


def one_line(texte: str) -> str:
    """Un texte propre sur une seule ligne ; ses sauts de ligne deviennent « / »."""
    lignes = (_ESPACES.sub(" ", ligne).strip(" ") for ligne in clean_text(texte).split("\n"))
    return " / ".join(ligne for ligne in lignes if ligne)


def fold(texte: str, retrait: int = 0, suite: int | None = None) -> str:
    """Un texte replié, chaque ligne finie par un saut ; `suite` : le retrait des lignes d'après."""
    return _wrap(one_line(texte), retrait, retrait if suite is None else suite)


def entry(titre: str, contenu: str, retrait: int = 0, largeur: int = 13) -> str:
    """« titre      contenu », le contenu replié sous lui-même ; rien si le contenu est vide."""
    ligne = one_line(contenu)
    return _wrap(f"{titre:<{largeur}}{ligne}", retrait, retrait + largeur) if ligne else ""


def _wrap(ligne: str, retrait: int, suite: int) -> str:
    """Une clé, une cellule ou un nom de fichier ne se coupe pas à ses tirets."""
    lignes = wrap(
        ligne,
        LARGEUR,
        initial_indent=" " * retrait,
        subsequent_indent=" " * suite,
        break_on_hyphens=False,
    )
    return "".join(f"{repliee}\n" for repliee in lignes)


def quote(texte: str) -> str:
    """Un texte reçu, entre guillemets français."""
    return f"«{INSECABLE}{one_line(texte)}{INSECABLE}»"


def shorten(texte: str, longueur: int) -> str:
    """Un texte d'une ligne, coupé par « … » s'il dépasse."""
    ligne = one_line(texte)
    return ligne if len(ligne) <= longueur else f"{ligne[: longueur - 1]}…"


def spell_reading(valeur: Valeur | None, mesure: Mesure | None, longueur: int = 0) -> str:
    """Une réponse en clair, coupée à `longueur` s'il est donné ; « (vide) » s'il n'y en a pas."""
    if valeur is None or valeur.etat is None:
        return VIDE
    if valeur.etat is Etat.A_VERIFIER:
        brut = shorten(valeur.saisi, longueur) if longueur else one_line(valeur.saisi)
        doute = quote(brut) if brut else NATURES_CELLULE.get(valeur.nature_cellule, "")
        return " : ".join(filter(None, (STATUTS[Statut.A_VERIFIER], doute)))
    ecrit = spell_answer(valeur, mesure) if mesure else valeur.valeur or valeur.saisi
    ecrit = ecrit or STATUTS[Statut.of(valeur.etat)]
    return shorten(ecrit, longueur) if longueur else one_line(ecrit)


def spell_deadline(delai: Delai) -> str:
    """Où en est la campagne : « Il reste 12 jours… », « Limite dépassée depuis 3 jours… »."""
    if delai.limite is None or delai.restants is None:
        return "Date limite non fixée : elle s'écrit dans data/contrat.yaml, rubrique « campagne »."
    limite, jours = spell_date(delai.limite), delai.restants
    if delai.ouverture is not None and not delai.ouverte:
        avant = _days((delai.ouverture - delai.jour).days)
        ouverture = spell_date(delai.ouverture)
        return (
            f"La campagne ouvre le {ouverture}, dans {avant} ; réponses au plus tard le {limite}."
        )
    if jours > 0:
        return f"Il reste {_days(jours)} : réponses au plus tard le {limite}."
    if jours == 0:
        return f"C'est le dernier jour : réponses au plus tard aujourd'hui, {limite}."
    return f"Limite dépassée depuis {_days(-jours)} : c'était le {limite}."


def _days(nombre: int) -> str:
    return f"{nombre} jour{'s' * (nombre > 1)}"


def place_of(releve: Releve, cellule: str) -> str:
    """« apo.xlsx, Saisie!H12 » : le classeur reçu et la cellule, si elle est connue."""
    return ", ".join(filter(None, (one_line(releve.recu.fichier), one_line(cellule))))


def spell_examined(rendus: Sequence[str], contrat: Contrat) -> str:
    """« Examen contradictoire : 2 cahiers rendus sur 13 (ARS, CPAM). »."""
    pluriel = "s" * (len(rendus) > 1)
    noms = ", ".join(contrat.nom_court(code) for code in rendus)
    rendu = f"{len(rendus)} cahier{pluriel} rendu{pluriel} sur {len(contrat.signataires)}"
    return f"Examen contradictoire : {rendu}{f' ({noms})' if noms else ''}."
