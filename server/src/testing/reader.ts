/**
 * Reads pages as a browser without JavaScript does: keeps cookies, fills forms with what they already hold, follows
 * where they lead.
 */
import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';

export interface ReadPage {
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly html: string;
  /** The words, without markup, spaces made plain. */
  readonly text: string;
}

export class Reader {
  readonly #site: FastifyInstance;
  readonly #cookies = new Map<string, string>();

  constructor(site: FastifyInstance, cookie?: string) {
    this.#site = site;
    if (cookie !== undefined) this.#keep([cookie]);
  }

  /** GET without following: the status says where it goes. */
  async ask(path: string, headers: Record<string, string> = {}): Promise<ReadPage> {
    return this.#send('GET', path, headers);
  }

  /** GET, following what it answers. */
  async open(path: string): Promise<ReadPage> {
    return this.follow(await this.ask(path));
  }

  async follow(page: ReadPage): Promise<ReadPage> {
    let last = page;
    for (let hops = 0; last.status === 303; hops++) {
      assert(hops < 5, `${page.path} goes round in circles`);
      last = await this.ask(locationOf(last));
    }
    return last;
  }

  /** Sends the form whose action is this, with what it holds and these fields over it. Does not follow. */
  async submit(page: ReadPage, action: string, fields: Record<string, string> = {}): Promise<ReadPage> {
    const body = new URLSearchParams({ ...formOf(page, action), ...fields });
    return this.post(action, body.toString());
  }

  /** The same with files, as multipart. */
  async submitFiles(
    page: ReadPage,
    action: string,
    fields: Record<string, string>,
    files: Readonly<Record<string, { readonly name: string; readonly bytes: Buffer }>>,
  ): Promise<ReadPage> {
    const form = new FormData();
    for (const [name, text] of Object.entries({ ...formOf(page, action), ...fields })) form.set(name, text);
    // A file's field that was left empty is sent as an empty file without a name.
    for (const [, name = ''] of page.html.matchAll(/<input [^>]*name="(\w+)" type="file"/g)) {
      form.set(name, new Blob([]), '');
    }
    for (const [name, file] of Object.entries(files))
      form.set(name, new Blob([new Uint8Array(file.bytes)]), file.name);
    const encoded = new Response(form);
    return this.#send(
      'POST',
      action,
      { 'content-type': encoded.headers.get('content-type') ?? '', 'sec-fetch-site': 'same-origin' },
      Buffer.from(await encoded.arrayBuffer()),
    );
  }

  async post(path: string, body: string, headers: Record<string, string> = {}): Promise<ReadPage> {
    return this.#send(
      'POST',
      path,
      { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', ...headers },
      body,
    );
  }

  async #send(
    method: 'GET' | 'POST',
    path: string,
    headers: Record<string, string>,
    payload?: string | Buffer,
  ): Promise<ReadPage> {
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await this.#site.inject({
      method,
      url: path,
      headers: { host: 'localhost', ...(cookie === '' ? {} : { cookie }), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    this.#keep([answer.headers['set-cookie'] ?? []].flat());
    const html = answer.body;
    return { path, status: answer.statusCode, headers: answer.headers, html, text: textOf(html) };
  }

  #keep(pairs: readonly string[]): void {
    for (const pair of pairs) {
      const [name = '', value = ''] = (pair.split(';')[0] ?? '').split('=');
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

export function locationOf(page: ReadPage): string {
  const { location } = page.headers;
  assert(typeof location === 'string', `${page.path} answers ${page.status} and leads nowhere`);
  return location;
}

/** The fields a form of this page holds. */
export function formOf(page: ReadPage, action: string): Record<string, string> {
  const escaped = action.replaceAll('&', '&amp;');
  const [, rest] = page.html.split(`action="${escaped}"`);
  assert(rest !== undefined, `${page.path} (${page.status}) has no form for ${action}`);
  const [inside = ''] = rest.split('</form>');
  const fields: Record<string, string> = {};
  for (const [tag] of inside.matchAll(/<input [^>]*>/g)) {
    const name = / name="([^"]*)"/.exec(tag)?.[1];
    const isLeftOut =
      / type="file"/.test(tag) || (/ type="(radio|checkbox)"/.test(tag) && !/ checked/.test(tag));
    if (name !== undefined && !isLeftOut) fields[name] = plain(/ value="([^"]*)"/.exec(tag)?.[1] ?? '');
  }
  return fields;
}

function textOf(html: string): string {
  return html
    .replace(/<(style|script|svg)\b.*?<\/\1>/gs, ' ')
    .replace(/<span class="vh">.*?<\/span>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replaceAll('&amp;', '&');
}

function plain(markup: string): string {
  return markup.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
