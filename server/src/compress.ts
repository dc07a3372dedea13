/** Bytes of a page as small as the browser can read them. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

export async function compress(
  html: string,
  accepted: string,
): Promise<{ encoding: string | null; bytes: Buffer }> {
  const bytes = Buffer.from(html);
  if (/\bbr\b/.test(accepted)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return { encoding: 'br', bytes: await brotli(bytes, { params }) };
  }
  if (/\bgzip\b/.test(accepted)) return { encoding: 'gzip', bytes: await zip(bytes, { level: 6 }) };
  return { encoding: null, bytes };
}
