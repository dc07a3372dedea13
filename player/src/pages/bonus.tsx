import type { PlayerViews } from '#core/api/player-pages.ts';
import { Money } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { bonusReasonTexts, bonusRefusalTexts, referralTexts, bonusTexts as texts } from '../bonus-texts.ts';
import type { Page, Props } from '../page.ts';
import { MovementLine } from '../parts/movement-line.tsx';

type BonusView = PlayerViews['bonus'];
type ReferralView = PlayerViews['referral'];

export const bonusPage: Page<BonusView> = { tab: 'wallet', title: () => texts.title, Main: BonusMain };

function BonusMain({ view: { bonus, movements, next }, frame }: Props<BonusView>) {
  return (
    <div class="stack-l">
      <section class="card stack">
        <h1 class="small mute">{texts.title}</h1>
        <p class="purse">
          <Money xof={bonus.balanceXof} />
        </p>
        <p>{texts.hint}</p>
        <ul class="marks small">
          {texts.rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
        <a class="btn btn-wide" href="/parrainer">
          {texts.invite}
        </a>
      </section>
      <section class="stack-s">
        <h2>{texts.given}</h2>
        {bonus.grants.length === 0 && (
          <p class="mute">
            {texts.noneGiven}
            {bonus.firstLostBetBackMaxXof > 0 && ` ${texts.firstBet(bonus.firstLostBetBackMaxXof)}`}
          </p>
        )}
        <ul class="list">
          {bonus.grants.map(({ grantId, reason, amountXof, refusal, decidedAt }) => (
            <li class="row between line" key={grantId}>
              <span class="grow">
                <span>{bonusReasonTexts[reason]}</span>
                <span class="mute small movement-about">{dayAndHourOf(decidedAt, frame.now)}</span>
                {refusal !== null && (
                  <span class="mute small movement-about">{bonusRefusalTexts[refusal]}</span>
                )}
              </span>
              {refusal === null && (
                <b class="gain">
                  <Money xof={amountXof} sign />
                </b>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section class="stack-s">
        <h2>{texts.movements}</h2>
        {movements.length === 0 && <p class="mute">{texts.none}</p>}
        <ul class="list">
          {movements.map((movement) => (
            <MovementLine movement={movement} now={frame.now} key={movement.transferId} />
          ))}
        </ul>
        {next !== null && (
          <a class="btn btn-wide" href={`/portefeuille/bonus?before=${encodeURIComponent(next)}`}>
            {texts.older}
          </a>
        )}
      </section>
    </div>
  );
}

export const referralPage: Page<ReferralView> = {
  tab: 'me',
  title: () => referralTexts.title,
  Main: ReferralMain,
};

function ReferralMain({ view: { referral, mayInvite }, frame }: Props<ReferralView>) {
  const { code, link, referralXof, friends } = referral;
  return (
    <div class="stack-l">
      <section class="card stack">
        <h1>{referralTexts.title}</h1>
        {mayInvite ? (
          <Invitation code={code} link={link} each={referralXof} />
        ) : (
          <p>{referralTexts.mayNot}</p>
        )}
        <ul class="marks small">
          {[...referralTexts.rules, referralTexts.max(referral.friendsMax)].map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
        <p class="small">
          <a href="/portefeuille/bonus">{texts.title}</a>
        </p>
      </section>
      <section class="stack-s">
        <h2>{referralTexts.friends}</h2>
        {friends.length === 0 && <p class="mute">{referralTexts.noFriends}</p>}
        <ul class="list">
          {friends.map(({ pseudonym, signedUpAt, state, amountXof, refusal }) => (
            <li class="row between line" key={pseudonym}>
              <span class="grow">
                <span>{pseudonym}</span>
                <span class="mute small movement-about">{dayAndHourOf(signedUpAt, frame.now)}</span>
                <span class="mute small movement-about">
                  {refusal === null ? referralTexts.states[state] : bonusRefusalTexts[refusal]}
                </span>
              </span>
              {amountXof > 0 && (
                <b class="gain">
                  <Money xof={amountXof} sign />
                </b>
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Invitation({ code, link, each }: { code: string; link: string; each: number }) {
  const text = referralTexts.share(code, each, link);
  return (
    <>
      <p>{each > 0 ? referralTexts.lead(each) : referralTexts.noBonusNow}</p>
      <p class="row between">
        <span class="mute">{referralTexts.code}</span>
        <b class="big">{code}</b>
      </p>
      <a class="btn btn-go btn-wide" href={`https://wa.me/?text=${encodeURIComponent(text)}`}>
        {referralTexts.whatsapp}
      </a>
      <div class="field">
        <label class="small" for="share">
          {referralTexts.text}
        </label>
        <textarea class="input" id="share" rows={7} readOnly>
          {text}
        </textarea>
      </div>
    </>
  );
}
