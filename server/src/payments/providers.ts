/**
 * Every provider of mobile money, one line each. In the sandbox each one talks to its own simulator; in production to
 * the address and with the credentials that the environment gives, and one that is not configured is not there.
 */
import { join } from 'node:path';
import { type FastifyInstance, fastify } from 'fastify';
import type { Log } from '../log.ts';
import { guardProvider } from './guard-provider.ts';
import { internalProvider } from './internal.ts';
import { orangeModule } from './orange/module.ts';
import { openOutgoingHttp } from './outgoing-http.ts';
import type { Providers } from './provider.ts';
import { type OpenOptions, type RegisteredProvider, registerProvider } from './provider-module.ts';
import { waveModule } from './wave/module.ts';

const registered: readonly RegisteredProvider[] = [
  registerProvider(waveModule),
  registerProvider(orangeModule),
];

/** The internal provider alone. */
export const internalProviders: Providers = { internal: internalProvider };

export interface OpenProviders {
  readonly providers: Providers;
  close(): Promise<void>;
}

export type ConfiguredProviders = (options: Omit<OpenOptions, 'http' | 'servesTest'>) => OpenProviders;

/** For production: the configured ones, to be opened once everything else of the configuration is right. */
export function readProviders(
  get: (name: string) => string | undefined,
  complain: (problem: string) => void,
  modules: readonly RegisteredProvider[] = registered,
): ConfiguredProviders {
  const configured = modules.flatMap((provider) => provider.readConfig(get, complain) ?? []);
  return (options) => {
    const http = openOutgoingHttp({ allowsPrivateHosts: false });
    const opened = configured.map((open) =>
      guardProvider(open({ ...options, http, servesTest: false }), options),
    );
    return { providers: byName(opened), close: () => http.close() };
  };
}

export interface SimulatedProviders extends OpenProviders {
  /** The simulators' own site: their interfaces, and the pages on which people pay. */
  readonly site: FastifyInstance;
}

/** For the sandbox: each provider with its simulator, all on one listener, whose paths do not collide. */
export async function openSimulatedProviders(
  options: Omit<OpenOptions, 'http' | 'servesTest'> & {
    /** Where the simulators' site is reached. */
    readonly url: string;
    /** Where the player's site is reached: callbacks go there. */
    readonly playerUrl: string;
    /** Where their books are kept; null: in memory. */
    readonly directory: string | null;
    readonly log: Log;
    /** The house's own unless given. */
    readonly modules?: readonly RegisteredProvider[];
  },
): Promise<SimulatedProviders> {
  const { url, playerUrl, directory, modules = registered, ...open } = options;
  const site = fastify({ logger: false });
  const http = openOutgoingHttp({ allowsPrivateHosts: true });
  const simulators = await Promise.all(
    modules.map((provider) =>
      provider.openSimulator({
        url,
        callbackUrl: `${playerUrl}/callbacks/${provider.name}`,
        file: directory === null ? null : join(directory, `${provider.name}.jsonl`),
        log: open.log,
      }),
    ),
  );
  for (const simulator of simulators) await site.register(async (app) => simulator.register(app));
  const opened = simulators.map((simulator) =>
    guardProvider(simulator.open({ ...open, http, servesTest: true }), open),
  );
  return {
    site,
    providers: byName(opened),
    close: async () => {
      await Promise.all(simulators.map((simulator) => simulator.close()));
      await site.close();
      await http.close();
    },
  };
}

function byName(opened: readonly Providers[string][]): Providers {
  return { ...internalProviders, ...Object.fromEntries(opened.map((provider) => [provider.name, provider])) };
}
