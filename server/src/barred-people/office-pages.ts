/** Those who may not bet, in the office. */
import type { BarredDone } from '#core/api/barred-pages.ts';
import { refusal } from '#core/errors.ts';
import { isDay } from '#core/identity-document.ts';
import { FieldRefusalError } from '../forms.ts';
import type { StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import { barPerson } from './bar-person.ts';
import type { BarredDeps } from './barred-deps.ts';
import { endBar } from './end-bar.ts';
import { listBarred } from './show-barred.ts';

export function registerBarredPages(site: OfficePages, deps: BarredDeps): void {
  const list = async (
    staff: StaffIdentity,
    newSlip: () => string,
    more: { readonly done?: BarredDone | undefined; readonly wrestlerId?: number | null },
  ) => ({
    page: 'barredPeople' as const,
    view: {
      people: (await listBarred(deps, staff)).map((person) => ({ ...person, slip: newSlip() })),
      wrestlerId: more.wrestlerId ?? null,
      done: more.done ?? null,
      slip: newSlip(),
    },
  });
  site.page('GET /personnes-interdites', ({ caller, query, newSlip }) =>
    list(caller, newSlip, {
      done: query.fait,
      wrestlerId: query.lutteur === undefined ? null : Number(query.lutteur),
    }),
  );

  site.form('POST /personnes-interdites', {
    whereIs: () => '/personnes-interdites',
    act: async ({ caller, form, slip: { operationId } }) => {
      const {
        kind,
        name,
        reason,
        phone,
        documentKind,
        documentCountry,
        documentNumber,
        birthDate,
        wrestlerId,
      } = form;
      if (birthDate !== undefined && !isDay(birthDate)) {
        throw new FieldRefusalError('birthDate', refusal('date_invalid'));
      }
      const document =
        documentNumber === undefined
          ? undefined
          : { kind: documentKind ?? 'cni', country: documentCountry ?? 'SN', number: documentNumber };
      await barPerson(deps, caller, {
        operationId,
        kind,
        name,
        reason,
        phone,
        document,
        birthDate,
        wrestlerId,
      });
      return { seeOther: '/personnes-interdites?fait=ajoute' };
    },
    again: ({ caller, newSlip }) => list(caller, newSlip, {}),
  });
  site.form('POST /personnes-interdites/:personId/lever', {
    whereIs: () => '/personnes-interdites',
    act: async ({ caller, params, form: { reason }, slip: { operationId } }) => {
      await endBar(deps, caller, { operationId, ...params, reason });
      return { seeOther: '/personnes-interdites?fait=leve' };
    },
    again: ({ caller, newSlip }) => list(caller, newSlip, {}),
  });
}
