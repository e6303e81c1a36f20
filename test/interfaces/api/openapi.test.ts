import { expect } from 'chai';
import { ROUTES } from '../../../src/interfaces/api/routes/index.ts';
import { withServedHouse } from '../web/served-house.ts';
import { openOffice, Program } from './client.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly { readonly name?: string; readonly in?: string; readonly $ref?: string }[];
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { readonly schema: { readonly $ref: string }; readonly example?: unknown }>
    >;
  };
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describe('The description of the API', () => {
  const served = withServedHouse();
  let description: Description;

  before(async () => {
    await openOffice(served);
    description = (await new Program(served).get('/openapi.json')).json;
  });

  it('is OpenAPI 3.1, and needs no token', () => {
    expect(description.openapi).to.equal('3.1.0');
  });

  it('holds every route, with each parameter of its path, and no other', () => {
    const described = Object.entries(description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).to.deep.equal(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
    for (const [path, operations] of Object.entries(description.paths)) {
      for (const { parameters } of Object.values(operations)) {
        const named = parameters
          .filter((parameter) => parameter.in === 'path')
          .map(({ name }) => `{${name ?? ''}}`);
        expect(named).to.deep.equal(path.match(/\{\w+\}/g) ?? []);
      }
    }
  });

  it('names each operation once, and the key of idempotency wherever something changes', () => {
    const operations = Object.values(description.paths).flatMap((byMethod) => Object.entries(byMethod));
    const names = operations.map(([, { operationId }]) => operationId);
    expect(new Set(names).size).to.equal(names.length);
    for (const [method, { parameters, operationId }] of operations) {
      const keyed = parameters.some(({ $ref }) => $ref === '#/components/parameters/key');
      expect(keyed, operationId).to.equal(method !== 'get');
    }
  });

  it('refers only to what is in it', () => {
    const refs = [...JSON.stringify(description).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, ref = '']) => ref,
    );
    expect(refs.length).to.be.greaterThan(60);
    for (const ref of refs) {
      const found = ref
        .split('/')
        .reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], description);
      expect(found, ref).to.be.an('object');
    }
  });

  it('has a body that is checked by the very schema that is described, and an example that passes', () => {
    for (const route of ROUTES.filter(({ body }) => body !== undefined)) {
      const described =
        description.paths[route.path]?.[route.method]?.requestBody?.content['application/json'];
      expect(described?.example, route.id).to.deep.equal(route.example);
      const fields = Object.keys((route.body?.describe() as { keys?: object }).keys ?? {});
      const [, , , name = ''] = (described?.schema.$ref ?? '').split('/');
      const schema = description.components['schemas']?.[name] as {
        properties?: object;
        additionalProperties: unknown;
      };
      expect(Object.keys(schema.properties ?? {}), route.id).to.deep.equal(fields);
      expect(schema.additionalProperties, route.id).to.equal(false);
      if (fields.length === 0) continue;
      expect(route.example, `${route.id} has an example`).not.to.equal(undefined);
      expect(route.body?.validate(route.example, { convert: false }).error, route.id).to.equal(undefined);
    }
  });
});
