/**
 * What a request has to be, exactly: no value is converted, no field dropped or filled in. Each schema is compiled
 * when its route is first asked for: together they take most of a start, and a process answers few of its routes in
 * its first second. That each one compiles is a test of the contract.
 */
import { AjvCompiler } from '@fastify/ajv-compiler';
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';

type Validator = ReturnType<FastifySchemaCompiler<unknown>>;

const exact = { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: false };

export function compileSchemasLate(app: FastifyInstance): void {
  const compileValidator: FastifySchemaCompiler<unknown> = AjvCompiler()({}, { customOptions: exact });
  const compileSerializer = SerializerSelector()({}, {});
  app.setValidatorCompiler((part) => {
    let validate: Validator | undefined;
    const late: Validator = (data) => {
      validate ??= compileValidator(part);
      const result = validate(data);
      // Where Ajv leaves what was wrong, and Fastify looks for it.
      late.errors = validate.errors ?? null;
      return result;
    };
    return late;
  });
  app.setSerializerCompiler((part) => {
    let serialize: ((answer: unknown) => string) | undefined;
    return (answer) => {
      // Every answer has a status; only Fastify's type leaves it open.
      serialize ??= compileSerializer({ ...part, httpStatus: part.httpStatus ?? '' });
      return serialize(answer);
    };
  });
}
