"""Le programme annuel, la vie des bilans et les avenants."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.anomalie import Lieu
from clsmon.model.dossier import Dossier
from clsmon.model.noeud import place_of
from clsmon.model.seance import Action
from clsmon.rules.connus import knows_fiche, repeated, unknown_decisions, unknown_organismes
from clsmon.rules.regle import Constat, unknown


def _actions(dossier: Dossier) -> Iterator[Action]:
    for programme in dossier.programmes.values():
        for actions in programme.values():
            yield from actions


def fiche_du_programme_connue(dossier: Dossier) -> Iterator[Constat]:
    """
    Le programme annuel porte sur des fiches du dossier.

    Exemple :

        # data/programmes/2025.yaml
        "9.9": [{id: a1, libelle: Questionnaire aux mairies}]

    Remède : écrivez l'identifiant d'une fiche.
    """
    for programme in dossier.programmes.values():
        for fiche in programme:
            if not knows_fiche(dossier, fiche):
                lieu = place_of(programme, (fiche,), cle=True)
                yield unknown(lieu, "programme d'une fiche inconnue", fiche, dossier.fiche)


def actions_uniques(dossier: Dossier) -> Iterator[Constat]:
    """
    Dans le programme d'une fiche, chaque action a son propre identifiant.

    Exemple :

        "4.1":
          - {id: a1, libelle: Questionnaire aux mairies}
          - {id: a1, libelle: Réunion d'information}

    Remède : renommez la seconde : a2.
    """
    for programme in dossier.programmes.values():
        for actions in programme.values():
            for nom, lieu, premier in repeated([(a.id, a.lieu("id")) for a in actions]):
                message = f"action en double : « {nom} », déjà à la ligne {premier.ligne}"
                yield Constat(lieu, message, "renommez la seconde")


def organismes_du_programme_connus(dossier: Dossier) -> Iterator[Constat]:
    """
    L'organisme d'une action et les signataires d'un avenant figurent au registre.

    Exemple :

        "4.1": [{id: a1, libelle: Questionnaire, organisme: dijon-metropol}]

    Remède : corrigez le code, ou ajoutez l'organisme dans data/contrat.yaml.
    """
    cites: list[tuple[str, Lieu]] = [
        (action.organisme, action.lieu("organisme"))
        for action in _actions(dossier)
        if action.organisme
    ]
    cites += [
        (code, avenant.lieu("signataires", rang))
        for avenant in dossier.avenants
        for rang, code in enumerate(avenant.signataires)
    ]
    yield from unknown_organismes(dossier, cites)


def decisions_citees_connues(dossier: Dossier) -> Iterator[Constat]:
    """
    Programme, adoption d'un bilan et avenant nomment une décision prise en séance.

    Une décision se nomme « 2026-05-12-copil/D1 ».

    Exemple :

        # data/exercices/2025.yaml
        adopte: 2026-05-12-copil/D9

    Remède : corrigez le nom, ou écrivez la séance dans data/seances/.
    """
    citees = [(a.decision, a.lieu("decision")) for a in _actions(dossier)]
    citees += [(v.adopte or "", v.lieu("adopte")) for v in dossier.exercices.values()]
    citees += [(a.decision, a.lieu("decision")) for a in dossier.avenants]
    yield from unknown_decisions(dossier, citees)


def fichiers_annuels_dans_le_contrat(dossier: Dossier) -> Iterator[Constat]:
    """
    Un programme, la vie d'un bilan ou sa publication porte le nom d'un exercice du contrat.

    Exemple :

        # data/programmes/2205.yaml

    Remède : renommez le fichier, ou corrigez la période dans data/contrat.yaml.
    """
    periode = dossier.contrat.periode
    for dossier_annuel in ("programmes", "exercices", "publications"):
        for exercice in getattr(dossier, dossier_annuel):
            if exercice not in periode.exercices:
                yield Constat(
                    Lieu(f"data/{dossier_annuel}/{exercice}.yaml", 1, 1),
                    f"{exercice} est hors du contrat ({periode.debut}-{periode.fin})",
                    "renommez le fichier, ou corrigez la période du contrat",
                )


def vie_du_bilan_dans_l_ordre(dossier: Dossier) -> Iterator[Constat]:
    """
    Le droit de regard des signataires finit après l'envoi du projet de bilan.

    Article 8 : ils relisent avant toute publication.

    Exemple :

        projet_envoye_le: 2026-04-20
        droit_de_regard_fin: 2026-04-05

    Remède : corrigez l'une des deux dates.
    """
    for vie in dossier.exercices.values():
        envoi, fin = vie.projet_envoye_le, vie.droit_de_regard_fin
        if envoi and fin and fin < envoi:
            yield Constat(
                vie.lieu("droit_de_regard_fin"),
                f"droit de regard fini le {fin:%d/%m/%Y}, avant l'envoi le {envoi:%d/%m/%Y}",
                "corrigez l'une des deux dates",
            )


def avenants_uniques(dossier: Dossier) -> Iterator[Constat]:
    """
    Chaque avenant a son numéro.

    Exemple :

        # data/avenants/1.yaml et data/avenants/2.yaml
        numero: 1

    Remède : corrigez l'un des deux numéros.
    """
    cites = [(str(avenant.numero), avenant.lieu("numero")) for avenant in dossier.avenants]
    for numero, lieu, premier in repeated(cites):
        message = f"avenant n° {numero} en double, déjà dans {premier}"
        yield Constat(lieu, message, "corrigez l'un des deux numéros")
