"""
Ce que disent les signataires : leurs avis sur les fiches, les chiffres qu'ils contestent.

Une contestation s'ajoute à ce qui est déclaré ; elle n'y change rien. Source : contrat, article 7.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from clsmon.analysis.heads import compute_heads
from clsmon.model.anomalie import natural_key
from clsmon.model.constat import Constat
from clsmon.model.contestation import AvisRendu, ChiffreConteste
from clsmon.model.dossier import Dossier
from clsmon.model.observation import AvisFiche, Contestation, Examen


def examens_of(dossier: Dossier, exercice: int, organisme: str) -> dict[str, Examen]:
    """Les examens rendus par un signataire pour un exercice, ceux de ses anciens codes compris."""
    return {
        nom: examen
        for nom, examen in dossier.examens.items()
        if examen.exercice == exercice
        and dossier.codes_actuels.get(examen.organisme, examen.organisme) == organisme
    }


def heads_by_signatory(
    dossier: Dossier, exercice: int, parmi: Collection[str] | None = None
) -> dict[str, dict[str, Examen]]:
    """
    Les examens en vigueur de chaque organisme, dans l'ordre du registre du contrat.

    `parmi` : ceux-là seulement, comme si aucun autre n'était arrivé.
    """
    groupes: dict[str, dict[str, Examen]] = {}
    for nom, examen in dossier.examens.items():
        if examen.exercice == exercice and (parmi is None or nom in parmi):
            code = dossier.codes_actuels.get(examen.organisme, examen.organisme)
            groupes.setdefault(code, {})[nom] = examen
    connus = [code for code in dossier.contrat.organismes if code in groupes]
    inconnus = sorted(groupes.keys() - dossier.contrat.organismes.keys())
    return {code: compute_heads(groupes[code]) for code in [*connus, *inconnus]}


def examined_by(dossier: Dossier, exercice: int) -> tuple[str, ...]:
    """Ceux qui ont rendu leur cahier d'examen rempli, dans l'ordre du registre."""
    return tuple(
        code
        for code, tetes in heads_by_signatory(dossier, exercice).items()
        if any(examen.fiches or examen.mesures for examen in tetes.values())
    )


def opinions_of(dossier: Dossier, exercice: int) -> Iterator[AvisRendu]:
    """Les avis rendus pour un exercice, signataire par signataire ; chacun une fois."""
    for code, tetes in heads_by_signatory(dossier, exercice).items():
        vus: set[tuple[object, ...]] = set()
        for examen in tetes.values():
            for identifiant, avis in examen.fiches.items():
                fiche = dossier.fiche.get(identifiant)
                actuel = fiche.id if fiche else identifiant
                dit = (actuel, avis.avis, avis.texte)
                if avis.a_verifier or dit not in vus:
                    vus.add(dit)
                    yield AvisRendu(exercice, code, actuel, avis, examen)


def standing_examens(dossier: Dossier, exercice: int) -> tuple[str, ...]:
    """Les examens d'un exercice que rien ne remplace, tous signataires ensemble, triés par nom."""
    tetes = (nom for siens in heads_by_signatory(dossier, exercice).values() for nom in siens)
    return tuple(sorted(tetes, key=natural_key))


def contested_in(
    dossier: Dossier,
    exercice: int,
    seule: str | None = None,
    parmi: Collection[str] | None = None,
) -> Iterator[ChiffreConteste]:
    """
    Les chiffres contestés pour un exercice, signataire par signataire ; chacun une fois.

    `seule` : la clé actuelle d'une mesure, pour elle seule ; `parmi` : ces examens-là. Deux
    propositions différentes d'un même signataire restent toutes deux.
    """
    for code, tetes in heads_by_signatory(dossier, exercice, parmi).items():
        vues: set[tuple[object, ...]] = set()
        for examen in tetes.values():
            for ecrite, contestation in examen.mesures.items():
                cle = dossier.cles_actuelles.get(ecrite, ecrite)
                if seule not in {None, cle}:
                    continue
                dit = (cle, contestation.proposition, contestation.motif, contestation.source)
                if contestation.a_verifier or dit not in vues:
                    vues.add(dit)
                    yield ChiffreConteste(exercice, code, cle, contestation, examen)


def contestations_of(
    dossier: Dossier,
    cle: str,
    exercice: int,
    declare: Constat,
    parmi: Collection[str] | None = None,
) -> tuple[ChiffreConteste, ...]:
    """
    Les valeurs proposées contre le constat déclaré d'une mesure, dans l'ordre du registre.

    Ce qui est encore à vérifier n'est pas une contestation. `parmi` : celles de ces examens-là.
    """
    if not dossier.examens:
        return ()
    return tuple(
        ChiffreConteste(
            exercice,
            chiffre.organisme,
            cle,
            chiffre.contestation,
            chiffre.examen,
            perimee=chiffre.contestation.valeur_declaree != declare.canonique,
        )
        for chiffre in contested_in(dossier, exercice, cle, parmi)
        if chiffre.contestation.conteste
    )


def standing_answers(
    dossier: Dossier, exercice: int, organisme: str
) -> tuple[dict[str, AvisFiche], dict[str, Contestation]]:
    """
    Ce qu'un signataire a déjà dit, par fiche et par mesure, pour en préremplir son cahier.

    De deux examens en vigueur, une observation contraire n'est prise d'aucun : elle serait devinée.
    """
    return answers_in(dossier, compute_heads(examens_of(dossier, exercice, organisme)))


def answers_in(
    dossier: Dossier, tetes: Mapping[str, Examen]
) -> tuple[dict[str, AvisFiche], dict[str, Contestation]]:
    """Ce que disent ensemble des examens, par fiche et par mesure, sous leurs clés actuelles."""
    avis: dict[str, list[AvisFiche]] = {}
    chiffres: dict[str, list[Contestation]] = {}
    for examen in tetes.values():
        for identifiant, dit in examen.fiches.items():
            fiche = dossier.fiche.get(identifiant)
            avis.setdefault(fiche.id if fiche else identifiant, []).append(dit)
        for cle, contestation in examen.mesures.items():
            chiffres.setdefault(dossier.cles_actuelles.get(cle, cle), []).append(contestation)
    return (
        {cle: memes[0] for cle, memes in avis.items() if _all_say(memes)},
        {cle: memes[0] for cle, memes in chiffres.items() if _all_say(memes)},
    )


def _all_say(dits: list[AvisFiche] | list[Contestation]) -> bool:
    """Vrai si plusieurs observations disent de même, leurs cellules à part."""
    return len({_said(dit) for dit in dits}) == 1


def _said(dit: AvisFiche | Contestation) -> tuple[object, ...]:
    doutes = tuple(sorted((champ, doute.saisi) for champ, doute in dit.a_verifier.items()))
    if isinstance(dit, AvisFiche):
        return (dit.avis, dit.texte, doutes)
    return (*dit.proposition, dit.motif, dit.source, doutes)


def conflicts_of(dossier: Dossier, exercice: int, organisme: str) -> Iterator[tuple[str, str]]:
    """Ce dont un signataire a dit deux choses : (clé, noms des examens)."""
    tetes = compute_heads(examens_of(dossier, exercice, organisme))
    dites: dict[str, dict[str, tuple[object, ...]]] = {}
    for nom, examen in tetes.items():
        for identifiant, avis in examen.fiches.items():
            fiche = dossier.fiche.get(identifiant)
            dites.setdefault(fiche.id if fiche else identifiant, {})[nom] = _said(avis)
        for cle, contestation in examen.mesures.items():
            actuelle = dossier.cles_actuelles.get(cle, cle)
            dites.setdefault(actuelle, {})[nom] = _said(contestation)
    for cle, par_nom in dites.items():
        if len(set(par_nom.values())) > 1:
            yield cle, " et ".join(par_nom)
