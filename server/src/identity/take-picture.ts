/**
 * The door for pictures of documents. What comes in is judged by its content, never by its name, decoded, and written
 * anew as a plain JPEG: what a file carries besides its picture (place, device, a second file behind the first) does
 * not get past here. What does not decode is not kept.
 */
import sharp from 'sharp';
import { fail } from '#core/errors.ts';

const MEGAPIXELS_MAX = 50;
/** The short side: less cannot be read. */
const SIDE_PIXELS_MIN = 300;
/** What is kept: enough to read the small print. */
const KEPT_PIXELS_MAX = 2_000;
const QUALITY = 82;
const DECODE_SECONDS_MAX = 15;
/** A picture at its largest takes 200 MB while it is decoded: few at a time, and few who wait. */
const AT_ONCE_MAX = 2;
const WAITING_MAX = 20;

type PictureKind = 'jpeg' | 'png' | 'webp';

sharp.cache(false);

/** The picture as it is kept. Refuses what is no JPEG, PNG or WebP, what does not decode, and what is out of size. */
export async function takePicture(bytes: Buffer): Promise<Buffer> {
  const kind = kindOf(bytes);
  if (kind === null) return fail('picture_kind_refused', { found: foreignKindOf(bytes) });
  return inTurn(() => decode(bytes, kind));
}

async function decode(bytes: Buffer, kind: PictureKind): Promise<Buffer> {
  const open = () =>
    sharp(bytes, { failOn: 'error', limitInputPixels: MEGAPIXELS_MAX * 1_000_000, pages: 1 }).timeout({
      seconds: DECODE_SECONDS_MAX,
    });
  try {
    const { format, width, height } = await open().metadata();
    if (format !== kind) return fail('picture_unreadable');
    if (width * height > MEGAPIXELS_MAX * 1_000_000) return tooBig();
    if (Math.min(width, height) < SIDE_PIXELS_MIN) {
      return fail('picture_too_small', { minPixels: String(SIDE_PIXELS_MIN) });
    }
    return await open()
      .rotate()
      .resize({ width: KEPT_PIXELS_MAX, height: KEPT_PIXELS_MAX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: QUALITY })
      .toBuffer();
  } catch (error) {
    // The decoder says what it stumbled over; the person needs to know only that it did.
    if (error instanceof Error && /pixel limit/i.test(error.message)) return tooBig();
    if (error instanceof Error && error.name === 'RefusalError') throw error;
    return fail('picture_unreadable');
  }
}

function tooBig(): never {
  return fail('picture_too_big', { maxMegapixels: String(MEGAPIXELS_MAX) });
}

function kindOf(bytes: Buffer): PictureKind | null {
  if (bytes.subarray(0, 3).equals(Buffer.of(0xff, 0xd8, 0xff))) return 'jpeg';
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'png';
  const isRiff = bytes.toString('latin1', 0, 4) === 'RIFF';
  return isRiff && bytes.toString('latin1', 8, 12) === 'WEBP' ? 'webp' : null;
}

/** What a person might have sent in good faith, by its name. */
function foreignKindOf(bytes: Buffer): string {
  const head = bytes.toString('latin1', 0, 16);
  if (head.startsWith('%PDF')) return 'PDF';
  if (/^....ftyp(hei|hev|mif|msf)/s.test(head)) return 'HEIC';
  if (/^....ftypavi/s.test(head)) return 'AVIF';
  if (head.startsWith('GIF8')) return 'GIF';
  return 'inconnu';
}

let busyCount = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (busyCount >= AT_ONCE_MAX) {
    if (waiting.length >= WAITING_MAX) fail('busy');
    await new Promise<void>((go) => waiting.push(go));
  } else {
    busyCount += 1;
  }
  try {
    return await work();
  } finally {
    // The place goes to who waits longest.
    const next = waiting.shift();
    if (next === undefined) busyCount -= 1;
    else next();
  }
}
