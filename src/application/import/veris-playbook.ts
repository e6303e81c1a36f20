import type { VerisRecord } from './veris-record.ts';

interface Chosen {
  readonly kind: string;
  /** The record fits none of our playbooks, and the nearest was taken. */
  readonly guessed: boolean;
}

/** The first line that fits decides; where the playbook is not installed, the next one. */
const LINES: readonly { readonly kind: string; readonly fits: (record: VerisRecord) => boolean }[] = [
  { kind: 'ransomware-exfiltration', fits: said('action.malware.variety', 'Ransomware') },
  { kind: 'supplier-breach', fits: (record) => record.has('actor.partner') },
  { kind: 'web-skimming', fits: isSkimming },
  { kind: 'phished-mailbox', fits: said('action.social.variety', 'Phishing', 'Pretexting') },
  {
    kind: 'credential-stuffing',
    fits: said('action.hacking.variety', 'Use of stolen creds', 'Brute force', 'Credential stuffing'),
  },
  { kind: 'shop-plugin-injection', fits: said('action.hacking.vector', 'Web application') },
  { kind: 'misdirected-email', fits: said('action.error.variety', 'Misdelivery') },
  {
    kind: 'exposed-storage',
    fits: said('action.error.variety', 'Misconfiguration', 'Publishing error', 'Programming error'),
  },
  {
    kind: 'lost-device',
    fits: (record) =>
      said('action.error.variety', 'Loss', 'Disposal error')(record) ||
      said('action.physical.variety', 'Theft')(record),
  },
  { kind: 'malicious-insider', fits: (record) => record.has('action.misuse') },
];
const NEAREST = 'exposed-storage';

/** The playbook that leads such an incident best. */
export function playbookOfVeris(record: VerisRecord, installed: (id: string) => boolean): Chosen {
  const line = LINES.find(({ kind, fits }) => installed(kind) && fits(record));
  return line ? { kind: line.kind, guessed: false } : { kind: NEAREST, guessed: true };
}

function said(path: string, ...words: readonly string[]): (record: VerisRecord) => boolean {
  return (record) => record.texts(path).some((word) => words.includes(word));
}

/** Cards read out of a page while they are typed. */
function isSkimming(record: VerisRecord): boolean {
  const reads = said('action.malware.variety', 'Capture app data', 'Export data', 'RAM scraper')(record);
  const cards = record.objects('attribute.confidentiality.data').some(({ variety }) => variety === 'Payment');
  const onTheWeb = record.objects('asset.assets').some(({ variety }) => variety === 'S - Web application');
  return reads && cards && onTheWeb;
}
