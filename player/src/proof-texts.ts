/** Words of the proofs: what is published, what it proves, how to check it. */
import { formatXof } from '#core/money.ts';

export const proofTexts = {
  title: 'Preuve des paris',
  lead: 'À la fermeture, une empreinte de tous les paris est publiée. Un pari ajouté, enlevé ou changé ensuite se voit.',
  holds: 'Les paris enregistrés donnent bien cette empreinte. Nous venons de la recalculer.',
  broken:
    'Les paris enregistrés ne donnent plus l’empreinte publiée. Gardez votre reçu et votre preuve, et appelez-nous.',
  count: 'Paris comptés',
  closed: 'Fermeture',
  causes: {
    whistle: 'Au coup de sifflet',
    hard_stop: 'À l’heure limite',
    cancelled: 'Combat annulé',
  },
  published: 'Empreinte publiée',
  number: 'Numéro dans la liste',
  whistle: 'Le vrai coup de sifflet',
  pressIsWhistle: 'Personne n’en a fixé une autre : l’heure de fermeture fait foi.',
  trueWhistle: (when: string) => `Deux personnes l’ont fixé : ${when}. Un pari passé après est annulé.`,
  late: (count: number, stakesXof: number) =>
    count === 0
      ? 'Aucun pari n’est passé après.'
      : count === 1
        ? `Un pari est passé après : il est annulé, ${formatXof(stakesXof)} reviennent aux deux joueurs.`
        : `${count} paris sont passés après : ils sont annulés, ${formatXof(stakesXof)} reviennent aux joueurs.`,
  root: 'L’empreinte des paris',
  value: 'La valeur de la liste à ce numéro',
  valueHint: 'Elle contient toutes les empreintes d’avant. Comparez-la avec celle d’un ami.',
  previous: 'La valeur d’avant',
  seeBout: 'Voir le combat',
  seePool: 'Voir le pari mutuel',
  poolLate: (when: string, stakesXof: number) =>
    `Vrai coup de sifflet : ${when}. Les tickets achetés après sont rendus : ${formatXof(stakesXof)}.`,
  seeList: 'Toutes les empreintes',
  seeHow: 'Comment vérifier',
} as const;

export const rootTexts = {
  title: 'Les empreintes publiées',
  lead: 'Chaque valeur contient toutes celles d’avant. En changer une change toutes les suivantes.',
  market: (id: number) => `Marché ${id}`,
  pool: (id: number) => `Pari mutuel ${id}`,
  bets: (count: number) => (count === 0 ? 'aucun pari' : count === 1 ? '1 pari' : `${count} paris`),
  none: 'Rien de publié pour l’instant. La première vient avec la première fermeture.',
  older: 'Plus anciennes',
} as const;

export const betProofTexts = {
  title: 'Reçu et preuve',
  early: 'Le reçu signé est prêt. La preuve vient à la fermeture des paris.',
  ready: (when: string) => `Empreinte des paris publiée ${when}. Votre pari est dedans.`,
  receipt: 'Garder mon reçu',
  proof: 'Garder ma preuve',
  all: 'La preuve de tous les paris',
  how: 'Comment vérifier',
} as const;

export const howTexts = {
  title: 'Comment vérifier',
  lead: 'Vous pouvez contrôler votre pari sans nous croire, sur votre téléphone, sans réseau.',
  steps: [
    'Ouvrez votre pari et touchez «\u00a0Garder mon reçu\u00a0». Faites-le dès que le pari est engagé.',
    'Après la fermeture, touchez «\u00a0Garder ma preuve\u00a0».',
    'Téléchargez la page qui vérifie, plus bas. Ouvrez-la, même sans réseau.',
    'Choisissez vos deux fichiers. «\u00a0Tout est vrai\u00a0» doit s’afficher.',
    'Comparez le numéro et la valeur avec la liste publique, chez vous et chez un ami.',
  ],
  page: 'La page qui vérifie',
  list: 'La liste publique',
  what: 'Ce que cela prouve',
  proves: [
    'Votre pari est celui du reçu : mises, camp, net, heure.',
    'Il est compté dans l’empreinte publiée avant tout résultat.',
    'Aucun pari n’a été ajouté, enlevé ou changé après la fermeture.',
    'L’empreinte est à sa place : en changer une ancienne casserait toutes les suivantes.',
  ],
  not: 'Ce que cela ne prouve pas',
  provesNot: [
    'L’heure du vrai coup de sifflet : deux personnes la fixent, et la page de la preuve la montre.',
    'Le verdict : il vient de l’arbitre, et sa source est écrite.',
  ],
  keys: 'Les clés de signature',
  keysHint: 'Chaque reçu nomme la sienne. Une clé remplacée reste publiée : vos vieux reçus restent bons.',
  signs: 'signe aujourd’hui',
  retired: (day: string) => `a signé jusqu’au ${day}`,
  experts: 'Pour ceux qui programment',
  expertsHint: 'Soixante lignes de Node, sans notre code. Il prend le reçu, la preuve et les clés.',
  script: 'Le script',
  keysFile: 'Les clés, en fichier',
} as const;
