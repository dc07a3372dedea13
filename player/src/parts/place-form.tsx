/**
 * The form of a new offer. Without JavaScript it is a GET form whose answer is the slip to confirm. With it, the slip
 * stands under the finger and posts at once. Radios and fields stay the browser's own: no tap is lost before that.
 */

import { useEffect, useRef, useState } from 'preact/hooks';
import type { FormProblem, Frame } from '#core/api/pages.ts';
import type { BoutPageView, OfferChoice, PlayerVisitor } from '#core/api/player-pages.ts';
import { audiences, endChoices } from '#core/bet-paths.ts';
import {
  amountsForRatio,
  type PickedAmounts,
  type RatioChoice,
  ratioChoices,
  readRatio,
  stakeChoices,
} from '#core/choice.ts';
import { readDigits } from '#core/digits.ts';
import { formatXof, xof } from '#core/money.ts';
import type { RuleCard } from '#core/rule-card.ts';
import { Field } from '#ui/components.tsx';
import { useIsAlive } from '#ui/use-live.ts';
import { ratioText } from '../book-texts.ts';
import { boutTexts } from '../texts.ts';
import { AudienceChoice } from './audience.tsx';
import { SlipPanel } from './slip-panel.tsx';
import { useFreshSlip } from './use-fresh-slip.ts';
import { Disc } from './wrestlers.tsx';

interface Props {
  readonly view: BoutPageView;
  readonly ruleCard: RuleCard;
  readonly frame: Frame<PlayerVisitor>;
  readonly problem: FormProblem | null;
}

export function PlaceForm({ view, ruleCard, frame, problem }: Props) {
  const isAlive = useIsAlive();
  const [choice, setChoice] = useState(view.choice);
  const form = useRef<HTMLFormElement>(null);
  const { slip, freshen } = useFreshSlip(view.slip);
  const read = () => {
    if (form.current !== null) setChoice(readChoice(new FormData(form.current)));
  };
  // What was picked before the page came alive counts.
  useEffect(read, []);
  const take = ({ stakeXof, askXof }: PickedAmounts) => {
    for (const [name, amount] of Object.entries({ otherStakeXof: stakeXof, otherAskXof: askXof })) {
      const field = form.current?.elements.namedItem(name);
      if (!(field instanceof HTMLInputElement)) continue;
      field.value = String(amount);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  };
  const picked = pickedOf(choice, ruleCard);
  const hasPanel = isAlive && picked !== null;
  // The slip comes up from below: what was touched stays in sight.
  useEffect(() => {
    if (hasPanel) document.activeElement?.scrollIntoView({ block: 'nearest' });
  }, [hasPanel]);
  return (
    <section class="stack" id="defier" aria-labelledby="place">
      <h2 id="place">{boutTexts.place}</h2>
      <form
        ref={form}
        class="stack"
        method="get"
        action={`/combats/${view.boutId}/bulletin`}
        onInput={(event) => {
          keepOneAmount(event.currentTarget, event.target);
          freshen();
          read();
        }}
      >
        {view.marche !== null && <input type="hidden" name="marche" value={view.marche} />}
        <SideChoice view={view} />
        <StakeChoice view={view} problem={problem} />
        <RatioChoices
          view={view}
          ratio={choice.otherAskXof === null ? (choice.ratio ?? '1:1') : null}
          problem={problem}
        />
        <AudienceChoice first={view.choice} now={choice} />
        {!hasPanel && (
          <button type="submit" class="btn btn-go btn-wide">
            {boutTexts.seeSlip}
          </button>
        )}
      </form>
      {hasPanel && choice.side !== null && (
        <SlipPanel
          view={view}
          ruleCard={ruleCard}
          frame={frame}
          side={choice.side}
          picked={picked}
          audience={choice.audience}
          endsIn={choice.endsIn}
          slip={slip}
          problem={problem}
          movedFromXof={movedFrom(choice, picked)}
          take={take}
        />
      )}
    </section>
  );
}

function SideChoice({ view }: { view: BoutPageView }) {
  return (
    <fieldset class="field">
      <legend>{view.question.kind === 'winner' ? boutTexts.pick : view.question.question}</legend>
      <div class="picks">
        {(['A', 'B'] as const).map((side) => {
          const { pick } = view.question.sides[side];
          return (
            <label class={`pick pick-${side}`} key={side}>
              <input
                type="radio"
                name="side"
                value={side}
                required
                defaultChecked={view.choice.side === side}
              />
              {view.question.kind === 'winner' && <Disc name={pick} side={side} size="s" />}
              <span>{pick}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

function StakeChoice({ view, problem }: { view: BoutPageView; problem: FormProblem | null }) {
  const { stakeXof, otherStakeXof } = view.choice;
  return (
    <fieldset class="stack-s">
      <legend>{boutTexts.stake}</legend>
      <div class="chips chips-4">
        {stakeChoices.map((amount) => (
          <label class="chip" key={amount}>
            <input type="radio" name="stakeXof" value={amount} defaultChecked={stakeXof === amount} />
            <span>{formatXof(amount)}</span>
          </label>
        ))}
      </div>
      <Field
        form={SLIP_FORM}
        name="otherStakeXof"
        label={boutTexts.otherStake}
        isInline
        problem={problem}
        value={otherStakeXof === null ? '' : String(otherStakeXof)}
        unit="F"
        inputMode="numeric"
        autocomplete="off"
        maxLength={11}
      />
    </fieldset>
  );
}

function RatioChoices({
  view,
  ratio,
  problem,
}: {
  view: BoutPageView;
  /** As it is picked now; null when the other's stake is typed. */
  ratio: RatioChoice | null;
  problem: FormProblem | null;
}) {
  const first = view.choice;
  const isOpen =
    first.otherAskXof !== null || (first.ratio ?? '1:1') !== '1:1' || problem?.field === 'otherAskXof';
  return (
    <details class="card" open={isOpen}>
      <summary>
        {boutTexts.ratio}
        {ratio !== null && ` : ${ratioText(ratio)}`}
      </summary>
      <fieldset class="stack-s">
        <legend class="mute small only">{boutTexts.ratioHint}</legend>
        <div class="chips">
          {ratioChoices.map((value) => (
            <label class="chip" key={value}>
              <input
                type="radio"
                name="ratio"
                value={value}
                defaultChecked={(first.ratio ?? '1:1') === value}
              />
              <span>{ratioText(value)}</span>
            </label>
          ))}
        </div>
        <Field
          form={SLIP_FORM}
          name="otherAskXof"
          label={boutTexts.otherAsk}
          isInline
          problem={problem}
          value={first.otherAskXof === null ? '' : String(first.otherAskXof)}
          unit="F"
          inputMode="numeric"
          autocomplete="off"
          maxLength={11}
        />
      </fieldset>
    </details>
  );
}

const SLIP_FORM = 'GET /combats/:boutId/bulletin';

function readChoice(data: FormData): OfferChoice {
  const amount = (name: string) => readDigits(String(data.get(name) ?? '').trim());
  const side = data.get('side');
  const ratio = ratioChoices.find((value) => value === data.get('ratio'));
  return {
    side: side === 'A' || side === 'B' ? side : null,
    stakeXof: amount('stakeXof'),
    otherStakeXof: amount('otherStakeXof'),
    ratio: ratio ?? null,
    otherAskXof: amount('otherAskXof'),
    audience: audiences.find((value) => value === data.get('audience')) ?? null,
    endsIn: endChoices.find((value) => value === data.get('endsIn')) ?? null,
  };
}

/** The two amounts of a choice; null while it is not complete. */
function pickedOf(choice: OfferChoice, { limits }: RuleCard): PickedAmounts | null {
  const stakeXof = choice.otherStakeXof ?? choice.stakeXof;
  if (stakeXof === null || choice.side === null) return null;
  if (choice.otherAskXof !== null) return { stakeXof: xof(stakeXof), askXof: xof(choice.otherAskXof) };
  const ratio: RatioChoice = choice.ratio ?? '1:1';
  return amountsForRatio(stakeXof, readRatio(ratio), limits);
}

function movedFrom(choice: OfferChoice, picked: PickedAmounts): number | null {
  const stakeXof = choice.otherStakeXof ?? choice.stakeXof;
  return stakeXof === picked.stakeXof ? null : stakeXof;
}

/** A proposed amount and one of one's own exclude each other: the last one touched stays. */
function keepOneAmount(form: HTMLFormElement, touched: EventTarget | null): void {
  if (!(touched instanceof HTMLInputElement)) return;
  const pairs = [
    ['stakeXof', 'otherStakeXof'],
    ['ratio', 'otherAskXof'],
  ] as const;
  for (const [radios, text] of pairs) {
    const field = form.elements.namedItem(text);
    if (touched.name === radios && field instanceof HTMLInputElement) field.value = '';
    if (touched.name !== text || touched.value === '') continue;
    for (const radio of form.querySelectorAll<HTMLInputElement>(`input[name="${radios}"]`)) {
      radio.checked = false;
    }
  }
}
