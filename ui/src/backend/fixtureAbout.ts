// What the pretended program says to someone who has to vouch for it.
import type { AboutView } from './types';

export const ABOUT: AboutView = {
  version: '0.1.0',
  licence: 'MIT or Apache-2.0, as you prefer',
  models: [{ name: 'proviso-mini', sha256: '5f0a9c31d2e84b77'.repeat(4), licence: 'Apache-2.0' }],
  readingProcess: [
    {
      what: 'It can open no file and no TCP connection, and signal no other program (Landlock)',
      holds: true,
      but: null,
    },
    {
      what: 'It can make no system call but the few that parsing needs: no socket, no program, no file (seccomp)',
      holds: true,
      but: null,
    },
  ],
  connections: {
    count: 0,
    sinceStart: true,
    text: 'At its start Proviso gave up every connection beyond this computer, for itself and all that it starts, and the system has refused them since.',
  },
};
