"""Le bilan public : le même bilan, sans petit effectif ni texte qui n'est pas à publier."""

from __future__ import annotations

from dataclasses import replace

from clsmon.analysis.agenda import compute_to_decide, draft_agenda
from clsmon.analysis.attention import compute_attention
from clsmon.analysis.decisions import tell_decisions
from clsmon.analysis.glossary import acronyms_of, compute_glossary
from clsmon.analysis.secrecy.hiding import Hiding
from clsmon.analysis.secrecy.masks import compute_secret
from clsmon.analysis.secrecy.walking import Walk
from clsmon.analysis.texts import texts_of
from clsmon.model.bilan import Bilan
from clsmon.model.cloture import Cloture
from clsmon.model.dossier import Dossier


def publish(dossier: Dossier, bilan: Bilan) -> Bilan:
    """
    Le bilan que l'on peut rendre public, à partir du bilan calculé.

    Tout ce qui en vient de calculé est refait de ce qui reste : points d'attention, décisions à
    prendre, ordre du jour, glossaire. Un document fait de ce bilan n'a rien d'autre à taire.
    """
    secret = compute_secret(dossier, bilan)
    caches = Hiding(dossier, bilan, secret)
    public: Bilan = Walk(caches.retouches).rebuild(bilan)
    public = replace(public, secret=secret, cloture=_without_imprint(public.cloture))
    public = replace(
        public,
        attention=compute_attention(public),
        suivi_decisions=tell_decisions(public.decisions, public.exercice, public.contrat),
    )
    evolutions = replace(public.evolutions, ordre_du_jour=draft_agenda(dossier, public))
    public = replace(public, evolutions=evolutions, a_decider=(), glossaire=())
    public = replace(public, a_decider=compute_to_decide(dossier, public))
    sigles = acronyms_of(dossier.contrat)
    return replace(public, glossaire=compute_glossary(sigles, texts_of(public)))


def _without_imprint(cloture: Cloture) -> Cloture:
    """
    L'empreinte n'est pas publiée : elle permettrait d'éprouver une valeur masquée, essai par essai.

    Un document qui n'est plus le bilan adopté le dit encore.
    """
    if cloture.fidele:
        return replace(cloture, empreinte="", calculee="")
    return replace(cloture, empreinte="non publiée", calculee="")
