import type { FunctionComponent } from 'preact';
import type { PageProps } from '#core/api/pages.ts';
import type { PlayerVisitor } from '#core/api/player-pages.ts';
import type { Tab } from './shell.tsx';

export type Props<View> = PageProps<View, PlayerVisitor>;

/** One page of the player's app. What `Main` draws is what the page's script, if it has one, takes over. */
export interface Page<View> {
  readonly tab: Tab | null;
  title(view: View): string;
  readonly Main: FunctionComponent<Props<View>>;
  /** Stays as the server drew it, and costs the script nothing. */
  readonly Below?: FunctionComponent<Props<View>>;
  /** Another address that the browser asks for by itself while this page is looked at. */
  refresh?(view: View): string | undefined;
  /** After so many seconds; at once unless said. */
  refreshAfterS?(view: View): number;
}
