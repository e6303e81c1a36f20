/**
 * Trunk tasks that no playbook may leave out, make optional or hide behind a condition: without them there is no
 * clock, no end of the leak, no answer to whom to tell, and no record.
 */
export const PROTECTED: readonly string[] = [
  'note-first-sight',
  'call-decider',
  'fix-awareness',
  'stop-the-leak',
  'list-data',
  'count-people',
  'decide-risk',
  'close-record',
];
