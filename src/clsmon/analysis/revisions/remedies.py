"""Le YAML à ajouter pour que chaque changement ait sa décision ou son avenant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from clsmon.analysis.revisions.coverage import Verdict, find_verdict
from clsmon.analysis.revisions.members import signers_of
from clsmon.analysis.revisions.yaml_lines import block, flow, item, items, written
from clsmon.analysis.wording import short_date
from clsmon.model.contrat import PILOTAGE
from clsmon.model.dossier import Dossier
from clsmon.model.revision import A_DATER, Besoin, Changement, Geste, Remede
from clsmon.model.seance import EtatSeance, NatureAvenant, NatureDecision, Seance

SEANCES, AVENANTS = "data/seances", "data/avenants"


class Redaction:
    """
    Ce qui manque à une révision, écrit d'un bout à l'autre sans deux fois le même numéro.

    Une décision qui manque va à la dernière séance tenue qui convient, sinon à une séance à créer :
    ses dates restent à écrire, car rien ici ne les dit.
    """

    def __init__(self, avant: Dossier, apres: Dossier, changements: Sequence[Changement]) -> None:
        self.avant, self.apres = avant, apres
        self.pilote = apres.contrat.pilote or next(iter(apres.contrat.instances), PILOTAGE)
        self.points = tuple(
            dict.fromkeys(
                c.besoin.texte for c in changements if c.en_defaut and c.besoin and c.besoin.annonce
            )
        )
        self.decisions: dict[tuple[Any, ...], tuple[str, Remede, tuple[Remede, ...]]] = {}
        self.pris: dict[str, int] = {}
        self.avenants = _group_avenants(changements)

    def remedy(self, changement: Changement) -> Changement:
        """Le changement avec tout ce qu'il faut écrire."""
        besoin = changement.besoin
        sans_issue = changement.bloque and changement.code != "REV003" and not changement.remedes
        if besoin is None or not changement.en_defaut or sans_issue:
            return changement
        verdict = find_verdict(self.avant, self.apres, changement) or Verdict("")
        if isinstance(besoin.nature, NatureAvenant):
            remedes = self._avenant(besoin, verdict)
        else:
            remedes = tuple(self._decision(changement, besoin, verdict))
        return replace(changement, remedes=(*changement.remedes, *remedes))

    def _decision(
        self, changement: Changement, besoin: Besoin, verdict: Verdict
    ) -> Iterator[Remede]:
        if not verdict.code:
            if changement.code == "REV003":
                yield from self._withdrawal(besoin, verdict.nom, supprimee=True)
            return
        if verdict.code == "REV004" and verdict.seance and not _sent(verdict.seance):
            yield _sending_date(verdict.seance)
            return
        nom, remede, entete = self._new_decision(besoin)
        yield from (*entete, remede)
        yield from self._naming(changement, besoin, nom)

    def _new_decision(self, besoin: Besoin) -> tuple[str, Remede, tuple[Remede, ...]]:
        cle = (besoin.nature, besoin.objet, besoin.annee, besoin.valeur, besoin.exercice)
        if cle not in self.decisions:
            self.decisions[cle] = self._write_decision(besoin)
        return self.decisions[cle]

    def _write_decision(self, besoin: Besoin) -> tuple[str, Remede, tuple[Remede, ...]]:
        seance = self._last_meeting(annonce=besoin.annonce)
        nom = seance.nom if seance else f"{A_DATER}-{self.pilote}"
        existants = [d.id for d in seance.decisions] if seance else []
        rang = self.pris.get(nom) or _last_number(existants)
        self.pris[nom] = rang + 1
        cles = {"id": f"D{rang + 1}", **_content(besoin)}
        fichier = f"{SEANCES}/{nom}.yaml"
        if seance is None:
            yaml = item(cles)
            remede = Remede(fichier, Geste.AJOUTER, yaml, "« decisions: »")
            return f"{nom}/D{rang + 1}", remede, tuple(self._new_meeting(fichier))
        condition = f"si le COPIL en a décidé le {short_date(seance.date)}"
        retrait = max(0, seance.decisions[-1].lieu().colonne - 3) if seance.decisions else 2
        yaml = item(cles, retrait)
        yaml = yaml if seance.decisions else f"decisions:\n{yaml}"
        endroit = "« decisions: »" if seance.decisions else "ce fichier"
        remede = Remede(fichier, Geste.AJOUTER, yaml, endroit, condition)
        return f"{nom}/D{rang + 1}", remede, ()

    def _last_meeting(self, *, annonce: bool) -> Seance | None:
        pilote = self.apres.contrat.pilote
        tenues = [
            s
            for s in self.apres.seances
            if s.etat is EtatSeance.TENUE
            and pilote in {None, s.instance}
            and (not annonce or _sent_before(s))
        ]
        return max(tenues, key=lambda s: s.date, default=None)

    def _new_meeting(self, fichier: str) -> Iterator[Remede]:
        if self.pilote not in self.apres.contrat.instances:
            yaml = f"instances:\n  {self.pilote}: {{nom: Comité de pilotage}}"
            yield Remede("data/contrat.yaml", Geste.REMPLACER, yaml, "« instances: »")
        cles = {"instance": self.pilote, "date": A_DATER, "etat": "tenue"}
        points = [f"  points:\n{items(self.points, 4)}"] if self.points else []
        ordre = "\n".join(["ordre_du_jour:", f"  envoye_le: {A_DATER}", *points])
        yaml = f"{block(cles)}\n{ordre}\ndecisions:"
        yield Remede(fichier, Geste.CREER, yaml)

    def _naming(self, changement: Changement, besoin: Besoin, nom: str) -> Iterator[Remede]:
        """Ce qui doit nommer la décision : la fin de vigueur, la cible, l'action."""
        if besoin.nature is NatureDecision.RETRAIT_FICHE:
            yield from self._withdrawal(besoin, nom, supprimee=changement.code == "REV003")
        elif besoin.nature is NatureDecision.CIBLE:
            yield self._target(besoin, nom)
        elif besoin.nature is NatureDecision.PROGRAMME:
            lieu = changement.lieu
            ou = f"« decision » (ligne {lieu.ligne})"
            yield Remede(lieu.fichier, Geste.REMPLACER, f"decision: {nom}", ou)

    def _withdrawal(self, besoin: Besoin, nom: str, *, supprimee: bool) -> Iterator[Remede]:
        fiche = self.apres.fiche.get(besoin.objet) or self.avant.fiche[besoin.objet]
        fin = fiche.vigueur.fin or A_DATER
        if supprimee or fiche.vigueur.fin or fiche.statut == "retiree":
            vigueur = {**written(fiche.vigueur), "fin": str(fin), "decision_fin": nom}
            yaml = f"vigueur: {flow(vigueur)}"
            yaml = f"statut: retiree\n{yaml}" if supprimee else yaml
            ou = "« statut: » et « vigueur: » du fichier rétabli" if supprimee else "« vigueur: »"
            yield Remede(fiche.lieu().fichier, Geste.REMPLACER, yaml, ou)

    def _target(self, besoin: Besoin, nom: str) -> Remede:
        situee = self.apres.mesures[besoin.objet]
        cibles = [
            {**written(c), "decision": nom} if c.annee == besoin.annee else written(c)
            for c in situee.mesure.cibles
        ]
        ou = f"« cibles: » de la mesure « {situee.mesure.id} »"
        yaml = f"cibles: {flow(cibles)}"
        return Remede(situee.fiche.lieu().fichier, Geste.REMPLACER, yaml, ou)

    def _avenant(self, besoin: Besoin, verdict: Verdict) -> tuple[Remede, ...]:
        signataires = signers_of(self.avant, self.apres)
        if avenant := verdict.avenant:
            cles: dict[str, Any] = {
                "porte_sur": list(dict.fromkeys((*avenant.porte_sur, besoin.objet))),
                "signe_le": str(avenant.signe_le or A_DATER),
                "signataires": list(dict.fromkeys((*avenant.signataires, *signataires))),
            }
            ou = "« porte_sur: », « signe_le: » et « signataires: »"
            fichier = avenant.lieu().fichier
            condition = "une fois signé"
            return (Remede(fichier, Geste.REMPLACER, block(cles), ou, condition),)
        rang, besoins = self.avenants[besoin.nature]
        numero = max((a.numero for a in self.apres.avenants), default=0) + rang
        cles = {
            "numero": numero,
            "objet": " ; ".join(dict.fromkeys(b.texte for b in besoins)),
            "nature": besoin.nature.value,
            "porte_sur": list(dict.fromkeys(b.objet for b in besoins)),
            "signe_le": A_DATER,
            "signataires": list(signataires),
        }
        fichier = f"{AVENANTS}/{numero}.yaml"
        return (Remede(fichier, Geste.CREER, block(cles), condition="une fois signé"),)


def _group_avenants(
    changements: Sequence[Changement],
) -> dict[NatureDecision | NatureAvenant, tuple[int, list[Besoin]]]:
    """Un avenant par nature, numérotés dans l'ordre, pour ce qu'aucun avenant ne vise."""
    groupes: dict[NatureDecision | NatureAvenant, tuple[int, list[Besoin]]] = {}
    for changement in changements:
        besoin = changement.besoin
        vise = changement.code != "REV014"
        if besoin and changement.en_defaut and vise and isinstance(besoin.nature, NatureAvenant):
            groupes.setdefault(besoin.nature, (len(groupes) + 1, []))[1].append(besoin)
    return groupes


def _content(besoin: Besoin) -> dict[str, Any]:
    cles: dict[str, Any] = {"nature": besoin.nature.value, "objet": besoin.objet}
    cles |= {"exercice": besoin.exercice} if besoin.exercice is not None else {}
    cles |= {"effet_le": str(besoin.effet_le)} if besoin.effet_le else {}
    cles |= {"annee": besoin.annee} if besoin.annee is not None else {}
    cles |= {"valeur": besoin.valeur} if besoin.valeur is not None else {}
    return {**cles, "texte": besoin.texte}


def _last_number(identifiants: Sequence[str]) -> int:
    rangs = [int(i[1:]) for i in identifiants if i[:1] in "Dd" and i[1:].isdigit()]
    return max(rangs, default=0)


def _sent(seance: Seance) -> bool:
    return seance.ordre_du_jour.envoye_le is not None


def _sent_before(seance: Seance) -> bool:
    envoi = seance.ordre_du_jour.envoye_le
    return envoi is not None and envoi < seance.date


def _sending_date(seance: Seance) -> Remede:
    ordre = {"envoye_le": A_DATER, **written(seance.ordre_du_jour)}
    yaml = f"ordre_du_jour: {flow(ordre)}"
    fichier = seance.lieu().fichier
    return Remede(fichier, Geste.REMPLACER, yaml, "« ordre_du_jour: »", "avant la séance")
