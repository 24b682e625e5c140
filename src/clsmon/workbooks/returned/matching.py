"""Une ligne répond-elle à ce que sa clé dit ? Sinon, rien n'en est pris, et c'est dit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from clsmon.model.anomalie import Anomalie, Gravite, Lieu
from clsmon.model.dossier import MesureSituee
from clsmon.model.fiche import Fiche
from clsmon.model.personal_data import find_personal_data
from clsmon.workbooks.layout import Champ
from clsmon.workbooks.reader.refusal import shorten
from clsmon.workbooks.returned.locating import Ligne, Retour
from clsmon.workbooks.returned.shown import proves, shown_text, shows

_PROGRAMME = "programme."


def mixed_labels(
    retour: Retour, lignes: Mapping[str, Ligne], mesures: Mapping[str, MesureSituee]
) -> set[str]:
    """
    Les libellés de mesure dont des lignes ont pu être échangées, clés à part.

    Deux d'entre elles montrent un autre indicateur que le leur, ou une seule celui d'une mesure du
    même nom ; tous ceux de plusieurs mesures, si une ligne en montre une autre que la sienne.
    Autrement, c'est l'indicateur qui a changé de libellé au contrat.
    """
    siennes = {cle: ligne for cle, ligne in lignes.items() if cle in mesures}
    if not all(_shows_its_label(retour, li, mesures[cle]) for cle, li in siennes.items()):
        noms = Counter(shown_text(definition.libelle) for definition in retour.definitions.values())
        return {"", *(nom for nom, fois in noms.items() if fois > 1)}
    connus = {
        (shown_text(s.indicateur.libelle), shown_text(s.mesure.libelle)) for s in mesures.values()
    }
    montres: Counter[str] = Counter()
    for cle, ligne in siennes.items():
        if not _shows_its_indicator(ligne, mesures[cle], ()):
            indicateur, mesure = (shown_text(ligne.text(c)) for c in ("indicateur", "mesure"))
            montres[mesure] += 2 if (indicateur, mesure) in connus or not mesure else 1
    return {mesure for mesure, fois in montres.items() if fois > 1}


def same_question(
    retour: Retour,
    ligne: Ligne,
    situee: MesureSituee,
    melees: Collection[str],
    anomalies: list[Anomalie],
) -> bool:
    """Vrai si la mesure a gardé son type et son unité depuis que le formulaire a été fait."""
    demande = retour.definitions.get(ligne.text("cle").strip())
    mesure = situee.mesure
    constat, code = "", "FOR012"
    if demande is None and (retour.definitions or not _is_asked(retour, situee)):
        constat = f"« {situee.cle} » n'est pas demandé à cet organisme"
    elif _is_mute(retour, ligne, "mesure"):
        constat, code = f"la ligne de « {situee.nom} » ne dit plus ce qu'elle demande", "FOR022"
    elif not _shows_its_measure(retour, ligne, situee, melees):
        constat, code = f"la ligne de « {situee.nom} » montre une autre mesure", "FOR022"
    elif demande is not None and (demande.type, demande.unite) != (mesure.type, mesure.unite):
        constat, code = f"« {situee.cle} » a changé de type ou d'unité", "FOR017"
    if constat:
        anomalies.extend(stranger(retour, ligne, constat, code))
        return False
    renommee = demande is not None and demande.libelle not in {mesure.libelle, ""}
    if renommee or not shows(ligne, "indicateur", [situee.indicateur.libelle]):
        anomalies.append(_renamed(retour, ligne, "valeur", situee.nom))
    return True


def _is_asked(retour: Retour, situee: MesureSituee) -> bool:
    return situee.demandee_en(retour.exercice) and retour.organisme in situee.repondants


def _is_mute(retour: Retour, ligne: Ligne, colonne: str) -> bool:
    """Vrai si la ligne ne dit rien de ce qu'elle demande, dans une feuille en désordre."""
    return ligne.feuille in retour.desordre and not shown_text(ligne.text(colonne))


def _shows_its_measure(
    retour: Retour, ligne: Ligne, situee: MesureSituee, melees: Collection[str]
) -> bool:
    """
    Vrai si la ligne montre la fiche, l'indicateur et la mesure que dit sa clé.

    Un formulaire plus ancien peut montrer un ancien libellé d'indicateur : celui de la mesure
    suffit alors, si aucune autre ligne n'a pu être échangée avec celle-ci.
    """
    if not _shows_its_label(retour, ligne, situee):
        return False
    return _shows_its_indicator(ligne, situee, retour.desordre) or (
        not retour.a_jour and shown_text(ligne.text("mesure")) not in melees
    )


def _shows_its_label(retour: Retour, ligne: Ligne, situee: MesureSituee) -> bool:
    """Vrai si la ligne montre sa fiche, et sa mesure telle que nommée alors ou aujourd'hui."""
    demande = retour.definitions.get(ligne.text("cle").strip())
    libelles = [situee.mesure.libelle, demande.libelle if demande else ""]
    fiches = [situee.fiche.id, *situee.fiche.anciens_ids]
    return shows(ligne, "mesure", libelles) and shows(ligne, "fiche", fiches)


def _shows_its_indicator(ligne: Ligne, situee: MesureSituee, desordre: Collection[str]) -> bool:
    fiches = [situee.fiche.id, *situee.fiche.anciens_ids]
    return proves(ligne, "fiche", fiches, desordre) and proves(
        ligne, "indicateur", [situee.indicateur.libelle], desordre
    )


def _renamed(retour: Retour, ligne: Ligne, colonne: str, nom: str) -> Anomalie:
    lieu = Lieu(retour.fichier, feuille=ligne.feuille, cellule=ligne.address(colonne))
    message = f"{nom} : le libellé a changé depuis ce formulaire"
    conseil = "Vérifiez que la réponse porte bien sur le libellé actuel."
    return Anomalie(lieu, "FOR018", Gravite.ALERTE, message, conseil)


def report_unknown(
    retour: Retour, lignes: Mapping[str, Ligne], mesures: Collection[str]
) -> Iterator[Anomalie]:
    """Ce qui est écrit sur les lignes de mesures que le contrat n'a pas."""
    for cle, ligne in lignes.items():
        if cle not in mesures:
            yield from stranger(retour, ligne, f"mesure inconnue du contrat : « {shorten(cle)} »")


def stranger(
    retour: Retour, ligne: Ligne, constat: str, code: str = "FOR012"
) -> Iterator[Anomalie]:
    """
    Dit ce qui était écrit sur une ligne dont rien ne peut être pris.

    Si les cases à remplir sont vides, ce qui est écrit à la place de l'an dernier : une cellule
    supprimée décale la réponse d'une colonne.
    """
    ecrites = [c for c in ligne.colonnes if c in ligne.typees and ligne.cell(c)]
    for colonne in ecrites or (["valeur_precedente"] if code == "FOR022" else []):
        if ligne.cell(colonne):
            texte = ligne.text(colonne)
            cite = "ce texte" if find_personal_data(texte) else f"« {shorten(texte)} »"
            yield Anomalie(
                Lieu(retour.fichier, feuille=ligne.feuille, cellule=ligne.address(colonne)),
                code,
                Gravite.ERREUR,
                f"{constat} ; {cite} n'est pas enregistré",
                f"Refaites le formulaire avec « {retour.refaire} » et reportez-y la réponse.",
            )


def same_rubric(
    retour: Retour,
    ligne: Ligne,
    fiche: Fiche,
    champs: Mapping[str, Champ],
    anomalies: list[Anomalie],
) -> bool:
    """
    Vrai si la rubrique est demandée et si la ligne la montre.

    L'intitulé d'une action programmée a pu changer depuis : il suffit qu'il ne soit pas celui
    d'une autre rubrique.
    """
    cle = ligne.text("champ").strip()
    champ = champs.get(cle)
    if champ is None:
        anomalies.extend(stranger(retour, ligne, f"rubrique inconnue : « {shorten(cle)} »"))
        return False
    muette = _is_mute(retour, ligne, "rubrique")
    memes = not muette and shows(ligne, "rubrique", [champ.libelle])
    renommee = cle.startswith(_PROGRAMME) and not shows(
        ligne, "rubrique", [c.libelle for c in champs.values() if c.cle != cle]
    )
    fiches = [fiche.id, *fiche.anciens_ids]
    if proves(ligne, "fiche", fiches, retour.desordre) and (memes or renommee):
        if not memes:
            nom = f"{fiche.id} {champ.libelle}"
            anomalies.append(_renamed(retour, ligne, "reponse", nom))
        return True
    montre = "ne dit plus ce qu'elle demande" if muette else "montre une autre rubrique"
    constat = f"la ligne de « {fiche.id} {champ.libelle} » {montre}"
    anomalies.extend(stranger(retour, ligne, constat, "FOR022"))
    return False
