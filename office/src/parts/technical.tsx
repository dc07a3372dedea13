/** What the machine noted, in its own words: for whoever asks the provider or a developer. */
import { shellTexts } from '../texts.ts';

export function Technical({ detail }: { detail: string | null }) {
  if (detail === null) return null;
  return (
    <p class="small mute long">
      {shellTexts.technical} <code>{detail}</code>
    </p>
  );
}
