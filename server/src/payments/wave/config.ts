/** How the house reaches Wave: all of it from the environment, or none. Complaints name a variable, never its value. */

export interface WaveConfig {
  /** "https://api.wave.com"; no slash at the end. */
  readonly url: string;
  readonly apiKey: string;
  /** For keys that must sign their requests; null: this key does not. */
  readonly signingSecret: string | null;
  readonly webhooks: {
    readonly strategy: 'signature' | 'bearer';
    /** Several while a secret is being replaced. */
    readonly secrets: readonly string[];
  };
  /** Only the player's own number may pay. Otherwise the payer is looked up after each payment. */
  readonly restrictsPayer: boolean;
}

const waveUrl = 'https://api.wave.com';

export function readWaveConfig(
  get: (name: string) => string | undefined,
  complain: (problem: string) => void,
): WaveConfig | null {
  const apiKey = get('WAVE_API_KEY');
  const secrets = readList(get('WAVE_WEBHOOK_SECRETS'));
  const signingSecret = get('WAVE_SIGNING_SECRET') ?? null;
  const names = ['API_URL', 'SIGNING_SECRET', 'WEBHOOK_STRATEGY', 'RESTRICT_PAYER'];
  const isMentioned = names.some((name) => get(`WAVE_${name}`) !== undefined);
  if (apiKey === undefined && secrets.length === 0 && !isMentioned) return null;
  if (apiKey === undefined || secrets.length === 0) {
    complain('WAVE_API_KEY and WAVE_WEBHOOK_SECRETS go together');
    return null;
  }
  const url = get('WAVE_API_URL') ?? waveUrl;
  if (!isPlainHttps(url)) complain('WAVE_API_URL is https://…, without a slash at the end');
  if (!isHeaderText(apiKey)) complain('WAVE_API_KEY is printed characters without spaces');
  if (!secrets.every((secret) => isHeaderText(secret) && secret.length >= 16))
    complain('WAVE_WEBHOOK_SECRETS are at least 16 characters each, separated by commas');
  if (new Set([apiKey, signingSecret, ...secrets]).size !== secrets.length + 2)
    complain('WAVE_API_KEY, WAVE_SIGNING_SECRET and each of WAVE_WEBHOOK_SECRETS differ from one another');
  const strategy = get('WAVE_WEBHOOK_STRATEGY') ?? 'signature';
  if (strategy !== 'signature' && strategy !== 'bearer')
    complain('WAVE_WEBHOOK_STRATEGY is signature or bearer');
  const restricts = get('WAVE_RESTRICT_PAYER') ?? 'yes';
  if (restricts !== 'yes' && restricts !== 'no') complain('WAVE_RESTRICT_PAYER is yes or no');
  return {
    url,
    apiKey,
    signingSecret,
    webhooks: { strategy: strategy === 'bearer' ? 'bearer' : 'signature', secrets },
    restrictsPayer: restricts !== 'no',
  };
}

function readList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function isPlainHttps(url: string): boolean {
  if (!URL.canParse(url) || url.endsWith('/')) return false;
  const { protocol, username, password, search, hash } = new URL(url);
  return protocol === 'https:' && `${username}${password}${search}${hash}` === '';
}

function isHeaderText(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
