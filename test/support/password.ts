/** What everybody of a test's shop signs in with. */
export const PASSWORD = 'correct horse battery';
