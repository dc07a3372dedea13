/** Words of the player's app that more than one page says. French, warm and short: ten words, one idea. */
export const texts = {
  brand: 'Mbayar',
  skip: 'Aller au contenu',
  tabs: { bouts: 'Combats', bets: 'Mes paris', wallet: 'Portefeuille', me: 'Moi', logIn: 'Connexion' },
  balance: 'Solde',
  play: 'Argent d’essai',
  footer: {
    age: 'Réservé aux 18 ans et plus.',
    help: 'Le jeu doit rester un plaisir. Besoin d’en parler ?',
    responsible: 'Jouer responsable',
    rules: 'Règles',
    terms: 'Conditions',
  },
} as const;
