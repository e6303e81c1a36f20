import type Joi from 'joi';
import { problem } from './shapes/problem.ts';
import type { Route } from './route.ts';

type Schema = Record<string, unknown>;

interface WithJsonSchema {
  readonly '~standard': {
    readonly jsonSchema: { input(options: { readonly target: 'draft-2020-12' }): Schema };
  };
}

/** JSON Schema of what a Joi schema takes, by Joi itself: what is described is what is checked. */
function jsonSchema(schema: Joi.Schema): Schema {
  return (schema as unknown as WithJsonSchema)['~standard'].jsonSchema.input({ target: 'draft-2020-12' });
}

/** The description of the API, OpenAPI 3.1, whose schemas are JSON Schema 2020-12. */
export function openApi(routes: readonly Route[]): Schema {
  const paths: Record<string, Schema> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  const schemas = Object.fromEntries(
    routes.flatMap((route) => [
      ...(route.body ? [[bodyName(route), jsonSchema(route.body)] as const] : []),
      ...(route.shape ? [[answerName(route), jsonSchema(route.shape)] as const] : []),
    ]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tocsin',
      version: '1',
      description:
        'Everything that the pages can do, with the rights of the person whose token it is. Instants are ISO 8601 ' +
        'in UTC. Errors are problem documents (RFC 9457). Whatever creates, changes or sends takes an ' +
        'Idempotency-Key: a repeat within a day gets the first answer.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      parameters: { key: KEY },
      responses: { Problem: problemResponse() },
      schemas: { ...schemas, Problem: jsonSchema(problem) },
    },
  };
}

const KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: '8 to 200 printable characters, new for each thing that is to be done once.',
  schema: { type: 'string', minLength: 8, maxLength: 200 },
} as const;

/** OpenAPI 3.1 describes raw bytes by no schema at all. */
const BYTES = { 'application/octet-stream': {} } as const;

function operation(route: Route): Schema {
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    parameters: parametersOf(route),
    ...(route.body ? { requestBody: requestBody(route) } : {}),
    ...(route.file === 'taken' ? { requestBody: { required: true, content: BYTES } } : {}),
    responses: { [route.status]: answer(route), default: { $ref: '#/components/responses/Problem' } },
  };
}

function parametersOf({ path, method, query }: Route): readonly Schema[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const described = query ? jsonSchema(query) : {};
  const properties = described['properties'] as Record<string, Schema> | undefined;
  const required = (described['required'] ?? []) as readonly string[];
  const inQuery = Object.entries(properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  const key = method === 'get' ? [] : [{ $ref: '#/components/parameters/key' }];
  return [...inPath, ...inQuery, ...key];
}

function requestBody(route: Route): Schema {
  return {
    required: (jsonSchema(route.body as Joi.Schema)['required'] as unknown[] | undefined) !== undefined,
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${bodyName(route)}` },
        ...(route.example === undefined ? {} : { example: route.example }),
      },
    },
  };
}

function answer(route: Route): Schema {
  if (route.file === 'given') return { description: 'The file.', content: BYTES };
  if (!route.shape) return { description: 'Done.' };
  const schema = { $ref: `#/components/schemas/${answerName(route)}` };
  return { description: 'Done.', content: { 'application/json': { schema } } };
}

function problemResponse(): Schema {
  return {
    description: 'What is wrong, and what to do.',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function bodyName({ id }: Route): string {
  return `${capital(id)}Body`;
}

function answerName({ id }: Route): string {
  return `${capital(id)}Answer`;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
