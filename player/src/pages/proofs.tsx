/** What anybody can check: the list of roots, the proof of a market, how it is done. */
import type { ComponentChildren } from 'preact';
import type { PlayerViews } from '#core/api/player-pages.ts';
import { questionText } from '#core/question.ts';
import { Note } from '#ui/components.tsx';
import { dayAndSecondOf, dayOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { howTexts, rootTexts, proofTexts as texts } from '../proof-texts.ts';

type ProofView = PlayerViews['marketProof'];

export const marketProofPage: Page<ProofView> = {
  tab: 'bouts',
  title: () => texts.title,
  Main: MarketProofMain,
};

function MarketProofMain({ view: { proof }, frame }: Props<ProofView>) {
  const { trueWhistle, late } = proof;
  return (
    <div class="stack">
      <header class="stack-s">
        <h1>{texts.title}</h1>
        <p>
          <b>{proof.boutName}</b>
          <br />
          <span class="mute">{questionText(proof.question)}</span>
        </p>
        <p class="small">{texts.lead}</p>
      </header>
      <Recomputed proof={proof} />
      <Published
        proof={proof}
        closed={`${texts.causes[proof.closeCause]}, ${dayAndSecondOf(proof.closedAt, frame.now)}`}
        now={frame.now}
      />
      <section class="stack-s">
        <h2>{texts.whistle}</h2>
        {trueWhistle === null ? (
          <p>{texts.pressIsWhistle}</p>
        ) : (
          <>
            <p>{texts.trueWhistle(dayAndSecondOf(trueWhistle.at, frame.now))}</p>
            <p>{texts.late(late.count, late.stakesXof)}</p>
          </>
        )}
      </section>
      <Hashes proof={proof} />
      <Doors
        doors={[
          ['/verifier', texts.seeHow],
          ['/preuves', texts.seeList],
          [`/combats/${proof.boutId}`, texts.seeBout],
        ]}
      />
    </div>
  );
}

type PoolProof = PlayerViews['poolProof']['proof'];

export const poolProofPage: Page<PlayerViews['poolProof']> = {
  tab: 'bouts',
  title: () => texts.title,
  Main: ({ view: { proof }, frame }) => (
    <div class="stack">
      <header class="stack-s">
        <h1>{texts.title}</h1>
        <p>
          <b>{proof.name}</b>
        </p>
        <p class="small">{texts.lead}</p>
      </header>
      <Recomputed proof={proof} />
      <Published proof={proof} closed={dayAndSecondOf(proof.closedAt, frame.now)} now={frame.now} />
      <section class="stack-s">
        <h2>{texts.whistle}</h2>
        <p>
          {proof.late === null
            ? texts.pressIsWhistle
            : texts.poolLate(dayAndSecondOf(proof.late.after, frame.now), proof.late.stakesXof)}
        </p>
      </section>
      <Hashes proof={proof} />
      <Doors
        doors={[
          ['/verifier', texts.seeHow],
          ['/preuves', texts.seeList],
          [`/mutuels/${proof.poolId}`, texts.seePool],
        ]}
      />
    </div>
  ),
};

function Recomputed({ proof: { recomputed } }: { proof: Pick<PoolProof, 'recomputed'> }) {
  return (
    <Note tone={recomputed.holds ? 'ok' : 'bad'} role="status">
      {recomputed.holds ? texts.holds : texts.broken}
    </Note>
  );
}

function Published({
  proof: { root },
  closed,
  now,
}: {
  proof: Pick<PoolProof, 'root'>;
  closed: string;
  now: string;
}) {
  return (
    <dl class="card stack-s">
      <Fact name={texts.count}>{String(root.leafCount)}</Fact>
      <Fact name={texts.closed}>{closed}</Fact>
      <Fact name={texts.published}>{dayAndSecondOf(root.publishedAt, now)}</Fact>
      <Fact name={texts.number}>{String(root.number)}</Fact>
    </dl>
  );
}

function Hashes({ proof: { root, previousValue } }: { proof: Pick<PoolProof, 'root' | 'previousValue'> }) {
  return (
    <dl class="card stack-s">
      <Fact name={texts.root}>
        <code class="small">{root.root}</code>
      </Fact>
      <Fact name={texts.value}>
        <code class="small">{root.value}</code>
        <p class="mute small">{texts.valueHint}</p>
      </Fact>
      <Fact name={texts.previous}>
        <code class="small">{previousValue}</code>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt class="mute small">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Doors({ doors }: { doors: readonly (readonly [path: string, name: string])[] }) {
  return (
    <ul class="list">
      {doors.map(([path, name]) => (
        <li key={path}>
          <a href={path}>
            {name}
            <Icon name="next" />
          </a>
        </li>
      ))}
    </ul>
  );
}

export const rootsPage: Page<PlayerViews['roots']> = {
  tab: 'bouts',
  title: () => rootTexts.title,
  Main: ({ view, frame }) => (
    <div class="stack">
      <h1>{rootTexts.title}</h1>
      <p>
        {rootTexts.lead} <a href="/verifier">{texts.seeHow}</a>
      </p>
      {view.roots.length === 0 && <p role="status">{rootTexts.none}</p>}
      <ol class="stack-s">
        {view.roots.map((root) => (
          <li key={root.number} class="card stack-s">
            <p class="row between">
              <b>
                {root.number}. {nameOf(root)}
              </b>
              <span class="mute small">{rootTexts.bets(root.leafCount)}</span>
            </p>
            <p class="mute small">{dayAndSecondOf(root.publishedAt, frame.now)}</p>
            <code class="small">{root.value}</code>
            {root.name !== null && (
              <a class="btn btn-quiet" href={`/preuves/${folders[root.kind]}/${root.subjectId}`}>
                {texts.title}
                <span class="vh">{` : ${root.name}`}</span>
              </a>
            )}
          </li>
        ))}
      </ol>
      {view.next !== null && (
        <a class="btn btn-wide" href={`/preuves?avant=${view.next}`}>
          {rootTexts.older}
        </a>
      )}
    </div>
  ),
};

const folders = { market: 'marches', pool: 'mutuels' } as const;

function nameOf({ name, kind, subjectId }: PlayerViews['roots']['roots'][number]): string {
  if (name !== null) return name;
  return kind === 'market' ? rootTexts.market(subjectId) : rootTexts.pool(subjectId);
}

export const howToVerifyPage: Page<PlayerViews['howToVerify']> = {
  tab: null,
  title: () => howTexts.title,
  Main: ({ view, frame }) => (
    <div class="stack prose">
      <h1>{howTexts.title}</h1>
      <p>{howTexts.lead}</p>
      <ol class="numbers">
        {howTexts.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <a class="btn btn-go btn-wide" href="/verifier/page">
        {howTexts.page}
      </a>
      <a class="btn btn-wide" href="/preuves">
        {howTexts.list}
      </a>
      <h2>{howTexts.what}</h2>
      <ul class="marks">
        {howTexts.proves.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <h2>{howTexts.not}</h2>
      <ul class="marks">
        {howTexts.provesNot.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <h2>{howTexts.keys}</h2>
      <p>{howTexts.keysHint}</p>
      <ul class="stack-s">
        {view.keys.map(({ keyId, publicKey, retiredAt }) => (
          <li key={keyId} class="card stack-s">
            <p>
              <b>{keyId}</b>{' '}
              <span class="mute small">
                {retiredAt === null ? howTexts.signs : howTexts.retired(dayOf(retiredAt, frame.now))}
              </span>
            </p>
            <code class="small">{publicKey}</code>
          </li>
        ))}
      </ul>
      <h2>{howTexts.experts}</h2>
      <p>{howTexts.expertsHint}</p>
      <a class="btn btn-wide" href="/verifier/script">
        {howTexts.script}
      </a>
      <a class="btn btn-wide" href="/verifier/cles">
        {howTexts.keysFile}
      </a>
    </div>
  ),
};
