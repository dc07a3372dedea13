/** The operations of both sites, read from the OpenAPI documents that the sites serve. */
import type { Site } from '#server/http.ts';

/** As much of JSON Schema as the contract uses. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema: Schema & { readonly $ref?: string } }>>;
  /** The codes a problem of this status may have. */
  readonly 'x-codes'?: readonly string[];
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: Schema;
}

interface DocumentedOperation {
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, Response>>;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Operation {
  readonly name: string;
  readonly site: Site;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | null;
  /** By status: what its body looks like (null: there is none) and which codes it may carry. */
  readonly answers: ReadonlyMap<
    number,
    { readonly schema: Schema | null; readonly codes: readonly string[] }
  >;
}

export async function readOperations(site: Site, base: string): Promise<Operation[]> {
  const response = await fetch(`${base}/api/openapi.json`);
  const document: OpenApi = await response.json();
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      site,
      method: method === 'get' ? 'GET' : 'POST',
      path,
      parameters: operation.parameters,
      body: operation.requestBody?.content['application/json']?.schema ?? null,
      answers: answersOf(document, operation),
    })),
  );
}

function answersOf(document: OpenApi, operation: DocumentedOperation): Operation['answers'] {
  return new Map(
    Object.entries(operation.responses).map(([status, response]) => {
      const [content] = Object.values(response.content ?? {});
      const name = content?.schema.$ref?.split('/').at(-1);
      const schema = name === undefined ? content?.schema : document.components.schemas[name];
      return [Number(status), { schema: schema ?? null, codes: response['x-codes'] ?? [] }];
    }),
  );
}
