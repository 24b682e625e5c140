"""Hand-built bilans: every state of an answer, one hostile text wherever a text may stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from clsmon.model.bilan import (
    ActionSuivie,
    Attention,
    Bilan,
    BilanAxe,
    BilanFiche,
    BilanIndicateur,
    BilanOrganisme,
    DecisionSuivie,
    ExamenContradictoire,
    LigneMesure,
    Recit,
)
from clsmon.model.completude import Completude
from clsmon.model.constat import Constat, Declaration, Ecart
from clsmon.model.contrat import Contrat, ElementContexte
from clsmon.model.dossier import MesureSituee
from clsmon.model.echeance import Echeance, GenreEcheance
from clsmon.model.evolutions import (
    AvenantEnCours,
    EvolutionProposee,
    Evolutions,
    FicheAProgrammer,
    Proposition,
)
from clsmon.model.fiche import Fiche
from clsmon.model.finances import Finances
from clsmon.model.gouvernance import Gouvernance
from clsmon.model.indicateur import Cible
from clsmon.model.noeud import Carte, Marque
from clsmon.model.releve import Avancement, EtatAction, Evolution, Releve
from clsmon.model.seance import Action, EtatDecision, Seance
from clsmon.model.statut import Statut
from clsmon.render import markdown
from clsmon.render.charts.png import render_png
from clsmon.render.document import Document
from clsmon.render.inlays import write_markdown
from clsmon.render.pdf import lay_out, typeset
from tests.render.examen_samples import build_examen, told

from .section_samples import build_finances, build_governance

GABARITS = Path(__file__).parents[2] / "templates"
POLICES = GABARITS.parent / "polices"
PEINDRE = partial(render_png, polices=POLICES)
"""What paints the charts of a Word document."""


def read_node(fichier: str, contenu: dict[str, Any]) -> Carte:
    """What the YAML door would give for this content."""
    carte = Carte(fichier, Marque(1, 1, 1))
    carte.update(contenu)
    return carte


def build_contrat(texte: str) -> Contrat:
    return Contrat.model_validate(
        {
            "titre": f"Contrat {texte}",
            "nature": "cls",
            "territoire": {"nom": f"Territoire {texte}", "communes": ["ahuy"]},
            "periode": {"debut": 2024, "fin": 2028},
            "axes": [{"id": "1", "titre": f"Axe {texte}"}],
            "organismes": {
                "ars": {"nom": f"Agence {texte}", "sigle": "ARS", "signataire": "true"},
                "apo": {"nom": f"APO {texte}"},
                "sedap": {"nom": "Sedap"},
                "ahuy": {"nom": f"Ahuy {texte}"},
            },
            "instances": {"copil": {"nom": f"COPIL {texte}"}},
            "campagne": {"ouverture": "02-01", "limite": "03-15"},
        }
    )


def _mesure(rang: int, texte: str, type_: str, **suite: Any) -> dict[str, Any]:
    mesure = {"id": f"m{rang}", "libelle": f"Mesure {texte}", "type": type_, "unite": texte}
    return mesure | suite


def build_fiche(texte: str) -> Fiche:
    mesures = [
        _mesure(0, texte, "nombre", valeur_initiale={"valeur": "0"}),
        _mesure(1, texte, "taux"),
        _mesure(2, texte, "montant"),
        _mesure(3, texte, "nombre", reponses="somme", repondants=["apo", "sedap"]),
        _mesure(4, texte, "texte"),
        *(_mesure(rang, texte, "nombre") for rang in range(5, 10)),
    ]
    return Fiche.model_validate(
        {
            "id": "1.1",
            "titre": f"Fiche {texte}",
            "sous_titre": texte,
            "axe": "1",
            "statut": "programmee",
            "porteurs_texte": texte,
            "indicateurs": [
                {"id": "i", "libelle": f"Indicateur {texte}", "groupe": texte, "mesures": mesures}
            ],
            "suivi": {"repondants": ["apo", "sedap"]},
        }
    )


def build_releve(texte: str) -> Releve:
    cellule = "Saisie!H12"
    commun = {"cellule": cellule, "commentaire": texte, "preuve": texte}
    valeurs: dict[str, Any] = {
        "m0": {"valeur": "1234.5", "etat": "renseigne", **commun},
        "m1": {"numerateur": "12", "denominateur": "15", "etat": "renseigne", **commun},
        "m2": {"valeur": "30000", "etat": "renseigne", **commun},
        "m3": {"valeur": "34", "etat": "renseigne", **commun},
        "m4": {"valeur": f"Récit {texte}\n{texte}", "etat": "renseigne", **commun},
        "m5": {"valeur": "40", "etat": "estime", "saisi": texte, "regle": texte, **commun},
        "m6": {"etat": "non_disponible", **commun},
        "m7": {"etat": "sans_objet", **commun},
        "m8": {"etat": "a_verifier", "saisi": texte, "nature_cellule": "texte", **commun},
    }
    fiche = {
        "avancement": "en_cours",
        "confiance": "atteignable",
        "faits_marquants": f"{texte}\n{texte}",
        "freins": texte,
        "leviers": texte,
        "perspectives": texte,
        "evolution_proposee": "modification",
        "motif_evolution": texte,
        "communes": ["ahuy"],
        "qpv": [texte],
        "depenses": {"prevu": "30000", "realise": "0"},
        "aides": [
            {"financeur": "ars", "convention": texte, "notifie": "15000", "verse": "7500.5"},
            {"financeur": "sedap", "convention": texte, "verse": "12"},
        ],
        "poste": {"etp": "0.5", "mois": "12", "cout_eligible": "41000"},
        "a_verifier": {
            "depenses.engage": {"saisi": texte, "nature_cellule": "texte", "cellule": "Fiches!E9"}
        },
        "cellules": {"depenses.prevu": "Fiches!E8"},
    }
    return Releve.model_validate(
        read_node(
            "data/suivi/2025/apo-0123abcd.yaml",
            {
                "organisme": "apo",
                "exercice": 2025,
                "motif": texte,
                "saisi_par": "animateur",
                "recu": {
                    "fichier": f"apo {texte}.xlsx",
                    "sha256": "9f" * 32,
                    "formulaire": "4c1",
                    "lecteur": "1",
                },
                "fiches": {"1.1": fiche},
                "valeurs": {f"1.1/i/{cle}": valeur for cle, valeur in valeurs.items()},
            },
        )
    )


CONSTATS: dict[str, dict[str, Any]] = {
    "m0": {"statut": Statut.RENSEIGNE, "nombre": Decimal("1234.5")},
    "m1": {
        "statut": Statut.RENSEIGNE,
        "nombre": Decimal(80),
        "numerateur": Decimal(12),
        "denominateur": Decimal(15),
    },
    "m2": {"statut": Statut.RENSEIGNE, "nombre": Decimal(30000)},
    "m3": {"statut": Statut.RENSEIGNE, "nombre": Decimal(34), "incomplet": ("sedap",)},
    "m4": {"statut": Statut.RENSEIGNE},
    "m5": {"statut": Statut.ESTIME, "nombre": Decimal(40)},
    "m6": {"statut": Statut.NON_DISPONIBLE},
    "m7": {"statut": Statut.SANS_OBJET},
    "m8": {"statut": Statut.A_VERIFIER},
    "m9": {"statut": Statut.NON_REPONDU},
}


def build_ligne(fiche: Fiche, rang: int, releve: Releve) -> LigneMesure:
    indicateur = fiche.indicateurs[0]
    mesure = indicateur.mesures[rang]
    cle = f"1.1/i/{mesure.id}"
    valeur = releve.valeurs.get(cle)
    declarations = (Declaration("apo", valeur, releve),) if valeur else ()
    constat = Constat(
        2025,
        **CONSTATS[mesure.id],
        texte=(valeur.valeur or "") if valeur and mesure.id == "m4" else "",
        declarations=declarations,
        retenues=len(declarations),
    )
    ecart = Ecart(Decimal("234.5"), Decimal("23.45")) if rang == 0 else None
    cible = Cible(annee=2028, valeur=Decimal(2469)) if rang == 0 else None
    avant = Constat(2024, Statut.RENSEIGNE, Decimal(1000)) if rang == 0 else None
    return LigneMesure(
        MesureSituee(cle, fiche, indicateur, mesure),
        constat,
        (avant or Constat(2024, Statut.NON_REPONDU), constat),
        ecart,
        None,
        cible,
        Decimal(50) if cible else None,
    )


def build_echeance(texte: str) -> Echeance:
    jour = date(2026, 12, 31)
    return Echeance(jour, GenreEcheance.SEANCE, "cle", texte, texte, texte, texte, en_retard=True)


def build_evolutions(texte: str, fiche: Fiche, prevue: Fiche) -> Evolutions:
    """A modification asked by two organisations, a fiche to plan, an amendment to write."""
    demandes = (Proposition("apo", texte), Proposition("sedap"))
    return Evolutions(
        proposees=(EvolutionProposee(fiche, Evolution.MODIFICATION, demandes, f"voie {texte}"),),
        a_programmer=(FicheAProgrammer(prevue, ("porteur", "calendrier")),),
        voie_programmation="décision du COPIL",
        avenants=(AvenantEnCours(texte, "2025-05-12-copil/D1"),),
        voie_avenant="avenant signé",
        ordre_du_jour=(f"Modifier {texte}", f"Programmer {texte}"),
    )


def render_markdown(bilan: Bilan, gabarits: Sequence[Path]) -> str:
    return write_markdown(markdown.text_of(bilan, gabarits), fictif=bilan.fictif)


def render_pdf(document: Document, gabarits: Sequence[Path]) -> bytes:
    return typeset(lay_out(document, POLICES), gabarits, POLICES)


def compose_bilan(bilan: Bilan, gabarits: Sequence[Path]) -> Document:
    return markdown.document_of(bilan, markdown.text_of(bilan, gabarits))


def build_bilan(texte: str = "ordinaire", **changements: Any) -> Bilan:
    """A bilan of one axe and one fiche whose every free text holds `texte`."""
    fiche, releve = build_fiche(texte), build_releve(texte)
    lignes = tuple(
        build_ligne(fiche, rang, releve) for rang in range(len(fiche.indicateurs[0].mesures))
    )
    recit = Recit("apo", releve.fiches["1.1"], releve)
    completude = Completude(10, 5, 1, 1, 1, 1, 1)
    prevue = Fiche(id="plateforme", titre=f"Plateforme {texte}", axe="1", statut="a_programmer")
    suivie = BilanFiche(
        fiche,
        Avancement.EN_COURS,
        (recit,),
        (BilanIndicateur(fiche.indicateurs[0], lignes),),
        completude,
        (ActionSuivie(Action(id="a1", libelle=texte, echeance=texte), "apo", EtatAction.REALISEE),),
    )
    contrat = build_contrat(texte)
    seance = Seance.model_validate(
        read_node(
            "data/seances/2025-05-12-copil.yaml",
            {
                "instance": "copil",
                "date": "2025-05-12",
                "etat": "tenue",
                "decisions": [{"id": "D1", "nature": "autre", "objet": texte, "texte": texte}],
            },
        )
    )
    bilan = Bilan(
        contrat=contrat,
        exercice=2025,
        date=date(2026, 3, 15),
        definitif=False,
        fictif=False,
        instance=f"COPIL {texte}",
        completude=completude,
        axes=(BilanAxe(contrat.axes[0], (suivie,), (prevue,), completude, ((prevue, recit),)),),
        evolutions=build_evolutions(texte, fiche, prevue),
        suivi_decisions=(f"1 décision {texte}", f"Ouvertes : {texte}"),
        organismes=(BilanOrganisme("apo", (releve.nom,), completude),),
        decisions=(
            DecisionSuivie(
                "2025-05-12-copil/D1", seance, seance.decisions[0], True, EtatDecision.OUVERTE
            ),
        ),
        attention=(Attention(f"Point {texte}", f"Règle {texte}"),),
        a_decider=(f"Décider {texte}",),
        hors_vigueur=("9.9/i/m",),
        contexte=(
            ElementContexte(
                theme=f"Thème {texte}",
                libelle=texte,
                unite=texte,
                annee=2021,
                source=texte,
                valeurs={"metropole": Decimal(260376), "qpv": Decimal("48.59")},
            ),
        ),
        glossaire=(("ARS", f"Agence {texte}"),),
        annees=(2024, 2025),
        gouvernance=build_governance(texte, fiche),
        finances=build_finances(texte, contrat.axes[0], fiche, releve),
        examen=told(build_examen(texte), lignes),
        marquantes=(lignes[0].situee.cle,),
        echeances=(build_echeance(texte),),
    )
    return replace(bilan, **changements)


def build_empty() -> Bilan:
    """The same contract before any answer."""
    bilan = build_bilan()
    completude = Completude(10, non_repondues=10)
    fiche = bilan.fiches[0]
    lignes = tuple(
        replace(
            ligne,
            constat=Constat(2025, Statut.NON_REPONDU),
            serie=(),
            depuis_precedent=None,
            progression=None,
        )
        for ligne in bilan.lignes
    )
    vide = replace(
        fiche,
        avancement=None,
        recits=(),
        programme=(),
        completude=completude,
        indicateurs=(replace(fiche.indicateurs[0], lignes=lignes),),
    )
    axe = replace(bilan.axes[0], fiches=(vide,), completude=completude, recits_a_programmer=())
    return replace(
        bilan,
        axes=(axe,),
        completude=completude,
        organismes=(BilanOrganisme("apo", (), completude),),
        decisions=(),
        attention=(),
        a_decider=(),
        hors_vigueur=(),
        contexte=(),
        glossaire=(),
        marquantes=(),
        echeances=(),
        gouvernance=Gouvernance(),
        finances=Finances(),
        examen=ExamenContradictoire(),
    )
