/** The office's simulator of fees: nothing is stored, nothing moves. */
import { Type } from 'typebox';
import type { SimulatedBase } from '../fee-simulation.ts';
import type { Rates } from '../market.ts';
import { AmountXof, strict } from './contract.ts';
import type { PageContract } from './pages.ts';

/** As it is typed: "2,5" or "2.5 %". */
const Percent = Type.String({ pattern: '^[0-9]{1,2}([.,][0-9]{1,2})?\\s*%?$' });

export const officeSimulatorPages = {
  'GET /simulateur': {
    caller: ['operator', 'finance', 'administrator'],
    summary: 'What a duel and a pool pay under rates that are typed, filled in with those in force.',
    query: strict({
      stakeXof: Type.Optional(AmountXof),
      askXof: Type.Optional(AmountXof),
      commission: Type.Optional(Percent),
      commissionBase: Type.Optional(Type.Enum(['pot', 'winnings'])),
      tax: Type.Optional(Percent),
      takeOut: Type.Optional(Percent),
    }),
  },
} as const satisfies PageContract;

/** As the form's fields hold it. */
export interface SimulatorFields {
  readonly stakeXof: number;
  readonly askXof: number;
  readonly commission: string;
  readonly commissionBase: Rates['commissionBase'];
  readonly tax: string;
  readonly takeOut: string;
}

export interface OfficeSimulatorViews {
  readonly simulator: {
    readonly fields: SimulatorFields;
    /** Under each base of the tax; empty when what was typed is none. */
    readonly bases: readonly SimulatedBase[];
    readonly inForce: { readonly taxBase: Rates['taxBase'] };
  };
}
