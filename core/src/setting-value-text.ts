/** Values of settings as people write and read them: "2,5 %", "4 h", "10 000 F". Exact both ways, never a float. */
import { readDigits } from './digits.ts';
import { formatXof } from './money.ts';
import { choiceTexts } from './setting-texts.ts';
import { type SettingDefinition, type SettingName, settingDefinitions } from './settings.ts';

/** Units of time a form offers, the longest first. */
export const timeUnits = ['d', 'h', 'min', 's', 'ms'] as const;
export type TimeUnit = (typeof timeUnits)[number];

const unitMs: Readonly<Record<TimeUnit, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  min: 60_000,
  s: 1_000,
  ms: 1,
};
export const timeUnitTexts: Readonly<Record<TimeUnit, string>> = {
  d: 'jours',
  h: 'heures',
  min: 'minutes',
  s: 'secondes',
  ms: 'millisecondes',
};
const shortTexts: Readonly<Record<TimeUnit, string>> = { d: 'jours', h: 'h', min: 'min', s: 's', ms: 'ms' };

/** A value of a setting in words. */
export function writeSetting(name: SettingName, value: number | string): string {
  const { unit }: SettingDefinition = settingDefinitions[name];
  if (typeof value === 'string') return choiceTexts[value] ?? value;
  switch (unit) {
    case 'xof':
      return formatXof(value);
    case 'bps':
      return `${percentOf(value)}\u00a0%`;
    case 'ms': {
      const { count, per } = splitTime(value);
      return `${count}\u00a0${per === 'd' && count === 1 ? 'jour' : shortTexts[per]}`;
    }
    default:
      return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  }
}

/** What a form's field holds for a value: digits, with the unit of time beside them. */
export function fieldOfSetting(
  name: SettingName,
  value: number | string,
): { readonly text: string; readonly per: TimeUnit | null } {
  const { unit }: SettingDefinition = settingDefinitions[name];
  if (typeof value === 'string') return { text: value, per: null };
  if (unit === 'bps') return { text: percentOf(value), per: null };
  if (unit !== 'ms') return { text: String(value), per: null };
  const { count, per } = splitTime(value);
  return { text: String(count), per };
}

/** What was typed, as a value of this setting's kind; null when it is none. Its bounds are judged elsewhere. */
export function readSetting(name: SettingName, text: string, per: TimeUnit | null): number | string | null {
  const { unit }: SettingDefinition = settingDefinitions[name];
  if (unit === 'choice') return text;
  if (unit === 'bps') return readPercent(text);
  const digits = readDigits(text);
  if (digits === null || unit !== 'ms') return digits;
  return per === null ? null : digits * unitMs[per];
}

function splitTime(valueMs: number): { readonly count: number; readonly per: TimeUnit } {
  const per = valueMs === 0 ? 's' : (timeUnits.find((unit) => valueMs % unitMs[unit] === 0) ?? 'ms');
  return { count: valueMs / unitMs[per], per };
}

/** 250 → "2,5". */
export function percentOf(bps: number): string {
  const rest = bps % 100;
  const decimals = rest === 0 ? '' : `,${String(rest).padStart(2, '0').replace(/0$/, '')}`;
  return `${(bps - rest) / 100}${decimals}`;
}

/** "2,5", "2.5 %" → 250; null when it is no percentage with two decimals at most. */
export function readPercent(text: string): number | null {
  const [, whole, decimals = ''] = /^(\d{1,3})(?:[.,](\d{1,2}))?(?:\s*%)?$/.exec(text) ?? [];
  return whole === undefined ? null : Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
}
