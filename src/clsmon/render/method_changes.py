"""Les règles, en mots, des évolutions du contrat et de la clôture d'un exercice."""

from __future__ import annotations

from clsmon.model.bilan import Bilan

REGLES_EVOLUTIONS: tuple[tuple[str, str], ...] = (
    (
        "Décisions antérieures",
        (
            "La première page compte les décisions des séances qui ont examiné l’exercice "
            "précédent, et les plus anciennes encore ouvertes. Une décision est en retard quand "
            "elle est ouverte et que son échéance est passée. Adopter un bilan ou arbitrer est "
            "fait dès que c’est décidé."
        ),
    ),
    (
        "Évolutions proposées",
        (
            "Celles que les organismes demandent dans leur formulaire, avec leur motif. Une "
            "proposition est dite tranchée quand une séance tenue a décidé du retrait ou de la "
            "modification de la fiche ; une décision abandonnée l’écarte. L’article 6 ne nomme que "
            "l’ajout et le retrait d’une fiche : la décision demandée pour une modification est "
            "une demande de l’outil."
        ),
    ),
    (
        "Fiches à programmer",
        (
            "Ce qui manque à chacune est la liste de ses rubriques vides. En programmer une, "
            "c’est ajouter une fiche action : le COPIL le décide."
        ),
    ),
    (
        "Projet d’ordre du jour",
        (
            "Il est tiré du dossier : adoption du bilan, décisions antérieures, arbitrages, "
            "évolutions proposées, fiches à programmer, programme de l’année qui suit, avenants "
            "décidés et pas encore signés. L’article 6 veut qu’il parvienne avant la séance à "
            "chaque membre quand il porte sur l’ajout ou le retrait d’une fiche."
        ),
    ),
    (
        "Bilan adopté",
        (
            "Un bilan est définitif quand une séance tenue l’a adopté et que ses chiffres sont "
            "figés : ils viennent des seuls relevés alors au dossier. L’empreinte est le sha256 "
            "des avancements, complétudes, constats, récits, montants et actions de l’exercice ; "
            "ni le jour, ni le suivi des décisions, ni les libellés n’y entrent. Si elle change, "
            "le document n’est plus le bilan adopté, et le dit."
        ),
    ),
    (
        "Reçu après l’adoption",
        (
            "Ce qui arrive après l’adoption est montré à part et ne change aucun chiffre adopté, "
            "ni cette année ni dans les bilans suivants. Seul un arbitrage postérieur du COPIL "
            "fait compter une réponse, et le bilan nomme sa décision. Un arbitrage d’avant garde "
            "la valeur proposée qu’il a retenue, même changée ou retirée depuis."
        ),
    ),
    (
        "Noms et logos des signataires",
        (
            "L’article 8 les demande, en couleur, sur toute publication, et donne aux signataires "
            "un droit de regard. La couverture nomme ceux dont le logo manque."
        ),
    ),
)


def imprint_of(bilan: Bilan) -> tuple[tuple[str, str], ...]:
    """L'empreinte entière du bilan adopté, et celle du document si elle n'est plus la même."""
    cloture = bilan.cloture
    lues = [("Empreinte (sha256) des chiffres adoptés", cloture.empreinte)]
    if not cloture.fidele:
        lues.append(("Empreinte (sha256) des chiffres de ce document", cloture.calculee))
    return tuple((titre, empreinte) for titre, empreinte in lues if empreinte)
