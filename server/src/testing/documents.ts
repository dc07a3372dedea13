/** A player who sends a document through the form of his page, as a browser does. */
import assert from 'node:assert/strict';
import type { House } from './house.ts';
import { drawPhoto } from './pictures.ts';
import { locationOf, Reader, type ReadPage } from './reader.ts';

export const onDocument = {
  kind: 'cni',
  country: 'SN',
  number: '1 987 1990 01234',
  name: 'Awa Ndiaye',
  birthDate: '1990-01-01',
  expiresOn: '2035-12-31',
};

const path = '/moi/identite';

let numbers = 10_000;

/** A number that no document of this process has. */
export function newNumber(): string {
  numbers += 1;
  return `1 987 1990 ${numbers}`;
}

/** Sends the form with these answers over the usual ones; the page that answers, not followed. */
export async function sendForm(
  reader: Reader,
  typed: Partial<typeof onDocument> = {},
  files: { readonly front?: Buffer | null; readonly back?: Buffer | null } = {},
): Promise<ReadPage> {
  const photo = await drawPhoto();
  const { front = photo, back = photo } = files;
  return reader.submitFiles(
    await reader.open(path),
    path,
    { ...onDocument, ...typed },
    {
      ...(front === null ? {} : { front: { name: 'recto.jpg', bytes: front } }),
      ...(back === null ? {} : { back: { name: 'verso.jpg', bytes: back } }),
    },
  );
}

/** Sends a document that is taken; its id. */
export async function sendGoodDocument(
  house: House,
  player: { readonly cookie: string },
  typed: Partial<typeof onDocument> = {},
): Promise<string> {
  const answer = await sendForm(new Reader(house.app.player, player.cookie), {
    number: newNumber(),
    ...typed,
  });
  assert.equal(answer.status, 303, answer.text);
  assert.equal(locationOf(answer), '/moi/identite?fait=envoi');
  const { document } = (await house.get('/identity', player.cookie)).body;
  return document.documentId;
}
