/** The office through its JSON interface: two operators who run a gala of our own beside the demonstration's. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Product } from '#server/testing/product.ts';

export interface Ring {
  readonly galaId: number;
  readonly boutId: number;
  readonly marketId: number;
}

interface Operator {
  readonly name: string;
  readonly cookie: string;
}

// JSON of any shape: each use checks what it reads.
// biome-ignore lint/suspicious/noExplicitAny: JSON of any shape
type Json = any;

export class Operators {
  readonly #product: Product;
  readonly #people: readonly Operator[];

  private constructor(product: Product, people: readonly Operator[]) {
    this.#product = product;
    this.#people = people;
  }

  static async logIn(product: Product): Promise<Operators> {
    const staff: Json[] = (await call(`${product.playerUrl}/api/v1/sandbox/staff`)).body.staff;
    const people = [];
    for (const { name, phone, totp } of staff.slice(0, 2)) {
      await call(`${product.officeUrl}/api/v1/staff/sessions/code`, { phone });
      const messages = await call(
        `${product.playerUrl}/api/v1/sandbox/sms?phone=${encodeURIComponent(phone)}`,
      );
      const code = /#(\d{6})$/.exec(messages.body.messages[0].body)?.[1];
      const session = await call(`${product.officeUrl}/api/v1/staff/sessions`, { phone, code, totp });
      assert(session.cookie !== null, JSON.stringify(session.body));
      people.push({ name, cookie: session.cookie });
    }
    assert.equal(people.length, 2);
    return new Operators(product, people);
  }

  /** A bout between two published wrestlers, open for betting. */
  async openBout(): Promise<Ring> {
    const startsAt = new Date(Date.now() + 90 * 60_000).toISOString();
    const { wrestlers }: Json = (await call(`${this.#product.playerUrl}/api/v1/wrestlers`)).body;
    const { galaId } = await this.#command('/staff/galas', {
      name: `Gala du soir ${randomUUID().slice(0, 4)}`,
      venue: 'Arène nationale, Pikine',
      authority: 'FSL',
      startsAt,
      visibility: 'public',
      isTest: true,
    });
    const bout = await this.#command(`/staff/galas/${galaId}/bouts`, {
      wrestlerAId: wrestlers[0].id,
      wrestlerBId: wrestlers[1].id,
      scheduledAt: startsAt,
    });
    await this.#command(`/staff/markets/${bout.marketId}/open`, {});
    return { galaId, boutId: bout.boutId, marketId: bout.marketId };
  }

  /** An open pool on who wins the bout and how. */
  async openPool({ galaId, boutId }: Ring): Promise<number> {
    const { poolId } = await this.#command(`/staff/galas/${galaId}/pools`, {
      name: 'Vainqueur et manière',
      legs: [
        { boutId, kind: 'winner' },
        { boutId, kind: 'method' },
      ],
    });
    await this.#command(`/staff/pools/${poolId}/open`, {});
    return poolId;
  }

  async whistle({ marketId }: Ring): Promise<void> {
    await this.#command(`/staff/markets/${marketId}/whistle`, {});
  }

  async suspend({ marketId }: Ring): Promise<void> {
    await this.#command(`/staff/markets/${marketId}/suspend`, {});
  }

  /** One proposes, the other confirms; returns when everybody is paid. */
  async decide({ boutId, marketId }: Ring, ending: string, winnerSide?: 'A' | 'B'): Promise<void> {
    const result = {
      ending,
      source: 'Feuille officielle',
      ...(winnerSide === undefined ? {} : { winnerSide }),
    };
    const proposed = await this.#untilAllowed(() =>
      this.#send(`/staff/bouts/${boutId}/result`, { operationId: randomUUID(), ...result }, 0),
    );
    await this.#command(`/staff/bouts/${boutId}/result/confirm`, { resultId: proposed.resultId }, 1);
    const settlement = `${this.#product.officeUrl}/api/v1/staff/markets/${marketId}/settlement`;
    await until('everybody is paid', async () => {
      return (await call(settlement, undefined, this.#people[0]?.cookie)).body.state === 'done';
    });
  }

  /** The proof of the bets is published by a job shortly after the close; no result can be proposed before. */
  async #untilAllowed(send: () => Promise<{ status: number; body: Json }>): Promise<Json> {
    let answer = await send();
    await until('the proof is published', async () => {
      if (answer.body.code === 'root_not_published') answer = await send();
      return answer.body.code !== 'root_not_published';
    });
    assert(answer.status < 300, JSON.stringify(answer.body));
    return answer.body;
  }

  async #command(path: string, body: object, who = 0): Promise<Json> {
    const answer = await this.#send(path, { operationId: randomUUID(), ...body }, who);
    assert(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  #send(path: string, body: object, who: number): Promise<{ status: number; body: Json }> {
    return call(`${this.#product.officeUrl}/api/v1${path}`, body, this.#people[who]?.cookie);
  }
}

async function call(
  url: string,
  body?: object,
  cookie?: string,
): Promise<{ status: number; body: Json; cookie: string | null }> {
  const answer = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie === undefined ? {} : { cookie }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const set = answer.headers.getSetCookie()[0]?.split(';')[0] ?? null;
  return { status: answer.status, body: text === '' ? null : JSON.parse(text), cookie: set };
}

/** Waits for something that other processes do. */
export async function until(what: string, isTrue: () => Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
