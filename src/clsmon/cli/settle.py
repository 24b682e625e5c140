"""`clsmon collect --garder` et `--retirer` : départager des relevés, sans rien effacer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clsmon.cli.screen import say, write_out

if TYPE_CHECKING:
    from clsmon.model.dossier import Dossier
    from clsmon.model.observation import Examen
    from clsmon.model.releve import Releve


def check_usage(
    fichiers: Sequence[Path],
    garder: str | None,
    retirer: str | None,
    motif: str | None,
    corrections: Path | None,
    *,
    dry_run: bool,
) -> None:
    """Lève MauvaisUsageError pour des options qui ne vont pas ensemble."""
    from clsmon.model.anomalie import MauvaisUsageError

    departage = bool(garder or retirer)
    fautes = (
        (garder and retirer, "--garder et --retirer s'emploient l'un après l'autre"),
        (departage and fichiers, "--garder et --retirer ne lisent aucun classeur"),
        (departage and corrections, "--garder et --retirer n'écrivent pas de formulaire corrigé"),
        (retirer and not (motif or "").strip(), '--retirer demande un motif : --motif "doublon"'),
        (garder and motif, "--garder n'a pas besoin de --motif"),
        (
            motif is not None and not departage and not fichiers,
            "--motif seul demande les classeurs que vous avez corrigés vous-même",
        ),
        (dry_run and corrections, "--dry-run n'écrit rien, et donc pas de --corrections"),
    )
    for faute, message in fautes:
        if faute:
            raise MauvaisUsageError(message, None, "L'aide : clsmon collect --help")


def settle(
    dossier: Dossier,
    garder: str | None,
    retirer: str | None,
    motif: str,
    *,
    dry_run: bool,
    quiet: bool,
) -> int:
    """Écrit le choix fait et le dit ; rend 0."""
    from clsmon.settling import keep, record, withdraw
    from clsmon.text.store import dossier_of

    choix: tuple[Releve | Examen, ...] = (
        keep(dossier, garder) if garder else (withdraw(dossier, retirer or "", motif.strip()),)
    )
    for releve in choix:
        nom = "à écrire" if dry_run else record(dossier, releve)
        remplaces = ", ".join(releve.remplace)
        write_out(f"{nom}  remplace {remplaces}  ({releve.motif})\n")
    say(
        f"Rien n'est effacé : l'ancien fichier reste dans {dossier_of(choix[0])}/. "
        f"Et maintenant : clsmon status --exercice {choix[0].exercice} --historique",
        quiet=quiet,
    )
    return 0
