/** What a market is called on the player's pages. */
import type { Brief, MarketWords, SideWords } from '#core/api/player-pages.ts';
import type { Side } from '#core/market.ts';
import { type Question, questionText, sideText, winsIfText } from '#core/question.ts';

export function marketWords(question: Question, bout: Pick<Brief, 'wrestlerA' | 'wrestlerB'>): MarketWords {
  const names = { a: bout.wrestlerA.name, b: bout.wrestlerB.name };
  const wordsOf = (side: Side): SideWords => ({
    pick: sideText(question, side, names),
    winsIf: winsIfText(question, side, names),
  });
  return {
    kind: question.kind,
    question: questionText(question),
    sides: { A: wordsOf('A'), B: wordsOf('B') },
  };
}

/** How a market is named in addresses: the one of the winner is not. */
export function marcheOf(market: { readonly id: number; readonly question: Question } | null): number | null {
  return market === null || market.question.kind === 'winner' ? null : market.id;
}
