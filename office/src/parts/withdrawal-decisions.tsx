/** Who said yes or no to a withdrawal, why and when: it stays to be read after the decision. */
import type { OfficePayoutViews } from '#core/api/payout-office-pages.ts';
import { Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { withdrawalTexts as texts } from '../payout-texts.ts';

type View = Pick<OfficePayoutViews['withdrawal'], 'withdrawal' | 'decisions'>;

export function Decisions({ view: { withdrawal, decisions }, now }: { view: View; now: string }) {
  const { approvals, approvalsRequired } = withdrawal;
  if (approvalsRequired === 0 && decisions.length === 0) return null;
  return (
    <section class="stack-s">
      <h2>{texts.decisions}</h2>
      <p>{texts.people(approvals, approvalsRequired)}</p>
      {decisions.map(({ name, approves, note, at }) => (
        <p class="card" key={name}>
          <b>{name}</b> <Tag tone={approves ? 'ok' : 'bad'}>{approves ? texts.yes : texts.no}</Tag>{' '}
          <span class="small mute">{dayAndHourOf(at, now)}</span>
          <br />
          {note}
        </p>
      ))}
    </section>
  );
}
