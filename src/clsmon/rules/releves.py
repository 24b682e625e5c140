"""
Les relevés, et ce que le contrat leur doit.

Un relevé ne se modifie jamais : ce qu'une retouche du contrat rend illisible est une faute du
contrat, placée dans son fichier.
"""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.anomalie import Lieu
from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.indicateur import TypeMesure
from clsmon.model.libelles import OUI_NON
from clsmon.model.noeud import read_decimal
from clsmon.model.personal_data import REGLE as REGLE_PERSONNELLES
from clsmon.model.releve import Etat, Releve, Valeur
from clsmon.model.suggestion import advise
from clsmon.rules.connus import check_replacements, knows_fiche, knows_mesure
from clsmon.rules.regle import Constat

LONGUEUR_MONTREE = 60


def _fiche_or_contract(dossier: Dossier, fiche: str) -> Lieu:
    """Où réparer : la fiche si elle existe encore, sinon le contrat."""
    if fiche in dossier.fiche:
        return dossier.fiche[fiche].lieu("id")
    return dossier.contrat.lieu("titre", cle=True)


def reponses_rattachees(dossier: Dossier) -> Iterator[Constat]:
    """
    Une mesure ou une fiche à laquelle on a répondu reste dans le dossier.

    Renommer ou supprimer une mesure rendrait ses réponses illisibles. La faute est celle du
    contrat, non du relevé, qui ne se modifie jamais. Une ligne par clé perdue, une seule pour
    une fiche perdue tout entière.

    Exemple :

        # on a répondu à 3.1/ecoles-classes/ecoles, puis la mesure est renommée :
        - {id: etablissements, libelle: Établissements, type: nombre, unite: écoles}

    Remède : gardez l'ancien nom dans `anciennes_cles` de la mesure (`anciens_ids` de la
    fiche), ou rétablissez-la ; une mesure abandonnée reste, avec `jusqua`.
    """
    perdues: dict[str, Releve] = {}
    for releve in dossier.releves.values():
        for cle in releve.valeurs:
            fiche = cle.partition("/")[0]
            if not knows_mesure(dossier, cle):
                perdues.setdefault(cle if knows_fiche(dossier, fiche) else fiche, releve)
        for fiche in releve.fiches:
            if not knows_fiche(dossier, fiche):
                perdues.setdefault(fiche, releve)
    for cle, releve in perdues.items():
        fiche, de_mesure, _ = cle.partition("/")
        champ = "anciennes_cles" if de_mesure else "anciens_ids"
        voisines = [autre for autre in dossier.mesures if autre.startswith(f"{fiche}/")]
        proche = advise(cle, voisines) if de_mesure else ""
        nom = f"« {cle} »" if de_mesure else f"la fiche « {cle} »"
        yield Constat(
            _fiche_or_contract(dossier, fiche),
            f"{nom} n'existe plus, mais {releve.organisme} y a répondu pour {releve.exercice}",
            f"rétablissez-la, ou écrivez ce nom dans {champ}" + (f" ; {proche}" if proche else ""),
        )


def type_des_reponses_garde(dossier: Dossier) -> Iterator[Constat]:
    """
    Une mesure à laquelle on a répondu garde son type.

    Une réponse « 12 » ne se lit pas comme un oui ou non. Quand ce qui est demandé change, une
    nouvelle mesure succède à l'ancienne et la série se rompt à la vue de tous. Une ligne par
    mesure.

    Exemple :

        # on a répondu 12, puis le type change :
        - {id: ecoles, libelle: Écoles, type: oui_non}

    Remède : rétablissez le type, ou créez une mesure avec `succede_a`.
    """
    signalees: set[str] = set()
    for releve in dossier.releves.values():
        for cle, valeur in releve.valeurs.items():
            situee = dossier.mesures.get(dossier.cles_actuelles.get(cle, ""))
            if situee is None or situee.cle in signalees or _readable(situee, valeur):
                continue
            signalees.add(situee.cle)
            yield Constat(
                situee.mesure.lieu("type"),
                f"« {_shorten(valeur.valeur or '')} », répondu par {releve.organisme} pour "
                f"{releve.exercice}, n'est pas de type {situee.mesure.type}",
                "rétablissez le type, ou créez une mesure avec succede_a",
            )


def _shorten(texte: str) -> str:
    return texte if len(texte) <= LONGUEUR_MONTREE else f"{texte[:LONGUEUR_MONTREE]}…"


def _readable(situee: MesureSituee, valeur: Valeur) -> bool:
    mesure = situee.mesure
    if valeur.valeur is None or valeur.etat is None or not valeur.etat.repond:
        return True
    if mesure.type is TypeMesure.OUI_NON:
        return valeur.valeur in OUI_NON
    if mesure.type is TypeMesure.CHOIX:
        return valeur.valeur in mesure.modalites
    return not mesure.type.chiffre or _is_number(valeur.valeur)


def _is_number(texte: str) -> bool:
    try:
        read_decimal(texte)
    except ValueError:
        return False
    return True


def organisme_des_releves_garde(dossier: Dossier) -> Iterator[Constat]:
    """
    Un organisme qui a rendu un formulaire, ou qu'un relevé nomme, reste au registre.

    Un relevé nomme aussi des communes et des financeurs. La faute est celle du contrat, non du
    relevé, qui ne se modifie jamais. Une ligne par organisme perdu.

    Exemple :

        # apo a répondu, puis son code change :
        apo-bfc: {nom: Association de Prévention en Orthophonie}

    Remède : rétablissez l'organisme, ou gardez l'ancien code dans `anciens_codes`.
    """
    organismes = dossier.contrat.organismes
    connus = {*organismes, *(a for o in organismes.values() for a in o.anciens_codes)}
    perdus: dict[str, Releve] = {}
    for releve in dossier.releves.values():
        nommes = {releve.organisme: None}
        for declaration in releve.fiches.values():
            nommes |= dict.fromkeys(declaration.communes)
            nommes |= dict.fromkeys(aide.financeur for aide in declaration.aides)
        for code in nommes:
            if code not in connus:
                perdus.setdefault(code, releve)
    for code, releve in perdus.items():
        yield Constat(
            dossier.contrat.lieu("organismes", cle=True),
            f"« {code} » n'est pas au registre, mais le relevé {releve.nom} le nomme",
            "rétablissez-le, ou écrivez son code dans anciens_codes de son successeur",
        )


def exercice_du_releve_dans_le_contrat(dossier: Dossier) -> Iterator[Constat]:
    """
    Un relevé porte sur un exercice du contrat.

    Exemple :

        exercice: 2031

    Remède : corrigez la période dans data/contrat.yaml, ou retirez le relevé par
    `clsmon collect --retirer`.
    """
    periode = dossier.contrat.periode
    for releve in dossier.releves.values():
        if releve.exercice not in periode.exercices:
            yield Constat(
                releve.lieu("exercice"),
                f"relevé pour {releve.exercice}, hors du contrat ({periode.debut}-{periode.fin})",
                "corrigez la période du contrat, ou retirez le relevé (collect --retirer)",
            )


def remplacement_connu(dossier: Dossier) -> Iterator[Constat]:
    """
    Un relevé n'en remplace que d'autres du même organisme et du même exercice, présents.

    Un relevé ne se supprime pas : il se remplace ou se retire, et reste lisible.

    Exemple :

        remplace: [apo-1a2b3c4d]
        # alors que data/suivi/2025/apo-1a2b3c4d.yaml n'existe pas

    Remède : rétablissez le fichier supprimé depuis une sauvegarde ou depuis git.
    """
    mots = ("relevé", "le relevé", "organisme")
    yield from check_replacements(dossier, dossier.releves, mots, "data/suivi")


def fictif_et_reel_separes(dossier: Dossier) -> Iterator[Constat]:
    """
    Un exercice ne mêle pas relevés fictifs et relevés réels.

    Les relevés d'une démonstration portent `fictif: true` ; un bilan qui les mêlerait aux vrais
    tromperait.

    Exemple :

        # dans data/suivi/2025, apo-1a2b3c4d est fictif, emas-5e6f7a8b ne l'est pas

    Remède : ôtez du dossier les relevés de la démonstration.
    """
    exercices = sorted({releve.exercice for releve in dossier.releves.values()})
    for exercice in exercices:
        releves = dossier.releves_de(exercice).values()
        fictifs = [releve for releve in releves if releve.fictif]
        if fictifs and len(fictifs) < len(releves):
            yield Constat(
                fictifs[0].lieu("fictif"),
                f"l'exercice {exercice} mêle relevés fictifs ({len(fictifs)}) et réels "
                f"({len(releves) - len(fictifs)})",
                "ôtez du dossier les relevés de la démonstration",
            )


def reponse_avec_valeur(dossier: Dossier) -> Iterator[Constat]:
    """
    Une réponse « renseigné » ou « estimé » a une valeur, et elle seule.

    Une cellule « à vérifier », non disponible ou sans objet n'en a pas : un blanc n'est jamais
    un zéro.

    Exemple :

        3.1/ecoles-classes/ecoles: {etat: renseigne, cellule: Saisie!H12}

    Remède : relisez le classeur reçu par `clsmon collect` ; un relevé ne se modifie pas.
    """
    for releve in dossier.releves.values():
        for cle, v in releve.valeurs.items():
            porte = any(element is not None for element in (v.valeur, v.numerateur, v.denominateur))
            repond = v.etat is not None and v.etat.repond
            if porte != repond:
                faute = "sans valeur" if repond else "avec une valeur"
                yield Constat(
                    releve.lieu("valeurs", cle),
                    f"« {cle} » : état {v.etat or 'absent'} {faute}",
                    "relisez le classeur reçu par clsmon collect",
                )


def taux_a_deux_termes(dossier: Dossier) -> Iterator[Constat]:
    """
    Un taux saisi en termes a son numérateur et son dénominateur, et lui seul.

    Un taux donné en points, sans ses termes, est admis : il se montre et ne s'additionne pas.

    Exemple :

        5.1/participation/taux: {numerateur: 41, etat: renseigne, cellule: …}

    Remède : relisez le classeur reçu par `clsmon collect` ; un relevé ne se modifie pas.
    """
    for releve in dossier.releves.values():
        for cle, v in releve.valeurs.items():
            if (v.numerateur is None) != (v.denominateur is None):
                manque = "dénominateur" if v.denominateur is None else "numérateur"
                yield Constat(
                    releve.lieu("valeurs", cle),
                    f"« {cle} » : taux sans {manque}",
                    "relisez le classeur reçu par clsmon collect",
                )


def doute_avec_sa_saisie(dossier: Dossier) -> Iterator[Constat]:
    """
    Une cellule « à vérifier » garde ce qui a été saisi, pour qu'on puisse le demander.

    Un texte qui contenait des données personnelles n'est pas gardé : sa règle le dit.

    Exemple :

        3.1/livres/livres: {etat: a_verifier, cellule: Saisie!H14}

    Remède : relisez le classeur reçu par `clsmon collect` ; un relevé ne se modifie pas.
    """
    for releve in dossier.releves.values():
        for cle, v in releve.valeurs.items():
            retenu = v.regle == REGLE_PERSONNELLES
            if v.etat is Etat.A_VERIFIER and not (v.saisi or v.nature_cellule or retenu):
                yield Constat(
                    releve.lieu("valeurs", cle),
                    f"« {cle} » : à vérifier, sans ce qui a été saisi",
                    "relisez le classeur reçu par clsmon collect",
                )
