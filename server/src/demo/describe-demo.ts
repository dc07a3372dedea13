/** What `npm start` prints of the demonstration: where to go and how to log in. */
import { type DemoMember, demoPin, demoPlayers, demoStaff } from './people.ts';

export function describeDemo(at: {
  readonly publicUrl: string;
  readonly officeUrl: string;
  readonly simulatorUrl: string;
}): string {
  const players = demoPlayers.map(({ phone, pseudonym }) => `    ${local(phone)}  ${pseudonym}`);
  const staff = demoStaff.map(({ phone, name, role }) => `    ${local(phone)}  ${name}, ${duties[role]}`);
  return `
  Players, with play money (log in with the phone; the code is on ${at.publicUrl}/bac-a-sable, the PIN is ${demoPin})
${players.join('\n')}
  The office (the codes and TOTP are on ${at.publicUrl}/bac-a-sable)
${staff.join('\n')}
  Mobile money, simulated: ${at.simulatorUrl}/sim/wave shows what waits to be paid and what was paid out
`;
}

const duties: Readonly<Record<DemoMember['role'], string>> = {
  operator: 'operator: runs the gala',
  support: 'support: helps players',
  finance: 'finance: watches the money',
  compliance: 'compliance: identities, exclusions',
  administrator: 'administrator: staff, settings',
};

/** "77 000 00 01": as people in Senegal write and type it. */
function local(phone: string): string {
  return phone.replace(/^\+221(\d{2})(\d{3})(\d{2})(\d{2})$/, '$1 $2 $3 $4');
}
