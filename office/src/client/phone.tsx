import { bringPasskeyButtons } from '#ui/passkey-client.ts';

bringPasskeyButtons();
