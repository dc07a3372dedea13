/** Who is in the demonstration. Their numbers are made up; everything here is play money. */

export interface DemoPlayer {
  readonly phone: string;
  readonly pseudonym: string;
  readonly depositXof: number;
}

/** Of every player here. */
export const demoPin = '2946';

export const demoPlayers: readonly DemoPlayer[] = [
  { phone: '+221770000001', pseudonym: 'Fatou-Pikine', depositXof: 100_000 },
  { phone: '+221770000002', pseudonym: 'Modou-Fass', depositXof: 100_000 },
  { phone: '+221770000003', pseudonym: 'Astou-Thiaroye', depositXof: 50_000 },
  { phone: '+221770000004', pseudonym: 'Ibou-Guédiawaye', depositXof: 100_000 },
];

export const demoOperators = [
  { phone: '+221780000001', name: 'Awa Ndiaye' },
  { phone: '+221780000002', name: 'Cheikh Sarr' },
] as const;

/** Sees documents and data; runs no gala. */
export const demoCompliance = { phone: '+221780000003', name: 'Marième Diop' } as const;
