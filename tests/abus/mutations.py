"""What a partner may do to a workbook, at random; never moving an answer away from its label."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.abus.grids import Contenu, Copie, Grille

LABELS = {"Saisie": {"fiche", "indicateur", "mesure"}, "Fiches": {"fiche", "rubrique"}}
"""The machine keys of the columns that say what is asked."""


def pick(copie: Copie, alea: Random) -> tuple[str, Grille, int, int]:
    """One of the two sheets, as it is now: (name, cells, last column of keys, last column)."""
    nom = alea.choice(list(LABELS))
    grille = copie.feuilles[nom]
    visibles = [c for (_, c), contenu in grille.items() if contenu in {"fiche", "Fiche"}]
    return nom, grille, min(visibles, default=2) - 1, max((c for _, c in grille), default=1)


def some_label(nom: str, grille: Grille, alea: Random) -> int:
    """A column of labels that is still there, or one far beside."""
    colonnes = sorted({c for (_, c), contenu in grille.items() if contenu in LABELS[nom]})
    return alea.choice(colonnes or [40])


def height(grille: Grille) -> int:
    return max((rangee for rangee, _ in grille), default=1)


def some_row(grille: Grille, alea: Random, premiere: int) -> int:
    return alea.randint(premiere, max(premiere, height(grille)))


def rows_of(grille: Grille, premiere: int, colonnes: range) -> list[dict[int, Contenu]]:
    return [
        {c: grille[r, c] for c in colonnes if (r, c) in grille}
        for r in range(premiere, height(grille) + 1)
    ]


def put_rows(
    grille: Grille, premiere: int, colonnes: range, rangees: list[dict[int, Contenu]]
) -> None:
    for place in [p for p in grille if p[0] >= premiere and p[1] in colonnes]:
        del grille[place]
    for rang, rangee in enumerate(rangees, start=premiere):
        for colonne, contenu in rangee.items():
            grille[rang, colonne] = contenu


def sort_block(copie: Copie, alea: Random, *, premiere: int, avec_cles: bool) -> None:
    _, grille, cles, largeur = pick(copie, alea)
    colonnes = range(1 if avec_cles else cles + 1, largeur + 1)
    par = alea.choice(colonnes)
    rangees = rows_of(grille, premiere, colonnes)
    rangees.sort(key=lambda rangee: str(rangee.get(par, "")), reverse=alea.random() < 0.5)
    put_rows(grille, premiere, colonnes, rangees)


def sort_rows(copie: Copie, alea: Random) -> None:
    sort_block(copie, alea, premiere=3, avec_cles=True)


def sort_sheet(copie: Copie, alea: Random) -> None:
    sort_block(copie, alea, premiere=1, avec_cles=True)


def sort_without_keys(copie: Copie, alea: Random) -> None:
    sort_block(copie, alea, premiere=3, avec_cles=False)


def swap_without_keys(copie: Copie, alea: Random) -> None:
    _, grille, cles, largeur = pick(copie, alea)
    une, autre = some_row(grille, alea, 3), some_row(grille, alea, 3)
    for colonne in range(cles + 1, largeur + 1):
        a, b = grille.pop((une, colonne), None), grille.pop((autre, colonne), None)
        if b is not None:
            grille[une, colonne] = b
        if a is not None:
            grille[autre, colonne] = a


def shift(grille: Grille, axe: int, depuis: int, de: int) -> None:
    """Moves everything from a row (0) or a column (1) on; what falls under it is deleted."""
    ancienne = dict(grille)
    grille.clear()
    for place, contenu in ancienne.items():
        rang = place[axe]
        if de < 0 and depuis <= rang < depuis - de:
            continue
        bouge = list(place)
        bouge[axe] = rang + de if rang >= depuis else rang
        grille[bouge[0], bouge[1]] = contenu


def insert_row(copie: Copie, alea: Random) -> None:
    _, grille, _, _ = pick(copie, alea)
    shift(grille, 0, some_row(grille, alea, 1), alea.randint(1, 3))


def insert_column(copie: Copie, alea: Random) -> None:
    _, grille, _, largeur = pick(copie, alea)
    colonne = alea.randint(1, max(1, largeur))
    shift(grille, 1, colonne, 1)
    if alea.random() < 0.5:
        grille[some_row(grille, alea, 3), colonne] = "notre note"


def delete_row(copie: Copie, alea: Random) -> None:
    _, grille, _, _ = pick(copie, alea)
    shift(grille, 0, some_row(grille, alea, 1), -1)


def delete_column(copie: Copie, alea: Random) -> None:
    _, grille, _, largeur = pick(copie, alea)
    shift(grille, 1, alea.randint(1, max(1, largeur)), -1)


def copy_sheet(copie: Copie, alea: Random) -> None:
    nom, grille, _, _ = pick(copie, alea)
    copie.feuilles[f"{nom} ({len(copie.feuilles)})"] = dict(grille)


def copy_visible(copie: Copie, alea: Random) -> None:
    nom, grille, cles, _ = pick(copie, alea)
    visible = {(r, c - cles): v for (r, c), v in grille.items() if c > cles and r > 1}
    copie.feuilles[f"copie {len(copie.feuilles)} de {nom}"[:31]] = visible


def copy_row(copie: Copie, alea: Random) -> None:
    """A row copied to the bottom or over another, with or without its key."""
    _, grille, cles, largeur = pick(copie, alea)
    source = some_row(grille, alea, 2)
    cible = alea.choice([height(grille) + 1, some_row(grille, alea, 3)])
    premiere = alea.choice([1, cles + 1])
    for colonne in range(premiere, largeur + 1):
        grille.pop((cible, colonne), None)
        if (source, colonne) in grille:
            grille[cible, colonne] = grille[source, colonne]


def copy_beside(copie: Copie, alea: Random) -> None:
    _, grille, _, _ = pick(copie, alea)
    bas, droite = alea.randint(0, 4), alea.randint(15, 25)
    for (rangee, colonne), contenu in list(grille.items()):
        grille[rangee + bas, colonne + droite] = contenu


def copy_column(copie: Copie, alea: Random) -> None:
    _, grille, _, largeur = pick(copie, alea)
    source = alea.randint(1, max(1, largeur))
    for (rangee, colonne), contenu in list(grille.items()):
        if colonne == source:
            grille[rangee, largeur + 1] = contenu


def erase_keys(copie: Copie, alea: Random) -> None:
    _, grille, cles, _ = pick(copie, alea)
    for _ in range(alea.randint(1, 3)):
        grille.pop((some_row(grille, alea, 1), alea.randint(1, max(1, cles))), None)


def push_keys_down(copie: Copie, alea: Random) -> None:
    """A cell inserted in a column of keys: those below no longer face their row."""
    _, grille, cles, _ = pick(copie, alea)
    colonne = alea.randint(1, max(1, cles))
    depuis = some_row(grille, alea, 3)
    seule = {p: v for p, v in grille.items() if p[1] == colonne}
    for place in seule:
        del grille[place]
    shift(seule, 0, depuis, 1)
    grille.update(seule)


def push_row_right(copie: Copie, alea: Random) -> None:
    """A cell inserted in one row: what is on its right moves by one column."""
    _, grille, _, largeur = pick(copie, alea)
    rangee, depuis = some_row(grille, alea, 2), alea.randint(1, max(1, largeur))
    ligne = {p: v for p, v in grille.items() if p[0] == rangee}
    for place in ligne:
        del grille[place]
    shift(ligne, 1, depuis, 1)
    grille.update(ligne)


def erase_labels(copie: Copie, alea: Random) -> None:
    """What a merge does to the cells that it covers."""
    nom, grille, _, _ = pick(copie, alea)
    for _ in range(alea.randint(1, 4)):
        grille.pop((some_row(grille, alea, 2), some_label(nom, grille, alea)), None)


def paste_label(copie: Copie, alea: Random) -> None:
    """The label of one row pasted over that of another."""
    nom, grille, _, _ = pick(copie, alea)
    colonne = some_label(nom, grille, alea)
    source, cible = some_row(grille, alea, 3), some_row(grille, alea, 3)
    if (source, colonne) in grille:
        grille[cible, colonne] = grille[source, colonne]


def numbers_from_texts(copie: Copie, alea: Random) -> None:
    """« Convert to number », on a column of keys or labels: 1.10 becomes 1.1."""
    _, grille, _, _ = pick(copie, alea)
    colonne = alea.choice([1, 2, 3])
    for (rangee, rang), contenu in list(grille.items()):
        if rang == colonne and str(contenu).replace(".", "", 1).isdigit():
            grille[rangee, rang] = float(contenu)


def rename_sheet(copie: Copie, alea: Random) -> None:
    nom = alea.choice([n for n in copie.feuilles if n not in LABELS])
    copie.feuilles = {
        (f"Feuil{len(copie.feuilles)}{nom[:9]}" if n == nom else n): grille
        for n, grille in copie.feuilles.items()
    }


def reorder_sheets(copie: Copie, alea: Random) -> None:
    noms = list(copie.feuilles)
    alea.shuffle(noms)
    copie.feuilles = {nom: copie.feuilles[nom] for nom in noms}


def split_sheet(copie: Copie, alea: Random) -> None:
    """The last rows moved to a new sheet, with their keys but without the headings."""
    nom, grille, _, _ = pick(copie, alea)
    depuis = some_row(grille, alea, 4)
    ailleurs = {place: v for place, v in grille.items() if place[0] >= depuis}
    for place in ailleurs:
        del grille[place]
    copie.feuilles[f"suite {len(copie.feuilles)} de {nom}"[:31]] = ailleurs


def bring_foreign_rows(copie: Copie, alea: Random) -> None:
    """Rows of the form of another organisation, with their keys and labels, pasted below."""
    saisie = copie.feuilles["Saisie"]
    bas = height(saisie)
    colonnes = {str(contenu): c for (r, c), contenu in saisie.items() if r == 1}
    if not {"cle", "fiche", "indicateur", "mesure", "valeur"} <= colonnes.keys():
        return
    for rang, (cle, fiche, indicateur, mesure) in enumerate(ETRANGERES, start=1):
        if alea.random() < 0.7:
            valeur = copie.token(cle, "", "valeur")
            ligne = {"cle": cle, "fiche": fiche, "indicateur": indicateur, "mesure": mesure}
            for colonne, contenu in {**ligne, "valeur": valeur}.items():
                saisie[bas + rang, colonnes[colonne]] = contenu


ETRANGERES = (
    ("2.2/consultations/consultations", "2.2", "Nombre de consultations", "Consultations"),
    ("2.2/consultations/participants", "2.2", "Nombre de consultations", "Participants"),
    ("2.3/accueils/accueils", "2.3", "Nombre d’accueils", "Accueils"),
)


Geste = Callable[[Copie, Random], None]

GESTES: tuple[Geste, ...] = (
    sort_rows,
    sort_sheet,
    insert_row,
    insert_column,
    delete_row,
    delete_column,
    copy_sheet,
    copy_visible,
    copy_row,
    copy_beside,
    copy_column,
    erase_keys,
    push_row_right,
    erase_labels,
    numbers_from_texts,
    rename_sheet,
    reorder_sheets,
    split_sheet,
    bring_foreign_rows,
)

DEPLACENT_LES_CLES: tuple[Geste, ...] = (sort_without_keys, swap_without_keys, push_keys_down)
"""The visible row stays whole, but no longer faces its key."""

DEPLACENT_LES_LIBELLES: tuple[Geste, ...] = (paste_label,)
"""
The key stays, the label is another's. Together with the former, key and label could both say what
the answer was not typed for: then nobody could tell, and the person who reads it neither.
"""


def abuse(copie: Copie, alea: Random, sauf: tuple[Geste, ...] = ()) -> None:
    """One to five gestures, one after the other."""
    famille = alea.choice([DEPLACENT_LES_CLES, DEPLACENT_LES_LIBELLES])
    gestes = [geste for geste in (*GESTES, *famille) if geste not in sauf]
    for geste in alea.choices(gestes, k=alea.randint(1, 5)):
        geste(copie, alea)
        copie.gestes.append(geste.__name__)
