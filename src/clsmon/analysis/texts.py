"""Tous les textes que montre un bilan, pour y chercher les sigles."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.bilan import Bilan, BilanFiche, LigneMesure


def texts_of(bilan: Bilan) -> Iterator[str]:
    """Les textes d'un bilan, dans l'ordre du document : contrat, axes, fiches, décisions, noms."""
    yield from (bilan.contrat.titre, bilan.contrat.territoire.nom, bilan.instance)
    for axe in bilan.axes:
        if axe.axe is not None:
            yield axe.axe.titre
        yield from (fiche.titre for fiche in axe.a_programmer)
        yield from (recit.declaration.perspectives for _, recit in axe.recits_a_programmer)
        for fiche in axe.fiches:
            yield from _fiche_texts(fiche)
    for avis in bilan.examen.avis:
        yield avis.avis.texte
    for contestee in bilan.examen.contestations:
        yield from (contestee.chiffre.contestation.motif, contestee.chiffre.contestation.source)
    for suivie in bilan.decisions:
        yield from (suivie.decision.texte, *suivie.seance.ordre_du_jour.points)
    for element in bilan.contexte:
        yield from (element.theme, element.libelle, element.unite, element.source)
    yield from (f"{point.texte} {point.regle}" for point in bilan.attention)
    yield from (*bilan.a_decider, *bilan.evolutions.ordre_du_jour)
    yield from _governance_texts(bilan)
    yield from (prevu.financement.texte for prevu in bilan.finances.prevus)
    yield from _names(bilan)


def _fiche_texts(fiche: BilanFiche) -> Iterator[str]:
    yield from (fiche.fiche.titre, fiche.fiche.sous_titre, fiche.fiche.porteurs_texte)
    for recit in fiche.recits:
        declaration = recit.declaration
        yield from (
            declaration.faits_marquants,
            declaration.freins,
            declaration.leviers,
            declaration.perspectives,
            declaration.motif_evolution,
        )
    yield from (suivie.action.libelle for suivie in fiche.programme)
    for bloc in fiche.indicateurs:
        yield from (bloc.indicateur.libelle, bloc.indicateur.groupe or "")
        for ligne in bloc.lignes:
            yield from _line_texts(ligne)


def _line_texts(ligne: LigneMesure) -> Iterator[str]:
    yield from (ligne.situee.mesure.libelle, ligne.situee.mesure.unite, ligne.constat.texte)
    yield from (declaration.valeur.commentaire for declaration in ligne.constat.declarations)


def _governance_texts(bilan: Bilan) -> Iterator[str]:
    """Les textes de la gouvernance : instances, actions programmées, convoqués, porteurs, lieux."""
    g = bilan.gouvernance
    yield from (instance.nom for instance in g.instances)
    yield from (action.action.libelle for action in g.programme.actions)
    codes = [
        *(membre.organisme for membre in g.membres),
        *(porteur for porteur, _ in g.programme.par_porteur if porteur),
        *(lieu.lieu for lieu in (*g.lieux.communes, *g.lieux.quartiers)),
    ]
    yield from (bilan.contrat.nom_court(code) for code in codes)


def _names(bilan: Bilan) -> Iterator[str]:
    """Les noms montrés : signataires, organismes interrogés, responsables et financeurs."""
    yield from (organisme.nom for organisme in bilan.contrat.signataires.values())
    responsables = (suivie.decision.responsable for suivie in bilan.decisions)
    codes = [
        *(organisme.code for organisme in bilan.organismes),
        *(code for code in responsables if code),
        *(
            aide.financeur
            for fiche in bilan.fiches
            for recit in fiche.recits
            for aide in recit.declaration.aides
        ),
    ]
    yield from (bilan.contrat.nom_court(code) for code in dict.fromkeys(codes))
