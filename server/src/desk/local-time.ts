/** Days and hours as the fields of a form write them. Dakar's time is UTC. */
import { fail } from '#core/errors.ts';

const SECOND_MS = 1_000;
const HOUR_MS = 60 * 60_000;
const NOON = 12;

/** "2026-11-29T17:00" → ISO 8601. Refuses a day that no calendar has. */
export function readLocalMinute(text: string): string {
  const date = new Date(text.length === 'YYYY-MM-DDTHH:MM'.length ? `${text}:00.000Z` : `${text}.000Z`);
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  return isReal ? date.toISOString() : fail('date_invalid');
}

/** ISO 8601 → "2026-11-29T17:00". */
export function localMinuteOf(iso: string): string {
  return iso.slice(0, 'YYYY-MM-DDTHH:MM'.length);
}

/** The whole hour that follows, as a field writes it. */
export function nextHourAfter(iso: string, hours: number): string {
  const after = Math.ceil(Date.parse(iso) / HOUR_MS) * HOUR_MS + (hours - 1) * HOUR_MS;
  return localMinuteOf(new Date(after).toISOString());
}

/**
 * A time of day at which a bout was whistled, as an instant: the day betting closed, or the evening before when it
 * closed after midnight. A time after the close stays on that day: it is refused, never taken for the day before. The
 * very second of the close is the close: no bet of that second is late.
 */
export function whistleInstant(timeOfDay: string, closedAt: string): string {
  const closed = new Date(closedAt);
  const [hour = 0, minute = 0, second = 0] = timeOfDay.split(':').map(Number);
  const isEveningBefore = closed.getUTCHours() < NOON && hour >= NOON;
  const day = closed.getUTCDate() - (isEveningBefore ? 1 : 0);
  const at = Date.UTC(closed.getUTCFullYear(), closed.getUTCMonth(), day, hour, minute, second);
  const isSameSecond = at <= closed.getTime() && closed.getTime() < at + SECOND_MS;
  return isSameSecond ? closed.toISOString() : new Date(at).toISOString();
}
