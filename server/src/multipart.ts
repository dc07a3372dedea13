/**
 * Forms with files: the one parser of multipart bodies. A file that is too big stops being kept at once; the rest of
 * the body is read past, so that the page can still say why. Strict like the other forms: no field twice, no file that
 * nobody asked for.
 */
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { FastifyRequest } from 'fastify';
import { fail, RefusalError, refusal } from '#core/errors.ts';
import { type FieldProblem, type Fields, unreadable } from './forms.ts';

export interface MultipartForm {
  readonly fields: Fields;
  /** By the name of their field; one that was left empty is not there. */
  readonly files: Readonly<Record<string, Buffer>>;
  readonly problem: FieldProblem | null;
}

const FILE_MEGABYTES_MAX = 5;
const FILE_BYTES_MAX = FILE_MEGABYTES_MAX * 1024 * 1024;
const FIELDS_MAX = 20;
const FIELD_BYTES_MAX = 2 * 1024;
/** Read past, not kept: a file or two from a good camera, with the answer still to be given. */
const BODY_BYTES_MAX = 30 * 1024 * 1024;

/** Reads the body of a request whose content type parser has left it alone. */
export async function readMultipart(
  request: FastifyRequest,
  fileNames: readonly string[],
): Promise<MultipartForm> {
  const { 'content-type': contentType = '', 'content-length': length = '0' } = request.headers;
  if (!/^multipart\/form-data\s*;/i.test(contentType)) fail('media_type_unsupported');
  if (Number(length) > BODY_BYTES_MAX) fail('body_too_large');
  const parser = openParser(contentType, fileNames.length) ?? badBody();
  const { form, complain, addField, addFile } = openForm(fileNames);
  parser.on('file', (name, stream) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('limit', () => chunks.splice(0));
    stream.on('end', () => addFile(name, Buffer.concat(chunks), stream.truncated));
  });
  parser.on('field', (name, text, isNameCut, isCut) => {
    if (isNameCut || isCut) complain(unreadable('champ trop long'));
    else addField(name, text);
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    parser.on(limit, () => complain(unreadable('trop de champs')));
  }
  await pour(request, parser);
  return form();
}

function openParser(contentType: string, fileCount: number): BusboyInstance | null {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        fieldNameSize: 60,
        fieldSize: FIELD_BYTES_MAX,
        fields: FIELDS_MAX,
        fileSize: FILE_BYTES_MAX,
        files: fileCount,
        parts: FIELDS_MAX + fileCount,
        headerPairs: 20,
        headerSize: 4 * 1024,
      },
    });
  } catch {
    // A content type without a boundary.
    return null;
  }
}

/** Gathers what the parser finds; the first thing wrong with it is what is told. */
function openForm(fileNames: readonly string[]) {
  const fields: Record<string, string> = Object.create(null);
  const files: Record<string, Buffer> = Object.create(null);
  let problem: FieldProblem | null = null;
  const complain = (found: FieldProblem) => {
    problem ??= found;
  };
  const twice = (name: string) => complain(unreadable(`champ en double : ${name.slice(0, 40)}`));
  return {
    complain,
    addField: (name: string, text: string) => {
      if (name in fields || name in files) twice(name);
      else fields[name] = text;
    },
    addFile: (name: string, bytes: Buffer, isTooBig: boolean) => {
      if (isTooBig) {
        const refused = refusal('file_too_large', { maxMegabytes: String(FILE_MEGABYTES_MAX) });
        complain({ refusal: refused, field: fileNames.includes(name) ? name : null });
      } else if (!fileNames.includes(name)) complain(unreadable(`fichier inconnu : ${name.slice(0, 40)}`));
      else if (name in files || name in fields) twice(name);
      else if (bytes.length > 0) files[name] = bytes;
    },
    form: (): MultipartForm => ({ fields, files, problem }),
  };
}

/** Pours the body into the parser; when that cannot go on, the rest is let run out and the request refused. */
function pour(request: FastifyRequest, parser: BusboyInstance): Promise<void> {
  const { raw } = request;
  return new Promise((resolve, reject) => {
    let bytes = 0;
    const refuse = (code: 'body_too_large' | 'request_invalid') => {
      raw.unpipe(parser);
      raw.resume();
      reject(refusalOf(code));
    };
    raw.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > BODY_BYTES_MAX) refuse('body_too_large');
    });
    raw.on('close', () => {
      if (!raw.readableEnded) refuse('request_invalid');
    });
    parser.on('error', () => refuse('request_invalid'));
    parser.on('finish', resolve);
    raw.pipe(parser);
  });
}

function refusalOf(code: 'body_too_large' | 'request_invalid'): RefusalError {
  return new RefusalError(
    code === 'body_too_large' ? refusal(code) : refusal(code, { detail: 'formulaire coupé ou mal formé' }),
  );
}

function badBody(): never {
  throw refusalOf('request_invalid');
}
