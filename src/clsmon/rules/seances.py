"""Les séances et leurs décisions."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.anomalie import Lieu
from clsmon.model.dossier import Dossier
from clsmon.model.seance import Decision, NatureDecision, Seance
from clsmon.rules.connus import knows_fiche, knows_mesure, repeated, unknown_organismes
from clsmon.rules.regle import Constat, unknown

_SUR_UNE_MESURE = {NatureDecision.CIBLE, NatureDecision.ARBITRAGE}
_SUR_UNE_FICHE = {NatureDecision.RETRAIT_FICHE, NatureDecision.MODIFICATION_FICHE}


def _decisions(dossier: Dossier) -> Iterator[tuple[Seance, Decision]]:
    for seance in dossier.seances:
        for decision in seance.decisions:
            yield seance, decision


def instance_connue(dossier: Dossier) -> Iterator[Constat]:
    """
    Une séance est celle d'une instance du contrat.

    Les instances sont à l'article 3 et sous `instances:` du contrat.

    Exemple :

        instance: copile

    Remède : corrigez le code, ou ajoutez l'instance dans data/contrat.yaml.
    """
    instances = dossier.contrat.instances
    for seance in dossier.seances:
        if seance.instance not in instances:
            lieu = seance.lieu("instance")
            yield unknown(lieu, "instance inconnue du contrat", seance.instance, instances)


def nom_de_seance_fidele(dossier: Dossier) -> Iterator[Constat]:
    """
    Le fichier d'une séance porte sa date et son instance.

    Une décision se nomme d'après ce fichier : « 2026-05-12-copil/D1 ».

    Exemple :

        # data/seances/2026-05-12-copil.yaml
        date: 2026-05-13

    Remède : renommez le fichier, ou corrigez la date ou l'instance.
    """
    for seance in dossier.seances:
        attendu = f"{seance.date.isoformat()}-{seance.instance}"
        if seance.nom != attendu:
            yield Constat(
                seance.lieu("date"),
                f"la séance du {seance.date.isoformat()} ({seance.instance}) est dans le fichier "
                f"« {seance.nom}.yaml »",
                f"renommez-le en {attendu}.yaml, ou corrigez la date ou l'instance",
            )


def participants_connus(dossier: Dossier) -> Iterator[Constat]:
    """
    Convoqués, présents et excusés figurent au registre du contrat.

    Exemple :

        presents: [ars, dijon-metropol]

    Remède : corrigez le code, ou ajoutez l'organisme dans data/contrat.yaml.
    """
    for seance in dossier.seances:
        for champ in ("convoques", "presents", "excuses"):
            cites = [(c, seance.lieu(champ, r)) for r, c in enumerate(getattr(seance, champ))]
            yield from unknown_organismes(dossier, cites)


def presents_convoques(dossier: Dossier) -> Iterator[Constat]:
    """
    Quand la liste des convoqués est donnée, présents et excusés en font partie.

    Le taux de participation est présents parmi convoqués (fiche 5.1).

    Exemple :

        convoques: [ars, cpam]
        presents: [ars, msa]

    Remède : ajoutez l'organisme aux convoqués, ou ôtez-le des présents.
    """
    for seance in dossier.seances:
        if not seance.convoques:
            continue
        for champ, nom in (("presents", "présent"), ("excuses", "excusé")):
            for rang, code in enumerate(getattr(seance, champ)):
                if code not in seance.convoques:
                    lieu = seance.lieu(champ, rang)
                    message = f"« {code} » est {nom} sans être convoqué"
                    yield Constat(lieu, message, "ajoutez-le aux convoqués, ou ôtez-le")


def present_ou_excuse(dossier: Dossier) -> Iterator[Constat]:
    """
    Un organisme n'est cité qu'une fois : présent ou excusé.

    Exemple :

        presents: [ars, cpam]
        excuses: [cpam]

    Remède : ôtez-le de l'une des deux listes.
    """
    for seance in dossier.seances:
        cites = [
            (code, seance.lieu(champ, rang))
            for champ in ("presents", "excuses")
            for rang, code in enumerate(getattr(seance, champ))
        ]
        for code, lieu, _ in repeated(cites):
            message = f"« {code} » est cité deux fois parmi présents et excusés"
            yield Constat(lieu, message, "gardez-le une seule fois")


def decisions_uniques(dossier: Dossier) -> Iterator[Constat]:
    """
    Dans une séance, chaque décision a son propre identifiant.

    Exemple :

        decisions:
          - {id: D1, nature: autre, texte: …}
          - {id: D1, nature: programme, texte: …}

    Remède : renumérotez la seconde : D2.
    """
    for seance in dossier.seances:
        cites = [(d.id, d.lieu("id")) for d in seance.decisions]
        for nom, lieu, premier in repeated(cites):
            message = f"décision en double : « {nom} », déjà à la ligne {premier.ligne}"
            yield Constat(lieu, message, "renumérotez la seconde")


def responsable_connu(dossier: Dossier) -> Iterator[Constat]:
    """
    Le responsable d'une décision et l'organisme qu'un arbitrage retient sont au registre.

    Exemple :

        - {id: D1, nature: autre, texte: …, responsable: dijon-metropol}

    Remède : corrigez le code, ou ajoutez l'organisme dans data/contrat.yaml.
    """
    for _, decision in _decisions(dossier):
        cites: list[tuple[str, Lieu]] = []
        if decision.responsable:
            cites.append((decision.responsable, decision.lieu("responsable")))
        if decision.retient and decision.retient.organisme:
            cites.append((decision.retient.organisme, decision.retient.lieu("organisme")))
        yield from unknown_organismes(dossier, cites)


def objet_de_la_decision_connu(dossier: Dossier) -> Iterator[Constat]:
    """
    Une décision porte sur ce que dit sa nature.

    Une cible ou un arbitrage porte sur une mesure (fiche/indicateur/mesure) ; un retrait ou une
    modification, sur une fiche. L'objet d'un ajout peut ne pas encore exister.

    Exemple :

        - {id: D3, nature: cible, objet: "2.3", annee: 2028, valeur: 23}

    Remède : écrivez la clé de la mesure, ou l'identifiant de la fiche.
    """
    for _, decision in _decisions(dossier):
        objet, lieu = decision.objet, decision.lieu("objet")
        porte = decision.nature in _SUR_UNE_MESURE | _SUR_UNE_FICHE
        if porte and not objet:
            message = f"décision {decision.id} ({decision.nature}) sans objet"
            yield Constat(decision.lieu("nature"), message, "ajoutez « objet: … »")
        elif decision.nature in _SUR_UNE_MESURE and not knows_mesure(dossier, objet):
            yield unknown(lieu, f"{decision.nature} : mesure inconnue", objet, dossier.mesures)
        elif decision.nature in _SUR_UNE_FICHE and not knows_fiche(dossier, objet):
            yield unknown(lieu, f"{decision.nature} : fiche inconnue", objet, dossier.fiche)


def decision_complete(dossier: Dossier) -> Iterator[Constat]:
    """
    Une cible dit son année et sa valeur ; un arbitrage, son exercice et ce qu'il retient.

    Un arbitrage retient un organisme, sa réponse ou la valeur qu'il a proposée à l'examen
    contradictoire, ou bien une valeur : l'un ou l'autre.

    Exemple :

        - {id: D3, nature: cible, objet: 2.3/extension/communes, valeur: 23}

    Remède : ajoutez la clé qui manque.
    """
    for _, decision in _decisions(dossier):
        manques: list[str] = []
        if decision.nature is NatureDecision.CIBLE:
            manques = [c for c in ("annee", "valeur") if getattr(decision, c) is None]
        elif decision.nature is NatureDecision.ARBITRAGE:
            retient = decision.retient
            choix = [] if retient is None else [retient.organisme, retient.valeur]
            dits = sum(1 for element in choix if element is not None)
            manques = [] if decision.exercice is not None else ["exercice"]
            manques += [] if dits else ["retient (organisme ou valeur)"]
            if dits > 1:
                yield Constat(
                    decision.lieu("retient"),
                    f"décision {decision.id} (arbitrage) : elle retient un organisme et une valeur",
                    "gardez l'un ou l'autre",
                )
        if manques:
            yield Constat(
                decision.lieu("nature"),
                f"décision {decision.id} ({decision.nature}) incomplète : {', '.join(manques)}",
                "ajoutez ce qui manque",
            )


def annees_des_decisions_dans_le_contrat(dossier: Dossier) -> Iterator[Constat]:
    """
    Une séance et ses décisions parlent d'exercices du contrat.

    Exemple :

        exercice: 2205

    Remède : corrigez l'année, ou la période dans data/contrat.yaml.
    """
    periode = dossier.contrat.periode
    for seance in dossier.seances:
        annees = [(seance.exercice, seance.lieu("exercice"))]
        for decision in seance.decisions:
            annees.append((decision.exercice, decision.lieu("exercice")))
            annees.append((decision.annee, decision.lieu("annee")))
        for annee, lieu in annees:
            if annee is not None and annee not in periode.exercices:
                yield Constat(
                    lieu,
                    f"{annee} est hors du contrat ({periode.debut}-{periode.fin})",
                    "corrigez l'année, ou la période du contrat",
                )
