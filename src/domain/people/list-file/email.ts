/** RFC 5322 atoms with dots between them, and a domain of at least two labels (RFC 1123); in lower case. */
const PLAIN =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** The same for a local part beyond ASCII (RFC 6531); what nobody can see is no part of an address. */
const WIDE_LOCAL =
  /^(?:[a-z0-9!#$%&'*+/=?^_`{|}~-]|[^\p{ASCII}\p{Cc}\p{Z}\p{Cs}\p{Co}\p{Cn}\p{Bidi_Control}\u200b\u2060\ufeff])+$/u;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const DOMAIN_CHARACTERS = /^(?:[a-z0-9.-]|[^\p{ASCII}\p{Z}\p{Cc}])+$/u;
const ASCII = /^\p{ASCII}*$/u;

const LOCAL_LIMIT = 64;
export const EMAIL_LIMIT = 254;

/**
 * An e-mail address as addresses are compared: NFC, domain in ASCII (IDN), all in lower case. Dots and plus tags stay:
 * only the mailbox's owner knows whether they make a difference.
 * @param text trimmed
 * @returns null where it is no address
 */
export function readEmail(text: string): string | null {
  const lower = text.toLowerCase();
  const at = lower.lastIndexOf('@');
  if (at < 1 || at > LOCAL_LIMIT) return null;
  // 'xn--' may be the beginning of what is no name at all.
  if (PLAIN.test(lower)) return lower.includes('xn--', at) ? readWide(lower, at) : lower;
  return ASCII.test(lower) ? null : readWide(lower.normalize('NFC'), lower.normalize('NFC').lastIndexOf('@'));
}

/**
 * The address to write to: the local part keeps its case.
 * @param text trimmed, as it was written
 * @param read what {@link readEmail} made of it
 */
export function writableEmail(text: string, read: string): string {
  if (text === read) return read;
  return text.slice(0, text.lastIndexOf('@')).normalize('NFC') + read.slice(read.lastIndexOf('@'));
}

function readWide(address: string, at: number): string | null {
  const local = address.slice(0, at);
  const isLocal =
    new TextEncoder().encode(local).length <= LOCAL_LIMIT &&
    local.split('.').every((atom) => WIDE_LOCAL.test(atom));
  const domain = isLocal ? domainInAscii(address.slice(at + 1)) : null;
  return domain === null ? null : `${local}@${domain}`;
}

/** UTS 46, as browsers read a host; null where it is no name. */
function domainInAscii(domain: string): string | null {
  if (!DOMAIN_CHARACTERS.test(domain)) return null;
  const { hostname } = URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`) : { hostname: '' };
  return DOMAIN.test(hostname) ? hostname : null;
}
