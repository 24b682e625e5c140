"""Ce qui manque au contrat pour être évalué : des informations, une ligne par fiche."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.dossier import Dossier, MesureSituee
from clsmon.model.fiche import Fiche, StatutFiche
from clsmon.model.indicateur import TypeMesure
from clsmon.rules.regle import Constat


def _followed(dossier: Dossier) -> Iterator[tuple[Fiche, list[MesureSituee]]]:
    """Les fiches suivies, avec leurs mesures demandées ; celles à programmer n'en sont pas."""
    par_fiche: dict[str, list[MesureSituee]] = {}
    for situee in dossier.mesures.values():
        if situee.mesure.calcul is None:
            par_fiche.setdefault(situee.fiche.id, []).append(situee)
    for fiche in dossier.fiches:
        if fiche.statut is StatutFiche.PROGRAMMEE:
            yield fiche, par_fiche.get(fiche.id, [])


def suivi_complet(dossier: Dossier) -> Iterator[Constat]:
    """
    La rubrique de suivi d'une fiche dit la fréquence, la source et le responsable.

    Ce que le contrat laisse vide reste vide ; l'évaluation finale devra s'en passer.

    Exemple :

        suivi: {frequence: annuelle, source: "", responsable: null}

    Remède : proposez au COPIL de compléter la fiche.
    """
    for fiche, _ in _followed(dossier):
        champs = (("frequence", "fréquence"), ("source", "source"), ("responsable", "responsable"))
        manques = [nom for champ, nom in champs if not (getattr(fiche.suivi, champ) or "").strip()]
        if manques:
            yield Constat(
                fiche.lieu("suivi", cle=True),
                f"fiche {fiche.id} : suivi sans {', sans '.join(manques)}",
                "le COPIL peut compléter la fiche",
            )


def valeurs_initiales_connues(dossier: Dossier) -> Iterator[Constat]:
    """
    Chaque mesure chiffrée a une valeur initiale.

    Sans elle, on suit une évolution d'une année à l'autre, mais on ne sait pas d'où l'on
    partait. Une valeur absente n'est pas zéro. Une ligne par fiche.

    Exemple :

        {id: ecoles, libelle: Écoles, type: nombre, unite: écoles}

    Remède : la première réponse pourra servir de départ, si le COPIL en convient.
    """
    for fiche, situees in _followed(dossier):
        chiffrees = [s for s in situees if s.mesure.type.chiffre]
        sans = [s for s in chiffrees if s.mesure.valeur_initiale is None]
        if sans:
            yield Constat(
                fiche.lieu("indicateurs", cle=True),
                f"fiche {fiche.id} : mesures chiffrées sans valeur initiale : "
                f"{len(sans)} sur {len(chiffrees)}",
                "la première réponse pourra servir de départ, si le COPIL en convient",
            )


def cibles_fixees(dossier: Dossier) -> Iterator[Constat]:
    """
    Le COPIL a fixé des cibles.

    Une cible est facultative. Tant qu'une mesure n'en a pas, le bilan montre le niveau et
    l'évolution, et dit « cible non fixée » sans porter de jugement. Une ligne pour le contrat.

    Exemple :

        # aucune mesure du dossier n'a de clé `cibles`

    Remède : une décision de nature « cible », puis `cibles` sur la mesure.
    """
    chiffrees = [s for s in dossier.mesures.values() if s.mesure.type.chiffre]
    sans = [s for s in chiffrees if not s.mesure.cibles]
    if sans:
        yield Constat(
            dossier.contrat.lieu("titre"),
            f"mesures chiffrées sans cible : {len(sans)} sur {len(chiffrees)}",
            "seul le COPIL peut en fixer une, par une décision datée",
        )


def fiche_avec_indicateur(dossier: Dossier) -> Iterator[Constat]:
    """
    Une fiche programmée a au moins un indicateur.

    Certains contrats écrivent des fiches sans indicateur : on en suit alors l'avancement et le
    récit seulement.

    Exemple :

        statut: programmee
        indicateurs: []

    Remède : proposez un indicateur au COPIL.
    """
    for fiche, _ in _followed(dossier):
        if not fiche.indicateurs:
            yield Constat(
                fiche.lieu("statut"),
                f"la fiche {fiche.id} n'a pas d'indicateur",
                "seuls son avancement et son récit seront suivis",
            )


def _satisfaction(situee: MesureSituee) -> bool:
    texte = f"{situee.indicateur.libelle} {situee.mesure.libelle}".casefold()
    return "satisfaction" in texte and situee.mesure.type is TypeMesure.TEXTE


def satisfaction_mesurable(dossier: Dossier) -> Iterator[Constat]:
    """
    Une satisfaction suivie d'une année à l'autre a une échelle.

    Le contrat demande souvent « satisfaction des participants » sans échelle : en texte libre,
    elle se raconte mais ne s'additionne ni ne se compare. Une ligne par fiche.

    Exemple :

        {id: texte, libelle: Satisfaction des parents, type: texte}

    Remède : si les répondants ont une échelle commune, ajoutez un taux de satisfaits.
    """
    for fiche, situees in _followed(dossier):
        concernees = [s for s in situees if _satisfaction(s)]
        if concernees:
            noms = ", ".join(f"{s.indicateur.id}/{s.mesure.id}" for s in concernees)
            yield Constat(
                concernees[0].mesure.lieu("type"),
                f"fiche {fiche.id} : satisfaction en texte libre, sans échelle ({noms})",
                "un taux de satisfaits permettrait de comparer les années",
            )
