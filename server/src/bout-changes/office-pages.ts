/**
 * The postponement desk: a form, what the change does to every bet, and one button that confirms what was read. When it
 * is no longer so, the same page comes back with what is so now.
 */
import type { ChangePreview, EndSaid, MoveSaid } from '#core/api/bout-change-pages.ts';
import { unfoughtEndings } from '#core/api/bout-changes.ts';
import type { officePages } from '#core/api/office-pages.ts';
import { RefusalError } from '#core/errors.ts';
import type { CloseDeps } from '../bouts/close-market.ts';
import { readLocalMinute } from '../desk/local-time.ts';
import { requireDesk } from '../desk/read-bout-desk.ts';
import type { OfficePages } from '../office-pages.ts';
import type { PageCall } from '../pages.ts';
import { cancelBout, previewCancellation } from './cancel-bout.ts';
import { postponeBout, previewPostponement } from './postpone-bout.ts';
import { type Effect, noticeOfMove } from './preview-change.ts';

export interface BoutChangePagesDeps extends CloseDeps {
  /** Called after a command has changed something that a bout's page shows. */
  readonly onBoutChanged: (boutId: number) => void;
}

type BoutCall = PageCall<(typeof officePages)['GET /combats/:boutId']>;
type ChangeCall = Pick<BoutCall, 'caller' | 'newSlip'> & { readonly params: BoutCall['params'] };

type Said = Readonly<Record<string, string | undefined>>;

export function registerBoutChangePages(site: OfficePages, deps: BoutChangePagesDeps): void {
  registerMove(site, deps);
  registerCallOff(site, deps);
}

function registerMove(site: OfficePages, deps: BoutChangePagesDeps): void {
  const { db } = deps;
  const form = async (call: ChangeCall, said: Said) => {
    const { subject } = await requireDesk(db, call.caller, boutIdOf(call));
    return { page: 'move' as const, view: { subject, said: moveSaid(said) } };
  };
  const preview = async (call: ChangeCall, typed: Said) => {
    const said = moveSaid(typed);
    const to = dateOf(said);
    const effect = await previewPostponement(db, call.caller, boutIdOf(call), to);
    const shown = await previewOf(deps, call, effect, noticeOfMove(effect, to));
    return { page: 'movePreview' as const, view: { ...shown, said } };
  };

  site.page('GET /combats/:boutId/report', (call) => form(call, call.query));
  site.form('POST /combats/:boutId/report/apercu', {
    whereIs: ({ boutId }, typed) => `/combats/${boutId}/report?${addressOf(moveSaid(typed))}`,
    act: async (call) => {
      const boutId = boutIdOf(call);
      const said = moveSaid(call.form);
      // What cannot be done is said beside the form.
      await previewPostponement(db, call.caller, boutId, dateOf(said));
      return { seeOther: `/combats/${boutId}/report/apercu?${addressOf(said)}` };
    },
    again: (call, { typed }) => form(call, typed),
  });
  site.page('GET /combats/:boutId/report/apercu', (call) => {
    const { reason, source } = call.query;
    const isWhole = call.problem === null && reason !== undefined && source !== undefined;
    return isWhole ? previewOrForm(call, call.query, preview, form) : form(call, call.query);
  });
  site.form('POST /combats/:boutId/report', {
    whereIs: ({ boutId }, typed) => `/combats/${boutId}/report/apercu?${addressOf(moveSaid(typed))}`,
    act: async (call) => {
      const boutId = boutIdOf(call);
      const { reason, source, previewed } = call.form;
      const scheduledAt = dateOf(moveSaid(call.form));
      const { operationId } = call.slip;
      await postponeBout(deps, call.caller, { operationId, boutId, scheduledAt, reason, source, previewed });
      deps.onBoutChanged(boutId);
      return { seeOther: `/combats/${boutId}?fait=report` };
    },
    again: (call, { typed }) => previewOrForm(call, typed, preview, form),
  });
}

function registerCallOff(site: OfficePages, deps: BoutChangePagesDeps): void {
  const { db } = deps;
  const form = async (call: ChangeCall, said: Said) => {
    const { subject } = await requireDesk(db, call.caller, boutIdOf(call));
    return { page: 'callOff' as const, view: { subject, said: endSaid(said) } };
  };
  const preview = async (call: ChangeCall, typed: Said) => {
    const said = endSaid(typed);
    const { ending } = said;
    if (ending === null) return form(call, typed);
    const effect = await previewCancellation(db, call.caller, boutIdOf(call), ending);
    const shown = await previewOf(deps, call, effect, ending);
    return { page: 'callOffPreview' as const, view: { ...shown, said: { ...said, ending } } };
  };

  site.page('GET /combats/:boutId/annulation', (call) => form(call, call.query));
  site.form('POST /combats/:boutId/annulation/apercu', {
    whereIs: ({ boutId }, typed) => `/combats/${boutId}/annulation?${addressOf(endSaid(typed))}`,
    act: async (call) => {
      const boutId = boutIdOf(call);
      const { ending, source } = call.form;
      await previewCancellation(db, call.caller, boutId, ending);
      return { seeOther: `/combats/${boutId}/annulation/apercu?${addressOf({ ending, source })}` };
    },
    again: (call, { typed }) => form(call, typed),
  });
  site.page('GET /combats/:boutId/annulation/apercu', (call) => {
    const isWhole = call.problem === null && call.query.source !== undefined;
    return isWhole ? previewOrForm(call, call.query, preview, form) : form(call, call.query);
  });
  site.form('POST /combats/:boutId/annulation', {
    whereIs: ({ boutId }, typed) => `/combats/${boutId}/annulation/apercu?${addressOf(endSaid(typed))}`,
    act: async (call) => {
      const boutId = boutIdOf(call);
      const { ending, source, previewed } = call.form;
      const { operationId } = call.slip;
      await cancelBout(deps, call.caller, { operationId, boutId, ending, source, previewed });
      deps.onBoutChanged(boutId);
      return { seeOther: `/combats/${boutId}?fait=annulation` };
    },
    again: (call, { typed }) => previewOrForm(call, typed, preview, form),
  });
}

function boutIdOf({ params }: Pick<ChangeCall, 'params'>): number {
  return Number(params.boutId);
}

function moveSaid({ scheduledAt = '', reason = '', source = '' }: Said): MoveSaid {
  return { scheduledAt, reason, source };
}

function endSaid({ ending, source = '' }: Said): EndSaid {
  return { ending: unfoughtEndings.find((one) => one === ending) ?? null, source };
}

/** ISO 8601; null when no date was given. */
function dateOf({ scheduledAt }: MoveSaid): string | null {
  return scheduledAt === '' ? null : readLocalMinute(scheduledAt);
}

/** What was said, to go on with it: nothing is kept on the server before the command. */
function addressOf(said: MoveSaid | EndSaid): string {
  const given = Object.entries(said).filter(([, text]) => text !== null && text !== '');
  return new URLSearchParams(given).toString();
}

async function previewOf(
  { db }: BoutChangePagesDeps,
  call: ChangeCall,
  effect: Effect,
  told: string,
): Promise<ChangePreview> {
  const { subject } = await requireDesk(db, call.caller, boutIdOf(call));
  return { subject, effect, told, slip: call.newSlip() };
}

/** Where there is nothing to read any more (a result was proposed meanwhile), the form, with what was said. */
async function previewOrForm<Preview, Form>(
  call: ChangeCall,
  said: Said,
  preview: (call: ChangeCall, said: Said) => Promise<Preview>,
  form: (call: ChangeCall, said: Said) => Promise<Form>,
): Promise<Preview | Form> {
  try {
    return await preview(call, said);
  } catch (error) {
    if (error instanceof RefusalError && error.refusal.code !== 'not_found') return form(call, said);
    throw error;
  }
}
