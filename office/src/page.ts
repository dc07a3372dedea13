import type { FunctionComponent } from 'preact';
import type { OfficeVisitor } from '#core/api/office-pages.ts';
import type { PageProps } from '#core/api/pages.ts';

export type Props<View> = PageProps<View, OfficeVisitor>;

/** One page of the office: what `Main` draws is what its client, if it has one, takes over. */
export interface Page<View> {
  title(view: View): string;
  readonly Main: FunctionComponent<Props<View>>;
  /** The address to load by itself after some seconds; with a script, only where that does not run. */
  refresh?(view: View): { readonly seconds: number; readonly url: string } | undefined;
}
