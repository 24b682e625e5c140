"""`clsmon bilan` : le bilan de l'exercice, les mêmes chiffres dans chaque format."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.options import Exercice, Jour, Racine, Silence
from clsmon.cli.screen import in_colour, say, shown_documents, width, write_out

if TYPE_CHECKING:
    from datetime import date

    from clsmon.model.anomalie import Anomalie
    from clsmon.model.bilan import Bilan
    from clsmon.model.dossier import Dossier

FORMATS_PAR_DEFAUT = "md,xlsx"


def bilan(
    dossier: Racine = None,
    exercice: Exercice = None,
    formats: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="md,xlsx,…",
            help="Parmi md, xlsx, html, docx, pdf, pptx, json.",
        ),
    ] = FORMATS_PAR_DEFAUT,
    definitif: Annotated[
        bool,
        typer.Option("--definitif", help="Fige et rédige le bilan que le COPIL a adopté."),
    ] = False,
    envoyer: Annotated[
        bool,
        typer.Option("--envoyer", help="Note que le projet part ce jour aux signataires."),
    ] = False,
    public: Annotated[
        bool,
        typer.Option("--public", help="Rédige le document public : petits effectifs masqués."),
    ] = False,
    jour: Jour = None,
    quiet: Silence = False,
) -> None:
    """Rédige le bilan de l'exercice pour le COPIL."""
    from clsmon.analysis.adopted import life_of
    from clsmon.leftovers import warn_leftovers
    from clsmon.opening import exercice_of, find_root, require_dossier, today
    from clsmon.printing import formats_of
    from clsmon.reporting import FORMATS, reserves_of, write_bilan

    _check_usage(definitif=definitif, envoyer=envoyer)
    _check_public(public=public, envoyer=envoyer, formats=formats)
    demandes = formats_of(formats, FORMATS)
    ouvert = require_dossier(find_root(dossier))
    date_ = today(jour)
    annee = exercice_of(exercice, date_, ouvert)
    if public:
        _publish(ouvert, annee, date_, definitif=definitif, quiet=quiet)
        return
    avant = life_of(ouvert, annee).projet_envoye_le
    calcule, documents = write_bilan(
        ouvert, annee, date_, demandes, definitif=definitif, envoyer=envoyer
    )
    write_out(shown_documents(documents))
    restes = warn_leftovers(ouvert.racine, documents, calcule.nom)
    _warn((*reserves_of(ouvert, calcule), *restes))
    say(_summary(calcule), quiet=quiet)
    if definitif or envoyer:
        say(_recorded(calcule, definitif=definitif), quiet=quiet)
    if envoyer and avant and avant != date_:
        say(
            f"Il était noté envoyé le {avant:%d/%m/%Y} : les cahiers d'examen déjà faits disent "
            "l'ancienne date."
        )
    say(_next(calcule), quiet=quiet)


def _check_usage(*, definitif: bool, envoyer: bool) -> None:
    from clsmon.model.anomalie import MauvaisUsageError

    if definitif and envoyer:
        raise MauvaisUsageError(
            "--envoyer et --definitif ne vont pas ensemble",
            None,
            "Envoyez d'abord le projet ; figez-le quand le COPIL l'a adopté.",
        )


def _check_public(*, public: bool, envoyer: bool, formats: str) -> None:
    from clsmon.model.anomalie import MauvaisUsageError

    if public and envoyer:
        raise MauvaisUsageError(
            "--envoyer et --public ne vont pas ensemble",
            None,
            "Le projet part entier aux signataires ; le document public se rédige à part.",
        )
    if public and formats != FORMATS_PAR_DEFAUT:
        raise MauvaisUsageError(
            "--public rédige tous les formats à la fois",
            None,
            "Retirez --format : les documents publics viennent tous du même calcul.",
        )


def _publish(dossier: Dossier, exercice: int, jour: date, *, definitif: bool, quiet: bool) -> None:
    """Écrit les documents publics, et dit ce qui y est masqué."""
    from clsmon.leftovers import warn_leftovers
    from clsmon.publishing import write_public
    from clsmon.reporting import reserves_of

    calcule, masque, documents = write_public(dossier, exercice, jour, definitif=definitif)
    write_out(shown_documents(documents))
    restes = warn_leftovers(dossier.racine, documents, masque.nom)
    _warn((*reserves_of(dossier, calcule), *restes))
    say(_summary(calcule), quiet=quiet)
    say(_masked(masque), quiet=quiet)
    if definitif:
        say(_recorded(calcule, definitif=True), quiet=quiet)
    fichier = f"data/publications/{exercice}.yaml"
    say(
        "Et maintenant : relisez chaque document avant de le publier ; les fiches dont les textes "
        f'peuvent paraître se nomment dans {fichier} (fiches: ["3.1"]).',
        quiet=quiet,
    )


def _masked(bilan: Bilan) -> str:
    """Combien de valeurs sont masquées, et quels textes sont publiés."""
    from clsmon.analysis.wording import count, enumerate_words

    secret = bilan.secret
    if secret is None:
        return ""
    masquees = count(len(secret.masked_in(bilan.exercice)), "mesure masquée", "mesures masquées")
    fiches = enumerate_words(secret.fiches, entiere=True)
    textes = f"publiés pour {fiches}" if fiches else "non publiés"
    return (
        f"Document public : {masquees} (effectifs sous {secret.seuil}, et ce qui leur est lié) ; "
        f"textes des partenaires {textes}."
    )


def _warn(anomalies: Iterable[Anomalie]) -> None:
    from clsmon.render.anomalies import render_text

    texte = render_text(anomalies, lambda _: (), couleur=in_colour(sys.stderr), largeur=width())
    if texte:
        say(texte.rstrip("\n"))


def _recorded(bilan: Bilan, *, definitif: bool) -> str:
    """Ce que la commande a noté au dossier, et la suite."""
    from clsmon.analysis.wording import short_date

    cloture, annee = bilan.cloture, bilan.exercice
    fichier = f"data/exercices/{annee}.yaml"
    if definitif:
        return (
            f"Chiffres adoptés par la décision {cloture.adoption}, empreinte "
            f"{cloture.empreinte[:16]} ({fichier})."
        )
    fin = cloture.droit_de_regard_fin
    regard = (
        f"droit de regard jusqu'au {short_date(fin)}"
        if fin
        else "droit de regard sans fin : regles.droit_de_regard_jours manque au contrat"
    )
    envoi = short_date(cloture.envoye_le or bilan.date)
    return (
        f"Projet noté envoyé le {envoi}, {regard} ({fichier}). Joignez-le vous-même : rien n'est "
        "envoyé d'ici."
    )


def _next(bilan: Bilan) -> str:
    """La prochaine chose à faire, selon où en est le bilan."""
    cloture, annee = bilan.cloture, bilan.exercice
    if cloture.fige:
        suite = "clsmon calendar"
    elif cloture.adoption:
        suite = f"clsmon bilan --exercice {annee} --definitif"
    elif cloture.envoye_le is None:
        suite = f"relisez-le, puis clsmon bilan --exercice {annee} --envoyer"
    elif cloture.envoye_le == bilan.date:
        suite = f"clsmon forms --exercice {annee} --examen"
    else:
        instance = bilan.contrat.pilote or "INSTANCE"
        suite = f"clsmon forms --seance AAAA-MM-JJ-{instance}, à la date de la séance"
    return f"Et maintenant : {suite}"


def _summary(bilan: Bilan) -> str:
    """Ce que le bilan vaut : sa nature, sa complétude, ce qui reste à vérifier."""
    from clsmon.analysis.wording import count
    from clsmon.render.spelling import spell_completeness

    nature = "définitif" if bilan.definitif else _draft_kind(bilan)
    muets = sum(not organisme.releves for organisme in bilan.organismes)
    reserves = [
        count(muets, "organisme sans réponse", "organismes sans réponse") if muets else "",
        count(bilan.completude.a_verifier, "réponse") + " à vérifier"
        if bilan.completude.a_verifier
        else "",
    ]
    manque = ", ".join(filter(None, reserves))
    return f"Bilan {bilan.exercice} ({nature}) : {spell_completeness(bilan.completude)}" + (
        f" ; {manque}." if manque else "."
    )


def _draft_kind(bilan: Bilan) -> str:
    if not bilan.cloture.fidele:
        return "document de travail, différent du bilan adopté"
    if bilan.cloture.adoption:
        return "adopté, à figer"
    if bilan.cloture.envoye_le:
        return "projet soumis aux signataires"
    return "projet à soumettre aux signataires"
