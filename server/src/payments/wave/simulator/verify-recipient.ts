/** Who is behind a number, and may he receive; thirty questions with a name in five minutes, then an hour of silence. */
import { magicNumber } from './control.ts';
import { type Fields, readAmountXof, readMobile, readText } from './read-fields.ts';
import type { WaveState } from './state.ts';
import { WaveError } from './wave-error.ts';

const NAMES_MAX = 30;
const WINDOW_MS = 5 * 60_000;
const SILENCE_MS = 60 * 60_000;

export function openRecipientChecks(state: WaveState): (fields: Fields) => object {
  const askedAtMs = new Map<string, number[]>();
  const silentUntilMs = new Map<string, number>();

  function count(mobile: string): void {
    const nowMs = state.nowMs();
    const recent = (askedAtMs.get(mobile) ?? []).filter((atMs) => nowMs - atMs < WINDOW_MS);
    if (recent.length >= NAMES_MAX) silentUntilMs.set(mobile, nowMs + SILENCE_MS);
    if (nowMs < (silentUntilMs.get(mobile) ?? 0))
      throw new WaveError(429, 'too-many-requests', 'Too many names for this number.');
    askedAtMs.set(mobile, [...recent, nowMs]);
  }

  return (fields) => {
    const mobile = readMobile(fields, 'mobile');
    const name = readText(fields, 'name', 255);
    const hasAmount = fields['amount'] != null;
    if (hasAmount) readAmountXof(fields, 'amount');
    if (name !== null) count(mobile);
    return {
      within_limits: hasAmount ? mobile !== magicNumber(3) : null,
      name_match: name === null ? null : state.faults.nameMatch,
      national_id_match: null,
    };
  };
}
