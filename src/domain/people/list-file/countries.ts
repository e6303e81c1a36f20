import { placeOf } from '../../law/places.ts';
import { folded } from './fold.ts';

/** In whose words countries are named in lists; two where a language has two spellings of its own. */
const NAMED_IN = 'en en-GB de de-AT de-CH fr fr-CA es es-MX it nl pl pt pt-PT sv da'.split(' ');

/** What people write and the tables of names do not have. */
const ALSO: Readonly<Record<string, string>> = {
  GB: 'UK, Great Britain, Britain, England, Scotland, Wales, Northern Ireland, Großbritannien, Schottland, Nordirland, Vereinigtes Königreich von Großbritannien und Nordirland, Grande-Bretagne, Angleterre, Écosse, Gran Bretaña, Inglaterra, Escocia, Gran Bretagna, Inghilterra, Scozia, Groot-Brittannië, Engeland, Schotland, Anglia, Szkocja, Zjednoczone Królestwo, Grã-Bretanha, Escócia, Skottland, Förenade kungariket, Skotland, Det Forenede Kongerige',
  US: 'United States of America, America, Vereinigte Staaten von Amerika, Amerika, États-Unis d’Amérique, EUA, Estados Unidos de América, EE. UU., EEUU, Estados Unidos da América, Stati Uniti d’America, Verenigde Staten van Amerika, Stany Zjednoczone Ameryki, Amerikas förenta stater, Förenta staterna, De Forenede Stater, Amerikas Forenede Stater',
  NL: 'Holland, The Netherlands, die Niederlande, Hollande, Les Pays-Bas, Holanda, Olanda, Holandia, Niderlandy',
  DE: 'Federal Republic of Germany, Bundesrepublik Deutschland, BRD, République fédérale d’Allemagne, República Federal de Alemania',
  CZ: 'Czech Republic, Tschechische Republik, République tchèque, República Checa, Repubblica Ceca, Tsjechische Republiek, Republika Czeska, Tjeckiska republiken, Den Tjekkiske Republik',
  IE: 'Republic of Ireland, Eire, Republik Irland, République d’Irlande',
  GR: 'EL, Hellas',
  CH: 'Swiss Confederation, Schweizerische Eidgenossenschaft, Confédération suisse',
  TR: 'Turkey, Türkiye, Turkei, Tyrkiet',
  RU: 'Russian Federation, Russische Föderation, Fédération de Russie',
  KR: 'Korea, Republic of Korea',
  CI: 'Ivory Coast, Elfenbeinküste',
  MK: 'Macedonia, Mazedonien, Macédoine',
  SZ: 'Swaziland, Swasiland',
  MM: 'Burma, Birma, Birmanie',
  VA: 'Vatican, Vatikan, Holy See',
  HK: 'Hong Kong, Hongkong',
  MO: 'Macao, Macau',
  CD: 'Democratic Republic of the Congo, DR Congo',
  BA: 'Bosnia, Bosnien',
  BY: 'Weißrussland, Belorussia',
};

// ISO 3166-1: alpha-2, and behind each its alpha-3.
const ALPHA_3 =
  'ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD ' +
  'BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN ' +
  'CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU ' +
  'DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB ' +
  'GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG ' +
  'HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN ' +
  'KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU ' +
  'LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR ' +
  'MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL ' +
  'OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB ' +
  'RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP ' +
  'SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN ' +
  'TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ' +
  'ZMZMB ZWZWE';

let names: ReadonlyMap<string, string> | undefined;

/** Made when the first name is met: most lists have codes. */
function countryNames(): ReadonlyMap<string, string> {
  if (names) return names;
  const found = new Map<string, string>();
  const codes = [...ALPHA_3.split(' ').map((pair) => pair.slice(0, 2)), 'XK'];
  for (const locale of NAMED_IN)
    for (const style of ['long', 'short'] as const) {
      const named = new Intl.DisplayNames([locale], { type: 'region', style, fallback: 'none' });
      for (const code of codes) {
        const name = named.of(code) ?? '';
        // Some tables shorten the United States to two letters, which are the code of something else.
        if (name.length > 2) put(found, name, code);
      }
    }
  for (const [code, others] of Object.entries(ALSO))
    for (const name of others.split(',')) put(found, name, code);
  for (const pair of ALPHA_3.split(' ')) put(found, pair.slice(2), pair.slice(0, 2));
  return (names = found);
}

function put(found: Map<string, string>, name: string, code: string): void {
  const key = folded(name);
  if (key !== '' && !found.has(key)) found.set(key, code);
}

/**
 * The country that a cell of a list names: a code of ISO 3166-1 (two letters, three, or a number) or of a part of it
 * (`US-TX`), or its name in one of ten languages, with or without its code behind it (`Österreich (AT)`).
 * @returns its alpha-2 code, or null where it is none
 */
export function readCountry(text: string): string | null {
  const code = text.trim().toUpperCase();
  if (/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(code) && placeOf(code) !== undefined) return code.slice(0, 2);
  const name = folded(text.replace(/\(.*$/, ''));
  if (name === '') return null;
  if (/^[a-z]{2}$/.test(name) && placeOf(name.toUpperCase()) !== undefined) return name.toUpperCase();
  if (/^\d{3}$/.test(name)) return ofNumber(name);
  return countryNames().get(name) ?? null;
}

function ofNumber(number: string): string | null {
  const [, code = ''] = (Intl.getCanonicalLocales(`und-${number}`)[0] ?? '').split('-');
  return placeOf(code) === undefined ? null : code;
}
