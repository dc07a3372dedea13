/** Tokens by client credentials, good for 299 seconds: the form's body alone, as the gateway takes them. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { addRoute, type Gateway, json } from './gateway.ts';
import type { World } from './world.ts';

const LIFE_S = 299;

export interface Tokens {
  isGood(token: string): boolean;
  give(): string;
  end(): void;
}

export function openTokens(world: World): Tokens {
  const endsAtMs = new Map<string, number>();
  return {
    isGood: (token) => (endsAtMs.get(token) ?? 0) > world.now(),
    give: () => {
      const token = randomBytes(24).toString('base64url');
      endsAtMs.set(token, world.now() + LIFE_S * 1000);
      return token;
    },
    end: () => endsAtMs.clear(),
  };
}

export function registerTokens(
  app: FastifyInstance,
  gateway: Gateway,
  client: { readonly clientId: string; readonly clientSecret: string },
): void {
  addRoute(app, gateway, {
    method: 'POST',
    path: '/oauth/v1/token',
    call: 'token',
    product: null,
    handle: ({ headers, body }) => {
      if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true)
        return json(415, { error: 'unsupported_media_type' });
      const form = new URLSearchParams(String(body));
      if (form.get('grant_type') !== 'client_credentials')
        return json(400, { error: 'unsupported_grant_type' });
      const isKnown =
        form.get('client_id') === client.clientId && form.get('client_secret') === client.clientSecret;
      if (!isKnown)
        return json(401, { error: 'invalid_client', error_description: 'Invalid client credentials' });
      if (gateway.world.faults().isClientInactive)
        return json(401, {
          error: 'unauthorized_client',
          error_description: 'INVALID_CREDENTIALS: Invalid client credentials',
        });
      return json(200, {
        access_token: gateway.tokens.give(),
        token_type: 'Bearer',
        expires_in: LIFE_S,
        scope: 'apimanagement',
        refresh_token: '',
        refresh_expires_in: 0,
      });
    },
  });
}
