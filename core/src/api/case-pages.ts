/** The pages of account cases: opened by players, decided in the office. */
import { Type } from 'typebox';
import { type CaseDecision, type CaseKind, type CaseState, caseDecisions } from '../account-case.ts';
import { pinPattern } from '../pin.ts';
import { strict, Uuid } from './contract.ts';
import { type PageContract, SlipText } from './pages.ts';

const Phone = Type.String({ minLength: 6, maxLength: 24 });
const Code = Type.String({ pattern: '^[0-9]{6}$', writeOnly: true });
const Statement = Type.Optional(Type.String({ maxLength: 800 }));
const CaseId = strict({ caseId: Uuid });
const Decide = strict({
  decision: Type.Enum([...caseDecisions]),
  reason: Type.String({ minLength: 3, maxLength: 500 }),
  slip: SlipText,
});
const helpers = ['support', 'compliance'] as const;

export const playerCasePages = {
  'GET /connexion/aide': { caller: 'anyone', summary: 'Help for who cannot get in.' },
  'GET /connexion/dossier': { caller: 'anyone', summary: 'After the code: a case about this account.' },
  'POST /connexion/dossier': {
    caller: 'anyone',
    summary: 'Opens a case; money out is frozen.',
    form: strict({
      kind: Type.Enum(['forgotten_pin', 'lost_phone', 'recycled_number']),
      statement: Statement,
    }),
  },
  'GET /connexion/numero': { caller: 'anyone', summary: 'I lost my number: the one I have now.' },
  'POST /connexion/numero': {
    caller: 'anyone',
    summary: 'Sends a code to the number somebody has now.',
    form: strict({ phone: Phone }),
  },
  'GET /connexion/numero/code': { caller: 'anyone', summary: 'The code, and the number of the account.' },
  'POST /connexion/numero/code': {
    caller: 'anyone',
    summary: 'Claims an account; changes nothing, and answers all alike.',
    form: strict({ code: Code, oldPhone: Phone, statement: Type.String({ minLength: 3, maxLength: 800 }) }),
  },
  'GET /moi/dossier': { caller: 'player', summary: 'My cases.' },
  'GET /moi/numero': { caller: 'player', summary: 'The form of a new number.' },
  'POST /moi/numero': {
    caller: 'player',
    summary: 'Sends a code to my new number.',
    form: strict({ phone: Phone, pin: Type.String({ pattern: pinPattern, writeOnly: true }) }),
  },
  'GET /moi/numero/code': { caller: 'player', summary: 'The code my new number got.' },
  'POST /moi/numero/code': {
    caller: 'player',
    summary: 'Opens the case of a changed number.',
    form: strict({ code: Code }),
  },
} as const satisfies PageContract;

export const officeCasePages = {
  'GET /dossiers': { caller: helpers, summary: 'Account cases: those to decide first.' },
  'GET /dossiers/:caseId': { caller: helpers, summary: 'A case, with what is known.', params: CaseId },
  'POST /dossiers/:caseId/proposer': {
    caller: helpers,
    summary: 'Proposes a decision.',
    params: CaseId,
    form: Decide,
  },
  'POST /dossiers/:caseId/decider': {
    caller: ['compliance'],
    summary: 'Decides a case: what another person proposed, or a refusal.',
    stepUp: true,
    params: CaseId,
    form: Decide,
  },
} as const satisfies PageContract;

export interface CaseLine {
  readonly caseId: string;
  readonly kind: CaseKind;
  readonly state: CaseState;
  readonly openedAt: string;
  readonly decision: CaseDecision | null;
  readonly decidedAt: string | null;
}

export interface CaseShown extends CaseLine {
  readonly maskedPhone: string;
  readonly maskedNewPhone: string | null;
  readonly statement: string;
  readonly proposal: CaseDecision | null;
  readonly proposalReason: string | null;
  readonly proposedBy: string | null;
  readonly decisionReason: string | null;
  readonly decidedBy: string | null;
  /** What may be decided. */
  readonly choices: readonly CaseDecision[];
  /** Null: nobody has the number. */
  readonly known: {
    readonly pseudonym: string;
    readonly phone: string;
    readonly birthDate: string;
    readonly state: string;
    readonly joinedAt: string;
    readonly loggedInAt: string | null;
    readonly availableXof: number;
    readonly caseCount: number;
    readonly devices: readonly {
      readonly label: string;
      readonly lastUsedAt: string;
      readonly isRemoved: boolean;
    }[];
  } | null;
}

export interface PlayerCaseViews {
  readonly accessHelp: Record<never, never>;
  readonly doorCase: { readonly cases: readonly CaseLine[] };
  readonly claimPhone: { readonly pattern: string; readonly isSent: boolean };
  readonly claim: { readonly phone: string; readonly message: string | null };
  readonly ownCases: { readonly cases: readonly CaseLine[] };
  readonly newPhone: { readonly pattern: string };
  readonly newPhoneCode: { readonly phone: string; readonly message: string | null };
}

export interface OfficeCaseViews {
  readonly cases: { readonly cases: readonly CaseLine[] };
  readonly accountCase: {
    readonly shown: CaseShown;
    readonly mayDecide: boolean;
    readonly proposeSlip: string;
    readonly decideSlip: string;
  };
}
