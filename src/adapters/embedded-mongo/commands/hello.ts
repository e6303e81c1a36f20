import { Int32, Long } from 'bson';
import { MAX_DOCUMENT, MAX_MESSAGE } from '../bytes.ts';
import type { Reply } from '../wire.ts';
import { OK } from './call.ts';
import type { Call, Command } from './call.ts';

/** The version whose behaviour this store follows. */
export const VERSION = '7.0.0';
/** Highest wire version of MongoDB 7.0. */
const WIRE_VERSION = 21;
export const MAX_BATCH = 100_000;

/**
 * What a driver asks first. No `topologyVersion`: with it drivers monitor by streams that this store does not
 * serve. `logicalSessionTimeoutMinutes` is given although sessions mean nothing here: without it drivers
 * refuse every call that carries one.
 */
function hello({ name, connection }: Call): Reply {
  const primary =
    name === 'hello' ? { isWritablePrimary: true } : { ismaster: true, isWritablePrimary: true };
  return {
    doc: {
      helloOk: true,
      ...primary,
      maxBsonObjectSize: MAX_DOCUMENT,
      maxMessageSizeBytes: MAX_MESSAGE,
      maxWriteBatchSize: MAX_BATCH,
      localTime: new Date(),
      logicalSessionTimeoutMinutes: 30,
      connectionId: connection,
      minWireVersion: 0,
      maxWireVersion: WIRE_VERSION,
      readOnly: false,
      ok: 1,
    },
  };
}

const HELLO_FIELDS = [
  'helloOk',
  'client',
  'compression',
  'saslSupportedMechs',
  'speculativeAuthenticate',
  'loadBalanced',
  'topologyVersion',
  'maxAwaitTimeMS',
  'backpressure',
  'forShell',
  'internalClient',
  'hostInfo',
];

const greeting: Command = { writes: false, fields: HELLO_FIELDS, run: hello };

const ok = (...fields: string[]): Command => ({ writes: false, fields, run: () => OK });

function buildInfo(): Reply {
  return {
    doc: {
      version: VERSION,
      gitVersion: 'embedded',
      modules: ['embedded'],
      sysInfo: `${process.platform} ${process.arch}`,
      versionArray: VERSION.split('.').map(Number).concat(0),
      bits: 64,
      debug: false,
      maxBsonObjectSize: MAX_DOCUMENT,
      storageEngines: ['lmdb'],
      ok: 1,
    },
  };
}

function connectionStatus({ body }: Call): Reply {
  const authInfo = { authenticatedUsers: [], authenticatedUserRoles: [] };
  const privileges = body.showPrivileges === true ? { authenticatedUserPrivileges: [] } : {};
  return { doc: { authInfo: { ...authInfo, ...privileges }, ok: 1 } };
}

function serverStatus({ engine }: Call): Reply {
  const uptime = (Date.now() - engine.started.getTime()) / 1000;
  return {
    doc: {
      host: 'embedded',
      version: VERSION,
      process: 'embedded',
      pid: Long.fromNumber(process.pid),
      uptime,
      localTime: new Date(),
      connections: { current: new Int32(engine.connections()) },
      metrics: { cursor: { open: { total: engine.cursors.size } } },
      storageEngine: { name: 'lmdb', persistent: true },
      ok: 1,
    },
  };
}

/** What shells and drivers ask of a server before and beside their work. */
export const helloCommands: Record<string, Command> = {
  hello: greeting,
  ismaster: greeting,
  isMaster: greeting,
  ping: ok(),
  endSessions: ok(),
  refreshSessions: ok(),
  killSessions: ok(),
  buildInfo: { writes: false, fields: [], run: buildInfo },
  buildinfo: { writes: false, fields: [], run: buildInfo },
  connectionStatus: { writes: false, fields: ['showPrivileges'], run: connectionStatus },
  serverStatus: { writes: false, fields: [], run: serverStatus },
  whatsmyuri: { writes: false, fields: [], run: () => ({ doc: { you: 'local', ok: 1 } }) },
  getLog: { writes: false, fields: [], run: () => ({ doc: { totalLinesWritten: 0, log: [], ok: 1 } }) },
  getParameter: {
    writes: false,
    fields: ['featureCompatibilityVersion', 'allParameters'],
    run: () => ({ doc: { featureCompatibilityVersion: { version: '7.0' }, ok: 1 } }),
  },
};
