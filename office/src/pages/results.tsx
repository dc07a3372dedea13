/** Every version of a bout's result, what its markets pay, the correction and the homologation that wait for a colleague. */
import type { OfficeViews } from '#core/api/office-pages.ts';
import type { ResultMarket, ResultVersion } from '#core/api/result-pages.ts';
import { Field, FormStart, Money, Note, Problem, Tag } from '#ui/components.tsx';
import { secondOf } from '../instants.ts';
import { runsGalas } from '../may.ts';
import type { Page, Props } from '../page.ts';
import { Change, outcomeName, Preview } from '../parts/result-changes.tsx';
import { FormHead, nameOf } from '../parts/subject.tsx';
import { resultTexts as texts } from '../result-texts.ts';
import { deskTexts, verdictOf } from '../texts.ts';

type View = OfficeViews['results'];

const HOMOLOGATE = 'POST /combats/:boutId/homologation';

export const resultsPage: Page<View> = { title: () => texts.title, Main: ResultsMain };

function ResultsMain(props: Props<View>) {
  const { view, frame } = props;
  const { subject, markets, versions, mayCorrect, done } = view;
  const mayRun = runsGalas(frame.visitor);
  const isPaying = markets.some((market) => market.isPaying);
  return (
    <div class="stack-l narrow">
      <FormHead subject={subject} title={texts.title} hint={texts.hint} />
      {done !== null && (
        <Note tone="ok" role="status">
          {texts.done[done]}
        </Note>
      )}
      <ProposedCorrection {...props} />
      <Homologation {...props} />
      <section class="stack-s">
        <h2>{texts.marketsTitle}</h2>
        {markets.map((market) => (
          <MarketCard market={market} key={market.marketId} />
        ))}
      </section>
      <section class="stack-s">
        <h2>{texts.versionsTitle}</h2>
        {versions.length === 0 && <p class="mute">{texts.noVersion}</p>}
        {versions.map((version) => (
          <VersionCard view={view} version={version} key={version.resultId} />
        ))}
      </section>
      {mayRun && mayCorrect && (
        <a class="btn btn-wide" href={`/combats/${subject.boutId}/correction`}>
          {texts.correct}
        </a>
      )}
      {isPaying && <p class="mute small">{texts.correctWait}</p>}
    </div>
  );
}

function MarketCard({ market }: { market: ResultMarket }) {
  const state = market.isPaying
    ? texts.paying
    : market.isHeld
      ? texts.held
      : market.outcome === null
        ? texts.notPaid
        : outcomeName(market, market.outcome);
  return (
    <div class="card stack-s">
      <h3>{market.question}</h3>
      <p>
        <Tag tone={market.outcome !== null && !market.isPaying ? 'ok' : 'ochre'}>{state}</Tag>
      </p>
      <p class="small mute">
        {texts.stakes(market.duelCount)} <Money xof={market.stakedXof} />
      </p>
    </div>
  );
}

function verdictText({ subject }: Pick<View, 'subject'>, { ending, winnerSide }: ResultVersion): string {
  return verdictOf(ending, winnerSide === null ? null : nameOf(subject, winnerSide));
}

function VersionCard({ view, version }: { view: View; version: ResultVersion }) {
  const { markets, versions } = view;
  const standing = versions.find(({ confirmedAt }) => confirmedAt !== null);
  const isStanding = standing?.resultId === version.resultId;
  const nameOfMarket = (marketId: number) =>
    markets.find((market) => market.marketId === marketId)?.question ?? '';
  return (
    <article class="card stack-s">
      <h3>{texts.version(version.version)}</h3>
      <p>
        {version.confirmedAt === null ? (
          <Tag tone="ochre">{texts.proposed}</Tag>
        ) : (
          <Tag {...(isStanding ? { tone: 'ok' } : {})}>{isStanding ? texts.stands : texts.replaced}</Tag>
        )}
      </p>
      <Said view={view} version={version} />
      {version.changes.length > 0 && <h4>{texts.changed}</h4>}
      {version.changes.map(({ marketId, change }) => (
        <div class="stack-s" key={marketId}>
          <p class="small">{nameOfMarket(marketId)}</p>
          {change === null ? <p class="mute">{texts.computing}</p> : <Change change={change} />}
        </div>
      ))}
    </article>
  );
}

function Said({ view, version }: { view: View; version: ResultVersion }) {
  const annulled = view.markets.filter(({ marketId }) => version.voidMarketIds.includes(marketId));
  return (
    <>
      <p class="big">{verdictText(view, version)}</p>
      {version.wrestledSeconds !== null && <p>{texts.time(version.wrestledSeconds)}</p>}
      {annulled.map((market) => (
        <p key={market.marketId}>
          {texts.annulled} : {market.question}
        </p>
      ))}
      {version.reason !== null && (
        <p>
          {texts.reason} : {version.reason}
        </p>
      )}
      <p class="small mute">
        {deskTexts.proposedBy(version.proposedBy?.name ?? deskTexts.theJob, secondOf(version.proposedAt))}
        {version.confirmedBy !== null && ` · ${deskTexts.confirmedBy(version.confirmedBy)}`}
        <br />
        {deskTexts.source} : {version.source}
      </p>
    </>
  );
}

/** The version that waits for its second person, and what it would do. */
function ProposedCorrection(props: Props<View>) {
  const { view, frame } = props;
  const [proposed] = view.versions;
  if (proposed === undefined || proposed.confirmedAt !== null) return null;
  const isFirst = proposed.version === 1;
  const isMine = proposed.proposedBy?.staffId === frame.visitor?.staffId;
  const mayRun = runsGalas(frame.visitor) && !isFirst;
  const command = { ...props, hidden: ['resultId', proposed.resultId] as const };
  return (
    <section class="card stack todo-card" aria-labelledby="proposed-title">
      <h2 id="proposed-title">{isFirst ? texts.previewPays : texts.previewTitle}</h2>
      <Said view={view} version={proposed} />
      {view.preview.map((preview) => {
        const market = view.markets.find(({ marketId }) => marketId === preview.marketId);
        return market && <Preview preview={preview} market={market} key={market.marketId} />;
      })}
      <p class="mute small">{isFirst ? texts.firstOnDesk : texts.previewHint}</p>
      {isMine && <p class="note">{deskTexts.waitingHint}</p>}
      {mayRun && !isMine && (
        <Command
          {...command}
          action="correction/confirmer"
          slip={view.slips.confirm}
          look="btn-go btn-wide"
          text={texts.confirm}
        />
      )}
      {mayRun && (
        <Command
          {...command}
          action="correction/retirer"
          slip={view.slips.withdraw}
          look="btn-wide"
          text={texts.withdraw}
        />
      )}
    </section>
  );
}

function Homologation(props: Props<View>) {
  const { view, frame, problem } = props;
  const { homologation, markets, subject, slips } = view;
  if (homologation !== null && homologation.confirmedBy !== null) {
    return <Note>{texts.homologated(homologation.confirmedBy)}</Note>;
  }
  if (!markets.some(({ isHeld }) => isHeld)) return null;
  const mayRun = runsGalas(frame.visitor);
  const isMine = homologation?.proposedBy.staffId === frame.visitor?.staffId;
  return (
    <section class="card stack todo-card" aria-labelledby="homologation-title">
      <h2 id="homologation-title">{texts.homologationTitle}</h2>
      <p>{texts.homologationHint}</p>
      {homologation === null && mayRun && (
        <form class="stack" method="post" action={`/combats/${subject.boutId}/homologation`}>
          <FormStart token={frame.formToken} slip={slips.homologate} />
          <Problem problem={problem} form={HOMOLOGATE} />
          <Field
            form={HOMOLOGATE}
            name="source"
            label={texts.homologationSource}
            hint={texts.homologationSourceHint}
            problem={problem}
            maxLength={500}
            required
          />
          <button type="submit" class="btn btn-go btn-wide">
            {texts.homologationGo}
          </button>
        </form>
      )}
      {homologation !== null && (
        <>
          <p class="small">
            {deskTexts.proposedBy(homologation.proposedBy.name, secondOf(homologation.proposedAt))}
            <br />
            {deskTexts.source} : {homologation.source}
          </p>
          {isMine && <p class="note">{deskTexts.waitingHint}</p>}
          {mayRun && !isMine && (
            <Command
              {...props}
              hidden={['homologationId', homologation.homologationId]}
              action="homologation/confirmer"
              slip={slips.confirmHomologation}
              look="btn-go btn-wide"
              text={texts.homologationConfirm}
            />
          )}
          {mayRun && (
            <Command
              {...props}
              hidden={['homologationId', homologation.homologationId]}
              action="homologation/retirer"
              slip={slips.withdrawHomologation}
              look="btn-wide"
              text={texts.homologationWithdraw}
            />
          )}
        </>
      )}
    </section>
  );
}

function Command({
  view,
  frame,
  problem,
  action,
  slip,
  hidden,
  look,
  text,
}: Props<View> & {
  readonly action: `${'correction' | 'homologation'}/${'confirmer' | 'retirer'}`;
  readonly slip: string;
  readonly hidden: readonly [name: string, value: string];
  readonly look: string;
  readonly text: string;
}) {
  return (
    <form class="stack-s" method="post" action={`/combats/${view.subject.boutId}/${action}`}>
      <FormStart token={frame.formToken} slip={slip} />
      <input type="hidden" name={hidden[0]} value={hidden[1]} />
      <Problem problem={problem} form={`POST /combats/:boutId/${action}`} />
      <button type="submit" class={`btn ${look}`}>
        {text}
      </button>
    </form>
  );
}
