/** Pictures of documents, drawn; and files that only look like one. */
import { crc32 } from 'node:zlib';
import sharp from 'sharp';

/** A photo of this size, with noise so that it is not nothing. Its metadata says where it was taken. */
export function drawPhoto(
  format: 'jpeg' | 'png' | 'webp' = 'jpeg',
  { width = 800, height = 500 }: { readonly width?: number; readonly height?: number } = {},
): Promise<Buffer> {
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })
    .withExif({ IFD0: { Copyright: 'SECRET-OF-THE-PHONE' }, IFD3: { GPSLatitude: '14/1 41/1 0/1' } })
    .toFormat(format)
    .toBuffer();
}

/** A PNG of a few bytes whose head says it is enormous. */
export async function drawBomb(): Promise<Buffer> {
  const bytes = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
  bytes.writeUInt32BE(60_000, 16);
  bytes.writeUInt32BE(60_000, 20);
  // The head's own checksum.
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}
