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
from clsmon.model.releve import Avancement, DeclarationFiche, EtatAction, Releve, Valeur
from clsmon.model.seance import Action, Decision, EtatDecision, Seance
from clsmon.model.statut import Statut
from clsmon.model.texte import strip_stop


@dataclass(frozen=True)
class Declaration:
    """La réponse d'un organisme à une mesure, et le relevé qui la porte."""

    organisme: str
    valeur: Valeur
    releve: Releve


@dataclass(frozen=True)
class Constat:
    """
    Ce que l'on sait d'une mesure pour un exercice.

    `nombre` est dans l'unité de la mesure (un taux en points de %), `texte` pour une réponse qui
    n'est pas un nombre. `declarations` sont les réponses retenues, puis les autres lectures.
    `incomplet` nomme les organismes qui manquent à une somme. `retenues` est le nombre de
    déclarations retenues, en tête de `declarations` ; `arbitrage` nomme la décision qui a choisi.
    `contestations` : ce que des signataires proposent d'autre ; `declare` est alors le constat sans
    l'arbitrage, et `proposant` celui dont la valeur proposée est retenue.
    """

    exercice: int
    statut: Statut
    nombre: Decimal | None = None
    numerateur: Decimal | None = None
    denominateur: Decimal | None = None
    texte: str = ""
    declarations: tuple[Declaration, ...] = ()
    incomplet: tuple[str, ...] = ()
    retenues: int = 0
    arbitrage: str = ""
    contestations: tuple[ChiffreConteste, ...] = ()
    declare: Constat | None = None
    proposant: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Les organismes d'où vient la valeur ; vide si elle est calculée ou fixée par le COPIL."""
        return tuple(declaration.organisme for declaration in self.declarations[: self.retenues])

    def holds_declared(self, declaration: Declaration) -> bool:
        """Vrai pour la réponse qui fait à elle seule la valeur déclarée d'un chiffre contesté."""
        declare = self.declare
        if declare is None or declare.retenues != 1:
            return False
        return declare.declarations[0] is declaration

    @property
    def declarant(self) -> str | None:
        """Celui d'où vient la valeur ; None pour un total de plusieurs organismes."""
        return self.sources[0] if len(self.sources) == 1 else None

    @property
    def canonique(self) -> str:
        """La valeur en texte canonique, un taux par ses termes, « 41/60 » ; vide sans valeur."""
        if self.numerateur is not None and self.denominateur is not None:
            return f"{self.numerateur:f}/{self.denominateur:f}"
        return self.texte if self.nombre is None else f"{self.nombre:f}"


@dataclass(frozen=True)
class Ecart:
    """Une évolution : différence (points pour un taux) et % ; pas de % à partir de zéro."""

    difference: Decimal
    pourcentage: Decimal | None


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
    rupture: Rupture | None = None
    """Ce qui précède une série rompue ; None si la mesure ne succède à aucune autre."""

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
    """Une fiche au bilan ; `avancement` est celui du premier répondant."""

    fiche: Fiche
    avancement: Avancement | None
    recits: tuple[Recit, ...]
    indicateurs: tuple[BilanIndicateur, ...]
    completude: Completude
    programme: tuple[ActionSuivie, ...] = ()

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
    """
    Ce que les signataires ont dit des bilans, celui de l'exercice et ceux d'avant (article 7).

    `rendus` : ceux qui ont rendu leur cahier pour l'exercice. `avis` et `contestations` vont de
    l'année la plus récente à la plus ancienne.
    """

    rendus: tuple[str, ...] = ()
    avis: tuple[AvisRendu, ...] = ()
    contestations: tuple[ContestationSuivie, ...] = ()


@dataclass(frozen=True)
class Bilan:
    """Le bilan d'un exercice, prêt à être montré."""

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
    logos: tuple[Logo, ...] = ()  # ceux des signataires, ajoutés par qui écrit les documents
    examen: ExamenContradictoire = ExamenContradictoire()
    marquantes: tuple[str, ...] = ()
    """Les clés des mesures à montrer d'abord, quand la place manque."""
    echeances: tuple[Echeance, ...] = ()

    @property
    def fiches(self) -> tuple[BilanFiche, ...]:
        """Toutes les fiches suivies, dans l'ordre."""
        return tuple(f for axe in self.axes for f in axe.fiches)

    @property
    def lignes(self) -> tuple[LigneMesure, ...]:
        """Toutes les mesures suivies, dans l'ordre."""
        return tuple(
            ligne
            for f in self.fiches
            for indicateur in f.indicateurs
            for ligne in indicateur.lignes
        )
