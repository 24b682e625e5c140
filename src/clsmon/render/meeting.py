"""L'ordre du jour et le compte rendu d'une séance, en un document que chaque format montre."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.bilan import DecisionSuivie, LigneMesure
from clsmon.model.contrat import NatureContrat
from clsmon.model.libelles import ETATS_DECISION, EVOLUTIONS, NATURES_DECISION, spell_date
from clsmon.model.reunion import Reunion
from clsmon.model.seance import Decision, EtatSeance
from clsmon.render.cells import Cellule, Colonne, Tableau
from clsmon.render.decision_effects import effect_of, name_decision, name_object
from clsmon.render.document import Document, Section
from clsmon.render.spelling import ABSENT, INSECABLE, spell_answer, spell_rate

ARTICLE_6 = (
    "Ajouter ou retirer une fiche est une décision du COPIL, inscrite à un ordre du jour envoyé "
    "avant la séance et portée au compte rendu (article 6). Un nouvel axe, une nouvelle "
    "orientation, un nouveau partenaire ou une durée plus longue demandent un avenant."
)
LOGOS = (
    "Leurs noms et leurs logos, en couleur, figurent sur toute publication, et ils la relisent "
    "avant (article 8). Les logos sont à joindre à ce document."
)
RETARD = "Une décision est en retard si son échéance est passée au jour de la séance."


def draw_agenda(reunion: Reunion) -> Document:
    """L'ordre du jour, et tout ce qu'il faut pour le traiter. Source : articles 6 et 7."""
    sections = (
        _points(reunion),
        _changes(reunion),
        _arbitrations(reunion),
        _attention(reunion),
        _open_decisions(reunion),
        *_draft_decisions(reunion),
        _convened(reunion),
        _signatories(reunion),
    )
    return _document(reunion, "ordre-du-jour", "Ordre du jour", sections)


def draw_minutes(reunion: Reunion) -> Document:
    """Le compte rendu : qui était là, ce qui est décidé et ce que cela change. Source : art. 6."""
    sections = (
        _attendance(reunion),
        _points(reunion),
        *_decisions(reunion),
        *_programme(reunion),
        _open_decisions(reunion),
        _signatories(reunion),
    )
    return _document(reunion, "compte-rendu", "Compte rendu", sections)


def _document(
    reunion: Reunion, suffixe: str, genre: str, sections: tuple[Section, ...]
) -> Document:
    seance, fictif = reunion.seance, reunion.bilan.fictif
    envoi = seance.ordre_du_jour.envoye_le
    territoire = reunion.dossier.contrat.territoire.nom
    return Document(
        nom=f"{seance.nom}-{suffixe}",
        titre=f"{genre}{INSECABLE}: {reunion.instance} du {spell_date(seance.date)}",
        contrat=reunion.dossier.contrat.titre,
        faits=(
            ("Instance", reunion.instance),
            ("Date", spell_date(seance.date)),
            ("Territoire", territoire),
            ("Exercice examiné", str(reunion.exercice)),
            ("Ordre du jour", f"envoyé le {spell_date(envoi)}" if envoi else "envoi non daté"),
        ),
        sections=sections,
        fictif=fictif,
    )


def _points(reunion: Reunion) -> Section:
    notes = []
    if reunion.points_proposes:
        notes.append(
            f"Proposé d’après le bilan {reunion.exercice}{INSECABLE}: à relire avant l’envoi."
        )
    if not reunion.points:
        notes.append("Aucun point n’est inscrit.")
    return Section("Ordre du jour", paragraphes=tuple(notes), liste=reunion.points, numerotee=True)


def _changes(reunion: Reunion) -> Section:
    lignes = (*_proposals(reunion), *_to_plan(reunion))
    cls = reunion.dossier.contrat.nature is NatureContrat.CLS
    notes = (ARTICLE_6,) if cls else ()
    if not lignes:
        notes = (*notes, "Personne ne propose d’ajouter, de modifier ni de retirer une fiche.")
    colonnes = (
        Colonne("Fiche", 34),
        Colonne("Proposition", 16),
        Colonne("Proposé par", 24),
        Colonne("Motif", 40),
    )
    tableau = Tableau("Fiches à ajouter, modifier ou retirer", colonnes, lignes)
    return Section(
        "Fiches à ajouter, modifier ou retirer",
        paragraphes=notes,
        tableau=tableau if lignes else None,
    )


def _proposals(reunion: Reunion) -> Iterator[tuple[Cellule, ...]]:
    for evolution in reunion.evolutions:
        for recit in evolution.recits:
            declaration = recit.declaration
            yield (
                evolution.fiche.nom,
                EVOLUTIONS[declaration.evolution_proposee]
                if declaration.evolution_proposee
                else "",
                reunion.dossier.contrat.nom_court(recit.organisme),
                declaration.motif_evolution,
            )


def _to_plan(reunion: Reunion) -> Iterator[tuple[Cellule, ...]]:
    for fiche in reunion.a_programmer:
        yield (
            fiche.nom,
            "à programmer ou non",
            None,
            "annoncée par le contrat, sans être programmée",
        )


def _arbitrations(reunion: Reunion) -> Section:
    titre = "Arbitrages à rendre"
    if not reunion.arbitrages:
        return Section(titre, paragraphes=("Aucune mesure n’a deux réponses différentes.",))
    note = (
        "Ces mesures ont plusieurs réponses. La première donnée compte jusqu’à l’arbitrage ; "
        "toutes restent montrées."
    )
    colonnes = (Colonne("Mesure", 40), Colonne("Réponses", 60))
    lignes = tuple((ligne.situee.nom, _answers(reunion, ligne)) for ligne in reunion.arbitrages)
    return Section(titre, paragraphes=(note,), tableau=Tableau(titre, colonnes, lignes))


def _answers(reunion: Reunion, ligne: LigneMesure) -> str:
    noms, mesure = reunion.dossier.contrat, ligne.situee.mesure
    return " ; ".join(
        f"{noms.nom_court(d.organisme)}{INSECABLE}: {spell_answer(d.valeur, mesure)}"
        for d in ligne.constat.declarations
        if d.valeur.etat is not None and d.valeur.etat.repond
    )


def _attention(reunion: Reunion) -> Section:
    points = tuple(point.texte for point in reunion.bilan.attention)
    notes = () if points else ("Rien n’appelle l’attention, selon les règles du bilan.",)
    return Section("Points d’attention", paragraphes=notes, liste=points)


def _open_decisions(reunion: Reunion) -> Section:
    titre = "Décisions antérieures encore ouvertes"
    if not reunion.ouvertes:
        return Section(titre, paragraphes=("Aucune.",))
    colonnes = (
        Colonne("Décision", 24),
        Colonne("Ce qui est décidé", 48),
        Colonne("Responsable", 18),
        Colonne("Échéance", 16),
        Colonne("État", 14),
    )
    lignes = tuple(_open_row(reunion, suivie) for suivie in reunion.ouvertes)
    return Section(titre, paragraphes=(RETARD,), tableau=Tableau(titre, colonnes, lignes))


def _open_row(reunion: Reunion, suivie: DecisionSuivie) -> tuple[Cellule, ...]:
    decision = suivie.decision
    return (
        suivie.nom,
        decision.texte or _what(reunion, decision),
        _responsible(reunion, decision),
        decision.echeance,
        "en retard" if suivie.en_retard else ETATS_DECISION[decision.etat],
    )


def _what(reunion: Reunion, decision: Decision) -> str:
    objet = name_object(reunion, decision.objet)
    nature = NATURES_DECISION[decision.nature]
    return f"{nature[:1].upper()}{nature[1:]}{f', {objet}' if objet else ''}"


def _responsible(reunion: Reunion, decision: Decision) -> str | None:
    contrat = reunion.dossier.contrat
    return contrat.nom_court(decision.responsable) if decision.responsable else None


def _draft_decisions(reunion: Reunion) -> Iterator[Section]:
    if reunion.seance.etat is EtatSeance.PREVUE and reunion.seance.decisions:
        yield Section(
            "Projets de décisions",
            liste=tuple(
                f"{name_decision(reunion, d)}{f'. {d.texte}' if d.texte else ''}"
                for d in reunion.seance.decisions
            ),
        )


def _convened(reunion: Reunion) -> Section:
    noms = tuple(_full_name(reunion, code) for code in reunion.seance.convoques)
    dit = "Personne n’est encore dit convoqué." if not noms else f"{' ; '.join(noms)}."
    return Section("Organismes convoqués", paragraphes=(dit,))


def _full_name(reunion: Reunion, code: str) -> str:
    organisme = reunion.dossier.contrat.organismes.get(code)
    return organisme.nom if organisme else code


def _signatories(reunion: Reunion) -> Section:
    signataires = tuple(o.nom for o in reunion.dossier.contrat.signataires.values())
    if not signataires:
        return Section("Signataires du contrat", paragraphes=("Le contrat n’en nomme pas.",))
    return Section("Signataires du contrat", paragraphes=(LOGOS,), liste=signataires)


def _attendance(reunion: Reunion) -> Section:
    presences = reunion.presences
    if not presences:
        return Section("Présence", paragraphes=("Aucune présence n’est notée.",))
    groupes = (
        ("Présents", [p for p in presences if p.present]),
        ("Excusés", [p for p in presences if p.excuse]),
        ("Ni présents ni excusés", [p for p in presences if not p.present and not p.excuse]),
        ("Venus sans être convoqués", [p for p in presences if p.present and not p.convoque]),
    )
    faits = tuple(
        (f"{titre} ({len(siens)})", " ; ".join(_full_name(reunion, p.organisme) for p in siens))
        for titre, siens in groupes
        # Without a list of those convened, nobody came without being convened.
        if siens and (reunion.seance.convoques or titre != groupes[-1][0])
    )
    return Section("Présence", paragraphes=(_rate(reunion),), faits=faits)


def _rate(reunion: Reunion) -> str:
    presents = len(reunion.seance.presents)
    if reunion.taux is None:
        return (
            f"{_count(presents, 'organisme présent', 'organismes présents')}. Les convoqués ne "
            "sont pas notés : aucun taux de participation n’est calculé."
        )
    convoques = _count(len(reunion.seance.convoques), "convoqué", "convoqués")
    dits = _count(reunion.presents_convoques, "organisme présent", "organismes présents")
    return f"{dits} sur {convoques}, soit {spell_rate(reunion.taux)}."


def _count(nombre: int, singulier: str, pluriel: str) -> str:
    return f"{nombre} {singulier if nombre < 2 else pluriel}"


def _decisions(reunion: Reunion) -> Iterator[Section]:
    decisions = reunion.seance.decisions
    dit = _count(len(decisions), "décision a été prise", "décisions ont été prises")
    yield Section("Décisions", paragraphes=(f"{dit}." if decisions else "Aucune décision.",))
    for decision in decisions:
        echeance, effet = decision.echeance, effect_of(reunion, decision)
        yield Section(
            name_decision(reunion, decision),
            niveau=3,
            paragraphes=(decision.texte,) if decision.texte else (),
            faits=(
                *((("Ce que cela change", effet),) if effet else ()),
                ("Responsable", _responsible(reunion, decision) or ABSENT),
                ("Échéance", spell_date(echeance) if echeance else ABSENT),
                ("État", ETATS_DECISION[decision.etat]),
            ),
        )


def _programme(reunion: Reunion) -> Iterator[Section]:
    colonnes = (
        Colonne("Fiche", 30),
        Colonne("Action attendue", 46),
        Colonne("Organisme", 22),
        Colonne("Échéance", 14),
        Colonne("Décision", 13),
    )
    noms = reunion.dossier.contrat
    for annee in dict.fromkeys(a.exercice for a in reunion.programme):
        titre = f"Programme {annee}"
        lignes = tuple(
            (
                name_object(reunion, fixee.fiche),
                fixee.action.libelle,
                noms.nom_court(fixee.action.organisme) if fixee.action.organisme else None,
                fixee.action.echeance or None,
                fixee.action.decision.rpartition("/")[2],
            )
            for fixee in reunion.programme
            if fixee.exercice == annee
        )
        note = "Les actions que cette séance attend de chaque fiche (article 3)."
        yield Section(titre, paragraphes=(note,), tableau=Tableau(titre, colonnes, lignes))
