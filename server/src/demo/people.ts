/** Who is in the demonstration. Their numbers are made up; everything here is play money. */
import type { StaffRole } from '#core/api/contract.ts';

export interface DemoPlayer {
  readonly phone: string;
  readonly pseudonym: string;
  readonly depositXof: number;
}

/** Of every player here. */
export const demoPin = '2946';

export const demoPlayers: readonly DemoPlayer[] = [
  { phone: '+221770000001', pseudonym: 'Fatou-Pikine', depositXof: 90_000 },
  { phone: '+221770000002', pseudonym: 'Modou-Fass', depositXof: 90_000 },
  { phone: '+221770000003', pseudonym: 'Astou-Thiaroye', depositXof: 50_000 },
  { phone: '+221770000004', pseudonym: 'Ibou-Guédiawaye', depositXof: 90_000 },
];

export interface DemoMember {
  readonly phone: string;
  readonly name: string;
  readonly role: Exclude<StaffRole, 'robot'>;
}

/** One for each role; two operators and two of finance: results and large sums take two people. */
export const demoStaff: readonly DemoMember[] = [
  { phone: '+221780000001', name: 'Awa Ndiaye', role: 'operator' },
  { phone: '+221780000002', name: 'Cheikh Sarr', role: 'operator' },
  { phone: '+221780000003', name: 'Marième Diop', role: 'compliance' },
  { phone: '+221780000004', name: 'Lamine Fall', role: 'support' },
  { phone: '+221780000005', name: 'Khady Sow', role: 'finance' },
  { phone: '+221780000007', name: 'Bineta Diallo', role: 'finance' },
  { phone: '+221780000006', name: 'Ousmane Ba', role: 'administrator' },
];
