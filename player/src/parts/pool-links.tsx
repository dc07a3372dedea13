/** The pools that a page leads to. */
import type { PoolLink } from '#core/api/pool-pages.ts';
import { Money, Tag } from '#ui/components.tsx';
import { poolTexts } from '../pool-texts.ts';

export function PoolLinks({ pools }: { pools: readonly PoolLink[] }) {
  if (pools.length === 0) return null;
  return (
    <section class="stack-s">
      <h2>{poolTexts.tab}</h2>
      <ul class="list">
        {pools.map((pool) => (
          <li key={pool.id}>
            <a href={`/mutuels/${pool.id}`}>
              <span>
                <b>{pool.name}</b>
                <span class="mute small">{poolTexts.link(pool.legCount)}</span>
              </span>
              <span class="end">
                <PoolTag state={pool.state} />
                {pool.stakedXof > 0 && (
                  <span class="mute small">
                    <Money xof={pool.stakedXof} />
                  </span>
                )}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function PoolTag({ state }: { state: PoolLink['state'] }) {
  const tone = state === 'open' ? 'ok' : state === 'suspended' ? 'ochre' : undefined;
  return <Tag {...(tone === undefined ? {} : { tone })}>{poolTexts.states[state]}</Tag>;
}
