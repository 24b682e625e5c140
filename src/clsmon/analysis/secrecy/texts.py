"""Les textes des partenaires dans un bilan public : publiés fiche par fiche, sinon absents."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal

from clsmon.model.indicateur import Mesure, TypeMesure
from clsmon.model.libelles import simplify
from clsmon.model.noeud import read_decimal
from clsmon.model.observation import AvisFiche, Contestation, Rendu
from clsmon.model.releve import Aide, DeclarationFiche, Saisie, Valeur
from clsmon.model.seance import OrdreDuJour, Seance

NON_PUBLIE, MOTIF = "non publié", "motif non publié"
LONGUEUR_EMPREINTE = 12
"""Le début du sha256 reconnaît un classeur ; entier, il permettrait d'en éprouver le contenu."""
_NOMBRE = re.compile(r"\d+(?:[.,]\d+)?")
_MILLIERS = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))")
_MOT = re.compile(r"[a-z]+")
_EN_LETTRES = """
zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
"""
_MOTS = tuple(_EN_LETTRES.split())
_RUBRIQUES = ("faits_marquants", "freins", "leviers", "perspectives", "motif_evolution")


def mentions(texte: str, nombres: Collection[Decimal]) -> bool:
    """Vrai si un texte écrit l'un de ces nombres, en chiffres ou, jusqu'à seize, en lettres."""
    ecrits = _NOMBRE.findall(_MILLIERS.sub("", texte))
    dits = {Decimal(ecrit.replace(",", ".")) for ecrit in ecrits if ecrit.isascii()}
    mots = {"un" if mot == "une" else mot for mot in _MOT.findall(simplify(texte))}
    dits |= {Decimal(rang) for rang, mot in enumerate(_MOTS) if mot in mots}
    # Digits of another script are not read as numbers here: such a text is not published.
    return bool(dits & set(nombres)) or any(c.isdecimal() and not c.isascii() for c in texte)


class Lecture:
    """Ce qui se lit d'un texte : tout, rien, ou tout sauf ce qui dirait un nombre masqué."""

    def __init__(self, publiee: bool, masques: Collection[Decimal] = ()) -> None:
        self.publiee = publiee
        self._masques = masques

    def read(self, texte: str) -> str:
        """Le texte, ou rien."""
        return texte if self.publiee and not mentions(texte, self._masques) else ""

    def doubts(self, saisies: Mapping[str, Saisie]) -> dict[str, Saisie]:
        """Les mêmes cases à vérifier ; le texte brut n'y est que s'il se lit."""
        return {
            champ: saisie.retouched(saisi=self.read(saisie.saisi), regle="")
            for champ, saisie in saisies.items()
        }


def open_story(declaration: DeclarationFiche, lecture: Lecture) -> DeclarationFiche:
    """Un récit : les états, les montants et les communes restent, les textes selon la lecture."""
    textes = {champ: lecture.read(getattr(declaration, champ)) for champ in _RUBRIQUES}
    return declaration.retouched(
        **textes,
        qpv=tuple(filter(None, map(lecture.read, declaration.qpv))),
        aides=tuple(_open_aid(aide, lecture) for aide in declaration.aides),
        a_verifier=lecture.doubts(declaration.a_verifier),
        lectures={},
    )


def _open_aid(aide: Aide, lecture: Lecture) -> Aide:
    return aide.retouched(convention=lecture.read(aide.convention))


def open_answer(valeur: Valeur, mesure: Mesure, lecture: Lecture, *, personnes: bool) -> Valeur:
    """Une réponse : sa valeur reste, son texte brut jamais quand il dirait un effectif."""
    brut = Lecture(publiee=False) if personnes else lecture
    return valeur.retouched(
        valeur=valeur.valeur if _is_closed(valeur.valeur, mesure, lecture) else None,
        saisi=brut.read(valeur.saisi),
        regle="" if personnes else valeur.regle,
        commentaire=lecture.read(valeur.commentaire),
        preuve=lecture.read(valeur.preuve),
    )


def says_nothing_free(texte: str | None, mesure: Mesure, lecture: Lecture) -> bool:
    """Vrai si ce qu'une réponse en mots dit peut se publier : une modalité, ou un texte lu."""
    return texte is None or _is_closed(texte, mesure, lecture)


def _is_closed(texte: str | None, mesure: Mesure, lecture: Lecture) -> bool:
    if texte is None:
        return True
    if mesure.type is TypeMesure.TEXTE:
        return bool(lecture.read(texte))
    if not mesure.type.chiffre:
        return texte in {"oui", "non", *mesure.modalites}
    try:
        read_decimal(texte)
    except ValueError:
        return False
    return True


def open_contest(contestation: Contestation, lecture: Lecture, *, personnes: bool) -> Contestation:
    """Une contestation : les deux valeurs restent, le motif et la source selon la lecture."""
    brut = Lecture(publiee=False) if personnes else lecture
    return contestation.retouched(
        saisi=brut.read(contestation.saisi),
        regle="",
        motif=lecture.read(contestation.motif),
        source=lecture.read(contestation.source),
        a_verifier=brut.doubts(contestation.a_verifier),
    )


def open_opinion(avis: AvisFiche, lecture: Lecture) -> AvisFiche:
    """Un avis : accord, remarque ou désaccord ; son texte selon la lecture."""
    return avis.retouched(
        texte=lecture.read(avis.texte), a_verifier=lecture.doubts(avis.a_verifier)
    )


def strip_return(rendu: Rendu) -> Rendu:
    """Un relevé ou un examen : qui, quand, et le début de l'empreinte ; rien de ce qu'il dit."""
    recu = rendu.recu.retouched(
        fichier=NON_PUBLIE, sha256=rendu.recu.sha256[:LONGUEUR_EMPREINTE], formulaire=""
    )
    vide: dict[str, object] = {"fiches": {}, "recu": recu, "motif": MOTIF if rendu.motif else None}
    dites = "valeurs" if "valeurs" in type(rendu).model_fields else "mesures"
    vide[dites] = {}
    return rendu.retouched(**vide)


def strip_meeting(seance: Seance) -> Seance:
    """Une séance sans les points de son ordre du jour, qui citent les motifs des partenaires."""
    jour = OrdreDuJour(envoye_le=seance.ordre_du_jour.envoye_le)
    return seance.retouched(ordre_du_jour=jour, origine=None)
