/** The office's list of galas, the desk of one, and the forms that add to it. */
import type { GalaHead, GalaLine } from '#core/api/desk-views.ts';
import type { OfficeViews } from '#core/api/office-pages.ts';
import type { FormProblem } from '#core/api/pages.ts';
import { fail } from '#core/errors.ts';
import { type GalaAccess, requireMayRead } from '../bouts/access.ts';
import { addBout } from '../bouts/add-bout.ts';
import { createGala } from '../bouts/create-gala.ts';
import { type Gala, readGala } from '../bouts/show-bouts.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import { findWrestler, findWrestlers } from '../wrestlers/find-wrestlers.ts';
import { localMinuteOf, nextHourAfter, readLocalMinute } from './local-time.ts';
import { findGalaBouts } from './queries.ts';
import { listDeskGalas } from './show-desk.ts';

const HOUR_MS = 60 * 60_000;
/** A gala is tonight's from this long before it starts to as long after. */
const TONIGHT_MS = 14 * HOUR_MS;
const BOUT_AFTER_MS = 30 * 60_000;
const FOUND_MAX = 12;

export interface DeskPagesDeps {
  readonly db: Db;
  readonly isProduction: boolean;
}

export function registerDeskPages(site: OfficePages, deps: DeskPagesDeps): void {
  const { db } = deps;

  site.page('GET /', async ({ caller }) => ({
    page: 'home',
    view: sortGalas(await listDeskGalas(db, caller), Date.now()),
  }));

  site.page('GET /galas/:galaId', async ({ caller, params, query }) => {
    const gala = await requireGala(db, caller, Number(params.galaId));
    const bouts = await findGalaBouts(db, gala.id);
    return { page: 'gala', view: { gala: headOf(gala), bouts, done: query.fait ?? null } };
  });

  registerNewGala(site, deps);
  registerNewBout(site, deps);
}

function registerNewGala(site: OfficePages, { db, isProduction }: DeskPagesDeps): void {
  const page = (slip: string) => {
    const startsAt = nextHourAfter(new Date().toISOString(), 3);
    return { page: 'newGala' as const, view: { startsAt, isTest: !isProduction, slip } };
  };
  site.page('GET /galas/nouveau', async (call) => page(call.newSlip()));
  site.form('POST /galas', {
    whereIs: () => '/galas/nouveau',
    act: async ({ caller, form, slip }) => {
      const { name, venue, promoter, authority, visibility, isTest } = form;
      const { roundCount, roundMinutes, breakMinutes, extensionMinutes, warningsLimit } = form;
      const { galaId } = await createGala(db, caller, {
        ...{ name, venue, promoter, authority, visibility, isTest },
        boutRules: { roundCount, roundMinutes, breakMinutes, extensionMinutes, warningsLimit },
        startsAt: readLocalMinute(form.startsAt),
        operationId: slip.operationId,
      });
      return { seeOther: `/galas/${galaId}?fait=gala` };
    },
    again: async (call) => page(call.newSlip()),
  });
}

function registerNewBout(site: OfficePages, { db }: DeskPagesDeps): void {
  site.page('GET /galas/:galaId/combats/nouveau', async (call) => {
    const { a, b, q } = call.query;
    const gala = await requireGala(db, call.caller, Number(call.params.galaId));
    return newBoutPage(
      db,
      gala,
      { aId: Number(a ?? 0), bId: Number(b ?? 0), search: q ?? '' },
      call.newSlip(),
    );
  });

  site.form('POST /galas/:galaId/combats', {
    whereIs: ({ galaId }) => `/galas/${galaId}/combats/nouveau`,
    act: async ({ caller, params, form, slip }) => {
      const { slip: _, ...bout } = form;
      const scheduledAt = readLocalMinute(form.scheduledAt);
      const galaId = Number(params.galaId);
      await addBout(db, caller, { ...bout, scheduledAt, galaId, operationId: slip.operationId });
      return { seeOther: `/galas/${galaId}?fait=combat` };
    },
    again: async (call, problem) => {
      const gala = await requireGala(db, call.caller, Number(call.params.galaId));
      const picked = { aId: idOf(problem, 'wrestlerAId'), bId: idOf(problem, 'wrestlerBId'), search: '' };
      return newBoutPage(db, gala, picked, call.newSlip());
    },
  });
}

/** What was typed where an id goes; 0, which nobody has, when it is none. */
function idOf({ typed }: FormProblem, name: string): number {
  const text = typed[name] ?? '';
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0;
}

async function newBoutPage(
  db: Db,
  gala: Gala & GalaAccess,
  { aId, bId, search }: { readonly aId: number; readonly bId: number; readonly search: string },
  slip: string,
): Promise<{ page: 'newBout'; view: OfficeViews['newBout'] }> {
  const a = aId === 0 ? null : await findWrestler(db, aId);
  const b = bId === 0 || bId === aId ? null : await findWrestler(db, bId);
  const side = a === null ? 'A' : b === null ? 'B' : null;
  const found = side === null ? [] : await findWrestlers(db, search, FOUND_MAX);
  const taken = [a?.id, b?.id];
  return {
    page: 'newBout',
    view: {
      gala: headOf(gala),
      a,
      b,
      side,
      search,
      found: found.filter((wrestler) => !taken.includes(wrestler.id)),
      scheduledAt: nextBoutAt(gala),
      slip,
    },
  };
}

/** Half an hour after the last bout; the gala's own hour when it has none. */
function nextBoutAt(gala: Gala): string {
  const last = gala.bouts.at(-1);
  if (last === undefined) return localMinuteOf(gala.startsAt);
  return localMinuteOf(new Date(Date.parse(last.scheduledAt) + BOUT_AFTER_MS).toISOString());
}

async function requireGala(db: Db, staff: StaffIdentity, galaId: number): Promise<Gala & GalaAccess> {
  const gala = (await readGala(db, galaId)) ?? fail('not_found');
  requireMayRead(staff, gala);
  return gala;
}

function headOf(gala: Gala & GalaAccess): GalaHead {
  const { id, name, venue, promoter, authority, startsAt, visibility, isTest, boutRules } = gala;
  return { id, name, venue, promoter, authority, startsAt, visibility, isTest, boutRules };
}

/** Tonight's, and those that are not finished, first; then the coming ones, soonest first; then the past. */
function sortGalas(galas: readonly (Gala & GalaAccess)[], nowMs: number): OfficeViews['home'] {
  const lines = galas.map(lineOf);
  const startOf = (gala: GalaLine) => Date.parse(gala.startsAt);
  const isTonight = (gala: GalaLine) =>
    Math.abs(startOf(gala) - nowMs) < TONIGHT_MS ||
    (startOf(gala) < nowMs && gala.openCount + gala.undecidedCount > 0);
  const soonest = lines.toSorted((one, other) => startOf(one) - startOf(other) || one.id - other.id);
  return {
    tonight: soonest.filter(isTonight),
    coming: soonest.filter((gala) => !isTonight(gala) && startOf(gala) > nowMs),
    past: lines.filter((gala) => !isTonight(gala) && startOf(gala) <= nowMs),
  };
}

function lineOf(gala: Gala & GalaAccess): GalaLine {
  const count = (...states: string[]) =>
    gala.bouts.filter(({ marketState }) => marketState !== null && states.includes(marketState)).length;
  return {
    ...headOf(gala),
    boutCount: gala.bouts.length,
    openCount: count('open', 'suspended'),
    undecidedCount: count('closed', 'settling'),
  };
}
