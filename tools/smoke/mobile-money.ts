/**
 * Money in and out through one provider: a deposit that is paid on the provider's own page, as on a phone, and a
 * withdrawal to the same number. Against a sandbox, whose providers are simulators behind the real adapters.
 */
import { randomUUID } from 'node:crypto';
import { reachDatabase } from '#server/command-database.ts';
import { readConfig } from '#server/config.ts';
import { openDb } from '#server/db.ts';
import { findLedgerFaults } from '#server/ledger/check-ledger.ts';
import { logInPlayer, type Person, type Sites, smokePlayers, statementAddsUp } from './people.ts';
import { expect, type Steps, until } from './steps.ts';

const depositXof = 5_000;
const withdrawalXof = 2_000;
const PATIENCE_MS = 30_000;

export async function playMobileMoney(steps: Steps, at: Sites, provider: string): Promise<void> {
  const [who] = smokePlayers;
  const player = await steps.run('a player logs in', () => logInPlayer(at, who));
  const before: number = (await player.mustGet('/wallet')).availableXof;
  const asked = { operationId: randomUUID(), provider, amountXof: depositXof };
  const url = await steps.run(`a deposit with ${provider} is asked for`, async () => {
    expect((await player.mustPost('/deposits', asked)).state, 'requested', 'the deposit');
    const { launch } = await player.mustGet(`/deposits/${asked.operationId}`);
    return String(launch.links[0].url);
  });
  await steps.run('it is paid on the provider’s page', () => payOnPhone(url, who.phone));
  await steps.run('the money is there', () =>
    waitForState(player, `/deposits/${asked.operationId}`, 'credited'),
  );
  await steps.run('once', async () => {
    await payOnPhone(url, who.phone).catch(() => undefined);
    const { history } = await player.mustPost(`/deposits/${asked.operationId}/look`, {});
    expect(history.at(-1).state, 'credited', 'the deposit after a second look');
    expect((await player.mustGet('/wallet')).availableXof, before + depositXof, 'the balance');
  });
  const out = { operationId: randomUUID(), provider, amountXof: withdrawalXof };
  await steps.run(`a withdrawal with ${provider} is asked for`, async () => {
    await player.mustPost('/withdrawals', out);
    expect(
      (await player.mustGet('/wallet')).availableXof,
      before + depositXof - withdrawalXof,
      'the balance',
    );
  });
  await steps.run('it is paid', () => waitForState(player, `/withdrawals/${out.operationId}`, 'paid'));
  await steps.run('the statement adds up to the balance', async () => {
    expect(
      (await player.mustGet('/wallet')).availableXof,
      before + depositXof - withdrawalXof,
      'the balance',
    );
    await statementAddsUp(player);
  });
  // The database is on this machine only when its directory is named.
  if (process.env['DATA_DIR'] !== undefined) await steps.run('the ledger is sound', checkLedger);
}

async function waitForState(player: Person, path: string, wanted: string): Promise<void> {
  await until(`${path} ${wanted}`, PATIENCE_MS, async () => {
    const { state } = await player.mustGet(path);
    return state === wanted ? state : null;
  });
}

/** Opens the link, types one's own number where one is asked for, and presses the first button. */
async function payOnPhone(url: string, phone: string): Promise<void> {
  const page = await (await fetch(url)).text();
  const form = /<form method="post">(.*?)<\/form>/s.exec(page)?.[1];
  if (form === undefined) throw new Error(`${new URL(url).pathname}: there is nothing to pay`);
  const fields = new URLSearchParams();
  const input = /<input name="(\w+)"/.exec(form)?.[1];
  if (input !== undefined) fields.set(input, phone.slice(-9));
  const button = /<button[^>]*class="first"[^>]*>/.exec(form)?.[0] ?? '';
  fields.set(/ name="(\w+)"/.exec(button)?.[1] ?? '', / value="(\w+)"/.exec(button)?.[1] ?? '');
  const answer = await fetch(url, { method: 'POST', body: fields });
  if (!answer.ok) throw new Error(`the provider’s page answered ${answer.status}`);
}

async function checkLedger(): Promise<void> {
  const database = await reachDatabase(readConfig(process.env));
  const db = openDb({ connectionString: database.url, poolSize: 1 });
  try {
    expect(await findLedgerFaults(db), [], 'what is wrong with the ledger');
  } finally {
    await db.close();
    await database.release();
  }
}
