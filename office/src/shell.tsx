/** What surrounds every page of the office: where one is, who one is, and the way out. */
import type { ComponentChildren } from 'preact';
import type { OfficeVisitor } from '#core/api/office-pages.ts';
import type { Frame } from '#core/api/pages.ts';
import { FormStart } from '#ui/components.tsx';
import { hourOf, partialDateOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { roomsOf } from './may.ts';
import { roleNames } from './staff-texts.ts';
import { rooms, shellTexts } from './texts.ts';

export function Shell({ frame, children }: { frame: Frame<OfficeVisitor>; children: ComponentChildren }) {
  const { visitor, path } = frame;
  return (
    <>
      <a class="skip" href="#main">
        {shellTexts.skip}
      </a>
      <header class="top">
        <a class="brand" href="/">
          <Icon name="drum" size={26} />
          {shellTexts.brand} <span class="mute">{shellTexts.office}</span>
        </a>
        {visitor !== null && (
          <nav class="menu" aria-label={shellTexts.menu}>
            {roomsOf(visitor, rooms).map(({ href, name }) => (
              <MenuLink href={href} name={name} isHere={isIn(path, href)} key={href} />
            ))}
          </nav>
        )}
      </header>
      <div class="lace" />
      <main id="main">
        <div id="alive">{children}</div>
      </main>
      <footer class="foot">
        {visitor !== null && (
          <form class="row between" method="post" action="/deconnexion">
            <FormStart token={frame.formToken} />
            <span>
              <a class="btn btn-quiet" href="/sessions">
                {visitor.name}
              </a>
              <span class="mute"> · {roleNames[visitor.role]}</span>
            </span>
            <button type="submit" class="btn">
              {shellTexts.logOut}
            </button>
          </form>
        )}
        {visitor !== null && (
          <p class="print-only small">
            {shellTexts.printed(partialDateOf(frame.now.slice(0, 10)), hourOf(frame.now), visitor.name)}
          </p>
        )}
        {frame.isSandbox && <p class="small mute">{shellTexts.sandbox}</p>}
      </footer>
    </>
  );
}

/** The galas are the first page, and no other page is inside it. */
function isIn(path: string, href: string): boolean {
  return href === '/' ? path === '/' : path.startsWith(href);
}

function MenuLink({ href, name, isHere }: { href: string; name: string; isHere: boolean }) {
  return (
    <a href={href} aria-current={isHere ? 'page' : undefined}>
      {name}
    </a>
  );
}
