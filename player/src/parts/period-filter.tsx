import { periodPresets, presetsOf, type StatementPeriod } from '#core/statement.ts';
import { Field } from '#ui/components.tsx';
import { statementTexts } from '../statement-texts.ts';
import { Pill } from './pill.tsx';

const UNBOUNDED: StatementPeriod = { from: null, to: null };

const isSame = (one: StatementPeriod, other: StatementPeriod) =>
  one.from === other.from && one.to === other.to;

/** Has a pill: no dates at all, or one of the presets. */
export function hasPill(period: StatementPeriod, now: string): boolean {
  const presets = presetsOf(now);
  return [UNBOUNDED, ...periodPresets.map((name) => presets[name])].some((named) => isSame(named, period));
}

/** The periods that a tap chooses; `unbounded` names what is shown without dates. */
export function PeriodPills({
  period,
  unbounded,
  now,
  pathOf,
}: {
  period: StatementPeriod;
  unbounded: string;
  now: string;
  pathOf: (period: StatementPeriod) => string;
}) {
  const presets = presetsOf(now);
  return (
    <nav class="stack-s" aria-label={statementTexts.period}>
      <b>{statementTexts.period}</b>
      <div class="row wrap pills">
        <Pill href={pathOf(UNBOUNDED)} name={unbounded} isHere={isSame(UNBOUNDED, period)} />
        {periodPresets.map((name) => (
          <Pill
            href={pathOf(presets[name])}
            name={statementTexts.presets[name]}
            isHere={isSame(presets[name], period)}
            key={name}
          />
        ))}
      </div>
    </nav>
  );
}

/** Other days, in the form that asks `path`. */
export function PeriodFields({ path, period }: { path: string; period: StatementPeriod }) {
  return (['from', 'to'] as const).map((name) => (
    <Field
      form={`GET ${path}`}
      name={name}
      label={statementTexts[name]}
      type="date"
      problem={null}
      value={period[name] ?? ''}
      isInline
      key={name}
    />
  ));
}
