export { argonPasswords } from './passwords.ts';
export { randomIds, systemClock } from './chance-and-time.ts';
export { MasterKeyError } from './master-key.ts';
export { proves } from './note-proof.ts';
export { CannotOpen } from './sealing.ts';
export { openVault, type Vault } from './vault.ts';
