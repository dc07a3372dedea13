/** Whom a new offer is for, and until when. The number itself is asked where the form posts: never in an address. */
import type { FormProblem } from '#core/api/pages.ts';
import type { OfferChoice } from '#core/api/player-pages.ts';
import { type Audience, type EndChoice, endChoices } from '#core/bet-paths.ts';
import { Field } from '#ui/components.tsx';
import { audienceTexts as texts } from '../challenge-texts.ts';

const PLACE_FORM = 'POST /combats/:boutId/defis';

/** `first` is what the page came with, `now` what is picked. */
export function AudienceChoice({ first, now }: { first: OfferChoice; now: OfferChoice }) {
  const names = { phone: texts.phone, link: texts.link } as const;
  return (
    <details class="card" open={first.audience !== null || first.endsIn !== null}>
      <summary>
        {`${texts.title} : ${now.audience === null ? texts.everybody.toLowerCase() : names[now.audience].toLowerCase()}`}
      </summary>
      <fieldset class="stack-s">
        <legend class="mute small only">{texts.title}</legend>
        <div class="chips">
          <Chip name="audience" value="" label={texts.everybody} isChecked={first.audience === null} />
          <Chip name="audience" value="phone" label={texts.phone} isChecked={first.audience === 'phone'} />
          <Chip name="audience" value="link" label={texts.link} isChecked={first.audience === 'link'} />
        </div>
      </fieldset>
      <fieldset class="stack-s">
        <legend class="mute small only">{texts.end}</legend>
        <div class="chips chips-2">
          <Chip name="endsIn" value="" label={texts.close} isChecked={first.endsIn === null} />
          {endChoices.map((hours) => (
            <Chip
              key={hours}
              name="endsIn"
              value={hours}
              label={texts.hours(hours)}
              isChecked={first.endsIn === hours}
            />
          ))}
        </div>
      </fieldset>
    </details>
  );
}

function Chip({
  name,
  value,
  label,
  isChecked,
}: {
  name: string;
  value: string;
  label: string;
  isChecked: boolean;
}) {
  return (
    <label class="chip">
      <input type="radio" name={name} value={value} defaultChecked={isChecked} />
      <span>{label}</span>
    </label>
  );
}

/** The same in the form that posts: what was picked, and the number when it is for one. */
export function AudienceFields({
  audience,
  endsIn,
  problem,
}: {
  audience: Audience | null;
  endsIn: EndChoice | null;
  problem: FormProblem | null;
}) {
  return (
    <>
      {audience !== null && <input type="hidden" name="audience" value={audience} />}
      {endsIn !== null && <input type="hidden" name="endsIn" value={endsIn} />}
      {audience === 'phone' && (
        <Field
          form={PLACE_FORM}
          name="invitedPhone"
          label={texts.invited}
          hint={texts.invitedHint}
          type="tel"
          inputMode="tel"
          autocomplete="off"
          maxLength={30}
          required
          problem={problem}
        />
      )}
      {audience === 'link' && <p class="small">{texts.linkHint}</p>}
      {endsIn !== null && <p class="small">{texts.endsIn(endsIn)}</p>}
    </>
  );
}
