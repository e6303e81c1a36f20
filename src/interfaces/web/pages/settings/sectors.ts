import { lawsAsking } from '../../../../application/law/laws-asking.ts';
import type { Json } from '../../../../domain/register/entry.ts';
import { SECTORS, type Sector } from '../../../../domain/law/vocabulary.ts';
import { choices, type Choices, type OptionWords } from '../../answers/fields.ts';
import type { FormErrors } from '../../answers/problems.ts';
import type { StaffVisit } from '../../request/visit.ts';
import { textsOf } from '../../words/recipients.ts';

/** The choice that says 'none of these': not the same as saying nothing, which is unknown. */
export const NO_SECTOR = 'none';

/** Sectors by where one would look for one's own; what is in no group stands in the last. */
const GROUPS: readonly { readonly name: string; readonly sectors: readonly Sector[] }[] = [
  {
    name: 'trade',
    sectors: [
      'ecommerce',
      'online-service',
      'product-manufacturer',
      'importer',
      'open-source-steward',
      'ai-provider',
    ],
  },
  {
    name: 'digital',
    sectors: [
      'digital-service-provider',
      'ict-provider',
      'telecom-carrier',
      'eu-telecom-provider',
      'trust-service-provider',
      'eid-provider',
      'nis2-essential',
      'nis2-important',
      'nis1-operator',
      'information-broker',
      'regulated-data-zone',
    ],
  },
  {
    name: 'money',
    sectors: [
      'bank',
      'bank-service-provider',
      'credit-union',
      'financial-entity',
      'payment-provider',
      'payment-service',
      'ftc-financial-institution',
      'investment-firm',
      'investment-firm-provider',
      'insurer',
      'nydfs-covered-entity',
      'fca-firm',
      'finma-supervised',
      'credit-information',
      'tax-information-holder',
    ],
  },
  {
    name: 'health',
    sectors: [
      'health-provider',
      'hipaa-covered-entity',
      'hipaa-business-associate',
      'part2-program',
      'phr-vendor',
      'social-security-body',
    ],
  },
  {
    name: 'critical',
    sectors: [
      'critical-infrastructure',
      'vital-operator',
      'national-perimeter',
      'security-sensitive',
      'aviation',
      'electricity-entity',
      'pipeline',
      'rail',
      'maritime',
      'nuclear-licensee',
    ],
  },
  {
    name: 'public',
    sectors: [
      'public-body',
      'law-enforcement',
      'intelligence-service',
      'eu-institution',
      'school',
      'edtech-operator',
    ],
  },
];

const LAWS_NAMED = 2;

export interface SectorGroup extends Choices {
  readonly heading: string;
  readonly open: boolean;
}

/** 'None of these', first and alone. */
export function noSectorChoice({ say }: StaffVisit, chosen: readonly string[], errors: FormErrors): Choices {
  return choices(
    'sectors',
    { legend: say('settings.sectors'), kind: 'checkbox', columns: 'flow', hideLegend: true },
    [{ value: NO_SECTOR, label: say('settings.no-sector') }],
    chosen,
    errors,
  );
}

/** The sectors that laws name, grouped; each with the laws that ask for it. */
export function sectorGroups(visit: StaffVisit, chosen: readonly string[]): readonly SectorGroup[] {
  const grouped = new Set(GROUPS.flatMap(({ sectors }) => sectors));
  const rest = SECTORS.filter((sector) => !grouped.has(sector));
  return [...GROUPS, { name: 'american', sectors: rest }].map(({ name, sectors }) => {
    const heading = visit.say(`settings.sector-group.${name}`);
    const group = choices(
      'sectors',
      { legend: heading, kind: 'checkbox', columns: 'three', hideLegend: true },
      sectors.map((sector) => optionOf(visit, sector)),
      chosen,
      { at: () => null, summary: [] },
    );
    return {
      ...group,
      id: `sectors-${name}`,
      options: group.options.map((option, index) => ({ ...option, id: `sectors-${name}-${index}` })),
      heading,
      open: sectors.some((sector) => chosen.includes(sector)),
    };
  });
}

function optionOf(visit: StaffVisit, sector: Sector): OptionWords {
  const laws = lawsAsking(visit.parts.house.law).get(sector) ?? [];
  const named = laws.slice(0, LAWS_NAMED).join('; ');
  const hint =
    laws.length === 0
      ? visit.say('settings.no-law')
      : visit.say('settings.laws', { named, more: Math.max(0, laws.length - LAWS_NAMED) });
  return { value: sector, label: visit.say(`sector.${sector}`), hint };
}

/** What is ticked for a stored profile. */
export function chosenSectors(stored: Json | undefined): readonly string[] {
  const sectors = textsOf(stored);
  return stored !== undefined && sectors.length === 0 ? [NO_SECTOR] : sectors;
}
