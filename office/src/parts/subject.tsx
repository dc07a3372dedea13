/** Which bout this is: the head of its desk and of the forms that belong to it. */
import type { DeskSubject } from '#core/api/desk-views.ts';
import type { Side } from '#core/market.ts';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { deskTexts, formTexts } from '../texts.ts';
import { GalaTags } from './tags.tsx';

export function SubjectHead({ subject, now }: { subject: DeskSubject; now: string }) {
  const { gala } = subject;
  return (
    <header class="stack-s">
      <div class="row between">
        <a class="back" href={`/galas/${gala.id}`}>
          <Icon name="back" size={18} />
          {gala.name}
        </a>
        <span class="row tags">
          <GalaTags gala={gala} />
        </span>
      </div>
      <h1>
        <span class="in-A">{subject.wrestlerA}</span> <span class="versus">{deskTexts.versus}</span>{' '}
        <span class="in-B">{subject.wrestlerB}</span>
      </h1>
      <p class="mute small">
        {[deskTexts.bout(subject.position), whenOf(subject, now), subject.title]
          .filter((part) => part !== null)
          .join(' · ')}
      </p>
    </header>
  );
}

export function whenOf({ scheduledAt, isUndated }: DeskSubject, now: string): string {
  return isUndated ? deskTexts.noDate : dayAndHourOf(scheduledAt, now);
}

/** The head of a form: the way back, and whose bout it is about. */
export function FormHead({ subject, title, hint }: { subject: DeskSubject; title: string; hint: string }) {
  return (
    <header class="stack-s">
      <a class="back" href={`/combats/${subject.boutId}`}>
        <Icon name="back" size={18} />
        {formTexts.back}
      </a>
      <p class="mute">{`${subject.wrestlerA} ${deskTexts.versus} ${subject.wrestlerB}`}</p>
      <h1>{title}</h1>
      <p class="mute">{hint}</p>
    </header>
  );
}

export function titleOf({ wrestlerA, wrestlerB }: DeskSubject): string {
  return `${wrestlerA} – ${wrestlerB}`;
}

export function nameOf(subject: DeskSubject, side: Side): string {
  return side === 'A' ? subject.wrestlerA : subject.wrestlerB;
}
