import type { GalaHead } from '#core/api/desk-views.ts';

import type { BoutState } from '#core/bout.ts';
import type { MarketState } from '#core/market.ts';
import { Tag } from '#ui/components.tsx';
import { galaTexts } from '../gala-texts.ts';
import { endingTexts, stateTexts } from '../texts.ts';

/** What sets a gala apart: play money, and hidden from the public. */
export function GalaTags({ gala }: { gala: Pick<GalaHead, 'isTest' | 'visibility'> }) {
  return (
    <>
      {gala.isTest && <Tag tone="ochre">{galaTexts.test}</Tag>}
      {gala.visibility === 'hidden' && <Tag icon="lock">{galaTexts.hidden}</Tag>}
    </>
  );
}

export function StateTag({ state, marketState }: { state: BoutState; marketState: MarketState }) {
  if (state === 'cancelled' && marketState === 'settled')
    return <Tag tone="bad">{endingTexts.cancelled}</Tag>;
  const text = stateTexts[marketState];
  if (marketState === 'open') return <Tag tone="ok">{text}</Tag>;
  return marketState === 'suspended' ? <Tag tone="ochre">{text}</Tag> : <Tag>{text}</Tag>;
}
