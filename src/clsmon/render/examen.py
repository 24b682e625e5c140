"""L'examen contradictoire : avis, chiffres contestés et arbitrages, chacun à son auteur."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clsmon.model.bilan import Bilan, BilanFiche, ContestationSuivie, LigneMesure
from clsmon.model.constat import Constat
from clsmon.model.contestation import AvisRendu, ChiffreConteste
from clsmon.model.contrat import Contrat
from clsmon.model.dossier import MesureSituee
from clsmon.model.indicateur import TypeMesure
from clsmon.model.libelles import AVIS
from clsmon.model.noeud import read_decimal
from clsmon.model.observation import AvisFiche, Contestation
from clsmon.model.releve import Saisie
from clsmon.render.cells import Annee, Cellule, Colonne, Montant, Tableau, Taux
from clsmon.render.provenance import LONGUEUR_EMPREINTE, series_of
from clsmon.render.spelling import (
    INSECABLE,
    spell_answer,
    spell_doubt,
    spell_finding,
    spell_number,
    spell_rate,
)
from clsmon.render.stories import Rubrique

A_VERIFIER, CHANGEE = "à vérifier", "la valeur déclarée a changé depuis"


def _names(bilan: Bilan, avis: list[AvisRendu]) -> str:
    return ", ".join(bilan.contrat.nom_court(a.organisme) for a in avis)


def opinions_of(bilan: Bilan, fiche: BilanFiche) -> tuple[Rubrique, ...]:
    """
    Les avis des signataires sur une fiche, pour l'exercice : une rubrique par avis.

    Les accords sans texte se disent ensemble ; ce qui n'a pas pu être accepté est dit à vérifier.
    """
    siens = [
        a for a in bilan.examen.avis if (a.fiche, a.exercice) == (fiche.fiche.id, bilan.exercice)
    ]
    court = bilan.contrat.nom_court
    rubriques = []
    for avis, mot in AVIS.items():
        rendus = [a for a in siens if a.avis.avis is avis]
        muets = [a for a in rendus if not a.avis.texte]
        textes = [(court(a.organisme), a.avis.texte) for a in rendus if a.avis.texte]
        if muets:
            muet = "sans commentaire publié" if bilan.secret else "sans commentaire"
            textes.insert(0, (_names(bilan, muets), muet))
        rubriques.append(Rubrique(f"Examen contradictoire{INSECABLE}: {mot}", tuple(textes)))
    doutes = tuple((court(a.organisme), spell_raw(a.avis)) for a in siens if a.avis.a_verifier)
    rubriques.append(Rubrique(f"Examen contradictoire{INSECABLE}: {A_VERIFIER}", doutes))
    return tuple(rubrique for rubrique in rubriques if rubrique.textes)


def spell_raw(dit: AvisFiche | Contestation) -> str:
    """Ce qui était écrit sur une ligne non acceptée, case par case."""
    return " ; ".join(_doubts(dit.a_verifier))


def _doubts(doutes: Mapping[str, Saisie]) -> Iterator[str]:
    noms = {"texte": "texte", "avis": "avis", "motif": "motif", "source": "source"}
    for champ, doute in doutes.items():
        nom = noms.get(champ, champ.replace("valeur_proposee", "valeur"))
        yield f"{nom}, {spell_doubt(doute.saisi, doute.nature_cellule)}"


def spell_declared(texte: str, situee: MesureSituee) -> str:
    """La valeur que le signataire avait sous les yeux, en français."""
    haut, terme, bas = texte.partition("/")
    if terme:
        return f"{spell_number(read_decimal(haut))} sur {spell_number(read_decimal(bas))}"
    if not situee.mesure.type.chiffre or not texte:
        return texte or "aucune valeur"
    nombre = read_decimal(texte)
    return spell_rate(nombre) if situee.mesure.type is TypeMesure.TAUX else spell_number(nombre)


def contest_remarks(bilan: Bilan, ligne: LigneMesure) -> Iterator[tuple[str, str]]:
    """Ce qui se lit d'un chiffre contesté, cette année ou une année d'avant."""
    for constat in series_of(ligne):
        an = "" if constat.exercice == bilan.exercice else f"{constat.exercice}, "
        for qui, texte in contest_of(bilan, ligne, constat):
            yield f"{an}{qui}", texte


def contest_of(bilan: Bilan, ligne: LigneMesure, constat: Constat) -> Iterator[tuple[str, str]]:
    """
    Une année d'un chiffre contesté, en couples (qui, texte) ; rien s'il ne l'est pas.

    La valeur déclarée, puis chaque valeur proposée avec son motif, sa source et sa cellule, puis
    l'arbitrage : rien n'en disparaît quand le COPIL a choisi.
    """
    if constat.declare is None:
        return
    declare = spell_finding(constat.declare, ligne.situee.mesure, bilan.contrat)
    noms = ", ".join(bilan.contrat.nom_court(code) for code in constat.declare.sources)
    yield f"valeur déclarée par {noms}" if noms else "valeur déclarée", declare
    for chiffre in constat.contestations:
        nom = bilan.contrat.nom_court(chiffre.organisme)
        yield f"valeur contestée par {nom}", spell_contested(chiffre, ligne.situee)
    yield "arbitrage", _spell_choice(bilan, ligne.situee, constat)


def name_contested(constat: Constat, situee: MesureSituee, contrat: Contrat) -> Iterator[str]:
    """« CPAM conteste : 14 au lieu de 12 — … », une par valeur proposée."""
    for chiffre in constat.contestations:
        nom = contrat.nom_court(chiffre.organisme)
        yield f"{nom} conteste{INSECABLE}: {spell_contested(chiffre, situee)}"


def spell_contested(chiffre: ChiffreConteste, situee: MesureSituee) -> str:
    """« 14 au lieu de 12 — motif : … — source : … (examen-ars.xlsx, Chiffres!I34) »."""
    contestation = chiffre.contestation
    proposee = spell_answer(contestation.proposee, situee.mesure)
    montree = spell_declared(contestation.valeur_declaree, situee)
    morceaux = [
        f"{proposee} au lieu de {montree}",
        *([f"motif{INSECABLE}: {contestation.motif}"] if contestation.motif else []),
        *([f"source{INSECABLE}: {contestation.source}"] if contestation.source else []),
        *([CHANGEE] if chiffre.perimee else []),
    ]
    place = f"{chiffre.examen.recu.fichier}, {contestation.cellule}"
    return f"{' — '.join(morceaux)} ({place})"


def _spell_choice(bilan: Bilan, situee: MesureSituee, constat: Constat) -> str:
    if not constat.arbitrage:
        return "aucun à ce jour, la valeur déclarée compte"
    compte = spell_finding(constat, situee.mesure, bilan.contrat)
    de = f", proposée par {bilan.contrat.nom_court(constat.proposant)}" if constat.proposant else ""
    return f"la décision {constat.arbitrage} retient {compte}{de}"


def doubts_of(bilan: Bilan) -> tuple[tuple[str, str, str], ...]:
    """Ce qui est écrit d'un chiffre sans le contester tout à fait : mesure, qui, quoi."""
    return tuple(
        (
            suivie.situee.nom if suivie.situee else suivie.chiffre.cle,
            bilan.contrat.nom_court(suivie.chiffre.organisme),
            spell_raw(suivie.chiffre.contestation),
        )
        for suivie in bilan.examen.contestations
        if suivie.chiffre.exercice == bilan.exercice and not suivie.chiffre.contestation.conteste
    )


COLONNES = (
    Colonne("Exercice", 9),
    Colonne("Fiche", 8),
    Colonne("Ce qui est examiné", 32),
    Colonne("Signataire", 16),
    Colonne("Avis", 14),
    Colonne("Texte ou motif", 38),
    Colonne("Source", 24),
    Colonne("Unité", 13),
    Colonne("Valeur déclarée", 12, nombre=True),
    Colonne("Déclarée par", 16),
    Colonne("Valeur proposée", 12, nombre=True),
    Colonne("Ce qui compte", 12, nombre=True),
    Colonne("Arbitrage", 24),
    Colonne("Classeur reçu", 24, technique=True),
    Colonne("Cellule", 16, technique=True),
    Colonne("sha256 (début)", 16, technique=True),
    Colonne("Examen", 24, technique=True),
    Colonne("Clé", 34, technique=True),
    Colonne("Texte brut", 24, technique=True),
    Colonne("Règle de lecture", 20, technique=True),
    Colonne("Numérateur proposé", 12, nombre=True, technique=True),
    Colonne("Dénominateur proposé", 12, nombre=True, technique=True),
)


def observations_table(bilan: Bilan) -> Tableau:
    """Une ligne par avis et par chiffre contesté, celles des années d'avant comprises."""
    lignes = (
        *(_opinion_row(bilan, avis) for avis in bilan.examen.avis),
        *(_figure_row(bilan, suivie) for suivie in bilan.examen.contestations),
    )
    return Tableau("Examen contradictoire : avis et chiffres contestés", COLONNES, lignes)


def _opinion_row(bilan: Bilan, rendu: AvisRendu) -> tuple[Cellule, ...]:
    avis, recu = rendu.avis, rendu.examen.recu
    fiches = {f.fiche.id: f.fiche.titre for f in bilan.fiches}
    cellules = (*avis.cellules.values(), *(d.cellule for d in avis.a_verifier.values()))
    vides: tuple[Cellule, ...] = (None,) * 7
    return (
        Annee(rendu.exercice),
        rendu.fiche,
        fiches.get(rendu.fiche, ""),
        bilan.contrat.nom_court(rendu.organisme),
        AVIS[avis.avis] if avis.avis else A_VERIFIER,
        avis.texte or spell_raw(avis),
        *vides,
        recu.fichier,
        ", ".join(cellules),
        recu.sha256[:LONGUEUR_EMPREINTE],
        rendu.examen.nom,
        rendu.fiche,
        *(None,) * 4,
    )


def _figure_row(bilan: Bilan, suivie: ContestationSuivie) -> tuple[Cellule, ...]:
    chiffre, situee, constat = suivie.chiffre, suivie.situee, suivie.constat
    contestation, recu = chiffre.contestation, chiffre.examen.recu
    declarant, proposee = contestation.organisme_declarant, contestation.proposee
    return (
        Annee(chiffre.exercice),
        chiffre.cle.partition("/")[0],
        situee.mesure.libelle if situee else chiffre.cle,
        bilan.contrat.nom_court(chiffre.organisme),
        "chiffre contesté" if contestation.conteste else A_VERIFIER,
        contestation.motif or spell_raw(contestation),
        contestation.source,
        situee.mesure.unite_affichee if situee else "",
        _typed(situee, contestation.valeur_declaree),
        bilan.contrat.nom_court(declarant) if declarant else "total de plusieurs",
        _proposed(situee, contestation),
        _counted(situee, constat),
        _decision(constat, perimee=_is_stale(suivie)) if contestation.conteste else "",
        recu.fichier,
        contestation.cellule,
        recu.sha256[:LONGUEUR_EMPREINTE],
        chiffre.examen.nom,
        chiffre.cle,
        proposee.saisi,
        proposee.regle,
        contestation.numerateur,
        contestation.denominateur,
    )


def _is_stale(suivie: ContestationSuivie) -> bool:
    constat = suivie.constat
    return constat is not None and any(
        c.perimee and c.contestation is suivie.chiffre.contestation for c in constat.contestations
    )


def _decision(constat: Constat | None, *, perimee: bool) -> str:
    retenu = f"retenu par la décision {constat.arbitrage}" if constat and constat.arbitrage else ""
    return " ; ".join(filter(None, (retenu or "pas d’arbitrage", CHANGEE if perimee else "")))


def _typed(situee: MesureSituee | None, texte: str) -> Cellule:
    """Une valeur en texte canonique, typée comme sa mesure ; un taux en points."""
    haut, terme, bas = texte.partition("/")
    if terme and read_decimal(bas):
        return Taux(read_decimal(haut) / read_decimal(bas) * 100)
    if situee is None or not situee.mesure.type.chiffre or not texte:
        return texte
    nombre = read_decimal(texte)
    match situee.mesure.type:
        case TypeMesure.TAUX:
            return Taux(nombre)
        case TypeMesure.MONTANT:
            return Montant(nombre)
        case _:
            return nombre


def _proposed(situee: MesureSituee | None, contestation: Contestation) -> Cellule:
    if contestation.numerateur is not None and contestation.denominateur:
        return Taux(contestation.numerateur / contestation.denominateur * 100)
    return _typed(situee, contestation.valeur_proposee or "")


def _counted(situee: MesureSituee | None, constat: Constat | None) -> Cellule:
    return _typed(situee, constat.canonique) if constat else None
