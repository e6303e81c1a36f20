import type { Json } from '../../../../domain/register/entry.ts';
import { SECTORS } from '../../../../domain/law/vocabulary.ts';
import type { OptionWords } from '../../answers/fields.ts';
import type { Visit } from '../../request/visit.ts';
import { textsOf } from '../../words/recipients.ts';

/** The choice that says 'none of these': not the same as saying nothing, which is unknown. */
export const NO_SECTOR = 'none';

/** The sectors that laws name, by the law engine's own words, after 'none of these'. */
export function sectorOptions({ say }: Pick<Visit, 'say'>): readonly OptionWords[] {
  return [
    { value: NO_SECTOR, label: say('settings.no-sector') },
    ...SECTORS.map((value) => ({ value, label: value.replaceAll('-', ' ') })),
  ];
}

/** What is ticked for a stored profile. */
export function chosenSectors(stored: Json | undefined): readonly string[] {
  const sectors = textsOf(stored);
  return stored !== undefined && sectors.length === 0 ? [NO_SECTOR] : sectors;
}
