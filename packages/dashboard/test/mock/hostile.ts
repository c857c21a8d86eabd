/** Markup that must be shown as text wherever it comes from the wire. */
export const hostileText = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>"'&lt;b&gt;`

/** Puts markup into every text of a view that is not a name the page depends on. */
export function makeHostile(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return hostileKeys.has(key) ? `${value} ${hostileText}` : value
  if (Array.isArray(value)) return value.map((each) => makeHostile(each, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, makeHostile(each, name)]))
}

const hostileKeys: ReadonlySet<string> = new Set([
  ...[
    'service',
    'services',
    'name',
    'message',
    'culprit',
    'reason',
    'by',
    'title',
    'operation',
    'instance',
    'version',
  ],
  ...[
    'environment',
    'host',
    'stack',
    'code',
    'groupedBy',
    'closesWhen',
    'region',
    'text',
    'policy',
    'before',
    'traceId',
  ],
])
