import type { Implement } from '../http.ts';
import { recallWrestler, recallWrestlers, type WrestlerReads } from './recall-wrestlers.ts';

export function registerWrestlers(implement: Implement, reads: WrestlerReads): void {
  implement('GET /wrestlers', async ({ query }) => ({
    wrestlers: await recallWrestlers(reads, query.search ?? ''),
  }));

  implement('GET /wrestlers/:wrestlerId', ({ params }) => recallWrestler(reads, Number(params.wrestlerId)));
}
