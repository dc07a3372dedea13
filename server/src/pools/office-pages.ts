import type { OfficeViews } from '#core/api/office-pages.ts';
import { legFieldNames, type PoolDone } from '#core/api/pool-office-pages.ts';
import { fail } from '#core/errors.ts';
import { legKinds } from '#core/pool-leg.ts';
import { requireMayRead } from '../bouts/access.ts';
import { readGala } from '../bouts/show-bouts.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import { createPool, type NewLeg } from './create-pool.ts';
import { openPool, type PoolChanged, type PoolCommand, resumePool, suspendPool } from './open-pool.ts';
import { readPool, readPoolsOfGala } from './show-pools.ts';

interface Deps {
  readonly db: Db;
}

export function registerOfficePoolPages(site: OfficePages, { db }: Deps): void {
  site.page('GET /galas/:galaId/mutuels', async ({ caller, params }) => {
    const galaId = Number(params.galaId);
    const pools = await readPoolsOfGala(db, caller, galaId);
    const { name: galaName } = (await readGala(db, galaId)) ?? fail('not_found');
    return { page: 'pools', view: { galaId, galaName, pools } };
  });

  site.page('GET /galas/:galaId/mutuels/nouveau', async ({ caller, params, newSlip }) =>
    newPoolPage(db, caller, Number(params.galaId), newSlip()),
  );

  site.form('POST /galas/:galaId/mutuels', {
    whereIs: ({ galaId }) => `/galas/${galaId}/mutuels/nouveau`,
    act: async ({ caller, params, form, slip }) => {
      const { poolId } = await createPool(db, caller, {
        operationId: slip.operationId,
        galaId: Number(params.galaId),
        name: form.name,
        legs: legsOf(form, form.lineMinutes),
      });
      return { seeOther: `/mutuels/${poolId}?fait=cree` };
    },
    again: async ({ caller, params, newSlip }) => newPoolPage(db, caller, Number(params.galaId), newSlip()),
  });

  site.page('GET /mutuels/:poolId', async ({ caller, params, query, newSlip }) =>
    poolPage(db, caller, Number(params.poolId), newSlip, query.fait ?? null),
  );
  registerCommands(site, { db });
}

type CommandForm = `POST /mutuels/:poolId/${'ouvrir' | 'suspendre' | 'reprendre'}`;

function registerCommands(site: OfficePages, { db }: Deps): void {
  const add = (
    key: CommandForm,
    done: PoolDone,
    run: (db: Db, staff: StaffIdentity, asked: PoolCommand) => Promise<PoolChanged>,
  ) =>
    site.form(key, {
      whereIs: ({ poolId }) => `/mutuels/${poolId}`,
      act: async ({ caller, params, slip }) => {
        await run(db, caller, { operationId: slip.operationId, poolId: Number(params.poolId) });
        return { seeOther: `/mutuels/${params.poolId}?fait=${done}` };
      },
      again: ({ caller, params, newSlip }) => poolPage(db, caller, Number(params.poolId), newSlip, null),
    });
  add('POST /mutuels/:poolId/ouvrir', 'ouvert', openPool);
  add('POST /mutuels/:poolId/suspendre', 'suspendu', suspendPool);
  add('POST /mutuels/:poolId/reprendre', 'repris', resumePool);
}

/** The questions that were chosen, in the order of their lists; an over/under takes the form's one line. */
function legsOf(form: Readonly<Record<string, unknown>>, lineMinutes: number | undefined): NewLeg[] {
  const lineSeconds = lineMinutes === undefined ? undefined : lineMinutes * 60;
  return legFieldNames.flatMap((name) => {
    const chosen = form[name];
    if (typeof chosen !== 'string') return [];
    const [boutId, text] = chosen.split(' ');
    const kind = legKinds.find((known) => known === text);
    if (kind === undefined) return [];
    return [{ boutId: Number(boutId), kind, ...(kind === 'over_under' ? { lineSeconds } : {}) }];
  });
}

async function newPoolPage(
  db: Db,
  staff: StaffIdentity,
  galaId: number,
  slip: string,
): Promise<{ page: 'newPool'; view: OfficeViews['newPool'] }> {
  const gala = (await readGala(db, galaId)) ?? fail('not_found');
  requireMayRead(staff, gala);
  const bouts = gala.bouts
    .filter(({ state }) => state === 'announced')
    .map(({ id, wrestlerA, wrestlerB }) => ({
      boutId: id,
      boutName: `${wrestlerA.name} – ${wrestlerB.name}`,
    }));
  return { page: 'newPool', view: { galaId, galaName: gala.name, bouts, kinds: legKinds, slip } };
}

async function poolPage(
  db: Db,
  staff: StaffIdentity,
  poolId: number,
  newSlip: () => string,
  done: PoolDone | null,
): Promise<{ page: 'pool'; view: OfficeViews['pool'] }> {
  const desk = await readPool(db, staff, poolId);
  return { page: 'pool', view: { ...desk, done, slip: newSlip() } };
}
