/**
 * The commands that the bout's state allows, and only those: what is forbidden is not there. The operations decide
 * again; what they refuse comes back as a sentence beside its button.
 */
import type { ComponentChildren } from 'preact';
import type { DeskSlips, DeskSubject, LiveDesk } from '#core/api/desk-views.ts';
import type { OfficeVisitor } from '#core/api/office-pages.ts';
import type { FormProblem, Frame } from '#core/api/pages.ts';
import { type MarketState, mayBecome } from '#core/market.ts';
import { FormStart, Money, Problem } from '#ui/components.tsx';
import { Icon } from '#ui/icons.tsx';
import { changeTexts } from '../change-texts.ts';
import { secondOf } from '../instants.ts';
import { runsGalas } from '../may.ts';
import { resultTexts } from '../result-texts.ts';
import { deskTexts, verdictOf } from '../texts.ts';
import { PayoutPolicyFields } from './payout-policy.tsx';
import { Preview } from './result-changes.tsx';
import { nameOf } from './subject.tsx';

export interface DeskProps {
  readonly subject: DeskSubject;
  readonly live: LiveDesk;
  readonly slips: DeskSlips;
  readonly frame: Frame<OfficeVisitor>;
  readonly problem: FormProblem | null;
  readonly now: string;
}

type Action =
  | 'ouvrir'
  | 'suspendre'
  | 'reprendre'
  | 'sifflet'
  | 'vrai-sifflet/confirmer'
  | 'resultat/retirer'
  | 'resultat/confirmer';

export function keyOf(action: Action): string {
  return `POST /combats/:boutId/${action}`;
}

/** Which forms are on the page now: a problem of another one is told on top. */
export function actionsOf({ live, frame }: Pick<DeskProps, 'live' | 'frame'>): Action[] {
  const { state, whistle, result } = live;
  if (!runsGalas(frame.visitor)) return [];
  const isMine = (by: { readonly staffId: string } | null) => by?.staffId === frame.visitor?.staffId;
  if (!isStopped(live)) {
    if (state === 'draft') return ['ouvrir'];
    return [
      ...(mayBecome(state, 'suspended') ? (['suspendre'] as const) : []),
      ...(mayBecome(state, 'open') ? (['reprendre'] as const) : []),
      ...(mayBecome(state, 'closed') ? (['sifflet'] as const) : []),
    ];
  }
  // Held until its homologation: what is still to do is on the page of the results.
  if (isConfirmed(live)) return [];
  const waits = whistle !== null && whistle.confirmedBy === null;
  return [
    ...(waits && !isMine(whistle.proposedBy) ? (['vrai-sifflet/confirmer'] as const) : []),
    ...(result === null ? [] : (['resultat/retirer'] as const)),
    ...(result !== null && !waits && !waitsForRoot(live) && !isMine(result.proposedBy)
      ? (['resultat/confirmer'] as const)
      : []),
  ];
}

/** Closed; or called off before anything was opened. */
function isStopped({ state, boutState }: LiveDesk): boolean {
  return state === 'closed' || (state === 'draft' && boutState !== 'announced');
}

/** What was bet has to be published before a result is confirmed. */
function waitsForRoot({ state, root }: LiveDesk): boolean {
  return state === 'closed' && root === null;
}

function isConfirmed({ result }: LiveDesk): boolean {
  return result !== null && (result.confirmedAt !== null || result.version > 1);
}

function ResultsLink({ subject }: DeskProps) {
  return (
    <a class="btn btn-quiet" href={`/combats/${subject.boutId}/resultats`}>
      {resultTexts.link}
    </a>
  );
}

export function DeskCommands(props: DeskProps) {
  const { live } = props;
  const actions = actionsOf(props);
  if (live.state === 'settling' || live.state === 'settled' || isConfirmed(live)) {
    return <ResultsLink {...props} />;
  }
  // Who only reads sees what is proposed, and has nothing to press before the close.
  if (!isStopped(live) && !runsGalas(props.frame.visitor)) return null;
  return (
    <section class="stack" aria-label={deskTexts.commands}>
      {isStopped(live) ? (
        <AfterClose {...props} actions={actions} />
      ) : (
        <BeforeClose {...props} actions={actions} />
      )}
    </section>
  );
}

type WithActions = DeskProps & { readonly actions: readonly Action[] };

function BeforeClose(props: WithActions) {
  const { subject, live, slips, actions, now } = props;
  const hasPassed = Date.parse(live.hardStopAt) <= Date.parse(now);
  return (
    <>
      {actions.includes('ouvrir') && !hasPassed && (
        <CommandForm
          {...props}
          action="ouvrir"
          slip={slips.open}
          look="btn-go btn-wide"
          text={deskTexts.open}
        >
          <PayoutPolicyFields form={keyOf('ouvrir')} problem={props.problem} standing="verdict" />
        </CommandForm>
      )}
      {actions.includes('reprendre') && !hasPassed && (
        <CommandForm
          {...props}
          action="reprendre"
          slip={slips.resume}
          look="btn-wide"
          text={isOneOfMany(live, 'suspended') ? deskTexts.resumeAll : deskTexts.resume}
        />
      )}
      {actions.includes('suspendre') && !hasPassed && (
        <CommandForm
          {...props}
          action="suspendre"
          slip={slips.suspend}
          look="btn-wide"
          text={isOneOfMany(live, 'open') ? deskTexts.suspendAll : deskTexts.suspend}
        />
      )}
      {!hasPassed && (
        <a class="btn btn-quiet" href={`/combats/${subject.boutId}/heure-limite`}>
          <Icon name="clock" size={20} />
          {deskTexts.moveHardStop}
        </a>
      )}
      <ChangeLinks {...props} />
    </>
  );
}

/** A bout that does not go as it was announced. */
function ChangeLinks({ subject: { boutId } }: DeskProps) {
  return (
    <nav class="stack-s" aria-labelledby="changes">
      <h2 class="small mute" id="changes">
        {changeTexts.title}
      </h2>
      <a class="btn btn-quiet" href={`/combats/${boutId}/report`}>
        {changeTexts.move}
      </a>
      <a class="btn btn-quiet" href={`/combats/${boutId}/annulation`}>
        {changeTexts.callOff}
      </a>
    </nav>
  );
}

/** Whether the command is about several questions at once. */
function isOneOfMany({ markets }: LiveDesk, state: MarketState): boolean {
  return markets.filter((market) => market.state === state).length > 1;
}

/** Stays under the thumb while betting is open. */
export function WhistleBar(props: DeskProps) {
  if (!actionsOf(props).includes('sifflet')) return null;
  const { subject, slips, frame, problem } = props;
  return (
    <div class="whistle-bar">
      <Problem problem={problem} form={keyOf('sifflet')} />
      <form method="post" action={`/combats/${subject.boutId}/sifflet`}>
        <FormStart token={frame.formToken} slip={slips.whistle} />
        <button type="submit" class="btn whistle">
          <Icon name="whistle" size={32} />
          <span>
            <b class="whistle-name">{deskTexts.whistle}</b>
            <span class="small">{deskTexts.whistleHint}</span>
          </span>
        </button>
      </form>
    </div>
  );
}

function AfterClose(props: WithActions) {
  const { subject, live } = props;
  const { boutId } = subject;
  const mayRun = runsGalas(props.frame.visitor);
  return (
    <>
      {live.whistle !== null && live.whistle.confirmedBy === null && (
        <WhistleProposal {...props} whistle={live.whistle} />
      )}
      {live.result !== null && <ResultProposal {...props} result={live.result} />}
      {live.result !== null && <ResultsLink {...props} />}
      {live.result === null &&
        (waitsForRoot(live) ? (
          <p class="note" role="status">
            {deskTexts.rootWait}
          </p>
        ) : (
          mayRun && (
            <a class="btn btn-go btn-wide" href={`/combats/${boutId}/resultat`}>
              {deskTexts.proposeResult}
            </a>
          )
        ))}
      {mayRun && (live.whistle === null || live.whistle.confirmedBy !== null) && (
        <a class="btn btn-quiet" href={`/combats/${boutId}/vrai-sifflet`}>
          <Icon name="clock" size={20} />
          {deskTexts.earlier}
        </a>
      )}
      {mayRun && live.result === null && <ChangeLinks {...props} />}
      {mayRun && live.result?.ending === 'opponent_replaced' && (
        <a class="btn btn-quiet" href={`/galas/${subject.gala.id}/combats/nouveau`}>
          <Icon name="plus" size={20} />
          {changeTexts.addBout}
        </a>
      )}
    </>
  );
}

function WhistleProposal(props: WithActions & { readonly whistle: NonNullable<LiveDesk['whistle']> }) {
  const { whistle, subject, slips, actions, frame } = props;
  const isMine = whistle.proposedBy.staffId === frame.visitor?.staffId;
  return (
    <section class="card stack todo-card" aria-labelledby="whistle-title">
      <h2 id="whistle-title">{deskTexts.trueWhistle}</h2>
      <p>
        <b class="big xof">{secondOf(whistle.at)}</b>
        <br />
        <span class="mute small">{whistle.proposedBy.name}</span>
      </p>
      <p>
        {deskTexts.late(whistle.lateCount)}{' '}
        {whistle.lateCount > 0 && (
          <>
            <Money xof={whistle.lateXof} /> {deskTexts.lateBack}
          </>
        )}
      </p>
      {isMine && <Waiting />}
      {actions.includes('vrai-sifflet/confirmer') && (
        <CommandForm
          {...props}
          action="vrai-sifflet/confirmer"
          slip={slips.confirmWhistle}
          hidden={['at', whistle.at]}
          look="btn-go btn-wide"
          text={deskTexts.confirmWhistle(secondOf(whistle.at))}
        />
      )}
      {runsGalas(frame.visitor) && (
        <a class="btn btn-quiet" href={`/combats/${subject.boutId}/vrai-sifflet`}>
          {deskTexts.changeTime}
        </a>
      )}
    </section>
  );
}

function ResultProposal(props: WithActions & { readonly result: NonNullable<LiveDesk['result']> }) {
  const { result, subject, live, slips, actions, frame } = props;
  const isMine = result.proposedBy?.staffId === frame.visitor?.staffId;
  const waitsForWhistle = live.whistle !== null && live.whistle.confirmedBy === null;
  const verdict = verdictOf(
    result.ending,
    result.winnerSide === null ? null : nameOf(subject, result.winnerSide),
  );
  return (
    <section class="card stack todo-card" aria-labelledby="result-title">
      <h2 id="result-title">{deskTexts.proposed}</h2>
      <p class="big">{verdict}</p>
      <p class="small">
        {deskTexts.proposedBy(result.proposedBy?.name ?? deskTexts.theJob, secondOf(result.proposedAt))}
        <br />
        <span class="mute">
          {deskTexts.source} : {result.source}
        </span>
      </p>
      {result.wrestledSeconds !== null && <p>{resultTexts.time(result.wrestledSeconds)}</p>}
      {live.previews.length > 0 && (
        <div class="stack">
          <h3>{deskTexts.preview}</h3>
          {live.previews.map(({ market, preview }) => (
            <Preview
              preview={preview}
              market={market}
              isAlone={live.previews.length === 1}
              key={market.marketId}
            />
          ))}
        </div>
      )}
      {isMine && <Waiting />}
      {!isMine && waitsForWhistle && <p class="note">{deskTexts.whistleFirst}</p>}
      {!isMine && !waitsForWhistle && waitsForRoot(live) && <p class="note">{deskTexts.rootWait}</p>}
      {actions.includes('resultat/confirmer') && (
        <CommandForm
          {...props}
          action="resultat/confirmer"
          slip={slips.confirm}
          hidden={['resultId', result.resultId]}
          look="btn-go btn-wide"
          text={deskTexts.confirm}
        />
      )}
      {actions.includes('resultat/retirer') && (
        <CommandForm
          {...props}
          action="resultat/retirer"
          slip={slips.withdraw}
          hidden={['resultId', result.resultId]}
          look="btn-wide"
          text={deskTexts.withdraw}
        />
      )}
    </section>
  );
}

function Waiting() {
  return (
    <p class="note" role="status">
      <b>{deskTexts.waiting}.</b> {deskTexts.waitingHint}
    </p>
  );
}

function CommandForm({
  subject,
  frame,
  problem,
  action,
  slip,
  hidden,
  look,
  text,
  children,
}: DeskProps & {
  readonly action: Action;
  readonly slip: string;
  readonly hidden?: readonly [name: string, value: string];
  readonly look: string;
  readonly text: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <form class="stack-s" method="post" action={`/combats/${subject.boutId}/${action}`}>
      <FormStart token={frame.formToken} slip={slip} />
      {hidden !== undefined && <input type="hidden" name={hidden[0]} value={hidden[1]} />}
      <Problem problem={problem} form={keyOf(action)} />
      {children}
      <button type="submit" class={`btn ${look}`}>
        {text}
      </button>
    </form>
  );
}
