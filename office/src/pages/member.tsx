import type { OfficeViews } from '#core/api/office-pages.ts';
import { FormStart, Note, Problem, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import type { Page, Props } from '../page.ts';
import { roleNames, staffTexts } from '../staff-texts.ts';
import { RoleChoice } from './members.tsx';

type View = OfficeViews['member'];

const ROLE_FORM = 'POST /personnel/:staffId/role';

export const memberPage: Page<View> = { title: ({ member }) => member.name, Main: MemberMain };

function MemberMain({ view, frame, problem }: Props<View>) {
  const { member, isSelf } = view;
  const { role, isActive, maskedPhone, hasTotp, passkeyCount, joinedAt } = member;
  return (
    <div class="stack-l narrow">
      <p>
        <a href="/personnel">{staffTexts.back}</a>
      </p>
      <h1>{member.name}</h1>
      {view.done !== null && (
        <Note tone="ok" role="status">
          {staffTexts.done[view.done]}
        </Note>
      )}
      <p>
        {roleNames[role]} {!isActive && <Tag tone="bad">{staffTexts.left}</Tag>}
        <br />
        <span class="mute small">
          {maskedPhone} · {staffTexts.factors(hasTotp, passkeyCount)} · {dayAndHourOf(joinedAt, frame.now)}
        </span>
      </p>
      {isSelf && <p class="mute">{staffTexts.self}</p>}
      {!isSelf && isActive && <Commands view={view} frame={frame} problem={problem} />}
    </div>
  );
}

function Commands({ view, frame, problem }: Props<View>) {
  const { member, slips } = view;
  const path = `/personnel/${member.staffId}`;
  const commands = [
    ['sessions', slips.sessions, staffTexts.endSessions, null],
    ['second-facteur', slips.reset, staffTexts.resetFactor, staffTexts.resetFactorHint],
    ['depart', slips.dismiss, staffTexts.dismiss, staffTexts.dismissHint],
  ] as const;
  return (
    <>
      <section class="stack">
        <h2>{staffTexts.changeRole}</h2>
        <p class="mute">{staffTexts.changeRoleHint}</p>
        <Problem problem={problem} form={ROLE_FORM} />
        <form class="stack" method="post" action={`${path}/role`}>
          <FormStart token={frame.formToken} slip={slips.role} />
          <RoleChoice form={ROLE_FORM} problem={problem} chosen={member.role} />
          <button type="submit" class="btn btn-wide">
            {staffTexts.changeRole}
          </button>
        </form>
      </section>
      {commands.map(([action, slip, name, hint]) => (
        <section class="stack-s" key={action}>
          <Problem problem={problem} form={`POST /personnel/:staffId/${action}`} />
          <form class="stack-s" method="post" action={`${path}/${action}`}>
            <FormStart token={frame.formToken} slip={slip} />
            {hint !== null && <p class="mute">{hint}</p>}
            <button type="submit" class="btn btn-wide">
              {name}
            </button>
          </form>
        </section>
      ))}
    </>
  );
}
