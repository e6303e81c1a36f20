import type { Json } from '../register/entry.ts';
import type { Answers } from './types.ts';

/**
 * What the words of a first report hint at. A hint only suggests a playbook: it is never kept as a fact, and never
 * judged by the law.
 */
export interface Hints {
  /** By the names of the facts; what two hints contradict each other on is left out. */
  readonly facts: Readonly<Record<string, Json>>;
  readonly answers: Answers;
}

interface Hint {
  /** English and German, as people write it on a bad evening. */
  readonly words: RegExp;
  /** Where the words alone are too common, these must stand beside them. */
  readonly with?: RegExp;
  readonly facts?: Readonly<Record<string, boolean>>;
  readonly category?: string;
  readonly supplier?: true;
}

const DEVICES =
  /laptop|notebook|computer|phone|telefon|handy|tablet|\busb\b|stick|\bdis[kc]s?\b|drive|festplatte|paper|papier|folder|ordner|akten?\b|binder/i;
const CYBER_ATTACK = { cyber: true, malicious: true };

const HINTS: readonly Hint[] = [
  {
    words:
      /ransom|encrypted (?:all|our|the)|files? (?:are|is|were) (?:locked|encrypted)|l[öo]segeld|erpress|verschl[üu]sselt/i,
    facts: { ...CYBER_ATTACK, ransomware: true },
  },
  {
    words:
      /\blost\b|\bleft\b|stolen|\bgone\b|missing|verloren|gestohlen|liegen ?(?:ge)?lassen|vergessen|abhanden|\bweg\b/i,
    with: DEVICES,
    facts: { 'breach.availability': true, cyber: false },
  },
  {
    words:
      /\bb?cc\b|wrong (?:recipient|person|customer|address|attachment|e-?mail)|(?:sent|mailed) .*\bwrong\b|falsche[nrsm]? (?:empf[äa]nger|adresse|anhang|kund|person|e-?mail)|offene[nr]? verteiler/i,
    facts: { inadvertent: true, cyber: false },
  },
  {
    words:
      /bucket|\bs3\b|elasticsearch|misconfigur|(?:open|visible|readable|accessible) (?:to|on|in|from) the (?:web|world|internet)|publicly (?:open|visible|readable|accessible)|offen im (?:netz|internet)|(?:frei|[öo]ffentlich) (?:zug[äa]nglich|einsehbar|im netz)/i,
    facts: { cyber: true, inadvertent: true },
  },
  {
    words: /phish|mailbox|inbox|forwarding rule|postfach|weiterleitungs?regel/i,
    facts: CYBER_ATTACK,
    category: 'communications',
  },
  {
    words: /skimm|(?:card|script|code).*checkout|checkout.*(?:card|script|code)|kartendaten|bezahlseite/i,
    facts: CYBER_ATTACK,
    category: 'payment-card',
  },
  {
    words:
      /credential|account takeover|accounts? (?:was|were) taken over|strangers? .*\baccounts?\b|log(?:ged)?[- ]?ins? from|many log-?ins|konten? (?:wurden? )?[üu]bernommen|fremde .*kont(?:o|en)|anmeldeversuche/i,
    facts: CYBER_ATTACK,
    category: 'online-credentials',
  },
  {
    words:
      /plug-?in|extension|sql.?injection|back ?door|web ?shell|erweiterung|hintert[üu]r|shop (?:was )?hacked|shop (?:wurde )?gehackt/i,
    facts: CYBER_ATTACK,
    category: 'password-hash',
  },
  {
    words:
      /employee|colleague|one of us|staff member|(?:he|she) (?:quit|left us)|mitarbeiter|kolleg|ehemalige|angestellte/i,
    with: /took|taken|copied|copies|exported|downloaded|sold|mitgenommen|kopiert|exportiert|heruntergeladen|verkauft/i,
    facts: { malicious: true, cyber: false },
  },
  {
    words:
      /supplier|processor|agency|hosting|\bhoster?\b|service provider|parcel|carrier|newsletter (?:tool|service)|dienstleister|lieferant|agentur|paketdienst|auftragsverarbeiter/i,
    supplier: true,
  },
];

/** Reads hints out of free text. Text without any gives none. */
export function hintsOf(text: string): Hints {
  const found = HINTS.filter((hint) => hint.words.test(text) && (hint.with?.test(text) ?? true));
  const categories = [...new Set(found.flatMap(({ category }) => category ?? []))];
  return {
    facts: {
      ...agreed(found.flatMap(({ facts }) => Object.entries(facts ?? {}))),
      ...(categories.length > 0 ? { 'data.categories': categories } : {}),
    },
    answers: found.some(({ supplier }) => supplier) ? { supplierInvolved: true } : {},
  };
}

/** A fact on which all hints agree. */
function agreed(said: readonly (readonly [string, boolean])[]): Record<string, boolean> {
  const disputed = new Set(
    said.flatMap(([name, value]) =>
      said.some(([other, its]) => other === name && its !== value) ? name : [],
    ),
  );
  return Object.fromEntries(said.filter(([name]) => !disputed.has(name)));
}
