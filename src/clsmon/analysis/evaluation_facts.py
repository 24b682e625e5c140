"""Ce que l'évaluateur doit savoir avant de lire les chiffres, en phrases."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.analysis.wording import count, enumerate_words, short_date, typeset
from clsmon.model.evaluation import EtatExercice, Evaluation, FicheEvaluee, SortFiche
from clsmon.model.fiche import StatutFiche
from clsmon.model.seance import EtatDecision


def compute_facts(evaluation: Evaluation) -> tuple[str, ...]:
    """Les faits, du plus général au plus particulier ; ceux qui n'existent pas ne sont pas dits."""
    return tuple(
        typeset(fait)
        for fait in (
            *_period(evaluation),
            *_years(evaluation),
            *_fiches(evaluation),
            *_decisions(evaluation),
            *_unanswered(evaluation),
            *_fragile_series(evaluation),
            *_disputed(evaluation),
        )
    )


def _period(evaluation: Evaluation) -> Iterator[str]:
    fin = evaluation.fin
    certitude = " (provisoire : la date de signature n'est pas connue)" if fin.provisoire else ""
    fenetre = (
        f" ; l'évaluation se mène à partir du {short_date(fin.fenetre)}" if fin.fenetre else ""
    )
    yield f"Le contrat prend fin le {short_date(fin.fin)}{certitude}{fenetre}."


def _years(evaluation: Evaluation) -> Iterator[str]:
    def of(etat: EtatExercice) -> list[str]:
        return [str(annee.exercice) for annee in evaluation.annees if annee.etat is etat]

    rendus, muets, a_venir = map(of, EtatExercice)
    total = len(evaluation.annees)
    phrase = f"Réponses reçues pour {count(len(rendus), 'exercice')} sur {total}"
    phrase += f" : {enumerate_words(rendus)}" if rendus else ""
    phrase += f" ; sans retour : {enumerate_words(muets)}" if muets else ""
    yield phrase + (f" ; à venir : {enumerate_words(a_venir)}." if a_venir else ".")


def _fiches(evaluation: Evaluation) -> Iterator[str]:
    suivies = [f for f in evaluation.fiches if f.fiche.statut is not StatutFiche.A_PROGRAMMER]
    yield f"{count(len(suivies), 'fiche suivie', 'fiches suivies')}."
    for sort, singulier, pluriel in (
        (SortFiche.AJOUTEE, "fiche ajoutée", "fiches ajoutées"),
        (SortFiche.RETIREE, "fiche retirée", "fiches retirées"),
        (SortFiche.NON_DEMARREE, "fiche non démarrée à ce jour", "fiches non démarrées à ce jour"),
        (
            SortFiche.SANS_AVANCEMENT,
            "fiche dont l'avancement n'est jamais déclaré",
            "fiches dont l'avancement n'est jamais déclaré",
        ),
        (
            SortFiche.A_PROGRAMMER,
            "fiche non programmée à ce jour",
            "fiches non programmées à ce jour",
        ),
    ):
        noms = [_name(fiche) for fiche in evaluation.fiches if sort in fiche.sorts]
        if noms:
            yield f"{count(len(noms), singulier, pluriel)} : {enumerate_words(noms)}."


def _name(fiche: FicheEvaluee) -> str:
    return fiche.fiche.id if fiche.fiche.numerotee else f"« {fiche.fiche.titre} »"


def _decisions(evaluation: Evaluation) -> Iterator[str]:
    decisions = evaluation.decisions
    if decisions:
        etats = [suivie.etat for suivie in decisions]
        retards = sum(suivie.en_retard for suivie in decisions)
        devenues = [
            count(etats.count(etat), mot) + suite
            for etat, mot, suite in (
                (EtatDecision.REALISEE, "réalisée", ""),
                (EtatDecision.ABANDONNEE, "abandonnée", ""),
                (EtatDecision.OUVERTE, "ouverte", _late_part(retards, etats)),
            )
            if etat in etats
        ]
        prises = count(len(decisions), "décision prise", "décisions prises")
        yield f"{prises} : {' ; '.join(devenues)}."
    avenants = evaluation.avenants
    if avenants:
        signes = sum(avenant.signe_le is not None for avenant in avenants)
        yield f"{count(len(avenants), 'avenant')}, {_part(signes, 'signé')}."


def _late_part(retards: int, etats: list[EtatDecision]) -> str:
    """« , dont 1 en retard », « , toutes en retard », rien s'il n'y en a pas."""
    ouvertes = etats.count(EtatDecision.OUVERTE)
    if 0 < retards == ouvertes:
        return ", toutes en retard" if retards > 1 else ", en retard"
    return f", dont {retards} en retard" if retards else ""


def _unanswered(evaluation: Evaluation) -> Iterator[str]:
    sans = evaluation.sans_reponse
    if sans:
        codes = dict.fromkeys(manque.organisme for manque in sans)
        noms = enumerate_words([evaluation.contrat.nom_court(code) for code in codes])
        quoi = count(len(sans), "réponse demandée", "réponses demandées")
        yield f"{quoi} chaque année et jamais obtenue{'s' * (len(sans) > 1)}, de {noms}."


def _fragile_series(evaluation: Evaluation) -> Iterator[str]:
    """Ce qui interdit de comparer une année à l'autre."""
    ruptures = sum(serie.succede_a is not None for serie in evaluation.series)
    if ruptures:
        quoi = count(ruptures, "rupture de série", "ruptures de série")
        yield f"{quoi} : la mesure a été remplacée par une autre."
    changes = [s.situee.nom for s in evaluation.series if s.repondant_change]
    if changes:
        quoi = count(len(changes), "série change", "séries changent")
        yield f"{quoi} de répondant : {enumerate_words(changes)}."


def _disputed(evaluation: Evaluation) -> Iterator[str]:
    discutes = evaluation.discutes
    if discutes:
        arbitres = sum(bool(discute.ligne.constat.arbitrage) for discute in discutes)
        quoi = count(len(discutes), "chiffre discuté", "chiffres discutés")
        yield f"{quoi}, {_part(arbitres, 'arbitré')}."


def _part(nombre: int, mot: str) -> str:
    return f"dont {count(nombre, mot)}" if nombre else f"dont aucun {mot}"
