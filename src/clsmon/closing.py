"""
Clore un exercice : noter l'envoi du projet aux signataires, puis figer le bilan adopté.

Tout s'écrit dans `data/exercices/<exercice>.yaml`, pour qui n'écrit pas de YAML.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from clsmon.analysis.adopted import adoption_of, is_frozen, life_of
from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.closing import standing_releves
from clsmon.analysis.contestations import standing_examens
from clsmon.analysis.wording import short_date
from clsmon.model.anomalie import ClsmonError, Lieu
from clsmon.model.bilan import Bilan
from clsmon.model.dossier import Dossier
from clsmon.model.seance import EtatSeance, NatureDecision, VieBilan
from clsmon.text.loading import EXERCICES
from clsmon.text.shape import read_node
from clsmon.text.store import to_yaml
from clsmon.text.yaml_door import load_yaml

JOURS_MAX = 366
"""Au-delà, le bilan suivant serait déjà là."""


def send_draft(dossier: Dossier, exercice: int, jour: date) -> Dossier:
    """
    Le dossier où le projet est noté envoyé le `jour` ; rien n'est écrit.

    Le droit de regard (article 8) court ensuite `regles.droit_de_regard_jours` ; sans cette règle
    il n'a pas de fin. Noter deux fois le même jour ne change rien. Lève ClsmonError si le bilan est
    déjà adopté, ou si cette durée est impossible.
    """
    adoption = adoption_of(dossier, exercice, jour)
    if adoption:
        raise ClsmonError(
            f"le bilan {exercice} est déjà adopté (décision {adoption}) : il ne s'envoie plus pour "
            "avis",
            _place(exercice),
            f"Pour le bilan adopté : clsmon bilan --exercice {exercice} --definitif.",
        )
    vie = life_of(dossier, exercice)
    if vie.projet_envoye_le == jour:
        return dossier
    envoi = {"projet_envoye_le": jour, "droit_de_regard_fin": _end_of_review(dossier, jour)}
    return _with_life(dossier, exercice, vie.model_copy(update=envoi))


def _end_of_review(dossier: Dossier, jour: date) -> date | None:
    regles = dossier.contrat.regles
    jours = regles.droit_de_regard_jours
    if jours is None:
        return None
    if not 0 <= jours <= JOURS_MAX:
        raise ClsmonError(
            f"droit de regard de {jours} jours : ce n'est pas une durée possible",
            regles.lieu("droit_de_regard_jours"),
            "Recopiez dans data/contrat.yaml le nombre de jours que les signataires ont fixé.",
        )
    return jour + timedelta(days=jours)


def adopt(dossier: Dossier, exercice: int, jour: date) -> Dossier:
    """
    Le dossier où le bilan est figé : sa décision, ce qui tient ce jour, l'empreinte.

    Rien n'est écrit. Un bilan déjà figé le reste tel quel. Lève ClsmonError si aucune séance tenue
    ne l'a adopté.
    """
    if is_frozen(dossier, exercice):
        return dossier
    adoption = adoption_of(dossier, exercice, jour)
    if not adoption:
        raise ClsmonError(
            f"le bilan {exercice} n'est pas adopté : aucune séance tenue au {short_date(jour)} ne "
            "porte de décision d'adoption",
            _place(exercice),
            _how_to_adopt(dossier, exercice),
        )
    _check_adoption(dossier, exercice, adoption)
    vie = life_of(dossier, exercice).model_copy(
        update={
            "adopte": adoption,
            "releves": standing_releves(dossier, exercice),
            "examens": standing_examens(dossier, exercice),
        }
    )
    a_figer = _with_life(dossier, exercice, vie)
    empreinte = compute_bilan(a_figer, exercice, jour).cloture.calculee
    return _with_life(dossier, exercice, vie.model_copy(update={"empreinte": empreinte}))


def _how_to_adopt(dossier: Dossier, exercice: int) -> str:
    """Par le classeur de la séance qui examine ce bilan, sinon d'une séance à nommer."""
    pilote = dossier.contrat.pilote or "INSTANCE"
    siennes = [
        seance
        for seance in dossier.seances
        if seance.exercice_examine == exercice and dossier.contrat.decide(seance.instance)
    ]
    nom = max(siennes, key=lambda s: s.date).nom if siennes else f"AAAA-MM-JJ-{pilote}"
    return (
        "Notez la décision dans le classeur de la séance qui adopte (état « tenue »), puis "
        f"collectez-le : clsmon forms --seance {nom}. Dans son fichier YAML : etat: tenue, et "
        f"{{id: D1, nature: adoption_bilan, exercice: {exercice}}}. D'ici là, « clsmon bilan » "
        "rédige le projet."
    )


def check_faithful(bilan: Bilan) -> None:
    """Lève ClsmonError si les chiffres ne sont plus ceux que le COPIL a adoptés (CON065)."""
    if not bilan.cloture.fidele:
        raise ClsmonError(
            f"CON065 : les chiffres du bilan {bilan.exercice} ne sont plus ceux que le COPIL a "
            f"adoptés (décision {bilan.cloture.adoption})",
            _place(bilan.exercice),
            UNFAITHFUL_MEND,
        )


UNFAITHFUL_MEND = (
    "Une fiche, le programme ou une séance d'alors a été modifié : rétablissez-le. Si le COPIL "
    "veut ces nouveaux chiffres, écrivez sa nouvelle décision d'adoption dans « adopte » et ôtez "
    "« empreinte », « releves » et « examens », puis relancez --definitif. La page : clsmon "
    "explain CON065."
)


def _check_adoption(dossier: Dossier, exercice: int, adoption: str) -> None:
    """La décision que dit `adopte` adopte bien ce bilan, en séance tenue du COPIL."""
    prise = dossier.decisions.get(adoption)
    if (
        prise is None
        or prise[0].etat is not EtatSeance.TENUE
        or prise[1].nature is not NatureDecision.ADOPTION_BILAN
        or not dossier.contrat.decide(prise[0].instance)
    ):
        raise ClsmonError(
            f"« {adoption} » n'est pas une décision d'adoption prise en séance tenue du COPIL",
            life_of(dossier, exercice).lieu("adopte"),
            "Corrigez « adopte », ou la séance ; « clsmon validate » dit ce qui ne va pas.",
        )


def write_life(dossier: Dossier, exercice: int) -> bytes:
    """
    Les octets de la vie d'un bilan.

    Ce qui est nouveau s'ajoute à la fin du fichier : les remarques écrites à la main restent. Il
    n'est récrit en entier que si une valeur y change.
    """
    vie = life_of(dossier, exercice)
    chemin = dossier.racine / EXERCICES / f"{exercice}.yaml"
    if not chemin.is_file():
        return to_yaml(vie)
    avant = chemin.read_bytes()
    ancienne = _read_life(avant)
    if ancienne == vie:
        return avant
    nouveau = {
        champ: getattr(vie, champ)
        for champ in VieBilan.model_fields
        if getattr(vie, champ) != getattr(ancienne or VieBilan(), champ)
    }
    ajoute = avant.rstrip() + b"\n" + to_yaml(VieBilan().model_copy(update=nouveau))
    return ajoute if _read_life(ajoute) == vie else to_yaml(vie)


def _read_life(octets: bytes) -> VieBilan | None:
    brut, anomalies = load_yaml(octets, EXERCICES)
    return None if brut is None or anomalies else read_node(VieBilan, brut, "SEA")[0]


def _with_life(dossier: Dossier, exercice: int, vie: VieBilan) -> Dossier:
    return replace(dossier, exercices={**dossier.exercices, exercice: vie})


def _place(exercice: int) -> Lieu:
    return Lieu(f"{EXERCICES}/{exercice}.yaml")
