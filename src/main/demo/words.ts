/** What the shop writes, in plain words; the rest of notice and letter comes from the facts and the templates. */
export const WHAT_HAPPENED =
  'Someone copied orders of this year from the company that ships our parcels. Orders of our customers were among them.';

export const NARRATIVE: readonly (readonly [string, string])[] = [
  [
    'consequences',
    'Someone can now write to you or call you and sound like us, because they know what you ordered.',
  ],
  ['measures', 'We cut this company off from our orders on the same day and changed all keys.'],
];

/** Fields of a draft that the facts cannot fill, by language. */
export const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'what-happened': {
    en: WHAT_HAPPENED,
    de: 'Jemand hat Bestellungen dieses Jahres bei der Firma kopiert, die unsere Pakete verschickt. Bestellungen unserer Kunden waren darunter.',
  },
  consequences: {
    en: 'Someone can now write to you or call you and sound like us, because they know what you ordered.',
    de: 'Jemand kann Ihnen jetzt schreiben oder Sie anrufen und so klingen wie wir, weil er weiß, was Sie bestellt haben.',
  },
  'measures-taken': {
    en: 'We cut this company off from our orders on the same day and changed all keys.',
    de: 'Wir haben diese Firma noch am selben Tag von unseren Bestellungen getrennt und alle Schlüssel geändert.',
  },
  'measures-prevent-detail': {
    en: 'From now on suppliers get only what a parcel needs: a name and an address.',
    de: 'Lieferanten bekommen künftig nur noch, was ein Paket braucht: einen Namen und eine Anschrift.',
  },
  'phases-note': {
    en: 'How the copies were made is still being looked into, and follows within two weeks.',
    de: 'Wie die Kopien gemacht wurden, wird noch untersucht und folgt binnen zwei Wochen.',
  },
  'record-count': { '*': '3', en: '3', de: '3' },
};
