"""Le registre des organismes du contrat, son territoire et ses instances."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.dossier import Dossier
from clsmon.model.libelles import simplify
from clsmon.rules.connus import repeated, unknown_organismes
from clsmon.rules.regle import Constat, unknown

GROUPES = ("signataires", "communes", "partenaires", "porteurs")
"""Les mots qui désignent plusieurs membres d'une instance (article 3)."""


def organismes_uniques(dossier: Dossier) -> Iterator[Constat]:
    """
    Un code d'organisme, actuel ou ancien, ne désigne qu'un organisme.

    `anciens_codes` garde lisibles les relevés d'avant un changement de code ; il ne peut donc
    reprendre un code en usage ni l'ancien code d'un autre.

    Exemple :

        organismes:
          apo: {nom: Orthophonie Bourgogne}
          apo-bfc: {nom: Orthophonie BFC, anciens_codes: [apo]}

    Remède : retirez l'ancien code de trop, ou l'organisme qu'il remplace.
    """
    organismes = dossier.contrat.organismes
    cites = [(c, dossier.contrat.lieu("organismes", c, cle=True)) for c in organismes]
    cites += [
        (ancien, o.lieu("anciens_codes", rang))
        for o in organismes.values()
        for rang, ancien in enumerate(o.anciens_codes)
    ]
    for nom, lieu, premier in repeated(cites):
        yield Constat(
            lieu,
            f"code d'organisme en double : « {nom} », déjà à la ligne {premier.ligne}",
            "un ancien code ne désigne qu'un organisme",
        )


def noms_distincts(dossier: Dossier) -> Iterator[Constat]:
    """
    Deux organismes du registre ne portent pas le même nom.

    Le même nom sous deux codes est presque toujours le même organisme saisi deux fois : il
    recevrait deux formulaires. Accents, majuscules et espaces ne comptent pas.

    Exemple :

        organismes:
          cpam: {nom: CPAM de Côte-d'Or}
          cpam-21: {nom: CPAM de Côte d'Or, autres_noms: [CPAM de Côte-d'Or]}

    Remède : gardez un seul code, ou précisez le nom de chacun.
    """
    vus: dict[str, str] = {}
    for code, organisme in dossier.contrat.organismes.items():
        places = [(organisme.nom, organisme.lieu("nom"))]
        places += [
            (n, organisme.lieu("autres_noms", r)) for r, n in enumerate(organisme.autres_noms)
        ]
        for nom, lieu in places:
            premier = vus.setdefault(simplify(nom), code)
            if premier != code:
                yield Constat(
                    lieu,
                    f"« {nom} » nomme déjà l'organisme « {premier} »",
                    "gardez un seul code pour cet organisme",
                )


def organismes_du_contrat_connus(dossier: Dossier) -> Iterator[Constat]:
    """
    Tout organisme nommé par le contrat figure à son registre.

    Sont regardés les communes du territoire, les membres des instances, les composantes d'une
    équipe, le rattachement d'un service et le responsable de l'évaluation finale. Une instance
    peut aussi nommer un groupe : signataires, communes, partenaires, porteurs.

    Exemple :

        instances:
          copil: {nom: Comité de pilotage, membres: [signataire]}

    Remède : corrigez le code, ou ajoutez l'organisme sous `organismes:`.
    """
    contrat = dossier.contrat
    lieux = contrat.territoire
    cites = [(c, lieux.lieu("communes", rang)) for rang, c in enumerate(lieux.communes)]
    for o in contrat.organismes.values():
        cites += [(c, o.lieu("composantes", rang)) for rang, c in enumerate(o.composantes)]
        if o.rattache_a:
            cites.append((o.rattache_a, o.lieu("rattache_a")))
    evaluation = contrat.regles.evaluation_finale
    if evaluation and evaluation.responsable:
        cites.append((evaluation.responsable, evaluation.lieu("responsable")))
    yield from unknown_organismes(dossier, cites)
    connus = {*GROUPES, *contrat.organismes}
    for instance in contrat.instances.values():
        for rang, membre in enumerate(instance.membres):
            if membre not in connus:
                yield unknown(
                    instance.lieu("membres", rang), "membre d'instance inconnu", membre, connus
                )


def communes_du_territoire_au_registre(dossier: Dossier) -> Iterator[Constat]:
    """
    Les communes du territoire sont les organismes marqués `commune: true`.

    Les deux listes disent la même chose : le périmètre de l'article 2 et les membres
    « communes » des instances.

    Exemple :

        territoire: {nom: Dijon métropole, communes: [chenove]}
        organismes:
          chenove: {nom: Chenôve}
          talant: {nom: Talant, commune: true}

    Remède : marquez la commune dans le registre, ou ajoutez-la au territoire.
    """
    territoire, organismes = dossier.contrat.territoire, dossier.contrat.organismes
    for rang, code in enumerate(territoire.communes):
        if code in organismes and not organismes[code].commune:
            yield Constat(
                territoire.lieu("communes", rang),
                f"« {code} » est au territoire mais n'est pas une commune du registre",
                f"ajoutez « commune: true » à l'organisme « {code} »",
            )
    for code, organisme in organismes.items():
        if organisme.commune and code not in territoire.communes:
            yield Constat(
                organisme.lieu("commune"),
                f"la commune « {code} » n'est pas dans le territoire",
                f"ajoutez « {code} » à territoire.communes, ou ôtez « commune: true »",
            )


def rattachements_sans_boucle(dossier: Dossier) -> Iterator[Constat]:
    """
    Aucun organisme n'est, de proche en proche, sa propre composante ou son rattachement.

    Exemple :

        organismes:
          emas: {nom: EMAS, composantes: [sdat]}
          sdat: {nom: SDAT, composantes: [emas]}

    Remède : ôtez le lien de trop : l'équipe nomme ses composantes, jamais l'inverse.
    """
    organismes = dossier.contrat.organismes
    suites = {
        code: {*o.composantes, *([o.rattache_a] if o.rattache_a else [])}
        for code, o in organismes.items()
    }
    for code, organisme in organismes.items():
        atteints: set[str] = set()
        attente = set(suites[code])
        while attente:
            suivant = attente.pop()
            atteints.add(suivant)
            attente |= suites.get(suivant, set()) - atteints
        if code in atteints:
            champ = "composantes" if organisme.composantes else "rattache_a"
            yield Constat(
                organisme.lieu(champ),
                f"« {code} » se contient lui-même par ses composantes ou son rattachement",
                "ôtez le lien qui ferme la boucle",
            )
