/** What an operator picks as he opens a market: when its winners are paid. */
import type { FormProblem } from '#core/api/pages.ts';
import type { PayoutPolicy } from '#core/rule-card.ts';
import { fieldState, Problem, typedOr } from '#ui/components.tsx';
import { marketTexts as texts } from '../market-texts.ts';

const policies = ['verdict', 'homologation'] as const satisfies readonly PayoutPolicy[];

export function PayoutPolicyFields({
  form,
  problem,
  standing,
}: {
  form: string;
  problem: FormProblem | null;
  /** What the market has before it is opened. */
  standing: PayoutPolicy;
}) {
  const picked = typedOr(problem, form, 'payoutPolicy', standing);
  return (
    <fieldset class="stack-s">
      <legend>{texts.policyLegend}</legend>
      <div class="stack-s">
        {policies.map((policy) => (
          <label class="pick" key={policy}>
            <input
              type="radio"
              name="payoutPolicy"
              value={policy}
              required
              defaultChecked={picked === policy}
              {...fieldState(problem, form, 'payoutPolicy')}
            />
            <span>
              <b>{texts.policies[policy]}</b>
              <br />
              <span class="mute small">{texts.policyHints[policy]}</span>
            </span>
          </label>
        ))}
      </div>
      <Problem problem={problem} form={form} field="payoutPolicy" />
    </fieldset>
  );
}
