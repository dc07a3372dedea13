/** Every provider by its name. Real money comes with the adapters of mobile money. */
import { internalProvider } from './internal.ts';
import type { Providers } from './provider.ts';

export const providers: Providers = { internal: internalProvider };
