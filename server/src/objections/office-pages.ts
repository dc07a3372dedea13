import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import { answerObjection } from './answer-objection.ts';
import { listObjections } from './show-objection.ts';

export function registerOfficeObjectionPages(site: OfficePages, { db }: { readonly db: Db }): void {
  const list = async (staff: StaffIdentity, newSlip: () => string, hasAnswered: boolean) => ({
    page: 'objections' as const,
    view: {
      objections: (await listObjections(db, staff)).map((objection) => ({ ...objection, slip: newSlip() })),
      mayAnswer: staff.role === 'support',
      hasAnswered,
    },
  });
  site.page('GET /reclamations', ({ caller, query, newSlip }) =>
    list(caller, newSlip, query.fait === 'repondu'),
  );
  site.form('POST /reclamations/:objectionId/repondre', {
    whereIs: () => '/reclamations',
    act: async ({ caller, params, form: { verdict, answer }, slip: { operationId } }) => {
      await answerObjection(db, caller, { operationId, ...params, verdict, answer });
      return { seeOther: '/reclamations?fait=repondu' };
    },
    again: ({ caller, newSlip }) => list(caller, newSlip, false),
  });
}
