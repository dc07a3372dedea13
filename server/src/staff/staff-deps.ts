import type { Origins } from '../http.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';

/** What the office's people need beside what everybody needs to log in. */
export interface StaffDeps extends PeopleDeps {
  readonly origins: Origins;
  readonly secrets: PeopleDeps['secrets'] & { readonly matchKey: string };
}
