"""Comment se tiennent les séances : l'ordre du jour envoyé avant, les décisions prises pendant."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.dossier import Dossier
from clsmon.model.seance import EtatSeance, NatureDecision
from clsmon.rules.regle import Constat

_CHANGENT_LES_FICHES = {NatureDecision.AJOUT_FICHE, NatureDecision.RETRAIT_FICHE}


def ordre_du_jour_envoye_avant(dossier: Dossier) -> Iterator[Constat]:
    """
    L'ajout ou le retrait d'une fiche figure à un ordre du jour envoyé avant la séance.

    Article 6 : c'est une décision du COPIL, inscrite à un ordre du jour envoyé au préalable.

    Exemple :

        date: 2026-05-12
        ordre_du_jour: {points: [Bilan 2025]}
        decisions:
          - {id: D1, nature: retrait_fiche, objet: "3.5", texte: …}

    Remède : écrivez le jour de l'envoi, « envoye_le: … », s'il est avant celui de la séance.
    """
    paires = ((seance, decision) for seance in dossier.seances for decision in seance.decisions)
    for seance, decision in paires:
        envoi = seance.ordre_du_jour.envoye_le
        envoye = envoi is not None and envoi < seance.date
        if decision.nature in _CHANGENT_LES_FICHES and not envoye:
            dit = f"envoyé le {envoi:%d/%m/%Y}" if envoi else "sans date d'envoi"
            yield Constat(
                decision.lieu("nature"),
                f"décision {decision.id} ({decision.nature}) : l'ordre du jour est {dit}, "
                "l'article 6 le demande envoyé avant la séance",
                "écrivez le jour de l'envoi, ou faites confirmer la décision à la séance suivante",
            )


def decisions_d_une_seance_tenue(dossier: Dossier) -> Iterator[Constat]:
    """
    Une séance prévue n'a encore ni décidé, ni réuni personne.

    Ses décisions ne comptent pas tant qu'elle est « prevue » : le bilan ne suit que celles des
    séances tenues.

    Exemple :

        etat: prevue
        decisions:
          - {id: D1, nature: autre, texte: …}

    Remède : passez l'état à « tenue » si la séance a eu lieu.
    """
    for seance in dossier.seances:
        if seance.etat is EtatSeance.TENUE:
            continue
        dits = (("decisions", "des décisions"), ("presents", "des présents"))
        for champ, quoi in dits:
            if getattr(seance, champ):
                message = f"séance prévue, qui a déjà {quoi} : rien n'en est compté"
                yield Constat(
                    seance.lieu("etat"), message, "passez l'état à « tenue » si elle a eu lieu"
                )
