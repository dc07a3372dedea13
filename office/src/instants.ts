/** Instants to the second and below: betting is closed at one, and people compare them. */

/** "21 h 14 min 32 s". */
export function secondOf(iso: string): string {
  const date = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getUTCHours()}\u00a0h\u00a0${two(date.getUTCMinutes())}\u00a0min\u00a0${two(date.getUTCSeconds())}\u00a0s`;
}

/** "21 h 14 min 32,480 s". */
export function instantOf(iso: string): string {
  const thousandths = String(new Date(iso).getUTCMilliseconds()).padStart(3, '0');
  return secondOf(iso).replace(/(\d\d)\u00a0s$/, `$1,${thousandths}\u00a0s`);
}
