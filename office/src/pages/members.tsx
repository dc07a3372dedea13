import { type StaffRole, staffRoles } from '#core/api/contract.ts';
import type { OfficeViews } from '#core/api/office-pages.ts';
import type { FormProblem } from '#core/api/pages.ts';
import type { Invitation, Member } from '#core/api/staff-pages.ts';
import { Field, FormStart, fieldState, Note, Problem, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { roleDuties, roleNames, staffTexts } from '../staff-texts.ts';

const INVITE_FORM = 'POST /personnel/invitations';

type View = OfficeViews['members'];

export const membersPage: Page<View> = { title: () => staffTexts.title, Main: MembersMain };

function MembersMain({ view, frame, problem }: Props<View>) {
  return (
    <div class="stack-l narrow">
      <h1>{staffTexts.title}</h1>
      {view.done !== null && (
        <Note tone="ok" role="status">
          {staffTexts.done[view.done]}
        </Note>
      )}
      <section class="stack-s">
        <h2>{staffTexts.members}</h2>
        <ul class="found">
          {view.members.map((member) => (
            <MemberLine member={member} now={frame.now} key={member.staffId} />
          ))}
        </ul>
      </section>
      {view.invitations.length > 0 && (
        <section class="stack-s">
          <h2>{staffTexts.invited}</h2>
          <Problem problem={problem} form="POST /personnel/invitations/:invitationId/retirer" />
          {view.invitations.map((invitation) => (
            <InvitationCard
              invitation={invitation}
              token={frame.formToken}
              now={frame.now}
              key={invitation.invitationId}
            />
          ))}
        </section>
      )}
      <section class="stack">
        <h2>{staffTexts.inviteTitle}</h2>
        <p class="mute">{staffTexts.inviteHint}</p>
        <Problem problem={problem} form={INVITE_FORM} />
        <form class="stack" method="post" action="/personnel/invitations">
          <FormStart token={frame.formToken} slip={view.slip} />
          <Field
            form={INVITE_FORM}
            name="name"
            label={staffTexts.name}
            problem={problem}
            maxLength={80}
            required
          />
          <Field
            form={INVITE_FORM}
            name="phone"
            label={staffTexts.phone}
            problem={problem}
            type="tel"
            inputMode="tel"
            maxLength={24}
            required
          />
          <RoleChoice form={INVITE_FORM} problem={problem} chosen="operator" />
          <button type="submit" class="btn btn-go btn-wide">
            {staffTexts.invite}
          </button>
        </form>
      </section>
    </div>
  );
}

function MemberLine({ member, now }: { member: Member; now: string }) {
  const { staffId, name, role, isActive, maskedPhone, lastUsedAt, hasTotp, passkeyCount } = member;
  return (
    <li>
      <a href={`/personnel/${staffId}`}>
        <span>
          <b>{name}</b> · {roleNames[role]} {!isActive && <Tag tone="bad">{staffTexts.left}</Tag>}
          <br />
          <span class="mute small">
            {maskedPhone} · {staffTexts.factors(hasTotp, passkeyCount)} ·{' '}
            {lastUsedAt === null
              ? staffTexts.never
              : `${staffTexts.lastUsed} ${dayAndHourOf(lastUsedAt, now)}`}
          </span>
        </span>
        <Icon name="next" />
      </a>
    </li>
  );
}

function InvitationCard({ invitation, token, now }: { invitation: Invitation; token: string; now: string }) {
  const { invitationId, name, role, maskedPhone, invitedBy, expiresAt, link, slip } = invitation;
  return (
    <article class="card stack-s">
      <p>
        <b>{name}</b> · {roleNames[role]}
      </p>
      <p class="mute small">
        {maskedPhone} · {staffTexts.invitedBy(invitedBy)} · {staffTexts.until} {dayAndHourOf(expiresAt, now)}
      </p>
      <label class="stack-s small">
        {staffTexts.link}
        <input class="input" readOnly value={link} />
      </label>
      <form method="post" action={`/personnel/invitations/${invitationId}/retirer`}>
        <FormStart token={token} slip={slip} />
        <button type="submit" class="btn">
          {staffTexts.withdraw}
        </button>
      </form>
    </article>
  );
}

/** One role each, with what it is for. */
export function RoleChoice({
  form,
  problem,
  chosen,
}: {
  form: string;
  problem: FormProblem | null;
  chosen: StaffRole;
}) {
  const typed = problem?.form === form ? problem.typed['role'] : undefined;
  return (
    <fieldset class="stack-s">
      <legend>{staffTexts.role}</legend>
      {staffRoles.map((role) => (
        <label class="check" key={role}>
          <input
            type="radio"
            name="role"
            value={role}
            defaultChecked={(typed ?? chosen) === role}
            required
            {...fieldState(problem, form, 'role')}
          />
          <span>
            <b>{roleNames[role]}</b>
            <br />
            <span class="mute small">{roleDuties[role]}</span>
          </span>
        </label>
      ))}
      <Problem problem={problem} form={form} field="role" />
    </fieldset>
  );
}
