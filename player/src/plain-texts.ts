/** The long texts: rules and terms. */
export const plainTexts = {
  rules: {
    title: 'Les règles',
    lead: 'Sur Mbayar, vous pariez contre une autre personne. La maison ne parie jamais : elle garde les mises et paie le gagnant.',
    offer: 'Le défi',
    offerText:
      'Vous choisissez un lutteur, votre mise et ce que l’autre doit mettre. Votre mise est gardée tout de suite. Tant que personne n’a accepté, vous pouvez retirer le défi gratuitement. Une fois accepté, le pari est définitif. Un défi peut être pris en plusieurs parties : chaque partie est un pari.',
    wins: 'Ce qui gagne, ce qui annule',
    money: 'Ce qui est retenu',
    moneyText: (commission: string, tax: string) =>
      `Sur un pari gagné : ${commission} de commission sur le pot, puis ${tax} d’impôt retenu sur ce qui est payé. Sur une mise rendue : rien. Le bulletin montre toujours le net en main avant que vous validiez.`,
    winsIf: 'si votre lutteur gagne',
    close: 'La fermeture',
    closeText:
      'Les paris ferment au coup de sifflet, quand l’opérateur appuie dans l’arène. Ce qui n’est pas pris vous est rendu aussitôt. L’heure du serveur fait foi.',
    proof: 'La preuve',
    proofText:
      'À la fermeture, une empreinte de tous les paris est publiée. Aucun pari ne peut être ajouté ou changé après.',
    proofHow: 'Comment vérifier vous-même',
  },
  terms: {
    title: 'Les conditions',
    version: (version: string) => `Version ${version}.`,
    points: [
      'Mbayar est réservé aux personnes de 18 ans et plus. Une personne, un compte.',
      'Votre compte est lié à votre numéro de téléphone. Les autres joueurs ne voient que votre pseudo.',
      'Vous pariez contre d’autres joueurs. Mbayar garde les mises, ne parie pas, et prend une commission affichée avant chaque pari.',
      'Un pari accepté est définitif. Un défi qui attend se retire gratuitement jusqu’à la fermeture.',
      'Le verdict de l’arbitre le jour du combat décide du paiement. Deux personnes de Mbayar l’enregistrent.',
      'Match nul, sans verdict, forfait avant le coup de sifflet ou combat annulé : chaque mise est rendue en entier, sans frais.',
      'L’impôt prévu par la loi est retenu sur les paris gagnés et montré sur le bulletin.',
      'Le personnel de Mbayar, les lutteurs, les arbitres et les promoteurs ne parient pas.',
      'Vos données servent à tenir votre compte et à payer vos paris. Elles ne sont pas vendues.',
    ],
  },
} as const;
