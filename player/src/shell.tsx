/** What surrounds every page of the player's app: brand and balance above, the four doors below. */
import type { ComponentChildren } from 'preact';
import type { VisitorNotice } from '#core/api/access-pages.ts';
import type { Frame } from '#core/api/pages.ts';
import type { PlayerVisitor } from '#core/api/player-pages.ts';
import { type BoutNotice, type BoutNoticeKind, boutNotice } from '#ui/bout-notice.ts';
import { FormStart, Money } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon, type IconName } from '#ui/icons.tsx';
import { challengeTexts } from './challenge-texts.ts';
import { timeOf } from './play-texts.ts';
import { noticeTexts, shellTexts as texts } from './texts.ts';

/** From then on every page says how long its reader has been here. */
const SHOWN_FROM_MINUTES = 30;

/** As much of an address as a form takes as the way back. */
const BACK_PATH_MAX = 500;

export type Tab = 'bouts' | 'bets' | 'wallet' | 'me';

export function Shell({
  frame,
  tab,
  children,
}: {
  frame: Frame<PlayerVisitor>;
  tab: Tab | null;
  children: ComponentChildren;
}) {
  const { visitor } = frame;
  return (
    <>
      <a class="skip" href="#main">
        {texts.skip}
      </a>
      <header class="top">
        <a class="brand" href="/">
          <Icon name="drum" size={28} />
          {texts.brand}
        </a>
        {visitor === null && !isDoor(frame.path) && (
          <a class="btn" href={`/connexion?suite=${encodeURIComponent(frame.path)}`}>
            {texts.logIn}
          </a>
        )}
        {visitor !== null && (
          <a class="balance" href="/portefeuille">
            <span class="small mute">{visitor.isTest ? texts.play : texts.balance}</span>
            <b>
              <Money xof={visitor.availableXof} />
            </b>
          </a>
        )}
      </header>
      <div class="lace" />
      {visitor !== null && visitor.minutesHere >= SHOWN_FROM_MINUTES && (
        <p class="here small mute">{texts.here(timeOf(visitor.minutesHere))}</p>
      )}
      <main id="main">
        {visitor !== null && visitor.challengeCount > 0 && tab === 'bouts' && (
          <a class="note row between" href="/paris">
            {challengeTexts.waiting(visitor.challengeCount)}
            <b>{challengeTexts.see}</b>
          </a>
        )}
        {visitor?.notice != null && <NoticeCard notice={visitor.notice} frame={frame} />}
        {children}
      </main>
      <footer class="foot small mute">
        <p>
          <b class="age" aria-hidden="true">
            18+
          </b>{' '}
          {texts.age} {texts.helpLine} <a href="/jouer-responsable">{texts.responsible}</a>
        </p>
        <p>
          <a href="/regles">{texts.rules}</a> · <a href="/conditions">{texts.terms}</a> ·{' '}
          <a href="/lutteurs">{texts.wrestlers}</a>
        </p>
      </footer>
      <nav class="tabs" aria-label={texts.menu}>
        <TabLink href="/" icon="drum" name={texts.bouts} isHere={tab === 'bouts'} />
        <TabLink href="/paris" icon="bets" name={texts.bets} isHere={tab === 'bets'} />
        <TabLink href="/portefeuille" icon="wallet" name={texts.wallet} isHere={tab === 'wallet'} />
        <TabLink href="/moi" icon="person" name={texts.me} isHere={tab === 'me'} />
      </nav>
    </>
  );
}

/** Who is coming in is not asked to come in. */
function isDoor(path: string): boolean {
  return /^\/(connexion|inscription)(\/|\?|$)/.test(path);
}

function isOfBout(kind: VisitorNotice['kind']): kind is BoutNoticeKind {
  return kind.startsWith('bout_') || kind.startsWith('leg_');
}

function BoutNoticeText({ fr, wo }: BoutNotice) {
  return (
    <>
      <p>{fr}</p>
      <p class="small mute" lang="wo">
        {wo}
      </p>
    </>
  );
}

/** What he has to be told, on every page until he has read it. */
function NoticeCard({ notice, frame }: { notice: VisitorNotice; frame: Frame<PlayerVisitor> }) {
  const when = dayAndHourOf(notice.madeAt, frame.now);
  return (
    <aside class="note stack-s" aria-label={texts.notice}>
      {isOfBout(notice.kind) ? (
        <BoutNoticeText {...boutNotice(notice.kind, notice.detail)} />
      ) : (
        <p>{noticeTexts[notice.kind](notice.detail, when)}</p>
      )}
      <form class="row between" method="post" action={`/moi/avis/${notice.noticeId}/lu`}>
        <FormStart token={frame.formToken} />
        {frame.path.length <= BACK_PATH_MAX && <input type="hidden" name="suite" value={frame.path} />}
        {notice.kind === 'device_bound' && (
          <a class="btn btn-quiet" href="/moi/appareils">
            {noticeTexts.see}
          </a>
        )}
        {notice.kind === 'identity_decided' && (
          <a class="btn btn-quiet" href="/moi/identite">
            {noticeTexts.seeIdentity}
          </a>
        )}
        <button type="submit" class="btn">
          {noticeTexts.read}
        </button>
      </form>
    </aside>
  );
}

function TabLink({
  href,
  icon,
  name,
  isHere,
}: {
  href: string;
  icon: IconName;
  name: string;
  isHere: boolean;
}) {
  return (
    <a href={href} aria-current={isHere ? 'true' : undefined}>
      <Icon name={icon} />
      {name}
    </a>
  );
}
