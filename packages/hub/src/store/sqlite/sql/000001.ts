/** The first tables. Numbered migrations are never changed once released; a change is the next number. */
export const sql000001: string = `
CREATE TABLE instances (
  id INTEGER PRIMARY KEY,
  service TEXT NOT NULL,
  instance TEXT NOT NULL,
  version TEXT,
  environment TEXT NOT NULL,
  host TEXT,
  pid INTEGER,
  started_at INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'stopped', 'crashed')),
  last_sequence INTEGER NOT NULL,
  missing_reports INTEGER NOT NULL,
  dropped_reports INTEGER NOT NULL,
  dropped_events INTEGER NOT NULL,
  dropped_fault_groups INTEGER NOT NULL,
  dropped_fault_counts INTEGER NOT NULL,
  dropped_operations INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  successes INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  rejections INTEGER NOT NULL,
  cancellations INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  attempt_failures INTEGER NOT NULL,
  spared_by_retry INTEGER NOT NULL,
  spared_by_fallback INTEGER NOT NULL,
  spared_by_cache INTEGER NOT NULL,
  spared_by_hedge INTEGER NOT NULL,
  in_flight TEXT NOT NULL,
  UNIQUE (service, instance)
) STRICT;
CREATE INDEX instances_last_seen ON instances (last_seen_at);

-- A series is an operation of a service in an environment, or (is_total) all of them together.
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  service TEXT NOT NULL,
  environment TEXT NOT NULL,
  is_total INTEGER NOT NULL,
  operation TEXT NOT NULL,
  last_at INTEGER NOT NULL,
  UNIQUE (service, environment, is_total, operation)
) STRICT;

CREATE TABLE rollups (
  series_id INTEGER NOT NULL,
  step_ms INTEGER NOT NULL,
  at INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  successes INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  rejections INTEGER NOT NULL,
  cancellations INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  attempt_failures INTEGER NOT NULL,
  spared_by_retry INTEGER NOT NULL,
  spared_by_fallback INTEGER NOT NULL,
  spared_by_cache INTEGER NOT NULL,
  spared_by_hedge INTEGER NOT NULL,
  latency_sum_ms REAL NOT NULL,
  latency_max_ms REAL NOT NULL,
  latency BLOB NOT NULL,
  PRIMARY KEY (series_id, step_ms, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX rollups_by_age ON rollups (step_ms, at);

CREATE TABLE policies (
  id INTEGER PRIMARY KEY,
  service TEXT NOT NULL,
  environment TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  last_at INTEGER NOT NULL,
  UNIQUE (service, environment, kind, name)
) STRICT;

CREATE TABLE policy_counters (
  policy_id INTEGER NOT NULL,
  step_ms INTEGER NOT NULL,
  at INTEGER NOT NULL,
  name TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (policy_id, step_ms, at, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_counters_by_age ON policy_counters (step_ms, at);

CREATE TABLE policy_states (
  policy_id INTEGER NOT NULL,
  instance_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  gauges TEXT NOT NULL,
  breaker TEXT,
  PRIMARY KEY (policy_id, instance_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_states_by_instance ON policy_states (instance_id);

CREATE TABLE breaker_history (
  policy_id INTEGER NOT NULL,
  instance_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (policy_id, instance_id, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX breaker_history_by_age ON breaker_history (at);

CREATE TABLE groups (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  grouped_by TEXT NOT NULL,
  name TEXT NOT NULL,
  message TEXT NOT NULL,
  culprit TEXT NOT NULL,
  category TEXT NOT NULL,
  severity TEXT NOT NULL,
  retryability TEXT NOT NULL,
  count_ever INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX groups_last_seen ON groups (last_seen_at);

CREATE TABLE group_counts (
  step_ms INTEGER NOT NULL,
  at INTEGER NOT NULL,
  group_id INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (step_ms, at, group_id, series_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_counts_by_group ON group_counts (group_id, step_ms, at);

CREATE TABLE exemplars (
  id INTEGER PRIMARY KEY,
  group_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  is_first INTEGER NOT NULL,
  irrelevance INTEGER NOT NULL,
  trace_id TEXT,
  service TEXT NOT NULL,
  instance TEXT NOT NULL,
  version TEXT,
  bytes INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX exemplars_by_group ON exemplars (group_id, at);
CREATE INDEX exemplars_by_age ON exemplars (at, is_first, bytes);
CREATE INDEX exemplars_by_trace ON exemplars (trace_id) WHERE trace_id IS NOT NULL;

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  service TEXT NOT NULL,
  environment TEXT NOT NULL,
  instance TEXT NOT NULL,
  message TEXT NOT NULL,
  policy TEXT,
  operation TEXT,
  details TEXT
) STRICT;
CREATE INDEX events_by_time ON events (at);
CREATE INDEX events_by_service ON events (service, at);

CREATE TABLE overrides (
  service TEXT NOT NULL,
  policy TEXT NOT NULL,
  mode TEXT NOT NULL,
  reason TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (service, policy)
) STRICT, WITHOUT ROWID;

CREATE TABLE control_revisions (
  service TEXT PRIMARY KEY,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL,
  service TEXT NOT NULL,
  policy TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL
) STRICT;
`
