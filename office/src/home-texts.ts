/** Words of the first page. */
import type { StaffRole } from '#core/api/contract.ts';

/** What who runs no gala is there for. */
export const taskTexts: Readonly<Record<StaffRole, string>> = {
  operator: 'Vous conduisez les galas.',
  support: 'Vous aidez les joueurs. Vous suivez les galas sans les conduire.',
  finance: 'Vous veillez sur l’argent. Vous suivez les galas sans les conduire.',
  compliance: 'Vous vérifiez les identités. Vous suivez les galas sans les conduire.',
  administrator: 'Vous tenez le bureau. Vous suivez les galas sans les conduire.',
  robot: 'Vous essayez les galas cachés.',
};

export const homeTexts = {
  rooms: 'Vos pages',
  noGala: 'Aucun gala.',
  noGalaHint: 'Un opérateur en crée ; ils s’affichent ici.',
} as const;
