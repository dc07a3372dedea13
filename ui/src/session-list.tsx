/** The living sessions of a person, each with its button: the same on both sites. */
import type { SessionsPageView } from '#core/api/session-pages.ts';
import { FormStart, Note, Tag } from './components.tsx';
import { dayAndHourOf } from './dates.ts';

const texts = {
  title: 'Mes connexions',
  lead: 'Chaque appareil où votre compte est ouvert. Vous n’en reconnaissez pas un ? Fermez-le.',
  here: 'Cet appareil',
  program: 'Programme',
  other: 'Autre appareil',
  since: 'Ouverte',
  last: 'Dernier usage',
  from: 'Réseau',
  end: 'Fermer',
  endAll: 'Fermer toutes les autres',
  news: { fin: 'Cette connexion est fermée.', autres: 'Toutes les autres connexions sont fermées.' },
} as const;

export const sessionListTitle = texts.title;

export function SessionList({
  view,
  path,
  token,
  now,
}: {
  view: SessionsPageView;
  /** Where the forms go: "/moi/sessions". */
  path: string;
  token: string;
  now: string;
}) {
  const hasOthers = view.sessions.some(({ isCurrent }) => !isCurrent);
  return (
    <div class="stack">
      <h1>{texts.title}</h1>
      <p class="mute">{texts.lead}</p>
      {view.news !== null && (
        <Note tone="ok" role="status">
          {texts.news[view.news]}
        </Note>
      )}
      {view.sessions.map((session) => (
        <section class="card stack-s" key={session.sessionId}>
          <h2>
            {session.device ?? texts.other} {session.isCurrent && <Tag tone="ok">{texts.here}</Tag>}
            {session.via === 'program' && <Tag>{texts.program}</Tag>}
          </h2>
          <p class="small mute">
            {texts.last} : {dayAndHourOf(session.lastUsedAt, now)}
            <br />
            {texts.since} : {dayAndHourOf(session.startedAt, now)}
            {session.place !== null && (
              <>
                <br />
                {texts.from} : {session.place}
              </>
            )}
          </p>
          {!session.isCurrent && (
            <form method="post" action={`${path}/${session.sessionId}/fin`}>
              <FormStart token={token} />
              <button type="submit" class="btn">
                {texts.end}
              </button>
            </form>
          )}
        </section>
      ))}
      {hasOthers && (
        <form method="post" action={`${path}/fin`}>
          <FormStart token={token} />
          <button type="submit" class="btn btn-wide">
            {texts.endAll}
          </button>
        </form>
      )}
    </div>
  );
}
