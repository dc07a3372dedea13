/** The sandbox: lets a script play every role. Absent in production mode. */
import { Type } from 'typebox';
import { type Contract, IdText, Instant, strict } from './contract.ts';

export const sandboxContract = {
  'GET /sandbox/sms': {
    caller: 'sandbox',
    summary: 'The last 20 text messages to a phone, newest first.',
    query: strict({ phone: Type.String({ pattern: '^\\+[0-9]{7,15}$' }) }),
    reply: strict({ messages: Type.Array(strict({ body: Type.String(), queuedAt: Instant })) }),
    errors: [],
  },
  'GET /sandbox/staff': {
    caller: 'sandbox',
    summary: 'The demonstration staff, each with the TOTP code of now.',
    reply: strict({
      staff: Type.Array(
        strict({ name: Type.String(), phone: Type.String(), role: Type.String(), totp: Type.String() }),
      ),
    }),
    errors: [],
  },
  'POST /sandbox/galas/:galaId/clock': {
    caller: 'sandbox',
    summary:
      'Sets the clock of a test gala: moves it, its bouts and their hard stops so that it starts then.',
    params: strict({ galaId: IdText }),
    body: strict({ startsAt: Instant }),
    reply: strict({ galaId: Type.Integer(), startsAt: Instant }),
    errors: ['not_found'],
  },
} as const satisfies Contract;
