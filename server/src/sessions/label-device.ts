/** What a person would call his device: "Chrome sur Android". Plain letters only: it goes into text messages too. */
const browsers = [
  [/\bOPR\/|\bOpera Mini\b|\bOPiOS\b/, 'Opera'],
  [/\bEdg(A|iOS)?\//, 'Edge'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bUCBrowser\//, 'UC Browser'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;

const systems = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bKAIOS\b/i, 'KaiOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bLinux\b|\bCrOS\b/, 'Linux'],
] as const;

export function labelDevice(userAgent: string | undefined): string {
  const said = (userAgent ?? '').slice(0, 400);
  const browser = browsers.find(([mark]) => mark.test(said))?.[1];
  const system = systems.find(([mark]) => mark.test(said))?.[1];
  if (browser !== undefined && system !== undefined) return `${browser} sur ${system}`;
  return browser ?? system ?? 'Appareil inconnu';
}
