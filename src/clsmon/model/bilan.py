"""
Le bilan calculé une fois, que chaque format ne fait que montrer.

Les valeurs restent dans l'unité de leur mesure, sans arrondi ; un taux est en points de %.
Source : contrat, article 7.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from clsmon.model.cloture import Cloture
from clsmon.model.completude import Completude
from clsmon.model.constat import Constat, Ecart
from clsmon.model.contestation import AvisRendu, ChiffreConteste
from clsmon.model.contrat import Axe, Contrat, ElementContexte
from clsmon.model.dossier import MesureSituee
from clsmon.model.echeance import Echeance
from clsmon.model.evolutions import Evolutions
from clsmon.model.fiche import Fiche
from clsmon.model.finances import Finances
from clsmon.model.gouvernance import Gouvernance
from clsmon.model.indicateur import Cible, Indicateur
from clsmon.model.libelles import NATURES_DECISION, RUBRIQUES
from clsmon.model.logo import Logo
from clsmon.model.publication import Secret
from clsmon.model.releve import Avancement, DeclarationFiche, EtatAction, Releve
from clsmon.model.seance import Action, Decision, EtatDecision, Seance
from clsmon.model.texte import strip_stop


@dataclass(frozen=True)
class Rupture:
    """La mesure à laquelle une autre succède, et son dernier constat s'il est connu."""

    ancienne: MesureSituee
    dernier: Constat | None


@dataclass(frozen=True)
class LigneMesure:
    """Une mesure au bilan : valeur initiale, chaque année, évolution, cible et progression."""

    situee: MesureSituee
    constat: Constat
    serie: tuple[Constat, ...]
    depuis_precedent: Ecart | None
    depuis_initiale: Ecart | None
    cible: Cible | None
    progression: Decimal | None
    """Part du chemin fait de la valeur initiale à la cible, en %, seulement si une cible existe."""
    repondant_change: bool = False
    """Vrai si les deux dernières valeurs ne viennent pas des mêmes organismes : sans évolution."""
    initiale_secrete: bool = False
    rupture: Rupture | None = None
    """Ce qui précède une série rompue ; None si la mesure ne succède à aucune autre."""
    continues: tuple[int, ...] = ()
    """Les années dont la valeur se compare à celle de l'année d'avant : un trait les relie."""

    @property
    def rompue(self) -> bool:
        """Vrai la première année d'une mesure qui succède à une autre : rien ne se compare."""
        return self.rupture is not None and len(self.serie) == 1


@dataclass(frozen=True)
class BilanIndicateur:
    """Un indicateur et ses mesures suivies cet exercice."""

    indicateur: Indicateur
    lignes: tuple[LigneMesure, ...]


@dataclass(frozen=True)
class Recit:
    """Ce qu'un organisme déclare d'une fiche."""

    organisme: str
    declaration: DeclarationFiche
    releve: Releve


@dataclass(frozen=True)
class ActionSuivie:
    """Une action du programme annuel, l'organisme qui la porte, et ce qu'il en déclare."""

    action: Action
    organisme: str | None
    etat: EtatAction | None


@dataclass(frozen=True)
class BilanFiche:
    """Une fiche au bilan ; l'avancement, de l'exercice ou d'avant, est du premier répondant."""

    fiche: Fiche
    avancement: Avancement | None
    recits: tuple[Recit, ...]
    indicateurs: tuple[BilanIndicateur, ...]
    completude: Completude
    programme: tuple[ActionSuivie, ...] = ()
    anterieurs: tuple[tuple[int, Avancement | None], ...] = ()

    def name_rubric(self, champ: str) -> str:
        """Le nom d'une rubrique du récit ; celui d'une action du programme est son libellé."""
        actions = {f"programme.{s.action.id}": s.action.libelle for s in self.programme}
        return RUBRIQUES.get(champ) or actions.get(champ, champ)


@dataclass(frozen=True)
class BilanAxe:
    """Un axe au bilan ; `axe` est None pour les fiches qui n'en ont pas."""

    axe: Axe | None
    fiches: tuple[BilanFiche, ...]
    a_programmer: tuple[Fiche, ...]
    completude: Completude
    recits_a_programmer: tuple[tuple[Fiche, Recit], ...] = ()
    """Les perspectives déclarées pour les fiches à programmer."""

    def compte(self, avancement: Avancement | None) -> int:
        """Le nombre de fiches de cet avancement ; None : avancement non déclaré."""
        return sum(f.avancement is avancement for f in self.fiches)


@dataclass(frozen=True)
class BilanOrganisme:
    """Ce qu'un organisme a rendu."""

    code: str
    releves: tuple[str, ...]
    completude: Completude


@dataclass(frozen=True)
class DecisionSuivie:
    """
    Une décision antérieure et ce qu'elle est devenue : `etat`, écrit ou déduit du contrat.

    `objet` : le nom de la fiche ou de la mesure dont elle parle.
    """

    nom: str
    seance: Seance
    decision: Decision
    en_retard: bool
    etat: EtatDecision
    objet: str = ""

    @property
    def texte(self) -> str:
        """Ce qui est décidé, sans point final ; sans texte, de quoi la décision parle."""
        nature = NATURES_DECISION[self.decision.nature]
        return strip_stop(self.decision.texte) or ", ".join(filter(None, (nature, self.objet)))


@dataclass(frozen=True)
class Attention:
    """Un point d'attention, et la règle en mots qui l'a fait retenir."""

    texte: str
    regle: str


@dataclass(frozen=True)
class ContestationSuivie:
    """Un chiffre contesté, et ce qui compte ; None si la mesure n'est pas au bilan de l'année."""

    chiffre: ChiffreConteste
    situee: MesureSituee | None
    constat: Constat | None


@dataclass(frozen=True)
class ExamenContradictoire:
    """Ce que les signataires ont dit des bilans (article 7), de la dernière année à la première."""

    rendus: tuple[str, ...] = ()
    """Ceux qui ont rendu leur cahier pour l'exercice."""
    avis: tuple[AvisRendu, ...] = ()
    contestations: tuple[ContestationSuivie, ...] = ()


@dataclass(frozen=True)
class Bilan:
    """Le bilan d'un exercice, prêt à être montré ; `secret` est None pour un document interne."""

    contrat: Contrat
    exercice: int
    date: date
    definitif: bool
    fictif: bool
    instance: str
    completude: Completude
    axes: tuple[BilanAxe, ...]
    organismes: tuple[BilanOrganisme, ...]
    decisions: tuple[DecisionSuivie, ...]
    attention: tuple[Attention, ...]
    a_decider: tuple[str, ...]
    hors_vigueur: tuple[str, ...]
    """Les clés répondues dont la fiche n'est pas en vigueur : gardées, listées, non comptées."""
    contexte: tuple[ElementContexte, ...]
    glossaire: tuple[tuple[str, str], ...]
    annees: tuple[int, ...]
    gouvernance: Gouvernance = field(default_factory=Gouvernance)
    finances: Finances = field(default_factory=Finances)
    suivi_decisions: tuple[str, ...] = ()
    """Ce que sont devenues les décisions antérieures : le compte, puis chacune par état."""
    evolutions: Evolutions = field(default_factory=Evolutions)
    cloture: Cloture = field(default_factory=Cloture)
    logos: tuple[Logo, ...] = ()  # in the order of the signatories, added by who writes
    examen: ExamenContradictoire = ExamenContradictoire()
    secret: Secret | None = None
    marquantes: tuple[str, ...] = ()
    """Les clés des mesures à montrer d'abord, quand la place manque."""
    echeances: tuple[Echeance, ...] = ()

    @property
    def nom(self) -> str:
        """Le début du nom de ses fichiers."""
        return f"bilan-{self.exercice}{'-public' if self.secret else ''}"

    @property
    def fiches(self) -> tuple[BilanFiche, ...]:
        """Toutes les fiches suivies, dans l'ordre."""
        return tuple(f for axe in self.axes for f in axe.fiches)

    @property
    def lignes(self) -> tuple[LigneMesure, ...]:
        """Toutes les mesures suivies, dans l'ordre."""
        blocs = (bloc for f in self.fiches for bloc in f.indicateurs)
        return tuple(ligne for bloc in blocs for ligne in bloc.lignes)
