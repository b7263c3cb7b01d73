extension Migration {
    /// The tables of flows and executions, in the order they were added. A step that was released never changes.
    public static let main: [Migration] = [
        Migration(
            1, "flows and executions",
            """
            CREATE TABLE flows(
                namespace TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, source TEXT NOT NULL,
                disabled INTEGER NOT NULL, deleted INTEGER NOT NULL, created INTEGER NOT NULL,
                PRIMARY KEY(namespace, id, revision));

            CREATE TABLE flow_heads(
                namespace TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL,
                disabled INTEGER NOT NULL, deleted INTEGER NOT NULL, updated INTEGER NOT NULL,
                description TEXT NOT NULL, labels TEXT NOT NULL,
                PRIMARY KEY(namespace, id));

            CREATE TABLE executions(
                id TEXT PRIMARY KEY, namespace TEXT NOT NULL, flow_id TEXT NOT NULL, revision INTEGER NOT NULL,
                state TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL, ended INTEGER,
                parent_id TEXT, original_id TEXT NOT NULL, trigger_execution_id TEXT, labels TEXT NOT NULL,
                body TEXT NOT NULL);
            CREATE INDEX executions_created ON executions(created);
            CREATE INDEX executions_flow ON executions(namespace, flow_id, created);
            CREATE INDEX executions_state ON executions(state, created);
            CREATE INDEX executions_open ON executions(created) WHERE ended IS NULL;
            CREATE INDEX executions_parent ON executions(parent_id) WHERE parent_id IS NOT NULL;
            CREATE INDEX executions_trigger ON executions(trigger_execution_id)
                WHERE trigger_execution_id IS NOT NULL;

            CREATE TABLE execution_labels(
                key TEXT NOT NULL, value TEXT NOT NULL, execution_id TEXT NOT NULL,
                PRIMARY KEY(key, value, execution_id)) WITHOUT ROWID;

            CREATE TABLE task_runs(
                execution_id TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL,
                PRIMARY KEY(execution_id, seq)) WITHOUT ROWID;

            CREATE TABLE inbox(
                seq INTEGER PRIMARY KEY AUTOINCREMENT, execution_id TEXT NOT NULL, due INTEGER NOT NULL,
                body TEXT NOT NULL);
            CREATE INDEX inbox_due ON inbox(due);
            CREATE INDEX inbox_execution ON inbox(execution_id);

            CREATE TABLE jobs(
                seq INTEGER PRIMARY KEY, task_run_id TEXT NOT NULL, attempt INTEGER NOT NULL,
                execution_id TEXT NOT NULL, leased_by TEXT, lease_until INTEGER NOT NULL, body TEXT NOT NULL,
                UNIQUE(task_run_id, attempt));
            CREATE INDEX jobs_lease ON jobs(lease_until);
            CREATE INDEX jobs_execution ON jobs(execution_id);

            CREATE TABLE kv(
                namespace TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, expires INTEGER,
                created INTEGER NOT NULL, updated INTEGER NOT NULL, description TEXT,
                PRIMARY KEY(namespace, key));
            """),
        Migration(
            2, "subflows",
            """
            CREATE TABLE subflows(
                child_id TEXT PRIMARY KEY, parent_id TEXT NOT NULL, task_run_id TEXT NOT NULL,
                parent_run_id TEXT, batch INTEGER NOT NULL, waits INTEGER NOT NULL) WITHOUT ROWID;
            CREATE INDEX subflows_task_run ON subflows(task_run_id, batch);
            CREATE INDEX subflows_parent ON subflows(parent_id, parent_run_id, batch);
            """),
        Migration(
            3, "kinds of executions",
            """
            ALTER TABLE executions ADD COLUMN kind TEXT;
            CREATE INDEX executions_kind ON executions(kind, created) WHERE kind IS NOT NULL;
            """),
        Migration(
            4, "the order of task runs without their bodies",
            """
            CREATE INDEX task_runs_order ON task_runs(execution_id, seq);
            """),
        slots,
        Migration(
            6, "revisions of key-value entries, outputs of tasks for reuse",
            """
            ALTER TABLE kv ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
            CREATE INDEX kv_expires ON kv(expires) WHERE expires IS NOT NULL;

            CREATE TABLE task_cache(
                key TEXT PRIMARY KEY, namespace TEXT NOT NULL, flow_id TEXT NOT NULL, outputs TEXT NOT NULL,
                stored INTEGER NOT NULL, expires INTEGER);
            CREATE INDEX task_cache_flow ON task_cache(namespace, flow_id, stored);
            CREATE INDEX task_cache_expires ON task_cache(expires) WHERE expires IS NOT NULL;
            """),
        iterations, triggers, flowTriggers, polling, loopValues,
    ]
}
