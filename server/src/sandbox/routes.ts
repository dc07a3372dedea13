/** The sandbox: lets a script play every role. `implementer` leaves these routes out in production mode. */
import { fail } from '#core/errors.ts';
import type { Implement } from '../http.ts';
import { type CodeDeps, listStaffWithCodes } from '../staff/list-staff-codes.ts';
import { findClockShift, findLastSms, shiftGala } from './queries.ts';

export function registerSandbox(implement: Implement, deps: CodeDeps): void {
  implement('GET /sandbox/sms', async ({ query }) => {
    const messages = await findLastSms(deps.db, query.phone);
    return { messages: messages.map(({ body, queuedAt }) => ({ body, queuedAt: queuedAt.toISOString() })) };
  });

  implement('GET /sandbox/staff', async () => ({ staff: await listStaffWithCodes(deps) }));

  implement('POST /sandbox/galas/:galaId/clock', ({ params, body }) => {
    const galaId = Number(params.galaId);
    return deps.db.transaction(async (tx) => {
      const shift = await findClockShift(tx, galaId, body.startsAt);
      if (shift === null) return fail('not_found');
      await shiftGala(tx, galaId, shift);
      return { galaId, startsAt: body.startsAt };
    });
  });
}
