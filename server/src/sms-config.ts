/** How text messages leave: Orange's SMS API, when the environment names it. All of it or none. */

export interface OrangeSmsConfig {
  /** "https://api.orange.com" unless a proxy stands before it. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The number the contract gives, in E.164. */
  readonly sender: string;
  /** What phones show in its place, once Orange has registered it. */
  readonly senderName: string | null;
}

const orangeUrl = 'https://api.orange.com';

export function readOrangeSms(
  get: (name: string) => string | undefined,
  complain: (problem: string) => void,
): OrangeSmsConfig | null {
  const clientId = get('ORANGE_SMS_CLIENT_ID');
  const clientSecret = get('ORANGE_SMS_CLIENT_SECRET');
  const sender = get('ORANGE_SMS_SENDER');
  const senderName = get('ORANGE_SMS_SENDER_NAME') ?? null;
  const url = get('ORANGE_SMS_URL') ?? orangeUrl;
  if ((clientId ?? clientSecret ?? sender) === undefined) return null;
  if (clientId === undefined || clientSecret === undefined || sender === undefined) {
    complain('ORANGE_SMS_CLIENT_ID, ORANGE_SMS_CLIENT_SECRET and ORANGE_SMS_SENDER go together');
    return null;
  }
  if (!/^\+[1-9]\d{6,14}$/.test(sender)) complain('ORANGE_SMS_SENDER is a number such as +221771234567');
  if (senderName !== null && !/^[A-Za-z0-9 ]{1,11}$/.test(senderName))
    complain('ORANGE_SMS_SENDER_NAME is 1 to 11 letters, digits or spaces');
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:' || url.endsWith('/'))
    complain('ORANGE_SMS_URL is https://…, without a slash at the end');
  return { url, clientId, clientSecret, sender, senderName };
}
