"""What partners do to a form, and what must happen: each row of the page is a case."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from clsmon.demonstration.partner import fill_form
from tests.abus.atelier import (
    ATELIERS,
    COUT,
    DELAI,
    EXERCICE,
    FIXTURES,
    LIVRES,
    PARENTS,
    PARTAGE,
    PARTICIPANTS,
    PUBLICS,
    RECITS,
    REPONSES,
    REUNIONS,
    SAISIES,
    SORTIES,
    SORTIS,
    Issue,
    collect_files,
    copy_small,
    form_of,
    issue_of,
    open_small,
)
from tests.returns import edit_machine, not_workbooks

FAITS, FAITS_2 = "1.1 faits_marquants", "1.10 faits_marquants"
RIEN = " : rien n'en est enregistré"


def without(tout: dict[str, str], *cles: str) -> dict[str, str]:
    return {cle: valeur for cle, valeur in tout.items() if cle not in cles}


def read(nom: str) -> Issue:
    """The outcome of one committed file, made by LibreOffice."""
    return issue_of(collect_files(open_small(), FIXTURES / nom)[nom])


def intact(*dites: tuple[str, str]) -> Issue:
    """Every answer at its own key, every narrative at its fiche."""
    return Issue(REPONSES, RECITS, list(dites))


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    return copy_small(tmp_path / "dossier")


@pytest.fixture
def rempli() -> Workbook:
    """The form, filled and opened by its partner."""
    return load_workbook(BytesIO(filled()))


def filled(octets: bytes = b"") -> bytes:
    return fill_form(octets or form_of(open_small()), SAISIES)


def row_of(feuille: Any, cle: str) -> int:
    return next(r for r in range(1, feuille.max_row + 1) if feuille.cell(r, 1).value == cle)


def value_cell(classeur: Workbook, cle: str) -> Any:
    saisie = classeur["Saisie"]
    return saisie.cell(row_of(saisie, cle), 8)


def sent(racine: Path, contenu: Workbook | bytes, nom: str = "asso.xlsx", **options: Any) -> Issue:
    """The outcome of one workbook collected alone in a dossier."""
    recu = racine.parent / nom
    if isinstance(contenu, bytes):
        recu.write_bytes(contenu)
    else:
        contenu.save(recu)
    return issue_of(collect_files(open_small(racine), recu, **options)[nom])


def edit(racine: Path, fiche: str, *echanges: tuple[str, str]) -> None:
    """Edits the contract after the form was sent."""
    chemin = racine / "data" / "fiches" / f"{fiche}.yaml"
    texte = chemin.read_text(encoding="utf-8")
    for avant, apres in echanges:
        assert texte.count(avant) == 1, avant
        texte = texte.replace(avant, apres)
    chemin.write_text(texte, encoding="utf-8")


# 1. sort rows, insert a row or a column, rename the sheet, hide columns


@pytest.mark.parametrize(
    ("nom", "dites"),
    [
        pytest.param("trie.xlsx", [], id="rows sorted with their hidden keys"),
        pytest.param("feuille-entiere-triee.xlsx", [], id="whole sheets sorted, headings moved"),
        pytest.param("lignes-inserees.xlsx", [], id="rows inserted"),
        pytest.param(
            "colonnes-inserees.xlsx",
            [("FOR032", "Saisie!H5")],
            id="columns inserted, one with a note",
        ),
        pytest.param("feuilles-renommees.xlsx", [], id="sheets renamed"),
        pytest.param("colonnes-cachees.xlsx", [], id="columns hidden"),
    ],
)
def test_still_attached_to_the_right_measure(nom: str, dites: list[tuple[str, str]]) -> None:
    assert read(nom) == intact(*dites)


def test_rows_sorted_without_their_hidden_keys() -> None:
    """Only rows that came back in front of their own key are taken."""
    assert read("trie-sans-les-cles.xlsx") == Issue(
        {PARTICIPANTS: "112", PARENTS: "41/60"},
        RECITS,
        [
            *[("SAI003", f"Saisie!H{rang}") for rang in (3, 4)],
            *[("FOR022", f"Saisie!H{rang}") for rang in (5, 7, 9, 11, 12, 13)],
            ("SAI003", "Saisie!K10"),
        ],
    )


def test_two_rows_with_one_label_exchanged_without_their_keys() -> None:
    dites = [("FOR022", f"Saisie!{cellule}") for cellule in ("H6", "H12", "L12")]
    assert read("homonymes-echanges.xlsx") == Issue(
        without(REPONSES, PARTICIPANTS, SORTIS), RECITS, dites
    )


def test_narratives_sorted_without_their_hidden_keys() -> None:
    places = (("SAI003", 3), ("SAI003", 4), ("FOR022", 5), ("FOR022", 6))
    dites = [(code, f"Fiches!E{rang}") for code, rang in places]
    assert read("recit-trie-sans-les-cles.xlsx") == Issue(REPONSES, {}, dites)


# 2. delete a row


def test_deleted_row_is_reported_missing() -> None:
    assert read("ligne-supprimee.xlsx") == Issue(
        without(REPONSES, LIVRES), RECITS, [("FOR011", "")]
    )


# 3. paste over everything


def test_pasted_over_with_no_validation_and_locked_cells() -> None:
    colle = load_workbook(FIXTURES / "colle-partout.xlsx")["Saisie"]
    assert colle.data_validations.dataValidation == []
    assert colle.cell(row_of(colle, LIVRES), 8).protection.locked
    assert read("colle-partout.xlsx") == intact()


def test_labels_pasted_over_show_another_measure() -> None:
    issue = read("libelles-colles.xlsx")
    assert (issue.valeurs, issue.recits) == ({}, RECITS)
    typees = ["H5 H6 H7 H9 H11 H12 H13 H15 H17", "I8 J8", "K11 K14", "L6 L14"]
    cellules = " ".join(typees).split()
    assert issue.dites == [("FOR022", f"Saisie!{cellule}") for cellule in cellules]


@pytest.mark.parametrize("tape", ["une dizaine", 12.5, -3])
def test_pasted_values_meet_the_same_checks(racine: Path, rempli: Workbook, tape: object) -> None:
    rempli["Saisie"].data_validations.dataValidation = []
    value_cell(rempli, LIVRES).value = tape
    issue = sent(racine, rempli)
    assert issue.valeurs[LIVRES].endswith("a_verifier")
    assert [cellule for _, cellule in issue.dites] == ["Saisie!H7"]


@pytest.mark.parametrize("colonne", ["mesure", "rubrique"])
def test_column_of_labels_deleted_proves_nothing(
    racine: Path, rempli: Workbook, colonne: str
) -> None:
    """The keys could have moved: nothing shows any more what each row asks."""
    feuille = rempli["Saisie" if colonne == "mesure" else "Fiches"]
    feuille.delete_cols(next(c.column for c in feuille[1] if c.value == colonne))
    issue = sent(racine, rempli)
    perdues = issue.valeurs if colonne == "mesure" else issue.recits
    assert perdues == {}
    assert {code for code, _ in issue.dites} == {"FOR022"}


# 4. duplicate the sheet, or a key appears twice


def test_nothing_is_taken_from_a_sheet_copied() -> None:
    rangs = (5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 17)
    dites = [("FOR010", f"Saisie_2!A{rang}") for rang in rangs]
    assert read("feuille-copiee.xlsx") == Issue({}, RECITS, dites)


def test_nothing_is_taken_from_a_row_copied() -> None:
    assert read("ligne-copiee.xlsx") == Issue(
        without(REPONSES, LIVRES), RECITS, [("FOR010", "Saisie!A18")]
    )


def test_visible_columns_copied_to_another_sheet_are_told() -> None:
    assert read("colonnes-visibles-copiees.xlsx") == intact(("FOR033", "Notre copie!G4"))


def test_table_copied_beside_itself_is_read_twice_and_taken_never(
    racine: Path, rempli: Workbook
) -> None:
    saisie = rempli["Saisie"]
    for rangee in range(1, saisie.max_row + 1):
        for colonne in range(1, 14):
            saisie.cell(rangee + 3, colonne + 20).value = saisie.cell(rangee, colonne).value
    issue = sent(racine, rempli)
    assert (issue.valeurs, issue.recits) == ({}, RECITS)
    assert {code for code, _ in issue.dites} == {"FOR010"}
    assert len(issue.dites) == len(REPONSES)


def test_old_and_new_key_in_one_workbook_are_one_key_twice(racine: Path, rempli: Workbook) -> None:
    edit(racine, "1.1", ("{id: livres, ", "{id: ouvrages, anciennes_cles: [1.1/livres/livres], "))
    saisie = rempli["Saisie"]
    for colonne in range(1, 14):
        saisie.cell(30, colonne).value = saisie.cell(row_of(saisie, LIVRES), colonne).value
    saisie["A30"], saisie["H30"] = "1.1/livres/ouvrages", 999
    assert sent(racine, rempli) == Issue(
        without(REPONSES, LIVRES), RECITS, [("FOR010", "Saisie!A30")]
    )


# 5. a row without key


def test_label_of_a_row_without_key_is_proposed_and_never_taken() -> None:
    dossier = open_small()
    collecte = collect_files(dossier, FIXTURES / "lignes-sans-cle.xlsx")["lignes-sans-cle.xlsx"]
    assert issue_of(collecte) == intact(*[("SAI003", f"Saisie!H{rang}") for rang in (18, 19, 20)])
    assert [(a.message, a.conseil) for a in collecte.anomalies] == [
        (
            "« 901 » est sur une ligne sans clé, qui semble être « 1.1 Livres distribués »" + RIEN,
            "Si c'est bien elle, reportez cette réponse en Saisie!H7.",
        ),
        (
            "« 902 » est sur une ligne sans clé, qui semble être « 1.10 Sorties »" + RIEN,
            "Si c'est bien elle, reportez cette réponse en Saisie!H11.",
        ),
        (
            "« 903 » est sur une ligne sans clé" + RIEN,
            "Reportez cette réponse sur la ligne de sa mesure.",
        ),
    ]


def test_row_that_lost_its_key_says_where_to_answer_again() -> None:
    collecte = collect_files(open_small(), FIXTURES / "cle-effacee.xlsx")["cle-effacee.xlsx"]
    assert issue_of(collecte) == Issue(
        without(REPONSES, LIVRES),
        without(RECITS, FAITS_2),
        [("FOR011", ""), ("FOR011", ""), ("SAI003", "Fiches!E22"), ("SAI003", "Saisie!H7")],
    )
    *_, recit, mesure = collecte.anomalies
    assert "« 1.10 Faits marquants de l’année »" in recit.message
    assert mesure.conseil.endswith("clsmon forms --organisme asso.")


# 6. save as .ods or .xls; send it from LibreOffice


@pytest.mark.parametrize(
    "genre", ["libreoffice", "trie", "formules", "date-tapee", "lignes-sans-cle"]
)
@pytest.mark.parametrize(
    "suffixe",
    [".ods", ".xls"],
)
def test_other_formats_are_read_the_same(genre: str, suffixe: str) -> None:
    assert read(f"{genre}{suffixe}") == read(f"{genre}.xlsx")


def test_saved_by_libreoffice() -> None:
    assert read("libreoffice.xlsx") == intact()


# 7. an older version of this year's form


@pytest.mark.parametrize(
    ("fiche", "echanges", "attendue"),
    [
        pytest.param(
            "1.1",
            [("libelle: Livres distribués,", "libelle: Livres remis,")],
            intact(("FOR018", "Saisie!H7")),
            id="measure relabelled",
        ),
        pytest.param(
            "1.1",
            [("libelle: Nombre de livres distribués", "libelle: Livres offerts")],
            intact(("FOR018", "Saisie!H7")),
            id="indicator relabelled",
        ),
        pytest.param(
            "1.10",
            [("libelle: Nombre de sorties et de participants", "libelle: Sorties faites")],
            intact(("FOR018", "Saisie!H11"), ("FOR018", "Saisie!H12")),
            id="indicator relabelled, one of its measures has a namesake",
        ),
        pytest.param(
            "1.1",
            [("unite: livres", "unite: cartons")],
            Issue(without(REPONSES, LIVRES), RECITS, [("FOR017", "Saisie!H7")]),
            id="unit changed",
        ),
        pytest.param(
            "1.1",
            [("libelle: Types de public, type: texte", "libelle: Types de public, type: oui_non")],
            Issue(without(REPONSES, PUBLICS), RECITS, [("FOR017", "Saisie!H9")]),
            id="type changed",
        ),
        pytest.param(
            "1.10",
            [
                (
                    "      - {id: sorties, libelle: Sorties, type: nombre, unite: sorties}\n",
                    "",
                )
            ],
            Issue(
                without(REPONSES, SORTIES),
                RECITS,
                [("FOR012", "Saisie!H11"), ("FOR012", "Saisie!K11")],
            ),
            id="measure removed",
        ),
        pytest.param(
            "2.1",
            [
                (
                    "suivi:",
                    "      - {id: b, libelle: Lieux, type: nombre, unite: lieux}\nsuivi:",
                )
            ],
            intact(("FOR011", "")),
            id="measure added",
        ),
        pytest.param(
            "1.1",
            [("{id: livres, ", "{id: ouvrages, anciennes_cles: [1.1/livres/livres], ")],
            Issue(without(REPONSES, LIVRES) | {"1.1/livres/ouvrages": "340"}, RECITS, []),
            id="key renamed",
        ),
        pytest.param(
            "1.10",
            [("repondants: [asso]", "repondants: [maison]")],
            intact(),
            id="fiche now asked of another",
        ),
    ],
)
def test_older_version_of_this_years_form(
    racine: Path, fiche: str, echanges: list[tuple[str, str]], attendue: Issue
) -> None:
    ancien = filled()
    edit(racine, fiche, *echanges)
    assert sent(racine, ancien) == attendue


def test_two_namesakes_relabelled_and_exchanged_are_asked(racine: Path, rempli: Workbook) -> None:
    saisie = rempli["Saisie"]
    une, autre = row_of(saisie, PARTICIPANTS), row_of(saisie, SORTIS)
    for colonne in range(2, 14):
        a, b = saisie.cell(une, colonne), saisie.cell(autre, colonne)
        a.value, b.value = b.value, a.value
    edit(racine, "1.1", ("libelle: Nombre d’ateliers et de participants", "libelle: Ateliers"))
    edit(racine, "1.10", ("libelle: Nombre de sorties et de participants", "libelle: Sorties"))
    issue = sent(racine, rempli)
    assert issue.valeurs == without(REPONSES, PARTICIPANTS, SORTIS)
    assert [c for c in issue.dites if c[0] == "FOR022"] == [
        ("FOR022", "Saisie!H6"),
        ("FOR022", "Saisie!H12"),
        ("FOR022", "Saisie!L12"),
    ]


def test_row_that_took_the_place_of_its_deleted_namesake_is_asked(
    racine: Path, rempli: Workbook
) -> None:
    """The contract relabelled both indicators: only the fiche tells that the row is another's."""
    saisie = rempli["Saisie"]
    une, autre = row_of(saisie, PARTICIPANTS), row_of(saisie, SORTIS)
    for colonne in range(2, 14):
        saisie.cell(une, colonne).value = saisie.cell(autre, colonne).value
    saisie.delete_rows(autre)
    edit(racine, "1.1", ("libelle: Nombre d’ateliers et de participants", "libelle: Ateliers"))
    edit(racine, "1.10", ("libelle: Nombre de sorties et de participants", "libelle: Sorties"))
    issue = sent(racine, rempli)
    assert issue.valeurs == without(REPONSES, PARTICIPANTS, SORTIS)
    assert ("FOR022", "Saisie!H6") in issue.dites


# 8. last year's form


def test_last_years_form_is_refused_then_taken_for_its_own_year(racine: Path) -> None:
    ancien = filled(form_of(open_small(), exercice=EXERCICE - 1))
    assert sent(racine, ancien) == Issue({}, {}, [("FOR016", "")])
    assert sent(racine, ancien, accepter_ancien=True) == intact()
    collecte = collect_files(open_small(racine), racine.parent / "asso.xlsx", accepter_ancien=True)
    releve = collecte["asso.xlsx"].releve
    assert releve is not None
    assert releve.exercice == EXERCICE - 1


def test_last_years_form_whose_hidden_year_was_edited(racine: Path) -> None:
    ancien = filled(form_of(open_small(), exercice=EXERCICE - 1))
    rajeuni = edit_machine(ancien, "exercice", str(EXERCICE))
    assert sent(racine, rajeuni) == Issue({}, {}, [("FOR030", "")])


def test_last_years_sheet_in_the_place_of_this_years(racine: Path, rempli: Workbook) -> None:
    titre = rempli["Saisie"]["H2"]
    assert titre.value == f"Valeur {EXERCICE}"
    titre.value = f"Valeur {EXERCICE - 1}"
    assert sent(racine, rempli) == Issue({}, RECITS, [("FOR031", "Saisie!H2")])


# 9. another contract's; a workbook filled for another organisation


def relabelled(organisme: str, de: str = "asso") -> bytes:
    return edit_machine(form_of(open_small(), de), "organisme", organisme)


def two_identities() -> Workbook:
    """The hidden sheet of another form brought in with one of its sheets."""
    classeur = load_workbook(BytesIO(filled()))
    etrangere = load_workbook(BytesIO(form_of(open_small(), "maison")))["_clsmon"]
    copie = classeur.create_sheet("_clsmon (2)")
    for rangee in etrangere.iter_rows():
        for cellule in rangee:
            copie.cell(cellule.row, cellule.column).value = cellule.value
    return classeur


def identity_of_another() -> Workbook:
    """Two identities, the first one then deleted: names and properties are still the first's."""
    classeur = two_identities()
    del classeur["_clsmon"]
    return classeur


def same_identity_twice() -> Workbook:
    classeur = load_workbook(BytesIO(filled()))
    classeur.copy_worksheet(classeur["_clsmon"])
    return classeur


@pytest.mark.parametrize(
    ("fait", "dites"),
    [
        pytest.param(
            lambda: edit_machine(filled(), "contrat", "CLS d'ailleurs"),
            [("FOR014", "")],
            id="another contract",
        ),
        pytest.param(lambda: relabelled("inconnu"), [("FOR015", "")], id="nobody of the contract"),
        pytest.param(
            lambda: relabelled("ville-dessai"), [("FOR015", "")], id="not asked this year"
        ),
        pytest.param(
            lambda: relabelled("maison"), [("FOR030", "")], id="relabelled, some keys shared"
        ),
        pytest.param(
            lambda: relabelled("centre"), [("FOR030", "")], id="relabelled, no key shared"
        ),
        pytest.param(two_identities, [("FOR028", "")], id="two identities"),
        pytest.param(identity_of_another, [("FOR029", "")], id="the identity of another form"),
    ],
)
def test_form_of_another_is_never_taken(
    racine: Path, fait: Callable[[], Workbook | bytes], dites: list[tuple[str, str]]
) -> None:
    assert sent(racine, fait()) == Issue({}, {}, dites)


def test_older_form_relabelled_is_known_by_its_keys(racine: Path) -> None:
    faux = relabelled("centre", de="maison")
    edit(racine, "2.2", ("libelle: Consultations,", "libelle: Consultations tenues,"))
    collecte = sent(racine, faux)
    assert collecte == Issue({}, {}, [("FOR030", "")])


def test_same_identity_twice_is_one(racine: Path) -> None:
    assert sent(racine, same_identity_twice()) == intact()


def test_workbook_named_for_another_is_recorded_under_the_name_inside(racine: Path) -> None:
    assert sent(racine, filled(), "maison.xlsx") == intact()
    collecte = collect_files(open_small(racine), racine.parent / "maison.xlsx")["maison.xlsx"]
    assert collecte.organisme == "asso"


def test_sheet_of_another_organisation_in_this_workbook(racine: Path, rempli: Workbook) -> None:
    """Only what this organisation is asked is taken; a fiche of another is not its own."""
    saisie, recit = rempli["Saisie"], rempli["Fiches"]
    saisie["A30"], saisie["H30"] = "2.2/consultations/consultations", 777
    recit["A60"], recit["B60"], recit["E60"] = "2.2", "freins", "les locaux"
    assert sent(racine, rempli) == intact(("FOR012", "Fiches!E60"), ("FOR012", "Saisie!H30"))


# 10. two versions from the same partner


def two_versions(racine: Path, *, base: bool) -> tuple[Issue, Issue]:
    """A first return, then a second one where one number changes and one answer is blanked."""
    from clsmon.collecting import collect_all  # noqa: PLC0415  the only test that writes

    premier, second = racine.parent / "a.xlsx", racine.parent / "b.xlsx"
    premier.write_bytes(filled())
    if base:
        collect_all(open_small(racine), [premier], EXERCICE, ecrire=True)
    suite = load_workbook(BytesIO(form_of(open_small(racine))))
    if not base:
        suite = load_workbook(BytesIO(filled()))
    value_cell(suite, LIVRES).value = 341
    value_cell(suite, COUT).value = None
    suite.save(second)
    lus = collect_files(open_small(racine), premier, second)
    return issue_of(lus["a.xlsx"]), issue_of(lus["b.xlsx"])


def test_version_with_base_replaces_and_its_blank_erases(racine: Path) -> None:
    ancien, nouveau = two_versions(racine, base=True)
    assert ancien.dites == []
    assert nouveau == Issue(without(REPONSES, COUT) | {LIVRES: "341"}, RECITS, [], remplace=1)


def test_version_without_base_stands_beside_and_a_contradiction_is_asked(racine: Path) -> None:
    premier, second = two_versions(racine, base=False)
    assert premier == intact()
    assert second == Issue(
        without(REPONSES, COUT) | {LIVRES: "341"}, RECITS, [("SAI021", "Saisie!H7")]
    )


# 11. not a form at all


def broken_files() -> dict[str, tuple[bytes, str]]:
    plein = filled()
    table = Workbook()
    table.worksheets[0]["A1"] = "notre tableau"
    tampon = BytesIO()
    table.save(tampon)
    html = b"<html><body><table><tr><td>12</td></tr></table></body></html>"
    return {
        **not_workbooks(),
        "tableau.xlsx": (tampon.getvalue(), "FOR009"),
        "page.xls": (html, "FOR001"),
        "mot-de-passe.xlsx": ((FIXTURES / "mot-de-passe.xlsx").read_bytes(), "FOR002"),
        "coupe.xlsx": (plein[: len(plein) // 2], "FOR005"),
    }


CASES = {
    "tableau.xlsx": "a workbook, but no form",
    "page.xls": "html renamed .xls",
    "page.xlsx": "html renamed .xlsx",
    "mot-de-passe.xlsx": "encrypted by LibreOffice",
    "coupe.xlsx": "truncated",
    "vide.xlsx": "empty",
    "bilan.pdf": "pdf",
    "liste.csv": "csv",
}


@pytest.mark.parametrize("nom", [pytest.param(nom, id=titre) for nom, titre in CASES.items()])
def test_file_that_is_no_form_is_one_sentence_and_the_others_load(racine: Path, nom: str) -> None:
    octets, code = broken_files()[nom]
    bon, mauvais = racine.parent / "asso.xlsx", racine.parent / nom
    bon.write_bytes(filled())
    mauvais.write_bytes(octets)
    lus = collect_files(open_small(racine), mauvais, bon)
    assert issue_of(lus["asso.xlsx"]) == intact()
    (anomalie,) = lus[nom].anomalies
    assert (anomalie.code, anomalie.lieu.fichier, bool(anomalie.conseil)) == (code, nom, True)
    assert "\n" not in anomalie.message


@pytest.mark.parametrize("nom", ["~$asso.xlsx", ".~lock.asso.xlsx#"])
def test_lock_files_are_skipped_silently(racine: Path, nom: str) -> None:
    from clsmon.receiving import find_workbooks  # noqa: PLC0415  this case only

    recus = racine.parent / "recus"
    recus.mkdir()
    (recus / nom).write_bytes(b"verrou")
    assert find_workbooks([recus]) == []


# 12. formulas without cached value, errors, dates, booleans, 1904 dates, inf, merged cells


@pytest.mark.parametrize(
    ("contenu", "code", "saisi"),
    [
        pytest.param("=5+6", "SAI006", "", id="formula without cached value"),
        pytest.param("#N/A", "SAI007", "#N/A", id="#N/A"),
        pytest.param("#DIV/0!", "SAI007", "#DIV/0!", id="#DIV/0!"),
        pytest.param(True, "SAI005", "VRAI", id="boolean"),
        pytest.param(datetime(2026, 4, 3), "SAI004", "2026-04-03", id="date"),  # noqa: DTZ001  a cell has no time zone
    ],
)
def test_what_is_no_number_is_named_as_such(
    racine: Path, rempli: Workbook, contenu: object, code: str, saisi: str
) -> None:
    value_cell(rempli, LIVRES).value = contenu
    assert sent(racine, rempli) == Issue(
        REPONSES | {LIVRES: f"{saisi} a_verifier" if saisi else "a_verifier"},
        RECITS,
        [(code, "Saisie!H7")],
    )


def test_the_same_from_libreoffice() -> None:
    assert read("formules.xlsx") == Issue(
        REPONSES
        | {
            PARTICIPANTS: "#N/A a_verifier",
            LIVRES: "#DIV/0! a_verifier",
            SORTIES: "valeur : VRAI ; etat : estimé a_verifier",
        },
        RECITS,
        [("SAI007", "Saisie!H6"), ("SAI007", "Saisie!H7"), ("SAI005", "Saisie!H11")],
    )
    assert read("date-tapee.xlsx") == Issue(
        REPONSES | {SORTIES: "valeur : 2026-03-04 ; etat : estimé a_verifier"},
        RECITS,
        [("SAI004", "Saisie!H11")],
    )


def test_the_calendar_of_1904_changes_no_number() -> None:
    assert read("calendrier-1904.xlsx") == intact()


def test_date_in_the_calendar_of_1904_is_a_date(racine: Path, rempli: Workbook) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904  # noqa: PLC0415  this case only

    rempli.epoch = CALENDAR_MAC_1904
    value_cell(rempli, LIVRES).value = datetime(2026, 4, 3)  # noqa: DTZ001  a cell has no time zone
    issue = sent(racine, rempli)
    assert issue == Issue(
        REPONSES | {LIVRES: "2026-04-03 a_verifier"}, RECITS, [("SAI004", "Saisie!H7")]
    )


@pytest.mark.parametrize("infini", ["1e309", "INF", "NaN"])
def test_infinite_number_is_refused_and_named(racine: Path, infini: str) -> None:
    sortie = BytesIO()
    with zipfile.ZipFile(BytesIO(filled())) as source, zipfile.ZipFile(sortie, "w") as copie:
        for nom in source.namelist():
            partie = source.read(nom)
            if nom.startswith("xl/worksheets/"):
                partie = partie.replace(b"<v>340</v>", f"<v>{infini}</v>".encode())
            copie.writestr(nom, partie)
    issue = sent(racine, sortie.getvalue())
    assert issue.valeurs == REPONSES | {LIVRES: f"{infini} a_verifier"}
    assert {cellule for _, cellule in issue.dites} == {"Saisie!H7"}


def test_cells_merged_by_libreoffice_are_asked_each() -> None:
    fusions = load_workbook(FIXTURES / "cellules-fusionnees.xlsx")["Saisie"].merged_cells.ranges
    assert "H5:H6" in {str(fusion) for fusion in fusions}
    issue = read("cellules-fusionnees.xlsx")
    douteuses = {cle: f"{REPONSES[cle]} a_verifier" for cle in (ATELIERS, PARTICIPANTS)}
    assert (issue.valeurs, issue.recits) == (REPONSES | douteuses, RECITS)
    assert issue.dites == [("FOR023", "Saisie!H5"), ("FOR023", "Saisie!H6")]


def test_answer_hidden_by_a_merge_is_not_read_as_empty(racine: Path, rempli: Workbook) -> None:
    rempli["Saisie"].merge_cells("H5:H6")
    issue = sent(racine, rempli)
    assert "Saisie!H6" in {cellule for _, cellule in issue.dites}


# Nothing else is in the page; what every case above leaves alone is exactly this.


def test_the_form_as_it_was_filled(racine: Path) -> None:
    assert sent(racine, filled()) == intact()
    assert set(REPONSES) == {
        *(ATELIERS, PARTICIPANTS, LIVRES, PARENTS, PUBLICS),
        *(SORTIES, SORTIS, COUT, DELAI, PARTAGE, REUNIONS),
    }
    assert FAITS in RECITS
