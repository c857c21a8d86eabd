/** How the command ends; the same for all of its commands. */
export const exitCode = {
  ok: 0,
  /** It was tried and did not work out: the hub refused, the demo broke a promise. */
  failed: 1,
  /** An option or argument is wrong. */
  usage: 2,
  /** The hub does not answer. */
  hubUnreachable: 3,
  /** Ctrl-C. */
  interrupted: 130,
} as const
