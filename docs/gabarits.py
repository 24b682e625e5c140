"""The page of the templates: what each may replace, show and call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from clsmon.analysis.bilan import compute_bilan
from clsmon.analysis.evaluation import compute_evaluation
from clsmon.model import bilan as modele
from clsmon.model.constat import Constat
from clsmon.opening import packaged, require_dossier
from clsmon.render import cells, document, evaluation, markdown
from clsmon.render.inlays import Places

INTRO = """\
# Gabarits

Chaque document vient d'un gabarit Jinja livré avec clsmon. Pour le lire : `clsmon init --gabarits`
le copie dans `templates/origine/`, où il ne remplace rien. Pour changer un document, rangez dans
le `templates/` du dossier un gabarit du même nom, qui étend celui de l'outil et n'en remplace que
le bloc voulu :

```jinja
{% extends "paquet/bilan.md.j2" %}
{% block page_une %}
## Notre année en bref

{{ resume }}

{{ avancements|tableau }}
{% endblock %}
```

Les mots du HTML, du PDF et du Word viennent des gabarits Markdown : un bloc remplacé l'est dans
tous ces formats. `document.html.j2` ne fait que mettre en page.

Un gabarit montre : il ne trie pas, n'additionne pas, ne décide pas. Tout ce qu'il affiche est
échappé ; le texte d'un partenaire n'est jamais lu comme un gabarit. Une faute arrête la commande
et dit le gabarit, la ligne et ce qui est disponible (`clsmon explain GAB001`).

"""

BILAN: Mapping[str, str] = {
    "a_programmer": "les fiches à programmer, groupées par ce qu'il leur manque",
    "argent": "`argent(fiche)` : le tableau des dépenses et aides d'une fiche",
    "attendus": "tableau des formulaires attendus et reçus",
    "depenses_en_images": "le graphique de l’argent par axe, s’il y en a",
    "frises": "la frise de l’avancement des fiches, par année",
    "mesures_en_images": "`mesures_en_images(fiche)` : ses graphiques de mesures",
    "auteurs": "`auteurs(evolution)` : qui propose une évolution, et pourquoi",
    "avancements": "tableau des fiches par axe et par avancement",
    "avis_signataires": "`avis_signataires(fiche)` : ce que les signataires en disent",
    "bilan": "le bilan entier (voir « Le bilan »)",
    "cibles_en_images": "les graphiques des mesures qui ont une cible",
    "completudes": "tableau des réponses demandées et reçues, par axe",
    "contextes": "(thème, tableau, sources) des chiffres du diagnostic",
    "contrat": "le contrat : titre, territoire, période, organismes, règles",
    "decisions": "tableau des décisions antérieures",
    "doutes_examen": "(mesure, organisme, texte) des contestations incomplètes",
    "exercice": "l'année examinée",
    "finances": "les tableaux et phrases de la section Finances",
    "glossaire": "tableau des sigles employés",
    "gouvernance": "les tableaux et phrases de la section Gouvernance",
    "avancement_en_image": "le graphique de l'avancement des fiches par axe",
    "completude_en_image": "le graphique des réponses reçues par axe",
    "ids_de": "`ids_de(fiches)` : leurs numéros, en une phrase",
    "methode": "(règle, mots) de l'annexe Méthode",
    "nature_du_document": "projet ou bilan définitif, en une phrase",
    "natures_evolution": "le nom de chaque nature d'évolution",
    "nom_avenant": "`nom_avenant(avenant)` : son nom et ses signatures",
    "perspectives": "`perspectives(recits)` : les rubriques de perspectives",
    "precisions": "`precisions(fiche)` : confiance, lieux et aides, en phrases",
    "programme": "`programme(fiche)` : le tableau du programme annuel d'une fiche",
    "provenance": "tableau de la provenance de chaque chiffre",
    "qualite": "tableau de la qualité des données par organisme",
    "recits": "`recits(recits)` : faits marquants, freins et leviers",
    "recits_a_programmer": "(fiche, récit) des fiches à programmer",
    "resultats": "`resultats(fiche)` : ses tableaux de mesures et leurs remarques",
    "resume": "l'année en une phrase",
    "sans_logo": "les signataires dont le logo manque",
    "sans_perspective": "les fiches dont personne ne dit les perspectives",
    "non_publiees": "les fiches dont le document public tait les textes",
    "sections": "les sections, par leur clé : `numero`, `titre`",
    "suite": "`suite(evolution)` : ce qu'elle est devenue",
    "tardifs": "tableau de ce qui est reçu après l'adoption",
    "vide": "vrai si aucune réponse n'est enregistrée",
    "vie_du_document": "(étape, texte) : envoi, droit de regard, adoption",
}

EVALUATION: Mapping[str, str] = {
    "annees": "tableau d'une ligne par exercice",
    "avenants": "tableau des avenants",
    "axes": "tableau de la complétude par axe et par année",
    "contrat": "le contrat",
    "decisions": "tableau de toutes les décisions",
    "discutes": "tableau des chiffres contestés ou arbitrés",
    "evaluation": "l'évaluation entière",
    "fiches": "tableau des fiches, du début à la fin",
    "methode": "(règle, mots) de la méthode",
    "organismes": "tableau de la complétude par organisme et par année",
    "periode": "« 2024-2028 »",
    "programme": "tableau du programme annuel par année",
    "recits": "`recits(fiche)` : (exercice, rubrique) de chaque année",
    "ruptures": "`ruptures(fiche)` : les séries rompues, en phrases",
    "sans_reponse": "tableau de ce qui n'a jamais été renseigné",
    "seances": "tableau des séances par instance et par année",
    "sections": "les sections, par leur clé",
    "series": "`series(fiche)` : le tableau de ses mesures, année par année",
    "textes": "`textes(fiche)` : ses réponses en mots, année par année",
}

FILTRES: Mapping[str, str] = {
    "ancre": "l'ancre d'un titre, selon la règle de GitHub",
    "avancement": "un avancement en français",
    "avis": "pose l'avertissement des données fictives",
    "axe": "le nom d'un axe, « Axe 1 – … »",
    "cellule": "une cellule de tableau, en français",
    "citation": "pose un texte de partenaire en citation, paragraphe par paragraphe",
    "completude": "« 12 réponses sur 15, soit 80,0 % »",
    "court": "le nom court d'un organisme, d'après son code",
    "date": "une date en français",
    "e": "échappe (c'est déjà fait pour tout ce qui est affiché)",
    "escape": "comme `e`",
    "illustration": "pose un graphique et son texte de remplacement",
    "join": "réunit des textes par un séparateur",
    "logos": "pose les logos des signataires",
    "mots": "une valeur quelconque en français",
    "nombre": "un nombre en français",
    "repere": "donne un nom stable au titre qui suit, pour les liens",
    "sommaire": "pose le sommaire",
    "tableau": 'pose un tableau ; `tableau("Légende")` l\'annonce',
    "taux": "un taux en points de %, « 12,5 % »",
}

RELANCE: Mapping[str, str] = {
    "contrat": "le contrat",
    "depasse": "vrai si la date limite est passée",
    "exercice": "l'année examinée",
    "fictif": "vrai pour une démonstration",
    "joint": "vrai si le formulaire accompagne le courriel",
    "limite": "la date limite, en français",
    "manques": "ce qui manque, fiche par fiche",
    "organisme": "le nom court de l'organisme",
    "precisions": "les réponses à préciser, fiche par fiche",
    "rendu": "vrai si l'organisme a déjà répondu",
}

PAGE: Mapping[str, str] = {
    "accent": "la couleur des titres, celle du dossier",
    "teintes": "ses teintes lisibles : `lien`, `pale` (un fond), `nuit` (page sombre)",
    "avec_sommaire": "vrai si le document a plus de trois sections",
    "document": "le document en blocs (voir « Un document en blocs »)",
}

MODELES: Sequence[type] = (
    modele.Bilan,
    modele.BilanAxe,
    modele.BilanFiche,
    modele.BilanIndicateur,
    modele.LigneMesure,
    Constat,
    modele.Recit,
)
BLOCS: Sequence[type] = (
    document.Document,
    document.Partie,
    document.Titre,
    document.Paragraphe,
    document.Morceau,
    document.Liste,
    document.Citation,
    document.Avis,
    document.Table,
    document.Illustration,
    document.Logos,
    cells.Tableau,
    cells.Colonne,
)
_BLOC = re.compile(r"\{#\s*([a-z_]+) : (.*?)\s*#\}", re.DOTALL)


def templates_page() -> str:
    """The whole page: blocks, variables, filters, and the fields of what is shown."""
    _check_words()
    parts = [
        INTRO,
        "## Les gabarits\n\n",
        *(_template(nom) for nom in ("bilan", "evaluation", "seance", "document", "relance")),
        "## Les filtres\n\nDe tous les gabarits Markdown.\n\n",
        _table(("Filtre", "Rend"), FILTRES),
        "## Le bilan\n\n",
        *map(_fields, MODELES),
        "## Un document en blocs\n\nCe que reçoit `document.html.j2`.\n\n",
        *map(_fields, BLOCS),
    ]
    return "".join(parts).rstrip("\n") + "\n"


def _check_words() -> None:
    """Every variable and filter has its words here, and nothing else has."""
    dossier = require_dossier(packaged("dijon"))
    jour = date(2026, 4, 1)
    vues = markdown.views_of(compute_bilan(dossier, 2025, jour))
    reelles = (
        (BILAN, {*vues, "sections"}),
        (EVALUATION, set(evaluation.views_of(compute_evaluation(dossier, jour)))),
        (FILTRES, set(markdown.filters_of(dossier.contrat, Places()))),
    )
    for mots, noms in reelles:
        if set(mots) != noms:
            raise ValueError(f"docs/gabarits.py: {sorted(set(mots) ^ noms)}")


VARIABLES: Mapping[str, Mapping[str, str]] = {
    "bilan.md.j2": BILAN,
    "evaluation.md.j2": EVALUATION,
    "seance.md.j2": {
        "document": "la pièce : `titre`, `contrat`, `faits`, `fictif`",
        "sections": "ses sections : `titre`, `niveau`, `paragraphes`, `faits`, `liste`, `tableau`",
    },
    "document.html.j2": PAGE,
    "relance.txt.j2": RELANCE,
}


def _template(nom: str) -> str:
    (chemin,) = packaged("templates").glob(f"{nom}.*.j2")
    blocs = {m[1]: " ".join(m[2].split()) for m in _BLOC.finditer(chemin.read_text("utf-8"))}
    return (
        f"### {chemin.name}\n\n"
        + _table(("Bloc", "Contient"), blocs)
        + _table(("Variable", "Montre"), VARIABLES[chemin.name])
    )


def _table(titres: tuple[str, str], mots: Mapping[str, str]) -> str:
    lignes = (f"| `{nom}` | {texte.replace('|', chr(92) + '|')} |" for nom, texte in mots.items())
    return "\n".join((f"| {titres[0]} | {titres[1]} |", "|---|---|", *lignes)) + "\n\n"


def _fields(modele_: type) -> str:
    """The name of a type, what it is, and its fields and properties."""
    resume = str(modele_.__doc__).strip().split("\n\n")[0]
    noms = [*_own_fields(modele_), *_properties(modele_)]
    return f"- **{modele_.__name__}** : {resume} {', '.join(f'`{n}`' for n in noms)}.\n\n"


def _own_fields(modele_: type) -> Iterator[str]:
    if is_dataclass(modele_):
        yield from (champ.name for champ in fields(modele_))


def _properties(modele_: type) -> Iterator[str]:
    yield from (nom for nom, valeur in vars(modele_).items() if _is_shown(nom, valeur))


def _is_shown(nom: str, valeur: Any) -> bool:
    return isinstance(valeur, property) and not nom.startswith("_")
