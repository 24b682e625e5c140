"""La démonstration : le cycle entier sur le contrat de Dijon, avec des réponses fictives."""
