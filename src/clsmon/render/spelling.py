"""Les nombres, les dates et les états en français : chaque valeur s'écrit une fois, ici."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal

from clsmon.model.bilan import LigneMesure
from clsmon.model.completude import Completude
from clsmon.model.constat import Constat, Declaration, Ecart
from clsmon.model.contrat import Contrat
from clsmon.model.dossier import MesureSituee
from clsmon.model.indicateur import Mesure, Reponses, TypeMesure
from clsmon.model.libelles import AVANCEMENTS, NATURES_CELLULE, STATUTS
from clsmon.model.noeud import round_decimal
from clsmon.model.releve import Avancement, Valeur
from clsmon.model.statut import Statut

INSECABLE = "\u00a0"
MOINS = "\u2212"
ABSENT = "—"
NON_DECLARE = "non déclaré"
ROMPUE = "série rompue"
AUTRE, AUTRES = "répondant différent", "répondants différents"
"""Ce qui tient lieu d'évolution quand la valeur ne vient plus des mêmes organismes."""
ARBITRAGE = "arbitrage"
INCOMPLET = " (incomplet)"
_PRECISION = Context(prec=60)


def round_once(nombre: Decimal, decimales: int) -> Decimal:
    """
    Un nombre arrondi au pair le plus proche, à `decimales` chiffres après la virgule.

    Un nombre non nul ne s'arrondit jamais à zéro : il garde son premier chiffre significatif.
    """
    pas = Decimal(1).scaleb(-decimales)
    arrondi = nombre.quantize(pas, ROUND_HALF_EVEN, _PRECISION)
    if nombre and not arrondi:
        return Context(prec=1, rounding=ROUND_HALF_EVEN).plus(nombre)
    return arrondi


def spell_number(nombre: Decimal | int, decimales: int | None = None) -> str:
    """
    « 1 234,5 » : espace insécable des milliers, virgule, vrai signe moins.

    Sans `decimales`, le nombre est écrit tel qu'il est déclaré, à quinze chiffres significatifs ;
    avec, il en garde au plus autant, arrondi au pair.
    """
    exact = Decimal(nombre)
    court = round_decimal(exact if decimales is None else round_once(exact, decimales))
    chiffres = f"{abs(court):,f}".replace(",", INSECABLE).replace(".", ",")
    return MOINS + chiffres if court < 0 else chiffres


def spell_rate(nombre: Decimal) -> str:
    """« 12,5 % » : une décimale au plus."""
    return f"{spell_number(nombre, 1)}{INSECABLE}%"


def spell_amount(nombre: Decimal) -> str:
    """« 1 234 € », ou « 1 234,50 € » quand il y a des centimes."""
    texte = spell_number(nombre, 2)
    centimes = texte.partition(",")[2]
    return f"{texte}{'0' if len(centimes) == 1 else ''}{INSECABLE}€"


def spell_quantity(nombre: Decimal, mesure: Mesure) -> str:
    """Une quantité selon le type de sa mesure ; l'unité, hors « % » et « € », est dite à côté."""
    if mesure.type is TypeMesure.TAUX:
        return spell_rate(nombre)
    if mesure.type is TypeMesure.MONTANT:
        return spell_amount(nombre)
    return spell_number(nombre)


def spell_signed(texte: str, nombre: Decimal) -> str:
    """Un nombre déjà écrit, précédé de « + » s'il est positif."""
    return f"+{texte}" if nombre > 0 else texte


def spell_gap(ecart: Ecart | None, mesure: Mesure) -> str:
    """« +12 (+25 %) », « −3 points », « inchangé », ou un tiret quand rien ne se compare."""
    if ecart is None:
        return ABSENT
    if not ecart.difference:
        return "inchangé"
    if mesure.type is TypeMesure.TAUX:
        points = spell_signed(spell_number(ecart.difference, 1), ecart.difference)
        pluriel = "s" if abs(round_once(ecart.difference, 1)) >= 2 else ""
        return f"{points}{INSECABLE}point{pluriel}"
    difference = spell_signed(spell_quantity(ecart.difference, mesure), ecart.difference)
    if ecart.pourcentage is None:
        return difference
    return f"{difference} ({spell_signed(spell_rate(ecart.pourcentage), ecart.pourcentage)})"


def spell_evolution(ligne: LigneMesure) -> str:
    """L'évolution sur un an ; répondants changés ou série rompue se disent à sa place."""
    if ligne.rompue:
        return ROMPUE
    if ligne.repondant_change:
        return AUTRES if ligne.situee.mesure.reponses is Reponses.SOMME else AUTRE
    return spell_gap(ligne.depuis_precedent, ligne.situee.mesure)


def spell_ratio(numerateur: Decimal, denominateur: Decimal, nombre: Decimal | None) -> str:
    """« 12 sur 15, soit 80 % »."""
    termes = f"{spell_number(numerateur)} sur {spell_number(denominateur)}"
    return termes if nombre is None else f"{termes}, soit {spell_rate(nombre)}"


def _spell_content(
    nombre: Decimal | None,
    termes: tuple[Decimal | None, Decimal | None],
    texte: str,
    mesure: Mesure,
) -> str:
    numerateur, denominateur = termes
    if mesure.type is TypeMesure.TAUX and numerateur is not None and denominateur is not None:
        return spell_ratio(numerateur, denominateur, nombre)
    return texte if nombre is None else spell_quantity(nombre, mesure)


def spell_answer(valeur: Valeur, mesure: Mesure) -> str:
    """La réponse d'un organisme : sa valeur, sinon le mot de son état."""
    statut = Statut.of(valeur.etat)
    if valeur.etat is None or not valeur.etat.repond:
        return STATUTS[statut]
    try:
        nombre = valeur.nombre if mesure.type.chiffre else None
    except ValueError:
        return STATUTS[Statut.A_VERIFIER]
    termes = (valeur.numerateur, valeur.denominateur)
    contenu = _spell_content(nombre, termes, valeur.valeur or "", mesure)
    return f"{contenu} (estimé)" if statut is Statut.ESTIME else contenu


def _spell_separately(declarations: Iterable[Declaration], mesure: Mesure, noms: Contrat) -> str:
    return " ; ".join(
        f"{noms.nom_court(d.organisme)}{INSECABLE}: {spell_answer(d.valeur, mesure)}"
        for d in declarations
    )


def spell_owner(constat: Constat, situee: MesureSituee, contrat: Contrat) -> str:
    """
    Qui a donné la valeur retenue de plusieurs lectures ; vide s'il n'y a pas à choisir.

    Un chiffre contesté le dit, et par qui, tant que le COPIL n'a pas arbitré.
    """
    if constat.nombre is None and not constat.texte:
        return ""
    lectures = situee.mesure.reponses is Reponses.LECTURES and len(situee.repondants) > 1
    noms = ", ".join(contrat.nom_court(code) for code in constat.sources) if lectures else ""
    if not constat.contestations:
        return noms or (ARBITRAGE if lectures and constat.arbitrage else "")
    if constat.arbitrage:
        return f"{noms}, {ARBITRAGE}" if noms else ARBITRAGE
    codes = dict.fromkeys(chiffre.organisme for chiffre in constat.contestations)
    contestee = f"contestée par {', '.join(contrat.nom_court(code) for code in codes)}"
    return f"{noms}{INSECABLE}; {contestee}" if noms else contestee


def spell_state(constat: Constat) -> str:
    """Le mot de l'état d'un constat ; une somme à laquelle il manque quelqu'un le dit."""
    return f"{STATUTS[constat.statut]}{INCOMPLET if constat.incomplet else ''}"


def spell_doubt(saisi: str, nature: str) -> str:
    """« il est écrit « ~40 » », ou ce qu'est la cellule quand elle n'a pas de texte à citer."""
    if saisi.strip():
        return f"il est écrit «{INSECABLE}{saisi}{INSECABLE}»"
    return NATURES_CELLULE.get(nature, "une réponse qui ne se lit pas")


def spell_finding(constat: Constat, mesure: Mesure, contrat: Contrat, source: str = "") -> str:
    """
    Ce que l'on sait d'une mesure, en toutes lettres quand ce n'est pas une valeur.

    « 40 (estimé) », « 12 sur 15, soit 80 % », « non répondu », « 34 (incomplet : manque Sedap) ».
    `source` : qui l'a dit, quand il faut le dire, « 2 (CPAM) ».
    """
    termes = (constat.numerateur, constat.denominateur)
    contenu = _spell_content(constat.nombre, termes, constat.texte, mesure)
    if not contenu and constat.statut in {Statut.RENSEIGNE, Statut.ESTIME}:
        retenues = constat.declarations[: constat.retenues]
        return _spell_separately(retenues, mesure, contrat) or STATUTS[constat.statut]
    if not contenu:
        return STATUTS[constat.statut]
    if constat.statut not in {Statut.RENSEIGNE, Statut.ESTIME, Statut.CALCULE}:
        return f"{STATUTS[constat.statut]} ({contenu})"
    reserves = [source] if source else []
    if constat.statut is not Statut.RENSEIGNE:
        reserves.append(STATUTS[constat.statut])
    if constat.incomplet:
        manque = ", ".join(contrat.nom_court(code) for code in constat.incomplet)
        reserves.append(f"incomplet{INSECABLE}: manque {manque}")
    return f"{contenu} ({' ; '.join(reserves)})" if reserves else contenu


def spell_initial(mesure: Mesure) -> str:
    """La valeur initiale, ou un tiret : absente n'est pas zéro."""
    initiale = mesure.valeur_initiale
    if initiale is None:
        return ABSENT
    annee = f" ({initiale.annee})" if initiale.annee else ""
    return f"{spell_quantity(initiale.valeur, mesure)}{annee}"


def spell_target(ligne: LigneMesure) -> str:
    """La cible et son année, ou « cible non fixée »."""
    if ligne.cible is None:
        return "cible non fixée"
    return f"{spell_quantity(ligne.cible.valeur, ligne.situee.mesure)} en {ligne.cible.annee}"


def spell_progress(ligne: LigneMesure) -> str:
    """La part du chemin faite vers la cible, ou un tiret."""
    return ABSENT if ligne.progression is None else spell_rate(ligne.progression)


def spell_advance(avancement: Avancement | None) -> str:
    """Le mot d'un avancement, ou « non déclaré »."""
    return NON_DECLARE if avancement is None else AVANCEMENTS[avancement]


def spell_completeness(completude: Completude) -> str:
    """« 34 réponses sur 40 attendues, soit 85 % », sans compter les réponses « sans objet »."""
    attendues = completude.demandees - completude.sans_objet
    if completude.taux is None:
        return "aucune réponse attendue"
    recues = completude.renseignees + completude.estimees
    mot = "réponse" if recues < 2 else "réponses"
    return f"{recues} {mot} sur {attendues}, soit {spell_rate(completude.taux)}"
