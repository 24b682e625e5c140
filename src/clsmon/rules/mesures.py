"""La forme d'une mesure : son type, son unité, ce qu'elle compte."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.dossier import Dossier
from clsmon.model.indicateur import REGLES_CALCUL, TypeMesure
from clsmon.rules.regle import Constat, unknown


def indicateur_avec_mesure(dossier: Dossier) -> Iterator[Constat]:
    """
    Un indicateur a au moins une mesure.

    Un indicateur du contrat peut en demander plusieurs (« nombre et type d'actions » en a
    deux) ; sans mesure, il ne serait demandé à personne.

    Exemple :

        - {id: ecoles, libelle: Nombre d'écoles, mesures: []}

    Remède : ajoutez une mesure, avec son type et son unité.
    """
    for fiche in dossier.fiches:
        for indicateur in fiche.indicateurs:
            if not indicateur.mesures:
                yield Constat(
                    indicateur.lieu("mesures"),
                    f"l'indicateur « {indicateur.id} » n'a pas de mesure",
                    "ajoutez une mesure, avec son type et son unité",
                )


def unite_requise(dossier: Dossier) -> Iterator[Constat]:
    """
    Un nombre ou une durée a une unité.

    L'unité dit ce qui est compté, au pluriel : « écoles », « personnes », « mois ». Sans elle,
    « 12 » ne se lit pas.

    Exemple :

        {id: duree, libelle: Durée moyenne, type: duree}

    Remède : ajoutez `unite: mois`.
    """
    for situee in dossier.mesures.values():
        mesure = situee.mesure
        if mesure.type in {TypeMesure.NOMBRE, TypeMesure.DUREE} and not mesure.unite.strip():
            yield Constat(
                mesure.lieu("type"),
                f"la mesure « {mesure.id} », de type {mesure.type}, n'a pas d'unité",
                "ajoutez « unite: … » : ce qui est compté, au pluriel",
            )


def unite_du_taux(dossier: Dossier) -> Iterator[Constat]:
    """
    Un taux est en %, ou n'écrit pas d'unité.

    Un taux se saisit en deux termes et s'affiche en points de pourcentage ; une autre unité
    ferait lire un nombre.

    Exemple :

        {id: taux, libelle: Taux d'occupation, type: taux, unite: places}

    Remède : écrivez `unite: "%"`, ou changez le type en `nombre`.
    """
    for situee in dossier.mesures.values():
        mesure = situee.mesure
        if mesure.type is TypeMesure.TAUX and mesure.unite not in {"", "%"}:
            yield Constat(
                mesure.lieu("unite"),
                f"un taux est en %, lu « {mesure.unite} »",
                'écrivez unite: "%", ou changez le type en nombre',
            )


def modalites_du_choix(dossier: Dossier) -> Iterator[Constat]:
    """
    Un choix a des modalités, au moins deux et toutes différentes, et lui seul en a.

    Elles font la liste déroulante du formulaire.

    Exemple :

        {id: etape, libelle: Étape atteinte, type: choix, modalites: [étude]}

    Remède : complétez `modalites`, ou changez le type.
    """
    for situee in dossier.mesures.values():
        mesure, modalites = situee.mesure, situee.mesure.modalites
        if mesure.type is not TypeMesure.CHOIX and modalites:
            yield Constat(
                mesure.lieu("modalites", cle=True),
                f"modalités sur une mesure de type {mesure.type}",
                "ôtez-les, ou changez le type en choix",
            )
        elif mesure.type is TypeMesure.CHOIX and len({m.casefold() for m in modalites}) < 2:
            yield Constat(
                mesure.lieu("modalites" if modalites else "type"),
                f"un choix demande au moins deux modalités, lu {len(modalites)}",
                "ajoutez « modalites: [première, seconde] »",
            )
        elif len({m.casefold() for m in modalites}) < len(modalites):
            yield Constat(
                mesure.lieu("modalites"), "modalités en double", "gardez chaque modalité une fois"
            )


def decimales_du_nombre(dossier: Dossier) -> Iterator[Constat]:
    """
    `decimales` n'a de sens que pour un nombre.

    Un nombre est entier sauf s'il le dit ; taux, montants et durées admettent toujours des
    décimales, les autres types jamais.

    Exemple :

        {id: bilan, libelle: Bilan rédigé, type: oui_non, decimales: true}

    Remède : ôtez `decimales`, ou changez le type en `nombre`.
    """
    for situee in dossier.mesures.values():
        mesure = situee.mesure
        if mesure.decimales and mesure.type is not TypeMesure.NOMBRE:
            yield Constat(
                mesure.lieu("decimales", cle=True),
                f"decimales sur une mesure de type {mesure.type}",
                "ôtez-la : elle ne vaut que pour un nombre",
            )


def personnes_chiffrees(dossier: Dossier) -> Iterator[Constat]:
    """
    Seule une mesure chiffrée compte des personnes.

    `personnes: true` protège les petits effectifs dans le bilan public ; un texte n'est pas un
    effectif.

    Exemple :

        {id: profil, libelle: Profil des personnes, type: texte, personnes: true}

    Remède : ôtez `personnes`, ou changez le type.
    """
    for situee in dossier.mesures.values():
        mesure = situee.mesure
        if mesure.personnes and not mesure.type.chiffre:
            yield Constat(
                mesure.lieu("personnes", cle=True),
                f"personnes: true sur une mesure de type {mesure.type}",
                "ôtez-la : elle ne vaut que pour une mesure chiffrée",
            )


def quantites_seulement(dossier: Dossier) -> Iterator[Constat]:
    """
    Valeur initiale, cibles, bornes, sens et nature ne vont qu'à une mesure chiffrée.

    Une valeur initiale « 0 » de la fiche se porte sur ses nombres seulement.

    Exemple :

        {id: freins, libelle: Freins, type: texte, valeur_initiale: {valeur: 0}}

    Remède : ôtez la clé, ou changez le type.
    """
    champs = ("valeur_initiale", "cibles", "minimum", "maximum", "sens", "nature")
    for situee in dossier.mesures.values():
        mesure = situee.mesure
        if mesure.type.chiffre:
            continue
        for champ in champs:
            if getattr(mesure, champ) not in {None, ()}:
                yield Constat(
                    mesure.lieu(champ, cle=True),
                    f"{champ} sur une mesure de type {mesure.type}",
                    "ôtez-la : elle ne vaut que pour une mesure chiffrée",
                )


def partie_de_meme_unite(dossier: Dossier) -> Iterator[Constat]:
    """
    Une partie se compte comme le tout dont elle est une partie.

    Exemple :

        {id: filles, type: nombre, unite: filles, partie_de: 3.1/enfants/enfants}

    Remède : donnez à la partie le type et l'unité du tout.
    """
    for situee in dossier.mesures.values():
        partie = situee.mesure
        cle = dossier.cles_actuelles.get(partie.partie_de or "")
        if cle is None:
            continue
        tout = dossier.mesures[cle].mesure
        if (partie.type, partie.unite_affichee) != (tout.type, tout.unite_affichee):
            yield Constat(
                partie.lieu("partie_de"),
                f"« {partie.id} » est en {partie.type} ({partie.unite_affichee}), son tout "
                f"« {cle} » en {tout.type} ({tout.unite_affichee})",
                "donnez à la partie le type et l'unité du tout",
            )


def mesures_sans_boucle(dossier: Dossier) -> Iterator[Constat]:
    """
    Une mesure n'est pas, de proche en proche, une partie d'elle-même ni son propre successeur.

    Exemple :

        - {id: enfants, partie_de: 3.1/enfants/filles}
        - {id: filles, partie_de: 3.1/enfants/enfants}

    Remède : ôtez `partie_de` du tout, ou `succede_a` de la plus ancienne.
    """
    for champ in ("partie_de", "succede_a"):
        suivante = {
            cle: dossier.cles_actuelles.get(getattr(situee.mesure, champ) or "")
            for cle, situee in dossier.mesures.items()
        }
        for cle, situee in dossier.mesures.items():
            vues: set[str] = set()
            atteinte = suivante[cle]
            while atteinte is not None and atteinte not in vues:
                vues.add(atteinte)
                atteinte = suivante[atteinte]
            if cle in vues:
                message = f"{champ} fait une boucle qui revient à « {cle} »"
                yield Constat(
                    situee.mesure.lieu(champ), message, "ôtez le lien qui ferme la boucle"
                )


def calcul_connu(dossier: Dossier) -> Iterator[Constat]:
    """
    La règle d'une mesure calculée est une de celles que l'outil connaît.

    Une mesure calculée se tire du dossier (séances, programme, bilans adoptés) et n'est jamais
    demandée.

    Exemple :

        calcul: {regle: participation_instance}

    Remède : écrivez le nom d'une règle connue, ou ôtez `calcul` pour demander la mesure.
    """
    for situee in dossier.mesures.values():
        calcul = situee.mesure.calcul
        if calcul and calcul.regle not in REGLES_CALCUL:
            lieu = calcul.lieu("regle")
            yield unknown(lieu, "règle de calcul inconnue", calcul.regle, REGLES_CALCUL)
