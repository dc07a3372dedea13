import type { OfficeViews } from '#core/api/office-pages.ts';
import type { SimulatedBase } from '#core/fee-simulation.ts';
import { Field, Problem, Sums, Tag } from '#ui/components.tsx';
import type { Page, Props } from '../page.ts';
import { simulatorTexts as texts } from '../simulator-texts.ts';

type View = OfficeViews['simulator'];

const FORM = 'GET /simulateur';

export const simulatorPage: Page<View> = { title: () => texts.title, Main: SimulatorMain };

function SimulatorMain(props: Props<View>) {
  const { view } = props;
  return (
    <div class="stack-l narrow">
      <header class="stack-s">
        <h1>{texts.title}</h1>
        <p class="mute">{texts.hint}</p>
      </header>
      <SimulatorForm {...props} />
      {view.bases.map((base) => (
        <Base base={base} isInForce={base.taxBase === view.inForce.taxBase} key={base.taxBase} />
      ))}
    </div>
  );
}

function SimulatorForm({ view: { fields }, problem }: Props<View>) {
  const amounts = [
    ['stakeXof', texts.stake],
    ['askXof', texts.ask],
  ] as const;
  const percents = [
    ['commission', texts.commission],
    ['tax', texts.tax],
    ['takeOut', texts.takeOut],
  ] as const;
  return (
    <form class="card stack" method="get" action="/simulateur">
      {amounts.map(([name, label]) => (
        <Field
          form={FORM}
          name={name}
          label={label}
          problem={problem}
          value={String(fields[name])}
          unit="F"
          inputMode="numeric"
          maxLength={13}
          required
          key={name}
        />
      ))}
      {percents.map(([name, label]) => (
        <Field
          form={FORM}
          name={name}
          label={label}
          problem={problem}
          value={fields[name]}
          unit={texts.percent}
          maxLength={8}
          required
          key={name}
        />
      ))}
      <fieldset class="stack-s">
        <legend>{texts.commissionBase}</legend>
        {(['pot', 'winnings'] as const).map((base) => (
          <label class="check" key={base}>
            <input
              type="radio"
              name="commissionBase"
              value={base}
              defaultChecked={fields.commissionBase === base}
            />
            <span>{texts.commissionBases[base]}</span>
          </label>
        ))}
        <Problem problem={problem} form={FORM} field="commissionBase" />
      </fieldset>
      <div class="row wrap">
        <button type="submit" class="btn btn-go">
          {texts.count}
        </button>
        <a class="btn" href="/simulateur">
          {texts.reset}
        </a>
      </div>
    </form>
  );
}

function Base({ base, isInForce }: { base: SimulatedBase; isInForce: boolean }) {
  const { own, other } = base;
  return (
    <section class="card stack">
      <h2>
        {texts.bases[base.taxBase]} {isInForce && <Tag tone="ok">{texts.inForce}</Tag>}
      </h2>
      <Side title={texts.own} sums={own} />
      <Side title={texts.other} sums={other} />
      <p class="small">{texts.duel(base.breakEvenAskXof, own.stakeXof, base.breakEvenRatioBps)}</p>
      <p class="small">{texts.pool(base.breakEvenDividendBps, base.rightShareMaxBps)}</p>
    </section>
  );
}

function Side({ title, sums }: { title: string; sums: SimulatedBase['own'] }) {
  return (
    <div class="stack-s">
      <h3>{title}</h3>
      <Sums
        lines={[
          { name: texts.lines.staked, xof: sums.stakeXof },
          { name: texts.lines.pot, xof: sums.potXof },
          { name: texts.lines.commission, xof: -sums.commissionXof },
          { name: texts.lines.tax, xof: -sums.taxXof },
          { name: texts.lines.net, xof: sums.netXof, isSum: true },
          { name: texts.lines.gain, xof: sums.netXof - sums.stakeXof },
        ]}
      />
    </div>
  );
}
