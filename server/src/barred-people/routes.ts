import type { Implement } from '../http.ts';
import { barPerson } from './bar-person.ts';
import type { BarredDeps } from './barred-deps.ts';
import { endBar } from './end-bar.ts';
import { listBarred } from './show-barred.ts';

export function registerBarredPeople(implement: Implement, deps: BarredDeps): void {
  implement('GET /staff/barred-people', async ({ caller }) => ({ people: await listBarred(deps, caller) }));
  implement('POST /staff/barred-people', ({ caller, body }) => barPerson(deps, caller, body));
  implement('POST /staff/barred-people/:personId/end', ({ caller, params, body }) =>
    endBar(deps, caller, { ...body, ...params }),
  );
}
