/**
 * Who may call what: every route of the contract, tried by every kind of caller. A route that is new in the contract
 * does not compile here before it has its row.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { type Caller, type Route, type StaffRole, staffRoles } from '#core/api/contract.ts';
import { contract, type RouteKey } from '#core/api/index.ts';
import { buildApp } from './app.ts';
import { API_PREFIX, siteOf, splitKey } from './http.ts';
import { newSessionToken } from './sessions/session-token.ts';
import { type House, openHouse } from './testing/house.ts';
import { newPhone } from './testing/people.ts';
import { openTestPool } from './testing/pools.ts';
import { seedDevice, seedMarkets, seedPlayers, seedStaff } from './testing/seed.ts';

/** What exists: all of it belongs to `owner`, on a public test gala, and on a hidden one for the robot. */
interface World {
  readonly galaId: number;
  readonly boutId: number;
  readonly marketId: number;
  readonly offerId: string;
  readonly poolId: number;
  readonly ticketId: string;
  readonly betId: string;
  readonly depositId: string;
  readonly withdrawalId: string;
  /** Another session of the owner. */
  readonly sessionId: string;
  /** A loosening of a limit that waits. */
  readonly changeId: string;
  readonly passkeyId: string;
  readonly deviceId: string;
}

interface Example {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

type Examples = { readonly [Key in RouteKey]: (world: World) => Example };

const soon = () => new Date(Date.now() + 60 * 60 * 1000).toISOString();
const bout = ({ boutId }: World) => ({ params: { boutId } });
const gala = ({ galaId }: World) => ({ params: { galaId } });
const pool = ({ poolId }: World) => ({ params: { poolId } });
const onPool = ({ poolId }: World) => ({ params: { poolId }, body: command() });
const nothing = () => ({});
const command = (more: object = {}) => ({ operationId: randomUUID(), ...more });
const onMarket =
  (more: () => object = () => ({})) =>
  ({ marketId }: World): Example => ({ params: { marketId }, body: command(more()) });
const onBout =
  (more: () => object) =>
  ({ boutId }: World): Example => ({ params: { boutId }, body: command(more()) });
const document = () => ({ params: { documentId: randomUUID() } });
const settingChange = () => ({ params: { changeId: randomUUID() }, body: command() });
const money = () => ({ body: command({ provider: 'internal', amountXof: 1_000 }) });

const credentialOf = (response: object) => ({ id: 'x', rawId: 'x', type: 'public-key', response });
const newCredential = credentialOf({ clientDataJSON: 'x', attestationObject: 'x' });
const shownCredential = credentialOf({ clientDataJSON: 'x', authenticatorData: 'x', signature: 'x' });

const madeUp = 'x'.repeat(30);

const examples: Examples = {
  'GET /galas': nothing,
  'GET /galas/:galaId': gala,
  'GET /bouts/:boutId': bout,
  'GET /wrestlers': () => ({ query: 'search=lo' }),
  'GET /wrestlers/:wrestlerId': () => ({ params: { wrestlerId: 1 } }),
  'GET /staff/galas': nothing,
  'GET /staff/bouts/:boutId': bout,
  'POST /staff/galas': () => ({
    body: command({
      name: 'Gala',
      venue: 'Arène',
      authority: 'FSL',
      startsAt: soon(),
      visibility: 'public',
      isTest: true,
    }),
  }),
  'POST /staff/galas/:galaId/bouts': ({ galaId }) => ({
    params: { galaId },
    body: command({ wrestlerAId: 1, wrestlerBId: 2, scheduledAt: soon() }),
  }),
  'POST /staff/markets/:marketId/open': onMarket(),
  'POST /staff/markets/:marketId/suspend': onMarket(),
  'POST /staff/markets/:marketId/resume': onMarket(),
  'POST /staff/markets/:marketId/whistle': onMarket(),
  'POST /staff/markets/:marketId/hard-stop': onMarket(() => ({ hardStopAt: soon() })),
  'POST /staff/bouts/:boutId/suspend': onBout(() => ({})),
  'POST /staff/bouts/:boutId/resume': onBout(() => ({})),
  'POST /staff/bouts/:boutId/true-whistle': onBout(() => ({ at: soon() })),
  'POST /staff/bouts/:boutId/true-whistle/confirm': onBout(() => ({ at: soon() })),
  'POST /staff/bouts/:boutId/result': onBout(() => ({ ending: 'draw', source: 'Arbitre' })),
  'POST /staff/bouts/:boutId/result/withdraw': onBout(() => ({ resultId: randomUUID() })),
  'POST /staff/bouts/:boutId/result/confirm': onBout(() => ({ resultId: randomUUID() })),
  'POST /staff/bouts/:boutId/correction': onBout(() => ({
    ending: 'draw',
    source: 'Arbitre',
    reason: 'Erreur de saisie',
  })),
  'POST /staff/bouts/:boutId/homologation': onBout(() => ({ source: 'FSL' })),
  'POST /staff/bouts/:boutId/homologation/withdraw': onBout(() => ({ homologationId: randomUUID() })),
  'POST /staff/bouts/:boutId/homologation/confirm': onBout(() => ({ homologationId: randomUUID() })),
  'POST /staff/bouts/:boutId/markets': onBout(() => ({ question: { kind: 'method', group: 'ko' } })),
  'POST /staff/bouts/:boutId/cancel': onBout(() => ({
    ending: 'cancelled',
    source: 'FSL',
    previewed: '0'.repeat(64),
  })),
  'GET /staff/bouts/:boutId/cancellation': ({ boutId }) => ({ params: { boutId }, query: 'ending=forfeit' }),
  'GET /staff/bouts/:boutId/postponement': bout,
  'POST /staff/bouts/:boutId/postponement': onBout(() => ({
    scheduledAt: soon(),
    reason: 'Blessure',
    source: 'FSL',
    previewed: '0'.repeat(64),
  })),
  'GET /staff/markets/:marketId/settlement': ({ marketId }) => ({ params: { marketId } }),
  'POST /markets/:marketId/offers': onMarket(() => ({ side: 'A', stakeXof: 1_000, askXof: 1_000 })),
  'POST /markets/:marketId/offers/:offerId/accept': ({ marketId, offerId }) => ({
    params: { marketId, offerId },
    body: command({ stakeXof: 1_000 }),
  }),
  'POST /markets/:marketId/offers/:offerId/cancel': ({ marketId, offerId }) => ({
    params: { marketId, offerId },
    body: command(),
  }),
  'GET /galas/:galaId/pools': gala,
  'GET /pools/:poolId': pool,
  'GET /pools/:poolId/slip': ({ poolId }) => ({ params: { poolId }, query: 'picks=A&stakeXof=1000' }),
  'GET /pools/:poolId/settlement': pool,
  'POST /pools/:poolId/tickets': ({ poolId }) => ({
    params: { poolId },
    body: command({ picks: ['A'], stakeXof: 1_000 }),
  }),
  'GET /tickets': nothing,
  'GET /tickets/:ticketId': ({ ticketId }) => ({ params: { ticketId } }),
  'POST /staff/galas/:galaId/pools': ({ galaId, boutId }) => ({
    params: { galaId },
    body: command({ name: 'Mutuel', legs: [{ boutId, kind: 'winner' }] }),
  }),
  'POST /staff/pools/:poolId/open': onPool,
  'POST /staff/pools/:poolId/suspend': onPool,
  'POST /staff/pools/:poolId/resume': onPool,
  'GET /staff/pools/:poolId': pool,
  'GET /markets/:marketId/slip': ({ marketId }) => ({
    params: { marketId },
    query: 'stakeXof=1000&askXof=1000',
  }),
  'GET /offers': nothing,
  'GET /offers/:offerId': ({ offerId }) => ({ params: { offerId } }),
  'GET /bets': nothing,
  'GET /bets/:betId/objection': ({ betId }) => ({ params: { betId } }),
  'POST /bets/:betId/objection': ({ betId }) => ({
    params: { betId },
    body: command({ reason: 'Le résultat est faux.' }),
  }),
  'GET /staff/play-alerts': nothing,
  'POST /staff/play-alerts/:alertId/close': () => ({
    params: { alertId: 999_999 },
    body: command({ note: 'Deux cousins, vus au téléphone.' }),
  }),
  'GET /staff/objections': nothing,
  'POST /staff/objections/:objectionId/answer': () => ({
    params: { objectionId: randomUUID() },
    body: command({ verdict: 'rejected', answer: 'Vu avec l’arbitre.' }),
  }),
  'GET /bets/:betId/story': ({ betId }) => ({ params: { betId } }),
  'GET /bet-history': nothing,
  'GET /bet-history/totals': nothing,
  'GET /bets/:betId': ({ betId }) => ({ params: { betId } }),
  'GET /roots': nothing,
  'GET /markets/:marketId/proof': ({ marketId }) => ({ params: { marketId } }),
  'GET /bets/:betId/proof': ({ betId }) => ({ params: { betId } }),
  'GET /bets/:betId/receipt': ({ betId }) => ({ params: { betId } }),
  'GET /pools/:poolId/proof': ({ poolId }) => ({ params: { poolId } }),
  'GET /tickets/:ticketId/proof': ({ ticketId }) => ({ params: { ticketId } }),
  'GET /tickets/:ticketId/receipt': ({ ticketId }) => ({ params: { ticketId } }),
  'GET /receipt-keys': nothing,
  'GET /operations/:operationId': ({ depositId }) => ({ params: { operationId: depositId } }),
  'GET /bonuses': nothing,
  'GET /bonuses/statement': nothing,
  'GET /referral': nothing,
  'GET /wallet': nothing,
  'GET /wallet/statement': nothing,
  'GET /wallet/statement/totals': nothing,
  'POST /deposits': money,
  'GET /deposits/:operationId': ({ depositId }) => ({ params: { operationId: depositId } }),
  'POST /deposits/find': () => ({ body: { provider: 'internal', transaction: 'T_UNKNOWN' } }),
  'POST /deposits/:operationId/look': ({ depositId }) => ({ params: { operationId: depositId }, body: {} }),
  'POST /deposits/:operationId/attempts': ({ depositId }) => ({
    params: { operationId: depositId },
    body: {},
  }),
  'POST /withdrawals': money,
  'POST /wallet/automatic-payout': () => ({ body: command({ provider: null }) }),
  'POST /staff/withdrawals/:withdrawalId/decide': ({ withdrawalId }) => ({
    params: { withdrawalId },
    body: command({ approves: true, note: 'vu et vérifié' }),
  }),
  'POST /staff/withdrawals/:withdrawalId/verdicts': ({ withdrawalId }) => ({
    params: { withdrawalId },
    body: command({ verdict: 'paid', evidence: 'relevé du jour' }),
  }),
  'POST /staff/verdicts/:verdictId/decide': () => ({
    params: { verdictId: randomUUID() },
    body: command({ confirms: false }),
  }),
  'POST /staff/providers/:provider/stop': () => ({
    params: { provider: 'internal' },
    body: command({ side: 'deposits', note: 'panne annoncée' }),
  }),
  'POST /staff/providers/:provider/resume': () => ({
    params: { provider: 'internal' },
    body: command({ side: 'deposits', note: 'panne finie' }),
  }),
  'GET /withdrawals/:operationId': ({ withdrawalId }) => ({ params: { operationId: withdrawalId } }),
  'GET /play': nothing,
  'POST /play/limits': () => ({ body: command({ kind: 'stake', period: 'day', limitXof: 50_000 }) }),
  'POST /play/limits/:changeId/confirm': ({ changeId }) => ({ params: { changeId }, body: command() }),
  'POST /play/limits/:changeId/drop': ({ changeId }) => ({ params: { changeId }, body: command() }),
  'POST /play/exclusions': () => ({ body: command({ kind: 'cool_off', days: 999 }) }),
  'POST /play/return': () => ({ body: command() }),
  'POST /play/reality-check': () => ({ body: command({ everyMinutes: 60 }) }),
  'POST /play/reality-check/seen': () => ({ body: command() }),
  'GET /staff/play': nothing,
  'GET /staff/reconciliation': nothing,
  'POST /staff/reconciliation/runs': () => ({ body: command() }),
  'GET /data': nothing,
  'POST /data/exports': () => ({ body: command() }),
  'POST /data/closure': () => ({ body: command() }),
  'GET /staff/data-requests': nothing,
  'POST /staff/data-requests/:playerId/hold': () => ({
    params: { playerId: randomUUID() },
    body: command({ reason: 'Enquête' }),
  }),
  'POST /staff/data-requests/:playerId/release': () => ({
    params: { playerId: randomUUID() },
    body: command(),
  }),
  'GET /identity': nothing,
  'GET /staff/identity/documents': nothing,
  'GET /staff/identity/documents/:documentId': document,
  'POST /staff/identity/documents/:documentId/approve': () => ({
    ...document(),
    body: command({ correctsBirthDate: false }),
  }),
  'POST /staff/identity/documents/:documentId/refuse': () => ({
    ...document(),
    body: command({ reason: 'unreadable' }),
  }),
  'GET /staff/identity/alerts': nothing,
  'POST /staff/identity/alerts/:alertId/close': () => ({ params: { alertId: 1 }, body: command() }),
  'POST /sessions/code': () => ({ body: { phone: newPhone() } }),
  'POST /sessions': () => ({ body: { phone: newPhone(), code: '123456' } }),
  'POST /players': () => ({
    body: { signUpToken: 'x', pseudonym: 'Awa', birthDate: '1990-01-01', pin: '7294', termsVersion: 'x' },
  }),
  'POST /sessions/pin': () => ({ body: { logInToken: 'x', pin: '7294' } }),
  'POST /sessions/device': () => ({ body: { phone: newPhone(), pin: '7294' } }),
  'GET /me/devices': nothing,
  'POST /me/devices/:deviceId/remove': ({ deviceId }) => ({ params: { deviceId } }),
  'GET /me': nothing,
  'POST /sessions/end': nothing,
  'POST /staff/sessions/code': () => ({ body: { phone: newPhone() } }),
  'POST /staff/sessions': () => ({ body: { phone: newPhone(), code: '123456', totp: '123456' } }),
  'GET /staff/me': nothing,
  'POST /staff/sessions/end': nothing,
  'GET /staff/audit': nothing,
  'GET /passkeys': nothing,
  'POST /passkeys/options': nothing,
  'POST /passkeys': () => ({ body: { credential: newCredential } }),
  'POST /passkeys/:passkeyId/rename': ({ passkeyId }) => ({ params: { passkeyId }, body: { label: 'Clé' } }),
  'POST /passkeys/:passkeyId/remove': ({ passkeyId }) => ({ params: { passkeyId } }),
  'POST /staff/sessions/passkey/options': nothing,
  'POST /staff/sessions/passkey': () => ({ body: { credential: shownCredential } }),
  'POST /sessions/passkey/options': nothing,
  'POST /sessions/passkey': () => ({ body: { credential: shownCredential } }),
  'POST /sessions/step-up/options': nothing,
  'POST /sessions/step-up': () => ({ body: { credential: shownCredential } }),
  'GET /staff/passkeys': nothing,
  'POST /staff/passkeys/options': nothing,
  'POST /staff/passkeys': () => ({ body: { credential: newCredential } }),
  'POST /staff/passkeys/:passkeyId/rename': ({ passkeyId }) => ({
    params: { passkeyId },
    body: { label: 'Clé' },
  }),
  'POST /staff/passkeys/:passkeyId/remove': ({ passkeyId }) => ({ params: { passkeyId } }),
  'POST /staff/sessions/step-up/options': nothing,
  'POST /staff/sessions/step-up': () => ({ body: { totp: '123456' } }),
  'GET /sessions': nothing,
  'POST /sessions/:sessionId/end': ({ sessionId }) => ({ params: { sessionId } }),
  'POST /sessions/end-others': nothing,
  'POST /sessions/bearer': () => ({ body: { label: 'Programme' } }),
  'GET /staff/sessions': nothing,
  'POST /staff/sessions/:sessionId/end': ({ sessionId }) => ({ params: { sessionId } }),
  'POST /staff/sessions/end-others': nothing,
  'POST /staff/members/:staffId/sessions/end': () => ({ params: { staffId: randomUUID() } }),
  'GET /staff/settings': nothing,
  'GET /staff/settings/history': () => ({ query: 'name=taxBps' }),
  'POST /staff/settings/changes': () => ({
    body: command({ name: 'taxBps', value: 2_000, reason: 'Essai' }),
  }),
  'POST /staff/settings/changes/:changeId/approve': settingChange,
  'POST /staff/settings/changes/:changeId/refuse': settingChange,
  'POST /staff/settings/changes/:changeId/withdraw': settingChange,
  'GET /staff/members': nothing,
  'POST /staff/invitations': () => ({
    body: command({ phone: newPhone(), name: 'Awa Diop', role: 'support' }),
  }),
  'POST /staff/invitations/:invitationId/withdraw': () => ({
    params: { invitationId: randomUUID() },
    body: command(),
  }),
  'POST /staff/members/:staffId/role': () => ({
    params: { staffId: randomUUID() },
    body: command({ role: 'support' }),
  }),
  'POST /staff/members/:staffId/dismiss': () => ({ params: { staffId: randomUUID() }, body: command() }),
  'POST /staff/members/:staffId/second-factor/reset': () => ({
    params: { staffId: randomUUID() },
    body: command(),
  }),
  'POST /staff/invitations/show': () => ({ body: { token: madeUp } }),
  'POST /staff/invitations/code': () => ({ body: { token: madeUp } }),
  'POST /staff/invitations/phone': () => ({ body: { token: madeUp, code: '123456' } }),
  'POST /staff/invitations/take': () => ({ body: { token: madeUp, enrolToken: madeUp, totp: '123456' } }),
  'GET /staff/barred-people': nothing,
  'POST /staff/barred-people': () => ({
    body: command({ kind: 'referee', name: 'Un arbitre', reason: 'Arbitre', phone: '771112233' }),
  }),
  'POST /staff/barred-people/:personId/end': () => ({
    params: { personId: randomUUID() },
    body: command({ reason: 'Erreur' }),
  }),
  'GET /sandbox/sms': () => ({ query: 'phone=%2B221771234567' }),
  'GET /sandbox/staff': nothing,
  'POST /sandbox/galas/:galaId/clock': ({ galaId }) => ({ params: { galaId }, body: { startsAt: soon() } }),
};

const keys = Object.keys(contract).filter((key): key is RouteKey => key in examples);
/** Log-outs end the session that tries them. */
const logOuts: readonly string[] = ['POST /sessions/end', 'POST /staff/sessions/end'];

let addresses = 0;
/** Limits by address are tested elsewhere. */
function newAddress(): string {
  addresses += 1;
  return `10.9.${(addresses >> 8) & 255}.${addresses & 255}`;
}

type Person = 'nobody' | 'owner' | 'stranger' | StaffRole;

const players: readonly Person[] = ['owner', 'stranger'];
const people: readonly Person[] = ['nobody', ...players, ...staffRoles];

function allowedTo(caller: Caller): readonly Person[] {
  switch (caller) {
    case 'anyone':
    case 'sandbox':
      return people;
    case 'player':
    case 'owner':
      return players;
    case 'staff':
      return staffRoles;
    case 'operator':
      return ['operator', 'robot'];
    default:
      return caller;
  }
}

/** Why somebody else is sent away: a colleague has the wrong role, everybody else is nobody on this site. */
function refusalFor(key: RouteKey, person: Person) {
  const isColleague = siteOf(key) === 'office' && staffRoles.some((role) => role === person);
  return isColleague ? { status: 403, code: 'not_allowed' } : { status: 401, code: 'log_in_required' };
}

describe('access', () => {
  let house: House;
  let world: World;
  let hidden: World;
  let production: Awaited<ReturnType<typeof buildApp>>;
  const cookies = new Map<Person, string>();

  before(async () => {
    house = await openHouse();
    const [owner, stranger, taker] = await seedPlayers(house.owner, { count: 3, availableXof: 100_000 });
    assert(owner && stranger && taker);
    cookies.set('owner', owner.cookie);
    cookies.set('stranger', stranger.cookie);
    for (const role of staffRoles) {
      const [colleague] = await seedStaff(house.owner, 1, role);
      assert(colleague);
      cookies.set(role, colleague.cookie);
    }
    const [open] = await seedMarkets(house.owner, { count: 1 });
    const [secret] = await seedMarkets(house.owner, { count: 1, visibility: 'hidden' });
    assert(open && secret);
    const made = {
      offerId: randomUUID(),
      depositId: randomUUID(),
      withdrawalId: randomUUID(),
      changeId: randomUUID(),
      deviceId: await seedDevice(house.owner, owner.playerId),
    };
    const path = `/markets/${open.marketId}/offers`;
    const terms = { operationId: made.offerId, side: 'A', stakeXof: 5_000, askXof: 5_000 };
    await house.post(path, owner.cookie, terms);
    const accepted = await house.post(`${path}/${made.offerId}/accept`, taker.cookie, {
      operationId: randomUUID(),
      stakeXof: 1_000,
    });
    assert.equal(accepted.status, 201, JSON.stringify(accepted.body));
    const [bet] = (await house.get('/bets', owner.cookie)).body.bets;
    const ask = { provider: 'internal', amountXof: 1_000 };
    await house.post('/deposits', owner.cookie, { operationId: made.depositId, ...ask });
    await house.post('/withdrawals', owner.cookie, { operationId: made.withdrawalId, ...ask });
    const [session] = await house.owner.query<{ id: string }>(
      `INSERT INTO session (token_hash, kind, player_id, expires_at)
       VALUES (sha256('another'), 'player', $1, clock_timestamp() + interval '1 day') RETURNING id`,
      [owner.playerId],
    );
    assert(session);
    const limit = { kind: 'deposit', period: 'month' };
    const tight = { operationId: randomUUID(), ...limit, limitXof: 500_000 };
    await house.post('/play/limits', owner.cookie, tight);
    const loose = { operationId: made.changeId, ...limit, limitXof: null };
    assert.equal((await house.post('/play/limits', owner.cookie, loose)).body.state, 'pending');
    const passkeyId = randomUUID();
    await house.owner.query(
      `INSERT INTO passkey (id, player_id, credential_id, public_key, counter, transports, label)
       VALUES ($1, $2, 'one', '', 0, '{}', 'Clé')`,
      [passkeyId, owner.playerId],
    );
    const poolOf = (market: typeof open) =>
      openTestPool(house, cookies.get('operator') ?? '', market.galaId, [{ boutId: market.boutId }]);
    const poolId = await poolOf(open);
    const ticket = await house.post(`/pools/${poolId}/tickets`, owner.cookie, {
      operationId: randomUUID(),
      picks: ['A'],
      stakeXof: 1_000,
    });
    world = {
      ...open,
      ...made,
      poolId,
      ticketId: ticket.body.ticketId,
      betId: bet.betId,
      sessionId: session.id,
      passkeyId,
    };
    hidden = { ...world, ...secret, poolId: await poolOf(secret) };
    production = await buildApp({ ...house.deps, isProduction: true, smsGateway: null });
  });
  after(async () => {
    await production.close();
    await house.assertSound();
    await house.close();
  });

  async function call(key: RouteKey, cookie: string | undefined, on = world, site?: FastifyInstance) {
    const [method, pattern] = splitKey(key);
    const { params = {}, query, body } = examples[key](on);
    const path = pattern.replace(/:(\w+)/g, (_, name: string) => String(params[name]));
    const own = siteOf(key) === 'office' ? house.app.office : house.app.player;
    const response = await (site ?? own).inject({
      remoteAddress: newAddress(),
      method,
      url: `${API_PREFIX}${path}${query === undefined ? '' : `?${query}`}`,
      headers: { 'sec-fetch-site': 'same-origin', ...(cookie === undefined ? {} : { cookie }) },
      ...(body === undefined ? {} : { payload: body }),
    });
    const code: unknown = response.body === '' ? undefined : response.json().code;
    return { status: response.statusCode, code };
  }

  for (const key of keys) {
    const route: Route = contract[key];

    for (const person of people) {
      const may = allowedTo(route.caller).includes(person);
      if (may && logOuts.includes(key)) continue;
      it(`X01 ${key}: ${person} ${may ? 'may' : 'may not'}`, async () => {
        const { status, code } = await call(key, cookies.get(person));
        if (may) {
          assert(code !== 'log_in_required' && status < 500, `${status} ${code}`);
          assert.notEqual(code, 'request_invalid', 'the example fits the contract');
          if (route.caller === 'owner' && person === 'owner') assert.notEqual(status, 404);
        } else {
          assert.deepEqual({ status, code }, refusalFor(key, person));
        }
      });
    }

    if (route.caller === 'owner') {
      it(`X02 ${key}: what is not his answers 404`, async () => {
        const { status } = await call(key, cookies.get('stranger'));
        assert.equal(status, 404);
      });
    }

    if (route.caller !== 'anyone' && route.caller !== 'sandbox') {
      it(`X01 ${key}: a session of the other site, a dead one and a made-up one open nothing`, async () => {
        const office = siteOf(key) === 'office';
        const name = office ? 'mb_office' : 'mb_player';
        const foreign = cookies.get(office ? 'owner' : 'operator')?.split('=')[1];
        const tries = [`${name}=${foreign}`, `${name}=${newSessionToken()}`, `${name}=`, `${name}=%00`];
        for (const cookie of tries) assert.equal((await call(key, cookie)).status, 401, cookie);
      });
    }

    it(`X01 ${key}: is not there on the other site`, async () => {
      const other = siteOf(key) === 'office' ? house.app.player : house.app.office;
      for (const person of people) {
        assert.equal((await call(key, cookies.get(person), world, other)).status, 404, person);
      }
    });

    it(`X01 ${key}: ${route.caller === 'sandbox' ? 'is not there in production' : 'needs production’s own cookie in production'}`, async () => {
      const site = siteOf(key) === 'office' ? production.office : production.player;
      const person = siteOf(key) === 'office' ? 'operator' : 'owner';
      const { status } = await call(key, cookies.get(person), world, site);
      if (route.caller === 'sandbox') assert.equal(status, 404);
      else if (route.caller !== 'anyone') assert.equal(status, 401);
    });
  }

  it('X01 leaves no route of the contract out', () => {
    assert.deepEqual([...keys].sort(), Object.keys(contract).sort());
  });

  it('lets a robot run hidden test galas only', async () => {
    // Its own requests: the one of the tests above has used up many of a minute's.
    const [robot] = await seedStaff(house.owner, 1, 'robot');
    for (const key of keys) {
      const route: Route = contract[key];
      const isCommand = route.caller === 'operator' && /:(marketId|boutId|galaId|poolId)/.test(key);
      if (
        !isCommand &&
        key !== 'GET /staff/bouts/:boutId' &&
        key !== 'GET /staff/markets/:marketId/settlement'
      ) {
        continue;
      }
      assert.equal((await call(key, robot?.cookie)).status, 404, `${key} on a public gala`);
      const { code } = await call(key, robot?.cookie, hidden);
      assert(code !== 'not_allowed', `${key} on a hidden test gala`);
    }
    const asked = examples['POST /staff/galas'](world).body;
    const create = (changed: object) =>
      house.post('/staff/galas', robot?.cookie, { ...asked, operationId: randomUUID(), ...changed });
    assert.equal((await create({ visibility: 'public' })).body.code, 'not_allowed');
    assert.equal((await create({ visibility: 'hidden', isTest: false })).body.code, 'not_allowed');
    assert.equal((await create({ visibility: 'hidden', isTest: true })).status, 201);
    const { galas } = (await house.get('/staff/galas', robot?.cookie)).body;
    for (const seen of galas) assert.deepEqual([seen.visibility, seen.isTest], ['hidden', true]);
  });

  it('answers an address that is not in the contract with 404', async () => {
    for (const site of [house.app.player, house.app.office]) {
      for (const url of ['/', '/unknown', '/staff', '/staff/unknown', '/sandbox', '/players/1']) {
        const answer = await site.inject({ url: `${API_PREFIX}${url}` });
        assert.equal(answer.statusCode, 404, url);
        assert.equal(answer.json().code, 'not_found');
      }
    }
  });
});
