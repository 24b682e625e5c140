"""Les règles de `data/contrat.yaml` et de `data/contexte.yaml`."""

from __future__ import annotations

from collections.abc import Iterator

from clsmon.model.anomalie import Lieu
from clsmon.model.couleur import BLANC, LISIBLE, contrast, darken, is_colour, is_readable
from clsmon.model.dossier import Dossier
from clsmon.rules.connus import repeated
from clsmon.rules.regle import Constat


def axes_uniques(dossier: Dossier) -> Iterator[Constat]:
    """
    Chaque axe et chaque objectif a son propre identifiant.

    Une fiche nomme son axe par cet identifiant : deux axes « 2 » la rattacheraient au hasard.

    Exemple :

        axes:
          - {id: "2", titre: Santé mentale}
          - {id: "2", titre: Santé des jeunes}

    Remède : donnez à chacun le numéro qu'il a dans le contrat.
    """
    axes = dossier.contrat.axes
    niveaux = (
        ("axe", [(a.id, a.lieu("id")) for a in axes]),
        ("objectif", [(o.id, o.lieu("id")) for a in axes for o in a.objectifs]),
    )
    for quoi, cites in niveaux:
        for nom, lieu, premier in repeated(cites):
            yield Constat(
                lieu,
                f"identifiant d'{quoi} en double : « {nom} », déjà à la ligne {premier.ligne}",
                f"donnez à chaque {quoi} son identifiant",
            )


def periode_dans_l_ordre(dossier: Dossier) -> Iterator[Constat]:
    """
    Le contrat finit après avoir commencé, et se signe avant sa fin.

    Exemple :

        periode: {debut: 2028, fin: 2024}

    Remède : corrigez `debut`, `fin` ou `signature`.
    """
    periode = dossier.contrat.periode
    if periode.fin < periode.debut:
        yield Constat(
            periode.lieu("fin"),
            f"le contrat finit en {periode.fin}, avant son début en {periode.debut}",
            "intervertissez debut et fin, ou corrigez l'année",
        )
    elif periode.signature and periode.signature.year > periode.fin:
        yield Constat(
            periode.lieu("signature"),
            f"le contrat est signé le {periode.signature:%d/%m/%Y}, après sa fin en {periode.fin}",
            "corrigez la date de signature ou la fin",
        )


def duree_coherente(dossier: Dossier) -> Iterator[Constat]:
    """
    La durée écrite est celle qui va du début à la fin.

    Cinq ans font cinq exercices : de 2024 à 2028. Un contrat signé en cours d'année peut toucher
    un exercice de plus (article 6 : la durée court de la signature).

    Exemple :

        periode: {debut: 2024, fin: 2028, duree_ans: 4}

    Remède : corrigez `duree_ans` ou `fin`.
    """
    periode = dossier.contrat.periode
    exercices = periode.fin - periode.debut + 1
    possibles = {exercices, exercices - 1} if periode.signature else {exercices}
    if periode.duree_ans is not None and exercices > 0 and periode.duree_ans not in possibles:
        yield Constat(
            periode.lieu("duree_ans"),
            f"durée de {periode.duree_ans} ans, mais {exercices} exercices "
            f"de {periode.debut} à {periode.fin}",
            f"écrivez duree_ans: {exercices}, ou corrigez la fin",
        )


def campagne_dans_l_ordre(dossier: Dossier) -> Iterator[Constat]:
    """
    La collecte annuelle s'ouvre avant sa date limite.

    Les deux jours sont ceux de l'année qui suit l'exercice.

    Exemple :

        campagne: {ouverture: "03-15", limite: "02-01"}

    Remède : intervertissez les deux jours, ou corrigez le mois.
    """
    campagne = dossier.contrat.campagne
    if campagne and campagne.ouverture >= campagne.limite:
        yield Constat(
            campagne.lieu("limite"),
            f"la campagne s'ouvre le {campagne.ouverture} et se ferme le {campagne.limite}",
            "mettez l'ouverture avant la limite",
        )


def regles_plausibles(dossier: Dossier) -> Iterator[Constat]:
    """
    Les règles chiffrées du contrat sont possibles.

    Un taux va de 0 à 100 ; un plafond, un nombre de mois, de jours ou de séances n'est pas
    négatif ; le seuil du secret est d'au moins 1.

    Exemple :

        regles:
          animateur_sante: {taux_max: 500, plafond_annuel: 30000}

    Remède : recopiez le nombre du contrat, dans l'unité dite : %, euros, mois, jours.
    """
    regles = dossier.contrat.regles
    bornes: list[tuple[Lieu, object, bool]] = []
    if animateur := regles.animateur_sante:
        bornes += [
            (animateur.lieu("taux_max"), animateur.taux_max, 0 <= animateur.taux_max <= 100),
            (
                animateur.lieu("plafond_annuel"),
                animateur.plafond_annuel,
                animateur.plafond_annuel >= 0,
            ),
            (
                animateur.lieu("etp_minimum"),
                animateur.etp_minimum,
                (animateur.etp_minimum or 0) >= 0,
            ),
        ]
    if evaluation := regles.evaluation_finale:
        champs = ("lancement_mois_avant_fin", "delai_prestataire_mois", "fenetre_mois")
        valeurs = [(champ, getattr(evaluation, champ)) for champ in champs]
        bornes += [(evaluation.lieu(champ), v, v >= 0) for champ, v in valeurs]
    jours = regles.droit_de_regard_jours
    bornes.append((regles.lieu("droit_de_regard_jours"), jours, (jours or 0) >= 0))
    bornes.append((regles.secret.lieu("seuil"), regles.secret.seuil, regles.secret.seuil >= 1))
    for instance in dossier.contrat.instances.values():
        minimum = instance.minimum_annuel
        bornes.append((instance.lieu("minimum_annuel"), minimum, (minimum or 0) >= 0))
    for lieu, valeur, possible in bornes:
        if not possible:
            yield Constat(lieu, f"nombre impossible ici : {valeur}", "recopiez celui du contrat")


def contrat_intitule(dossier: Dossier) -> Iterator[Constat]:
    """
    Le contrat, son territoire, ses axes, ses organismes et ses instances ont un nom.

    Ces noms figurent en tête des formulaires et du bilan.

    Exemple :

        axes:
          - {id: "1", titre: ""}

    Remède : recopiez l'intitulé du contrat.
    """
    c = dossier.contrat
    intitules = [(c.titre, c.lieu("titre")), (c.territoire.nom, c.territoire.lieu("nom"))]
    intitules += [(a.titre, a.lieu("titre")) for a in c.axes]
    intitules += [(o.titre, o.lieu("titre")) for a in c.axes for o in a.objectifs]
    intitules += [(o.nom, o.lieu("nom")) for o in c.organismes.values()]
    intitules += [(i.nom, i.lieu("nom")) for i in c.instances.values()]
    intitules += [(nom, c.lieu("parcours", code)) for code, nom in c.parcours.items()]
    for texte, lieu in intitules:
        if not texte.strip():
            yield Constat(lieu, "intitulé vide", "recopiez l'intitulé du contrat")


def couleur_lisible(dossier: Dossier) -> Iterator[Constat]:
    """
    Un texte blanc se lit sur la couleur principale des documents.

    Elle est celle des titres, sur fond blanc, et le fond des en-têtes de tableau, écrits en blanc :
    il y faut un contraste d'au moins 4,5 (WCAG 2.1 AA, RGAA). Elle s'écrit #rrggbb, entre
    guillemets, sans quoi YAML n'y voit qu'un commentaire. Sans elle, les documents sont bleus.

    Exemple :

        couleurs: {principale: "#f0a500"}

    Remède : prenez une couleur plus foncée ; l'anomalie propose la plus proche qui convient.
    """
    couleurs = dossier.contrat.couleurs
    couleur, lieu = couleurs.principale, couleurs.lieu("principale")
    if not is_colour(couleur):
        yield Constat(
            lieu,
            f"couleur illisible : « {couleur} »" if couleur else "couleur vide",
            "écrivez « # » et six chiffres ou lettres de a à f, entre guillemets : "
            'principale: "#0b5fa5"',
        )
    elif not is_readable(couleur):
        # Cut, never rounded up: 4,499 is not 4,50.
        centiemes = (int(100 * rapport) for rapport in (contrast(couleur, BLANC), LISIBLE))
        mesure, voulu = (f"{nombre // 100},{nombre % 100:02d}" for nombre in centiemes)
        yield Constat(
            lieu,
            f"couleur trop claire : « {couleur} » ; un texte blanc y a un contraste de {mesure}, "
            f"il en faut {voulu}",
            f"prenez une couleur plus foncée, par exemple « {darken(couleur)} »",
        )


def chiffres_du_diagnostic_situes(dossier: Dossier) -> Iterator[Constat]:
    """
    Chaque chiffre du diagnostic territorial a sa source et son année.

    Le portrait du territoire et l'évaluation finale comparent ces chiffres : sans année ni
    source, on ne sait à quoi. Ce que le contrat ne dit pas reste vide ; ce n'est qu'une
    information, une ligne pour tout le fichier.

    Exemple :

        - {theme: Soins, libelle: Médecins, unite: médecins, valeurs: {bfc: 9}}

    Remède : complétez `annee` et `source` si vous les connaissez.
    """
    contexte = dossier.contexte
    sans_source = sum(1 for element in contexte if not element.source.strip())
    sans_annee = sum(1 for element in contexte if element.annee is None)
    manques = [
        f"{nombre} sans {quoi}"
        for nombre, quoi in ((sans_source, "source"), (sans_annee, "année"))
        if nombre
    ]
    if manques:
        yield Constat(
            contexte[0].lieu(),
            f"chiffres du diagnostic : {', '.join(manques)}, sur {len(contexte)}",
            "complétez-les si vous les connaissez, sinon laissez-les vides",
        )
