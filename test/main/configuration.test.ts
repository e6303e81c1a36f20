import { expect } from 'chai';
import {
  ConfigurationError,
  describeConfiguration,
  readConfiguration,
} from '../../src/main/configuration.ts';

type Environment = Readonly<Record<string, string | undefined>>;

function mistakesOf(environment: Environment): readonly string[] {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
  return [];
}

const SECRETS: Environment = {
  MONGODB_URI: 'http://hidden-user:hidden-word@db.example/tocsin',
  TOCSIN_ADMIN_EMAIL: 'ada@linden.example',
  TOCSIN_ADMIN_PASSWORD: 'hidden-word',
  TOCSIN_KEY: 'hidden-word',
  SMTP_URL: 'http://hidden-word@mail.example',
};

describe('The configuration', () => {
  it('tells every mistake at once', () => {
    const mistakes = mistakesOf({
      PORT: 'seventy',
      TOCSIN_URL: 'ftp://tocsin.example',
      TOCSIN_LOG: 'loud',
      TOCSIN_MAIL_FROM: 'nobody',
      TOCSIN_TRUST_PROXY: 'perhaps',
      TOCSIN_ADMIN_EMAIL: 'ada@linden.example',
      SENDGRID_BASE_URL: 'https://api.eu.sendgrid.com',
      TOCSIN_DATE: 'x',
    });
    for (const named of [
      'PORT',
      'TOCSIN_URL',
      'TOCSIN_LOG',
      'TOCSIN_MAIL_FROM',
      'TOCSIN_TRUST_PROXY',
      'TOCSIN_ADMIN_PASSWORD',
      'SENDGRID_API_KEY',
      'TOCSIN_DATE',
    ]) {
      expect(
        mistakes.filter((mistake) => mistake.includes(named)),
        named,
      ).to.have.length(1);
    }
    expect(mistakes).to.have.length(8);
  });

  it('never quotes a secret, not even a wrong one', () => {
    const mistakes = mistakesOf(SECRETS);
    expect(mistakes).to.have.length(4);
    for (const name of ['MONGODB_URI', 'TOCSIN_ADMIN_PASSWORD', 'TOCSIN_KEY', 'SMTP_URL'])
      expect(mistakes.some((mistake) => mistake.startsWith(name))).to.equal(true, name);
    expect(mistakes.join('\n')).not.to.match(/hidden/);
  });

  it('prints what is in force, and of secrets only that they are set', () => {
    const environment = {
      TOCSIN_DATA: '/srv/tocsin',
      MONGODB_URI: 'mongodb://hidden-user:hidden-word@db.example/tocsin',
      TOCSIN_ADMIN_EMAIL: 'ada@linden.example',
      TOCSIN_ADMIN_PASSWORD: 'hidden-word-hidden',
      TOCSIN_KEY: Buffer.alloc(32, 'hidden').toString('base64'),
      SMTP_URL: 'smtp://hidden:hidden@mail.example',
      SENDGRID_API_KEY: 'SG.hidden',
    };
    const printed = describeConfiguration(readConfiguration(environment), environment);
    expect(printed).to.match(/^TOCSIN_DATA +\/srv\/tocsin$/m);
    expect(printed).to.match(/^SENDGRID_API_KEY +\(set, not shown\)$/m);
    expect(printed).to.match(/^PORT +7272, or the next free one$/m);
    expect(printed).not.to.match(/hidden/);
    expect(printed).not.to.contain(environment.TOCSIN_KEY);
  });

  it('refuses variables that it does not know, since a misspelt one would be without effect', () => {
    expect(mistakesOf({ TOCSIN_TRUSTPROXY: 'true' })).to.deep.equal([
      'TOCSIN_TRUSTPROXY is not a setting of Tocsin (see: tocsin config)',
    ]);
    expect(mistakesOf({ PATH: '/usr/bin', HOSTNAME: 'x', SMTP_PASSWORD: 'x' })).to.deep.equal([]);
  });

  it('takes an empty variable as one that is not set', () => {
    const empty = Object.fromEntries(
      [
        'TOCSIN_DATA',
        'MONGODB_URI',
        'HOST',
        'PORT',
        'TOCSIN_URL',
        'TOCSIN_KEY',
        'SMTP_URL',
        'TOCSIN_TYPO',
      ].map((name) => [name, '']),
    );
    expect(readConfiguration(empty)).to.deep.equal(readConfiguration({}));
    expect(readConfiguration(empty)).to.include({ host: '127.0.0.1', port: null, mongoUri: null, key: null });
  });

  it('takes the folder of the command line before that of the environment', () => {
    expect(readConfiguration({ TOCSIN_DATA: '/one' }, { data: '/two' }).dataFolder).to.equal('/two');
    expect(readConfiguration({ TOCSIN_DATA: '/one' }).dataFolder).to.equal('/one');
  });

  it('takes proxies as a number of hops, as addresses, or all', () => {
    const trust = (word: string): unknown => readConfiguration({ TOCSIN_TRUST_PROXY: word }).trustProxy;
    expect([trust('2'), trust('true'), trust('false'), trust('10.0.0.0/8, ::1')]).to.deep.equal([
      2,
      true,
      false,
      '10.0.0.0/8, ::1',
    ]);
  });

  it('wants an address without a path, since cookies and links are for the whole host', () => {
    expect(mistakesOf({ TOCSIN_URL: 'https://example.org/tocsin' })).to.have.length(1);
    expect(readConfiguration({ TOCSIN_URL: 'https://tocsin.example/' }).url).to.equal(
      'https://tocsin.example',
    );
  });
});
