/** Two people face to face: discs, names, stables. */
import type { Brief } from '#core/api/player-pages.ts';
import type { Side } from '#core/market.ts';
import { versus } from '../texts.ts';

type WrestlerBrief = Brief['wrestlerA'];

/** Initials in the colour of the side: the placeholder of a face. */
export function Disc({ name, side, size }: { name: string; side: Side; size?: 's' }) {
  return (
    <span class={`disc disc-${side}${size === undefined ? '' : ` disc-${size}`}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** "Modou Lô" → "ML"; "Balla Gaye 2" → "BG2"; "Siteu" → "SI". */
export function initialsOf(name: string): string {
  const words = name.split(/[\s'’.-]+/).filter((word) => word !== '');
  const [only = '?'] = words;
  if (words.length === 1) return only.slice(0, 2).toUpperCase();
  const number = words.length > 2 && /^\d$/.test(words.at(-1) ?? '') ? (words.at(-1) ?? '') : '';
  return `${words[0]?.[0] ?? ''}${words[1]?.[0] ?? ''}`.toUpperCase() + number;
}

export function FaceOff({
  a,
  b,
  areLinked,
  winner,
}: {
  a: WrestlerBrief;
  b: WrestlerBrief;
  areLinked?: boolean;
  winner?: Side | null;
}) {
  return (
    <div class="face">
      <Corner wrestler={a} side="A" isLinked={areLinked === true} isWinner={winner === 'A'} />
      <span class="versus">{versus}</span>
      <Corner wrestler={b} side="B" isLinked={areLinked === true} isWinner={winner === 'B'} />
    </div>
  );
}

function Corner({
  wrestler,
  side,
  isLinked,
  isWinner,
}: {
  wrestler: WrestlerBrief;
  side: Side;
  isLinked: boolean;
  isWinner: boolean;
}) {
  const name = <b class="name">{wrestler.name}</b>;
  return (
    <span class={`corner${isWinner ? ' is-winner' : ''}`}>
      <Disc name={wrestler.name} side={side} />
      {isLinked && !wrestler.isStub ? <a href={`/lutteurs/${wrestler.id}`}>{name}</a> : name}
      {wrestler.stable !== null && <span class="mute small">{wrestler.stable}</span>}
    </span>
  );
}
