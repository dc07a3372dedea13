/** What a line of the audit log was aimed at: "market 12" → "marché 12", with the way there when it has a page. */
import type { OfficeViews } from '#core/api/office-pages.ts';
import { settingTexts } from '#core/setting-texts.ts';
import { isSettingName } from '#core/settings.ts';
import { journalTexts } from '../journal-texts.ts';
import { nameAccount } from '../reconciliation-texts.ts';

type Providers = OfficeViews['journal']['providers'];

export function AuditTarget({ target, providers }: { target: string; providers: Providers }) {
  const { kind, id } = partsOf(target);
  const kinds: Readonly<Record<string, string>> = journalTexts.targets;
  const pages: Readonly<Record<string, string>> = { gala: '/galas/', bout: '/combats/' };
  const text = [kinds[kind] ?? kind, nameOf(kind, id, providers)].join(' ').trim();
  const page = pages[kind];
  return page === undefined || id === '' ? <span>{text}</span> : <a href={`${page}${id}`}>{text}</a>;
}

/** Some kinds are two words, and stand alone. */
function partsOf(target: string): { readonly kind: string; readonly id: string } {
  if (Object.hasOwn(journalTexts.targets, target)) return { kind: target, id: '' };
  const [kind = '', ...id] = target.split(' ');
  return { kind, id: id.join(' ') };
}

function nameOf(kind: string, id: string, providers: Providers): string {
  if (kind === 'setting') return isSettingName(id) ? `« ${settingTexts[id].label} »` : id;
  if (kind === 'provider') return providers.find(({ name }) => name === id)?.label ?? id;
  if (kind === 'account') return nameOfAccount(id, providers);
  // Ids of people and of their things say nothing to a reader.
  return kind === 'phone' || kind === 'route' || /^\d+$/.test(id) ? id : '';
}

function nameOfAccount(id: string, providers: Providers): string {
  for (const { label, accounts } of providers) {
    const isOne = accounts.deposits === accounts.withdrawals;
    if (accounts.deposits === id) return nameAccount({ label, use: isOne ? null : 'deposits' });
    if (accounts.withdrawals === id) return nameAccount({ label, use: 'withdrawals' });
  }
  return id;
}
