import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { regimeJsonSchema } from '../src/domain/law/regime/json-schema.ts';

// Writes the JSON Schemas that editors complete law files from; a test fails when they are not current.
const folder = process.argv[2] ?? join('playbooks', 'schema');
writeFileSync(join(folder, 'regime.schema.json'), `${JSON.stringify(regimeJsonSchema(), null, 2)}\n`);
