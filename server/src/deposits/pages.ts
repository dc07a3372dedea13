import { toBuffer as drawQr } from 'qrcode';
import type { DepositNews } from '#core/api/deposit-pages.ts';
import { fail, refusal } from '#core/errors.ts';
import { mayDepositBecome } from '#core/payment.ts';
import { FieldRefusalError } from '../forms.ts';
import type { PlayerIdentity } from '../http.ts';
import type { PlayerPages } from '../player-pages.ts';
import { cancelDeposit } from './cancel-deposit.ts';
import type { DepositDoorDeps } from './deposit-deps.ts';
import { findMyPayment } from './find-my-payment.ts';
import { lookAtDeposit } from './look-at-deposit.ts';
import { openAttempt } from './open-attempt.ts';
import { type DepositRow, findDeposit } from './queries.ts';
import { requestDeposit } from './request-deposit.ts';
import { showDepositNow } from './show-deposit.ts';
import { showDepositForm, showDepositPage, showDeposits } from './show-deposit-page.ts';

const pathOf = (depositId: string) => `/portefeuille/depots/${depositId}`;

export function registerDepositPages(site: PlayerPages, deps: DepositDoorDeps): void {
  registerAsking(site, deps);
  registerPaying(site, deps);
  registerFinding(site, deps);
}

function registerAsking(site: PlayerPages, deps: DepositDoorDeps): void {
  site.page('GET /portefeuille/depot', async ({ caller, query, newSlip }) => {
    const { amountXof = null, manque: missingXof = null, suite: back = null } = query;
    const view = await showDepositForm(deps, caller, { amountXof, missingXof, back, slip: newSlip() });
    return { page: 'deposit', view };
  });
  site.form('POST /portefeuille/depot', {
    whereIs: () => '/portefeuille/depot',
    act: async ({ caller, form, slip }) => {
      const { operationId } = slip;
      const { suite = null } = form;
      const amountXof = form.amountXof ?? form.pickedXof;
      if (amountXof === undefined) throw new FieldRefusalError('amountXof', refusal('field_missing'));
      const provider = form.provider ?? (await firstOffered(caller)) ?? fail('provider_not_for_you');
      const { state } = await requestDeposit(deps, caller, { operationId, provider, amountXof }, suite);
      // Play money comes at once; everything else has a page where it is paid.
      return { seeOther: state === 'credited' ? (suite ?? '/portefeuille?fait=depot') : pathOf(operationId) };
    },
    again: async ({ caller, newSlip }, problem) => {
      const back = problem.typed['suite'] ?? null;
      const asked = { amountXof: null, missingXof: null, back, slip: newSlip() };
      return { page: 'deposit', view: await showDepositForm(deps, caller, asked) };
    },
  });

  /** What the first button of the form says. */
  async function firstOffered(caller: PlayerIdentity): Promise<string | undefined> {
    const asked = { amountXof: null, missingXof: null, back: null, slip: '' };
    const { providers } = await showDepositForm(deps, caller, asked);
    return providers.find(({ trouble }) => trouble === null)?.name ?? providers[0]?.name;
  }
}

function registerPaying(site: PlayerPages, deps: DepositDoorDeps): void {
  const { db, limiter } = deps;
  const findOwn = async (caller: PlayerIdentity, depositId: string): Promise<DepositRow> => {
    const deposit = await findDeposit(db, depositId);
    return deposit?.playerId === caller.playerId ? deposit : fail('not_found');
  };
  const paying = async (caller: PlayerIdentity, depositId: string, news: DepositNews | null = null) => ({
    page: 'paying' as const,
    view: await showDepositPage(deps, await findOwn(caller, depositId), news),
  });
  site.page('GET /portefeuille/depots/:depositId', ({ caller, params, query }) =>
    paying(caller, params.depositId, query.fait ?? null),
  );

  site.page('GET /portefeuille/depots/:depositId/etat', async ({ caller, params, reply }) => {
    const { version } = await showDepositPage(deps, await findOwn(caller, params.depositId));
    reply.header('cache-control', 'no-store').send({ version });
    return { answered: true };
  });

  site.page('GET /portefeuille/depots/:depositId/code.png', async ({ caller, params, reply }) => {
    const { launch } = await showDepositNow(db, await findOwn(caller, params.depositId));
    const qr = launch?.qr ?? fail('not_found');
    const png = 'png' in qr ? Buffer.from(qr.png, 'base64') : await drawQr(qr.text, { width: 480 });
    reply.header('cache-control', 'private, no-store').type('image/png').send(png);
    return { answered: true };
  });

  // Each with what the page then says of it: money that has come speaks for itself.
  const commands = {
    'POST /portefeuille/depots/:depositId/verifier': verify,
    'POST /portefeuille/depots/:depositId/nouveau': renew,
    'POST /portefeuille/depots/:depositId/annuler': cancelDeposit,
  } as const;
  // Object.keys gives texts; they are the three above.
  for (const key of Object.keys(commands) as (keyof typeof commands)[]) {
    site.form(key, {
      whereIs: ({ depositId }) => pathOf(depositId),
      act: async ({ caller, params }) => {
        const { id } = await findOwn(caller, params.depositId);
        await limiter.take('depositLooks', caller.playerId);
        const news = await commands[key](deps, id);
        return { seeOther: news === undefined ? pathOf(id) : `${pathOf(id)}?fait=${news}` };
      },
      again: ({ caller, params }) => paying(caller, params.depositId),
    });
  }
}

async function verify(deps: DepositDoorDeps, depositId: string): Promise<DepositNews | undefined> {
  const { state, isHeard } = await lookAtDeposit(deps, depositId);
  if (mayDepositBecome(state, 'credited')) return isHeard ? 'verifie' : 'silence';
  return undefined;
}

async function renew(deps: DepositDoorDeps, depositId: string): Promise<DepositNews | undefined> {
  const answer = await openAttempt(deps, depositId);
  return answer.kind === 'waiting' && answer.launch !== null ? 'lien' : undefined;
}

function registerFinding(site: PlayerPages, deps: DepositDoorDeps): void {
  const finding = async (caller: PlayerIdentity) => ({
    page: 'deposits' as const,
    view: await showDeposits(deps, caller),
  });
  site.page('GET /portefeuille/depots', ({ caller }) => finding(caller));
  site.form('POST /portefeuille/depots/retrouver', {
    whereIs: () => '/portefeuille/depots',
    act: async ({ caller, form }) => ({ seeOther: pathOf((await findMyPayment(deps, caller, form)).id) }),
    again: ({ caller }) => finding(caller),
  });
}
