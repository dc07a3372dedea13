/** How a provider joins the house: what its folder gives to its one line in `providers.ts`. */
import type { FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';
import type { OutgoingHttp } from './outgoing-http.ts';
import type { PaymentProvider, ProviderName } from './provider.ts';

export interface OpenOptions {
  readonly log: Log;
  readonly http: OutgoingHttp;
  /** Test accounts in the sandbox, real ones in production. */
  readonly servesTest: boolean;
  /** The wall clock in milliseconds, for signatures and tokens. */
  readonly now?: () => number;
}

export interface SimulatorOptions {
  /** Where the simulator is reached, by our adapter and by the phones that pay. No slash at the end. */
  readonly url: string;
  /** Where it calls us back. */
  readonly callbackUrl: string;
  /** Its books outlive the process here; null: in memory. */
  readonly file: string | null;
  readonly log: Log;
}

/** The provider as it really behaves, on our own machine: its real paths, and pages on which a person can pay. */
export interface Simulator<Config> {
  /** What our adapter needs to talk to it. */
  readonly config: Config;
  /** Its routes. */
  register(app: FastifyInstance): void;
  /** No callback leaves afterwards. */
  close(): Promise<void>;
}

type Get = (name: string) => string | undefined;
type Complain = (problem: string) => void;

export interface ProviderModule<Config> {
  readonly name: ProviderName;
  /** From the environment; null: not configured. Complains of what is half there, or wrong. */
  readConfig(get: Get, complain: Complain): Config | null;
  open(config: Config, options: OpenOptions): PaymentProvider;
  openSimulator(options: SimulatorOptions): Promise<Simulator<Config>>;
}

/** A module whose configuration is its own business. */
export interface RegisteredProvider {
  readonly name: ProviderName;
  /** Null: not configured. */
  readConfig(get: Get, complain: Complain): ((options: OpenOptions) => PaymentProvider) | null;
  openSimulator(
    options: SimulatorOptions,
  ): Promise<Omit<Simulator<never>, 'config'> & { open(options: OpenOptions): PaymentProvider }>;
}

export function registerProvider<Config>(module: ProviderModule<Config>): RegisteredProvider {
  return {
    name: module.name,
    readConfig: (get, complain) => {
      const config = module.readConfig(get, complain);
      return config === null ? null : (options) => module.open(config, options);
    },
    openSimulator: async (options) => {
      const { config, register, close } = await module.openSimulator(options);
      return { register, close, open: (open) => module.open(config, open) };
    },
  };
}
