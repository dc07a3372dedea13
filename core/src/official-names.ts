/**
 * Whom a bout names. The files name wrestlers by ring name, which is not unique.
 *
 * Invariants: never a choice between two candidates; a ring name comes before a nickname; a bout older than a wrestler's
 * first season is not his. Nicknames are shared between generations, so one that the years exclude is somebody else.
 */
import { foldName } from './name.ts';
import { type Reason, reason } from './official-reasons.ts';
import { type PartialDate, yearOf } from './partial-date.ts';

/**
 * Which wrestler, before and after he has a row: an official id ('L001'), `#` and a database id for a wrestler entered in
 * the office, or `~` and a folded name for a name-only stub.
 */
export type WrestlerKey = string;

export interface NamedWrestler {
  readonly key: WrestlerKey;
  readonly ringName: string;
  readonly aliases: readonly string[];
  readonly debutYear: number | null;
  /** Line of the file when its row was refused and the wrestler is not known otherwise: he cannot be pointed at. */
  readonly refusedLine: number | null;
}

export type NameMatch =
  | { readonly kind: 'wrestler'; readonly key: WrestlerKey; readonly remarks: readonly Reason[] }
  | { readonly kind: 'stub'; readonly key: WrestlerKey; readonly remarks: readonly Reason[] }
  | { readonly kind: 'conflict'; readonly reason: Reason };

export interface NameIndex {
  readonly byRingName: ReadonlyMap<string, readonly NamedWrestler[]>;
  readonly byAlias: ReadonlyMap<string, readonly NamedWrestler[]>;
}

export function indexNames(wrestlers: readonly NamedWrestler[]): NameIndex {
  const byRingName = new Map<string, NamedWrestler[]>();
  const byAlias = new Map<string, NamedWrestler[]>();
  for (const wrestler of wrestlers) {
    add(byRingName, foldName(wrestler.ringName), wrestler);
    for (const alias of new Set(wrestler.aliases.map(foldName))) add(byAlias, alias, wrestler);
  }
  return { byRingName, byAlias };
}

/** Finds the wrestler a bout of that day names. An undated bout excludes nobody. */
export function matchName(name: string, heldOn: PartialDate | null, index: NameIndex): NameMatch {
  const folded = foldName(name);
  const byRingName = index.byRingName.get(folded) ?? [];
  const [ringMatch] = byRingName;
  if (ringMatch) return judgeRingName(name, heldOn, ringMatch, byRingName);

  const byAlias = index.byAlias.get(folded) ?? [];
  const possible = byAlias.filter((wrestler) => !isBeforeDebut(heldOn, wrestler));
  const [aliasMatch] = possible;
  if (!aliasMatch) return stubMatch(name, folded, byAlias);
  if (possible.length > 1) return ambiguous(name, possible);
  if (aliasMatch.refusedLine !== null) return refused(name, aliasMatch.refusedLine);
  return {
    kind: 'wrestler',
    key: aliasMatch.key,
    remarks: [reason('matched_by_alias', { name, id: aliasMatch.key })],
  };
}

export function stubKey(name: string): WrestlerKey {
  return `~${foldName(name)}`;
}

function judgeRingName(
  name: string,
  heldOn: PartialDate | null,
  match: NamedWrestler,
  all: readonly NamedWrestler[],
): NameMatch {
  if (all.length > 1) return ambiguous(name, all);
  if (match.refusedLine !== null) return refused(name, match.refusedLine);
  if (isBeforeDebut(heldOn, match)) {
    const params = { name, id: match.key, debutYear: match.debutYear ?? '' };
    return { kind: 'conflict', reason: reason('bout_before_debut', params) };
  }
  return { kind: 'wrestler', key: match.key, remarks: [] };
}

function stubMatch(name: string, folded: string, excluded: readonly NamedWrestler[]): NameMatch {
  const ids = listKeys(excluded);
  return {
    kind: 'stub',
    key: `~${folded}`,
    remarks: excluded.length === 0 ? [] : [reason('alias_excluded', { name, ids })],
  };
}

function ambiguous(name: string, candidates: readonly NamedWrestler[]): NameMatch {
  return {
    kind: 'conflict',
    reason: reason('name_ambiguous', { name, candidates: listKeys(candidates) }),
  };
}

function refused(name: string, line: number): NameMatch {
  return { kind: 'conflict', reason: reason('name_of_rejected_row', { name, line }) };
}

function isBeforeDebut(heldOn: PartialDate | null, wrestler: NamedWrestler): boolean {
  return heldOn !== null && wrestler.debutYear !== null && yearOf(heldOn) < wrestler.debutYear;
}

function listKeys(wrestlers: readonly NamedWrestler[]): string {
  return wrestlers
    .map((wrestler) => wrestler.key)
    .sort()
    .join(', ');
}

function add<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
