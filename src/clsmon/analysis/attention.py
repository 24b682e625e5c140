"""
Ce qui appelle l'attention, par des règles énoncées.

Chaque règle donne au plus un point ; les règles vont de la plus grave à la moins grave et seuls les
cinq premiers points sont retenus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clsmon.analysis.completeness import read_state
from clsmon.analysis.final_evaluation import compute_final_dates, tender_is_late
from clsmon.analysis.wording import count, enumerate_words, short_date, typeset
from clsmon.model.bilan import Attention, Bilan, BilanFiche, LigneMesure
from clsmon.model.gouvernance import Minimum
from clsmon.model.libelles import AVANCEMENTS
from clsmon.model.mois import add_months
from clsmon.model.releve import Avancement, Confiance, Etat

MAXIMUM = 5
"""Au-delà, une page ne se lit plus en une minute."""
SEUIL_COMPLETUDE = 50
"""En %."""
FACTEUR = 3
"""Une valeur plus de trois fois plus grande ou plus petite que la précédente se vérifie."""

Regle = Callable[[Bilan], str]

_ARRETS = (Avancement.REPORTEE, Avancement.SUSPENDUE, Avancement.ABANDONNEE)


def fiches_en_difficulte(bilan: Bilan) -> str:
    """Fiches reportées, suspendues ou abandonnées, ou dont l'aboutissement est dit compromis."""
    fiches = [
        f"{fiche.fiche.id} ({enumerate_words(mots)})"
        for fiche in bilan.fiches
        if (mots := _trouble(fiche))
    ]
    return (
        f"{count(len(fiches), 'fiche')} en difficulté : {enumerate_words(fiches)}" if fiches else ""
    )


def _trouble(fiche: BilanFiche) -> list[str]:
    mots = [AVANCEMENTS[fiche.avancement]] if fiche.avancement in _ARRETS else []
    if any(recit.declaration.confiance is Confiance.COMPROMIS for recit in fiche.recits):
        mots.append("aboutissement compromis")
    return mots


def organismes_sans_retour(bilan: Bilan) -> str:
    """Organismes interrogés qui n'ont rendu aucun formulaire pour l'exercice."""
    muets = [bilan.contrat.nom_court(o.code) for o in bilan.organismes if not o.releves]
    if not muets:
        return ""
    verbe = "n’a rien rendu" if len(muets) == 1 else "n’ont rien rendu"
    return f"{count(len(muets), 'organisme')} {verbe} : {enumerate_words(muets)}"


def reponses_a_verifier(bilan: Bilan) -> str:
    """Réponses non acceptées, ou données deux fois différemment : elles n'ont pas de valeur."""
    douteuses = [
        f"{quoi} ({bilan.contrat.nom_court(code)})"
        for quoi, code in (*_doubtful_measures(bilan), *_doubtful_rubrics(bilan))
    ]
    if not douteuses:
        return ""
    return f"{count(len(douteuses), 'réponse')} à vérifier : {enumerate_words(douteuses)}"


def _doubtful_measures(bilan: Bilan) -> Iterator[tuple[str, str]]:
    """Chaque réponse attendue et douteuse, comme la complétude les compte."""
    for ligne in bilan.lignes:
        situee = ligne.situee
        for declaration in ligne.constat.declarations:
            if (
                declaration.organisme in situee.repondants
                and read_state(situee.mesure, declaration.valeur) is Etat.A_VERIFIER
            ):
                yield situee.nom, declaration.organisme


def _doubtful_rubrics(bilan: Bilan) -> Iterator[tuple[str, str]]:
    for fiche in bilan.fiches:
        for recit in fiche.recits:
            for champ in recit.declaration.a_verifier:
                yield f"{fiche.fiche.id} {fiche.name_rubric(champ)}", recit.organisme


def decisions_en_retard(bilan: Bilan) -> str:
    """Décisions ouvertes dont l'échéance est passée."""
    tardives = [suivie.nom for suivie in bilan.decisions if suivie.en_retard]
    if not tardives:
        return ""
    return f"{count(len(tardives), 'décision')} en retard : {enumerate_words(tardives)}"


def marche_de_l_evaluation(bilan: Bilan) -> str:
    """Marché de l'évaluation finale à lancer d'ici un an, ou dont la date vient de passer."""
    dates = compute_final_dates(bilan.contrat)
    if dates.marche is None:
        return ""
    proche = bilan.date <= dates.marche <= add_months(bilan.date, 12)
    if not proche and not tender_is_late(dates, bilan.date):
        return ""
    provisoire = " (date provisoire)" if dates.provisoire else ""
    quand = f"à lancer avant le {short_date(dates.marche)}{provisoire}"
    passee = "" if proche else ", si ce n'est fait"
    return f"Marché de l'évaluation finale {quand}{passee}"


def poste_hors_regle(bilan: Bilan) -> str:
    """
    Aide de l'ARS au poste d'animateur santé au-delà du plafond, ou temps sous le minimum.

    Article 5 et fiche 5.1 : un taux maximum de la dépense éligible, un plafond annuel, un temps
    minimum.
    """
    poste = bilan.finances.poste
    if poste is None:
        return ""
    ecarts = [
        f"aide de l'ARS {mot} au-delà du plafond"
        for mot, depasse in (("notifiée", poste.notifiee_au_dela), ("versée", poste.versee_au_dela))
        if depasse
    ]
    if poste.temps_insuffisant:
        ecarts.append("temps déclaré sous le minimum du contrat")
    return f"Poste d'animateur santé : {enumerate_words(ecarts)}" if ecarts else ""


def instances_sous_le_minimum(bilan: Bilan) -> str:
    """Instances qui se sont moins réunies dans l'année que le contrat ne le demande (article 3)."""
    sous = [
        f"{instance.nom} ({len(instance.tenues)} sur {instance.minimum})"
        for instance in bilan.gouvernance.instances
        if instance.verdict is Minimum.NON_ATTEINT
    ]
    if not sous:
        return ""
    return f"{count(len(sous), 'instance')} sous le minimum annuel : {enumerate_words(sous)}"


def axes_peu_renseignes(bilan: Bilan) -> str:
    """Axes dont moins de la moitié des réponses attendues (hors sans objet) sont données."""
    axes = [
        f"axe {axe.axe.id}" if axe.axe else "fiches sans axe"
        for axe in bilan.axes
        if axe.completude.taux is not None and axe.completude.taux < SEUIL_COMPLETUDE
    ]
    if not axes:
        return ""
    nom = count(len(axes), "axe")
    return f"{nom} avec moins de {SEUIL_COMPLETUDE} % de réponses : {enumerate_words(axes)}"


def evolutions_fortes(bilan: Bilan) -> str:
    """Valeurs au-delà du triple, ou en deçà du tiers, de celles de la période précédente."""
    mesures = [ligne.situee.nom for ligne in bilan.lignes if _leaps(ligne)]
    if not mesures:
        return ""
    noms = enumerate_words(mesures)
    return f"{count(len(mesures), 'mesure')} en forte évolution, à confirmer : {noms}"


def _leaps(ligne: LigneMesure) -> bool:
    ecart, nombre = ligne.depuis_precedent, ligne.constat.nombre
    if ecart is None or ecart.pourcentage is None or nombre is None:
        return False
    avant = abs(nombre - ecart.difference)
    return abs(nombre) > avant * FACTEUR or abs(nombre) * FACTEUR < avant


def sommes_incompletes(bilan: Bilan) -> str:
    """Sommes sur plusieurs organismes auxquelles il manque au moins une réponse."""
    sommes = [ligne for ligne in bilan.lignes if ligne.constat.incomplet]
    if not sommes:
        return ""
    codes = dict.fromkeys(code for ligne in sommes for code in ligne.constat.incomplet)
    manquants = enumerate_words([bilan.contrat.nom_court(code) for code in codes])
    return f"{count(len(sommes), 'total incomplet', 'totaux incomplets')} : il manque {manquants}"


REGLES_ATTENTION: tuple[Regle, ...] = (
    fiches_en_difficulte,
    organismes_sans_retour,
    reponses_a_verifier,
    decisions_en_retard,
    marche_de_l_evaluation,
    poste_hors_regle,
    instances_sous_le_minimum,
    axes_peu_renseignes,
    evolutions_fortes,
    sommes_incompletes,
)
"""De la plus grave à la moins grave ; la docstring de chacune est la règle montrée au lecteur."""


def compute_attention(bilan: Bilan) -> tuple[Attention, ...]:
    """Les points d'attention d'un bilan, cinq au plus, dans l'ordre des règles."""
    points = (
        Attention(typeset(texte), typeset(regle.__doc__ or ""))
        for regle in REGLES_ATTENTION
        if (texte := regle(bilan))
    )
    return tuple(points)[:MAXIMUM]
