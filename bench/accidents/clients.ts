/**
 * Players at their phones: each makes an id, writes it down, sends it, and writes down what came back. They place,
 * accept, cancel, and now and then send again what was answered long ago. They go on whatever happens to the server.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BetKind, Entry, Given, History } from '#server/testing/history.ts';
import type { SeededPlayer } from '#server/testing/seed.ts';
import { request } from './request.ts';

export interface ClientsOptions {
  readonly port: number;
  readonly history: History;
  readonly players: readonly SeededPlayer[];
}

interface KnownOffer {
  readonly id: string;
  readonly player: SeededPlayer;
  readonly marketId: number;
  readonly stakeXof: number;
  readonly askXof: number;
}

const ratios = [
  [1, 1],
  [1, 1],
  [3, 2],
  [2, 3],
] as const;
const knownMax = 300;

export class Clients {
  readonly #options: ClientsOptions;
  readonly #known: KnownOffer[] = [];
  #answered: Entry[] = [];
  #running: Promise<void>[] = [];
  #isStopping = false;
  /** Commands that were carried out. */
  doneCount = 0;

  constructor(options: ClientsOptions) {
    this.#options = options;
  }

  /** Everybody plays on these markets until `stop`. */
  start(marketIds: readonly number[], workers: number): void {
    this.#isStopping = false;
    this.#running = Array.from({ length: workers }, () => this.#play(marketIds));
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#running);
  }

  async #play(marketIds: readonly number[]): Promise<void> {
    while (!this.#isStopping) {
      const answer = await this.#next(marketIds);
      // Nobody there, or too busy: a person waits a moment.
      if (answer === null || answer.status === 503) await sleep(100);
    }
  }

  #next(marketIds: readonly number[]): Promise<Given | null> {
    const dice = Math.random();
    const offer = pick(this.#known);
    if (dice < 0.05) return this.#again();
    if (offer !== undefined && dice < 0.35) return this.accept(offer);
    if (offer !== undefined && dice < 0.45) return this.cancel(offer);
    const [p, q] = pick(ratios) ?? [1, 1];
    const units = 10 + Math.floor(Math.random() * 30);
    const terms = {
      side: Math.random() < 0.5 ? 'A' : 'B',
      stakeXof: p * units * 100,
      askXof: q * units * 100,
    };
    return this.place(pick(marketIds) ?? 0, pick(this.#options.players), terms);
  }

  place(marketId: number, player: SeededPlayer | undefined, terms: object): Promise<Given | null> {
    return this.#send('place', player, marketId, { ...terms });
  }

  accept(offer: KnownOffer): Promise<Given | null> {
    const others = this.#options.players.filter((player) => player !== offer.player);
    const stakeXof = Math.random() < 0.5 ? offer.askXof : 1_200;
    const input = { offerId: offer.id, stakeXof, partial: Math.random() < 0.5 };
    return this.#send('accept', pick(others), offer.marketId, input);
  }

  cancel(offer: KnownOffer): Promise<Given | null> {
    return this.#send('cancel', offer.player, offer.marketId, { offerId: offer.id });
  }

  /** The same tap again, long after. */
  async #again(): Promise<Given | null> {
    const entry = pick(this.#answered);
    return entry === undefined ? null : this.#try(entry);
  }

  #send(
    kind: BetKind,
    player: SeededPlayer | undefined,
    marketId: number,
    input: object,
  ): Promise<Given | null> {
    if (player === undefined) throw new Error('no player');
    const entry = this.#options.history.begin({
      id: randomUUID(),
      kind,
      player,
      marketId,
      input: { ...input },
    });
    return this.#try(entry);
  }

  async #try(entry: Entry): Promise<Given | null> {
    const { history, port } = this.#options;
    const { offerId, ...body } = entry.input;
    const path = `/markets/${entry.marketId}/offers${entry.kind === 'place' ? '' : `/${offerId}/${entry.kind}`}`;
    const { cookie } = entry.player;
    const answer = await request({
      port,
      method: 'POST',
      path,
      cookie,
      body: { operationId: entry.id, ...body },
    }).catch(() => null);
    history.note(entry, answer);
    if (answer !== null && answer.status < 300 && answer.status !== 202) this.#remember(entry, answer);
    return answer;
  }

  #remember(entry: Entry, answer: Given): void {
    this.doneCount += 1;
    if (Math.random() < 0.1) this.#answered.push(entry);
    if (this.#answered.length > 500) this.#answered = this.#answered.slice(-250);
    if (entry.kind !== 'place' || !(Number(answer.body['openXof']) > 0)) return;
    const { id, player, marketId, input } = entry;
    const offer = {
      id,
      player,
      marketId,
      stakeXof: Number(input['stakeXof']),
      askXof: Number(input['askXof']),
    };
    if (this.#known.length < knownMax) this.#known.push(offer);
    else this.#known[Math.floor(Math.random() * knownMax)] = offer;
  }

  /**
   * Clears up what stayed unknown: half of them ask what became of it and send it again only when it is not known,
   * the others simply send it again.
   */
  async resolveUnknown(): Promise<number> {
    const open = this.#options.history.unresolved();
    const queue = [...open];
    const work = async () => {
      for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) await this.#resolve(entry);
    };
    await Promise.all(Array.from({ length: 16 }, work));
    return open.length;
  }

  async #resolve(entry: Entry): Promise<void> {
    for (let tries = 0; entry.answers.length === 0 && tries < 500; tries++) {
      if (Math.random() < 0.5 && (await this.#ask(entry))) return;
      const answer = await this.#try(entry);
      if (answer === null || answer.status === 503) await sleep(50);
    }
  }

  /** Asks what became of a command; false when it is not known, or nobody answers. */
  async #ask(entry: Entry): Promise<boolean> {
    const asked = await request({
      port: this.#options.port,
      method: 'GET',
      path: `/operations/${entry.id}`,
      cookie: entry.player.cookie,
    }).catch(() => null);
    if (asked?.status !== 200) return false;
    // The contract's answer to GET /operations/:operationId.
    const { status, answer } = asked.body as { status: number; answer: Given['body'] };
    // A placement and an acceptance were answered 201.
    const first = status === 200 && entry.kind !== 'cancel' ? 201 : status;
    this.#options.history.note(entry, { status: first, body: answer });
    return true;
  }
}

function pick<T>(list: readonly T[]): T | undefined {
  return list[Math.floor(Math.random() * list.length)];
}
