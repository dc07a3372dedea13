/** Two players of the demonstration who bet against each other through the JSON interface: what the office looks at. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { demoPin } from '#server/demo/people.ts';
import type { Product } from '#server/testing/product.ts';
import { openPhone, type Phone, type PhoneOptions } from './phone.ts';

const PHONES = ['+221770000001', '+221770000004'] as const;

export class Bettors {
  readonly #api: string;
  readonly #cookies: readonly string[];

  private constructor(api: string, cookies: readonly string[]) {
    this.#api = api;
    this.#cookies = cookies;
  }

  static async logIn({ playerUrl }: Product): Promise<Bettors> {
    const api = `${playerUrl}/api/v1`;
    const cookies = [];
    for (const phone of PHONES) {
      await post(`${api}/sessions/code`, { phone });
      const sms = await fetch(`${api}/sandbox/sms?phone=${encodeURIComponent(phone)}`);
      const code = /#(\d{6})"/.exec(await sms.text())?.[1];
      const shown: { logInToken: string } = await (await post(`${api}/sessions`, { phone, code })).json();
      const { logInToken } = shown;
      const session = await post(`${api}/sessions/pin`, { logInToken, pin: demoPin });
      const pairs = session.headers.getSetCookie().map((header) => header.split(';')[0] ?? '');
      cookies.push(pairs.find((pair) => pair.startsWith('mb_player=')) ?? '');
    }
    return new Bettors(api, cookies);
  }

  /** So many duels of 1 000 F each, and one offer of 2 000 F that nobody takes. */
  async bet(boutId: number, duelCount: number): Promise<void> {
    const bout: { market: { id: number } } = await (await fetch(`${this.#api}/bouts/${boutId}`)).json();
    const place = (who: number, side: 'A' | 'B', stakeXof: number) =>
      this.#place(bout.market.id, who, side, stakeXof);
    for (let i = 0; i < duelCount; i++) {
      await place(0, 'A', 1_000);
      await place(1, 'B', 1_000);
    }
    await place(0, 'A', 2_000);
  }

  /** The second of them bets 1 000 F on side B of a market. */
  async answer(marketId: number): Promise<void> {
    await this.#place(marketId, 1, 'B', 1_000);
  }

  /** A phone in the hands of the first of them, who is in already. */
  async openPhone(browser: Browser, playerUrl: string, options: PhoneOptions): Promise<Phone> {
    const phone = await openPhone(browser, playerUrl, options);
    const [name = '', value = ''] = this.#cookies[0]?.split('=') ?? [];
    await phone.context.addCookies([{ name, value, url: playerUrl }]);
    return phone;
  }

  async #place(marketId: number, who: number, side: 'A' | 'B', stakeXof: number): Promise<void> {
    const offer = { operationId: randomUUID(), side, stakeXof, askXof: stakeXof };
    const answer = await post(`${this.#api}/markets/${marketId}/offers`, offer, this.#cookies[who]);
    assert.equal(answer.status, 201, await answer.text());
  }

  /** Asks for a deposit with Orange Money, and lets somebody else pay it: the money waits in suspense. */
  async depositFromAnotherNumber(amountXof: number): Promise<void> {
    const operationId = randomUUID();
    const [cookie] = this.#cookies;
    const asked = await post(`${this.#api}/deposits`, { operationId, provider: 'orange', amountXof }, cookie);
    assert.equal(asked.status, 201, await asked.clone().text());
    const url = `${this.#api}/deposits/${operationId}`;
    const state = async () => {
      const shown: { state: string; launch: { links: { url: string }[] } | null } = await (
        await fetch(url, { headers: { cookie: cookie ?? '' } })
      ).json();
      return shown;
    };
    const link = (await state()).launch?.links[0]?.url ?? assert.fail('nothing to pay');
    await fetch(link, { method: 'POST', body: new URLSearchParams({ action: 'pay_other' }) });
    await post(`${url}/look`, { operationId: randomUUID() }, cookie);
    while ((await state()).state === 'requested') await new Promise((done) => setTimeout(done, 200));
    assert.equal((await state()).state, 'review');
  }
}

function post(url: string, body: object, cookie = ''): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });
}
