import type { OptionWords } from '../answers/fields.ts';

let options: readonly OptionWords[] | undefined;

/** Every IANA zone that the runtime knows, and UTC. */
export function zoneOptions(): readonly OptionWords[] {
  options ??= [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])].map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }));
  return options;
}
