"""Les pages YML : la lecture d'un fichier YAML."""

from __future__ import annotations

from clsmon.model.page import error_page

LECTURE = (
    error_page(
        "YML001",
        "Le fichier suit la syntaxe YAML.",
        "Une clé, « : », une espace, une valeur ; celles d'un ensemble ont le même retrait."
        " Un texte qui contient « : » ou commence par un signe se met entre guillemets.",
        "titre: Accès aux soins : les CPTS",
        "citez le texte, fermez les guillemets et les crochets, alignez les retraits.",
    ),
    error_page(
        "YML002",
        "Le retrait se fait avec des espaces, sans tabulation.",
        "YAML refuse la tabulation, que certains éditeurs insèrent sans la montrer.",
        "suivi:\n→   frequence: annuelle",
        "remplacez chaque tabulation par deux espaces.",
    ),
    error_page(
        "YML003",
        "Une clé ne figure qu'une fois dans un ensemble.",
        "Un autre outil garderait la dernière sans le dire : l'une des deux valeurs serait perdue.",
        'titre: Promouvoir la vaccination\naxe: "1"\ntitre: Promouvoir le dépistage',
        "gardez une seule des deux lignes.",
    ),
    error_page(
        "YML004",
        "Le fichier n'a ni ancre ni alias.",
        "« &nom » et « *nom » font répéter une valeur sans l'écrire : on ne sait plus ce que dit la"
        " ligne, et un petit fichier peut en cacher un immense.",
        "repondants: *habituels",
        "recopiez la valeur en toutes lettres ; citez un texte qui commence par & ou *.",
    ),
    error_page(
        "YML005",
        "Le fichier n'a pas d'étiquette.",
        "« !!str » ou « !truc » change la lecture d'une valeur. Ici tout est texte, et le modèle"
        " sait où il attend un nombre.",
        "duree_ans: !!int 5",
        "supprimez l'étiquette ; citez un texte qui commence par « ! ».",
    ),
    error_page(
        "YML006",
        "Le fichier est en UTF-8.",
        "Enregistré en Latin-1 (Windows-1252), « é » se lirait mal ou pas du tout.",
        "titre: Pr\\xE9venir    (un seul octet pour « é »)",
        "réenregistrez-le en choisissant l'encodage UTF-8.",
    ),
    error_page(
        "YML007",
        "Le fichier reste d'une taille raisonnable.",
        "Au plus 1 000 000 octets, 50 000 éléments et 32 niveaux : un fichier du dossier en est"
        " très loin. Au-delà, il est refusé avant d'être construit.",
        "a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…",
        "répartissez son contenu, ou retrouvez ce qui l'a gonflé.",
    ),
    error_page(
        "YML008",
        "Le fichier n'a pas de caractère invisible.",
        "Un caractère de commande ou un séparateur de ligne venu d'un traitement de texte ferait"
        " échouer un tableur plus tard.",
        "titre: Prévenir[U+2028]les troubles du langage",
        "supprimez le caractère nommé, ou retapez la ligne.",
    ),
    error_page(
        "YML009",
        "Le fichier contient des « clé: valeur » ou une liste.",
        "Un fichier vide, ou d'un seul texte, ne dit rien.",
        "# rien que ce commentaire",
        "rétablissez son contenu, ou supprimez le fichier.",
    ),
    error_page(
        "YML010",
        "Un fichier contient un seul document.",
        "Après un second « --- », un autre document commence, que personne ne lirait.",
        'id: "1.1"\n---\nid: "1.2"',
        "supprimez la ligne « --- », ou écrivez un fichier par document.",
    ),
    error_page(
        "YML011",
        "Un fichier du dossier est un fichier ordinaire, et un dossier un dossier.",
        "Un lien ou un dossier qui porte un nom en .yaml n'est pas lu : il pourrait mener hors du"
        " dossier. Un fichier nommé comme un dossier, par exemple « data/fiches », en cacherait le"
        " contenu.",
        "data/fiches/1.1.yaml -> /ailleurs/1.1.yaml",
        "remplacez-le par une copie du fichier.",
    ),
    error_page(
        "YML012",
        "Un fichier de données finit par .yaml.",
        "Un fichier en .yml ou .YAML serait ignoré sans bruit.",
        "data/fiches/1.1.yml",
        "renommez-le en .yaml.",
    ),
    error_page(
        "YML013",
        "Le fichier attendu est là et peut être lu.",
        "Sans data/contrat.yaml il n'y a pas de dossier ; un fichier sans droit de lecture ne se"
        " vérifie pas.",
        "data/contrat.yaml absent",
        "rétablissez le fichier, ou vos droits sur lui ; « clsmon init » crée un dossier neuf.",
    ),
)
"""La lecture d'un fichier YAML."""
