"""`clsmon bilan` : le bilan de l'exercice, les mêmes chiffres dans chaque format."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from clsmon.cli.options import Exercice, Jour, Racine, Silence
from clsmon.cli.screen import in_colour, say, shown_path, width, write_out

if TYPE_CHECKING:
    from clsmon.model.anomalie import Anomalie
    from clsmon.model.bilan import Bilan


def bilan(
    dossier: Racine = None,
    exercice: Exercice = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="md,xlsx,pptx", help="Formats, avec virgules.")
    ] = "md,xlsx",
    definitif: Annotated[
        bool,
        typer.Option("--definitif", help="Fige et rédige le bilan que le COPIL a adopté."),
    ] = False,
    envoyer: Annotated[
        bool,
        typer.Option("--envoyer", help="Note que le projet part ce jour aux signataires."),
    ] = False,
    jour: Jour = None,
    quiet: Silence = False,
) -> None:
    """Rédige le bilan de l'exercice pour le COPIL."""
    from clsmon.analysis.adopted import life_of
    from clsmon.opening import exercice_of, find_root, require_dossier, today
    from clsmon.reporting import formats_of, reserves_of, write_bilan

    _check_usage(definitif=definitif, envoyer=envoyer)
    demandes = formats_of(formats)
    ouvert = require_dossier(find_root(dossier))
    date = today(jour)
    annee = exercice_of(exercice, date, ouvert)
    avant = life_of(ouvert, annee).projet_envoye_le
    calcule, documents = write_bilan(
        ouvert, annee, date, demandes, definitif=definitif, envoyer=envoyer
    )
    write_out("".join(f"{shown_path(chemin)}\n" for chemin in documents))
    _warn(reserves_of(ouvert, calcule))
    say(_summary(calcule), quiet=quiet)
    if definitif or envoyer:
        say(_recorded(calcule, definitif=definitif), quiet=quiet)
    if envoyer and avant and avant != date:
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
