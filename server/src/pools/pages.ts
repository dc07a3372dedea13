import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlayerViews } from '#core/api/player-pages.ts';
import { type PickFields, pickField } from '#core/api/pool-pages.ts';
import { readDigits } from '#core/digits.ts';
import { fail } from '#core/errors.ts';
import { xof } from '#core/money.ts';
import { endPool, payTicket } from '#core/pool.ts';
import { leftByLimit } from '#core/stake-allowance.ts';
import { showTicketStory } from '../bet-history/show-ticket-story.ts';
import type { Db } from '../db.ts';
import type { PlayerPages } from '../player-pages.ts';
import { readRoot } from '../proofs/list-roots.ts';
import { sendFile } from '../send-file.ts';
import type { Settings } from '../settings/open-settings.ts';
import { buyTicket } from './buy-ticket.ts';
import type { PoolDesk } from './pool-desk.ts';
import { choiceOf, showPoolPage, showTicketSlip } from './pool-page.ts';
import { findTicketOfPlayer, findTicketsByPlayer, type Settlement, TICKETS_PER_PAGE } from './queries.ts';
import { quoteBoughtTicket } from './quote-ticket.ts';
import { EXAMPLE_STAKE, type Pool, showPool, showPoolFile, showSettlement } from './show-pools.ts';

/** What people recompute with is what developers read. */
const scriptPath = join(import.meta.dirname, '..', '..', '..', 'docs', 'verify', 'recompute-pool.mjs');

interface Deps {
  readonly db: Db;
  readonly poolDesk: PoolDesk;
  readonly settings: Settings;
}

export function registerPoolPages(site: PlayerPages, deps: Deps): void {
  registerBuying(site, deps);
  registerSteps(site, deps);
  registerTickets(site, deps);
}

function registerBuying(site: PlayerPages, { db, poolDesk, settings }: Deps): void {
  site.page('GET /mutuels/:poolId', async ({ caller, params, query }) => ({
    page: 'pool',
    view: await showPoolPage(db, caller, Number(params.poolId), query),
  }));

  site.page('GET /mutuels/:poolId/bulletin', async ({ caller, params, query, problem, newSlip }) => {
    const pool = await showPool(db, caller, Number(params.poolId));
    const choice = choiceOf(pool, query);
    const picks = choice.picks.filter((pick) => pick !== null);
    const stakeXof = choice.otherStakeXof ?? choice.stakeXof;
    if (problem !== null || stakeXof === null || picks.length < pool.legs.length) {
      // Something is missing or unreadable: back to the form, which says what.
      return { page: 'pool', view: await showPoolPage(db, caller, pool.id, query), status: 400 };
    }
    const request = { player: caller, depositMinXof: settings.current().depositMinXof, newSlip };
    const view = await showTicketSlip(db, request, pool, { picks, stakeXof: xof(stakeXof), leftXof: null });
    return { page: 'ticketSlip', view };
  });

  site.form('POST /mutuels/:poolId/tickets', {
    whereIs: ({ poolId }, typed) => slipPath(poolId, typed),
    act: async ({ caller, params, form, slip }) => {
      const poolId = Number(params.poolId);
      const { legs } = await showPool(db, caller, poolId);
      const picks = legs.map((_, leg) => form[pickField(leg)] ?? '');
      const { operationId, validUntil } = slip;
      await buyTicket(poolDesk, caller, {
        operationId,
        poolId,
        picks,
        stakeXof: form.stakeXof,
        validUntil,
      });
      return { seeOther: `/tickets/${operationId}?nouveau=1` };
    },
    again: async ({ caller, params, newSlip }, problem) => {
      const { typed } = problem;
      const pool = await showPool(db, caller, Number(params.poolId));
      const fields: PickFields = typed;
      const picks = choiceOf(pool, fields).picks.filter((pick) => pick !== null);
      if (picks.length < pool.legs.length)
        return { page: 'pool', view: await showPoolPage(db, caller, pool.id, fields) };
      const request = { player: caller, depositMinXof: settings.current().depositMinXof, newSlip };
      const stakeXof = xof(readDigits(typed['stakeXof']?.trim() ?? '') ?? 0);
      const asked = { picks, stakeXof, leftXof: leftByLimit(problem) };
      return { page: 'ticketSlip', view: await showTicketSlip(db, request, pool, asked) };
    },
  });
}

/** The slip that a form came from, asked again: after a log-in, or when its outcome was not known. */
function slipPath(poolId: string, typed: Readonly<Record<string, string>>): string {
  const { stakeXof = '', jeton: _, slip: __, ...picks } = typed;
  return `/mutuels/${poolId}/bulletin?${new URLSearchParams({ ...picks, otherStakeXof: stakeXof })}`;
}

function registerSteps(site: PlayerPages, { db }: Deps): void {
  const script = readFileSync(scriptPath, 'utf8');
  const scriptLines = script.trimEnd().split('\n').length;

  site.page('GET /mutuels/:poolId/calcul', async ({ caller, params }) => {
    const pool = await showPool(db, caller, Number(params.poolId));
    const settlement = await showSettlement(db, caller, pool.id);
    return { page: 'poolSteps', view: { pool, settlement, ...exampleOf(pool, settlement), scriptLines } };
  });

  site.page('GET /mutuels/:poolId/fichier', async ({ caller, params, reply }) => {
    const file = await showPoolFile(db, caller, Number(params.poolId));
    return sendFile(reply, `mutuel-mbayar-${params.poolId}.json`, 'application/json; charset=utf-8', file);
  });

  site.page('GET /mutuels/recalculer', ({ reply }) =>
    sendFile(reply, 'recompute-pool.mjs', 'text/javascript; charset=utf-8', script),
  );
}

/** The same arithmetic as the payment's, for one round stake. */
function exampleOf(
  { ruleCard }: Pool,
  { stakesXof, rightXof, outcomes, refundReason }: Settlement,
): Pick<PlayerViews['poolSteps'], 'example' | 'isMinimum'> {
  if (ruleCard === null || refundReason !== null) return { example: null, isMinimum: false };
  const { rates } = ruleCard;
  const ending = endPool({ stakesXof: xof(stakesXof), rightXof: xof(rightXof) }, outcomes, rates);
  const ticket = { stakeXof: EXAMPLE_STAKE, isRight: true, isLate: false };
  return {
    example: { stakeXof: EXAMPLE_STAKE, ...payTicket(ticket, ending, rates) },
    isMinimum: ending.kind === 'shared' && ending.isMinimum,
  };
}

function registerTickets(site: PlayerPages, { db }: Deps): void {
  site.page('GET /tickets', async ({ caller, query }) => {
    const tickets = await findTicketsByPlayer(db, caller.playerId, query.before ?? null);
    const next = tickets.length === TICKETS_PER_PAGE ? (tickets.at(-1)?.ticketId ?? null) : null;
    return { page: 'tickets', view: { tickets, next } };
  });

  site.page('GET /tickets/:ticketId', async ({ caller, params, query }) => {
    const ticket = (await findTicketOfPlayer(db, params.ticketId, caller.playerId)) ?? fail('not_found');
    const pool = await showPool(db, caller, ticket.poolId);
    const now = ticket.state === 'engaged' ? await quoteBoughtTicket(db, pool, ticket) : null;
    return {
      page: 'ticket',
      view: {
        ticket,
        pool,
        now,
        story: (await showTicketStory(db, caller, params.ticketId)) ?? [],
        isNew: query.nouveau === '1',
        root: await readRoot(db, 'pool', pool.id),
        isTest: caller.isTest,
      },
    };
  });
}
