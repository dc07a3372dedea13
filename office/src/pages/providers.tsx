import type { OfficePayoutViews, ProviderShown } from '#core/api/payout-office-pages.ts';
import { Field, FormStart, Money, Note, Problem, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import type { Page, Props } from '../page.ts';
import { Technical } from '../parts/technical.tsx';
import { providerTexts as texts } from '../payout-texts.ts';

type View = OfficePayoutViews['providers'];

const STOP = 'POST /operateurs/:provider/arreter';
const RESUME = 'POST /operateurs/:provider/reprendre';

export const providersPage: Page<View> = { title: () => texts.title, Main: ProvidersMain };

function ProvidersMain(props: Props<View>) {
  const { view, problem } = props;
  return (
    <div class="stack-l narrow">
      <header class="stack-s">
        <h1>{texts.title}</h1>
        <p class="mute">{texts.hint}</p>
      </header>
      {view.done !== null && (
        <Note tone="ok" role="status">
          {texts.done[view.done]}
        </Note>
      )}
      <Problem problem={problem} form={STOP} />
      <Problem problem={problem} form={RESUME} />
      {view.providers.map((provider) => (
        <Provider {...props} provider={provider} key={provider.provider} />
      ))}
    </div>
  );
}

/** Green only for what answers and is open both ways. */
function StateTag({ provider }: { provider: ProviderShown }) {
  const stopped = [provider.depositsStoppedAt, provider.payoutsStoppedAt].filter((at) => at !== null).length;
  if (stopped === 2) return <Tag tone="bad">{texts.allStopped}</Tag>;
  if (provider.isSilent) return <Tag tone="bad">{texts.silent}</Tag>;
  return stopped === 1 ? <Tag tone="ochre">{texts.partlyStopped}</Tag> : <Tag tone="ok">{texts.answers}</Tag>;
}

function Provider(props: Props<View> & { provider: ProviderShown }) {
  const { provider, view, frame } = props;
  const isLow = provider.balanceXof !== null && provider.balanceXof < view.floatMinXof;
  return (
    <section class="card stack-s">
      <p class="row between">
        <b>{provider.label}</b>
        <StateTag provider={provider} />
      </p>
      <dl class="dl facts">
        <dt class="mute">{texts.balance}</dt>
        <dd>
          {provider.balanceXof === null ? texts.unknownBalance : <Money xof={provider.balanceXof} />}
          {provider.balanceAt !== null && (
            <span class="small mute"> {dayAndHourOf(provider.balanceAt, frame.now)}</span>
          )}
          {isLow && <p>{texts.low(view.floatMinXof)}</p>}
        </dd>
        <dt class="mute">{texts.waiting}</dt>
        <dd>
          {provider.waiting.count} · <Money xof={provider.waiting.xof} />
        </dd>
      </dl>
      {provider.stoppedBy === null && provider.payoutsStoppedAt !== null && (
        <Note>
          {texts.accessRefused}
          <ol>
            {texts.accessSteps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Note>
      )}
      {provider.stoppedBy === null ? (
        <Technical detail={provider.stoppedDetail} />
      ) : (
        provider.stoppedDetail !== null && <p class="small mute">{provider.stoppedDetail}</p>
      )}
      <Side {...props} side="deposits" stoppedAt={provider.depositsStoppedAt} />
      <Side {...props} side="payouts" stoppedAt={provider.payoutsStoppedAt} />
    </section>
  );
}

function Side({
  provider,
  view,
  frame,
  side,
  stoppedAt,
}: Props<View> & {
  readonly provider: ProviderShown;
  readonly side: 'deposits' | 'payouts';
  readonly stoppedAt: string | null;
}) {
  const isStopped = stoppedAt !== null;
  const how = isStopped ? texts.stopped(dayAndHourOf(stoppedAt, frame.now), provider.stoppedBy) : texts.open;
  return (
    <details open={isStopped}>
      <summary>
        {texts.sides[side]} : {how}
      </summary>
      <form
        class="stack-s"
        method="post"
        action={`/operateurs/${provider.provider}/${isStopped ? 'reprendre' : 'arreter'}`}
      >
        <FormStart token={frame.formToken} slip={view.slip} />
        <input type="hidden" name="side" value={side} />
        <Field
          form={`${isStopped ? RESUME : STOP} ${provider.provider} ${side}`}
          name="note"
          label={texts.note}
          problem={null}
          maxLength={500}
          autocomplete="off"
          required
        />
        <button type="submit" class={isStopped ? 'btn btn-go btn-wide' : 'btn btn-wide'}>
          {isStopped ? texts.resume[side] : texts.stop[side]}
        </button>
      </form>
    </details>
  );
}
