import type { Version } from '../../../src/domain/law/law-book.ts';
import { installedLaw } from './book.ts';

export { clockText } from '../../../src/domain/law/index.ts';

/** The wording of today of every installed duty. */
export function installedDuties(): readonly Version[] {
  return [...installedLaw().duties.values()].map((duty) => duty.versions[0]);
}
