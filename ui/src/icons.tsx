/** Icons of our own, drawn on 24 × 24, one stroke. A page carries those it uses, once, as a sprite. */
const paths = {
  drum: 'M5 6c0 6 2 9 3 12h8c1-3 3-6 3-12M5 6c0 1.7 3.1 3 7 3s7-1.3 7-3-3.1-3-7-3-7 1.3-7 3m1 3 3 5 3-5 3 5 3-5',
  bets: 'M5 3h14v18l-3-2-2 2-2-2-2 2-2-2-3 2zM9 8h6m-6 4h6',
  wallet: 'M4 7h15a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zm0 0 11-4v4m1 6.5h.01',
  person: 'M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8m-8 10c.5-4 3.5-6 8-6s7.5 2 8 6',
  back: 'm14 5-7 7 7 7',
  next: 'm10 5 7 7-7 7',
  check: 'm4 12.5 5 5L20 6.5',
  cross: 'm5 5 14 14M19 5 5 19',
  turn: 'M4 9h11a5 5 0 0 1 0 10H8M8 5 4 9l4 4',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18m0-13v5l3 2',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13m5-1.5L20 20',
  down: 'M12 4v13m-6-6 6 6 6-6M5 21h14',
  up: 'M12 20V7m-6 6 6-6 6 6M5 3h14',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18m-2.5-11.5c0-3 5-3 5 0 0 2-2.5 2-2.5 4m0 3h.01',
  office: 'M4 21V8l8-5 8 5v13M9 21v-6h6v6M9 10h.01M15 10h.01',
  whistle: 'M4 13a5 5 0 1 0 10 0l7-2V7H10a6 6 0 0 0-6 6m5 0h.01M12 3V2m4 1 1-1M8 3 7 2',
  plus: 'M12 5v14M5 12h14',
  lock: 'M6 11h12v10H6zm2 0V8a4 4 0 0 1 8 0v3',
} as const;

export type IconName = keyof typeof paths;

/** Names drawn since the last sprite: rendering on the server is synchronous, so this is one page's. */
const used = new Set<IconName>();

export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  used.add(name);
  return (
    <svg width={size} height={size} aria-hidden="true" class="icon">
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** The symbols of the icons drawn so far. */
export function takeSprite() {
  const names = [...used];
  used.clear();
  return (
    <svg width="0" height="0" class="vh" aria-hidden="true">
      {names.map((name) => (
        <symbol id={`i-${name}`} key={name} viewBox="0 0 24 24">
          <path d={paths[name]} />
        </symbol>
      ))}
    </svg>
  );
}
