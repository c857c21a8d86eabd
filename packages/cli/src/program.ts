import { Command, InvalidArgumentError } from 'commander'
import { breaker, type BreakerFlags } from './commands/breaker.ts'
import { demo, type DemoFlags } from './commands/demo.ts'
import { hub, type HubCommandFlags } from './commands/hub.ts'
import { status, type StatusFlags } from './commands/status.ts'
import { defaultHubUrl } from './config.ts'
import type { Io } from './io.ts'

const codes = `
Exit codes: 0 ok, 1 failed, 2 wrong option or argument, 3 the hub does not answer, 130 interrupted.
Environment: BREAKWATER_HUB_URL and BREAKWATER_HUB_TOKEN stand in for --hub and --token.`

/** The command line: its commands, options and help. */
export function makeProgram(io: Io): Command {
  const program = new Command('breakwater')
    .description('Runs a Breakwater hub, looks at a fleet, takes over a breaker, shows the demo.')
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    .addHelpText('after', codes)
  addHub(program, io)
  addDemo(program, io)
  addStatus(program, io)
  addBreaker(program, io)
  return program
}

function addHub(program: Command, io: Io): void {
  program
    .command('hub')
    .description('run a hub until Ctrl-C')
    .option(
      '--host <host>',
      'address to listen on; any but a loopback address needs a token (default: 127.0.0.1)',
    )
    .option('--port <port>', 'port, 0 for a free one (default: 4700)', wholeNumber(0, 65_535))
    .option('--data <dir>', 'folder of the database (default: breakwater-data)')
    .option('--token <token>', 'what requests must carry as "Authorization: Bearer …"')
    .option('--lab <url>', 'the controller of a demo fleet')
    .option('--retention-days <n>', 'days that facts are kept (default: 30)', wholeNumber(1, 3_650))
    .option(
      '--max-store-mb <n>',
      'megabytes that the database may take (default: 2048)',
      wholeNumber(16, 1_048_576),
    )
    .addHelpText('after', '\nExample:\n  breakwater hub --port 4700 --data /var/lib/breakwater')
    .action((flags: HubCommandFlags) => hub(flags, io))
}

function addDemo(program: Command, io: Io): void {
  program
    .command('demo')
    .description(
      'run the demo fleet through outages, live, and report what users saw with and without Breakwater',
    )
    .option('--seconds <n>', 'how long', wholeNumber(30, 3_600), 60)
    .option('--rate <n>', 'requests a second to each storefront', wholeNumber(1, 1_000), 40)
    .option('--seed <n>', 'the same seed gives the same requests', wholeNumber(0, 4_294_967_295), 1)
    .option('--json <file>', 'write the figures to a file')
    .addHelpText('after', '\nExample:\n  breakwater demo --seconds 60 --json figures.json')
    .action((flags: DemoFlags) => demo(flags, io))
}

function addStatus(program: Command, io: Io): void {
  withHub(program.command('status').description('services, breakers and the most frequent errors'))
    .addHelpText('after', '\nExample:\n  breakwater status --json | jq .breakers')
    .action((flags: StatusFlags) => status(flags, io))
}

function addBreaker(program: Command, io: Io): void {
  withHub(program.command('breaker').description('take a breaker over, or give it back'))
    .argument('<name>', 'name of the breaker')
    .option('--service <service>', 'its service; needed when several have a breaker of that name')
    .option('--force-open', 'refuse every call')
    .option('--force-closed', 'let every call through')
    .option('--auto', 'give it back to itself')
    .requiredOption('--reason <text>', 'why; shown wherever the breaker is shown')
    .option('--by <who>', 'who (default: the name of your account)')
    .addHelpText(
      'after',
      '\nExample:\n  breakwater breaker payments --force-open --reason "bank maintenance until 6"',
    )
    .action((name: string, flags: BreakerFlags) => breaker(name, flags, io))
}

function withHub(command: Command): Command {
  return command
    .option('--hub <url>', `the hub (default: ${defaultHubUrl})`)
    .option('--token <token>', "the hub's token")
    .option('--json', 'print JSON')
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN
    if (value >= min && value <= max) return value
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`)
  }
}
