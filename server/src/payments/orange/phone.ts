/** Orange writes nine local digits where the house writes E.164. */

/** "770000000"; null: no mobile number of Senegal. */
export function toLocalDigits(phone: string): string | null {
  return /^\+221(7\d{8})$/.exec(phone)?.[1] ?? null;
}

/** Null: not what Orange writes for a number of Senegal. */
export function toE164(digits: string): string | null {
  const local = /^(?:\+?221)?(7\d{8})$/.exec(digits)?.[1];
  return local === undefined ? null : `+221${local}`;
}
