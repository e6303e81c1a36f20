// Writes the JSON Schemas of playbooks/*.yaml and playbooks/forms/*.yaml, from which editors complete and check, out of the Joi schemas that
// read them. Run: npx tsx scripts/playbook-schemas.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { formJsonSchema, vocabularyJsonSchema } from '../src/domain/notice/form/json-schema.ts';
import { placesJsonSchema, playbookJsonSchema } from '../src/domain/playbook/index.ts';

const folder = new URL('../playbooks/schema/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, schema] of [
  ['playbook.json', playbookJsonSchema()],
  ['places-to-click.json', placesJsonSchema()],
  ['form.json', formJsonSchema()],
  ['form-vocabulary.json', vocabularyJsonSchema()],
] as const) {
  writeFileSync(new URL(name, folder), `${JSON.stringify(schema, null, 2)}\n`);
}
