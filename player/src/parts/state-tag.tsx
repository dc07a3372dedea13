import type { Brief } from '#core/api/player-pages.ts';
import { Tag } from '#ui/components.tsx';
import { stateTexts } from '../texts.ts';

export function StateTag({
  state,
  marketState,
}: {
  state: Brief['state'];
  marketState: Brief['marketState'];
}) {
  if (state === 'cancelled') return <Tag tone="bad">{stateTexts.cancelled}</Tag>;
  const market = marketState ?? 'draft';
  return (
    <Tag
      {...(market === 'open'
        ? { tone: 'ok' as const }
        : market === 'suspended'
          ? { tone: 'ochre' as const }
          : {})}
    >
      {stateTexts[market]}
    </Tag>
  );
}
