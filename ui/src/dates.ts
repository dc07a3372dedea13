/**
 * Days and hours as people in Dakar say them. UTC is Dakar's time; the tables are ours, so that every browser and the
 * server write the same.
 */
const days = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'];
const months = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];
const DAY_MS = 86_400_000;

/** "17 h 30", "17 h". */
export function hourOf(iso: string): string {
  const date = new Date(iso);
  const minutes = date.getUTCMinutes();
  return `${date.getUTCHours()}\u00a0h${minutes === 0 ? '' : `\u00a0${String(minutes).padStart(2, '0')}`}`;
}

/** "20:15:04": to the second, where seconds count. */
export function secondOf(iso: string): string {
  return new Date(iso).toISOString().slice(11, 19);
}

/** "aujourd’hui", "demain", "hier", "dimanche 29 novembre", with the year when it is another one. */
export function dayOf(iso: string, now: string): string {
  const date = new Date(iso);
  const distance = dayNumber(date) - dayNumber(new Date(now));
  if (distance === 0) return 'aujourd’hui';
  if (distance === 1) return 'demain';
  if (distance === -1) return 'hier';
  const year = date.getUTCFullYear() === new Date(now).getUTCFullYear() ? '' : ` ${date.getUTCFullYear()}`;
  return `${dateOf(iso)}${year}`;
}

/** "dimanche 29 novembre", whatever day it is today: for words that are read later. */
export function dateOf(iso: string): string {
  const date = new Date(iso);
  const day = date.getUTCDate() === 1 ? '1er' : String(date.getUTCDate());
  return `${days[date.getUTCDay()]} ${day} ${months[date.getUTCMonth()]}`;
}

/** "aujourd’hui à 17 h 30". */
export function dayAndHourOf(iso: string, now: string): string {
  return `${dayOf(iso, now)} à ${hourOf(iso)}`;
}

/** The last whole day before an instant: bets that stand until midnight stand through that day. */
export function lastDayBefore(iso: string): string {
  return dateOf(new Date(Date.parse(iso) - 1).toISOString());
}

/** "aujourd’hui à 20:15:04". */
export function dayAndSecondOf(iso: string, now: string): string {
  return `${dayOf(iso, now)} à ${secondOf(iso)}`;
}

/** How long until then, in words: "dans 2 jours", "dans 3 h 05", "dans 12 min"; null when it has passed. */
export function untilOf(iso: string, now: string): string | null {
  const left = Date.parse(iso) - Date.parse(now);
  if (left <= 0) return null;
  const minutes = Math.ceil(left / 60_000);
  if (minutes < 60) return `dans ${minutes}\u00a0min`;
  if (left < DAY_MS) {
    const rest = minutes % 60;
    return `dans ${Math.floor(minutes / 60)}\u00a0h${rest === 0 ? '' : `\u00a0${String(rest).padStart(2, '0')}`}`;
  }
  const whole = dayNumber(new Date(iso)) - dayNumber(new Date(now));
  return whole === 1 ? 'demain' : `dans ${whole} jours`;
}

/** "1998-04-05" → "5 avril 1998"; "1998-04" → "avril 1998"; "1998" stays. */
export function partialDateOf(text: string): string {
  const [year, month, day] = text.split('-');
  if (month === undefined) return text;
  const name = months[Number(month) - 1] ?? month;
  return day === undefined ? `${name} ${year}` : `${day === '01' ? '1er' : Number(day)} ${name} ${year}`;
}

function dayNumber(date: Date): number {
  return Math.floor(date.getTime() / DAY_MS);
}
