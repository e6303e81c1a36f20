import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holidayJsonSchema } from '../src/adapters/holidays/override.ts';
import { authorityJsonSchema } from '../src/domain/law/authority.ts';
import { regimeJsonSchema } from '../src/domain/law/regime/json-schema.ts';

// Writes the JSON Schemas that editors complete law files from; a test fails when they are not current.
const folder = process.argv[2] ?? join('playbooks', 'schema');
for (const schema of [regimeJsonSchema(), authorityJsonSchema(), holidayJsonSchema()]) {
  writeFileSync(join(folder, String(schema['$id'])), `${JSON.stringify(schema, null, 2)}\n`);
}
