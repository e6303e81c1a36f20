/** A file inside a ZIP, as its directory names it. */
export interface Entry {
  readonly name: string;
  /** Bytes when it is unpacked. */
  readonly size: number;
}

const END = 0x06054b50;
const END_LENGTH = 22;
const ENTRY = 0x02014b50;
const ENTRY_LENGTH = 46;
const LONGEST_COMMENT = 0xffff;

/**
 * What a ZIP says that it holds (APPNOTE 4.3.12), to look before anything is unpacked: a hundred kilobytes can unfold
 * to gigabytes.
 * @returns null where there is no directory
 */
export function zipDirectory(file: Buffer): readonly Entry[] | null {
  const end = endOf(file);
  if (end === null) return null;
  const entries: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + ENTRY_LENGTH > file.length || file.readUInt32LE(at) !== ENTRY) return null;
    const [name, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset));
    const begin = at + ENTRY_LENGTH;
    const stop = begin + (name ?? 0);
    entries.push({ name: file.toString('utf8', begin, stop), size: file.readUInt32LE(at + 24) });
    at = stop + (extra ?? 0) + (comment ?? 0);
  }
  return entries;
}

function endOf(file: Buffer): number | null {
  const first = Math.max(0, file.length - END_LENGTH - LONGEST_COMMENT);
  for (let at = file.length - END_LENGTH; at >= first; at -= 1) if (file.readUInt32LE(at) === END) return at;
  return null;
}
