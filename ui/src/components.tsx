/** The pieces both apps are made of. Native elements; everything works before, and without, JavaScript. */
import type { ComponentChildren } from 'preact';
import type { FormProblem } from '#core/api/pages.ts';
import { formatXof } from '#core/money.ts';
import { Icon, type IconName } from './icons.tsx';

/** An amount: groups and unit for the eye, plain digits and the word for the ear. */
export function Money({ xof, sign = false }: { xof: number; sign?: boolean }) {
  const mark = xof < 0 ? '−' : sign && xof > 0 ? '+' : '';
  return (
    <span class="xof">
      <span aria-hidden="true">{`${mark}${formatXof(Math.abs(xof))}`}</span>
      <span class="vh">{`${xof < 0 ? 'moins ' : ''}${Math.abs(xof)} francs`}</span>
    </span>
  );
}

/** The hidden fields every form of ours begins with. */
export function FormStart({ token, slip }: { token: string; slip?: string | null }) {
  return (
    <>
      <input type="hidden" name="jeton" value={token} />
      {slip != null && <input type="hidden" name="slip" value={slip} />}
    </>
  );
}

/** The sentence of a refused form, or of one that waited for a confirmation; with `field`, only what concerns that field. */
export function Problem({
  problem,
  form,
  field,
}: {
  problem: FormProblem | null;
  form: string;
  field?: string | undefined;
}) {
  if (problem === null || problem.form !== form) return null;
  if (field !== undefined) {
    return problem.field === field ? (
      <p class="problem" id={problemId(field)} role="alert">
        {problem.sentence}
      </p>
    ) : null;
  }
  return problem.field === null ? (
    <p class={problem.code === 'step_up_required' ? 'note note-ok' : 'note note-bad'} role="alert">
      {problem.sentence}
    </p>
  ) : null;
}

export function problemId(field: string): string {
  return `${field}-problem`;
}

/** Attributes of an input whose field may be refused. */
export function fieldState(problem: FormProblem | null, form: string, field: string, hintId?: string) {
  const isBad = problem !== null && problem.form === form && problem.field === field;
  const described = [isBad ? problemId(field) : undefined, hintId].filter((id) => id !== undefined).join(' ');
  return {
    ...(isBad ? { 'aria-invalid': 'true' as const } : {}),
    ...(described === '' ? {} : { 'aria-describedby': described }),
  };
}

/** What was typed in this form, when it comes back; `otherwise` at first. */
export function typedOr(problem: FormProblem | null, form: string, field: string, otherwise: string): string {
  return problem !== null && problem.form === form ? (problem.typed[field] ?? '') : otherwise;
}

export function Field({
  form,
  name,
  label,
  hint,
  problem,
  value = '',
  unit,
  isInline,
  id = name,
  ...input
}: {
  form: string;
  name: string;
  /** When the page has several fields of this name. */
  id?: string;
  label: string;
  hint?: string | undefined;
  problem: FormProblem | null;
  value?: string;
  unit?: string;
  /** The label stands beside a short field. */
  isInline?: boolean;
  type?: 'text' | 'tel' | 'time' | 'date' | 'datetime-local';
  step?: number;
  inputMode?: 'numeric' | 'tel' | 'text';
  autocomplete?: string;
  maxLength?: number;
  pattern?: string;
  title?: string;
  placeholder?: string;
  required?: boolean;
  autofocus?: boolean;
}) {
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  const control = (
    <input
      class="input"
      id={id}
      name={name}
      {...input}
      list={undefined}
      // Uncontrolled: a live page that draws itself again leaves what is being typed alone.
      defaultValue={typedOr(problem, form, name, value)}
      {...fieldState(problem, form, name, hintId)}
    />
  );
  return (
    <div class={isInline === true ? 'field inline' : 'field'}>
      <label for={id}>{label}</label>
      {unit === undefined ? (
        control
      ) : (
        <div class="unit">
          {control}
          <span aria-hidden="true">{unit}</span>
        </div>
      )}
      {hint !== undefined && (
        <p class="mute small" id={hintId}>
          {hint}
        </p>
      )}
      <Problem problem={problem} form={form} field={name} />
    </div>
  );
}

export function Tag({
  tone,
  icon,
  children,
}: {
  tone?: 'ok' | 'bad' | 'ochre';
  icon?: IconName;
  children: ComponentChildren;
}) {
  return (
    <span class={tone === undefined ? 'tag' : `tag tag-${tone}`}>
      {icon !== undefined && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}

export function Note({
  tone,
  role,
  children,
}: {
  tone?: 'ok' | 'bad';
  role?: 'status' | 'alert';
  children: ComponentChildren;
}) {
  return (
    <div class={tone === undefined ? 'note' : `note note-${tone}`} role={role}>
      {children}
    </div>
  );
}

/** Lines of a sum: a name and an amount each; the last one is the total when `isSum`. */
export function Sums({ lines }: { lines: readonly { name: string; xof: number; isSum?: boolean }[] }) {
  return (
    <dl class="dl">
      {lines.map(({ name, xof, isSum }) => (
        <>
          <dt class={isSum === true ? 'sum' : 'mute'}>{name}</dt>
          <dd class={isSum === true ? 'sum' : undefined}>
            <Money xof={xof} />
          </dd>
        </>
      ))}
    </dl>
  );
}
