import type { Origins } from '../http.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';

export interface PasskeyDeps extends PeopleDeps {
  /** Where the two sites are: a passkey belongs to one of them. */
  readonly origins: Origins;
}
