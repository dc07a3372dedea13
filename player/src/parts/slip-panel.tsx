/** What a new offer comes to, under the finger that chooses it: the sums, the better that is there, and the button. */
import type { FormProblem, Frame } from '#core/api/pages.ts';
import type { BoutPageView, OfferChoice, PlayerVisitor } from '#core/api/player-pages.ts';
import { slipPath } from '#core/bet-paths.ts';
import type { PickedAmounts } from '#core/choice.ts';
import type { Refusal } from '#core/errors.ts';
import { opposite, type Side } from '#core/market.ts';
import { formatXof } from '#core/money.ts';
import { isOnLadder, judgeAmounts } from '#core/offer.ts';
import { bestAvailable, withoutOwn } from '#core/order-book.ts';
import type { RuleCard } from '#core/rule-card.ts';
import { winnerSlip } from '#core/settlement.ts';
import { FormStart } from '#ui/components.tsx';
import { bestTexts } from '../book-texts.ts';
import { slipTexts } from '../texts.ts';
import { AudienceFields } from './audience.tsx';
import { BonusPart } from './bonus-part.tsx';
import { ShortSums } from './sums.tsx';

const DEPOSIT_MIN_XOF = 500;

/** The slip under the finger: what is posted is what is shown. */
export function SlipPanel({
  view,
  ruleCard,
  frame,
  side,
  picked,
  audience,
  endsIn,
  slip,
  problem,
  movedFromXof,
  take,
}: {
  view: BoutPageView;
  ruleCard: RuleCard;
  frame: Frame<PlayerVisitor>;
  side: Side;
  picked: PickedAmounts;
  audience: OfferChoice['audience'];
  endsIn: OfferChoice['endsIn'];
  slip: string | null;
  problem: FormProblem | null;
  movedFromXof: number | null;
  /** Puts other amounts into the slip. */
  take(amounts: PickedAmounts): void;
}) {
  const { stakeXof, askXof } = picked;
  const { limits, rates } = ruleCard;
  const refused = judgeAmounts(stakeXof, askXof, limits, rates);
  const asked = slipPath(view, { side, stakeXof, askXof, audience, endsIn });
  if (refused !== null || !isOnLadder(stakeXof, askXof, limits)) {
    return (
      <p class="panel problem" role="status">
        {refused !== null ? (
          sentenceFor(view, refused)
        ) : (
          <>
            {slipTexts.offLadder} <a href={asked}>{slipTexts.seeNearest}</a>
          </>
        )}
      </p>
    );
  }
  const sums = { ...winnerSlip(stakeXof, askXof, rates), opponentStakeXof: askXof };
  // Bonus money goes to what everybody can take, never into private challenges.
  const bonusXof = audience === null ? (frame.visitor?.bonusXof ?? 0) : 0;
  const availableXof = frame.visitor?.availableXof ?? stakeXof;
  const missingXof = Math.max(0, stakeXof - availableXof - bonusXof);
  return (
    <form class="panel stack-s" method="post" action={`/combats/${view.boutId}/defis`}>
      <FormStart token={frame.formToken} slip={slip} />
      <input type="hidden" name="side" value={side} />
      {view.marche !== null && <input type="hidden" name="marche" value={view.marche} />}
      <input type="hidden" name="stakeXof" value={stakeXof} />
      <input type="hidden" name="askXof" value={askXof} />
      <AudienceFields audience={audience} endsIn={endsIn} problem={problem} />
      {movedFromXof !== null && <p class="small">{slipTexts.moved(movedFromXof, stakeXof)}</p>}
      <ShortSums sums={sums} winsIf={view.question.sides[side].winsIf} />
      <BonusPart bonusXof={bonusXof} stakeXof={stakeXof} />
      {audience === null && (
        <Instead view={view} ruleCard={ruleCard} side={side} picked={picked} take={take} />
      )}
      <PlaceButton slip={slip} asked={asked} stakeXof={stakeXof} missingXof={missingXof} />
    </form>
  );
}

/** What comes next: to log in, to bring what is missing, or to place the offer. */
function PlaceButton({
  slip,
  asked,
  stakeXof,
  missingXof,
}: {
  slip: string | null;
  /** The slip's path with what was chosen. */
  asked: string;
  stakeXof: number;
  missingXof: number;
}) {
  const next = encodeURIComponent(asked);
  if (slip === null) {
    return (
      <a class="btn btn-go btn-wide" href={`/connexion?suite=${next}`}>
        {slipTexts.logIn}
      </a>
    );
  }
  if (missingXof > 0) {
    return (
      <>
        <p class="problem" role="status">
          {slipTexts.missing(missingXof)}
        </p>
        <a class="btn btn-go btn-wide" href={`/portefeuille/depot?manque=${missingXof}&suite=${next}`}>
          {slipTexts.deposit(Math.max(missingXof, DEPOSIT_MIN_XOF))}
        </a>
      </>
    );
  }
  return (
    <button type="submit" class="btn btn-go btn-wide">
      {slipTexts.place(stakeXof)}
    </button>
  );
}

/** The best there is, when nothing would meet these amounts at once. */
function Instead({
  view,
  ruleCard: { limits, rates },
  side,
  picked,
  take,
}: {
  view: BoutPageView;
  ruleCard: RuleCard;
  side: Side;
  picked: PickedAmounts;
  take(amounts: PickedAmounts): void;
}) {
  const facing = opposite(side);
  const levels = withoutOwn(view.live.book[facing], facing, view.ownOffers);
  const best = bestAvailable(levels, picked, limits, rates);
  if (best === null) return null;
  const { stakeXof, askXof } = best;
  return (
    <>
      <p class="small" role="status">
        {bestTexts.waits} {bestTexts.pays(winnerSlip(stakeXof, askXof, rates).netXof)}
      </p>
      <button type="button" class="btn btn-wide" onClick={() => take(best)}>
        {bestTexts.take(stakeXof, askXof)}
      </button>
    </>
  );
}

/** Names amounts only: the words that other refusals need stay out of this script. */
function sentenceFor(view: BoutPageView, { code, params }: Refusal): string {
  const sentence = view.sentences[code] ?? '';
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => formatXof(Number(params[name])));
}
