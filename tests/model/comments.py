"""Comments as partners write them, drawn from a seed: with personal data, and without."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

PHRASES = (
    "Contacter {} pour la suite.",
    "Séances suivies par notre référent ({}).",
    "{}",
    "Voir avec {} avant l’été ; 12 séances prévues en 2025",
    "Bilan transmis\npar {}, merci",
    "Participante : {} ; 45 000 € engagés.",
)
PRENOMS = ("jean", "Léa", "a.martin", "m-c.durand", "k_benali", "o'neil", "zoe.roux21")
DOMAINES = ("exemple.fr", "mail.exemple.com", "ville-exemple.fr", "asso.exemple.org")
DEPARTEMENTS = ("21", "71", "01", "75", "99", "2A", "2B")


def _mail(hasard: Random) -> str:
    arrobe = hasard.choice(("@", "@", "@", " @ ", "(at)", " [at] ", " arobase "))
    return f"{hasard.choice(PRENOMS)}{arrobe}{hasard.choice(DOMAINES)}"


def _phone(hasard: Random) -> str:
    zone = hasard.choice("1234567 9".replace(" ", ""))
    reste = [f"{hasard.randrange(100):02}" for _ in range(4)]
    entre = hasard.choice((" ", " ", ".", "-", "", "\u00a0", "/", ". "))
    tete = hasard.choice((f"0{zone}", f"+33{entre}{zone}", f"+33 (0){zone}", f"0033 {zone}"))
    if hasard.random() < 0.1:
        return f"0{zone}{entre}{reste[0]}{entre}{''.join(reste[1:])[:3]}{entre}{reste[3]}7"
    return entre.join([tete, *reste])


def _nir(hasard: Random) -> str:
    lieu = hasard.choice(DEPARTEMENTS)
    blocs = [
        hasard.choice("12"),
        f"{hasard.randrange(100):02}",
        f"{hasard.randrange(1, 13):02}",
        lieu,
        f"{hasard.randrange(1, 990):03}",
        f"{hasard.randrange(1, 999):03}",
    ]
    numero = int("".join(blocs).replace("2A", "19").replace("2B", "18"))
    return hasard.choice(("", " ", "\u00a0", ".")).join([*blocs, f"{97 - numero % 97:02}"])


def personal_comments(hasard: Random, nombre: int) -> list[str]:
    """Sentences that hold an e-mail address, a phone number or a NIR with its key."""
    genres: tuple[Callable[[Random], str], ...] = (_mail, _phone, _nir)
    return [
        hasard.choice(PHRASES).format(genres[rang % len(genres)](hasard)) for rang in range(nombre)
    ]


def _figures(hasard: Random) -> tuple[str, ...]:
    a, b, c = (hasard.randrange(1, 1000) for _ in range(3))
    annee, jour, mois = (
        hasard.randrange(2019, 2030),
        hasard.randrange(1, 29),
        hasard.randrange(1, 13),
    )
    siret = f"{hasard.randrange(100, 999)} {b:03} {c:03} {hasard.randrange(100):05}"
    return (
        f"{a} personnes reçues en {annee}, contre {b} en {annee - 1}.",
        f"Budget {annee} {annee + 1} : {a} {b:03},{c % 100:02} € puis {c} {a:03} €",
        f"Séances du {jour:02}/{mois:02}/{annee} et du {mois:02}.{jour % 12 + 1:02}.{annee}",
        f"Subvention {annee}-{a:04}-{b % 100:02}, notifiée le {jour} mars {annee}",
        f"Structure SIRET {siret}, FINESS 21{a:03}{b:03}{c % 10}",
        f"SIRET {siret.replace(' ', '')} ; code APE 8899B",
        f"{a % 24}h{b % 60:02}-{c % 24}h{a % 60:02}, salle {b}, 21{a % 1000:03} Dijon",
        f"Effectifs par trimestre : {a} {b} {c} {a + b} ; soit {a + b + c} au total",
        f"Taux de {a % 100},{b % 10} % sur {c} {b:03} familles (source CAF {annee})",
        f"Quartiers 1, 2 et {c % 9} ; {jour:02} ateliers ; {mois:02} sorties ; {a / 10:.1f} ETP",
        f"Lignes {a:04} {b:04} {c:04} du compte {annee}",
        f"Voir le rapport d’activité {annee}, p. {a % 90}-{a % 90 + 4}, annexe {mois}.{jour}",
        f"Hausse liée aux {b % 40 + 2} nouvelles écoles (REP+ et QPV), tableau {mois}/{jour}",
        f"Poste vacant {mois} mois ; reprise en {annee}. {a} € non dépensés (-{b % 90} %).",
        f"Effectifs par classe : {' '.join(f'{hasard.randrange(5, 36):02}' for _ in range(6))}",
        f"Facture n° {annee}-{siret[-5:]}{b:05}, ISBN 978-2-{a:03}-{c:05}-{b % 10}",
        f"RNA W21{a:04}{b:03} ; convention n° {c:05} ; {jour}e réunion @ Dijon",
    )


def ordinary_comments(hasard: Random, nombre: int) -> list[str]:
    """Sentences full of dates, amounts, years, budget lines and official numbers of structures."""
    return [hasard.choice(_figures(hasard)) for _ in range(nombre)]
