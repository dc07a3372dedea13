/** The HTML document around a page: head, inlined style, the page's script, and the data it comes alive with. */
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { takeSprite } from './icons.tsx';

export interface DocumentInput {
  readonly title: string;
  readonly style: string;
  readonly icon: string;
  readonly script: string | null;
  readonly preloads: readonly string[];
  /** What the script reads to take over; null when there is no script. */
  readonly data: object | null;
  /** Loads another address after some seconds; where the page has a script, only without JavaScript. */
  readonly refresh?: { readonly seconds: number; readonly url: string } | undefined;
  readonly body: VNode;
}

export function renderDocument(input: DocumentInput): string {
  const body = renderToString(input.body);
  const sprite = renderToString(takeSprite());
  return `<!doctype html>${renderToString(<Head {...input} />).replace(
    '</html>',
    () => `<body>${body}${sprite}${dataOf(input)}</body></html>`,
  )}`;
}

function Head({ title, style, icon, script, preloads, refresh }: DocumentInput) {
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover" />
        <meta name="color-scheme" content="dark light" />
        <meta name="theme-color" content="#15110b" media="(prefers-color-scheme: dark)" />
        <meta name="theme-color" content="#f5ecd9" media="(prefers-color-scheme: light)" />
        <meta name="format-detection" content="telephone=no" />
        {refresh !== undefined &&
          (script === null ? (
            <Refresh {...refresh} />
          ) : (
            <noscript>
              <Refresh {...refresh} />
            </noscript>
          ))}
        <link rel="icon" href={icon} type="image/svg+xml" />
        <style dangerouslySetInnerHTML={{ __html: style }} />
        {preloads.map((href) => (
          <link rel="modulepreload" href={href} key={href} />
        ))}
        {script !== null && <script type="module" src={script} />}
      </head>
    </html>
  );
}

function Refresh({ seconds, url }: { readonly seconds: number; readonly url: string }) {
  return <meta http-equiv="refresh" content={`${seconds};url=${url}`} />;
}

function dataOf({ script, data }: DocumentInput): string {
  if (script === null || data === null) return '';
  // "<" is written as an escape: nothing in the data can end the element.
  return `<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;
}
