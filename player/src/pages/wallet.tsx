import type { PlayerViews } from '#core/api/player-pages.ts';
import { Money, Note, Sums } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { bonusTexts } from '../bonus-texts.ts';
import type { Page, Props } from '../page.ts';
import { MovementLine } from '../parts/movement-line.tsx';
import { walletTexts } from '../wallet-texts.ts';
import { automaticTexts, whyStayed, withdrawalStates, withdrawalTexts } from '../withdrawal-texts.ts';

type View = PlayerViews['wallet'];

export const walletPage: Page<View> = { tab: 'wallet', title: () => walletTexts.title, Main: WalletMain };

function WalletMain({ view, frame }: Props<View>) {
  const { wallet, movements } = view;
  return (
    <div class="stack-l">
      {view.news !== null && (
        <Note tone="ok" role="status">
          {walletTexts.news[view.news]}
        </Note>
      )}
      <section class="card stack">
        <h1 class="small mute">{walletTexts.title}</h1>
        <p class="purse">
          <Money xof={wallet.availableXof} />
        </p>
        {wallet.openXof + wallet.engagedXof + wallet.withdrawingXof > 0 && (
          <Sums
            lines={[
              { name: walletTexts.open, xof: wallet.openXof },
              { name: walletTexts.engaged, xof: wallet.engagedXof },
              { name: walletTexts.withdrawing, xof: wallet.withdrawingXof },
            ].filter((line) => line.xof > 0)}
          />
        )}
        {wallet.bonusXof > 0 && <BonusLine bonusXof={wallet.bonusXof} />}
        <div class="two">
          <a class="btn btn-go" href="/portefeuille/depot">
            <Icon name="down" />
            {walletTexts.deposit}
          </a>
          <a class="btn" href="/portefeuille/retrait">
            <Icon name="up" />
            {walletTexts.withdraw}
          </a>
        </div>
        <WeekLoss xof={view.weekLossXof} />
        {wallet.isTest && <p class="mute small">{walletTexts.play}</p>}
        <p class="small">
          <a href="/portefeuille/depots">{walletTexts.findDeposit}</a>
        </p>
        {wallet.bonusXof === 0 && (
          <p class="small">
            <a href="/portefeuille/bonus">{bonusTexts.title}</a>
          </p>
        )}
        <p class="small">
          {view.automatic.refusal !== null && `${automaticTexts.stayed(whyStayed(view.automatic.refusal))} `}
          <a href="/portefeuille/gains">{view.automatic.isOn ? automaticTexts.on : automaticTexts.off}</a>
        </p>
        <RoomLeft wallet={wallet} />
      </section>
      <OnTheWay withdrawals={view.withdrawals} now={frame.now} />
      <section class="stack-s">
        <h2>{walletTexts.last}</h2>
        {movements.length === 0 && <p class="mute">{walletTexts.none}</p>}
        <ul class="list">
          {movements.map((movement) => (
            <MovementLine movement={movement} now={frame.now} key={movement.transferId} />
          ))}
        </ul>
        {movements.length > 0 && (
          <a class="btn btn-wide" href="/portefeuille/releve">
            {walletTexts.statement}
          </a>
        )}
      </section>
    </div>
  );
}

function WeekLoss({ xof }: { xof: number }) {
  return (
    <p class="row between wrap small">
      <span>
        {xof < 0 ? walletTexts.weekGain : walletTexts.weekLoss} :{' '}
        <b>
          <Money xof={Math.abs(xof)} />
        </b>
      </span>
      <a href="/jouer-responsable#limites">{walletTexts.myLimits}</a>
    </p>
  );
}

function BonusLine({ bonusXof }: { bonusXof: number }) {
  return (
    <a class="row between" href="/portefeuille/bonus">
      <span>
        {bonusTexts.line}
        <br />
        <span class="mute small">{bonusTexts.hint}</span>
      </span>
      <b>
        <Money xof={bonusXof} />
      </b>
    </a>
  );
}

function OnTheWay({ withdrawals, now }: { withdrawals: View['withdrawals']; now: string }) {
  if (withdrawals.length === 0) return null;
  return (
    <section class="stack-s">
      <h2>{withdrawalTexts.onTheWay}</h2>
      <ul class="list">
        {withdrawals.map(({ operationId, amountXof, state, requestedAt }) => (
          <li key={operationId}>
            <a href={`/portefeuille/retraits/${operationId}`}>
              <span>
                <span>{withdrawalStates[state]}</span>
                <span class="mute small">{dayAndHourOf(requestedAt, now)}</span>
              </span>
              <b>
                <Money xof={amountXof} />
              </b>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the ceilings leave, and how to raise them. */
function RoomLeft({ wallet: { availableXof, room } }: { wallet: View['wallet'] }) {
  return (
    <div class="stack-s small mute">
      <p>
        {room.mayDeposit ? walletTexts.depositLeft(room.depositLeftXof) : walletTexts.noDeposit}
        {room.withdrawalLeftXof !== null && ` ${walletTexts.withdrawalLeft(room.withdrawalLeftXof)}`}
      </p>
      {availableXof > room.balanceMaxXof && <p>{walletTexts.aboveCeiling(room.balanceMaxXof)}</p>}
      <Raise tier={room.tier} />
    </div>
  );
}

function Raise({ tier }: { tier: View['wallet']['room']['tier'] }) {
  if (tier === 'identified') return null;
  return (
    <p>
      <a href="/moi/identite">{walletTexts.raise}</a>
    </p>
  );
}
