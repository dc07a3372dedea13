/** A PIN: digits that nobody beside reads, and that never come back with a page. */
import type { FormProblem } from '#core/api/pages.ts';
import { fieldState, Problem } from '#ui/components.tsx';

export function PinField({
  form,
  name,
  label,
  hint,
  problem,
  isNew = false,
}: {
  form: string;
  name: string;
  label: string;
  hint?: string;
  problem: FormProblem | null;
  isNew?: boolean;
}) {
  const hintId = hint === undefined ? undefined : `${name}-hint`;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        class="input"
        id={name}
        name={name}
        type="password"
        inputMode="numeric"
        autocomplete={isNew ? 'new-password' : 'current-password'}
        pattern="[0-9]{4,6}"
        maxLength={6}
        required
        {...fieldState(problem, form, name, hintId)}
      />
      {hint !== undefined && (
        <p class="mute small" id={hintId}>
          {hint}
        </p>
      )}
      <Problem problem={problem} form={form} field={name} />
    </div>
  );
}
