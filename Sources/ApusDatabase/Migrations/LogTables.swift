extension Migration {
    /// The tables of log lines and metrics, kept in a store of their own so that a flood of lines never delays
    /// the states of executions.
    public static let logs: [Migration] = [
        Migration(
            1, "log lines and metric points",
            """
            CREATE TABLE logs(
                seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, execution_id TEXT NOT NULL,
                namespace TEXT NOT NULL, flow_id TEXT NOT NULL, revision INTEGER NOT NULL,
                task_id TEXT, task_run_id TEXT, attempt INTEGER, level INTEGER NOT NULL, date INTEGER NOT NULL,
                message TEXT NOT NULL);
            CREATE INDEX logs_execution ON logs(execution_id);
            CREATE INDEX logs_date ON logs(date);
            CREATE INDEX logs_flow ON logs(namespace, flow_id, date);

            CREATE TABLE metrics(
                seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, execution_id TEXT NOT NULL,
                namespace TEXT NOT NULL, flow_id TEXT NOT NULL, task_id TEXT NOT NULL, task_run_id TEXT NOT NULL,
                name TEXT NOT NULL, type TEXT NOT NULL, value REAL NOT NULL, tags TEXT NOT NULL,
                date INTEGER NOT NULL);
            CREATE INDEX metrics_execution ON metrics(execution_id);
            CREATE INDEX metrics_flow ON metrics(namespace, flow_id, date);
            """),
        Migration(
            2, "lines of triggers",
            """
            ALTER TABLE logs ADD COLUMN trigger_id TEXT;
            """),
    ]
}
