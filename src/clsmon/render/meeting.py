"""L'ordre du jour d'une séance, et ce que son compte rendu en reprend."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.bilan import DecisionSuivie, LigneMesure
from clsmon.model.contrat import NatureContrat
from clsmon.model.libelles import ETATS_DECISION, EVOLUTIONS, NATURES_DECISION, spell_date
from clsmon.model.reunion import Reunion
from clsmon.model.seance import Decision, EtatSeance
from clsmon.render.cells import Cellule, Colonne, Tableau
from clsmon.render.decision_effects import name_decision, name_object
from clsmon.render.examen import name_contested
from clsmon.render.piece import Piece, Section
from clsmon.render.spelling import INSECABLE, spell_answer

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


def draw_agenda(reunion: Reunion) -> Piece:
    """L'ordre du jour, et tout ce qu'il faut pour le traiter. Source : articles 6 et 7."""
    sections = (
        points_of(reunion),
        _changes(reunion),
        _arbitrations(reunion),
        _attention(reunion),
        open_decisions_of(reunion),
        *_draft_decisions(reunion),
        _convened(reunion),
        signatories_of(reunion),
    )
    return build_document(reunion, "ordre-du-jour", "Ordre du jour", sections)


def build_document(
    reunion: Reunion, suffixe: str, genre: str, sections: tuple[Section, ...]
) -> Piece:
    """Un document de la séance ; `suffixe` finit son nom de fichier, `genre` commence son titre."""
    seance, fictif = reunion.seance, reunion.bilan.fictif
    envoi = seance.ordre_du_jour.envoye_le
    territoire = reunion.dossier.contrat.territoire.nom
    return Piece(
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
        accent=reunion.dossier.contrat.couleurs.principale,
    )


def points_of(reunion: Reunion) -> Section:
    """L'ordre du jour, numéroté ; celui que l'on propose le dit."""
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
        for proposition in evolution.propositions:
            yield (
                evolution.fiche.nom,
                EVOLUTIONS[evolution.nature],
                reunion.dossier.contrat.nom_court(proposition.organisme),
                proposition.motif,
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
        return Section(
            titre, paragraphes=("Aucune mesure n’a deux réponses différentes ni n’est contestée.",)
        )
    note = (
        "Ces mesures ont plusieurs réponses, ou un signataire en conteste la valeur. La première "
        "réponse donnée compte jusqu’à l’arbitrage ; toutes restent montrées."
    )
    colonnes = (Colonne("Mesure", 40), Colonne("Réponses", 60))
    lignes = tuple((ligne.situee.nom, _answers(reunion, ligne)) for ligne in reunion.arbitrages)
    return Section(titre, paragraphes=(note,), tableau=Tableau(titre, colonnes, lignes))


def _answers(reunion: Reunion, ligne: LigneMesure) -> str:
    contrat, mesure = reunion.dossier.contrat, ligne.situee.mesure
    reponses = (
        f"{contrat.nom_court(d.organisme)}{INSECABLE}: {spell_answer(d.valeur, mesure)}"
        for d in ligne.constat.declarations
        if d.valeur.etat is not None and d.valeur.etat.repond
    )
    return " ; ".join((*reponses, *name_contested(ligne.constat, ligne.situee, contrat)))


def _attention(reunion: Reunion) -> Section:
    points = tuple(point.texte for point in reunion.bilan.attention)
    notes = () if points else ("Rien n’appelle l’attention, selon les règles du bilan.",)
    return Section("Points d’attention", paragraphes=notes, liste=points)


def open_decisions_of(reunion: Reunion) -> Section:
    """Ce qui reste à faire des séances précédentes."""
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
        responsible_for(reunion, decision),
        decision.echeance,
        "en retard" if suivie.en_retard else ETATS_DECISION[suivie.etat],
    )


def _what(reunion: Reunion, decision: Decision) -> str:
    objet = name_object(reunion, decision.objet)
    nature = NATURES_DECISION[decision.nature]
    return f"{nature[:1].upper()}{nature[1:]}{f', {objet}' if objet else ''}"


def responsible_for(reunion: Reunion, decision: Decision) -> str | None:
    """Le nom court du responsable d'une décision ; None s'il n'y en a pas."""
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
    noms = tuple(full_name(reunion, code) for code in reunion.seance.convoques)
    dit = "Personne n’est encore dit convoqué." if not noms else f"{' ; '.join(noms)}."
    return Section("Organismes convoqués", paragraphes=(dit,))


def full_name(reunion: Reunion, code: str) -> str:
    """Le nom entier d'un organisme, ou son code s'il n'est pas au registre."""
    organisme = reunion.dossier.contrat.organismes.get(code)
    return organisme.nom if organisme else code


def signatories_of(reunion: Reunion) -> Section:
    """Les signataires, que toute publication nomme (article 8)."""
    signataires = tuple(o.nom for o in reunion.dossier.contrat.signataires.values())
    if not signataires:
        return Section("Signataires du contrat", paragraphes=("Le contrat n’en nomme pas.",))
    return Section("Signataires du contrat", paragraphes=(LOGOS,), liste=signataires)
